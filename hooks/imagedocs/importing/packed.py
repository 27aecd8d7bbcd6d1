"""Rows that are packed into one: a paragraph or a line of each cell for each image."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from imagedocs.catalog.facts import Absence
from imagedocs.importing.columns import image_text, images_in, read_reference
from imagedocs.importing.tables import Cell, Piece, plain
from imagedocs.importing.vocabulary import Column, absence_of, kind_of
from imagedocs.problems import Position, Problem, Rule

Values = Mapping[Column, tuple[Piece, ...]]
"""What the cells of one row say, by column."""


Attributes = Mapping[str, tuple[str, ...] | Absence]
"""What the columns that are the list's own say of an image, by their headers."""


@dataclass(slots=True)
class Unpacked:
    rows: list[Values] = field(default_factory=list[Values])
    problems: list[Problem] = field(default_factory=list[Problem])


def unpack(cells: Mapping[Column, Cell]) -> Unpacked:
    """The rows in one row of a table that names at least one image."""
    cells = {**cells, Column.IMAGE: _divided(cells[Column.IMAGE])}
    image = cells[Column.IMAGE]
    count = max(len(image.groups), len(image.pieces))
    if count == 1:
        return Unpacked([{column: cell.pieces for column, cell in cells.items()}])
    unpacked = Unpacked()
    shares: dict[Column, tuple[tuple[Piece, ...], ...]] = {}
    for column, cell in cells.items():
        shares[column] = _share(column, cell, count)
        if message := _doubt(column, cell, count):
            hint = "give each image a row of its own"
            unpacked.problems.append(Problem(cell.position, Rule.IMPORT_CELL_DOUBTFUL, message, hint))
    unpacked.rows += _rows(shares, count)
    return unpacked


def _divided(cell: Cell) -> Cell:
    """`cell`, with a piece for each image where a comma or semicolon stands between images."""
    groups: list[tuple[Piece, ...]] = []
    for group in cell.groups:
        pieces: list[Piece] = []
        for piece in group:
            images = images_in(piece.text)
            if len(images) > 1:
                path, line, column = piece.position.path, piece.position.line, piece.position.column
                pieces += (
                    Piece(image, Position(path, line, column + start), piece.notes) for start, image in images
                )
            else:
                pieces.append(piece)
        groups.append(tuple(pieces))
    return Cell(tuple(groups), cell.position)


def _rows(shares: Mapping[Column, tuple[tuple[Piece, ...], ...]], count: int) -> Iterator[Values]:
    for number in range(count):
        yield {column: share[number] for column, share in shares.items()}


def _share(column: Column, cell: Cell, count: int) -> tuple[tuple[Piece, ...], ...]:
    """What each of the `count` rows gets of `cell`."""
    if len(cell.groups) == count:
        return cell.groups
    if len(cell.pieces) == 1 or (len(cell.groups) == 1 and column is Column.PACKAGES):
        return (cell.pieces,) * count
    if len(cell.pieces) == count:
        return tuple((piece,) for piece in cell.pieces)
    return ((),) * count


def _doubt(column: Column, cell: Cell, count: int) -> str:
    """Why it is not plain which part of `cell` is whose."""
    if len(cell.groups) == count or len(cell.pieces) <= 1:
        return ""
    if column is Column.PACKAGES and len(cell.groups) == 1:
        return f"the row packs {count} images, and nothing says which of these packages each has; all are written"
    if len(cell.pieces) == count:
        return ""
    return f"the row packs {count} images, but this cell has {len(cell.groups)} paragraphs"


def place_of_empty(row: tuple[Cell, ...], image: Cell | None, table: Position) -> Position:
    """Where to report a row that names no image."""
    return image.position if image else row[0].position if row else table


def own_values(
    row: Sequence[Cell], own: Mapping[str, int], number: int, count: int, problems: list[Problem]
) -> Attributes:
    """What the list's own columns say of the image with this `number`, of `count` in the row."""
    found: dict[str, tuple[str, ...] | Absence] = {}
    for header, index in own.items():
        cell = row[index] if index < len(row) else None
        pieces = _own_share(cell, count)[number] if cell else ()
        if cell and count > 1 and number == 0 and cell.pieces and not pieces:
            message = (
                f"the row packs {count} images, and nothing says which of this each has; unknown is written"
            )
            hint = "give each image a row of its own"
            problems.append(Problem(cell.position, Rule.IMPORT_CELL_DOUBTFUL, message, hint))
        absences = [absence_of(piece.text) for piece in pieces]
        if absences and absences[0] is not None and len(pieces) == 1:
            found[header] = absences[0]
        else:
            found[header] = tuple(piece.text for piece in pieces) or Absence.UNKNOWN
    return found


def _own_share(cell: Cell, count: int) -> tuple[tuple[Piece, ...], ...]:
    return (cell.pieces,) if count == 1 else _share(Column.SYSTEM, cell, count)


def said_by(column: Column, pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """What a cell says, so that only real differences differ."""
    if column is Column.IMAGE:
        reference = read_reference(image_text(pieces[0].text)) if pieces else None
        return (reference.tag or "",) if reference else ()
    texts = (absence_of(piece.text) or plain(piece.text) for piece in pieces)
    if column is Column.ACCELERATOR:
        return tuple(kind_of(text) or text for text in texts)
    return tuple(texts)
