"""The lines of a Markdown file, and where each was written."""

import re
from dataclasses import dataclass

from imagedocs.markdown.sources import Source
from imagedocs.problems import Position

_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)?(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n?")
_CONTROLS = re.compile("[\0\x02\x03]")


@dataclass(frozen=True, slots=True)
class Lines:
    """The body of a file, without its front matter."""

    path: str
    text: str
    """With `\\n` as the only line end. NUL, STX and ETX, which Python-Markdown keeps for itself, are U+FFFD."""
    rows: tuple[str, ...]
    """`text`, split."""
    first_line: int
    """The line of the file (counted from 1) that `rows[0]` is."""
    mapping: tuple[int, ...] | None = None
    """For a rendered template: the line of the template that each line of the rendered file came from."""
    generated: bool = False

    def position(self, row: int, offset: int = 0) -> Position:
        """Where character `offset` of `rows[row]` was written (both counted from 0).

        A rendered template has lines only: its columns are not those of the template.
        """
        line = self.first_line + row
        if self.mapping is None:
            return Position(self.path, line, offset + 1)
        index = min(line, len(self.mapping)) - 1
        return Position(self.path, self.mapping[index] if index >= 0 else 0)


def normalized(text: str) -> str:
    """`text` as the parser reads it; lines and columns are those of `text`, but for a byte order mark."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    if (
        "\0" in text or "\x02" in text or "\x03" in text
    ):  # most have none, and to look for one of three costs more
        text = _CONTROLS.sub("\ufffd", text)
    return text


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """The YAML between the leading `---` lines (`None` without), the body, and the body's first line.

    The body begins as in MkDocs: blank lines after the front matter belong to neither.
    """
    text = normalized(text)
    match = _FRONT_MATTER.match(text)
    if not match:
        return None, text, 1
    rest = text[match.end() :]
    body = rest.lstrip("\n")
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    return match[1] or "", body, first_line


def lines_of(source: Source, body: str, first_line: int) -> Lines:
    return Lines(source.path, body, tuple(body.split("\n")), first_line, source.lines, source.generated)
