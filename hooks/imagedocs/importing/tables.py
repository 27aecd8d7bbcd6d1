"""Tables as they were found in a file: cells with their places, nothing understood yet."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imagedocs.problems import Position

_TAG = re.compile(
    r"<[ \t]*/?[ \t]*(br|p)\b[^<>]{0,100}>|<[/a-zA-Z][^<>]{0,300}>|<!--[^<>]{0,300}-->", re.IGNORECASE
)
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()\s]{0,500}\)|\[[^\[\]]{0,300}\])")
_NOTE = re.compile(
    r"<sup\b[^<>]{0,100}>([^<>]{0,50})</sup>|\[\^([^\[\]\s]{1,50})\]|((?:[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2020\u2021]|(?<![.=~*])\*)+)(?=\s*`?\s*$)",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~([^~]{1,300})~~|<(s|del)\b[^<>]{0,100}>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})([^*_\s].{0,300}?)\1")
_MARKS = " \t`*~\u00a0"


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file with a list that somebody wrote by hand."""

    path: str
    """For the problems and the sources."""
    text: str
    day: date | None = None
    """When this state of the list was published, if that is known."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a cell, without markup."""

    text: str
    position: Position
    notes: tuple[str, ...] = ()
    """The marks of footnotes on it, and that it is struck through: what the catalog has no place for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: paragraphs, each of one or more lines, without the empty ones."""

    groups: tuple[tuple[Piece, ...], ...]
    position: Position

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for group in self.groups for piece in group)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Table:
    heading: Piece | None
    """Of the section that the table stands in."""
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    position: Position


def plain(text: str) -> str:
    """`text` without the markup of Markdown and HTML, on one line."""
    text = _LINK.sub(r"\1", _LINK.sub(r"\1", _TAG.sub(" ", text)))
    return " ".join(html.unescape(text).replace("`", "").replace("**", "").replace("\\|", "|").split())


def divide_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without the marks of footnotes and the lines through it, and these."""
    notes: list[str] = []
    if _STRUCK.search(text):
        notes.append("struck through")
        text = _STRUCK.sub(r"\1", text)
    if whole := _EMPHASIS.fullmatch(text.strip()):
        text = whole[2]

    def note(match: re.Match[str]) -> str:
        notes.append((match[1] or match[2] or match[3] or "").strip())
        return ""

    return _NOTE.sub(note, text), tuple(mark for mark in notes if mark)


def read_cell(raw: str, position: Position) -> Cell:
    """The cell of one line, written as `raw`, which begins at `position`.

    Lines end with `<br>` (also misspelt as `</br>`), paragraphs with `</p>` or `<p>`.
    """
    groups: list[list[Piece]] = [[]]
    for text, offset, separator in _split(raw):
        stripped = text.lstrip(_MARKS)
        told, notes = divide_notes(text)
        if content := plain(told):
            start = offset + len(text) - len(stripped)
            place = Position(position.path, position.line, position.column + start)
            groups[-1].append(Piece(content, place, notes))
        if separator == "p":
            groups.append([])
    content = raw.lstrip(" \t")
    lead = len(raw) - len(content) if content else 0
    place = Position(position.path, position.line, position.column + lead)
    return Cell(tuple(tuple(group) for group in groups if group), place)


def _split(raw: str) -> Iterator[tuple[str, int, str]]:
    """The texts between separators, where each begins, and the separator behind it."""
    start = 0
    for match in _TAG.finditer(raw):
        name = (match[1] or "").lower()
        if name:
            yield raw[start : match.start()], start, name
            start = match.end()
    yield raw[start:], start, ""
