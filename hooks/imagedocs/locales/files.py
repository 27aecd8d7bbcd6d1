"""Read and replace the files of `locales/`, and nothing outside the project."""

from pathlib import Path

from imagedocs.incremental.reads import is_file, leads_inside, read_bytes
from imagedocs.problems import Position, Problem, Rule
from imagedocs.writing import write_file

BEGINNING = "copy the one that `imagedocs init` makes in an empty folder"
"""What to do about a file without which there is no project."""


def read_project_file(root: Path, path: str, max_bytes: int) -> bytes | Problem:
    """The content of the project-relative `path`, or why it cannot be had."""
    file = root / path
    try:
        if not is_file(root, path) and not file.exists():
            is_made = path.endswith(("po", "pot"))
            hint = "run `imagedocs messages` to make it" if is_made else BEGINNING
            return Problem(Position(path), Rule.UNREADABLE_FILE, "does not exist", hint)
        if not leads_inside(root, path):
            return Problem(Position(path), Rule.UNREADABLE_FILE, "leads outside the project")
        if not file.is_file():
            return Problem(Position(path), Rule.UNREADABLE_FILE, "is not a file")
        content = read_bytes(root, path, max_bytes + 1)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Problem(Position(path), Rule.UNREADABLE_FILE, f"cannot be read: {reason.lower()}")
    if len(content) > max_bytes:
        return Problem(
            Position(path), Rule.UNREADABLE_FILE, f"is larger than {max_bytes} bytes and was not read"
        )
    return content


def replace_project_file(root: Path, path: str, content: str) -> bool:
    """Let `path` hold `content`, wholly or not at all, and return whether that changed it. Raises CannotRun."""
    return write_file(root / path, content, path)
