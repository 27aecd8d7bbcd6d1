"""Keep the finished site of a locale for the next build, which publishes it again if nothing has changed.

The files lie under `.cache/imagedocs/sites/`, in one folder for each locale, named by the hash of their content, and
share their place on the disk with the published site (by hard links, where the disk has them). They are hashed again
before they are published: if one has been changed since, its locale is built again.
"""

import os
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from imagedocs.checks.built_pages import Sample
from imagedocs.checks.pages import Pages
from imagedocs.checks.records import from_bytes, read_all, to_bytes, write_all
from imagedocs.checks.site import LocaleSite
from imagedocs.checks.summaries import PageSummary
from imagedocs.files.places import LinkedFiles
from imagedocs.incremental.cache import Cache, Made
from imagedocs.incremental.reads import Question, digest_of_bytes
from imagedocs.incremental.store import FOLDER, cache_file

MAX_ADDRESSES = 3
"""Number of addresses whose sites are kept: that of the site, and of previews."""
_SITE, _DOCUMENT = "site", "document"


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """Finished site of a locale."""

    site: LocaleSite
    samples: tuple[Sample, ...]
    warnings: tuple[tuple[int, str], ...]
    """Warnings of the site generator and its plugins, each with level and text."""


@dataclass(frozen=True, slots=True)
class KeptSite:
    """Finished site of an earlier build."""

    files: Mapping[str, str]
    """Path in the site -> hash of the file's content."""
    built: BuiltSite
    answers: Mapping[Question, str]
    """Questions that it was made from, with their answers."""


@dataclass
class SiteStore:
    """Store of a locale's finished site: the one that an earlier build has kept, or that of this build."""

    folder: Path
    """Folder of the files, named by the hash of their content."""
    cache: Cache = field(default_factory=Cache)

    @classmethod
    def of(cls, root: Path, name: str, version: str) -> "SiteStore":
        """Return the store `name` of the project in the folder `root`."""
        return cls(root / FOLDER / "sites" / name, Cache(cache_file(root, f"site-{name}"), version))

    def find(self, given: str) -> KeptSite | None:
        """Return the site of an earlier build if this one would make the same from the settings `given`."""
        content = self.cache.find(_SITE, "", given)
        if content is None:
            return None
        data: Any = from_bytes(content)
        documents = Pages()
        for place, summary in data["documents"].items():
            document = self.cache.find(_DOCUMENT, place, data["name"])
            if document is None:
                return None
            documents.add(place, PageSummary(*summary), document)
        site = LocaleSite(
            tuple(data["chain"]),
            data["files"],
            documents,
            {place: (page, rest) for place, (page, rest) in data["moved"].items()},
            *data["addresses"],
            linked=LinkedFiles(
                {place: (tag, url) for place, (tag, url) in data["linked"].items()}, data["addresses"][1]
            ),
            published=frozenset(data["published"]),
        )
        warnings = tuple((level, text) for level, text in data["warnings"])
        built = BuiltSite(site, read_all(Sample, data["samples"]), warnings)
        return KeptSite(data["site"], built, self.cache.answers(_SITE, ""))

    def record(self) -> Mapping[Question, str]:
        """Return all questions that the kept site was made from; none without one."""
        return self.cache.answers(_SITE, "")

    def restore(self, kept: KeptSite, target: Path) -> bool:
        """Put the files into the folder `target`, which doesn't exist yet. Return false when one has been changed."""
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

    def is_published(self, kept: KeptSite, folder: Path, besides: Collection[str] = ()) -> bool:
        """Return whether these files are in the folder, each unchanged, and no others but those whose name begins with
        a dot and those named in `besides`."""
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
        """Return the text of the kept file with this hash; `None` when there is none, or when it has been changed."""
        try:
            with open(self.folder / digest, "rb") as file:
                content = file.read()
        except OSError:
            return None
        if digest_of_bytes(content) == digest:
            return content.decode("utf-8")
        self._forget(digest)
        return None

    def _forget(self, digest: str) -> None:
        """Remove a file whose content doesn't match its name."""
        with suppress(OSError):
            os.unlink(self.folder / digest)

    def store(
        self,
        given: str,
        answers: Mapping[Question, str],
        site: Path,
        built: BuiltSite,
        known: Mapping[str, str],
    ) -> Mapping[str, str]:
        """Keep the files of the finished site in the folder `site` in place of those kept before; return their hashes.

        `given` are the settings and `answers` all questions that the site was made from. The files at the paths in
        `known` were written from kept files with these hashes. Raises OSError where files can't be kept.
        """
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
        self._keep(given, answers, files, built)
        return files

    def _keep(
        self, given: str, answers: Mapping[Question, str], files: Mapping[str, str], built: BuiltSite
    ) -> None:
        own = built.site
        documents = own.documents
        assert isinstance(documents, Pages)
        data = {
            "name": given,
            "site": files,
            "chain": own.chain,
            "files": dict(own.files),
            "documents": {place: summary_fields(summary) for place, summary in own.summaries.items()},
            "moved": dict(own.moved),
            "linked": dict(own.linked.places),
            "published": sorted(own.published),
            "addresses": [own.folder, own.directory_urls],
            "samples": write_all(built.samples),
            "warnings": built.warnings,
        }
        self.cache.keep(_SITE, "", Made(to_bytes(data), answers), given)
        for place in documents.summaries:
            self.cache.keep(_DOCUMENT, place, Made(documents.kept(place), {}), given)
        self.cache.save()

    def _listed(self) -> set[str]:
        """Return the names of the files in the folder, and create it if needed. Raises OSError where a link, or
        something else, is in its place."""
        parts = self.folder.parts[-len(Path(FOLDER).parts) - 2 :]
        root = self.folder.parents[len(parts) - 1]
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.path.realpath(self.folder) != os.path.join(os.path.realpath(root), *parts):
            raise OSError(f"{self.folder} is reached by a symbolic link")
        return set(os.listdir(self.folder))


def prune(root: Path, current: str, tags: Collection[str]) -> None:
    """Remove kept sites of languages that aren't among `tags`, and of all addresses but the `MAX_ADDRESSES` built last.
    `current` names the address of this build: the first part of the names of its stores."""
    folder = root / FOLDER / "sites"
    try:
        kept = sorted(os.scandir(folder), key=lambda entry: entry.stat().st_mtime, reverse=True)
    except OSError:
        return
    wanted = [current]
    for entry in kept:
        name, _, tag = entry.name.partition("-")
        if name not in wanted and len(wanted) < MAX_ADDRESSES:
            wanted.append(name)
        if name not in wanted or tag not in tags:
            shutil.rmtree(entry, ignore_errors=True)
            for kind in ("site", "pages"):
                with suppress(OSError):  # the next build tries again
                    (root / FOLDER / f"{kind}-{entry.name}.cache").unlink()


def summary_fields(summary: PageSummary) -> list[object]:
    """Return the fields of a summary as a list that JSON can hold."""
    return [getattr(summary, each.name) for each in fields(summary)]


def _digest(path: Path | str) -> str:
    """Return a hash of the file's content; empty when it is a link or no file."""
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            return digest_of_bytes(file.read())
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
    """Remove a file, or a folder left by an earlier version."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        shutil.rmtree(path)
