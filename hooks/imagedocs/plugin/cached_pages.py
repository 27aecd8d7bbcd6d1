# pyright: standard
# MkDocs is typed in parts only.
"""Take rendered and written pages from an earlier build where this one would make the same.

`imagedocs.plugin.localize` takes whole sites. This module is for a site in which something has changed: pages that the
change doesn't concern are neither parsed nor put into the theme's templates again.
"""

import logging
from dataclasses import fields
from glob import escape
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from imagedocs.build.page_cache import RenderedPage
from imagedocs.incremental.reads import digest_of, glob, raw_digest
from imagedocs.material.templates import depends_on_all_pages
from imagedocs.parts import parts
from imagedocs.plugin.build import Build, WarningCount, build_of, root_logger
from imagedocs.plugin.pages import gather_document, permalink_titles
from imagedocs.plugin.settings import project_path

TEMPLATE = "main.html"
"""Template of the theme for pages that name no other."""
GENERAL = {"nav", "pages", "config", "page", "base_url", "mkdocs_version", "build_date_utc"}
"""Names of values for templates that are compared elsewhere, or that none of our templates uses."""


def open_pages(build: Build, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Make each page look for its rendered form in the cache before it is rendered."""
    build.menus.readers = nav
    if build.is_unchanged or build.reuse is None:
        return
    addresses = [(file.src_uri, file.url, file.inclusion.name) for file in files]
    options = build.docset.options
    values = {each.name: getattr(options, each.name) for each in fields(options)}
    told = {name: repr(value) for name, value in values.items() if not callable(value)}
    glossary, hosts = build.project.glossary, sorted(build.project.image_hosts)
    kept = [hosts, build.project.catalog.portal, bool(glossary.kept or glossary.terms)]
    build.pages = build.reuse.pages(build.locale, [addresses, told, kept])
    if config.validation.links.anchors > logging.DEBUG:
        return  # MkDocs looks for anchors only in pages that it has rendered
    for file in files.documentation_pages():
        page = file.page or Page(None, file, config)
        # MkDocs makes the pages of the navigation itself, with their titles, and asks nobody of which class.
        page.__class__ = _CachedPage


class _CachedPage(Page):
    """Page that is rendered only if no earlier build has rendered the same."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the page, or take it from the cache."""
        build = build_of(config)
        assert build.pages is not None
        place, known = self.file.src_uri, build.gathered.documents

        def render() -> RenderedPage:
            heard = WarningCount()
            root_logger.addHandler(heard)
            try:
                super(_CachedPage, self).render(config, files)
            finally:
                root_logger.removeHandler(heard)
            gather_document(build, place, config)
            summary = known.summaries.get(place)
            return RenderedPage(
                self.content or "",
                [_entry(link) for link in self.toc],
                self._title_from_render,
                summary,
                known.kept(place) if summary else b"",
                is_silent=not heard.count,
            )

        path = build.overlay.files.get(place) or f"docs/{build.locale.tag}/{place}"
        given = digest_of(path, build.overlay.digest(path), self.markdown, permalink_titles(config))
        page = build.pages.rendered(place, given, render)
        if page is None:
            return
        self.content = page.html
        self.toc = TableOfContents([_link(entry) for entry in page.toc])
        if self.toc.items:
            self.toc.items[0].active = True  # type: ignore[attr-defined]  # as MkDocs does it
        self._title_from_render = page.title
        if page.summary is not None:
            known.add(place, page.summary, page.document)


def _link(entry: list[Any]) -> AnchorLink:
    title, identifier, level, children = entry
    link = AnchorLink(title, identifier, level)
    link.children = [_link(child) for child in children]
    return link


def _entry(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_entry(child) for child in link.children]]


def open_templates(
    build: Build, env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Make each page look for its written form in the cache before it is written, if it is known what pages depend
    on."""
    if build.pages is None or config.plugins.events["post_page"]:
        return env
    theme, templates = _theme_files(build, config)
    if not depends_on_all_pages(templates):
        metadata = [file.page and repr(file.page.meta) for file in files.documentation_pages()]
        build.pages.theme = digest_of(theme, str(build.menus.readers), metadata, build.view.coverage)
        env.template_class = _Template  # where Jinja lets the class of templates be chosen
    return env


def _theme_files(build: Build, config: MkDocsConfig) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the files in the theme's folders that lie in the project, each with a hash, and the paths of all templates
    but Material's. Jinja reads files whatever their names begin with, and wherever links lead. Files of installed
    packages differ only with the versions of these."""
    root = build.project.root
    found: list[tuple[str, str]] = []
    templates: list[str] = []
    for name in (project_path(config, folder) for folder in config.theme.dirs):
        if name is not None:
            found += ((path, raw_digest(root, path)) for path in glob(root, f"{escape(name)}/**/*"))
            templates += (str(root / path) for path, _ in found if path.endswith(".html"))
    templates += map(str, parts().theme.rglob("*.html"))
    return found, templates


class _Template(jinja2.Template):
    """Template that writes a page only if no earlier build has written the same."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the page that the template makes from its context, or take it from the cache."""
        context = dict(*args, **kwargs)
        page = context.get("page")
        build = build_of(context["config"])
        if page is None or self.name != TEMPLATE or build.pages is None or not build.pages.theme:
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
            build.overlay.files.get(place),
            repr(build.view.translation(place)),
            repr(build.view.alternates.get(place)),
        ]
        shown += [(name, repr(context[name])) for name in sorted(context.keys() - GENERAL)]
        shown += [page.previous_page and page.previous_page.url, page.next_page and page.next_page.url]
        shown += [(repr(each.title), getattr(each, "url", "")) for each in page.ancestors]
        if context["nav"] is not build.menus.readers:
            shown.append(str(context["nav"]))
        write = super().render
        return build.pages.written(page.file.dest_uri, digest_of(shown), lambda: write(context))
