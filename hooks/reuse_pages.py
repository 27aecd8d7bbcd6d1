"""Take pages from an earlier build where this one would make the same: what they hold, and how they are written.

Whole locales are taken in hooks/build_locales.py. This is for one in which something has changed: its other pages
need neither be parsed nor put into the theme's templates again.
"""

import logging
import re
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from imagedocs.project.building import Build
from imagedocs.project.inputs import digest_of
from imagedocs.project.reuse import KeptPage

root_logger = logging.getLogger(get_plugin_logger("reuse_pages").logger.name.partition(".")[0])
TEMPLATE = "main.html"
"""Of the theme, for pages that name no other."""
GENERAL = {"nav", "pages", "config", "page", "base_url", "mkdocs_version", "build_date_utc"}
"""What templates are given that is known from elsewhere, or that none of ours looks at."""
UNKNOWN = re.compile(r"\b(?:build_date_utc|pages)\b|\.content\b")
"""What in a template makes a page depend on the time of the build, or on all pages."""


@event_priority(-100)  # when all others have added their files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Nothing is left to make where the whole site is that of an earlier build."""
    this: Build = config.extra["imagedocs"]
    if not this.is_kept:
        return files
    config.nav = []
    config.theme.static_templates.clear()
    config.extra_templates.clear()
    return Files([])


@event_priority(-100)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Let each page look into the memory before it is rendered."""
    this: Build = config.extra["imagedocs"]
    if this.is_kept:
        return
    addresses = [(file.src_uri, file.url, file.inclusion.name) for file in files]
    this.remember_pages(digest_of(addresses, config.use_directory_urls))
    if this.pages is None or config.validation.links.anchors > logging.DEBUG:
        return  # MkDocs looks for anchors only in pages that it has rendered
    this.menu = nav
    root_logger.addHandler(this.heard)
    for file in files.documentation_pages():
        page = file.page or Page(None, file, config)
        page.__class__ = _Page


class _Page(Page):
    key: str = ""
    """A hash of the page's own text."""
    is_new: bool = False
    """It was rendered, and nothing was said of it."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        this: Build = config.extra["imagedocs"]
        assert this.pages is not None
        place = self.file.src_uri
        path = this.overlay.files.get(place) or f"docs/{this.locale.tag}/{place}"
        self.key = digest_of(path, this.overlay.digest(path), self.markdown)
        kept = this.pages.find(place, self.key)
        if kept is None:
            counted = this.heard.count
            super().render(config, files)
            self.is_new = counted == this.heard.count
        else:
            self.content = kept.html
            self.toc = TableOfContents([_link(entry) for entry in kept.toc])
            if self.toc.items:
                self.toc.items[0].active = True  # type: ignore[attr-defined]  # as MkDocs does it
            self._title_from_render = kept.title
            if kept.brief is not None:
                this.documents.add(place, kept.brief, kept.document)


def _link(entry: list[Any]) -> AnchorLink:
    title, identifier, level, children = entry
    link = AnchorLink(title, identifier, level)
    link.children = [_link(child) for child in children]
    return link


def _entry(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_entry(child) for child in link.children]]


@event_priority(-100)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Remember what has been rendered."""
    this: Build = config.extra["imagedocs"]
    place = page.file.src_uri
    if isinstance(page, _Page) and page.is_new and this.pages and this.trace:
        toc = [_entry(link) for link in page.toc]
        brief = this.documents.briefs.get(place)
        document = this.documents.kept(place) if brief else b""
        kept = KeptPage(html, toc, page._title_from_render, brief, document)
        this.pages.keep(place, page.key, kept, this.trace)


@event_priority(-100)
def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Let the template look into the memory before it writes a page, if all is known that pages depend on."""
    this: Build = config.extra["imagedocs"]
    root_logger.removeHandler(this.heard)
    if (
        this.pages
        and this.inputs
        and not this.inputs.mentions(UNKNOWN)
        and not config.plugins.events["post_page"]
    ):
        pages = [file.page and repr(file.page.meta) for file in files.documentation_pages()]
        this.pages.frame = digest_of(this.inputs.frame(), str(this.menu), pages, this.coverage)
        env.template_class = _Template
    return env


class _Template(jinja2.Template):
    def render(self, *args: Any, **kwargs: Any) -> str:
        context = dict(*args, **kwargs)
        page = context.get("page")
        this: Build = context["config"].extra["imagedocs"]
        if page is None or self.name != TEMPLATE or this.pages is None or not this.pages.frame:
            return super().render(context)
        place = page.file.src_uri
        shown = [
            page.url,
            page.content,
            [_entry(link) for link in page.toc],
            repr(page.title),
            repr(page.meta),
        ]
        shown += [
            page.canonical_url,
            page.edit_url,
            this.overlay.files.get(place),
            repr(this.translation(place)),
        ]
        shown += [(name, repr(context[name])) for name in sorted(context.keys() - GENERAL)]
        shown += [page.previous_page and page.previous_page.url, page.next_page and page.next_page.url]
        if context["nav"] is not this.menu:
            shown.append(str(context["nav"]))
        key = digest_of(this.pages.common, this.pages.frame, shown)
        return this.pages.output(page.file.dest_uri, key) or super().render(context)
