"""HTML tables, with spans of rows and columns written out."""

from dataclasses import dataclass, field

from imagedocs.html_documents import Tag, Text, read_document
from imagedocs.importing.tables import Cell, Piece, Table, divide_notes
from imagedocs.problems import Position

_MOST_CELLS = 50_000
_WIDEST = 100
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True)
class _OpenPiece:
    text: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    position: Position | None = None
    """Of its first character that is no space."""

    def closed(self) -> Piece | None:
        text, notes = divide_notes(" ".join("".join(self.text).split()))
        text = text.strip()
        return Piece(text, self.position, (*self.notes, *notes)) if text and self.position else None


@dataclass(slots=True)
class _OpenCell:
    position: Position
    is_header: bool
    rows: int
    columns: int
    groups: list[list["_OpenPiece"]] = field(default_factory=lambda: [[_OpenPiece()]])

    def closed(self) -> Cell:
        groups: list[tuple[Piece, ...]] = []
        for group in self.groups:
            kept = tuple(piece.closed() for piece in group)
            if found := tuple(piece for piece in kept if piece is not None):
                groups.append(found)
        return Cell(tuple(groups), groups[0][0].position if groups else self.position)


@dataclass(slots=True)
class _OpenTable:
    position: Position
    heading: Piece | None
    rows: list[list[Cell]] = field(default_factory=list[list[Cell]])
    headers: int = 0
    """How many of the first rows are headers."""
    pending: dict[int, tuple[int, Cell]] = field(default_factory=dict[int, tuple[int, Cell]])
    """Column → a cell that reaches down, and how many more rows it fills."""


@dataclass(slots=True)
class _Reader:
    path: str
    text: str
    first_line: int
    heading: Piece | None
    tables: list[Table] = field(default_factory=list[Table])
    _table: _OpenTable | None = None
    _cell: _OpenCell | None = None
    _heading: tuple[list[str], Position] | None = None
    _cells: int = 0
    _raised: bool = False
    """In the mark of a footnote."""

    def read(self) -> None:
        for piece in read_document(self.text).pieces:
            if isinstance(piece, Text):
                self._data(piece)
            elif piece.closing:
                self._end_tag(piece.name)
            else:
                self._start_tag(piece)
        self._end_table()

    def _position(self, piece: Tag | Text) -> Position:
        return Position(self.path, self.first_line + piece.line - 1, piece.column)

    def _start_tag(self, tag: Tag) -> None:
        if tag.name == "table" and self._table is None:
            self._table = _OpenTable(self._position(tag), self.heading)
        elif tag.name == "tr" and self._table:
            self._end_cell()
            self._table.rows.append([])
        elif tag.name in ("td", "th") and self._table:
            self._end_cell()
            if not self._table.rows:
                self._table.rows.append([])
            position = self._position(tag)
            self._cell = _OpenCell(position, tag.name == "th", _span(tag, "rowspan"), _span(tag, "colspan"))
        elif tag.name in _HEADINGS:
            self._heading = ([], self._position(tag))
        elif tag.name == "sup":
            self._raised = True
        elif tag.name in ("s", "del", "strike") and self._cell:
            self._cell.groups[-1][-1].notes.append("struck through")
        else:
            self._divide(tag.name)

    def _end_tag(self, name: str) -> None:
        if name in ("td", "th", "tr"):
            self._end_cell()
        elif name == "table":
            self._end_table()
        elif name in _HEADINGS and self._heading:
            parts, position = self._heading
            if text := " ".join("".join(parts).split()):
                self.heading = Piece(text, position)
            self._heading = None
        elif name == "sup":
            self._raised = False
        else:
            self._divide(name)

    def _divide(self, tag: str) -> None:
        """A paragraph or a line of the cell ends."""
        if self._cell and tag == "p":
            self._cell.groups.append([_OpenPiece()])
        elif self._cell and tag in ("br", "li", "div"):
            self._cell.groups[-1].append(_OpenPiece())

    def _data(self, piece: Text) -> None:
        if self._cell:
            target = self._cell.groups[-1][-1]
            if self._raised:
                target.notes += [mark] if (mark := " ".join(piece.text.split())) else []
                return
            if target.position is None and piece.text.strip():
                target.position = self._position(piece)
            target.text.append(piece.text)
        elif self._heading:
            self._heading[0].append(piece.text)

    def _end_cell(self) -> None:
        cell, table = self._cell, self._table
        self._cell, self._raised = None, False
        if cell is None or table is None or self._cells > _MOST_CELLS:
            return
        row = table.rows[-1]
        read = cell.closed()
        _fill_from_above(table, row)
        for _ in range(min(cell.columns, _WIDEST - len(row))):
            if cell.rows > 1:
                table.pending[len(row)] = (cell.rows - 1, read)
            row.append(read)
            self._cells += 1
        _fill_from_above(table, row)
        if cell.is_header and table.headers == len(table.rows) - 1 and len(row) > 0:
            table.headers = len(table.rows)

    def _end_table(self) -> None:
        self._end_cell()
        table, self._table = self._table, None
        if table is None:
            return
        rows = [row for row in table.rows if row]
        if len(rows) > 1:
            first = table.headers if 0 < table.headers < len(rows) else 1
            header, body = rows[first - 1], rows[first:]
            self.tables.append(Table(table.heading, tuple(header), tuple(map(tuple, body)), table.position))


def _fill_from_above(table: _OpenTable, row: list[Cell]) -> None:
    """Add the cells of earlier rows that reach down to where `row` goes on."""
    while len(row) in table.pending and len(row) < _WIDEST:
        column = len(row)
        left, cell = table.pending.pop(column)
        if left > 1:
            table.pending[column] = (left - 1, cell)
        row.append(cell)


def _span(tag: Tag, name: str) -> int:
    """How many rows or columns a cell fills."""
    value = tag.attributes.get(name, "")
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def read_html_tables(
    path: str, text: str, *, first_line: int = 1, heading: Piece | None = None
) -> tuple[Table, ...]:
    """The tables in `text`, which begins on `first_line`, below `heading` unless it has headings itself."""
    reader = _Reader(path, text, first_line, heading)
    reader.read()
    return tuple(reader.tables)
