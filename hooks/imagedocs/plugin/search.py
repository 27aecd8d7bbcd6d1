# pyright: standard
# MkDocs is typed in parts only.
"""Give Material's search the settings and the index of each locale."""

import inspect
import math
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from imagedocs.incremental.reads import digest_of
from imagedocs.material.search import (
    Entry,
    Language,
    as_one,
    entries_of,
    language_of,
    render_index,
    search_settings,
)
from imagedocs.plugin.build import Build, log
from imagedocs.rendering.html import search_html

OUTSIDE_NAV_BOOST, FALLBACK_BOOST = 0.1, 0.0001
"""Rank of a page that no menu shows, and of one in another language, compared with others. In Material's search, a word
in a title counts a thousand times as much as one in a text, so a title in another language would come first."""

METHODS = {"add_entry_from_context": ["page"], "generate_search_index": ["prev"]}
"""Methods of the index that Material's search plugin calls, with their parameters."""


def use_settings(build: Build, config: MkDocsConfig) -> None:
    """Set the options of the search for the locale."""
    plugin = _plugin(config)
    if plugin is not None:
        plugin.config.update(search_settings(_language(build), build.locale.search.language))
        config.extra["search_particles"] = _language(build).particles


def use_own_index(build: Build, config: MkDocsConfig) -> None:
    """Replace the index that the plugin has just made by our own, if the plugin's index has the known methods."""
    plugin = _plugin(config)
    if plugin is None or not plugin.config.get("enabled", True):
        return
    theirs = getattr(plugin, "search_index", None)
    if all(_parameters(theirs, name) == parameters for name, parameters in METHODS.items()):
        plugin.search_index = _Index(_language(build), plugin.config, build)
    else:
        log.info("This version of Material's search is not known: its own index is used")


def weigh_page(build: Build, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Rank pages first that are in the reader's language and in the navigation; leave out pages that aren't for
    readers."""
    is_foreign = build.view.is_fallback(page.file.src_uri)
    if build.view.is_for_contributors(page.file.src_uri):
        page.meta["search"] = {"exclude": True}
    elif is_foreign or page.file.inclusion.is_not_in_nav():
        given = page.meta.get("search")
        boost = FALLBACK_BOOST if is_foreign else OUTSIDE_NAV_BOOST
        page.meta["search"] = {"boost": boost, **(given if isinstance(given, dict) else {})}


class _Index:
    """Index with the methods of the plugin's own `SearchIndex`."""

    def __init__(self, language: Language, settings: Any, build: Build) -> None:
        self.build = build
        self.language = language
        self.settings = settings
        self.entries: list[Entry] = []

    def add_entry_from_context(self, page: Page) -> None:
        given = page.meta.get("search")
        options: dict[str, Any] = given if isinstance(given, dict) else {}
        if options.get("exclude"):
            return
        tags = page.meta.get("tags")
        title = search_html(page.meta.get("title") or page.title or "")
        tags = tuple(search_html(tag) for tag in tags if tag) if isinstance(tags, list) else ()
        boost = _number(options.get("boost"))
        language = self._language_of(page.file.src_uri)
        is_one = page.file.src_uri in self.build.project.image_pages.places  # whose headings are all the same
        content = page.content or ""

        def rows() -> list[tuple[str, str, str]]:
            entries = entries_of(content, page.url, title)
            entries = as_one(entries) if is_one else entries
            return [(entry.location, entry.title, entry.text) for entry in entries]

        if (pages := self.build.pages) is None:
            found = rows()
        else:
            found = pages.search_entries(page.file.src_uri, digest_of(content, page.url, title, is_one), rows)
        self.entries += [Entry(location, head, text, tags, boost, language) for location, head, text in found]

    def _language_of(self, place: str) -> tuple[str, str] | None:
        """Return tag and direction of the language of a page that isn't in the reader's language; `None` for others."""
        if not self.build.view.is_fallback(place):
            return None
        source = self.build.view.source_of(place)
        return source.tag, source.direction

    def generate_search_index(self, prev: "_Index | None") -> str:
        if prev is not None:  # `mkdocs serve --dirty` has built some pages only
            built = {entry.location.partition("#")[0] for entry in self.entries}
            others = [entry for entry in prev.entries if entry.location.partition("#")[0] not in built]
            self.entries = [*others, *self.entries]
        settings = {name: self.settings[name] for name in ("lang", "separator", "pipeline", "fields")}
        if (pages := self.build.pages) is None:
            return render_index(self.entries, self.language, settings)
        return render_index(self.entries, self.language, settings, pages.indexed)


def _plugin(config: MkDocsConfig) -> Any:
    return config.plugins.get("material/search")


def _language(build: Build) -> Language:
    return language_of(build.locale.tag, build.locale.search)


def _parameters(index: object, name: str) -> list[str]:
    method = getattr(index, name, None)
    return list(inspect.signature(method).parameters) if callable(method) else []


def _number(value: object) -> float | None:
    """Return a boost that JSON and lunr can read; `None` for any other value."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value > 0 else None
