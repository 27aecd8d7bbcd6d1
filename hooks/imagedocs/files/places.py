"""Find where a file of the project lies in the site of a locale, and where links to it lead."""

import posixpath
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote

from imagedocs.markdown.sources import Destination
from imagedocs.markdown.targets import encode, is_from_docs


@dataclass(frozen=True, slots=True)
class LinkedFiles:
    """Pages and files of other locales that a locale's pages link to, because they exist in one language only."""

    places: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Site path -> tag of the locale that has it, and its address, relative to the root of the reader's locale:
    `../rules/a/`."""
    directory_urls: bool = True
    """See `LocaleSite`."""

    @property
    def pages(self) -> Iterator[str]:
        """Site paths of the pages."""
        return (place for place in self.places if place.endswith(".md"))

    def href(self, place: str, page: str) -> str:
        """Return the address of the file at a site path, relative to the page at the site path `page`."""
        to_root = "../" * page_url(page, self.directory_urls).count("/")
        return quote(to_root + self.places[place][1], safe="/~!$&'()*+,;=:@-._") or "./"


@dataclass(frozen=True)
class SingleLanguage:
    """Pages that exist in one language only, and addresses of the locales' sites."""

    matches: Callable[[str], object]
    """Return whether a file at a site path is published only in the languages that have it themselves."""
    folders: Mapping[str, str]
    """First segment of the addresses of each locale, by its tag; empty for the one at the root."""
    published: Collection[str]
    """Tags of the locales that are published."""
    directory_urls: bool = True
    """See `LocaleSite`."""

    def address(self, place: str, tag: str, reader: str) -> tuple[str, str] | None:
        """Return the value of `LinkedFiles.places` for the file of the locale `tag` at a site path; `None` if that
        locale isn't published."""
        if tag not in self.published:
            return None
        url = page_url(place, self.directory_urls) if place.endswith(".md") else place
        up = "../" if self.folders[reader] else ""
        folder = self.folders[tag]
        return tag, f"{up}{folder}/{url}" if folder else f"{up}{url}"


def is_text(name: str) -> bool:
    """Return whether a file's name is text; where the system's encoding cannot read it, Python puts surrogates into
    it."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def site_path(path: str, chain: Sequence[str]) -> str | None:
    """Return where the project's file `path` lies in the site of the locale that `chain` begins with.

    `docs/es/a/b.md` is `a/b.md` there, `includes/media/x.png` and its translation
    `includes/es/media/x.png` are `includes/media/x.png`. `None` when the file is not part of that site.
    """
    for tag in chain:
        if path.startswith(f"docs/{tag}/"):
            return path.removeprefix(f"docs/{tag}/")
        if path.startswith(f"includes/{tag}/"):
            return "includes/" + path.removeprefix(f"includes/{tag}/")
    if path.startswith("includes/") and not path.startswith("includes/theme/"):
        return path
    return None


def locate(
    written: str, path: str, source: str, page: str, chain: Sequence[str], linked: LinkedFiles
) -> Destination:
    """Return where a relative link leads in the site of the locale that `chain` begins with.

    This is the only place that decides it: the renderer writes `href`, and the check of links judges `place`, or where
    `href` takes a browser. For the parameters, see `Sources.locate`.

    A link in a page names files of that page's language; the site shows them under the same site paths, in the
    reader's language where there is a translation. A link in `includes/`, and one that starts with `~/`, may name a
    file in any language of the chain. What exists in one language only is linked to there.
    """
    from_docs = is_from_docs(written)
    if source.startswith("docs/") and not from_docs:
        language = source.split("/", 2)[1]
        chain_of_source = [tag for tag in chain if tag == language]
    else:
        chain_of_source = list(chain)
    place = site_path(path, chain_of_source)
    shown_at = site_path(page, chain) or page
    if place is not None and place in linked.places:
        return Destination(linked.href(place, shown_at), place, linked.places[place][0])
    here = posixpath.dirname(shown_at)
    if source == page and not from_docs:
        named = posixpath.normpath(posixpath.join(here, unquote(written)))
        if place is None or named == place:
            return Destination(encode(written), place)
    if place is None:  # the path that the page itself would have to write
        here, there = posixpath.dirname(page), path
    else:
        there = place
    href = quote(posixpath.relpath(there, here or "."), safe="/~!$&'()*+,;=:@-._")
    if ":" in href.partition("/")[0]:
        href = f"./{href}"  # otherwise it reads as a scheme
    return Destination(f"{href}/" if written.endswith("/") else href, place)


def alike(name: str) -> str:
    """Return a text that is the same for names that differ only in capitals and in the way accents are written."""
    return unicodedata.normalize("NFC", name).casefold()


@lru_cache(maxsize=4096)
def page_file(path: str, directory_urls: bool = True) -> str:
    """Return the file that MkDocs makes of the page at a site path: `a/b.md` -> `a/b/index.html`, or `a/b.html`."""
    folder, slash, name = path.removesuffix(".md").rpartition("/")
    if name in ("index", "README"):
        return f"{folder}{slash}index.html"
    return f"{folder}{slash}{name}/index.html" if directory_urls else f"{folder}{slash}{name}.html"


def page_url(path: str, directory_urls: bool = True) -> str:
    """Return the address that MkDocs gives the page at a site path, relative to the site: `a/b.md` -> `a/b/`,
    `a/index.md` -> `a/`; or `a/b.html`, `a/index.html`."""
    file = page_file(path, directory_urls)
    return file.removesuffix("index.html") if directory_urls else file


def address_key(place: str) -> str:
    """Return a text that is the same for two site paths of which only one can be shown: their address, without regard
    to capitals."""
    address = page_url(place) if place.endswith(".md") else place.removesuffix("index.html")
    return alike(address.rstrip("/"))
