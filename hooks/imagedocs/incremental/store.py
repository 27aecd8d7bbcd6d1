"""Keep results of earlier runs in one file, which is read whole and replaced whole.

The file is used only if it is signed with the current user's key. A file from a repository, a pull request or a
restored CI cache, or one that a disk has damaged, is ignored: the run is slower, not wrong. The content is data, never
code. Concurrent runs replace each other's file; each of the files is complete.
"""

import hmac
import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from imagedocs.incremental.reads import Question
from imagedocs.writing import PRIVATE, replace_file

FOLDER = ".cache/imagedocs"
MAX_BYTES = 256 * 1024 * 1024
"""Size of the largest file that is read or written."""

_MAGIC = b"imagedocs 2 "
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """Result with everything that it was made from."""

    given: str
    """Hash of the arguments of the function that made it; empty when there were none."""
    answers: Mapping[Question, str]
    """Questions that it asked, each with its answer."""
    result: bytes | memoryview


def load(file: Path, version: str) -> dict[tuple[str, str], Entry]:
    """Return the entries in a file, by kind and name; none when the file isn't signed by this user, or was written
    under another version."""
    content = _regular_file(file)
    key = _key() if content else None
    if not content or key is None:
        return {}
    whole = memoryview(content)  # of a hundred megabytes no part is copied that nobody asks for
    head, index = content.find(b"\n"), content.find(b"\n", content.find(b"\n") + 1)
    body = whole[head + 1 :]
    if not hmac.compare_digest(
        bytes(whole[: max(head, 0)]), _MAGIC + _signature(key, file.name, version, [body])
    ):
        return {}
    read: tuple[list[Any], list[list[int]], list[tuple[str, str, str, int, int]]] = json.loads(
        content[head + 1 : index]
    )
    answered, sets, listed = read
    pairs: list[tuple[Question, str]] = [((kind, name), answer) for kind, name, answer in answered]
    records: list[dict[Question, str]] = [dict(map(pairs.__getitem__, numbers)) for numbers in sets]
    entries: dict[tuple[str, str], Entry] = {}
    start = index + 1
    for kind, name, given, number, length in listed:
        entries[kind, name] = Entry(given, records[number], whole[start : start + length])
        start += length
    return entries


def save(file: Path, version: str, entries: Mapping[tuple[str, str], Entry]) -> None:
    """Replace the file by one with these entries. Do nothing where it can't be written or would be too large."""
    key = _key()
    numbers: dict[tuple[str, str, str], int] = {}
    sets: dict[tuple[int, ...], int] = {}
    listed: list[tuple[str, str, str, int, int]] = []
    for (kind, name), entry in entries.items():
        asked = tuple(
            numbers.setdefault((*question, answer), len(numbers))
            for question, answer in entry.answers.items()
        )
        listed.append((kind, name, entry.given, sets.setdefault(asked, len(sets)), len(entry.result)))
    index = json.dumps([[*numbers], [*sets], listed])
    body = [index.encode(), b"\n", *(entry.result for entry in entries.values())]
    if key is None or sum(map(len, body)) > MAX_BYTES:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, (_MAGIC, _signature(key, file.name, version, body), b"\n", *body), PRIVATE)
        ignored = file.with_name(".gitignore")  # a project need not know of the folder
        if not ignored.exists():
            replace_file(ignored, [b"*\n"])
    except OSError:
        return


def cache_file(root: Path, name: str) -> Path | None:
    """Return the file of the cache `name` of the project in the folder `root`; `None` where a link leads out of it."""
    folder = root / FOLDER
    is_inside = os.path.realpath(folder) == os.path.join(os.path.realpath(root), *FOLDER.split("/"))
    return folder / f"{name}.cache" if is_inside else None


def user_cache_file(name: str) -> Path | None:
    """Return the file of a cache that belongs to the user and not to a project, for data that must never be restored
    from elsewhere; `None` where there is no place for it."""
    folder = _user_folder()
    return folder / f"{name}.cache" if folder is not None else None


def _user_folder() -> Path | None:
    """Return the folder of this user's own files, whether it exists or not.

    Never create a home folder: that of a system account, such as /nonexistent on Debian, must not exist.
    """
    try:
        chosen = os.environ.get("XDG_CACHE_HOME")
        return Path(chosen or Path.home().resolve(strict=True) / ".cache") / "imagedocs"
    except (OSError, RuntimeError):
        return None


def _signature(key: bytes, name: str, version: str, body: Iterable[bytes | memoryview]) -> bytes:
    signature = blake2b(key=key, digest_size=32)
    signature.update(f"{name}\n{version}\n".encode())
    for part in body:
        signature.update(part)
    return signature.hexdigest().encode()


def _regular_file(path: Path) -> bytes:
    """Return the content of a regular file; empty for a link, a pipe, and where there is no file."""
    try:
        with open(path, "rb", opener=_open_here) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return b""
            return file.read(MAX_BYTES)
    except OSError:
        return b""


def _open_here(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _key() -> bytes | None:
    """Return this user's key, and create it if there is none; `None` where there is no place for it."""
    folder = _user_folder()
    if folder is None:
        return None
    file = folder / "secret"
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            made = file.with_name(f"secret-{os.getpid()}")
            replace_file(made, [os.urandom(_KEY_BYTES)], PRIVATE)
            try:
                os.link(made, file)  # whoever is first makes it
            except FileExistsError:
                pass
            finally:
                made.unlink()
    except OSError:
        return None
    content = _regular_file(file)
    return content if len(content) == _KEY_BYTES else None
