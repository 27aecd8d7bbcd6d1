"""Give the search of each locale its settings and its index; the search itself stays Material's."""

import inspect
import math
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from imagedocs.material.search import (
    Entry,
    Language,
    as_one,
    entries_of,
    language_of,
    render_index,
    search_settings,
)
from imagedocs.project.building import Build
from imagedocs.rendering.html import search_html

log = get_plugin_logger("index_search")

LESS, LEAST = 0.1, 0.0001
"""What a page that no menu shows is worth, and one in another language, compared with others. Material makes a word
in a title worth a thousand in a text: so much that a title in another language would come before all."""

METHODS = {"add_entry_from_context": ["page"], "generate_search_index": ["prev"]}
"""What Material's search plugin calls on its index, and with what."""


@event_priority(90)  # when the locale is known, and before the search plugin reads its settings
def on_config(config: MkDocsConfig) -> None:
    """Put in the settings of the locale."""
    plugin = _plugin(config)
    if plugin is not None:
        plugin.config.update(search_settings(_language(config), _locale(config).search.language))
        config.extra["search_particles"] = _language(config).particles


def on_pre_build(config: MkDocsConfig) -> None:
    """Put our index in the place of the one that the plugin has just made, if that is the one we know."""
    plugin = _plugin(config)
    if plugin is None or not plugin.config.get("enabled", True):
        return
    theirs = getattr(plugin, "search_index", None)
    if all(_parameters(theirs, name) == parameters for name, parameters in METHODS.items()):
        plugin.search_index = _Index(_language(config), plugin.config, config.extra["imagedocs"])
    else:
        log.info("This version of Material's search is not known: its own index is used")


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Let pages come first that are in the reader's language, and in the navigation; leave out what is not for
    readers."""
    this: Build = config.extra["imagedocs"]
    is_foreign = this.is_fallback(page.file.src_uri)
    if this.is_for_contributors(page.file.src_uri):
        page.meta["search"] = {"exclude": True}
    elif is_foreign or page.file.inclusion.is_not_in_nav():
        given = page.meta.get("search")
        boost = LEAST if is_foreign else LESS
        page.meta["search"] = {"boost": boost, **(given if isinstance(given, dict) else {})}


class _Index:
    """What Material's plugin takes for its own `SearchIndex`."""

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
        known, key, pages = None, "", self.build.pages
        if pages is not None:
            key, known = pages.search(page.file.src_uri, page.content, page.url, title, tags, boost, is_one)
        if known is not None:
            self.entries += [
                Entry(location, head, text, tags, boost, language) for location, head, text in known
            ]
            return
        entries = entries_of(page.content or "", page.url, title, tags=tags, boost=boost, language=language)
        entries = as_one(entries) if is_one else entries
        self.entries += entries
        if pages is not None:
            rows = [(entry.location, entry.title, entry.text) for entry in entries]
            pages.keep_search(page.file.src_uri, key, rows)

    def _language_of(self, place: str) -> tuple[str, str] | None:
        """Of a page that is shown in another language than the reader's."""
        if not self.build.is_fallback(place):
            return None
        source = self.build.source_of(place)
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


def _locale(config: MkDocsConfig) -> Any:
    return config.extra["imagedocs"].locale


def _language(config: MkDocsConfig) -> Language:
    locale = _locale(config)
    return language_of(locale.tag, locale.search)


def _parameters(index: object, name: str) -> list[str]:
    method = getattr(index, name, None)
    return list(inspect.signature(method).parameters) if callable(method) else []


def _number(value: object) -> float | None:
    """A boost, if it is one that JSON and lunr can read."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value > 0 else None
