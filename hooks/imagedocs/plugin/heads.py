# pyright: standard
# MkDocs is typed in parts only.
"""Give the templates of pages what their heads say to other programs."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from imagedocs.plugin.build import Build
from imagedocs.project.heads import card_size, is_own_card
from imagedocs.publishing.head_settings import HeadSettings
from imagedocs.publishing.heads import Card, Crumb, Head, day_of, linked_data

_DAYS = ("date", "ms.date")
"""Keys of a page's metadata that give the day of its text."""


def add_head(
    build: Build, context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the template `head`, and for pages that search engines may list `linked_data`, where the project asks for
    heads (`extra.imagedocs.head`)."""
    settings = build.project.settings.head
    if settings is None:
        return context
    title = _text(page.meta.get("title") or page.title)
    head = Head(
        config.site_name if page.is_homepage else title,
        _text(page.meta.get("description") or (page.is_homepage and config.site_description) or ""),
        page.canonical_url or "",
        config.site_name,
        _card(build, settings),
        page.is_homepage,
    )
    context["head"] = head
    if not build.view.is_fallback(page.file.src_uri) and "robots" not in page.meta:
        days = (day_of(_text(page.meta.get(key, ""))) for key in _DAYS)
        modified = next(filter(None, days), None) or day_of(build.view.changed_on.get(page.file.src_uri, ""))
        home = build.view.address(build.locale, "index.md")
        way = tuple(_path(page, config, nav))
        context["linked_data"] = linked_data(head, build.locale.tag, home, modified, way)
    return context


def _card(build: Build, settings: HeadSettings) -> Card | None:
    size = card_size(build.project)
    if size is None or not build.view.base_url:
        return None
    if is_own_card(build.project):
        alt = build.messages.gettext("A list of container images, each with a check mark")
    else:
        alt = build.messages.pgettext("site", settings.card_alt) if settings.card_alt else ""
    return Card(f"{build.view.base_url}{settings.card}", *size, alt)


def _path(page: Page, config: MkDocsConfig, nav: Navigation) -> Iterator[Crumb]:
    """Yield the pages above this one; sections of the menu have no page."""
    if nav.homepage is not None and nav.homepage is not page:
        yield Crumb(config.site_name, nav.homepage.canonical_url or "")
    for above in reversed(list(page.ancestors)):
        if isinstance(above, Page):
            yield Crumb(_text(above.title), above.canonical_url or "")


def _text(value: object) -> str:
    """Return a title or metadata as plain text: what is HTML by now without its tags."""
    text = value.striptags() if isinstance(value, Markup) else unescape(str(value))
    return " ".join(text.split())
