"""Find which line of a file a line of a page's Markdown is from, where plugins have changed the text in between."""

from collections.abc import Mapping
from difflib import SequenceMatcher


class Origins:
    """Lines of a file in the Markdown that was made of it."""

    def __init__(self, file: str, markdown: str) -> None:
        """`file` is the text of the file with its metadata, `markdown` the text that is rendered."""
        self._file = file.split("\n")
        self._markdown = markdown.split("\n")
        head = len(self._file) - len(self._markdown)
        self._shift = head if head >= 0 and self._file[head:] == self._markdown else None
        self._lines: Mapping[int, int] | None = None

    def position(self, line: int, written: str, column: int) -> tuple[int, int] | None:
        """Return line and column, from 1, in the file of the text `written`, which the Markdown has there; `None` when
        the file doesn't say it in one place alone."""
        if self._shift is not None:
            return line + self._shift, column
        if self._lines is None:
            self._lines = _equal_lines(self._file, self._markdown)
        if line in self._lines:
            return self._lines[line], column
        found = [
            (number, at + 1)
            for number, text in enumerate(self._file, 1)
            if (at := text.find(written)) >= 0 and number not in set(self._lines.values())
        ]
        return found[0] if len(found) == 1 else None


def _equal_lines(file: list[str], markdown: list[str]) -> Mapping[int, int]:
    blocks = SequenceMatcher(None, file, markdown, autojunk=False).get_matching_blocks()
    return {b + n + 1: a + n + 1 for a, b, size in blocks for n in range(size)}
