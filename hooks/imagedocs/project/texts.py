"""Say which pages of a project are published as plain texts too, and where."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from imagedocs.files.places import alike, page_file
from imagedocs.incremental.reads import remembered
from imagedocs.locales import Locale
from imagedocs.project.published import built_files, folders
from imagedocs.publishing.formats.llms import SETTING

if TYPE_CHECKING:
    from imagedocs.project import Project


@remembered
def text_places(project: "Project", locale: Locale) -> Mapping[str, str]:
    """Return the site path of each page for readers that the locale has itself, with that of its text, which lies beside
    it: `how-to/index.md` for `how-to/index.html`. Lists of earlier days have no texts: programs should not take them for
    that of today."""
    settings = project.settings
    if SETTING not in folders(project):
        return {}
    own, (_, above) = f"docs/{locale.tag}/", built_files(project, locale)
    old = project.change_pages.old_lists
    pages = (
        place
        for place, path in project.overlay(locale).files.items()
        if place.endswith(".md") and path.startswith(own) and not settings.contributors.match_file(place)
        if place not in old
    )
    texts = {
        place: f"{page_file(place, settings.directory_urls).removesuffix('.html')}.md" for place in pages
    }
    return {place: text for place, text in texts.items() if alike(text) not in above}


@remembered
def texts_at(project: "Project", locale_folder: str) -> frozenset[str]:
    """Return the site paths of the texts in the site of the locale with this folder."""
    locale = next((each for each in project.locales if each.url == locale_folder), None)
    return frozenset(text_places(project, locale).values()) if locale else frozenset()
