"""Read the files of a documentation set around the pages of one locale: navigation, redirects, metadata, cross
references. A project needs none of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from posixpath import dirname, join, normpath, splitext

from imagedocs.docfx.config import find_config, read_config
from imagedocs.docfx.metadata import Metadata
from imagedocs.docfx.redirections import Redirection
from imagedocs.docfx.redirects import Redirect, read_redirects
from imagedocs.docfx.tables import Tables, find_tables, load_tables
from imagedocs.docfx.toc import Surroundings
from imagedocs.docfx.uids import page_uids
from imagedocs.docfx.xref import find_maps, read_maps
from imagedocs.files.overlay import Overlay
from imagedocs.markdown import PageOptions
from imagedocs.problems import Problem
from imagedocs.project.settings import Settings


@dataclass(frozen=True)
class DocSet:
    """Data from the files of a documentation set, for one locale."""

    options: PageOptions
    """Options with which the locale's pages are rendered."""
    metadata: Metadata
    """Metadata that `docfx.json` gives to pages."""
    tables: Tables | None
    """Tables of contents; `None` when `mkdocs.yml` has the navigation."""
    redirects: Mapping[str, Redirect]
    """Site path of a page that is no longer there -> its redirect."""
    problems: tuple[Problem, ...]

    @property
    def yaml_files(self) -> tuple[str, ...]:
        """Tables of contents in YAML, in which a comment can ignore problems."""
        return tuple(path for path in self.tables.files if path.endswith(".yml")) if self.tables else ()

    def table_of(self, place: str, chosen: object = None) -> str | None:
        """Return the place of the table that a page shows: the one that its metadata names (`_tocRel`), else the
        nearest."""
        if self.tables is None:
            return None
        if isinstance(chosen, str):
            wanted = splitext(normpath(join(dirname(place), chosen)))[0].lower()
            return next((each for each in self.tables.by_place if splitext(each)[0].lower() == wanted), None)
        return self.tables.nearest(place)

    @property
    def moved(self) -> Mapping[str, tuple[str, str]]:
        """See `LocaleSite.moved`."""
        return {place: (redirect.page, redirect.address) for place, redirect in self.redirects.items()}


def read_docset(
    overlay: Overlay,
    settings: Settings,
    redirections: Iterable[Redirection],
    options: PageOptions,
) -> DocSet:
    """Read the files that exist, the locale's own before those of its fallbacks."""
    source = find_config(overlay.read, overlay.chain)
    metadata, problems = read_config(source) if source else (Metadata(), ())
    found = [*problems]
    xrefs, problems = read_maps(find_maps(overlay, overlay.chain), options.learn_address)
    found += problems
    options = replace(
        options,
        xrefs={**xrefs, **page_uids(overlay.files, overlay.head)},
        alerts=metadata.alerts,
        pivot_files=tuple(map(metadata.published_from, metadata.pivot_files)),
        published_from={
            each.destination: metadata.published_from(each.destination)
            for each in metadata.content
            if each.destination != each.source
        },
    )
    redirects, problems = read_redirects(
        redirections,
        overlay.chain,
        {**overlay.files, **dict.fromkeys(overlay.linked.places, "")},
        settings.site_url,
        options.learn_address,
    )
    found += problems
    options = replace(options, former=frozenset(redirects))
    tables = None if settings.has_navigation else _tables(overlay, options, redirects)
    if tables:
        found += tables.problems
    return DocSet(options, metadata, tables, redirects, tuple(found))


def _tables(overlay: Overlay, options: PageOptions, redirects: Mapping[str, Redirect]) -> Tables:
    pages = tuple(place for place in overlay.files if place.endswith(".md"))

    def published(path: str) -> str | None:
        place = overlay.site_path(path)
        return place if place in overlay.files or place in overlay.linked.places else None

    def place_of(path: str) -> str:
        return overlay.site_path(path) or path

    def moved(target: str, base: str) -> tuple[str, str] | None:
        path = overlay.resolve(target, base)
        redirect = redirects.get(overlay.site_path(path) or "") if path else None
        return (redirect.page, redirect.address) if redirect else None

    paths = find_tables((folder, overlay.tree.walk(folder)) for folder in overlay.folders)
    return load_tables(paths, Surroundings(overlay, published, pages, options, place_of, moved))
