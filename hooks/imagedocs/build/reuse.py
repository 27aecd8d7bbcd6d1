"""Open the caches and stores of all languages of a project, take from them what still holds, and fill them again."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from imagedocs.build.page_cache import PageCache
from imagedocs.build.site_store import BuiltSite, KeptSite, SiteStore, prune
from imagedocs.files.overlay import Overlay, overlay_answerers
from imagedocs.freshness import render_page
from imagedocs.incremental.cache import Answer, Cache
from imagedocs.incremental.reads import Question, Reads, ask, begin_recording, digest_of, end_recording
from imagedocs.incremental.store import cache_file, user_cache_file
from imagedocs.incremental.version import library_version
from imagedocs.locales import Formats, Locale
from imagedocs.project import Project
from imagedocs.project.translations import status


class Reuse:
    """Results of earlier builds of a project with the same addresses."""

    def __init__(self, project: Project, settings: str, addresses: str) -> None:
        """Open the caches of a project. `settings` are those of the site generator. `addresses` says where the site is
        published: a preview has other addresses than a site, and both are kept."""
        self.project = project
        self.settings = digest_of(settings, project.as_of.isoformat())
        """Hash of what all sites depend on besides the project's files."""
        self._name = digest_of(addresses)[:8]
        self._version = library_version(project.root)
        self._stores: dict[str, SiteStore] = {}
        self._answerers = answerers(project)
        self.whole = self._cache(cache_file(project.root, "build"))
        """Cache of results that belong to no single language."""
        self._answerers["coverage"] = lambda _: self._coverage()
        self.whole.answer_by(self._answerers)
        self.findings = project.cache = self._cache(cache_file(project.root, "findings"))
        """Cache of the checks' findings in pages, including the verdicts on translations."""
        self.templates = self._cache(user_cache_file(f"templates-{digest_of(str(project.root))[:8]}"))
        """Cache of the theme's compiled templates. They are code, so they lie with the user, where no pull request and
        no restored cache of a CI can put any."""

    def _cache(self, file: Path | None) -> Cache:
        cache = Cache(file, self._version)
        cache.answer_by(self._answerers)
        return cache

    def _store(self, locale: Locale) -> SiteStore:
        if locale.tag not in self._stores:
            name = f"{self._name}-{locale.tag}"
            store = self._stores[locale.tag] = SiteStore.of(self.project.root, name, self._version)
            store.cache.answer_by(self._answerers)
        return self._stores[locale.tag]

    def find(self, locale: Locale) -> tuple[SiteStore, KeptSite] | None:
        """Return the site of an earlier build if this one would make the same, with the store that has its files."""
        store = self._store(locale)
        kept = store.find(f"{self.settings} {locale.tag}")
        return (store, kept) if kept is not None else None

    def record(self, locale: Locale) -> Mapping[Question, str]:
        """Return the questions that the locale's kept site was made from, also if another process has kept it. Return
        none if no site is kept."""
        store = SiteStore.of(self.project.root, f"{self._name}-{locale.tag}", self._version)
        return store.record()

    def forget(self, locale: Locale) -> None:
        """Free the memory of a locale's kept site, which need not be built."""
        self._stores.pop(locale.tag, None)

    def begin(self) -> Reads:
        """Record from now on what a site is made from, and return the record, which `keep` needs."""
        return begin_recording(frozenset({"coverage"}))

    def end(self) -> None:
        """Record nothing any more: the site is complete."""
        end_recording()

    def pages(self, locale: Locale, common: object) -> PageCache:
        """Return the pages of earlier builds. `common` says what all pages depend on besides the settings."""
        cache = self._cache(cache_file(self.project.root, f"pages-{self._name}-{locale.tag}"))
        overlay = self.project.overlay(locale)
        files = [overlay.chain, sorted(overlay.repositories), overlay.files, overlay.linked.places]
        return PageCache(cache, self._store(locale), digest_of(self.settings, locale.tag, files, common))

    def keep(
        self, locale: Locale, site: Path, built: BuiltSite, pages: PageCache | None, reads: Reads
    ) -> None:
        """Keep the finished site in the folder `site` for the next build."""
        given, known = f"{self.settings} {locale.tag}", pages.reused if pages else {}
        try:
            files = self._store(locale).store(given, reads.answers, site, built, known)
        except OSError:
            return  # nowhere to keep it: the next build makes it again
        if pages is not None:
            pages.save(files)

    def prune(self) -> None:
        """Remove kept sites that no build will ask for."""
        prune(self.project.root, self._name, [locale.tag for locale in self.project.locales.published])

    def note_coverage(self) -> None:
        """Record that the site depends on how well all languages are translated."""
        ask("coverage", "", self._coverage, str)

    def _coverage(self) -> str:
        """Return a hash of the facts on the page of coverage, which are the same in all languages."""
        return self.whole.cached("coverage", "", partial(_coverage, self.project)).decode()


def answerers(project: Project) -> dict[str, Answer]:
    """Return the functions that answer every kind of question that a build of the project asks, except "coverage"."""

    def overlay_of(tag: str) -> Overlay | None:
        locale = project.locales.get(tag)
        return project.overlay(locale) if locale else None

    return {**project.answerers(), **overlay_answerers(overlay_of)}


def _coverage(project: Project) -> bytes:
    locales = project.locales
    tags = [each.tag for each in locales.published if each in locales.translated]
    if not tags:
        return b""
    text = render_page(
        status(project, tags),
        project.messages(locales.default),
        Formats(locales.default.babel),
        lambda other, place: f"{other.tag}/{place}",
    )
    return digest_of(text).encode()
