"""Pipe tables and HTML tables in Markdown, with the heading that each stands under."""

import re
from collections.abc import Iterator

from imagedocs.importing.html_tables import read_html_tables
from imagedocs.importing.tables import Cell, ListFile, Piece, Table, plain, read_cell
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.markdown.syntax.tables import split_row
from imagedocs.problems import Position

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]#*)?$")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_PREFIX = re.compile(r"[ \t>]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ATTRIBUTES = re.compile(r"[ \t]*\{[#.:][^{}]*\}$")
_DELIMITERS = frozenset("|-: \t>")
MOST_COLUMNS = 100


def read_markdown_tables(file: ListFile) -> Iterator[Table]:
    _, body, first_line = split_front_matter(file.text)
    rows = body.split("\n")
    heading: Piece | None = None
    fence = ""
    index = 0
    while index < len(rows):
        row = rows[index]
        line = first_line + index
        if match := _FENCE.match(row):
            if not fence:
                fence = match[1]
            elif match[1].startswith(fence):
                fence = ""
        elif fence:
            pass
        elif match := _HEADING.match(row):
            heading = _heading(match[1], file.path, line, match.start(1)) or heading
        elif _is_header(rows, index):
            end = _end(rows, index + 2)
            header = _cells(rows[index], file.path, line)
            body_rows = tuple(_cells(rows[i], file.path, first_line + i) for i in range(index + 2, end))
            yield Table(heading, header, body_rows, Position(file.path, line, 1))
            index = end - 1
        elif "<table" in row.lower():
            end = _end_of_html(rows, index)
            text = "\n".join(rows[index:end])
            yield from read_html_tables(file.path, text, first_line=line, heading=heading)
            index = end - 1
        elif row.strip() and index + 1 < len(rows) and _UNDERLINE.fullmatch(rows[index + 1]):
            heading = _heading(row, file.path, line, 0) or heading
        index += 1


def _heading(text: str, path: str, line: int, offset: int) -> Piece | None:
    content = plain(_ATTRIBUTES.sub("", text))
    return Piece(content, Position(path, line, offset + 1)) if content else None


def _is_header(rows: list[str], index: int) -> bool:
    """Whether a table's header stands on this line, and its delimiter row below."""
    if "|" not in rows[index] or index + 1 >= len(rows):
        return False
    below = rows[index + 1]
    return "-" in below and "|" in below and _DELIMITERS.issuperset(below)


def _end(rows: list[str], index: int) -> int:
    while index < len(rows) and "|" in rows[index] and rows[index].strip():
        index += 1
    return index


def _end_of_html(rows: list[str], index: int) -> int:
    depth = 0
    for i in range(index, len(rows)):
        text = rows[i].lower()
        depth += text.count("<table") - text.count("</table")
        if depth <= 0:
            return i + 1
    return len(rows)


def _cells(row: str, path: str, line: int) -> tuple[Cell, ...]:
    prefix = _PREFIX.match(row)
    assert prefix is not None
    start = prefix.end()
    return tuple(
        read_cell(text, Position(path, line, start + offset + 1))
        for offset, text in split_row(row[start:])[:MOST_COLUMNS]
    )
