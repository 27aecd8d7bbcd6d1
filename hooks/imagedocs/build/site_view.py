"""Show the site of a locale to the theme's templates, which call it `imagedocs`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from imagedocs.files.overlay import Overlay
from imagedocs.files.places import page_url
from imagedocs.freshness import Translation
from imagedocs.locales import Formats, Locale, Messages
from imagedocs.project import Project
from imagedocs.project.translations import translation_of


class LanguageName(str):
    """Name of a language in the reader's language. A sentence that has no translation names it in its own."""

    tag: str
    """Tag of the language that is named."""

    def within(self, tag: str) -> str:
        """Return the name in the language with this tag."""
        return Formats(tag.replace("-", "_")).language(self.tag)


@dataclass(frozen=True, slots=True)
class Version:
    """Page in one of the site's languages, for the language switcher and for search engines."""

    locale: Locale
    href: str
    """Address relative to the page."""
    address: str
    """Absolute address; empty when the site has none."""
    is_translated: bool
    is_current: bool
    offer: str
    """Sentence that offers the page to a reader of that language, in that language."""
    dismiss: str
    """Label of the button that declines the offer, in that language."""
    offer_language: tuple[str, str]
    """Tag and direction of both, which are of another language where they have no translation."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of a page, for programs."""

    type: str
    """Media type."""
    title: str
    """May be empty."""
    href: str
    """Address relative to the page."""


class Words(Protocol):
    """Template with Material's sentences in a language."""

    def t(self, key: str) -> str: ...


@dataclass
class SiteView:
    """Site of one locale, as templates see it."""

    project: Project
    locale: Locale
    base_url: str = ""
    """Address of the whole site, ending in a slash; empty when it has none."""
    directory_urls: bool = True
    """True if the page `a.md` is at `a/`; false if it is at `a.html`."""
    coverage: str = ""
    """Address of the page that says how much is translated, relative to the locale's root; empty without one."""
    contributors_door: str | None = None
    """Address of the first page for contributors, relative to the locale's root; `None` where they have no menu."""
    images_door: str | None = None
    """Address of the page that lists all images, relative to the locale's root; `None` where there is none."""

    alternates: dict[str, tuple[Alternate, ...]] = field(default_factory=dict[str, tuple[Alternate, ...]])
    """Site path of a page -> its text, and the feeds about it."""
    changed_on: dict[str, str] = field(default_factory=dict[str, str])
    """Site path of a page -> day on which it was last changed, as ISO 8601 writes it; empty when that isn't known."""

    def __post_init__(self) -> None:
        self._theme_texts: dict[str, str] = {}

    @property
    def overlay(self) -> Overlay:
        """Files of the project as the locale sees them."""
        return self.project.overlay(self.locale)

    @property
    def messages(self) -> Messages:
        """Sentences of the locale."""
        return self.project.messages(self.locale)

    def is_fallback(self, site_path: str) -> bool:
        """Return whether the locale shows another language's page there."""
        return not self._has_own(self.locale, site_path)

    def is_wanted(self, site_path: str) -> bool:
        """Return whether the page there is to be translated."""
        return not self.project.locales.untranslated.match_file(site_path)

    def is_for_contributors(self, site_path: str) -> bool:
        """Return whether the page there is for those who look after the site, not for its readers."""
        return self.project.settings.contributors.match_file(site_path)

    def source_of(self, site_path: str) -> Locale:
        """Return the locale whose page is shown there."""
        tags = self.overlay.files.get(site_path, "").split("/")[1:2]
        return (self.project.locales.get(tags[0]) if tags else None) or self.locale

    def translation(self, site_path: str) -> Translation | None:
        """Return the verdict on the translation there; `None` for a source, and for a page shown in its place."""
        return translation_of(self.project, self.locale, site_path)

    def href(self, here: str, locale: Locale, there: str) -> str:
        """Return the address of the page at the site path `there`, in the language of `locale`, relative to `here`."""
        to_root = "../" * (self._page_url(here).count("/") + bool(self.locale.url)) or "./"
        return f"{to_root}{self._address(locale, there)}"

    def address(self, locale: Locale, site_path: str) -> str:
        """Return the whole address of the page at a site path; empty when the site has no address."""
        return f"{self.base_url}{self._address(locale, site_path)}" if self.base_url else ""

    def versions(self, site_path: str) -> Iterator[Version]:
        """Yield the page in each published language, in the order of the registry; for a language without it, and
        without another's in its place, that language's first page."""
        for locale in self.project.locales.published:
            path = self.project.overlay(locale).files.get(site_path)
            is_everywhere = path is None and self._is_everywhere(site_path)
            there = site_path if path is not None or is_everywhere else "index.md"
            messages = self.project.messages(locale)
            yield Version(
                locale,
                self.href(site_path, locale, there),
                self.address(locale, there),
                is_everywhere if path is None else path.startswith(f"docs/{locale.tag}/"),
                locale == self.locale,
                messages.gettext("This page is available in your language."),
                messages.gettext("Do not offer again"),
                messages.language_of("This page is available in your language.")
                or (locale.tag, str(locale.direction)),
            )

    def homes(self) -> Iterator[Version]:
        """Yield the first page in each language, relative to the locale's root, for pages without a place of their
        own."""
        return self.versions("index.md")

    def language_name(self, locale: Locale) -> LanguageName:
        """Return the name of another locale's language in the language of this one."""
        name = LanguageName(Formats(self.locale.babel).language(locale.tag))
        name.tag = locale.tag
        return name

    def theme_text(self, key: str, words: Words, english: Words) -> str:
        """Return the theme's text for `key`; `words` is the theme's file for this language. The texts are remembered: a
        page asks for thirty."""
        if key not in self._theme_texts:
            if key in ("language", "direction"):
                text = self.locale.tag if key == "language" else self.locale.direction
            else:
                text = words.t(key) or english.t(key)
                if not key.startswith("search.config."):
                    text = self.messages.source(text or key)
            self._theme_texts[key] = text
        return self._theme_texts[key]

    def _has_own(self, locale: Locale, site_path: str) -> bool:
        path = self.project.overlay(locale).files.get(site_path)
        if path is None:
            return self._is_everywhere(site_path)
        return path.startswith(f"docs/{locale.tag}/")

    def _is_everywhere(self, site_path: str) -> bool:
        """Return whether a plugin makes the page for each language: no language has a file at its place."""
        published = self.project.locales.published
        return not any(site_path in self.project.overlay(locale).files for locale in published)

    def _address(self, locale: Locale, site_path: str) -> str:
        """Return the address of a page relative to the root of the whole site."""
        return f"{locale.url}/{self._page_url(site_path)}" if locale.url else self._page_url(site_path)

    def _page_url(self, site_path: str) -> str:
        return page_url(site_path, self.directory_urls)
