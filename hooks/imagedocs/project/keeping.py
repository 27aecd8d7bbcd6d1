"""The finished site of a locale, kept for the next build, which puts it in place as long as nothing has changed.

The files lie under `.cache/imagedocs/sites/`, and are the same as those of the site that was published (by hard
links, where the disk has them). What they hold is hashed when they are kept, and again when they are put in place: a
file that has been changed since, there or in the published site, makes its locale be built again.
"""

import os
import shutil
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from imagedocs.cache.memory import FOLDER, Memory, memory_of
from imagedocs.checks.briefs import Brief
from imagedocs.checks.built_pages import Sample
from imagedocs.checks.pages import Pages
from imagedocs.checks.records import from_bytes, read_all, to_bytes, write_all
from imagedocs.checks.site import LocaleSite

MOST = 3
"""Addresses whose sites are kept: that of the site, and of previews."""
_AN_HOUR = 3600
_KIND, _DOCUMENT = "site", "document"


@dataclass(frozen=True, slots=True)
class Part:
    """The finished site of a locale."""

    site: LocaleSite
    samples: tuple[Sample, ...]
    warnings: tuple[tuple[int, str], ...]
    """What the site generator and its plugins had to say: level and text."""


@dataclass(frozen=True, slots=True)
class KeptSite:
    files: Mapping[str, str]
    """Path in the site -> hash of what the file holds."""
    elsewhere: Mapping[str, str]
    """See `Inputs.elsewhere`."""
    part: Part


@dataclass
class Keeper:
    """What earlier builds have left of a locale's site, and what this one leaves."""

    folder: Path
    """Of the files."""
    memory: Memory = field(default_factory=Memory)

    @classmethod
    def of(cls, root: Path, name: str, version: str) -> "Keeper":
        """The one called `name` of the project in `root`."""
        return cls(root / FOLDER / "sites" / name, memory_of(root, f"site-{name}", version))

    def find(self, key: str) -> KeptSite | None:
        """The site that was made from what `key` says."""
        content = self.memory.get(_KIND, "", key)
        if content is None:
            return None
        data: Any = from_bytes(content)
        documents = Pages()
        for place, brief in data["documents"].items():
            document = self.memory.get(_DOCUMENT, place, key)
            if document is None:
                return None
            documents.add(place, Brief(*brief), document)
        site = LocaleSite(
            tuple(data["chain"]),
            data["files"],
            documents,
            {place: (page, rest) for place, (page, rest) in data["moved"].items()},
            *data["addresses"],
        )
        warnings = tuple((level, text) for level, text in data["warnings"])
        return KeptSite(
            data["site"], data["elsewhere"], Part(site, read_all(Sample, data["samples"]), warnings)
        )

    def _folder_of(self, path: str) -> str:
        """That of the file at `path`, made if need be. Raises OSError where a link leads elsewhere."""
        root = self.folder.parents[len(Path(FOLDER).parts) + 1]
        below = os.path.join(os.path.relpath(self.folder, root), os.path.dirname(path))
        folder = os.path.join(os.path.realpath(root), os.path.normpath(below))
        os.makedirs(folder, exist_ok=True)
        if os.path.realpath(folder) != folder:
            raise OSError(f"{folder} is reached by a symbolic link")
        return folder

    def _remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty without it."""
        folder = self._folder_of(path)
        with suppress(OSError):
            os.unlink(os.path.join(folder, os.path.basename(path)))
            while place := os.path.dirname(path):
                os.rmdir(self.folder / place)
                path = place

    def place(self, kept: KeptSite, target: Path) -> bool:
        """Put the files into the folder `target`, which is not there yet. False when one is not what it was."""
        folders: set[str] = set()
        for path, digest in kept.files.items():
            source = self.folder / path
            if _digest(source) != digest:
                shutil.rmtree(target, ignore_errors=True)
                return False
            parent = os.path.dirname(path)
            if parent not in folders:
                (target / parent).mkdir(parents=True, exist_ok=True)
                folders.add(parent)
            _link(source, target / path)
        return True

    def is_at(self, kept: KeptSite, folder: Path, besides: Collection[str] = ()) -> bool:
        """Whether these files are in the folder, each as it was, and no others but what begins with a dot and what is
        named in `besides`."""
        count = 0
        top = str(folder)
        for parent, folders, names in os.walk(top):
            if parent == top:
                for here in (folders, names):
                    here[:] = [name for name in here if name not in besides and not name.startswith(".")]
            place = "" if parent == top else f"{parent[len(top) + 1 :]}/".replace(os.sep, "/")
            if any(kept.files.get(place + name) != _digest(os.path.join(parent, name)) for name in names):
                return False
            count += len(names)
        return count == len(kept.files)

    def text(self, path: str, digest: str) -> str | None:
        """What the kept file at `path` says, if that has this hash."""
        try:
            with open(self.folder / path, "rb") as file:
                content = file.read()
        except OSError:
            return None
        return content.decode("utf-8") if blake2b(content, digest_size=16).hexdigest() == digest else None

    def keep(
        self, key: str, site: Path, elsewhere: Mapping[str, str], part: Part, same: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Keep the files of the finished site in the folder `site` in place of those that were kept; gives their
        hashes. Those at the paths in `same` lie there already, with these hashes. Raises OSError where that is not
        possible: what is left is then not what the memory says, and no build takes it."""
        content = self.memory.peek(_KIND, "")
        before: Mapping[str, str] = from_bytes(content)["site"] if content else {}
        if content is None:  # what lies there is not known
            shutil.rmtree(self.folder, ignore_errors=True)
            same = {}
        files: dict[str, str] = {}
        top = str(site)
        for parent, folders, names in os.walk(top):
            folders.sort()
            place = "" if parent == top else f"{parent[len(top) + 1 :]}/".replace(os.sep, "/")
            there = ""
            for name in sorted(names):
                path, source = place + name, os.path.join(parent, name)
                if path in same:
                    files[path] = same[path]
                    continue
                files[path] = _digest(source)
                there = there or self._folder_of(path)
                _replace(source, os.path.join(there, name))
        for path in before.keys() - files.keys():
            self._remove(path)
        own = part.site
        documents = own.documents
        assert isinstance(documents, Pages)
        data = {
            "site": files,
            "elsewhere": dict(elsewhere),
            "chain": own.chain,
            "files": dict(own.files),
            "documents": {place: brief_fields(brief) for place, brief in own.briefs.items()},
            "moved": dict(own.moved),
            "addresses": [own.folder, own.directory_urls],
            "samples": write_all(part.samples),
            "warnings": part.warnings,
        }
        self.memory.put(_KIND, "", key, to_bytes(data))
        for place in documents.briefs:
            self.memory.put(_DOCUMENT, place, key, documents.kept(place))
        self.memory.save()
        return files


def prune(root: Path, current: str, tags: Collection[str]) -> None:
    """Forget sites of languages that are not among `tags`, and of all addresses but the `MOST` built last. `current`
    is what those of this build's address are called, before the language."""
    folder = root / FOLDER / "sites"
    try:
        kept = sorted(os.scandir(folder), key=lambda entry: entry.stat().st_mtime, reverse=True)
    except OSError:
        return
    wanted = [current]
    for entry in kept:
        name, _, tag = entry.name.partition("-")
        if entry.name.startswith("."):  # of a build that was ended while it was keeping a site
            if entry.stat().st_mtime < time.time() - _AN_HOUR:
                shutil.rmtree(entry, ignore_errors=True)
            continue
        if name not in wanted and len(wanted) < MOST:
            wanted.append(name)
        if name not in wanted or tag not in tags:
            shutil.rmtree(entry, ignore_errors=True)
            for kind in ("site", "pages"):
                (root / FOLDER / f"{kind}-{entry.name}.cache").unlink(missing_ok=True)


def brief_fields(brief: Brief) -> list[object]:
    return [getattr(brief, each.name) for each in fields(brief)]


def _digest(path: Path | str) -> str:
    """A hash of the file's content; empty when it is none, or a link."""
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            return blake2b(file.read(), digest_size=16).hexdigest()
    except OSError:
        return ""


def _link(source: Path | str, target: Path | str) -> None:
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # another disk, or one that has no links
        shutil.copyfile(source, target)


def _replace(source: str, target: str) -> None:
    """Let the file `target` be what `source` is."""
    try:
        _link(source, target)
    except FileExistsError:
        new = f"{target}.{os.getpid()}"
        _link(source, new)
        os.replace(new, target)
        with suppress(FileNotFoundError):
            os.unlink(new)  # it stays where both were the same file
