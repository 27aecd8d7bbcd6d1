"""HTML tables, with spans of rows and columns written out."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from imagedocs.importing.tables import Cell, Piece, Table, read_cell
from imagedocs.problems import Position

_MOST_CELLS = 50_000
_WIDEST = 100


@dataclass(slots=True)
class _OpenCell:
    position: Position
    is_header: bool
    rows: int
    columns: int
    text: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class _OpenTable:
    position: Position
    heading: Piece | None
    rows: list[list[Cell]] = field(default_factory=list[list[Cell]])
    headers: int = 0
    """How many of the first rows are headers."""
    pending: dict[int, tuple[int, Cell]] = field(default_factory=dict[int, tuple[int, Cell]])
    """Column → a cell that reaches down, and how many more rows it fills."""


class _Reader(HTMLParser):
    def __init__(self, path: str, first_line: int, heading: Piece | None) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.first_line = first_line
        self.heading = heading
        self.tables: list[Table] = []
        self._table: _OpenTable | None = None
        self._cell: _OpenCell | None = None
        self._heading: tuple[list[str], Position] | None = None
        self._cells = 0

    def _position(self) -> Position:
        line, offset = self.getpos()
        return Position(self.path, self.first_line + line - 1, offset + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and self._table is None:
            self._table = _OpenTable(self._position(), self.heading)
        elif tag == "tr" and self._table:
            self._end_cell()
            self._table.rows.append([])
        elif tag in ("td", "th") and self._table:
            self._end_cell()
            if not self._table.rows:
                self._table.rows.append([])
            values = dict(attrs)
            self._cell = _OpenCell(
                self._position(), tag == "th", _span(values.get("rowspan")), _span(values.get("colspan"))
            )
        elif tag in ("br", "p", "li", "div") and self._cell:
            self._cell.text.append("<p>" if tag == "p" else "<br>")
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading = ([], self._position())

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self.end_table()
        elif tag in ("br", "p", "li") and self._cell:
            self._cell.text.append("<p>" if tag == "p" else "<br>")
        elif tag[:1] == "h" and tag[1:].isdigit() and self._heading:
            parts, position = self._heading
            if text := " ".join("".join(parts).split()):
                self.heading = Piece(text, position)
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._cell:
            if not "".join(self._cell.text).strip():
                lead = data[: len(data) - len(data.lstrip())]
                position = self._position()
                if "\n" not in lead:
                    self._cell.position = Position(self.path, position.line, position.column + len(lead))
                data = data.lstrip()
            self._cell.text.append(data.replace("<", "&lt;").replace("\n", " "))
        elif self._heading:
            self._heading[0].append(data)

    def _end_cell(self) -> None:
        cell, table = self._cell, self._table
        self._cell = None
        if cell is None or table is None or self._cells > _MOST_CELLS:
            return
        row = table.rows[-1]
        read = read_cell("".join(cell.text), cell.position)
        _fill_from_above(table, row)
        for _ in range(min(cell.columns, _WIDEST - len(row))):
            if cell.rows > 1:
                table.pending[len(row)] = (cell.rows - 1, read)
            row.append(read)
            self._cells += 1
        _fill_from_above(table, row)
        if cell.is_header and table.headers == len(table.rows) - 1 and len(row) > 0:
            table.headers = len(table.rows)

    def end_table(self) -> None:
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


def _span(value: str | None) -> int:
    if not value or not value.isascii() or not value.isdigit() or len(value) > 4:
        return 1
    return max(int(value), 1)


def read_html_tables(
    path: str, text: str, *, first_line: int = 1, heading: Piece | None = None
) -> tuple[Table, ...]:
    reader = _Reader(path, first_line, heading)
    reader.feed(text)
    reader.close()
    reader.end_table()
    return tuple(reader.tables)
