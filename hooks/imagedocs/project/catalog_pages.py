"""Say which pages are generated from a project's catalog, and which of them can't be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from imagedocs.files.places import address_key, page_url
from imagedocs.incremental.reads import remembered
from imagedocs.locales import Locale
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.own_settings import CHANGES, IMAGES, PAGES
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project.published import folders, locale_at
from imagedocs.project.templates import list_template_of
from imagedocs.publishing import ChangePages, ImagePages
from imagedocs.registry.manifest import Manifest

if TYPE_CHECKING:
    from imagedocs.project import Project

WHAT = {IMAGES: "pages of images", CHANGES: "pages on changes"}


def image_pages_of(project: "Project") -> ImagePages:
    """Return the pages of images."""
    return replace(_images(project), changes_page=project.change_pages.link)


@remembered
def _images(project: "Project") -> ImagePages:
    """Return the pages of images, which don't know those on changes yet."""
    sources = project.settings.sources
    address = f"{sources}{CATALOG_PATH}" if sources else ""
    record = project.manifest or Manifest()
    return ImagePages(project.catalog, record, project.as_of, folders(project).get(IMAGES, ""), address)


def change_pages_of(project: "Project") -> ChangePages:
    """Return the pages that say what changed; none of them where one would have the address of an image's page."""
    wanted = _wanted_change_pages(project)
    return replace(wanted, folder="") if _clash(project, wanted) else wanted


def catalog_pages_of(project: "Project") -> Mapping[str, ImagePages | ChangePages]:
    """Return the site path of each page that is generated from the catalog, with the pages that it belongs to."""
    images, changes = project.image_pages, project.change_pages
    return {**dict.fromkeys(images.places, images), **dict.fromkeys(changes.places, changes)}


def check_catalog_pages(project: "Project", locales: Sequence[Locale]) -> Iterator[Problem]:
    """Yield problems of files that take the place of such pages, of settings by which they can't be where they should
    be, and of images that can't have a page."""
    yield from project.image_pages.problems()
    for setting in PAGES:
        folder = project.settings.folders.get(setting)
        if folder and folder.is_wanted and (locale := locale_at(project, folder.path)):
            message = f'the {WHAT[setting]} cannot be in "{folder.path}": the pages in {locale.tag} are there'
            hint = f"give the {WHAT[setting]} another prefix"
            yield Problem(folder.at, Rule.PAGE_COLLISION, message, hint)
    wanted = _wanted_change_pages(project)
    if place := _clash(project, wanted):
        address = page_url(place, project.settings.directory_urls)
        message = f'the pages on changes cannot be in "{wanted.folder}": a page of images has the address "{address}"'
        at = project.settings.folders[CHANGES].at
        yield Problem(at, Rule.PAGE_COLLISION, message, "give the pages on changes another prefix")
    for locale in locales:
        for path, place in project.overlay(locale).collisions.items():
            address = page_url(place, project.settings.directory_urls)
            message = f'has the address of {_name(project, place)}, "{address}", which is not shown'
            setting = CHANGES if place in project.change_pages.places else IMAGES
            option = f"extra.imagedocs.{setting}.prefix in mkdocs.yml"
            hint = f"give the file another name, or the {WHAT[setting]} another folder: {option}"
            yield Problem(Position(path), Rule.PAGE_COLLISION, message, hint)


@remembered
def _wanted_change_pages(project: "Project") -> ChangePages:
    folder = folders(project).get(CHANGES, "")
    template = list_template_of(project) if folder else ""
    record = project.manifest or Manifest()
    return ChangePages(project.catalog, record, project.as_of, folder, template, _images(project).links)


def _clash(project: "Project", wanted: ChangePages) -> str:
    """Return the site path of the first page on changes that has the address of an image's page; empty for none."""
    taken = {address_key(place) for place in _images(project).places}
    return next((place for place in wanted.places if address_key(place) in taken), "")


def _name(project: "Project", place: str) -> str:
    if place in project.change_pages.places:
        day = project.change_pages.places[place]
        return f"the list as it stood on {day}" if day else "the page on what changed"
    image = project.image_pages.places[place]
    return f"the page of the image {image.id}" if image else "the list of all images"
