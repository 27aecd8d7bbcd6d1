# pyright: standard
# MkDocs is typed in parts only.
"""Share the state of one locale's build between all events of MkDocs."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from imagedocs.build.page_cache import PageCache
from imagedocs.build.reuse import Reuse
from imagedocs.build.site_store import BuiltSite
from imagedocs.build.site_view import SiteView
from imagedocs.build.whole_site import WholeSite
from imagedocs.checks.built_pages import Sampling
from imagedocs.checks.condensing import keep_page
from imagedocs.checks.glossary import names_of
from imagedocs.checks.pages import Pages
from imagedocs.checks.site import LocaleSite
from imagedocs.files.overlay import Overlay
from imagedocs.incremental.interruption import give_way
from imagedocs.incremental.reads import Reads
from imagedocs.locales import Locale, Messages
from imagedocs.markdown import Document
from imagedocs.project import Project
from imagedocs.project.docset import DocSet
from imagedocs.project.published import files_of, published_places
from imagedocs.publishing.formats import Maker, Publication

if TYPE_CHECKING:
    from imagedocs.markdown import Fragments

log = get_plugin_logger("imagedocs")
root_logger = logging.getLogger(log.logger.name.partition(".")[0])
"""Logger of MkDocs, whose warnings `--strict` counts; that of ProperDocs has another name."""


class WarningCount(logging.Handler):
    """Handler that counts the messages for which a strict build fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one warning or error."""
        self.count += 1


@dataclass
class Gathered:
    """Data that is gathered while the pages of a site are made."""

    documents: Pages = field(default_factory=Pages)
    """Site path -> document of the page."""
    sampling: Sampling = field(default_factory=Sampling)
    generated: dict[str, str] = field(default_factory=dict[str, str])
    """Files that plugins add to the site."""
    metadata: dict[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    """Site path -> the page's metadata as its authors have written it, as text."""
    reads: Reads = field(default_factory=Reads)
    """Questions about files that the site was made from, with their answers."""
    warnings: WarningCount = field(default_factory=WarningCount)
    """Counter of the warnings that are logged while the site is built."""


@dataclass
class Menus:
    """Navigation of the site."""

    readers: Navigation | None = None
    """Navigation of the pages for readers."""
    contributors: Navigation | None = None
    """Navigation of the pages for contributors; `None` where they are in the readers' navigation."""


@dataclass
class Live:
    """Objects from which MkDocs makes the pages of a site, kept so that a preview can make some pages again."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment | None = None
    """Environment of the theme's templates; `None` until all pages are rendered."""
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    """Site path -> title that the navigation gives to the page."""


@dataclass
class Build:
    """Build of one locale's site."""

    project: Project
    view: SiteView
    """Site of the locale, as templates see it."""
    escaped: tuple[str, ...] = ()
    """Folders of templates that print text, not HTML."""
    whole: WholeSite | None = None
    """Sites of all locales; `None` in a worker, which builds one of them."""
    reuse: Reuse | None = None
    """Results of earlier builds; `None` where none may be reused."""
    pages: PageCache | None = None
    """Pages of earlier builds; `None` where none may be reused."""
    gathered: Gathered = field(default_factory=Gathered)
    menus: Menus = field(default_factory=Menus)
    shared: Mapping[str, str | bytes] = field(default_factory=dict[str, str | bytes])
    """Path below the root of the whole site -> content of a file of the theme that all locales share."""
    live: Live | None = None
    """Objects from which a preview makes pages; `None` outside a preview."""

    @cached_property
    def fragments(self) -> "Fragments":
        """Included files, each parsed once for all pages."""
        from imagedocs.markdown import Fragments  # here: a build that renders nothing needs no parser

        return Fragments(self.overlay, self.docset.options.alerts)

    def forget_fragments(self) -> None:
        """Parse included files again: they may have changed."""
        vars(self).pop("fragments", None)

    @property
    def locale(self) -> Locale:
        """Locale whose site is built."""
        return self.view.locale

    @property
    def overlay(self) -> Overlay:
        """Files of the project as the locale sees them."""
        return self.view.overlay

    @property
    def docset(self) -> DocSet:
        """Navigation, redirects and metadata from the files of a documentation set, if the project has any."""
        return self.project.docset(self.locale)

    @property
    def messages(self) -> Messages:
        """Sentences of the locale."""
        return self.view.messages

    @property
    def is_unchanged(self) -> bool:
        """True if an earlier build's site of this locale is used, so that no page of it is made."""
        return self.whole is not None and self.whole.is_unchanged

    def published(self, given: Publication, *, after_pages: bool = False) -> dict[str, Maker]:
        """Return the makers of the files that are published besides pages, by their site paths: of those that are made
        of rendered pages, or of all others."""
        published_places(self.project, self.locale)  # which notes what the files are made from
        found = files_of(self.project, given)
        return {
            place: make for place, make in found.files.items() if (place in found.after_pages) == after_pages
        }

    def take_page(self, place: str, document: Document) -> None:
        """Gather the document of the page at the site path `place` for the checks."""
        project = self.project
        hosts, portal = project.image_hosts, project.catalog.portal
        self.gathered.documents.add(place, *keep_page(document, hosts, portal, names_of(project.glossary)))

    def built_site(self, warnings: tuple[tuple[int, str], ...] = ()) -> BuiltSite:
        """Return the site of this locale. Call it when all of its pages are made."""
        if self.whole is not None and self.whole.is_unchanged:
            return self.whole.unchanged[self.locale.tag]
        site = LocaleSite(
            self.overlay.chain,
            {**self.gathered.generated, **self.overlay.files},
            self.gathered.documents.in_order(),
            self.docset.moved,
            self.locale.url,
            self.view.directory_urls,
            self.overlay.linked,
            published_places(self.project, self.locale),
        )
        return BuiltSite(site, self.gathered.sampling.chosen(), warnings)


_BUILD = "_imagedocs_build"
"""Name of the attribute of a configuration that holds its build. Nothing else knows it."""


def build_of(config: MkDocsConfig) -> Build:
    """Return the build that has begun with this configuration."""
    build: Build = getattr(config, _BUILD)
    return build


def set_build(config: MkDocsConfig, build: Build) -> None:
    """Attach `build` to the configuration."""
    setattr(config, _BUILD, build)
    for tell in _listeners:
        tell(build)


_listeners: list[Callable[[Build], object]] = []


def on_new_build(tell: Callable[[Build], object]) -> None:
    """Call `tell` with each build that begins in this process from now on. A process has at most one preview."""
    _listeners[:] = [tell]


def has_build(config: MkDocsConfig) -> bool:
    """Return whether a build has begun with this configuration."""
    return hasattr(config, _BUILD)


def at(order: int, call: Callable[..., Any]) -> Callable[..., Any]:
    """Return `call` as a handler of an event of MkDocs. It gets the build first, and then the arguments of the event.

    Handlers with a higher `order` are called first. Events pass the configuration by its name, `config`.
    """

    @event_priority(order)
    @wraps(call)
    def handle(*values: Any, config: MkDocsConfig, **named: Any) -> Any:
        give_way()
        return call(build_of(config), *values, config=config, **named)

    return handle


def of_config(order: int, call: Callable[..., Any]) -> Callable[..., Any]:
    """Return `call` as a handler of `on_config`, the only event that passes the configuration by its position."""

    @event_priority(order)
    @wraps(call)
    def handle(config: MkDocsConfig) -> None:
        call(build_of(config), config)

    return handle
