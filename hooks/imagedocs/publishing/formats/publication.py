"""What a published format is, and the values that it is made from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from imagedocs.catalog import Catalog
from imagedocs.locales import Formats, Locale, Messages
from imagedocs.publishing.llms import TextSection
from imagedocs.registry import Registry

Maker = Callable[[], bytes]
"""Function that makes the content of a published file."""


@dataclass(frozen=True)
class Publication:
    """Everything that the published files of one locale's site are made from."""

    catalog: Catalog
    record: Registry
    """Record of tags; an empty one when it can't be read."""
    as_of: date
    """Day that counts as today."""
    locale: Locale
    """Locale whose site the files belong to."""
    locales: Sequence[Locale]
    """All published locales, in the order of the registry."""
    messages: Messages
    """Sentences in the language of the locale."""
    formats: Formats
    """Dates, numbers and lists as the readers of the locale write them."""
    folders: Mapping[str, str]
    """Setting -> folder, relative to the root of the locale's site, of each kind of file that the project publishes."""
    pages: Mapping[str, str]
    """Id of an image -> address of its page, relative to the root of a locale's site; empty text -> address of the
    page that lists all images. No entries where images have no pages."""
    site_url: str = ""
    """Address of the whole site, ending in a slash; empty when it is not known."""
    schemas: Callable[[], Mapping[str, str]] = dict[str, str]
    """Return the JSON Schemas of the project's files, by their names."""
    site_name: str = ""
    """Name of the site, in the language of the locale."""
    summary: str = ""
    """What the site is, in the language of the locale; empty where its settings don't say."""
    owner: str = ""
    """Domain and year, as in `example.org,2026`, from which ids are made that last; empty where it isn't set."""
    texts: Callable[[], Sequence[TextSection]] = tuple[TextSection, ...]
    """Return links to the pages as plain texts, in sections. Only for formats that are made `after_pages`."""

    @property
    def is_default(self) -> bool:
        """True for the locale whose site lies at the root, which has the files that are in no language."""
        return not self.locale.url

    def address(self, path: str, locale: Locale | None = None) -> str:
        """Return the address of what is at `path` in the site of a locale, which is that of the publication unless
        another one is given. Where the address of the whole site isn't known, the result is relative to its root."""
        folder = (locale or self.locale).url
        return f"{self.site_url}{folder}/{path}" if folder else f"{self.site_url}{path}"


ALWAYS: Final = ""
"""Setting of a format that every site has."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of files that a site publishes besides its pages."""

    setting: str
    """Key below `extra.imagedocs` that asks for it; formats may share one. See `ALWAYS`."""
    folder: str
    """Folder of the files, unless the setting names another one with `prefix`."""
    description: str
    """What the setting is for, as a sentence."""
    files: Callable[[Publication], Mapping[str, Maker]]
    """Return the files of one locale's site, by their paths in the folder, each with its maker. Called also to learn
    which files there are, so it must not make any."""
    needs: Callable[[Publication], Iterable[tuple[str, str]]] = lambda _: ()
    """Yield what else has to be set for these files, each as a message and what to write."""
    after_pages: bool = False
    """True if the files are made of rendered pages."""
