"""Render the list of images and all other pages: Markdown, the theme's templates, and the search index."""

from mkdocs.plugins import CombinedEvent

from imagedocs.plugin import (
    alternates,
    cached_pages,
    dates,
    docfx,
    heads,
    menus,
    pages,
    search,
    texts,
    theme,
)
from imagedocs.plugin.build import at, of_config

on_config = CombinedEvent(
    of_config(90, search.use_settings),  # when the locale is known, and before the search reads its settings
    of_config(0, pages.use_own_extensions),
    of_config(-100, theme.prepare_theme),  # when the theme is as it will be
)

on_pre_build = at(0, search.use_own_index)

on_nav = at(-100, cached_pages.open_pages)  # when the menus are complete

on_page_read_source = at(0, docfx.read_metadata)

on_page_markdown = CombinedEvent(
    at(100, docfx.complete_metadata),  # what is in it is written by people, until plugins add to it
    at(0, pages.prepare_page),
    at(0, search.weigh_page),
)

on_page_content = at(0, pages.gather_page)

on_env = CombinedEvent(
    at(200, pages.speak),  # before plugins that write titles into pages, as that for tags does
    at(0, menus.give_to_templates),
    at(0, dates.add_days),
    at(0, alternates.add_alternates),
    at(0, texts.add_texts),
    at(-100, cached_pages.open_templates),  # when it is known what templates are given
)

on_page_context = CombinedEvent(
    at(0, pages.add_versions),
    at(-10, heads.add_head),  # when it is known which address a page has
)

on_template_context = at(0, pages.find_root)

on_post_build = at(-100, theme.keep_templates)
