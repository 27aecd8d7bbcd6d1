# pyright: standard
# MkDocs is typed in parts only.
"""Publish each page for readers as plain Markdown too, and `llms.txt`, which lists these texts."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import jinja2
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from imagedocs.incremental.reads import digest_of
from imagedocs.plugin.build import Build
from imagedocs.plugin.generated import add_files
from imagedocs.project.published import publication
from imagedocs.project.texts import text_places
from imagedocs.publishing.llms import OPTIONAL, TextLink, TextSection
from imagedocs.publishing.pages import INDEX

_NOWHERE = "https://site.invalid/"
"""Address of a site that has none, while links are resolved."""


def add_texts(
    build: Build, env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Add the texts of all pages. Call it when all pages are rendered."""
    if build.is_unchanged:
        return env
    texts = _Texts(build, files)
    makers = {text: partial(texts.make, place) for place, text in texts.places.items()}
    add_files(makers, files, config)
    given = publication(build.project, build.locale, build.view.base_url, texts=texts.sections)
    add_files(build.published(given, after_pages=True), files, config)
    return env


class _Texts:
    """Texts of one locale's site."""

    def __init__(self, build: Build, files: Files) -> None:
        self._build = build
        self._pages: dict[str, Page] = {
            file.src_uri: file.page for file in files.documentation_pages() if file.page is not None
        }
        texts = text_places(build.project, build.locale)
        self.places = {place: text for place, text in texts.items() if place in self._pages}
        self._root = urljoin(
            build.view.base_url or _NOWHERE, f"{build.locale.url}/" if build.locale.url else ""
        )
        self._twins = {
            urljoin(self._root, self._pages[place].url): text for place, text in self.places.items()
        }

    def make(self, place: str) -> bytes:
        """Return the text of a page, which an earlier build may have made."""
        page, build = self._pages[place], self._build
        content, title = page.content or "", _text_of(page.title)

        def call() -> bytes:
            from imagedocs.material.markdown_text import markdown_text  # few sites have texts

            return markdown_text(content, title, partial(self._lead, page.url)).encode("utf-8", "replace")

        if build.pages is None:
            return call()
        return build.pages.text(place, digest_of(content, title, self._root, page.url, self._twins), call)

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
        if self._build.view.base_url or not address.startswith(_NOWHERE):
            return address
        path, mark, rest = address.removeprefix(_NOWHERE.rstrip("/")).partition("#")
        slash = "/" if path.endswith("/") else ""
        return posixpath.relpath(path, posixpath.dirname(urlsplit(base).path)) + slash + mark + rest

    def sections(self) -> Sequence[TextSection]:
        """Return links to all texts, in sections: the pages of the menu, images, and what may be left out."""
        messages, images = self._build.messages, self._build.project.image_pages
        menu = self._build.menus.readers
        left = dict.fromkeys(self.places)
        found: list[tuple[str, list[str]]] = [(messages.gettext("Pages"), [])]
        for item in menu.items if menu else ():
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
        return [TextSection(title, tuple(map(self._link, places))) for title, places in found if places]

    def _link(self, place: str) -> TextLink:
        page = self._pages[place]
        description = page.meta.get("description")
        note = _text_of(description) if isinstance(description, str) else ""
        title = _text_of(page.title)
        note = note.removeprefix(f"{title}: ")  # as the descriptions of images begin
        address, text = self._build.view.base_url and self._root, self.places[place]
        return TextLink(title, urljoin(address, text) if address else text, note)


def _places(items: Iterable[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Page):
            yield item.file.src_uri
        elif isinstance(item, Section):
            yield from _places(item.children)


def _text_of(html: object) -> str:
    """Return what a title or a description in HTML says."""
    return unescape(str(Markup(html).striptags())) if html else ""  # noqa: S704  # it is HTML already
