"""Results of earlier runs in one file, read whole and replaced whole.

The file is believed only when it carries a seal made with a secret of this user's, so that what a repository brings
along, or a disk has damaged, is as good as no file. The content is text that its reader decodes (JSON); only compiled
templates are code, which the project's own templates are too.
Runs side by side replace one another's file; each of them is whole.
"""

import hmac
import json
import os
import stat
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from imagedocs.writing import PRIVATE, replace_file

FOLDER = ".cache/imagedocs"
MAX_BYTES = 256 * 1024 * 1024
"""Of the file; more is neither read nor written."""

_MAGIC = b"imagedocs 1 "
_SECRET_BYTES = 32


_Results = dict[tuple[str, str], tuple[str, bytes | memoryview]]


class Memory:
    """Results by kind and name; each with the key that says what it was made from."""

    def __init__(self, file: Path | None = None, version: str = "") -> None:
        """With no `file` it forgets everything. What was written under another `version` is not read."""
        self._file = file
        self._version = version
        self._known: _Results = {}
        self._used: set[tuple[str, str]] = set()
        self._changed = False
        if file is not None:
            self._known = _read(file, version)

    def get(self, kind: str, name: str, key: str) -> bytes | None:
        """The result, if it was made from what `key` says."""
        found = self._known.get((kind, name))
        if found is None or found[0] != key:
            return None
        self._used.add((kind, name))
        return bytes(found[1])

    def put(self, kind: str, name: str, key: str, result: bytes) -> None:
        self._known[kind, name] = (key, result)
        self._used.add((kind, name))
        self._changed = True

    def save(self, *, keep: Iterable[str] = ()) -> None:
        """Write the file, if there is something new. What was not asked for goes, unless it is of a kind in
        `keep`. A file that cannot be written is left as it is: the next run does the work again."""
        kept = set(keep)
        left = {
            entry: result for entry, result in self._known.items() if entry in self._used or entry[0] in kept
        }
        if self._file is not None and (self._changed or len(left) < len(self._known)):
            _write(self._file, self._version, left)
            self._changed = False


def _read(file: Path, version: str) -> _Results:
    content = _regular_file(file)
    secret = _secret() if content else None
    if not content or secret is None:
        return {}
    whole = memoryview(content)  # of a hundred megabytes no part is copied that nobody asks for
    head, index = content.find(b"\n"), content.find(b"\n", content.find(b"\n") + 1)
    body = whole[head + 1 :]
    if not hmac.compare_digest(
        bytes(whole[: max(head, 0)]), _MAGIC + _seal(secret, file.name, version, [body])
    ):
        return {}
    known: _Results = {}
    start = index + 1
    for kind, name, key, length in json.loads(content[head + 1 : index]):
        known[kind, name] = (key, whole[start : start + length])
        start += length
    return known


def _write(file: Path, version: str, known: _Results) -> None:
    secret = _secret()
    index = json.dumps([[*entry, key, len(result)] for entry, (key, result) in known.items()])
    body = [index.encode(), b"\n", *(result for _, result in known.values())]
    if secret is None or sum(map(len, body)) > MAX_BYTES:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, (_MAGIC, _seal(secret, file.name, version, body), b"\n", *body), PRIVATE)
        ignored = file.with_name(".gitignore")  # a project need not know of the folder
        if not ignored.exists():
            replace_file(ignored, [b"*\n"])
    except OSError:
        return


def _seal(secret: bytes, name: str, version: str, body: Iterable[bytes | memoryview]) -> bytes:
    seal = blake2b(key=secret, digest_size=32)
    seal.update(f"{name}\n{version}\n".encode())
    for part in body:
        seal.update(part)
    return seal.hexdigest().encode()


def _regular_file(path: Path) -> bytes:
    """The content of a file that is one: not a link, not a pipe to wait at; empty when there is none."""
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


def _secret() -> bytes | None:
    """Return this user's secret, which is made when there is none; `None` where there is no place for it.

    A home folder is never made: that of a system's account, such as /nonexistent on Debian, must not be there.
    """
    try:
        chosen = os.environ.get("XDG_CACHE_HOME")
        file = Path(chosen or Path.home().resolve(strict=True) / ".cache") / "imagedocs" / "secret"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            made = file.with_name(f"secret-{os.getpid()}")
            replace_file(made, [os.urandom(_SECRET_BYTES)], PRIVATE)
            try:
                os.link(made, file)  # whoever is first makes it
            except FileExistsError:
                pass
            finally:
                made.unlink()
    except (OSError, RuntimeError):
        return None
    content = _regular_file(file)
    return content if len(content) == _SECRET_BYTES else None


def memory_of(root: Path, name: str, version: str) -> Memory:
    """The memory `name` of the project in the folder `root`; one that forgets where a link leads out of it."""
    folder = root / FOLDER
    inside = os.path.realpath(folder) == os.path.join(os.path.realpath(root), *FOLDER.split("/"))
    return Memory(folder / f"{name}.cache", version) if inside else Memory()
