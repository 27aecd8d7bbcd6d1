# pyright: standard
# MkDocs is typed in parts only.
"""Write menus in the reader's language, and link to pages that exist only in another language: from menus, and from
the addresses that the pages would have here."""

from pathlib import PurePosixPath
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from imagedocs.docfx.redirects import render_redirect
from imagedocs.material.templates import mark_title
from imagedocs.plugin.build import Build


class _LinkedPage(File):
    """Small page that leads to another language. It isn't rendered, and no search finds it."""

    def is_documentation_page(self) -> bool:
        return False


def add_doors(build: Build, files: Files, config: MkDocsConfig) -> Files:
    """Add a small page at the address of each page that this language lacks on purpose."""
    if build.is_unchanged:
        return files
    linked = build.overlay.linked
    for place in linked.pages:
        locale = build.project.locale(linked.places[place][0])
        sentence = build.messages.gettext("This page is available in %(language)s only.")
        sentence %= {"language": build.view.language_name(locale)}
        href = linked.href(place, place)
        html = render_redirect(href, build.view.address(locale, place) or href, build.locale.tag, sentence)
        file = _LinkedPage.generated(config, place, content=html, inclusion=InclusionLevel.NOT_IN_NAV)
        file.dest_uri = File.generated(config, place, content="").dest_uri  # a page's, not a file's
        files.append(file)
    return files


def write_menu(build: Build, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Write the titles of sections in the reader's language, and escape the titles of links. Pages keep their own
    titles; pages in another language become links."""
    nav.items = [_written(item, build) for item in nav.items]
    pages = [page for page in nav.pages if not isinstance(page.file, _LinkedPage)]
    if len(pages) == len(nav.pages):
        return nav
    nav.pages = pages
    around = [None, *nav.pages, None]
    for before, page, after in zip(around, nav.pages, around[2:], strict=False):
        page.previous_page, page.next_page = before, after
    return nav


def _written(item: Any, build: Build) -> Any:
    if isinstance(item, Section):
        item.title = escape(build.messages.pgettext("site", item.title))
        item.children = [_written(child, build) for child in item.children]
        for child in item.children:
            child.parent = item
    elif isinstance(item, Link):
        item.title = escape(item.title or item.url)
    elif isinstance(item, Page) and isinstance(item.file, _LinkedPage):
        place = item.file.src_uri
        tag, address = build.overlay.linked.places[place]
        locale = build.project.locale(tag)
        link: Any = Link(escape(item.title or _title(f"docs/{tag}/{place}", build)), address)
        link.place = place
        mark_title(link, locale.tag, locale.direction)
        return link
    return item


def _title(path: str, build: Build) -> str:
    from imagedocs.markdown import parse  # here: a build that renders nothing needs no parser

    source = build.overlay.read(path)
    parsed = parse(source, build.overlay, page=build.docset.options) if source else None
    return (parsed and parsed.document.title) or PurePosixPath(path).stem
