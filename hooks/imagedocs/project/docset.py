"""What the files of a documentation set say around the pages of one locale: navigation, redirects, metadata, cross
references. A project without such files has nothing of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from imagedocs.docfx.entries import NAMES as TOC_NAMES
from imagedocs.docfx.metadata import Metadata, find_metadata, read_metadata
from imagedocs.docfx.redirections import Redirection
from imagedocs.docfx.redirects import Redirect, read_redirects
from imagedocs.docfx.toc import Surroundings, Toc, load_toc
from imagedocs.docfx.uids import page_uids
from imagedocs.docfx.xref import find_maps, read_maps
from imagedocs.files.overlay import Overlay
from imagedocs.markdown import PageOptions
from imagedocs.problems import Problem
from imagedocs.project.settings import Settings


@dataclass(frozen=True)
class DocSet:
    """All of it, for one locale."""

    options: PageOptions
    """How the locale's pages are rendered."""
    metadata: Metadata
    toc: Toc | None
    """`None` when `mkdocs.yml` has the navigation, or nothing has."""
    redirects: Mapping[str, Redirect]
    """By the site path of the page that is no longer there."""
    problems: tuple[Problem, ...]

    @property
    def yaml_files(self) -> tuple[str, ...]:
        """The tables of contents in YAML, where problems can be ignored with a comment."""
        return tuple(path for path in self.toc.files if path.endswith(".yml")) if self.toc else ()

    @property
    def moved(self) -> Mapping[str, tuple[str, str]]:
        """See `LocaleSite.moved`."""
        return {place: (redirect.page, redirect.address) for place, redirect in self.redirects.items()}


def read_docset(
    overlay: Overlay, settings: Settings, redirections: Iterable[Redirection], options: PageOptions
) -> DocSet:
    """Read what there is, the locale's own files before those that it falls back to."""
    source = find_metadata(overlay, overlay.chain)
    metadata, problems = read_metadata(source) if source else (Metadata("", {}), ())
    found = [*problems]
    xrefs, problems = read_maps(find_maps(overlay, overlay.chain), options.learn_address)
    found += problems
    options = replace(options, xrefs={**xrefs, **page_uids(overlay.files, overlay)}, alerts=metadata.alerts)
    redirects, problems = read_redirects(
        redirections, overlay.chain, overlay.files, settings.site_url, options.learn_address
    )
    found += problems
    toc = None if settings.has_navigation else _toc(overlay, options)
    if toc:
        found += toc.problems
    return DocSet(options, metadata, toc, redirects, tuple(found))


def _toc(overlay: Overlay, options: PageOptions) -> Toc | None:
    paths = (f"docs/{tag}/{name}" for tag in overlay.chain for name in TOC_NAMES)
    path = next((path for path in paths if overlay.read(path)), None)
    if path is None:
        return None
    pages = tuple(place for place in overlay.files if place.endswith(".md"))

    def published(path: str) -> str | None:
        place = overlay.site_path(path)
        return place if place in overlay.files else None

    return load_toc(path, Surroundings(overlay, published, pages, options))
