"""Look at the files of a project, at each once in a run: which files there are, and what they hold."""

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from imagedocs.files.reading import is_readable
from imagedocs.incremental.reads import answerers, digest_of_bytes, note
from imagedocs.incremental.unsaved import unsaved_below, unsaved_text
from imagedocs.markdown.sources import Source
from imagedocs.markdown.syntax.lines import normalized

MAX_BYTES = 64 * 1024 * 1024
"""Number of bytes that are read of a file; the rest of a larger file is ignored."""

_HEAD_END = re.compile(rb"[\r\n](?:-{3}|\.{3})[ \t]*(?=[\r\n]|\Z)")
MAX_LINKS = 2
"""Number of links to folders, one in another, that are followed: folders full of links to one another would never
end."""
WELL_KNOWN = ".well-known"
"""Folder with files whose addresses others fix (https://www.rfc-editor.org/rfc/rfc8615)."""
REDIRECTIONS = re.compile(r".*\.openpublishing\.redirection.*\.json")
"""Names of the lists of redirections that a documentation set may have in each of its folders."""
_COARSEST_CLOCK = 2 * 10**9
"""Nanoseconds within which a disk with coarse times (FAT) shows no change."""


@dataclass(frozen=True, slots=True)
class _Look:
    """Facts about a file that has been looked at."""

    digest: str
    is_text: bool
    head: bytes
    stamp: tuple[int, ...]
    """Values that differ for another file at its place, or for another content; empty when the file was written just
    before."""

    @property
    def front(self) -> str:
        """Hash of the front matter, and of whether the page can be read."""
        return digest_of_bytes(b"%d%s" % (self.is_text, self.head))


class Tree:
    """Files in the folder `root`, as they are when they are first asked for.

    Each look is noted for results that are being made: the kinds of questions are "file" (what a file holds), "front"
    (the front matter of a page), "has" (whether the project has a file), "walk" (which files lie below a folder), "raw"
    (what a file holds, wherever a symbolic link at its path leads), and those of `imagedocs.incremental.reads`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = os.path.realpath(root)
        self._walked: dict[str, tuple[tuple[str, ...], str]] = {}
        """Folder -> paths below it, and a hash of these."""
        self._redirections: list[str] = []
        """Paths of hidden lists of redirections that were met on a walk."""
        self._plain: set[str] = set()
        """Paths met on a walk that are files of their own, not links."""
        self._inside: dict[str, bool] = {}
        self._folders: dict[str, str] = {}
        """Folder -> place to which it leads, through symbolic links too."""
        self._looks: dict[str, _Look] = {}
        self._before: dict[str, _Look] = {}
        self._names: dict[str, frozenset[str]] = {}

    def again(self) -> "Tree":
        """Return the folder as it is now. A file whose times, size and number are the same is not read again, unless it
        had just been written when it was read: see https://git-scm.com/docs/racy-git."""
        tree = Tree(self.root)
        tree._before = {**self._before, **self._looks}
        return tree

    def become(self, other: "Tree") -> None:
        """Be as another look at the same folder is, for all that hold this object."""
        vars(self).update(vars(other))

    def walk(self, folder: str) -> tuple[str, ...]:
        """Return the project paths of the files below `folder`, sorted. Names that begin with a dot are left out, as in
        MkDocs, except `.well-known`, which `exclude_docs` can let in; and so are files that lie outside the project by a
        symbolic link."""
        if folder not in self._walked:
            top = os.path.join(self.root, folder)
            is_own = os.path.realpath(top) == os.path.join(self._real, folder)
            paths = tuple(self._walk(top, folder, is_own))
            if new := {path for path in unsaved_below(self.root, folder) if self._has(path)} - {*paths}:
                paths = tuple(sorted({*paths, *new}, key=_in_walk))
            names = "\n".join((*paths, *self.redirections(folder))).encode("utf-8", "surrogatepass")
            self._walked[folder] = paths, digest_of_bytes(names)
        paths, answer = self._walked[folder]
        note("walk", folder, answer)
        return paths

    def redirections(self, folder: str) -> list[str]:
        """Return the project paths of the hidden lists of redirections below a folder for which `walk` was called."""
        return [path for path in self._redirections if path.startswith(f"{folder}/")]

    def _walk(self, top: str, first: str, is_own: bool) -> Iterator[str]:
        waiting = [(top, first, 0)]
        while waiting:
            real, folder, links = waiting.pop()
            try:
                with os.scandir(real) as entries:
                    found = sorted(entries, key=lambda each: each.name)
            except OSError:
                continue
            hidden = [each.name for each in found if each.name[0] == "." and each.name != WELL_KNOWN]
            self._redirections += (f"{folder}/{name}" for name in hidden if REDIRECTIONS.fullmatch(name))
            found = [each for each in found if each.name[0] != "." or each.name == WELL_KNOWN]
            folders: list[tuple[str, str, int]] = []
            for entry in found:
                path = f"{folder}/{entry.name}"
                if entry.is_dir():
                    followed = links + entry.is_symlink()
                    if followed == links or self._may_follow(entry.path, real, followed):
                        folders.append((f"{real}/{entry.name}", path, followed))
                elif is_own and not links and entry.is_file(follow_symlinks=False):
                    self._plain.add(path)
                    yield path
                elif self._has(path):
                    yield path
            waiting += reversed(folders)

    def _may_follow(self, link: str, folder: str, followed: int) -> bool:
        """Return whether a symbolic link to a folder leads to another part of the project, and not round in a
        circle."""
        target = os.path.realpath(link) + os.sep
        return (
            followed <= MAX_LINKS
            and target.startswith(self._real + os.sep)
            and not (os.path.realpath(folder) + os.sep).startswith(target)
        )

    def has(self, path: str) -> bool:
        """Return whether the project has the file. It has none behind a symbolic link that leads out of the project,
        and none whose name the system's encoding can't express."""
        found = self._has(path)
        note("has", path, "1" if found else "")
        return found

    def _has(self, path: str) -> bool:
        if path in self._plain:
            return True
        if path not in self._inside:
            real = os.path.join(self.root, path)
            try:
                is_there = self._leads_inside(path) and os.path.isfile(real) and self._is_listed(path)
            except UnicodeEncodeError:
                is_there = False
            self._inside[path] = is_there or unsaved_text(self.root, path) is not None
        return self._inside[path]

    def _is_listed(self, path: str) -> bool:
        """Return whether the folders have exactly these names: some disks also find a file by its name in other
        capitals."""
        folder = ""
        for name in path.split("/"):
            if name in ("", ".", ".."):
                return True  # no name to be found in a folder
            if folder not in self._names:
                try:
                    self._names[folder] = frozenset(os.listdir(os.path.join(self.root, folder)))
                except OSError:  # it may be entered, and not listed
                    return True
            if name not in self._names[folder]:
                return False
            folder = f"{folder}/{name}" if folder else name
        return True

    def digest(self, path: str) -> str:
        """Return a hash of what the file holds; empty when there is no such file, or when it can't be read."""
        answer = self._look(path).digest
        note("file", path, answer)
        return answer

    def head(self, path: str) -> bytes:
        """Return the front matter of the page, with the lines around it; empty when it has none."""
        look = self._look(path)
        note("front", path, look.front)
        return look.head

    def is_text(self, path: str) -> bool:
        """Return whether the page can be read: see `read_source`."""
        look = self._look(path)
        note("front", path, look.front)
        return look.is_text

    def answerers(self) -> dict[str, Callable[[str], str]]:
        """Return the functions that answer questions about the files, by kind, for `Cache.answer_by`."""
        return {
            "file": lambda path: self._look(path).digest,
            "front": lambda path: self._look(path).front,
            "has": lambda path: "1" if self._has(path) else "",
            "walk": lambda folder: (self.walk(folder), self._walked[folder][1])[1],
            "raw": self._raw,
            "leads-inside": lambda path: "1" if self._leads_inside(path) else "",
            **answerers(self.root),
        }

    def _raw(self, path: str) -> str:
        """Return a hash of what is at a path, wherever a symbolic link there leads; see `read_bytes`."""
        look = self._look(path)
        return look.digest or self._look_at(path).digest

    def _look(self, path: str) -> _Look:
        if path not in self._looks:
            self._looks[path] = self._look_at(path) if self._has(path) else _NOTHING
        return self._looks[path]

    def _look_at(self, path: str) -> _Look:
        name = os.path.join(self.root, path)
        before = self._before.get(path)
        if (text := unsaved_text(self.root, path)) is not None:
            return _look_of(path, text[:MAX_BYTES], ())
        try:
            if before and before.stamp and before.stamp == _stamp(os.stat(name)):
                return before
            now = time.time_ns()
            with open(name, "rb") as file:
                status = os.fstat(file.fileno())
                content = file.read(MAX_BYTES)
        except OSError:
            return _NOTHING
        is_new = now - max(status.st_mtime_ns, status.st_ctime_ns) < _COARSEST_CLOCK
        return _look_of(path, content, () if is_new else _stamp(status))

    def _leads_inside(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(os.path.join(self.root, folder))
        real = os.path.join(self._folders[folder], name)
        if name in ("", ".", "..") or os.path.islink(real):
            real = os.path.realpath(real)
        return real.startswith(self._real + os.sep)


_NOTHING = _Look("", is_text=False, head=b"", stamp=())


def _in_walk(path: str) -> list[tuple[bool, str]]:
    """Return a key that sorts paths as a walk finds them: the files of a folder before those of its folders."""
    *folders, name = path.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def _look_of(path: str, content: bytes, stamp: tuple[int, ...]) -> _Look:
    head = b""
    if content.startswith((b"---", b"\xef\xbb\xbf---")):
        end = _HEAD_END.search(content)
        head = content[: end.end()] if end else content
    return _Look(digest_of_bytes(content), path.endswith(".md") and is_readable(content), head, stamp)


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def read_head(tree: Tree, path: str) -> Source | None:
    """Return the front matter of a page, with the lines around it, and no more of it; `None` when it can't be read."""
    if not tree.has(path) or not tree.is_text(path):
        return None
    return Source(path, normalized(tree.head(path).decode("utf-8-sig")))
