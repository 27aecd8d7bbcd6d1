"""Lists of images in Markdown that are no tables: bullets and headings that begin with an image."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from imagedocs.importing.columns import image_text, is_image
from imagedocs.importing.tables import Cell, ListFile, Piece, Table, plain, read_cell
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.problems import Position, Problem, Rule

_LINE = re.compile(r"[ \t>]*(?:([-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|(#{1,6})[ \t]+)(\S.*)")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_IMAGE = re.compile(
    r"(\*\*|__)?(?:`([^`]{1,500})`|\[`?([^\[\]`]{1,500})`?\]\([^()\s]{0,500}\)|([^\s,;*]+))(\*\*|__)?"
)
_FIELD = re.compile(r"(?:\*\*|__)?([^:：*_`]{1,40}?)(?:\*\*|__)?[ \t]?[:：](?:\*\*|__)?[ \t]+(\S.*)")
_BETWEEN: Final = " \t–—-:,;()"
_DESCRIPTION: Final = "Description"


@dataclass(slots=True)
class _Open:
    """The images below one heading."""

    heading: Piece | None = None
    rows: list[dict[str, Cell]] = field(default_factory=list[dict[str, Cell]])


def read_bullets(file: ListFile, problems: list[Problem]) -> Iterator[Table]:
    """A table for each section that names images so; bullets such as `Size: 98 MB` belong to the image above them."""
    _, body, first_line = split_front_matter(file.text)
    opened = _Open()
    fence = ""
    for number, text in enumerate(body.split("\n"), first_line):
        if mark := _FENCE.match(text):
            fence = ("" if mark[1].startswith(fence) else fence) if fence else mark[1]
            continue
        match = None if fence else _LINE.match(text)
        if match is None:
            continue
        place = Position(file.path, number, match.start(3) + 1)
        if row := _image(match[3], place, problems):
            opened.rows.append(row)
        elif match[2]:
            yield from _table(opened)
            opened = _Open(Piece(plain(match[3]), place))
        elif (said := _FIELD.match(match[3])) and opened.rows:
            cell = read_cell(said[2], Position(file.path, number, match.start(3) + said.start(2) + 1))
            opened.rows[-1].setdefault(plain(said[1]), cell)
    yield from _table(opened)


def _image(text: str, place: Position, problems: list[Problem]) -> dict[str, Cell] | None:
    """What a line says that begins with an image."""
    match = _IMAGE.match(text)
    name = (match[2] or match[3] or match[4]).strip() if match else ""
    if match is None or not is_image(name) or name.endswith(":"):
        return None
    row = {"Image": Cell(((Piece(image_text(name), place),),), place)}
    rest = text[match.end() :]
    others = [word for word in plain(rest).replace(",", " ").split() if is_image(word) and "/" in word]
    if others:
        message = "the line names several images, and only the first is taken"
        problems.append(
            Problem(place, Rule.IMPORT_CELL_DOUBTFUL, message, "give each image a line of its own")
        )
    start = len(rest) - len(rest.lstrip(_BETWEEN))
    if rest[start:].strip(_BETWEEN) and not others:
        column = place.column + match.end() + start
        row[_DESCRIPTION] = read_cell(rest[start:], Position(place.path, place.line, column))
    return row


def _table(opened: _Open) -> Iterator[Table]:
    if not opened.rows:
        return
    place = opened.rows[0]["Image"].position
    keys = list(dict.fromkeys(key for row in opened.rows for key in row))[:100]
    header = tuple(Cell(((Piece(key, place),),), place) for key in keys)
    rows = tuple(tuple(row.get(key, Cell((), place)) for key in keys) for row in opened.rows)
    yield Table(opened.heading, header, rows, place)
