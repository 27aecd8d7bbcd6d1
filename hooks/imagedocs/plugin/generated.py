# pyright: standard
# MkDocs is typed in parts only.
"""Add generated files: the pages that are made from the catalog, the page on translations, and the files that are
published besides pages."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from imagedocs.freshness import render_page
from imagedocs.locales import Formats
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.plugin.build import Build, log
from imagedocs.plugin.files import published_file
from imagedocs.project.published import publication
from imagedocs.project.translations import status
from imagedocs.publishing.formats import Maker
from imagedocs.publishing.pages import INDEX
from imagedocs.schemas import published_schemas

COVERAGE = "translations.md"
"""Site path of the page that says how much is translated."""


def add_catalog_pages(build: Build, files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of images, the page that lists them, and those that say what changed. Their "Edit this page" leads to the catalog."""
    if build.is_unchanged:
        return files
    for path, place in build.overlay.generated.items():
        source = build.overlay.read(path)
        file: Any = File.generated(
            config, place, content=source.text if source else "", inclusion=InclusionLevel.NOT_IN_NAV
        )
        position = build.project.catalog_pages[place].position(place)
        file.edit_uri = f"../{CATALOG_PATH}" + (f"#L{position.line}" if position else "")
        files.append(file)
    return files


def place_below_list(build: Build, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Put the pages of images below the list of all images, and those of days below the page that says what changed: the
    menu shows it as active, and breadcrumbs lead to it."""
    images = files.get_file_from_path(build.project.image_pages.place(INDEX))
    build.view.images_door = images.url if images else None
    for place in build.overlay.generated.values():
        above = files.get_file_from_path(build.project.catalog_pages[place].place(INDEX))
        file = files.get_file_from_path(place)
        if above and file and file is not above:
            page: Any = file.page or Page(None, file, config)
            page.parent = above.page or Page(None, above, config)


def add_coverage_page(build: Build, files: Files, config: MkDocsConfig) -> Files:
    """Add the page that says how much of the site is translated, and how well. A project that isn't translated has no
    such page, and one that has its own keeps it."""
    locales = build.project.locales
    tags = [locale.tag for locale in locales.published if locale in locales.translated]
    if build.is_unchanged or not tags or COVERAGE in files.src_uris:
        return files
    if build.reuse is not None:
        build.reuse.note_coverage()
    text = render_page(
        status(build.project, tags),
        build.messages,
        Formats(build.locale.babel),
        partial(build.view.href, COVERAGE),
    )
    file = File.generated(config, COVERAGE, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
    files.append(file)
    build.view.coverage = file.url
    return files


def add_published_files(build: Build, files: Files, config: MkDocsConfig) -> Files:
    """Add the files that the project publishes besides its pages; see `imagedocs.publishing.formats`. What another
    plugin or the theme has put in the place of one stays there."""
    if not build.is_unchanged:
        given = publication(build.project, build.locale, build.view.base_url, published_schemas)
        add_files(build.published(given), files, config)
    return files


def add_files(makers: Mapping[str, Maker], files: Files, config: MkDocsConfig) -> None:
    """Add files that are no pages, by their site paths."""
    there = {file.dest_uri for file in files}
    for place, make in makers.items():
        if place in there:
            log.warning(f'"{place}" is not published: the theme or another plugin has a file there')
            continue
        files.append(published_file(config, place, make()))
