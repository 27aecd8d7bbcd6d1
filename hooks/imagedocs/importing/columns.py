"""Which column of a table holds what: by its cells, by the words of its header, and last by its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from imagedocs.importing.tables import Table
from imagedocs.importing.vocabulary import Column, absence_of, column_of, is_only_version, kind_named, kind_of
from imagedocs.problems import Problem, Rule
from imagedocs.references import InvalidReferenceError, Reference, is_digest, is_tag, parse_normalized
from imagedocs.suggestions import shown

_USUAL: Final = (Column.VERSION, Column.ACCELERATOR, Column.PACKAGES, Column.IMAGE, Column.ENVIRONMENT)
"""The order in which lists have their columns, where neither cells nor words tell."""

MOST_OWN: Final = 30
"""Columns that are the list's own; no page can show more."""

_PULL = re.compile(r"^(?:\$ )?(?:sudo )?(?:docker|podman|nerdctl)(?: image)? pull ")
_NUMBERS = re.compile(r"[0-9./:]+")
_BETWEEN_COMMAS = re.compile(r"[^\s,;、，][^,;、，]*")
_VERSION = re.compile(r"v?[0-9]+(\.[0-9A-Za-z]+)*")
_REQUIREMENT = re.compile(r"[A-Za-z][\w.-]*(\[[\w,-]*\])?\s*[<>=!~]=?=?\s*[0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Columns:
    places: dict[Column, int]
    problems: tuple[Problem, ...]
    kind: str = ""
    """`cpu` or `gpu`, when the header of the images says it."""
    own: Mapping[str, int] = field(default_factory=dict[str, int])
    """Header of each column that the catalog's form has no field for → its place."""


def image_text(text: str) -> str:
    """`text` without the command that pulls the image."""
    return _PULL.sub("", text)


def is_image(text: str) -> bool:
    """Whether `text` names an image in so full a form that it can be nothing else: with a registry or a tag."""
    text = image_text(text)
    host, slash, _ = text.partition("/")
    is_full = (slash and "." in host) or ":" in text
    return bool(is_full) and not _NUMBERS.fullmatch(text) and read_reference(text) is not None


def images_in(text: str) -> list[tuple[int, str]]:
    """The images in `text`, with commas or semicolons between them, and where each begins; none when it has anything
    else."""
    parts = [(match.start(), match[0].strip()) for match in _BETWEEN_COMMAS.finditer(text)]
    return parts if all(is_image(part) for _, part in parts) else []


def could_be_image(text: str) -> bool:
    """Whether `text` names an image, where a column of images is expected."""
    text = image_text(text)
    return "/" in text and absence_of(text) is None and read_reference(text) is not None


def read_reference(text: str) -> Reference | None:
    """`None` for what is no image; a digest alone is none, though it could be one named sha256."""
    if is_digest(text):
        return None
    try:
        return parse_normalized(text)
    except InvalidReferenceError:
        return None


def find_columns(table: Table, path: str) -> tuple[Columns, ...]:
    """The columns of a list of images; none when no column names images, and several for images side by side, one
    column for the processor and one for its accelerator."""
    width = len(table.header)
    by_header = {i: column_of(cell.text) for i, cell in enumerate(table.header)}
    by_cells = {i: _column_by_cells(table, i) for i in range(width)}
    images = [
        i
        for i in range(width)
        if by_cells[i] is Column.IMAGE
        or (by_header[i] is Column.IMAGE and any(map(could_be_image, _texts(table, i))))
    ]
    if not images:
        return ()
    images.sort(key=lambda i: (by_cells[i] is not Column.IMAGE, by_header[i] is not Column.IMAGE))
    places = {Column.IMAGE: images[0]}
    for i in range(width):
        if i == images[0] or by_cells[i] is Column.IMAGE:  # their headers may speak of something else as well
            continue
        header, cells = by_header[i], by_cells[i]
        column = header if header not in (None, Column.IMAGE) else cells
        if column and column is not Column.IMAGE and column not in places:
            places[column] = i
    problems = list(_version_is_tag(table, places))
    kinds = {i: kind_named(table.header[i].text) for i in images if by_cells[i] is Column.IMAGE}
    side_by_side = len(kinds) > 1 and all(kinds.values()) and Column.ACCELERATOR not in places
    if not side_by_side:
        problems += (_other_images(table, i, images[0]) for i in kinds if i != images[0])
    own: dict[str, int] = {}
    problems += _place_the_rest(table, path, places, own)
    if not side_by_side:
        return (Columns(places, tuple(problems), own=own),)
    return tuple(
        Columns({**places, Column.IMAGE: i}, tuple(problems), kind or "", own)
        for i, kind in sorted(kinds.items())
    )


def _other_images(table: Table, index: int, taken: int) -> Problem:
    cell = table.header[index]
    name = f"column {index + 1} {shown(cell.text)}" if cell.text else f"column {index + 1}"
    message = f"{name} names images too, and only those of column {taken + 1} are taken"
    hint = "give each image a row of its own"
    return Problem(cell.position, Rule.IMPORT_CELL_DOUBTFUL, message, hint)


def find_lost(table: Table) -> Iterator[Problem]:
    """A problem for a table that is no list of images, though its header says that it is."""
    for cell in table.header:
        if column_of(cell.text) in (Column.IMAGE, Column.TAG, Column.DIGEST) and len(table.header) > 1:
            message = f"column {shown(cell.text)} has no reference to an image; the table is not read"
            hint = "a reference is like registry.example/team/name:tag"
            yield Problem(cell.position, Rule.IMPORT_NOT_TAKEN, message, hint)
            return


def _version_is_tag(table: Table, places: dict[Column, int]) -> Iterator[Problem]:
    """Read a column of versions as the tags where no image has one and no framework is spoken of."""
    if places.keys() & {Column.TAG, Column.DIGEST, Column.FRAMEWORK} or Column.VERSION not in places:
        return
    cell = table.header[places[Column.VERSION]]
    images = [read_reference(image_text(text)) for text in _texts(table, places[Column.IMAGE])]
    is_tagged = any(image is not None and (image.tag or image.digest) for image in images)
    if is_tagged or not is_only_version(cell.text):
        return
    if not all(is_tag(text) for text in _texts(table, places[Column.VERSION])):
        return
    places[Column.TAG] = places.pop(Column.VERSION)
    message = f"column {shown(cell.text)} is read as the tag, for no image has one"
    yield Problem(cell.position, Rule.IMPORT_COLUMN_UNKNOWN, message, "check the tags")


def _place_the_rest(
    table: Table, path: str, places: dict[Column, int], own: dict[str, int]
) -> Iterator[Problem]:
    """Give columns that nothing is known of a meaning by their place, and report each; all others with a header are
    the list's `own`."""
    width, taken = len(table.header), set(places.values())
    image = places[Column.IMAGE]
    offset = _USUAL.index(Column.IMAGE) - image
    order = dict(enumerate((Column.FRAMEWORK, *_USUAL)[offset + 1 :] if offset >= -1 else ()))
    fits = len(places) > 1 and all(order.get(i) is column for column, i in places.items())
    for i in range(width):
        cell = table.header[i]
        if (
            i in taken
            or _column_by_cells(table, i) is Column.IMAGE
            or not any(i < len(row) and row[i].text for row in table.rows)
        ):
            continue
        is_strange = column_of(cell.text) is None
        column = order.get(i) if fits and is_strange else None
        is_before = places.get(Column.ACCELERATOR) == i + 1 < image
        if column is None and is_strange and is_before and _is_version(table, i):
            column = Column.VERSION
        name = f"column {i + 1} {shown(cell.text)}" if cell.text else f"column {i + 1}, which has no header,"
        if column and column not in places:
            places[column] = i
            message = f"{name} is in no language that is known here; it is read as the {column} by its place"
            yield Problem(cell.position, Rule.IMPORT_COLUMN_UNKNOWN, message, "check the entries")
        elif cell.text and cell.text not in own and len(own) < MOST_OWN:
            own[cell.text] = i
        else:
            message = f"{name} has no place in the catalog and is left out"
            yield Problem(cell.position, Rule.IMPORT_NOT_TAKEN, message)


def _is_version(table: Table, index: int) -> bool:
    texts = _texts(table, index)
    return bool(texts) and all(_VERSION.fullmatch(text) for text in texts)


def _column_by_cells(table: Table, index: int) -> Column | None:
    """What most cells of a column are, the empty ones aside."""
    pieces = _texts(table, index)
    if not pieces:
        return None
    tests: tuple[tuple[Column, Callable[[str], object]], ...] = (
        (Column.ACCELERATOR, kind_of),
        (Column.PACKAGES, _REQUIREMENT.match),
        (Column.IMAGE, lambda text: is_image(text) or images_in(text)),
    )
    for column, test in tests:
        if sum(bool(test(piece)) for piece in pieces) > len(pieces) / 2:
            return column
    return None


def _texts(table: Table, index: int) -> list[str]:
    """The texts of a column, those that say that there is nothing aside."""
    return [
        piece.text
        for row in table.rows
        if index < len(row)
        for piece in row[index].pieces
        if absence_of(piece.text) is None
    ]
