"""Write menus in the reader's language, and lead to pages that exist in another language only: from menus, and from the
addresses that they have here."""

from pathlib import PurePosixPath
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from imagedocs.docfx.redirects import render_redirect
from imagedocs.markdown import parse
from imagedocs.material.templates import mark_title
from imagedocs.project.building import Build


class _LinkedPage(File):
    """A small page that leads to another language. It is not rendered, nor found by a search."""

    def is_documentation_page(self) -> bool:
        return False


@event_priority(50)  # when the project's own files are laid out
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put a small page at the address of each page that this language lacks on purpose."""
    this: Build = config.extra["imagedocs"]
    if this.is_kept:
        return files
    linked = this.overlay.linked
    for place in linked.pages:
        locale = this.project.locale(linked.places[place][0])
        sentence = this.messages.gettext("This page is available in %(language)s only.")
        sentence %= {"language": this.language_name(locale)}
        href = linked.href(place, place)
        html = render_redirect(href, this.address(locale, place) or href, this.locale.tag, sentence)
        file = _LinkedPage.generated(config, place, content=html, inclusion=InclusionLevel.NOT_IN_NAV)
        file.dest_uri = File.generated(config, place, content="").dest_uri  # a page's, not a file's
        files.append(file)
    return files


@event_priority(50)  # before menus are taken apart
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Write the titles of sections in the reader's language, and those of links: both are text. Those of pages are
    their own. Pages in another language become links."""
    this: Build = config.extra["imagedocs"]
    nav.items = [_written(item, this) for item in nav.items]
    pages = [page for page in nav.pages if not isinstance(page.file, _LinkedPage)]
    if len(pages) == len(nav.pages):
        return nav
    nav.pages = pages
    around = [None, *nav.pages, None]
    for before, page, after in zip(around, nav.pages, around[2:], strict=False):
        page.previous_page, page.next_page = before, after
    return nav


def _written(item: Any, this: Build) -> Any:
    if isinstance(item, Section):
        item.title = escape(this.messages.pgettext("site", item.title))
        item.children = [_written(child, this) for child in item.children]
        for child in item.children:
            child.parent = item
    elif isinstance(item, Link):
        item.title = escape(item.title or item.url)
    elif isinstance(item, Page) and isinstance(item.file, _LinkedPage):
        place = item.file.src_uri
        tag, address = this.overlay.linked.places[place]
        locale = this.project.locale(tag)
        link: Any = Link(escape(item.title or _title(f"docs/{tag}/{place}", this)), address)
        link.place = place
        mark_title(link, locale.tag, locale.direction)
        return link
    return item


def _title(path: str, this: Build) -> str:
    source = this.overlay.read(path)
    parsed = parse(source, this.overlay, page=this.docset.options) if source else None
    return (parsed and parsed.document.title) or PurePosixPath(path).stem
