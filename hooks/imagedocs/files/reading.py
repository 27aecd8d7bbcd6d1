"""Read the text of a project's files."""

from collections.abc import Callable
from pathlib import Path

from imagedocs.incremental.reads import is_file, read_bytes
from imagedocs.markdown.sources import Source
from imagedocs.problems import Position, Problem, Rule

MAX_BYTES = 16 * 1024 * 1024
"""Size of the largest text file that is read."""


def read_source(root: Path, path: str, render: Callable[[str, str], Source] | None = None) -> Source:
    """Return the text of the project's file `path`. A file that can't be read is a problem, and its text is empty."""
    try:
        content = read_bytes(root, path, MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(Position(path), f"cannot be read: {error.strerror}")
    if len(content) > MAX_BYTES:
        return _unreadable(Position(path), f"is larger than {MAX_BYTES // 2**20} MiB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _unreadable(Position(path, line), "is not UTF-8", "save the file as UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        return _unreadable(Position(path, text.count("\n", 0, text.index("\0")) + 1), "holds a NUL character")
    return render(path, text) if render else Source(path, text)


def is_readable(content: bytes) -> bool:
    """Return whether `read_source` finds nothing wrong with a file that holds `content`."""
    if len(content) > MAX_BYTES or b"\0" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unreadable(position: Position, message: str, hint: str = "") -> Source:
    return Source(position.path, "", problems=(Problem(position, Rule.UNREADABLE_FILE, message, hint),))


def text_reader(root: Path) -> Callable[[str], str]:
    """Return a function that returns the text of a project file; empty when it doesn't exist."""
    return lambda path: read_source(root, path).text if is_file(root, path) else ""


def line_reader(root: Path) -> Callable[[str, int], str | None]:
    """Return a function that returns line `n` (from 1) of a project file; files are read once."""
    lines: dict[str, list[str]] = {}

    def read_line(path: str, number: int) -> str | None:
        if path not in lines:
            lines[path] = read_source(root, path).text.split("\n") if is_file(root, path) else []
        return lines[path][number - 1] if 0 < number <= len(lines[path]) else None

    return read_line
