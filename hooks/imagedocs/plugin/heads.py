# pyright: standard
# MkDocs is typed in parts only.
"""Give the templates of pages what their heads say to other programs."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from imagedocs.markdown.front_matter import read_day
from imagedocs.plugin.build import Build
from imagedocs.plugin.page_heads import page_head, plain, way_to
from imagedocs.project.heads import card_size, is_own_card
from imagedocs.publishing.head_settings import HeadSettings
from imagedocs.publishing.heads import Card, linked_data

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
    head = page_head(page, config, _card(build, settings))
    context["head"] = head
    if not build.view.is_fallback(page.file.src_uri) and "robots" not in page.meta:
        days = (read_day(plain(page.meta.get(key, ""))) for key in _DAYS)
        modified = next(filter(None, days), None) or read_day(
            build.view.changed_on.get(page.file.src_uri, "")
        )
        home = build.view.address(build.locale, "index.md")
        way = tuple(way_to(page, config, nav))
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
