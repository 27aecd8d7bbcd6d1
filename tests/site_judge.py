"""A judge of links that knows nothing of the project: it reads the built HTML and follows each address as a
browser would, on a server that serves the folder."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_ADDRESSES = {
    "href": {"a", "area", "link"},
    "src": {"img", "iframe", "video", "audio", "source", "track", "script", "embed", "input"},
    "poster": {"video"},
    "data": {"object"},
}
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)""")


@dataclass
class Reading(HTMLParser):
    """What a page refers to, and what can be referred to in it."""

    ids: set[str] = field(default_factory=set)
    in_content: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    refresh: str | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._depth = 0
        self._is_style = False

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag == "article"
        self._is_style = tag == "style"
        self._tag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "article"
        self._is_style = False

    def handle_data(self, data: str) -> None:
        if self._is_style:
            self._refer(*css_addresses(data))

    def _tag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        if given.get("id"):
            self.ids.add(given["id"])
        if tag == "a" and given.get("name"):
            self.ids.add(given["name"])
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.refresh = given.get("content", "").partition("url=")[2].strip()
        if tag == "link" and given.get("rel") in ("preconnect", "dns-prefetch"):
            return
        for name, tags in _ADDRESSES.items():
            if tag in tags and name in given:
                self._refer(given[name])
        for candidate in given.get("srcset", "").split(","):
            self._refer(*candidate.split()[:1])
        self._refer(*css_addresses(given.get("style", "")))

    def _refer(self, *addresses: str) -> None:
        (self.in_content if self._depth else self.elsewhere).extend(addresses)


def css_addresses(text: str) -> Iterator[str]:
    for match in _CSS_URL.finditer(text):
        yield next(group for group in match.groups() if group is not None)


@dataclass
class BuiltSite:
    """A built site that is served at `base`."""

    folder: Path
    base: str = "https://imagedocs.example/"

    @cached_property
    def pages(self) -> dict[str, Reading]:
        """By file, relative to the folder."""
        found: dict[str, Reading] = {}
        for file in sorted(self.folder.rglob("*.html")):
            reading = found[file.relative_to(self.folder).as_posix()] = Reading()
            reading.feed(file.read_text("utf-8"))
        return found

    @cached_property
    def files(self) -> set[str]:
        return {file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*") if file.is_file()}

    def address_of(self, file: str) -> str:
        return self.base + file.removesuffix("index.html")

    def is_dead(self, address: str, page: str) -> bool:
        """Whether what `page` (a file of the site) refers to as `address` is not there; never for other sites."""
        return self._is_dead(urljoin(self.address_of(page), address.strip()), 5)

    def _is_dead(self, address: str, redirects: int) -> bool:
        parts = urlsplit(address)
        base = urlsplit(self.base)
        if (parts.scheme, parts.netloc) != (base.scheme, base.netloc):
            return False
        path = parts.path or "/"
        if not path.startswith(base.path):
            return True
        file = self._file(unquote(path[len(base.path) :]))
        if file is None:
            return True
        reading = self.pages.get(file)
        if reading is None:
            return False
        fragment = parts.fragment.partition(":~:")[0]
        if reading.refresh and redirects:
            target = urljoin(self.address_of(file), reading.refresh)
            if fragment and "#" not in target:
                target += f"#{fragment}"
            return self._is_dead(target, redirects - 1)
        return not (
            not fragment
            or fragment in reading.ids
            or unquote(fragment) in reading.ids
            or fragment.lower() == "top"
        )

    def _file(self, path: str) -> str | None:
        candidates = (path,) if path and not path.endswith("/") else ()
        for candidate in (*candidates, posixpath.join(path, "index.html")):
            if candidate in self.files:
                return candidate
        return None

    def dead(self, page: str) -> list[str]:
        """What the content of a page refers to in vain."""
        return [each for each in self.pages[page].in_content if self.is_dead(each, page)]

    def dead_elsewhere(self, page: str) -> list[str]:
        """What the rest of a page, which the theme made, refers to in vain."""
        return [each for each in self.pages[page].elsewhere if self.is_dead(each, page)]
