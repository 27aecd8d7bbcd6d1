# pyright: standard
# MkDocs is typed in parts only.
"""Tell the sitemap on which day each page was last changed."""

from collections.abc import Iterator

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from imagedocs.catalog_files import MANIFEST_PATH
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.markdown.document import LinkKind
from imagedocs.markdown.sources import split_options
from imagedocs.plugin.build import Build
from imagedocs.project.dates import last_change


def add_days(build: Build, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Find the day of each page of the project, if the sitemap is to have it."""
    if build.project.settings.lastmod and not build.is_unchanged:
        for place in build.overlay.files:
            if place.endswith(".md") and not build.view.is_fallback(place):
                build.view.changed_on[place] = last_change(
                    build.project, dict.fromkeys(_sources(build, place))
                )
    return env


def _sources(build: Build, place: str) -> Iterator[str]:
    """Yield the project paths of the files that a page is made from."""
    path = build.overlay.files[place]
    if path in build.overlay.generated:
        if build.project.tree.has(template := build.project.catalog_pages[place].template(place)):
            yield template
        yield from _behind_templates(build)
        return
    yield path
    document = build.gathered.documents.get(place)
    for include in document.includes if document else ():
        if include.path is not None:
            source = split_options(include.path)[0]
            yield source
            if source.endswith(".j2"):
                yield from _behind_templates(build)
    for link in document.links if document else ():
        if link.kind is LinkKind.SNIPPET and link.path is not None:
            yield link.path


def _behind_templates(build: Build) -> Iterator[str]:
    """Yield the project paths of the files that templates show: catalog, record and sentences."""
    yield from (CATALOG_PATH, MANIFEST_PATH)
    if build.locale in build.project.locales.translated:
        yield build.locale.messages_path
