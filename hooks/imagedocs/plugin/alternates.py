# pyright: standard
# MkDocs is typed in parts only.
"""Tell browsers and programs, in the head of each page, of its text and of the feeds about it."""

import posixpath
from collections.abc import Iterator

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from imagedocs.build.site_view import Alternate
from imagedocs.plugin.build import Build
from imagedocs.project.published import publication, published_places
from imagedocs.project.texts import text_places
from imagedocs.publishing.atom import TYPE
from imagedocs.publishing.formats.feeds import ATOM, SETTING, Feeds, path_of


def add_alternates(
    build: Build, env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Find the other forms of each page."""
    if not build.is_unchanged:
        texts = text_places(build.project, build.locale)
        feeds = _Feeds(build)
        for file in files.documentation_pages():
            if file.page is not None:
                links = [*feeds.links(file.page)]
                if text := texts.get(file.src_uri):
                    links.insert(0, Alternate("text/markdown", "", posixpath.basename(text)))
                build.view.alternates[file.src_uri] = tuple(links)
    return env


class _Feeds:
    """Feeds of one locale's site."""

    def __init__(self, build: Build) -> None:
        given = publication(build.project, build.locale)
        self._folder = given.folders.get(SETTING)
        self._there = published_places(build.project, build.locale)
        self._feeds = Feeds(given)
        self._images = build.project.image_pages.places

    def links(self, page: Page) -> Iterator[Alternate]:
        """Yield the feed of the image that a page is about, and that of all images."""
        if self._folder is not None:
            own = self._images.get(page.file.src_uri)
            for image in (own, None) if own else (None,):
                path = f"{self._folder}/{path_of(image, ATOM)}"
                if path in self._there:
                    yield Alternate(TYPE, self._feeds.title(image), "../" * page.url.count("/") + path)
