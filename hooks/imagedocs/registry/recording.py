"""The file of the registry manifest on disk: read whole, written whole or not at all."""

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from imagedocs.errors import CannotRun
from imagedocs.registry.manifest import Manifest, load_manifest
from imagedocs.registry.manifest_reader import MAX_BYTES

_LEFTOVER_SECONDS = 60


def read_manifest_file(path: Path, shown: str) -> Manifest:
    """The manifest at `path`, an empty one where there is no file. `shown` names it in messages.

    Raises CannotRun when anything in it is wrong: what was misread would be lost in the next writing.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        raise CannotRun(f"{shown} cannot be read: {error.strerror}") from error
    manifest, problems = load_manifest(shown, data)
    for problem in problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise CannotRun(f"{problem}{more}")
    return manifest or Manifest()


def write_whole(path: Path, text: str) -> bool:
    """Write `text` to `path` so that a reader finds the old file or the new one, whenever we are stopped.

    False when the file had that text already: then it is not touched. Raises CannotRun.
    """
    data = text.encode()
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(path)
        mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
        with open(aside, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(mode)
        aside.replace(path)
    except OSError as error:
        raise CannotRun(f"{path.name} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove_leftovers(path: Path) -> None:
    """Remove what runs that were killed while writing have left behind."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.[0-9]+\.new")
    for entry in path.parent.iterdir():
        if pattern.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > _LEFTOVER_SECONDS:
            entry.unlink(missing_ok=True)
