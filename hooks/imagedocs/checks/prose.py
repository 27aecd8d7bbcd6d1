"""The prose of a page, in which terms are looked for."""

from dataclasses import dataclass

from imagedocs.markdown.document import Document, TextKind
from imagedocs.problems import Position


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of prose on one line of a file."""

    text: str
    position: Position
    """Of its first character."""
    is_html: bool = False
    """It is in HTML, and may be code there."""


def prose_of(document: Document) -> tuple[Passage, ...]:
    """That of the page's own file, neither included nor made by a template."""
    return tuple(
        Passage(text.content, text.position, text.kind is TextKind.HTML)
        for text in document.texts
        if text.kind in (TextKind.PROSE, TextKind.HTML) and not text.included_from and not text.generated
    )
