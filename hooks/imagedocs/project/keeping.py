"""The finished site of a locale, kept for the next build, which puts it in place as long as nothing has changed.

The files lie under `.cache/imagedocs/sites/`, in one folder for each locale, named by the hash of what they hold, and
are the same as those of the site that was published (by hard links, where the disk has them). They are hashed again
when they are put in place: a file that has been changed since, there and in the published site, makes its locale be
built again.
"""

import os
import shutil
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
from imagedocs.files.places import LinkedFiles

MOST = 3
"""Addresses whose sites are kept: that of the site, and of previews."""
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
            linked=LinkedFiles(
                {place: (tag, url) for place, (tag, url) in data["linked"].items()}, data["addresses"][1]
            ),
        )
        warnings = tuple((level, text) for level, text in data["warnings"])
        return KeptSite(
            data["site"], data["elsewhere"], Part(site, read_all(Sample, data["samples"]), warnings)
        )

    def place(self, kept: KeptSite, target: Path) -> bool:
        """Put the files into the folder `target`, which is not there yet. False when one is not what it was."""
        folders: set[str] = set()
        for path, digest in kept.files.items():
            source = self.folder / digest
            if _digest(source) != digest:
                self._forget(digest)
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

    def text(self, digest: str) -> str | None:
        """What the kept file says whose hash this is."""
        try:
            with open(self.folder / digest, "rb") as file:
                content = file.read()
        except OSError:
            return None
        if blake2b(content, digest_size=16).hexdigest() == digest:
            return content.decode("utf-8")
        self._forget(digest)
        return None

    def _forget(self, digest: str) -> None:
        """Remove a file that is not what its name says."""
        with suppress(OSError):
            os.unlink(self.folder / digest)

    def keep(
        self, key: str, site: Path, elsewhere: Mapping[str, str], part: Part, known: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Keep the files of the finished site in the folder `site` in place of those that were kept; gives their
        hashes. Those at the paths in `known` have been written from what is kept under these. Raises OSError where
        that is not possible."""
        there = self._listed()
        files: dict[str, str] = {}
        top = str(site)
        for parent, folders, names in os.walk(top):
            folders.sort()
            place = "" if parent == top else f"{parent[len(top) + 1 :]}/".replace(os.sep, "/")
            for name in sorted(names):
                path, source = place + name, os.path.join(parent, name)
                digest = files[path] = known.get(path) or _digest(source)
                if digest not in there:
                    _link(source, self.folder / digest)
                    there.add(digest)
        for name in there.difference(files.values()):
            _remove(self.folder / name)
        os.utime(self.folder)  # what was built last is pruned last
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
            "linked": dict(own.linked.places),
            "addresses": [own.folder, own.directory_urls],
            "samples": write_all(part.samples),
            "warnings": part.warnings,
        }
        self.memory.put(_KIND, "", key, to_bytes(data))
        for place in documents.briefs:
            self.memory.put(_DOCUMENT, place, key, documents.kept(place))
        self.memory.save()
        return files

    def _listed(self) -> set[str]:
        """The names of the files in the folder, which is made if need be. Raises OSError where a link, or something
        else, is in its place."""
        parts = self.folder.parts[-len(Path(FOLDER).parts) - 2 :]
        root = self.folder.parents[len(parts) - 1]
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.path.realpath(self.folder) != os.path.join(os.path.realpath(root), *parts):
            raise OSError(f"{self.folder} is reached by a symbolic link")
        return set(os.listdir(self.folder))


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
        if name not in wanted and len(wanted) < MOST:
            wanted.append(name)
        if name not in wanted or tag not in tags:
            shutil.rmtree(entry, ignore_errors=True)
            for kind in ("site", "pages"):
                with suppress(OSError):  # the next build tries again
                    (root / FOLDER / f"{kind}-{entry.name}.cache").unlink()


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
    except FileExistsError:  # another build has kept the same meanwhile
        pass
    except OSError:  # another disk, or one that has no links
        shutil.copyfile(source, target)


def _remove(path: Path) -> None:
    """A file, or a folder, which an earlier version has left."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        shutil.rmtree(path)
