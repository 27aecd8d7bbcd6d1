"""What a page holds, with positions: the values that the checks compare.

A `Document` is made from the same tokens that are rendered. It is small and can be pickled, so that
the workers that build each locale can hand it to the process that judges them all.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from imagedocs.problems import Position, Problem


class LinkKind(StrEnum):
    """Which construct a link stands in."""

    LINK = "link"
    """`[text](target)`, `<target>`, `[text][reference]`, `<a href>`."""
    IMAGE = "image"
    """`![alt](target)`, `:::image source=…:::`, `<img src>`."""
    SNIPPET = "snippet"
    """A file shown as code: `[!code-…]`, `:::code source=…:::`."""
    RESOURCE = "resource"
    """What only the browser resolves, from the address of the page: `srcset`, `url()`, `<object data>`."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place where a page names another file, page or address."""

    position: Position
    """Of the first character of the target, in the file that it is written in."""
    target: str
    """As written, with character references and backslash escapes resolved."""
    kind: LinkKind = LinkKind.LINK
    text: str = ""
    """What a reader sees of it."""
    path: str | None = None
    """Project-relative path that a relative target leads to (`docs/es/x.md`), percent-decoded, without
    query and fragment. `None` for an address with a scheme or host, a fragment alone, or a site-absolute
    path."""
    fragment: str | None = None
    """Percent-decoded; `None` when there is no `#`."""
    included_from: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that a fragment can name."""

    id: str
    position: Position
    included_from: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    id: str
    position: Position
    included_from: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Include:
    """A place where a page takes in a fragment."""

    position: Position
    target: str
    path: str | None
    """Project-relative path of the fragment's source; `None` when it was not found."""
    included_from: tuple[Position, ...] = ()


class TextKind(StrEnum):
    PROSE = "prose"
    CODE_SPAN = "code-span"
    CODE_BLOCK = "code-block"
    HTML = "html"


@dataclass(slots=True, unsafe_hash=True)
class Text:
    """A run of text as a reader sees it, for checks that look for something inside it.

    A run of prose or a code span is within one line of the source; a code block is one run of many lines. Nothing
    changes one: see `Position`.
    """

    kind: TextKind
    content: str
    position: Position
    """Of the first character of `content`. Lines of a code block follow one another in the source."""
    indents: tuple[int, ...] = ()
    """For a code block: the width of what stands before each of its lines in the source (list indent,
    `> `), so that a column is `indents[i] + offset + 1`. Empty when all are zero."""
    language: str = ""
    """Of a code block."""
    alert: str = ""
    """The kind of the alert (`WARNING`) that it stands in, if any."""
    included_from: tuple[Position, ...] = ()
    generated: bool = False
    """It comes from a template that was rendered from the catalog."""
    shifts: tuple[tuple[int, int], ...] = ()
    """For text behind escapes and character references: from which of its characters on, how many columns it stands
    behind where the length of the text before would put it. Empty when it is as long as its source."""


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment, for the instructions that authors put there."""

    content: str
    position: Position
    end_line: int = 0
    included_from: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A file of the theme that a page's metadata names."""

    kind: str
    """Field of the metadata: `template` or `icon`."""
    name: str
    position: Position


@dataclass(frozen=True, slots=True)
class Document:
    """A page or fragment with all that it includes."""

    path: str
    """Project-relative path of the file."""
    title: str = ""
    """Front matter's `title`, else the first level-1 heading."""
    links: tuple[Link, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    headings: tuple[Heading, ...] = ()
    includes: tuple[Include, ...] = ()
    texts: tuple[Text, ...] = ()
    comments: tuple[Comment, ...] = ()
    code_lines: tuple[int, ...] = ()
    """How many lines each block of code has."""
    theme_files: tuple[ThemeFile, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    """What the parser itself found wrong."""

    @property
    def lacks_includes(self) -> bool:
        """True if a file that the page takes in is missing, so that not all of its anchors are known."""
        return any(include.path is None for include in self.includes)
