# pyright: standard
# MkDocs is typed in parts only.
"""Add files to a site that is not built by imagedocs: those that it asks for besides pages, and its pages as texts."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from pathspec import GitIgnoreSpec

from imagedocs.added.settings import AddedSettings
from imagedocs.added.site import AddedSite
from imagedocs.plugin.files import address_of, published_file
from imagedocs.plugin.page_texts import PageTexts
from imagedocs.problems import Problem
from imagedocs.publishing.formats import Maker, Publication
from imagedocs.publishing.formats.llms import SETTING as LLMS


def add_published(
    makers: Mapping[str, Maker], files: Files, config: MkDocsConfig, settings: AddedSettings
) -> list[Problem]:
    """Add the files that the site asks for besides pages. Return a problem for each whose place is taken."""
    there = {file.dest_uri: file for file in files}
    problems: list[Problem] = []
    for place, make in makers.items():
        file = of_language(published_file(config, place, make), config)
        if file.dest_uri in there:
            setting = next(
                name
                for name, folder in settings.folders.items()
                if f"{place}/".startswith(f"{folder}/" if folder else "")
            )
            problems.append(settings.collision(setting, file.dest_uri, there[file.dest_uri].src_uri))
        else:
            files.append(file)
    return problems


def add_texts(
    site: AddedSite,
    settings: AddedSettings,
    publication: Publication,
    files: Files,
    nav: Navigation,
    config: MkDocsConfig,
) -> tuple[Mapping[str, str], list[Problem]]:
    """Add the text of each rendered page, and the file that lists them, where the site asks for them. Return the path of
    the text of each page by the page's path, and the problems."""
    if LLMS not in settings.folders:
        return {}, []
    apart = GitIgnoreSpec.from_lines(settings.own.contributors)
    pages: dict[str, Any] = {
        file.src_uri: file.page for file in files.documentation_pages() if file.page is not None
    }
    there = {file.dest_uri: file for file in files}
    places = {
        place: f"{page.file.dest_uri.removesuffix('.html')}.md"
        for place, page in pages.items()
        if not apart.match_file(place) and place not in site.changes.old_lists
    }
    problems = [
        settings.collision(LLMS, text, there[text].src_uri) for text in places.values() if text in there
    ]
    texts = PageTexts(
        pages, {place: text for place, text in places.items() if text not in there}, address_of(config)
    )
    for place, text in texts.places.items():
        files.append(published_file(config, text, partial(texts.make, place)))
    given = replace(
        publication,
        texts=partial(
            texts.sections, nav.items, site.images, publication.messages, folder_of_language(config)
        ),
    )
    makers = site.published(given, after_pages=True)
    return texts.places, [*problems, *add_published(makers, files, config, settings)]


def of_language(file: File, config: MkDocsConfig) -> File:
    """Put a generated file into the folder of the language that mkdocs-static-i18n builds now."""
    if folder := folder_of_language(config):
        file.dest_uri = f"{folder}/{file.dest_uri}"
    return file


def folder_of_language(config: MkDocsConfig) -> str:
    """Return the folder of the language that mkdocs-static-i18n builds now; empty for the root of the site."""
    plugin: Any = config.plugins.get("i18n")
    language = getattr(plugin, "current_language", None)
    return str(language) if language and language != plugin.default_language else ""
