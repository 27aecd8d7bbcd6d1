"""Write files wholly or not at all, whenever the process is stopped or the disk is full."""

import os
import re
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from imagedocs.errors import CannotRun

PRIVATE = 0o600
"""Permissions of a file that only its owner may read."""

_NEW = re.compile(r"\.imagedocs-[0-9a-f]{8}\.new")
_LEFTOVER_SECONDS = 60


def write_file(path: Path, content: str | bytes, shown: str = "") -> bool:
    """Let the file at `path` hold `content`, and return whether that changed it.

    Readers find the old content or the new, never a part. The permissions of a file that exists are kept. What is
    no regular file, such as `/dev/stdout`, is written to directly. Raises CannotRun, which calls the file `shown`.
    """
    try:
        data = content.encode() if isinstance(content, str) else content
    except UnicodeEncodeError as error:  # what was typed, where the system's encoding cannot read it
        said = "what you typed is no text in the encoding of the system; set PYTHONUTF8=1"
        raise CannotRun(f"{shown or path.name} cannot be written: {said}") from error
    try:
        status = path.stat() if path.exists() else None
        if status is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not stat.S_ISREG(status.st_mode) or _is_of_a_process(path):
            with open(path, "wb") as file:
                file.write(data)
            return True
        elif status.st_size == len(data) and path.read_bytes() == data:
            return False
        replace_file(path, [data], stat.S_IMODE(status.st_mode) if status else None, is_durable=True)
    except OSError as error:
        raise CannotRun(f"{shown or path.name} cannot be written: {reason(error)}") from error
    return True


def append_to_file(path: Path, text: str) -> None:
    """Add `text` to the file at `path`. Raises CannotRun."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CannotRun(f"{path} cannot be written: {reason(error)}") from error


def replace_file(
    path: Path, parts: Iterable[bytes | memoryview], mode: int | None = None, *, is_durable: bool = False
) -> None:
    """Put a new file of these parts in the place of `path`, and leave nothing behind when that fails.

    `is_durable` waits until the content is on the disk, so that a power failure loses neither version. Raises OSError.
    """
    _remove_leftovers(path.parent)
    new = path.with_name(f".imagedocs-{os.urandom(4).hex()}.new")
    try:
        with open(new, "xb", opener=_private if mode == PRIVATE else None) as file:
            file.writelines(parts)
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            os.chmod(new, mode)
        os.replace(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def reason(error: OSError) -> str:
    """Return what the system says, in a few words: `No space left on device`."""
    return error.strerror or str(error) or type(error).__name__


def _is_of_a_process(path: Path) -> bool:
    """Return whether a link names what a process has open, as `/dev/stdout` does: that can't be replaced."""
    return path.is_symlink() and os.path.abspath(path).startswith(("/dev/", "/proc/"))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


@cache  # once in a process is enough
def _remove_leftovers(folder: Path) -> None:
    """Remove what processes that were killed while they wrote have left in the folder."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if _NEW.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > _LEFTOVER_SECONDS:
                os.unlink(entry)
