"""A `Document` in the making."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from imagedocs.markdown.document import (
    Anchor,
    Comment,
    Document,
    Heading,
    Include,
    Link,
    Text,
    TextKind,
    ThemeFile,
)
from imagedocs.problems import Edit, Position, Problem, Rule


@dataclass(slots=True)
class Collection:
    """What has been met of a page so far, and where the reader of it stands."""

    path: str
    links: list[Link] = field(default_factory=list[Link])
    anchors: list[Anchor] = field(default_factory=list[Anchor])
    headings: list[Heading] = field(default_factory=list[Heading])
    includes: list[Include] = field(default_factory=list[Include])
    texts: list[Text] = field(default_factory=list[Text])
    comments: list[Comment] = field(default_factory=list[Comment])
    code_lines: list[int] = field(default_factory=list[int])
    theme_files: list[ThemeFile] = field(default_factory=list[ThemeFile])
    problems: dict[Problem, None] = field(default_factory=dict[Problem, None])
    alert: str = ""
    """The kind of the alert that is being read."""
    included_from: tuple[Position, ...] = ()
    generated: bool = False

    def text(
        self,
        kind: TextKind,
        content: str,
        position: Position,
        indents: tuple[int, ...] = (),
        language: str = "",
        shifts: tuple[tuple[int, int], ...] = (),
    ) -> None:
        origin = (self.alert, self.included_from, self.generated)
        self.texts.append(Text(kind, content, position, indents, language, *origin, shifts))

    def problem(
        self, position: Position, rule: Rule, message: str, hint: str = "", fix: Iterable[Edit] = ()
    ) -> None:
        """Report once, however often a page takes in the place."""
        problem = Problem(position, rule, message, hint, self.included_from, tuple(fix))
        self.problems[problem] = None

    def document(self, title: str) -> Document:
        return Document(
            path=self.path,
            title=title,
            links=tuple(self.links),
            anchors=tuple(self.anchors),
            headings=tuple(self.headings),
            includes=tuple(self.includes),
            texts=tuple(self.texts),
            comments=tuple(self.comments),
            code_lines=tuple(self.code_lines),
            theme_files=tuple(self.theme_files),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.sort_key)),
        )
