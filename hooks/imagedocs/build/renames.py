"""Do several renames all or not at all; a later process undoes them if this one is killed."""

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

Rename = tuple[Path, Path]

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # <fcntl.h>, <linux/fs.h>


def rename_all(renames: Sequence[Rename], journal: Path) -> None:
    """Rename each source to its target, in this order; undo what was done when one fails.

    Where the last two put one folder aside and another one in its place, both are one step if the system can do that.
    The file `journal` holds the list meanwhile. Raises OSError.
    """
    pairs = [[os.path.relpath(path, journal.parent) for path in rename] for rename in renames]
    try:
        journal.write_text(json.dumps(pairs), "utf-8", newline="\n")
        for number, (source, target) in enumerate(renames):
            rest = renames[number + 1 :]
            if len(rest) == 1 and rest[0][1] == source and exchange(rest[0][0], source):
                break
            os.rename(source, target)
    except BaseException:
        undo(journal)
        raise
    journal.unlink()


def undo(journal: Path) -> None:
    """Undo the renames of an unfinished list, the last one first. Raises OSError."""
    try:
        pairs: list[list[str]] = json.loads(journal.read_text("utf-8"))
    except FileNotFoundError:
        return
    except ValueError:  # killed while it was written: none was done
        pairs = []
    for rename in reversed(pairs):
        source, target = (os.path.normpath(journal.parent / path) for path in rename)
        if os.path.lexists(target) and not os.path.lexists(source):
            os.rename(target, source)
    journal.unlink()


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders, and return whether the system can do that: renameat2(2) of Linux."""
    if sys.platform != "linux":
        return False
    with suppress(ImportError, OSError, AttributeError):  # a C library without it
        import ctypes

        function = ctypes.CDLL(None).renameat2
        return not function(
            _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)
        )
    return False
