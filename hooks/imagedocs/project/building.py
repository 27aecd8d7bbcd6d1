"""One run of the site generator: what it is to build, and what it gathers.

The hooks keep one `Build` at `config.extra.imagedocs`, from a build's beginning to its end; the theme's
templates find there what they need to know of the locale.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from imagedocs.cache.memory import Memory, memory_of
from imagedocs.cache.version import library_version
from imagedocs.checks.briefs import brief_of
from imagedocs.checks.built_pages import (
    References,
    Sample,
    Sampling,
    check_built_pages,
    front_matter_first,
    read_references,
)
from imagedocs.checks.mentions import condensed, speaks_of_images
from imagedocs.checks.pages import Pages
from imagedocs.checks.prose import prose_of
from imagedocs.checks.records import from_bytes, to_bytes, write, write_all
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.files.overlay import Overlay
from imagedocs.files.places import page_url
from imagedocs.forks import Fork
from imagedocs.freshness import Translation
from imagedocs.locales import Formats, Locale, Messages
from imagedocs.locales.extraction import theme_templates
from imagedocs.markdown import Document, Fragments
from imagedocs.problems import Problem
from imagedocs.project import Project
from imagedocs.project.docset import DocSet
from imagedocs.project.inputs import Inputs, digest_of
from imagedocs.project.keeping import Keeper, Part, prune
from imagedocs.project.reuse import PageMemory, Trace
from imagedocs.project.staging import Staging
from imagedocs.project.translations import translation_of
from imagedocs.project.whole_site import whole_site


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one of the site's languages, for the language switcher and for search engines."""

    locale: Locale
    href: str
    """Relative to the page."""
    address: str
    """Absolute; empty when the site has no address."""
    is_translated: bool
    is_current: bool
    offer: str
    """What to say to a reader who would rather read it in that language, in that language."""


class Words(Protocol):
    """A template that has the theme's sentences in a language."""

    def t(self, key: str) -> str: ...


class WarningCount(logging.Handler):
    """Counts what a strict build fails for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


@dataclass
class Build:
    """The build of one locale."""

    project: Project
    locale: Locale
    base_url: str = ""
    """Of the whole site, ending in a slash."""
    directory_urls: bool = True
    """Whether the page `a.md` is at `a/`, else at `a.html`."""
    others: tuple[Locale, ...] = ()
    """What workers build meanwhile."""
    documents: Pages = field(default_factory=Pages)
    """Site path -> what the page holds, gathered while pages are rendered."""
    sampling: Sampling = field(default_factory=Sampling)
    generated: dict[str, str] = field(default_factory=dict[str, str])
    """Files that plugins add to the site."""
    coverage: str = ""
    """Address of the page that says how much is translated, relative to the locale's root."""
    inputs: Inputs | None = None
    """What the sites are made from; `None` when nothing of an earlier build may be reused."""
    kept: dict[str, Part] = field(default_factory=dict[str, Part])
    """By tag, the sites of an earlier build that are as this one would make them."""
    keepers: dict[str, Keeper] = field(default_factory=dict[str, Keeper])
    """By tag, what is remembered of the sites of languages that are built."""
    pages: PageMemory | None = None
    """What is remembered of the pages of this locale."""
    forks: list[Fork[Part]] = field(default_factory=list[Fork[Part]])
    staging: Staging | None = None
    """Where the site is built; `None` in a worker, whose place is given."""
    warnings: WarningCount = field(default_factory=WarningCount)
    is_clean: bool = False
    """Nothing has been said yet of this locale's own pages when all locales are judged."""
    process: int = field(default_factory=os.getpid)
    """Its number."""
    trace: Trace | None = None
    """Of the page that is rendered."""
    heard: WarningCount = field(default_factory=WarningCount)
    """What is said while pages are rendered."""
    metadata: dict[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    """Site path -> what people have written as the page's metadata, as text."""
    escaped: tuple[str, ...] = ()
    """Folders of templates that print text, not HTML."""
    shared: Mapping[str, str | bytes] = field(default_factory=dict[str, str | bytes])
    """Files of the theme that all locales have together, below the root of the whole site: place and content."""
    contributors_menu: Any = None
    """The navigation of the pages for contributors; `None` where they are in the readers'."""
    contributors_door: str | None = None
    """Address of the first of these pages, relative to the locale's root."""
    images_door: str | None = None
    """Address of the page that lists all images, relative to the locale's root; `None` where there is none."""
    menu: object = None
    """The navigation: its text names all pages in their order."""
    fragments: Fragments = field(init=False)

    def __post_init__(self) -> None:
        self.fragments = Fragments(self.overlay, self.docset.options.alerts)
        self._parts: list[Part] | None = None
        self._theme_texts: dict[str, str] = {}

    @property
    def overlay(self) -> Overlay:
        return self.project.overlay(self.locale)

    @property
    def docset(self) -> DocSet:
        return self.project.docset(self.locale)

    @property
    def messages(self) -> Messages:
        return self.project.messages(self.locale)

    @property
    def is_kept(self) -> bool:
        """Whether an earlier build's site of this locale is taken, so that no page of it is made."""
        return self.locale.tag in self.kept

    @cached_property
    def _name(self) -> str:
        """What this build's sites are kept as: a preview has other addresses than a site."""
        return digest_of(self.base_url, self.directory_urls)[:8]

    def _keeper(self, locale: Locale) -> Keeper:
        if locale.tag not in self.keepers:
            name = f"{self._name}-{locale.tag}"
            self.keepers[locale.tag] = Keeper.of(self.project.root, name, library_version())
        return self.keepers[locale.tag]

    @cached_property
    def judged(self) -> Memory:
        """What has been found in pages by the builds before."""
        name = "judged" if self.others else f"judged-{self.locale.tag}"
        return memory_of(self.project.root, name, library_version()) if self.inputs else Memory()

    @cached_property
    def templates(self) -> Memory:
        """Of the theme, those that have been compiled."""
        return memory_of(self.project.root, "templates", library_version()) if self.inputs else Memory()

    def take(self, locale: Locale) -> bool:
        """Put the site of an earlier build in the place of `locale`, if this one would make the same."""
        assert self.staging is not None
        keeper = self._keeper(locale)
        kept = keeper.find(self.inputs.of(locale)) if self.inputs else None
        if not kept or not self.inputs or not self.inputs.are(kept.elsewhere):
            return False
        besides = () if locale.url else self.staging.beside_root
        if keeper.is_at(kept, self.staging.published(locale), besides):
            self.staging.publish_again(locale)
        elif not keeper.place(kept, self.staging.part(locale)):
            return False
        self.kept[locale.tag] = kept.part
        del self.keepers[locale.tag]  # with all that it remembers
        return True

    def remember_pages(self, settings: str) -> None:
        """Begin to reuse the pages of earlier builds. `settings` says what all pages depend on besides the
        project's files."""
        if self.inputs is None:
            return
        name = f"pages-{self._name}-{self.locale.tag}"
        memory = memory_of(self.project.root, name, library_version())
        common = digest_of(self.inputs.pages(self.locale), settings)
        self.pages = PageMemory(memory, self.overlay, common, self._keeper(self.locale))

    def keep(self, site: Path, part: Part) -> None:
        """Keep the finished site in the folder `site` for the next build, unless a file was changed meanwhile."""
        if self.inputs is None:
            return
        key, elsewhere = self.inputs.of(self.locale), self.inputs.elsewhere(self.overlay)
        now = self.inputs.again()
        if now.of(self.locale) != key or not now.are(elsewhere):
            return
        try:
            same = self.pages.taken if self.pages else {}
            files = self._keeper(self.locale).keep(key, site, elsewhere, part, same)
        except OSError:
            return  # nowhere to keep it: the next build makes it again
        if self.pages is not None:
            self.pages.save(files)

    def take_page(self, place: str, document: Document) -> None:
        """Keep what the checks need of the page at the site path `place`."""
        project = self.project
        hosts, portal = project.image_hosts, project.catalog.portal
        kept = condensed(document, hosts, portal)
        names_images = speaks_of_images(kept, hosts, portal)
        lines = [to_bytes(write(kept))]
        if project.glossary.kept or project.glossary.terms:
            lines.append(to_bytes(write_all(prose_of(document))))
        self.documents.add(place, brief_of(kept, names_images=names_images), b"\n".join(lines))

    def prune(self) -> None:
        """Forget what no build will ask for."""
        prune(self.project.root, self._name, [locale.tag for locale in self.project.locales.published])

    def parts(self) -> list[Part]:
        """The other locales' sites, in their order; waits for the workers. Raises CannotRun."""
        if self._parts is None:
            found = {part.site.tag: part for part in (*self.kept.values(), *(f.result() for f in self.forks))}
            self._parts = [found[locale.tag] for locale in self.others]
        return self._parts

    def locale_site(self) -> LocaleSite:
        if self.is_kept:
            return self.kept[self.locale.tag].site
        files = {**self.generated, **self.overlay.files}
        moved = self.docset.moved
        return LocaleSite(
            self.overlay.chain,
            files,
            self.documents.in_order(),
            moved,
            self.locale.url,
            self.directory_urls,
            self.overlay.linked,
        )

    def site(self) -> Site:
        """All locales of this build, for the checks."""
        return whole_site(self.project, (self.locale_site(), *(part.site for part in self.parts())))

    def built_problems(self, site: Site) -> Iterator[Problem]:
        """What is wrong with the links that templates write; asked of all once they are built."""
        assert self.staging is not None
        own = self.staging.part(self.locale) if self.is_kept else self.staging.site
        folders = [own, *(self.staging.part(locale) for locale in self.others)]
        mine = self.kept[self.locale.tag].samples if self.is_kept else self.sampling.chosen()
        chosen = [mine, *(part.samples for part in self.parts())]
        found: list[tuple[LocaleSite, str, str, str]] = []
        for locale, folder, samples in zip(site.locales, folders, chosen, strict=True):
            for sample in (*samples, Sample("404.html", "")):
                file = folder / locale.file_of(sample.place)
                if file.is_file():
                    found.append((locale, sample.place, sample.content, file.read_text("utf-8")))
        templates = theme_templates(self.project.root, self.project.settings.theme_folder)
        find_source = front_matter_first(("mkdocs.yml", *templates), site.read)
        yield from check_built_pages(site, found, find_source, self._references)

    def _references(self, html: str) -> References:
        key = digest_of(html)
        kept = self.judged.get("references", key, "")
        if kept is None:
            references, ids = read_references(html)
            kept = to_bytes((references, sorted(ids)))
            self.judged.put("references", key, "", kept)
        references, ids = from_bytes(kept)
        return references, ids

    def is_fallback(self, site_path: str) -> bool:
        """Whether the locale shows another language's page there."""
        return not self._has_own(self.locale, site_path)

    def is_wanted(self, site_path: str) -> bool:
        """Whether the page there is to be translated."""
        return not self.project.locales.untranslated.match_file(site_path)

    def is_for_contributors(self, site_path: str) -> bool:
        """Whether the page there is for those who look after the site, not for its readers."""
        return self.project.settings.contributors.match_file(site_path)

    def source_of(self, site_path: str) -> Locale:
        """The locale whose page is shown there."""
        tags = self.overlay.files.get(site_path, "").split("/")[1:2]
        return (self.project.locales.get(tags[0]) if tags else None) or self.locale

    def translation(self, site_path: str) -> Translation | None:
        """What is to be said of the translation there; `None` for a source, and for a page shown in its place."""
        return translation_of(self.project, self.locale, site_path)

    def href(self, here: str, locale: Locale, there: str) -> str:
        """The address of the page at the site path `there`, in the language of `locale`, from the page at `here`."""
        to_root = "../" * (self._page_url(here).count("/") + bool(self.locale.url)) or "./"
        return f"{to_root}{self._address(locale, there)}"

    def theme_text(self, key: str, words: Words, english: Words) -> str:
        """What the theme says for `key`, of which `words` is the file of this language: asked some thirty times for
        each page, and always the same."""
        if key not in self._theme_texts:
            if key in ("language", "direction"):
                text = self.locale.tag if key == "language" else self.locale.direction
            else:
                text = words.t(key) or english.t(key)
                if not key.startswith("search.config."):
                    text = self.messages.source(text or key)
            self._theme_texts[key] = text
        return self._theme_texts[key]

    def versions(self, site_path: str) -> Iterator[Version]:
        """The page in each published language, in the order of the registry; for a language without it, and
        without another's in its place, that language's first page."""
        for locale in self.project.locales.published:
            there = site_path if self._has_any(locale, site_path) else "index.md"
            yield Version(
                locale,
                self.href(site_path, locale, there),
                self.address(locale, there),
                self._has_own(locale, site_path),
                locale == self.locale,
                self.project.messages(locale).gettext("This page is available in your language."),
            )

    def homes(self) -> Iterator[Version]:
        """The first page in each language, relative to the locale's root: for pages that are nowhere."""
        return self.versions("index.md")

    def language_name(self, locale: Locale) -> str:
        """What the readers of this locale call the language of another."""
        return Formats(self.locale.babel).language(locale.tag)

    def _has_own(self, locale: Locale, site_path: str) -> bool:
        path = self.project.overlay(locale).files.get(site_path)
        if path is None:
            return self._is_everywhere(site_path)
        return path.startswith(f"docs/{locale.tag}/")

    def _has_any(self, locale: Locale, site_path: str) -> bool:
        return site_path in self.project.overlay(locale).files or self._is_everywhere(site_path)

    def _is_everywhere(self, site_path: str) -> bool:
        """Whether the page is made by a plugin, for each language: no file is at its place in any."""
        published = self.project.locales.published
        return not any(site_path in self.project.overlay(locale).files for locale in published)

    def address(self, locale: Locale, site_path: str) -> str:
        """The whole address of the page at a site path; empty when the site has no address."""
        return f"{self.base_url}{self._address(locale, site_path)}" if self.base_url else ""

    def _address(self, locale: Locale, site_path: str) -> str:
        """Relative to the root of the whole site."""
        return f"{locale.url}/{self._page_url(site_path)}" if locale.url else self._page_url(site_path)

    def _page_url(self, site_path: str) -> str:
        return page_url(site_path, self.directory_urls)
