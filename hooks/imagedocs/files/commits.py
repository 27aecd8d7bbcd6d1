"""Read from git on which day the content of each file was committed, with one call for all files."""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256
from pathlib import Path
from typing import Final

_FOLDERS: Final = ("docs", "includes", "catalog", "locales")
_COMMAND: Final = (
    "git",
    "--no-pager",
    *("-c", "log.showRoot=true", "-c", "log.showSignature=false"),
    *("-c", "protocol.allow=never"),  # a clone without all objects is not completed from the network
    *("log", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative", "--decorate=short"),
    "--format=%x01%ct %D",
)
_BEGIN: Final = "\x01"
_BOUNDARY: Final = "grafted"
"""Decoration of the commits at which the history of a shallow clone begins: they seem to add all files."""


@dataclass(frozen=True, slots=True)
class Commit:
    """Last commit of a file."""

    blob: str
    """Git's hash of the content."""
    day: str
    """Day in UTC, as ISO 8601 writes it."""


def last_commits(root: Path) -> dict[str, Commit]:
    """Return the last commit of each file below `docs/`, `includes/`, `catalog/` and `locales/`, by its project path.

    A file is left out whose last commit isn't known: because git isn't there, the folder is in no repository, or the
    clone is shallow.
    """
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = [*_COMMAND, "--", *_FOLDERS]
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return {}
    return _read(done.stdout.decode("utf-8", "surrogateescape")) if done.returncode == 0 else {}


def _read(log: str) -> dict[str, Commit]:
    found: dict[str, Commit | None] = {}
    day, is_boundary = "", False
    pieces = iter(log.split("\0"))
    for piece in pieces:
        if piece.startswith(_BEGIN):
            seconds, _, names = piece.removeprefix(_BEGIN).partition(" ")
            day = datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
            is_boundary = _BOUNDARY in names.split(", ")
        elif piece.lstrip("\n").startswith(":"):
            blob, path = piece.split()[3], next(pieces, "")
            found.setdefault(path, None if is_boundary else Commit(blob, day))
    return {path: commit for path, commit in found.items() if commit is not None}


def is_content_of(commit: Commit, content: bytes) -> bool:
    """Return whether a file with this content is as it was committed; on some systems git writes other line ends."""
    return any(_blob(each, len(commit.blob)) == commit.blob for each in _forms(content))


def _forms(content: bytes) -> Iterable[bytes]:
    yield content
    if b"\r\n" in content:
        yield content.replace(b"\r\n", b"\n")


def _blob(content: bytes, length: int) -> str:
    make = sha1 if length == 40 else sha256  # the format of the repository
    return make(b"blob %d\0" % len(content) + content).hexdigest()
