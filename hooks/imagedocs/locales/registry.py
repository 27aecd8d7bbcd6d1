"""The site's locales: which there are, where each lies, and what serves where one has nothing of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pathspec.gitignore import GitIgnoreSpec

from imagedocs.locales.pseudo import Pseudo
from imagedocs.locales.resolution import likely_region
from imagedocs.material.search_options import Search
from imagedocs.problems import Position


class Direction(StrEnum):
    """Where a line of the language begins, as HTML's `dir` has it."""

    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True, slots=True)
class Locale:
    """One language of the site."""

    tag: str
    """BCP 47, in its usual case: `zh-Hans`. It names the folder of the pages: `docs/zh-Hans`."""
    name: str
    """What the language calls itself: `Español`."""
    url: str
    """The first segment of its addresses; empty for the default locale, which is at the root."""
    babel: str
    """Babel's id, which also names the folder of its messages: `zh_Hans`."""
    material: str
    """The language of Material's own strings, by the name of its file: `zh`."""
    direction: Direction = Direction.LTR
    fallback: tuple[str, ...] = ()
    """Tags of the locales that serve first where this one has nothing, as the file has them."""
    search: Search = field(default_factory=Search)
    published: bool = True
    """Built with the others, and held to have every message translated."""
    pseudo: Pseudo | None = None
    """A locale for tests, whose sentences are made from the source's."""
    position: Position = field(default=Position(""), compare=False)
    """Of its entry in `locales/locales.yaml`."""

    @property
    def messages_path(self) -> str:
        """The project-relative path of its translated messages."""
        return f"locales/{self.babel}/LC_MESSAGES/messages.po"

    @property
    def open_graph(self) -> str:
        """For `og:locale`: `es_ES`, `zh_CN`; the region is where most of its readers are unless the tag says."""
        region = likely_region(self.tag)
        language = self.tag.partition("-")[0]
        return f"{language}_{region}" if region else language


@dataclass(frozen=True)
class LocaleRegistry:
    """All locales of the project, in the order of the file."""

    default: Locale
    """The source of all translations: the last of every fallback chain."""
    locales: tuple[Locale, ...]
    untranslated: GitIgnoreSpec = field(default_factory=lambda: GitIgnoreSpec.from_lines([]))
    """Pages that nobody is asked to translate, by their paths below the folder of a locale."""
    single_language: GitIgnoreSpec = field(default_factory=lambda: GitIgnoreSpec.from_lines([]))
    """Pages that are not shown in the place of a translation, likewise: other locales link to where they are."""

    def __iter__(self) -> Iterator[Locale]:
        return iter(self.locales)

    def get(self, tag: str) -> Locale | None:
        """The locale with this tag, in whatever case."""
        return next((locale for locale in self.locales if locale.tag.lower() == tag.lower()), None)

    @property
    def tags(self) -> frozenset[str]:
        return frozenset(locale.tag for locale in self.locales)

    @property
    def published(self) -> tuple[Locale, ...]:
        """What a plain build makes."""
        return tuple(locale for locale in self.locales if locale.published)

    @property
    def translated(self) -> tuple[Locale, ...]:
        """The locales that have a .po file: neither the source nor made from it."""
        return tuple(locale for locale in self.locales if locale != self.default and locale.pseudo is None)

    @property
    def speaking(self) -> tuple[Locale, ...]:
        """The locales that may have a .po file: also the default, unless it is in English as our sentences are."""
        others = self.translated
        return others if self.default.tag.partition("-")[0] == "en" else (self.default, *others)

    def chain(self, locale: Locale) -> tuple[Locale, ...]:
        """`locale`, then what serves in its place, nearest first and the default last."""
        found: dict[str, Locale] = {}
        self._follow(locale, found)
        found.pop(self.default.tag, None)
        return (*found.values(), self.default)

    def _follow(self, locale: Locale, found: dict[str, Locale]) -> None:
        if locale.tag not in found:
            found[locale.tag] = locale
            for tag in locale.fallback:
                if (following := self.get(tag)) is not None:
                    self._follow(following, found)
