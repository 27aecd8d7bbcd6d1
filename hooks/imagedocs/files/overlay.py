"""Show the project as one locale sees it: its own files, and those of its fallback chain where it has none.

All files are read through this module, and none outside the project is.
"""

import posixpath
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from imagedocs.files.places import LinkedFiles, SingleLanguage, address_key, is_text, locate, site_path
from imagedocs.files.reading import read_source
from imagedocs.files.tree import Tree, read_head
from imagedocs.incremental.reads import ask, digest_of_bytes, remembered
from imagedocs.markdown.sources import Destination, Source, split_options

_TEMPLATE = ".j2"


@dataclass(frozen=True)
class Overlay:
    """Files of a locale's pages and around them (`imagedocs.markdown.sources.Sources`)."""

    root: Path
    """Folder of the project."""
    chain: tuple[str, ...]
    """Tags of the locale and of its fallbacks, nearest first."""
    render: Callable[[str, str], Source]
    """Render a template as Markdown, from its project path, which may end in options, and its text."""
    left_out: Callable[[str], object] = lambda _: False
    """Return whether the file at a site path is left out of the site."""
    repositories: frozenset[str] = frozenset()
    """Folders of other repositories, beside the docs folder, whose files pages may show: `~/name/…`."""
    shared: Tree | None = None
    """Files of the project, where the caller has looked at them already."""
    listing: Mapping[str, str] | None = None
    """Value of `files`, where the caller knows it."""
    pages: Mapping[str, str] = field(default_factory=dict[str, str])
    """Site path of each page that is generated from the catalog -> hash of its source; empty when not known yet."""
    generate: Callable[[str], Source] = lambda path: Source(path, "")
    """Generate such a page as Markdown, from its project path."""
    published: Callable[[], Collection[str]] = tuple[str, ...]
    """Return the site paths of the files that the locale's site publishes besides these."""
    elsewhere: Callable[[], Mapping[str, str]] = dict[str, str]
    """Return such files that only another locale's site publishes, for all readers, each with the tag of that locale."""
    single: SingleLanguage | None = None
    """Files that are published only in the languages that have them themselves."""
    links: LinkedFiles | None = None
    """Value of `linked`, where the caller knows it."""

    @cached_property
    def tree(self) -> Tree:
        return self.shared or Tree(self.root)

    @property
    def folders(self) -> tuple[str, ...]:
        """Docs folders of the chain, nearest first: `docs/es`, `docs/en`."""
        return tuple(f"docs/{tag}" for tag in self.chain)

    @property
    @remembered
    def files(self) -> Mapping[str, str]:
        """Site path -> project path of every file that the locale's site is made of, sorted.

        A site path is relative to the docs folder, as in MkDocs' `src_uri`; files beside the fragments
        keep their folder: `includes/media/x.png`.
        """
        if self.listing is not None:
            return self.listing
        found = {place: path for place, path in self._laid_over.items() if not self._address_of(place, path)}
        for path in self.tree.walk("includes"):
            if not path.endswith((".md", _TEMPLATE)) and not path.startswith("includes/theme/"):
                found.setdefault(site_path(path, self.chain) or path, path)
        if self.pages:
            taken = {address_key(place) for place in found}
            free = (place for place in self.pages if address_key(place) not in taken)
            found |= {place: f"{self.folders[0]}/{place}" for place in free}
        return dict(sorted(found.items()))

    @property
    @remembered
    def linked(self) -> LinkedFiles:
        """Files that are only in another locale's site."""
        if self.links is not None or self.single is None:
            return self.links or LinkedFiles()
        found = {place: self._address_of(place, path) for place, path in sorted(self._laid_over.items())}
        reader, others = self.chain[0], sorted(self.elsewhere().items())
        found |= {place: self.single.address(place, tag, reader) for place, tag in others}
        places = {place: address for place, address in found.items() if address}
        return LinkedFiles(places, self.single.directory_urls)

    @property
    @remembered
    def _laid_over(self) -> Mapping[str, str]:
        """Site path -> project path of the nearest file, in the docs folders of the chain."""
        found: dict[str, str] = {}
        for folder in reversed(self.folders):
            for path in self.tree.walk(folder):
                place = path.removeprefix(f"{folder}/")
                if is_text(place) and not self.left_out(place):
                    found[place] = path
        return found

    def _address_of(self, place: str, path: str) -> tuple[str, str] | None:
        """Return where the file of another locale is published, in the form of `LinkedFiles.places`; `None` for a file
        of this locale's site."""
        tag = path.split("/", 2)[1]
        if self.single is None or tag == self.chain[0] or not self.single.matches(place):
            return None
        return self.single.address(place, tag, self.chain[0])

    @property
    @remembered
    def generated(self) -> Mapping[str, str]:
        """Project path -> site path of the pages that are generated from the catalog. They have the paths of pages of
        the locale, and no file; where the project has a file with the same address, that file is the page."""
        wanted = ((f"{self.folders[0]}/{place}", place) for place in self.pages)
        return {
            path: place for path, place in wanted if self.files.get(place) == path and not self.tree.has(path)
        }

    @property
    def stored(self) -> Mapping[str, str]:
        """Entries of `files` that lie on the disk, and aren't generated."""
        if not self.generated:
            return self.files
        return {place: path for place, path in self.files.items() if path not in self.generated}

    @property
    @remembered
    def collisions(self) -> Mapping[str, str]:
        """Project path of each file with the address of a page that would be generated -> that page's site path."""
        keys = {address_key(place): place for place in self.pages}
        files = self.files.items() if keys else ()
        return {
            path: keys[key]
            for place, path in files
            if (key := address_key(place)) in keys and path not in self.generated
        }

    def digest(self, path: str) -> str:
        """Return a hash of what a file holds, or of the text of a generated page; see `Tree.digest`."""
        file, _ = split_options(path)
        if file.endswith(_TEMPLATE):
            return self._made_digest(path)
        if self.tree.has(file) or path not in self.generated:
            return self.tree.digest(file)
        return self.pages[self.generated[path]] or self._made_digest(path)

    @remembered
    def _made_digest(self, path: str) -> str:
        return source_digest(self.read(path))

    @property
    @remembered
    def fragments(self) -> tuple[str, ...]:
        """Files that a page may include, as the project paths by which a page names them: without a locale's own folder
        below `includes/`, and a template without its ending."""
        names = (
            self.site_path(path) or path
            for path in self.tree.walk("includes")
            if path.endswith((".md", f".md{_TEMPLATE}")) and not path.startswith("includes/theme/")
        )
        beside = (
            path
            for folder in self.folders
            for path in self.tree.walk(folder)
            if path.endswith(".md") and "/includes/" in path
        )
        return tuple(dict.fromkeys(name.removesuffix(_TEMPLATE) for name in (*names, *beside)))

    def site_path(self, path: str) -> str | None:
        """Return the site path of the project's file `path`; `None` when it isn't part of the locale's site."""
        return site_path(path, self.chain)

    def find(self, target: str, base: str) -> str | None:
        """See `Sources.find`."""
        name = f"{self.chain[0]}\n{target}\n{base}"
        return ask("find", name, partial(self._find, target, base), lambda path: path or "")

    def _find(self, target: str, base: str) -> str | None:
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
                if self._has(name):
                    return name
        is_published = place is not None and (place in self.published() or place in self.linked.places)
        return path if is_published else None

    def read(self, path: str) -> Source | None:
        """See `Sources.read`."""
        name = f"{self.chain[0]}\n{path}"
        return ask("source", name, partial(self._loaded, path), lambda _: self.digest(path))

    def glance(self, path: str) -> Source | None:
        """Read a file without keeping its text in memory, for callers that want only a little of it."""
        file, _ = split_options(path)
        if not self._has(file):
            return None
        if not self.tree.has(file):
            return self.generate(path)
        is_template = file.endswith(_TEMPLATE)
        return read_source(
            self.root, file, (lambda _, text: self.render(path, text)) if is_template else None
        )

    @remembered
    def head(self, path: str) -> Source | None:
        """Return the front matter of the page, with the lines around it, and no more of it; `None` when the page can't
        be read."""
        return read_head(self.tree, path)

    def locate(self, written: str, path: str, source: str, page: str) -> Destination:
        """See `Sources.locate`."""
        return locate(written, path, source, page, self.chain, self.linked)

    def resolve(self, target: str, base: str) -> str | None:
        """Return the project path that `target`, written in `base`, names; `None` when it leaves the project."""
        target = target.replace("\\", "/")
        if target.startswith("~/"):
            path = posixpath.normpath(f"{self.folders[0]}/{target[2:]}")
        else:
            # `includes/es/x.md` stands for `includes/x.md`: what it names is relative to that.
            here = (self.site_path(base) or base) if base.startswith("includes/") else base
            path = posixpath.normpath(posixpath.join(posixpath.dirname(here), target))
        return None if path.startswith(("../", "/")) or path in (".", "..") or "\0" in path else path

    def _has(self, path: str) -> bool:
        return self.tree.has(path) or path in self.generated

    @remembered
    def _loaded(self, path: str) -> Source | None:
        return self.glance(path)


def source_digest(source: Source | None) -> str:
    """Return a hash of a text, of where its lines were written, and of the problems with it; empty without a text."""
    if source is None:
        return ""
    said = "\n".join([source.path, repr(source.lines), *map(str, source.problems), source.text])
    return digest_of_bytes(said.encode("utf-8", "surrogatepass"))


def overlay_answerers(
    overlay_of: Callable[[str], Overlay | None],
) -> dict[str, Callable[[str], str | None]]:
    """Return the functions that answer the derived questions "find" and "source", for `Cache.answer_by`.

    `overlay_of` gives the overlay of a locale by its tag; `None` for a locale that no longer exists, about which no
    question has an answer.
    """

    def find(name: str) -> str | None:
        tag, _, rest = name.partition("\n")
        target, _, base = rest.rpartition("\n")
        overlay = overlay_of(tag)
        return (overlay.find(target, base) or "") if overlay is not None else None

    def source(name: str) -> str | None:
        tag, path = name.split("\n", 1)
        overlay = overlay_of(tag)
        return overlay.digest(path) if overlay is not None else None

    return {"find": find, "source": source}
