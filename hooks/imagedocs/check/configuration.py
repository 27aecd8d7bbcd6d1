"""Check a project outside its pages: templates, names of files and generated pages."""

from collections.abc import Iterable, Iterator, Sequence

from imagedocs.files.places import is_text, page_url
from imagedocs.files.reading import read_source
from imagedocs.locales import Locale
from imagedocs.markdown.sources import FORMS
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project import Project
from imagedocs.project.own_settings import IMAGES
from imagedocs.project.published import check_published, locale_at
from imagedocs.project.templates import template_of, template_values_on, templates_of

PREFIX_SETTING = "extra.imagedocs.images.prefix in mkdocs.yml"
"""Setting for the folder of the pages of images."""
MAX_DAYS = 20
"""Number of days for which templates are tried: the last ones in the catalog."""


def check_templates(project: Project) -> Iterator[Problem]:
    """Yield problems of templates that fail on another day's list: otherwise, nothing tries what they write about images
    that aren't listed today."""
    listings = [image.listed for image in project.catalog.images]
    days = {day for listed in listings for day in (listed.start, listed.until) if day}
    for path in templates_of(project):
        source = read_source(project.root, path)
        template = template_of(project, path, source.text, project.locales.default)
        tried = [(day, form) for day in sorted(days)[-MAX_DAYS:] for form in FORMS]
        found = (template.render(template_values_on(project, day, form)).problems for day, form in tried)
        yield from dict.fromkeys(problem for problems in found for problem in problems)


def check_names(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file whose name isn't text."""
    for path in paths:
        if not is_text(path):
            message = "has a name that is no text in the encoding of the system"
            yield Problem(
                Position(path), Rule.UNREADABLE_FILE, message, "give it another name, or set PYTHONUTF8=1"
            )


def check_generated(project: Project, locales: Sequence[Locale]) -> Iterator[Problem]:
    """Yield problems of pages that take the place of generated ones, and of images that can't have a page."""
    yield from project.image_pages.problems()
    folder = project.settings.folders.get(IMAGES)
    if folder and folder.is_wanted and (locale := locale_at(project, folder.path)):
        message = f'the pages of images cannot be in "{folder.path}": the pages in {locale.tag} are there'
        hint = "give the pages of images another prefix"
        yield Problem(folder.at, Rule.PAGE_COLLISION, message, hint)
    yield from check_published(project, locales)
    for locale in locales:
        for path, place in project.overlay(locale).collisions.items():
            address = page_url(place, project.settings.directory_urls)
            image = project.image_pages.places[place]
            whose = f"the page of the image {image.id}" if image else "the list of all images"
            message = f'has the address of {whose}, "{address}", which is not shown'
            hint = f"give the file another name, or the pages of images another folder: {PREFIX_SETTING}"
            yield Problem(Position(path), Rule.PAGE_COLLISION, message, hint)
