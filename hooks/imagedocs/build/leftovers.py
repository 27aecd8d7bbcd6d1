"""Create the folders in which sites are built, and remove those that killed builds have left.

A process that is killed can't remove its folder, so the next build does. A lock on a file in the folder shows whether a
process still works there: the system releases the lock when the process and its workers have ended.
"""

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import IO

from imagedocs.build.renames import undo

JOURNAL = "renames.json"
LAST = "last"
"""Name of the folder that holds the last site until the new one has replaced it."""

_MARKER = ".imagedocs-build"
_NAME = re.compile(r"\.(?P<site>.+)-[a-z0-9_]{8}", re.DOTALL)
"""Names that `tempfile.mkdtemp` makes from a site's name."""
_HOUR = 3600


def claim_folder(parent: Path, site: str) -> tuple[Path, IO[bytes]]:
    """Make a folder for a build of `site`, and return it with the file whose lock says that it is in use.

    Raises OSError.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{site}-", dir=parent))
        try:
            lock = open(folder / _MARKER, "xb")  # noqa: SIM115  # open as long as the folder is in use
        except OSError:
            folder.rmdir()
            raise
        try:
            if _is_locked_by_us(lock):
                return folder, lock
        except OSError:  # the disk has no locks: nobody will find the folder unused
            return folder, lock
        lock.close()  # another build took it for a leftover, and removes it


def remove_folder(folder: Path, lock: IO[bytes]) -> None:
    """Remove a folder of a build, after moving back the parts of the last site that it holds."""
    try:
        undo(folder / JOURNAL)
    except OSError:
        lock.close()
        return  # the next build tries again
    shutil.rmtree(folder, ignore_errors=True)
    lock.close()
    shutil.rmtree(folder, ignore_errors=True)  # Windows removes no file that is open


def remove_leftovers(parent: Path, sites: Collection[str], parts: Collection[str]) -> None:
    """Repair and remove the folders that killed builds have left in `parent`: marked folders of any site, and those
    that earlier versions of imagedocs have made for `sites`, whose languages are `parts`."""
    with suppress(OSError):
        for entry in list(os.scandir(parent)):
            match = _NAME.fullmatch(entry.name)
            if match and entry.is_dir(follow_symlinks=False) and _is_ours(entry.stat(follow_symlinks=False)):
                folder = Path(entry.path)
                if (folder / _MARKER).is_file():
                    _remove_unused(folder)
                elif match["site"] in sites and _is_of_earlier_version(folder, parts):
                    if (folder / LAST).exists() and not (parent / match["site"]).exists():
                        (folder / LAST).rename(parent / match["site"])
                    shutil.rmtree(folder, ignore_errors=True)


def _remove_unused(folder: Path) -> None:
    with suppress(OSError), open(folder / _MARKER, "r+b") as lock:
        if _is_locked_by_us(lock):
            remove_folder(folder, lock)


def _is_ours(status: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or status.st_uid == os.getuid()


def _is_of_earlier_version(folder: Path, parts: Collection[str]) -> bool:
    """Return whether an earlier version, which set no mark, made the folder: it is empty or has folders of languages
    and nothing that isn't part of a build, is private, and was not changed for an hour. In case of doubt it stays."""
    status, names = folder.stat(), {name.lower() for name in os.listdir(folder)}
    return (
        names <= {"site", LAST, *parts}
        and (not names or LAST in names or not names.isdisjoint(parts))
        and (os.name == "nt" or stat.S_IMODE(status.st_mode) == 0o700)
        and time.time() - status.st_mtime > _HOUR
    )


def _is_locked_by_us(file: IO[bytes]) -> bool:
    """Lock the file, and return whether that succeeded; another process may hold it. Raises OSError where locks
    fail."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
