"""Places in a text as editors count them: lines from 0, columns from 0 in units of the agreed encoding."""

import re
from dataclasses import dataclass

from imagedocs.problems import Edit, Position, Problem

Place = tuple[int, int]
"""Line and column."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_TOUCHED = re.compile(r"[^\s()\[\]<>\"'`|]+|\S")


@dataclass(frozen=True, slots=True)
class Region:
    """Part of a text; the end is exclusive."""

    start: Place
    end: Place

    def touches(self, other: "Region") -> bool:
        """Return whether the two have a place in common, which may be their end."""
        return self.start <= other.end and other.start <= self.end


class Lines:
    """Lines of a text, without their ends."""

    def __init__(self, text: str, encoding: str) -> None:
        """Count columns in an encoding of `PositionEncodingKind`."""
        self._lines = _LINE_END.split(text.removeprefix("\ufeff"))
        self._codec = {"utf-8": "utf-8", "utf-32": "utf-32-le"}.get(encoding, "utf-16-le")
        self._width = {"utf-8": 1, "utf-32-le": 4}.get(self._codec, 2)

    def before(self, line: int, column: int) -> str:
        """Return what stands before a place in its line; empty in a line that there isn't."""
        if not 0 <= line < len(self._lines):
            return ""
        encoded = self._lines[line].encode(self._codec, "surrogatepass")
        return encoded[: max(column, 0) * self._width].decode(self._codec, "ignore")

    def units(self, text: str) -> int:
        """Return the number of columns that a text takes."""
        return len(text.encode(self._codec, "surrogatepass")) // self._width

    def place(self, line: int, column: int) -> Place:
        """Return a place that is counted in characters from 1."""
        if line > len(self._lines):
            return len(self._lines) - 1, self.units(self._lines[-1])
        return max(line - 1, 0), self.units(self._lines[max(line - 1, 0)][: max(column - 1, 0)])

    def region_of(self, problem: Problem) -> Region:
        """Return what to underline: what a fix replaces, else the word at the problem's place, or its line."""
        at = problem.position
        for edit in problem.fix:
            if (edit.line, edit.column) == (at.line, at.column) and edit.end_line == at.line:
                return self.region_of_edit(edit)
        return self.region_at(at)

    def region_at(self, at: Position) -> Region:
        """Return the word at a position; all of the line for one without a column."""
        text = self._lines[at.line - 1] if 0 < at.line <= len(self._lines) else ""
        start = at.column or len(text) - len(text.lstrip()) + 1
        touched = _TOUCHED.match(text, start - 1) if at.column else None
        end = touched.end() + 1 if touched else max(len(text.rstrip()) + 1, start)
        return Region(self.place(at.line, start), self.place(at.line, end))

    def region_of_edit(self, edit: Edit) -> Region:
        """Return what an edit replaces."""
        return Region(self.place(edit.line, edit.column), self.place(edit.end_line, edit.end_column))
