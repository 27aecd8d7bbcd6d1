"""A crawler over a built site: its pages as a browser without JavaScript and a search engine read them."""

import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from imagedocs.locales import load_locales
from imagedocs.project.settings import load_settings

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
}
SAID = ("title", "aria-label", "alt", "placeholder")
"""Attributes that readers see or hear, in the language of their element."""
SILENT = {"script", "style", "svg", "code", "pre", "kbd"}

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@dataclass
class CrawledPage:
    address: str
    lang: str = ""
    direction: str = ""
    canonical: str = ""
    robots: str = ""
    open_graph_locale: str = ""
    open_graph_alternates: list[str] = field(default_factory=list[str])
    title: str = ""
    title_lang: str | None = None
    description_lang: str | None = None
    texts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """What readers see or hear of it, each with the language that it is marked as; code is left out."""
    alternates: dict[str, str] = field(default_factory=dict[str, str])
    """hreflang -> address, as written: only absolute ones are of any use."""
    links: list[str] = field(default_factory=list[str])
    """What the page leads to or loads, absolute."""
    ids: set[str] = field(default_factory=set[str])
    switcher: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    """The attributes of the links of the language switcher."""
    foreign: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Language and direction of each block of the article that is in another language."""
    notices: int = 0

    @property
    def is_indexed(self) -> bool:
        return "noindex" not in self.robots


class _Reader(HTMLParser):
    def __init__(self, page: CrawledPage) -> None:
        super().__init__()
        self.page = page
        self._in_article = self._in_title = False
        self._open: list[tuple[str, str, bool]] = []
        """Each open element, its language, and whether it is left out."""

    def _note_text(self, tag: str, given: dict[str, str]) -> None:
        _, lang, silent = self._open[-1] if self._open else ("", "", False)
        lang = given.get("lang", lang)
        silent = silent or tag in SILENT or given.get("translate") == "no"
        if not silent:
            self.page.texts += [(lang, given[name]) for name in SAID if given.get(name)]
        if tag not in VOID:
            self._open.append((tag, lang, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, given = self.page, {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        self._note_text(tag, given)
        if "id" in given:
            page.ids.add(given["id"])
        match tag:
            case "html":
                page.lang = given.get("lang", "")
            case "body":
                page.direction = given.get("dir", "")
            case "article":
                self._in_article = True
            case "title":
                self._in_title = not page.title
                page.title_lang = page.title_lang if page.title else given.get("lang")
            case "meta" if given.get("name") == "description":
                page.description_lang = given.get("lang")
            case "meta" if given.get("name") == "robots":
                page.robots = given["content"]
            case "meta" if given.get("property") == "og:locale":
                page.open_graph_locale = given["content"]
            case "meta" if given.get("property") == "og:locale:alternate":
                page.open_graph_alternates.append(given["content"])
            case "link" if given.get("rel") == "canonical":
                page.canonical = given["href"]
            case "link" if "hreflang" in given:
                page.alternates[given["hreflang"]] = given["href"]
            case "a" if "md-select__link" in classes:
                page.switcher.append(given)
            case "div" if self._in_article and "lang" in given and not classes:
                page.foreign.append((given["lang"], given.get("dir", "")))
            case "aside" if "imagedocs-notice" in classes:
                page.notices += 1
            case _:
                pass
        address = given.get("href", "") if tag in ("a", "link") else given.get("src", "")
        if address and not (tag == "link" and given.get("rel") == "canonical"):
            page.links.append(urljoin(page.address, address))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "article":
            self._in_article = False
        self._in_title &= tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.page.title += data
        if self._open and not self._open[-1][2] and data.strip():
            self.page.texts.append((self._open[-1][1], " ".join(data.split())))


@dataclass
class Crawl:
    """All pages of the site in a folder that is published at `base`."""

    folder: Path
    base: str
    pages: dict[str, CrawledPage] = field(default_factory=dict[str, CrawledPage])
    """By address, without those that lead on and those for addresses that are not."""
    not_found: dict[str, CrawledPage] = field(default_factory=dict[str, CrawledPage])

    def __post_init__(self) -> None:
        for file in sorted(self.folder.rglob("*.html")):
            path = file.relative_to(self.folder).as_posix()
            # A page for an address that is not can be shown at any depth.
            shown = (
                posixpath.join(posixpath.dirname(path), "no/such/page/") if file.name == "404.html" else path
            )
            address = self.base + self._public(shown)
            page = CrawledPage(address)
            text = file.read_text("utf-8")
            if '<meta http-equiv="refresh"' in text:
                continue  # it leads on: tests/test_published_addresses.py
            _Reader(page).feed(text)
            (self.not_found if file.name == "404.html" else self.pages)[address] = page

    def _public(self, path: str) -> str:
        uses_directories = not (self.folder / "search.html").exists() and self._has_directories
        return path.removesuffix("index.html") if uses_directories else path

    @property
    def _has_directories(self) -> bool:
        return not [
            file for file in self.folder.glob("*.html") if file.name not in ("404.html", "index.html")
        ]

    def is_there(self, address: str) -> bool:
        """Whether a static host has something at the address, which is one of this site."""
        path = unquote(urlsplit(address).path).removeprefix(urlsplit(self.base).path)
        file = self.folder / path
        return file.is_file() or (file / "index.html").is_file()

    def dead_links(self) -> list[str]:
        """Links of pages to addresses of this site at which there is nothing, or no such fragment."""
        found: list[str] = []
        for page in (*self.pages.values(), *self.not_found.values()):
            for link in dict.fromkeys(page.links):
                address, _, fragment = link.partition("#")
                if not address.startswith(self.base):
                    continue
                there = self.pages.get(address)
                if not self.is_there(address) or (fragment and there and unquote(fragment) not in there.ids):
                    found.append(f"{page.address}: {link}")
        return found

    def is_for_readers(self, address: str) -> bool:
        """Whether the page at an address is in the readers' menu, search and sitemap."""
        root = self.folder.parent
        first, _, rest = address.removeprefix(self.base).partition("/")
        folders = {locale.url for locale in load_locales(root)[0]}
        path = (
            (rest if first in folders else address.removeprefix(self.base)).removesuffix(".html").rstrip("/")
        )
        contributors = load_settings(root).contributors
        return not any(map(contributors.match_file, (f"{path}.md", f"{path}/index.md")))

    def sitemap_addresses(self) -> dict[str, dict[str, str]]:
        """Address -> its alternates, of all sitemaps that the index names."""
        index = self.folder / "sitemap-index.xml"
        found: dict[str, dict[str, str]] = {}
        for place in ElementTree.fromstring(index.read_bytes()).findall("s:sitemap/s:loc", NAMES):
            file = self.folder / (place.text or "").removeprefix(self.base)
            for entry in ElementTree.fromstring(file.read_bytes()).findall("s:url", NAMES):
                address = entry.findtext("s:loc", "", NAMES)
                assert address not in found, f"{address} is in two sitemaps"
                links = entry.findall("x:link", NAMES)
                found[address] = {link.get("hreflang", ""): link.get("href", "") for link in links}
        return found


def outside(crawl: Crawl) -> set[str]:
    """Hosts from which pages would load something: none should, without being asked."""
    found: set[str] = set()
    for file in crawl.folder.rglob("*.html"):
        for source in re.findall(
            r'<(?:script|img|link rel="stylesheet")[^>]* (?:src|href)="(https?://[^"]+)"',
            file.read_text("utf-8"),
        ):
            found.add(urlsplit(source).netloc)
    return found
