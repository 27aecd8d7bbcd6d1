# pyright: standard
# MkDocs is typed in parts only.
"""Write the pages of a site as plain Markdown, and list these texts."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from imagedocs.incremental.reads import digest_of
from imagedocs.locales import Messages
from imagedocs.publishing.llms import OPTIONAL, TextLink, TextSection
from imagedocs.publishing.pages import INDEX, ImagePages

_NOWHERE: Final = "https://site.invalid/"
"""Address of a site that has none, while links are resolved."""

Reuse = Callable[[str, str, Callable[[], bytes]], bytes]
"""Function that returns the text of a page, which an earlier build may have made: it is given the site path of the page,
the hash of what the text is made from, and the function that makes it."""


def _make(_place: str, _given: str, call: Callable[[], bytes]) -> bytes:
    return call()


class PageTexts:
    """Texts of the pages of one language."""

    def __init__(
        self,
        pages: Mapping[str, Page],
        places: Mapping[str, str],
        address: str,
        folder: str = "",
        reuse: Reuse = _make,
    ) -> None:
        """`pages` has the rendered pages by their site paths, and `places` the path of the text of each. Their addresses
        are relative to `folder` of the site at `address`, which is empty where it isn't known."""
        self._pages = pages
        self.places = {place: text for place, text in places.items() if place in pages}
        self._address = address
        self._root = urljoin(address or _NOWHERE, f"{folder}/" if folder else "")
        self._reuse = reuse
        self._twins = {urljoin(self._root, pages[place].url): text for place, text in self.places.items()}

    def make(self, place: str) -> bytes:
        """Return the text of a page."""
        page = self._pages[place]
        content, title = page.content or "", _text_of(page.title)

        def call() -> bytes:
            from imagedocs.material.markdown_text import markdown_text  # few sites have texts

            return markdown_text(content, title, partial(self._lead, page.url)).encode("utf-8", "replace")

        return self._reuse(place, digest_of(content, title, self._root, page.url, self._twins), call)

    def _lead(self, here: str, target: str) -> str:
        """Return where a link of the page at `here` leads in its text: to the text of the page that it leads to. Texts
        have no anchors, so a link to another place of the same page has none to lead to."""
        try:
            address = urljoin(base := urljoin(self._root, here), target.strip())
            parts = urlsplit(address)
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https", "mailto", "webcal"):
            return ""
        page = address.partition("#")[0].partition("?")[0]
        if page == base:
            return ""
        text = self._twins.get(page)
        address = urljoin(self._root, text) if text else address
        if self._address or not address.startswith(_NOWHERE):
            return address
        path, mark, rest = address.removeprefix(_NOWHERE.rstrip("/")).partition("#")
        slash = "/" if path.endswith("/") else ""
        return posixpath.relpath(path, posixpath.dirname(urlsplit(base).path)) + slash + mark + rest

    def sections(
        self, menu: Iterable[Any], images: ImagePages, messages: Messages, beside: str = ""
    ) -> Sequence[TextSection]:
        """Return links to all texts, in sections: the pages of the menu, images, and what may be left out. Where the
        address of the site isn't known, they lead from the folder `beside`."""
        left = dict.fromkeys(self.places)
        found: list[tuple[str, list[str]]] = [(messages.gettext("Pages"), [])]
        for item in menu:
            places = [place for place in _places((item,)) if place in left]
            if isinstance(item, Section):
                found.append((_text_of(item.title), places))
            else:
                found[0][1].extend(places)
            left = {place: None for place in left if place not in places}
        own = {place: image for place, image in images.places.items() if place in left and image is not None}
        on_list = {image.id for image in images.catalog.listed_on(images.as_of)}
        listed = [place for place, image in own.items() if image.id in on_list]
        if (index := images.place(INDEX)) in left:
            listed.insert(0, index)
        rest = [place for place in left if place not in own and place != index]
        found += (
            (messages.gettext("Images"), listed),
            (OPTIONAL, [*(place for place in own if place not in listed), *rest]),
        )
        return [
            TextSection(title, tuple(self._link(place, beside) for place in places))
            for title, places in found
            if places
        ]

    def _link(self, place: str, beside: str) -> TextLink:
        page = self._pages[place]
        description = page.meta.get("description")
        note = _text_of(description) if isinstance(description, str) else ""
        title = _text_of(page.title)
        note = note.removeprefix(f"{title}: ")  # as the descriptions of images begin
        text = self.places[place]
        address = urljoin(self._root, text) if self._address else posixpath.relpath(text, beside or ".")
        return TextLink(title, address, note)


def _places(items: Iterable[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Page):
            yield item.file.src_uri
        elif isinstance(item, Section):
            yield from _places(item.children)


def _text_of(html: object) -> str:
    """Return what a title or a description in HTML says."""
    return unescape(str(Markup(html).striptags())) if html else ""  # noqa: S704  # it is HTML already
