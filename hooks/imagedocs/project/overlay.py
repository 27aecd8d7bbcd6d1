"""The project as one locale sees it: its own files, and those of its fallback chain where it has none.

Everything that is read goes through here, and nothing outside the project is.
"""

import os
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from imagedocs.checks.site import site_path
from imagedocs.markdown.sources import Source
from imagedocs.problems import Position, Problem, Rule

MAX_BYTES = 16 * 1024 * 1024
"""A larger text file is not read."""

_TEMPLATE = ".j2"


@dataclass(frozen=True)
class Overlay:
    """The files around the pages of a locale (`imagedocs.markdown.sources.Sources`)."""

    root: Path
    """The project's folder."""
    chain: tuple[str, ...]
    """Tags of the locale and of its fallbacks, nearest first."""
    render: Callable[[str, str], Source]
    """Render a template: its project-relative path and its text in, Markdown out."""
    excluded: GitIgnoreSpec
    """What below the docs folder is not part of the site."""
    repositories: frozenset[str] = frozenset()
    """Folders of other repositories, beside the docs folder, whose files pages may show: `~/name/…`."""
    _read: dict[str, Source | None] = field(default_factory=dict[str, Source | None])

    @property
    def folders(self) -> tuple[str, ...]:
        """The docs folders, nearest first: `docs/es`, `docs/en`."""
        return tuple(f"docs/{tag}" for tag in self.chain)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Site path -> project path of every file that the locale's site is made of, sorted.

        A site path is relative to the docs folder, as in MkDocs' `src_uri`; files beside the fragments
        keep their folder: `includes/media/x.png`.
        """
        found: dict[str, str] = {}
        for folder in reversed(self.folders):
            for path in _walk(self.root, folder):
                place = path.removeprefix(f"{folder}/")
                if not self.excluded.match_file(place):
                    found[place] = path
        for path in _walk(self.root, "includes"):
            if not path.endswith((".md", _TEMPLATE)) and not path.startswith("includes/theme/"):
                found.setdefault(site_path(path, self.chain) or path, path)
        return dict(sorted(found.items()))

    @cached_property
    def fragments(self) -> tuple[str, ...]:
        """The files that a page may take in, by the project paths that it names: without a locale's own folder
        below `includes/`, and a template without its ending."""
        names = (
            self.site_path(path) or path
            for path in _walk(self.root, "includes")
            if path.endswith((".md", f".md{_TEMPLATE}")) and not path.startswith("includes/theme/")
        )
        beside = (
            path
            for folder in self.folders
            for path in _walk(self.root, folder)
            if path.endswith(".md") and "/includes/" in path
        )
        return tuple(dict.fromkeys(name.removesuffix(_TEMPLATE) for name in (*names, *beside)))

    def site_path(self, path: str) -> str | None:
        """Where the project's file `path` lies in the locale's site; `None` when it is not part of it."""
        return site_path(path, self.chain)

    def find(self, target: str, base: str) -> str | None:
        """See `Sources.find`."""
        path = self.resolve(target, base)
        if path is None:
            return None
        candidates = [path]
        place = self.site_path(path)
        if place is not None and path.startswith("includes/"):
            rest = place.removeprefix("includes/")
            own, *fallbacks = self.chain
            candidates = [f"includes/{own}/{rest}", place, *(f"includes/{tag}/{rest}" for tag in fallbacks)]
        elif place is not None:
            candidates = [f"docs/{tag}/{place}" for tag in self.chain]
            if target.startswith("~/") and place.partition("/")[0] in self.repositories:
                candidates.append(place)
        for candidate in candidates:
            for name in (candidate, candidate + _TEMPLATE):
                if self._is_inside(name):
                    return name
        return None

    def read(self, path: str) -> Source | None:
        """See `Sources.read`."""
        if path not in self._read:
            self._read[path] = self._load(path)
        return self._read[path]

    def href(self, path: str, page: str) -> str:
        """See `Sources.href`."""
        here = self.site_path(page) or page
        there = self.site_path(path) or path
        return posixpath.relpath(there, posixpath.dirname(here) or ".")

    def resolve(self, target: str, base: str) -> str | None:
        """Project path that `target`, written in `base`, names; `None` when it leaves the project."""
        target = target.replace("\\", "/")
        if target.startswith("~/"):
            path = posixpath.normpath(f"{self.folders[0]}/{target[2:]}")
        else:
            # `includes/es/x.md` stands for `includes/x.md`: what it names is relative to that.
            here = (self.site_path(base) or base) if base.startswith("includes/") else base
            path = posixpath.normpath(posixpath.join(posixpath.dirname(here), target))
        return None if path.startswith(("../", "/")) or path in (".", "..") or "\0" in path else path

    def _is_inside(self, path: str) -> bool:
        real = os.path.realpath(self.root / path)
        return os.path.isfile(real) and real.startswith(os.path.realpath(self.root) + os.sep)

    def _load(self, path: str) -> Source | None:
        if not self._is_inside(path):
            return None
        return read_source(self.root, path, self.render if path.endswith(_TEMPLATE) else None)


def read_source(root: Path, path: str, render: Callable[[str, str], Source] | None = None) -> Source:
    """The text of the project's file `path`. What cannot be read is a problem, and the text then empty."""
    try:
        with (root / path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
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


def _unreadable(position: Position, message: str, hint: str = "") -> Source:
    return Source(position.path, "", problems=(Problem(position, Rule.UNREADABLE_FILE, message, hint),))


def _walk(root: Path, folder: str) -> list[str]:
    """Project paths of the files below `folder`, sorted; none that begins with a dot, as MkDocs has it, and
    none that lies outside the project by a symbolic link."""
    inside = os.path.realpath(root) + os.sep
    found: list[str] = []
    for parent, folders, names in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        relative = Path(parent).relative_to(root).as_posix()
        for name in sorted(names):
            path = f"{relative}/{name}"
            if not name.startswith(".") and os.path.realpath(root / path).startswith(inside):
                found.append(path)
    return found
