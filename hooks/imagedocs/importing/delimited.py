"""Tables in CSV and TSV files."""

import csv
import re
from collections.abc import Iterator
from typing import Final

from imagedocs.importing.columns import images_in, is_image
from imagedocs.importing.tables import Cell, ListFile, Piece, Table
from imagedocs.problems import Position, Problem, Rule

_DELIMITERS: Final = ",;\t|"
_SEPARATOR: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The first line by which spreadsheets say what stands between the cells."""
MOST_COLUMNS: Final = 100
_LONGEST: Final = 10_000
"""Characters of a cell; no list has longer ones."""


def read_delimited(file: ListFile, problems: list[Problem]) -> Iterator[Table]:
    """The one table of the file; a first row that names an image already is no header."""
    text, skipped = file.text, 0
    if match := _SEPARATOR.match(text):
        text, skipped = text[match.end() :], 1
    lines = text.splitlines(keepends=True)
    is_tsv = file.path.lower().endswith(".tsv")
    delimiter = match[1] if match else "\t" if is_tsv else _delimiter(lines)
    rows: list[tuple[Cell, ...]] = []
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    first = 0
    try:
        for values in reader:
            if any(value.strip() for value in values):
                place = Position(file.path, first + skipped + 1)
                rows.append(tuple(_cells(values[:MOST_COLUMNS], lines[first : reader.line_num], place)))
            first = reader.line_num
    except csv.Error:
        line = lines[first] if first < len(lines) else ""
        place = Position(file.path, first + skipped + 1, line.find('"') + 1 or 1)
        message = "a quote that is opened in this row is not closed, or text stands behind a closed one"
        hint = 'close it, and write a quote inside a cell twice: ""'
        problems.append(Problem(place, Rule.UNREADABLE_FILE, message, hint))
    if not rows:
        return
    has_header = not any(is_image(cell.text) or images_in(cell.text) for cell in rows[0])
    header = rows[0] if has_header else tuple(Cell((), cell.position) for cell in rows[0])
    yield Table(None, header, tuple(rows[1:] if has_header else rows), rows[0][0].position)


def _delimiter(lines: list[str]) -> str:
    """What divides the first row that is not empty into most cells."""
    line = next((line for line in lines if line.strip()), "")
    counts = {mark: max(map(len, csv.reader([line], delimiter=mark)), default=0) for mark in _DELIMITERS}
    return max(counts, key=counts.__getitem__)


def _cells(values: list[str], lines: list[str], place: Position) -> Iterator[Cell]:
    cursor = 0
    for value in values:
        text = value.strip()
        at = lines[0].find(text.split("\n")[0].strip(), cursor) if len(lines) == 1 else -1
        if at >= 0:
            cursor = at + len(text)
        position = Position(place.path, place.line, at + 1 if at >= 0 else 1)
        pieces = tuple(
            Piece(" ".join(part.split()), position) for part in text[:_LONGEST].splitlines() if part.strip()
        )
        yield Cell((pieces,) if pieces else (), position)
