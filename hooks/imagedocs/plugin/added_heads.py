# pyright: standard
# MkDocs is typed in parts only.
"""Write into the heads of pages whose templates are not ours: the feeds about a page, its text, and what programs that
show links and search engines learn of a page that is made from the catalog."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from imagedocs.added.settings import AddedSettings
from imagedocs.added.site import AddedSite
from imagedocs.parts import parts
from imagedocs.plugin.added_files import folder_of_language
from imagedocs.plugin.page_heads import page_head, way_to
from imagedocs.problems import Problem, Rule
from imagedocs.publishing.atom import TYPE
from imagedocs.publishing.formats import Publication
from imagedocs.publishing.formats.feeds import ATOM, SETTING, Feeds, path_of
from imagedocs.publishing.heads import Card, linked_data, size_of_png
from imagedocs.suggestions import shown

_END = re.compile(r"</head\s*>", re.IGNORECASE)
_CARDS = re.compile(r"<meta\s[^>]*\bproperty=[\"']?og:", re.IGNORECASE)


class AddedHeads:
    """Heads of the pages of one build."""

    def __init__(
        self,
        site: AddedSite,
        settings: AddedSettings,
        publication: Publication,
        ours: Collection[str],
        config: MkDocsConfig,
        files: Files,
        nav: Navigation,
    ) -> None:
        """`ours` are the site paths of the pages that are made from the catalog."""
        self._site, self._settings, self._publication = site, settings, publication
        self._ours, self._config, self._nav = ours, config, nav
        self._folder = folder_of_language(config)
        self._there = {file.dest_uri: file for file in files}
        self._feeds = Feeds(publication)

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a card that isn't there, or isn't one."""
        head = self._settings.own.head
        if head and head.card and head.card not in self._there:
            message, hint = (
                f"there is no file {shown(head.card)} in the site",
                "put it into the folder of the pages",
            )
            yield Problem(head.card_at, Rule.BROKEN_IMAGE, message, hint)
        elif head and head.card and self._card_size is None:
            message = f"{shown(head.card)} is no PNG file"
            yield Problem(head.card_at, Rule.BROKEN_IMAGE, message, "save the picture as PNG")

    def write(self, html: str, page: Page, text: str, *, has_list: bool) -> str | None:
        """Return the HTML of a page with what its head has to say besides; `None` where that is nothing. `text` is the
        path of the text of the page, and `has_list` is true if the list stands on it."""
        place = page.file.src_uri
        links = [*self._links(page, text, has_list=has_list or place in self._ours)]
        values: dict[str, Any] = {"alternates": links}
        if self._settings.own.head is not None and place in self._ours:
            head = page_head(page, self._config, self._card)
            values |= {"head": head, "has_cards": _CARDS.search(html)}
            if "robots" not in page.meta:
                way = tuple(way_to(page, self._config, self._nav))
                home = self._nav.homepage.canonical_url if self._nav.homepage else None
                tag = self._publication.locale.tag
                values["linked_data"] = linked_data(head, tag, home or "", None, way)
        end = _END.search(html)
        if end is None or not (links or "head" in values):
            return None
        values["asks_alternates"] = self._config.theme.name == "material"
        return f"{html[: end.start()]}{self._template.render(values)}{html[end.start() :]}"

    def _links(self, page: Page, text: str, *, has_list: bool) -> Iterator[Mapping[str, str]]:
        if text:
            yield {"type": "text/markdown", "title": "", "href": posixpath.basename(text)}
        folder = self._publication.folders.get(SETTING)
        own = self._site.images.places.get(page.file.src_uri) if page.file.src_uri in self._ours else None
        for image in (own, None) if own else (None,) if has_list and folder is not None else ():
            path = posixpath.join(self._folder, folder or "", path_of(image, ATOM))
            if folder is not None and path in self._there:
                href = get_relative_url(path, page.url)
                yield {"type": TYPE, "title": self._feeds.title(image), "href": href}

    @cached_property
    def _card_size(self) -> tuple[int, int] | None:
        head = self._settings.own.head
        file = self._there.get(head.card) if head else None
        return size_of_png(file.content_bytes) if file else None

    @cached_property
    def _card(self) -> Card | None:
        head, address = self._settings.own.head, self._config.site_url
        if head is None or self._card_size is None or not address:
            return None
        return Card(f"{address.rstrip('/')}/{head.card}", *self._card_size, head.card_alt)

    @cached_property
    def _template(self) -> jinja2.Template:
        loader = jinja2.FileSystemLoader(parts().theme)
        environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
        return environment.get_template("partials/added.html")
