# pyright: standard
# MkDocs is typed in parts only.
"""Publish each page for readers as plain Markdown too, and `llms.txt`, which lists these texts."""

from functools import partial

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from imagedocs.plugin.build import Build
from imagedocs.plugin.generated import add_files
from imagedocs.plugin.page_texts import PageTexts
from imagedocs.project.published import publication
from imagedocs.project.texts import text_places


def add_texts(
    build: Build, env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Add the texts of all pages. Call it when all pages are rendered."""
    if build.is_unchanged:
        return env
    texts = PageTexts(
        {file.src_uri: file.page for file in files.documentation_pages() if file.page is not None},
        text_places(build.project, build.locale),
        build.view.base_url,
        build.locale.url,
        *(() if build.pages is None else (build.pages.text,)),
    )
    makers = {text: partial(texts.make, place) for place, text in texts.places.items()}
    add_files(makers, files, config)
    menu = build.menus.readers
    sections = partial(texts.sections, menu.items if menu else (), build.project.image_pages, build.messages)
    given = publication(build.project, build.locale, build.view.base_url, texts=sections)
    add_files(build.published(given, after_pages=True), files, config)
    return env
