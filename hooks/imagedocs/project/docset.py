"""What the files of a documentation set say around the pages of one locale: navigation, redirects, metadata, cross
references. A project without such files has nothing of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from posixpath import dirname, join, normpath, splitext

from imagedocs.docfx.config import Config, find_config, read_config
from imagedocs.docfx.content import check_content
from imagedocs.docfx.document_ids import document_id
from imagedocs.docfx.page_metadata import PageMetadata, check_metadata, is_doubtful, read_page_metadata
from imagedocs.docfx.redirections import Redirection
from imagedocs.docfx.redirects import Redirect, original_places, read_redirects
from imagedocs.docfx.tables import Tables, find_tables, load_tables
from imagedocs.docfx.toc import Surroundings
from imagedocs.docfx.uids import page_uids
from imagedocs.docfx.xref import find_maps, read_maps
from imagedocs.files.overlay import Overlay
from imagedocs.markdown import Document, PageOptions
from imagedocs.problems import Problem
from imagedocs.project.settings import Settings


@dataclass(frozen=True)
class DocSet:
    """All of it, for one locale."""

    options: PageOptions
    """How the locale's pages are rendered."""
    config: Config
    """What `docfx.json` says of them."""
    tables: Tables | None
    """`None` when `mkdocs.yml` has the navigation."""
    redirects: Mapping[str, Redirect]
    """By the site path of the page that is no longer there."""
    originals: Mapping[str, str]
    """See `original_places`."""
    pages: Mapping[str, PageMetadata]
    """The metadata of the locale's own pages, by project path."""
    problems: tuple[Problem, ...]

    @property
    def yaml_files(self) -> tuple[str, ...]:
        """The tables of contents in YAML, where problems can be ignored with a comment."""
        return tuple(path for path in self.tables.files if path.endswith(".yml")) if self.tables else ()

    def identity(self, place: str) -> str:
        """Of the page at a site path; empty without a `docfx.json`."""
        return document_id(place, self.config, self.originals) if self.config.path else ""

    def table_of(self, place: str, chosen: object = None) -> str | None:
        """The place of the table that a page shows: that which its metadata names (`_tocRel`), else the nearest."""
        if self.tables is None:
            return None
        if isinstance(chosen, str):
            wanted = splitext(normpath(join(dirname(place), chosen)))[0].lower()
            return next((each for each in self.tables.by_place if splitext(each)[0].lower() == wanted), None)
        return self.tables.nearest(place)

    def check_content(self, documents: Iterable[Document]) -> Iterator[Problem]:
        """What the locale's own pages keep not to of the documentation set's own rules."""
        own = ((document, self.pages.get(document.path)) for document in documents)
        return check_content(
            ((document, page) for document, page in own if page), self.config, self.options.publisher
        )

    def adjust(self, problem: Problem) -> Problem | None:
        """A problem of one of the pages, as the documentation set's rules have it; `None` when it is none by them."""
        page = self.pages.get(problem.position.path)
        if page is None:
            return problem
        changed = self.config.content_rules.adjust(problem, page.page)
        rule = self.config.rules.get(problem.rule.label)
        if changed is None or rule is None or problem.rule.label in self.config.content_rules.known:
            return changed
        return rule.apply(changed) if rule.is_for(page.page) else None

    @property
    def moved(self) -> Mapping[str, tuple[str, str]]:
        """See `LocaleSite.moved`."""
        return {place: (redirect.page, redirect.address) for place, redirect in self.redirects.items()}


def read_docset(
    overlay: Overlay,
    settings: Settings,
    redirections: Iterable[Redirection],
    options: PageOptions,
    today: date,
) -> DocSet:
    """Read what there is, the locale's own files before those that it falls back to."""
    source = find_config(overlay, overlay.chain)
    config, problems = read_config(source, overlay) if source else (Config(), ())
    found = [*problems]
    xrefs, problems = read_maps(find_maps(overlay, overlay.chain), options.learn_address)
    found += problems
    options = replace(
        options,
        xrefs={**xrefs, **page_uids(overlay.files, overlay.head)},
        alerts=config.metadata.alerts,
        versions=config.versions_in if config.monikers else None,
        view=config.view,
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
    own = (path for path in overlay.files.values() if path.startswith(overlay.folders[0] + "/"))
    read = ((path, _page_metadata(path, overlay, config)) for path in own if path.endswith((".md", ".yml")))
    pages = {path: page for path, page in read if page}
    found += check_metadata(pages.values(), config, today)
    tables = None if settings.has_navigation else _tables(overlay, options)
    if tables:
        found += tables.problems
    mine = [each for each in redirections if each.tag == overlay.chain[0]]
    originals = original_places(mine, redirects)
    return DocSet(options, config, tables, redirects, originals, pages, tuple(found))


def _page_metadata(path: str, overlay: Overlay, config: Config) -> PageMetadata | None:
    if not config.path and path.endswith(".md"):
        head = overlay.head(path)
        if head is None or not is_doubtful(head):
            return None
    source = overlay.read(path)
    if source is None or not (config.path or is_doubtful(source)):
        return None
    return read_page_metadata(source, config)


def _tables(overlay: Overlay, options: PageOptions) -> Tables:
    pages = tuple(place for place in overlay.files if place.endswith(".md"))

    def published(path: str) -> str | None:
        place = overlay.site_path(path)
        return place if place in overlay.files or place in overlay.linked.places else None

    def place_of(path: str) -> str:
        return overlay.site_path(path) or path

    paths = find_tables((folder, overlay.tree.walk(folder)) for folder in overlay.folders)
    return load_tables(paths, Surroundings(overlay, published, pages, options, place_of))
