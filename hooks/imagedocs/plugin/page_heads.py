# pyright: standard
# MkDocs is typed in parts only.
"""Say of a page of MkDocs what its head tells other programs."""

from collections.abc import Iterator
from html import unescape

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from imagedocs.publishing.heads import Card, Crumb, Head


def page_head(page: Page, config: MkDocsConfig, card: Card | None) -> Head:
    """Return what the page says of itself."""
    title = plain(page.meta.get("title") or page.title)
    return Head(
        config.site_name if page.is_homepage else title,
        plain(page.meta.get("description") or (page.is_homepage and config.site_description) or ""),
        page.canonical_url or "",
        config.site_name,
        card,
        page.is_homepage,
    )


def way_to(page: Page, config: MkDocsConfig, nav: Navigation) -> Iterator[Crumb]:
    """Yield the pages above this one; sections of the menu have no page."""
    if nav.homepage is not None and nav.homepage is not page:
        yield Crumb(config.site_name, nav.homepage.canonical_url or "")
    for above in reversed(list(page.ancestors)):
        if isinstance(above, Page):
            yield Crumb(plain(above.title), above.canonical_url or "")


def plain(value: object) -> str:
    """Return a title or metadata as plain text: what is HTML by now without its tags."""
    text = value.striptags() if isinstance(value, Markup) else unescape(str(value))
    return " ".join(text.split())
