"""From an offset in a block's text to the line and column where it was written."""

from bisect import bisect_right
from collections.abc import Sequence

from imagedocs.markdown.syntax.lines import Lines
from imagedocs.problems import Position


class Places:
    """The places of one block's text.

    A block's text is the ends of the rows it stands in: list indents, `> ` and the like stand before.
    So the width of what is left out is the length of the row less that of the line.
    """

    __slots__ = ("_breaks", "_first", "_lines", "_offsets", "_pipes", "_texts", "text")

    def __init__(
        self, lines: Lines, first: int, text: str, start: int | None = None, pipes: Sequence[int] = ()
    ) -> None:
        """`start`: the offset in the first row, where it is known. `pipes`: the offsets of the `\\|` that a
        table cell's text has as `|`."""
        self.text = text
        self._lines = lines
        self._first = first
        self._pipes = pipes
        self._breaks: list[int] = []
        at = text.find("\n")
        while at >= 0:
            self._breaks.append(at + 1)
            at = text.find("\n", at + 1)
        self._texts = text.split("\n") if self._breaks else [text]
        self._offsets: dict[int, int] = {} if start is None else {0: start}

    def _offset(self, index: int) -> int:
        """The width of what stands before line `index` of the text."""
        if index not in self._offsets:
            text = self._texts[index]
            row = self._row(index)
            if not row.endswith(text):
                row = row.rstrip(" \t")
            if not row.endswith(text):
                # part of a tab was taken for the indentation, and the rest of it is spaces in the text
                text = text.lstrip()
            if row.endswith(text) or (found := row.rfind(text)) < 0:
                found = len(row) - len(text)
            self._offsets[index] = found - (len(self._texts[index]) - len(text))
        return self._offsets[index]

    def _row(self, index: int) -> str:
        rows = self._lines.rows
        return rows[min(self._first + index, len(rows) - 1)]

    def indents(self) -> tuple[int, ...]:
        widths = tuple(self._offset(index) for index in range(len(self._texts)))
        return widths if any(widths) else ()

    def row_and_column(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._breaks, offset)
        column = offset - (self._breaks[index - 1] if index else 0)
        if self._pipes:
            column += bisect_right(self._pipes, column)
        return self._first + index, max(0, self._offset(index) + column)

    def at(self, offset: int) -> Position:
        if self._breaks or self._pipes:
            return self._lines.position(*self.row_and_column(offset))
        return self._lines.position(self._first, max(0, self._offset(0) + offset))

    def shifts(self, parts: Sequence[tuple[str, int]]) -> tuple[tuple[int, int], ...]:
        """Return `Text.shifts` of a text within a line: its parts, each with its offset in the block's text."""
        if len(parts) < 2 and not self._pipes:
            return ()
        found: list[tuple[int, int]] = []
        first = self.at(parts[0][1]).column
        length = 0
        for content, start in parts:
            for at in (0, *(i + 1 for i, char in enumerate(content) if char == "|" and self._pipes)):
                shift = self.at(start + at).column - first - length - at
                if shift != (found[-1][1] if found else 0):
                    found.append((length + at, shift))
            length += len(content)
        return tuple(found)
