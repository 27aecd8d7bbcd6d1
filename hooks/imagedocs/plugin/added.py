# pyright: standard
# MkDocs is typed in parts only.
"""Handle the events of MkDocs in a site that is not built by imagedocs: put in what pages ask for, and check the site.

What is put in is there before the page is rendered, after other plugins have changed the text. Everything is judged
after the last page is rendered, before any is written.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from imagedocs.added.checking import check_added
from imagedocs.added.judging import BuiltPage, BuiltSite
from imagedocs.added.settings import read_settings
from imagedocs.added.site import AddedSite
from imagedocs.added.styles import PLACE, list_styles
from imagedocs.errors import CannotRun
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.reads import end_recording
from imagedocs.plugin.added_files import add_published, add_texts, of_language
from imagedocs.plugin.added_heads import AddedHeads
from imagedocs.plugin.duplicate_messages import DuplicateMessages
from imagedocs.plugin.files import address_of, is_navigation, published_file
from imagedocs.problems import Problem, Severity
from imagedocs.programs import typable_problems
from imagedocs.publishing.pages import INDEX
from imagedocs.reports.plain import render_plain
from imagedocs.reports.surroundings import Surroundings
from imagedocs.site_markdown.blocks import InsertedBlocks
from imagedocs.site_markdown.insertion import put_in, style_sheet
from imagedocs.today import today

log = get_plugin_logger("imagedocs")
_EXTRA = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "objects.inv"})
"""Files that MkDocs and well-known plugins write beside pages."""
_ELSEWHERE = frozenset({"i18n", "mike"})
"""Plugins that publish parts of a site apart, so that an address of the site may lead to another part."""


class AddedPages:
    """Handlers of the events of one site. A plugin for languages may build it several times."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._duplicates = DuplicateMessages()

    @event_priority(-50)
    def on_config(self, config: MkDocsConfig) -> None:
        """Read the settings and the catalog."""
        end_recording()
        self._root = Path(config.config_file_path).parent.resolve()
        self._settings = read_settings(Path(config.config_file_path), config.extra.get("imagedocs"))
        try:
            day = today()
        except CannotRun as error:
            raise PluginError(str(error)) from error
        self._site = AddedSite(self._root, Arguments(day), self._settings.folders, self._settings.own.owner)
        self._problems = [*self._settings.problems]
        self._duplicates.begin(log.logger.name.partition(".")[0])
        self._has_lists = False
        self._pages: dict[str, BuiltPage] = {}
        self._put_in: dict[str, dict[int, str]] = {}
        self._ours: frozenset[str] = frozenset()
        if not any(isinstance(each, InsertedBlocks) for each in config.markdown_extensions):
            extensions: list[Any] = config.markdown_extensions
            extensions.append(InsertedBlocks())

    @event_priority(-110)  # after plugins that make all files again, such as those for languages
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages of images."""
        language = _language(config)
        self._publication = publication = self._site.publication(
            language,
            address_of(config),
            config.site_name,
            config.site_description or "",
            directory_urls=config.use_directory_urls,
        )
        for setting, message, hint in self._site.needs(publication):
            self._problems.append(self._settings.lacking(setting, message, hint))
        published = self._site.published(publication)
        ours: list[str] = []
        for place, pages in self._site.pages.items():
            if (there := files.get_file_from_path(place)) is not None:
                self._problems.append(
                    self._settings.collision(
                        "images" if pages is self._site.images else "changes",
                        place,
                        there.abs_src_path or place,
                    )
                )
                continue
            text, problems = self._site.page_of(place, language, publication, published)
            self._problems += problems
            file: Any = File.generated(config, place, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
            file.edit_uri = None
            files.append(of_language(file, config))
            ours.append(place)
        self._ours = frozenset(ours)
        self._problems += add_published(published, files, config, self._settings)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Put the pages of images below the list of all images: breadcrumbs lead to it."""
        self._nav = nav
        for place in self._ours:
            above = files.get_file_from_path(self._site.pages[place].place(INDEX))
            file = files.get_file_from_path(place)
            if above and file and file is not above:
                page: Any = file.page or Page(None, file, config)
                page.parent = above.page or Page(None, above, config)

    @event_priority(-90)  # after plugins that change the text, such as macros
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Put the list where the page asks for it."""
        place = page.file.src_uri
        path = self._path(page.file)
        requests, problems = self._site.requests(markdown, path or place)
        self._problems += problems
        styles = style_sheet(get_relative_url(PLACE, page.url))
        replacements: dict[int, str] = {}
        for request in requests:
            text, wrong = self._site.list_for(request, markdown, place, _language(config))
            self._problems += wrong
            replacements[request.line] = f"{'' if replacements else styles}\n{text}"
        self._put_in[place] = replacements
        self._pages[place] = BuiltPage(
            place,
            page.file.dest_uri,
            path,
            _text_of(page.file) if path else "",
            markdown,
            "",
            partial(self._render, config, replacements),
            bool(replacements),
            "" if path and markdown in _text_of(page.file) else _maker(page.file, config),
            place in self._ours,
            is_navigation(page.file, config),
        )
        self._has_lists = self._has_lists or bool(replacements) or place in self._ours
        shown = put_in(markdown, replacements)
        if place in self._ours and not replacements:
            heading, end, rest = shown.lstrip("\n").partition(
                "\n"
            )  # MkDocs takes the title of a page from its first element
            return f"{heading}{end}\n{styles}\n{rest}"
        return shown if replacements else None

    @event_priority(100)  # before plugins that change the HTML
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Keep what the page became, for the checks."""
        place = page.file.src_uri
        if place in self._pages:
            self._pages[place] = replace(self._pages[place], html=html)

    @event_priority(-100)  # after plugins that change links, such as autorefs
    def on_env(self, env: object, *, config: MkDocsConfig, files: Files) -> None:
        """Check the site, and log its problems as warnings, which `--strict` makes fatal."""
        if self._has_lists and files.get_file_from_path(PLACE) is None:
            files.append(published_file(config, PLACE, list_styles()))
        self._texts, wrong = add_texts(
            self._site, self._settings, self._publication, files, self._nav, config
        )
        self._heads = AddedHeads(
            self._site, self._settings, self._publication, self._ours, config, files, self._nav
        )
        self._problems += (*wrong, *self._heads.problems())
        built = self._built(config, files)
        problems = check_added(self._site, built, self._problems, self._settings.levels)
        self._duplicates.release(built.told)
        for problem in problems:
            level = logging.INFO if problem.severity is Severity.SUGGESTION else logging.WARNING
            log.log(level, render_plain(typable_problems([problem]), Surroundings()).rstrip("\n"))
        self.found = problems
        failing = sum(problem.severity is not Severity.SUGGESTION for problem in problems)
        if config.strict and failing and not log.isEnabledFor(logging.WARNING):
            # `mkdocs -q` drops warnings before they are counted, and would call the build a success.
            raise PluginError(f"{failing} problems in strict mode; leave out -q to see them")

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str | None:
        """Complete the head of the page, where the site asks for it."""
        place = page.file.src_uri
        has_list = bool(self._put_in.get(place))
        return self._heads.write(output, page, self._texts.get(place, ""), has_list=has_list)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Let MkDocs say everything again."""
        self._duplicates.end()

    def on_build_error(self, *, error: Exception) -> None:
        """Let MkDocs say everything again."""
        self._duplicates.end()

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: object) -> None:
        """Build the site again when the catalog has changed."""
        for folder in ("catalog", "includes", "locales"):
            if (self._root / folder).is_dir():
                server.watch(str(self._root / folder))

    def _render(self, config: MkDocsConfig, replacements: dict[int, str], text: str) -> str:
        """Render Markdown as the site does, but with addresses as they are written."""
        reader = markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )
        return reader.convert(put_in(text, replacements) if replacements else text)

    def _built(self, config: MkDocsConfig, files: Files) -> BuiltSite:
        docs = os.path.relpath(config.docs_dir, self._root).replace(os.sep, "/")
        included = [file for file in files if not file.inclusion.is_excluded()]
        apart = not _ELSEWHERE.isdisjoint(config.plugins)
        return BuiltSite(
            "" if docs == "." else f"{docs}/",
            os.path.basename(config.config_file_path),
            [*self._pages.values()],
            {file.dest_uri: file.dest_uri for file in included if not file.is_documentation_page()},
            dict(_redirects(config)),
            "" if apart else address_of(config),
            config.use_directory_urls,
            partial(_is_extra, config),
        )

    def _path(self, file: File) -> str:
        """Return the project path of a page's source; empty for a page that a plugin has made."""
        if file.generated_by or not file.abs_src_path or not file.src_dir:
            return ""
        if not os.path.realpath(file.abs_src_path).startswith(os.path.realpath(file.src_dir)):
            return ""
        return os.path.relpath(file.abs_src_path, self._root).replace(os.sep, "/")


def _language(config: MkDocsConfig) -> str:
    """Return the language of the pages that are built now, as the theme names it."""
    language = config.theme.get("language")
    if language:
        return str(language)
    return str(config.theme.get("locale") or "en")


def _text_of(file: File) -> str:
    try:
        return Path(file.abs_src_path or "").read_text("utf-8-sig")
    except (OSError, ValueError):
        return ""


def _maker(file: File, config: MkDocsConfig) -> str:
    """Return the plugin that has made a page; else those that change the text of pages, and so may have changed it."""
    if file.generated_by and file.generated_by != "imagedocs":
        return f"the plugin {file.generated_by}"
    names = [
        name
        for name, plugin in config.plugins.items()
        if hasattr(plugin, "on_page_markdown") and not isinstance(plugin, AddedPages) and name != "imagedocs"
    ]
    return f"a plugin ({', '.join(names)})" if names else "a plugin"


def _redirects(config: MkDocsConfig) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the pages that mkdocs-redirects leads on from; see `BuiltSite.moved`."""
    plugin: Any = config.plugins.get("redirects")
    for old, new in (plugin.config.get("redirect_maps") or {}).items() if plugin is not None else ():
        target, mark, fragment = str(new).partition("#")
        yield str(old), (target if target.endswith(".md") else "", f"{mark}{fragment}")


def _is_extra(config: MkDocsConfig, file: str) -> bool:
    """Return whether the theme, MkDocs or a well-known plugin adds a file to the site."""
    return file in _EXTRA or any(os.path.isfile(os.path.join(folder, file)) for folder in config.theme.dirs)
