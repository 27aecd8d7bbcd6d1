"""The prose of a page, in which terms are looked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from imagedocs.checks.records import from_bytes, to_bytes
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


def prose_to_bytes(passages: Iterable[Passage]) -> bytes:
    """Write passages of one file as a line of JSON, without the path that they share."""
    return to_bytes(
        [(each.text, each.position.line, each.position.column, int(each.is_html)) for each in passages]
    )


def prose_from_bytes(path: str, written: bytes) -> tuple[Passage, ...]:
    """Return the passages of the file at a project path, which `prose_to_bytes` has written."""
    listed = from_bytes(written)
    return tuple(
        Passage(text, Position(path, line, column), bool(html)) for text, line, column, html in listed
    )


def prose_of(document: Document) -> tuple[Passage, ...]:
    """That of the page's own file, neither included nor made by a template."""
    return tuple(
        Passage(text.content, text.position, text.kind is TextKind.HTML)
        for text in document.texts
        if text.kind in (TextKind.PROSE, TextKind.HTML) and not text.included_from and not text.generated
    )
