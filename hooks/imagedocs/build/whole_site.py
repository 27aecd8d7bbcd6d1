"""Build the sites of all locales side by side, check them together, and publish them in one step."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from imagedocs.build.headers import headers_file
from imagedocs.build.reuse import Reuse
from imagedocs.build.site_store import BuiltSite
from imagedocs.build.staging import Staging
from imagedocs.check.whole_site import whole_site
from imagedocs.checks.built_pages import (
    References,
    Sample,
    check_built_pages,
    front_matter_first,
    read_references,
)
from imagedocs.checks.configured_links import check_configured_links, dead_link, without_way
from imagedocs.checks.records import from_bytes, to_bytes
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.forks import Fork
from imagedocs.incremental.cache import Cache
from imagedocs.incremental.reads import Question, digest_of
from imagedocs.locales import Locale
from imagedocs.locales.extraction import theme_templates
from imagedocs.markdown.targets import encode
from imagedocs.problems import Position, Problem
from imagedocs.project import Project
from imagedocs.project.headers import writes_headers


@dataclass
class WholeSite:
    """Sites of all locales, as the process that builds the default locale sees them."""

    project: Project
    locale: Locale
    """Locale that this process builds."""
    others: tuple[Locale, ...]
    """Locales that workers build meanwhile."""
    staging: Staging
    reuse: Reuse | None
    """Results of earlier builds; `None` when none may be reused."""
    unchanged: dict[str, BuiltSite] = field(default_factory=dict[str, BuiltSite])
    """Tag -> site of an earlier build that this one would make the same."""
    records: dict[str, Mapping[Question, str]] = field(default_factory=dict[str, Mapping[Question, str]])
    """Tag of each unchanged site -> questions that it was made from, with their answers."""
    workers: list[Fork[BuiltSite]] = field(default_factory=list[Fork[BuiltSite]])
    found: tuple[Problem, ...] = ()
    """Problems of the project, once it has been checked."""
    is_clean: bool = False
    """True if this locale's own pages had caused no warning when all locales were checked."""

    def __post_init__(self) -> None:
        self._parts: list[BuiltSite] | None = None

    @property
    def locales(self) -> tuple[Locale, ...]:
        """Locales of this build, with the one that this process builds first."""
        return (self.locale, *self.others)

    @property
    def is_unchanged(self) -> bool:
        """True if no page of the locale that this process builds has to be made."""
        return self.locale.tag in self.unchanged

    def take(self, locale: Locale) -> bool:
        """Use the site of an earlier build for `locale` if this build would make the same; return whether it does."""
        found = self.reuse.find(locale) if self.reuse else None
        if not self.reuse or found is None:
            return False
        store, kept = found
        besides = () if locale.url else self.staging.beside_root
        if store.is_published(kept, self.staging.published(locale), besides):
            self.staging.publish_again(locale)
        elif not store.restore(kept, self.staging.part(locale)):
            return False
        self.unchanged[locale.tag] = kept.built
        self.records[locale.tag] = kept.answers
        self.reuse.forget(locale)
        return True

    def depends_on(self, locale: Locale, questions: Collection[Question]) -> bool:
        """Return whether the site of a locale was made from one of these questions, as far as that is known here."""
        if locale.tag not in self.records and self.reuse is not None:
            self.records[locale.tag] = self.reuse.record(locale)
        record = self.records.get(locale.tag)
        return not record or any(question in record for question in questions)

    def build_others(self, waiting: list[Locale], build: Callable[[Locale], BuiltSite], at_once: int) -> None:
        """Start to build the locales in `waiting`, `at_once` of them side by side, each in a process of its own, so
        that the memory of a process doesn't grow with the number of languages."""
        for number, locale in enumerate(waiting):
            before = self.workers[number - at_once] if number >= at_once else None
            self.workers.append(Fork(partial(build, locale), before))

    def parts(self) -> list[BuiltSite]:
        """Wait for the workers, and return the other locales' sites in their order. Raises CannotRun."""
        if self._parts is None:
            built = (*self.unchanged.values(), *(worker.result() for worker in self.workers))
            found = {part.site.tag: part for part in built}
            self._parts = [found[locale.tag] for locale in self.others]
        return self._parts

    def site(self, own: BuiltSite) -> Site:
        """Return all locales of this build, for the checks; `own` is the site that was built here."""
        return whole_site(self.project, (own.site, *(part.site for part in self.parts())))

    def headers(self, base_url: str) -> str:
        """Return the text of the file of headers; empty if none is wanted, or not all of the site is built. Call it when
        all locales are built, before they are moved."""
        more = self.project.settings.headers
        is_whole = {*self.locales} == {*self.project.locales.published}
        if more is None or not is_whole or not writes_headers(self.project):
            return ""
        root = self.staging.part(self.locale) if self.is_unchanged else self.staging.site
        folders = [(root, self.staging.beside_root), *((self.staging.part(each), ()) for each in self.others)]
        return headers_file(folders, more, base_url, self.reuse.whole if self.reuse else Cache())

    def problems(self, site: Site, own: BuiltSite) -> Iterator[Problem]:
        """Yield the problems with links that templates write. Call it when all locales are built."""
        staging = self.staging
        folder = staging.part(self.locale) if self.is_unchanged else staging.site
        folders = [folder, *(staging.part(locale) for locale in self.others)]
        chosen = [part.samples for part in (own, *self.parts())]
        found: list[tuple[LocaleSite, str, str, str]] = []
        for locale, folder, samples in zip(site.locales, folders, chosen, strict=True):
            for sample in (*samples, Sample("404.html", "")):
                file = folder / locale.file_of(sample.place)
                if file.is_file():
                    found.append((locale, sample.place, sample.content, file.read_text("utf-8")))
        templates = theme_templates(self.project.root, self.project.settings.theme_folder)
        find_source = front_matter_first(("mkdocs.yml", *templates), site.read)
        cache = self.reuse.whole if self.reuse else Cache()
        configured = self.project.settings.links
        told = {problem.message for problem in check_configured_links(site, configured)}
        told.update(self._links_to_parts(site))
        for problem in check_built_pages(site, found, find_source, partial(_references, cache)):
            if problem.message not in told:  # else it is told at its place in the configuration
                yield problem

    def _links_to_parts(self, site: Site) -> Iterator[str]:
        """Yield the messages of dead links that the menu writes: these are told at the entries."""
        for locale in site.locales:
            tables = self.project.docset(self.project.locale(locale.tag)).tables
            for place, fragment, _ in tables.parts if tables else ():
                part = f"#{encode(fragment)}"
                for address in (locale.address_of(place) + part, part):
                    yield dead_link(Position(place), without_way(address, locale)).message


def _references(cache: Cache, html: str) -> References:
    def read() -> bytes:
        references, ids = read_references(html)
        return to_bytes((references, sorted(ids)))

    references, ids = from_bytes(cache.cached("references", digest_of(html), read))
    return references, ids
