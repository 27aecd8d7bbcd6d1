"""Find the files of a built site."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from imagedocs.comparing.contents import language_of
from imagedocs.errors import CannotRun

MAX_BYTES = 64 * 1024 * 1024
"""Number of bytes that are read of a file; the rest of a larger file is ignored."""
_DATA = (".atom", ".csv", ".ics", ".json", ".txt", ".xml", ".yaml", ".yml")


@dataclass(frozen=True)
class Tree:
    """The folder that holds a built site."""

    folder: Path
    files: Mapping[str, Path]
    """Path in the site, with slashes -> file. Symbolic links are left out."""

    @cached_property
    def pages(self) -> frozenset[str]:
        return frozenset(path for path in self.files if path.endswith(".html"))

    @cached_property
    def locales(self) -> frozenset[str]:
        """Folders of the other locales: those named like the language of their first page."""
        first = (path for path in self.pages if path.endswith("/index.html") and path.count("/") == 1)
        folders = {path.partition("/")[0]: path for path in first}
        return frozenset(
            f"{folder}/"
            for folder, path in folders.items()
            if language_of(self.read(path)).lower() == folder.lower()
        )

    def read(self, path: str) -> bytes:
        """Return what a file of the site holds; nothing when there is no such file."""
        file = self.files.get(path)
        if file is None:
            return b""
        try:
            with file.open("rb") as opened:
                return opened.read(MAX_BYTES)
        except OSError as error:
            raise CannotRun(f"{file} cannot be read: {error.strerror}") from error


def read_tree(folder: Path) -> Tree:
    """Find the files of the site in `folder`. Raises CannotRun when no page is there."""
    files: dict[str, Path] = {}
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            file = Path(parent, name)
            if file.is_file() and not file.is_symlink():
                files[file.relative_to(folder).as_posix()] = file
    tree = Tree(folder, dict(sorted(files.items())))
    if not tree.pages:
        what = "has no page in it" if folder.is_dir() else "is no folder"
        raise CannotRun(f"{folder} {what}; name the folders of two built sites, such as site")
    return tree


def is_data(path: str) -> bool:
    """Return whether a file of a site is published for programs: neither a page nor made for the search, nor a list of
    pages."""
    folder, _, name = path.rpartition("/")
    return path.endswith(_DATA) and not name.startswith("sitemap") and folder.rpartition("/")[2] != "search"
