"""Say which files a project publishes besides its pages, and which can't be published."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imagedocs.catalog import Image
from imagedocs.files.places import alike, page_file, page_url
from imagedocs.incremental.reads import remembered
from imagedocs.locales import Formats, Locale
from imagedocs.own_settings import PAGES
from imagedocs.problems import Position, Problem, Rule
from imagedocs.publishing.formats import ALWAYS, FORMATS, Format, Maker, Publication
from imagedocs.publishing.image_files import files_of_image
from imagedocs.publishing.llms import TextSection
from imagedocs.publishing.pages import ImageFiles
from imagedocs.registry.manifest import Manifest

if TYPE_CHECKING:
    from imagedocs.project import Project


@dataclass(frozen=True, slots=True)
class Published:
    """Published files of one locale's site."""

    files: Mapping[str, Maker] = field(default_factory=dict[str, Maker])
    """Site path -> maker of each file."""
    taken: tuple[tuple[Format, str, str], ...] = ()
    """Files that aren't published: format, site path, and what is there instead: the project path of a file, or words
    for a file of another format."""
    after_pages: frozenset[str] = frozenset()
    """Site paths of the files that are made of rendered pages."""


def publication(
    project: "Project",
    locale: Locale,
    site_url: str = "",
    schemas: Callable[[], Mapping[str, str]] = dict[str, str],
    texts: Callable[[], Sequence[TextSection]] = tuple[TextSection, ...],
) -> Publication:
    """Return what the published files of a locale's site are made from; see `Publication`. A preview has a `site_url` of
    its own; a site whose settings have none has none there either, so that both have the same files."""
    settings, messages = project.settings, project.messages(locale)
    plain = settings.directory_urls
    places = project.image_pages.places.items()
    return Publication(
        project.catalog,
        project.manifest or Manifest(),
        project.as_of,
        locale,
        project.locales.published,
        messages,
        Formats(locale.babel),
        folders(project),
        {image.id if image else "": page_url(place, plain) for place, image in places},
        settings.site_url and (site_url or f"{settings.site_url.rstrip('/')}/"),
        schemas,
        messages.pgettext("site", settings.site_name) if settings.site_name else "",
        messages.pgettext("site", settings.site_description) if settings.site_description else "",
        settings.owner,
        texts,
    )


@remembered
def _publication(project: "Project", locale: Locale, site_url: str) -> Publication:
    return publication(project, locale, site_url)


def folders(project: "Project") -> Mapping[str, str]:
    """Return the folder of each setting that the project has set, without those that are a language's."""
    return {
        setting: each.path
        for setting, each in project.settings.folders.items()
        if each.is_wanted and locale_at(project, each.path) is None
    }


def locale_at(project: "Project", folder: str) -> Locale | None:
    """Return the locale whose site lies where a folder of the default locale's site should be, so that nobody would see
    it; `None` when there is no such conflict."""
    first = folder.partition("/")[0]
    return next((each for each in project.locales if first and each.url == first), None)


def files_of(
    project: "Project", publication: Publication, formats: tuple[Format, ...] = FORMATS
) -> Published:
    """Return the published files of one locale's site. A file of the project is never replaced."""
    there, above = built_files(project, publication.locale)
    found: dict[str, Maker] = {}
    late: set[str] = set()
    taken: list[tuple[Format, str, str]] = []
    for each in formats:
        folder = each.folder if each.setting == ALWAYS else publication.folders.get(each.setting)
        for name, make in each.files(publication).items() if folder is not None else ():
            place = f"{folder}/{name}" if folder else name
            key = alike(place)
            parents = (there[parent] for parent in _above(key) if parent in there)
            if (other := there.get(key) or above.get(key) or next(parents, None)) is not None:
                taken.append((each, place, other))
                continue
            found[place] = make
            if each.after_pages:
                late.add(place)
            setting = f"a file of extra.imagedocs.{each.setting}"
            there[key] = setting
            above.update(dict.fromkeys(_above(key), setting))
    return Published(found, tuple(taken), frozenset(late))


@remembered
def published_places(project: "Project", locale: Locale) -> frozenset[str]:
    """Return the site paths of the published files of a locale's site."""
    return frozenset(files_of(project, publication(project, locale)).files)


def image_files(project: "Project", locale: Locale, image: Image | None) -> ImageFiles:
    """Return what is published of an image, or of all together, in the locale's site."""
    site = project.settings.site_url
    site_url = f"{site.rstrip('/')}/" if site.startswith(("https://", "http://")) else ""
    there = {*published_places(project, locale), *published_elsewhere(project, locale)}
    return files_of_image(_publication(project, locale, site_url), there, image)


@remembered
def published_elsewhere(project: "Project", locale: Locale) -> Mapping[str, str]:
    """Return the site paths of the files that the default locale's site publishes for the readers of all locales, each
    with the tag of that locale."""
    default = project.locales.default
    if locale == default or default not in project.locales.published:
        return {}
    return dict.fromkeys(published_places(project, default) - published_places(project, locale), default.tag)


def check_published(project: "Project", locales: Iterable[Locale]) -> Iterator[Problem]:
    """Yield problems of files that can't be published, at the settings that ask for them."""
    settings = project.settings.folders
    for setting, folder in settings.items():
        if setting not in PAGES and folder.is_wanted and (locale := locale_at(project, folder.path)):
            message = f'files cannot be published in "{folder.path}": the pages in {locale.tag} are there'
            yield Problem(folder.at, Rule.PAGE_COLLISION, message, f"give {setting} another prefix")
    default = publication(project, project.locales.default)
    for each in FORMATS:
        if each.setting in default.folders:
            for message, hint in each.needs(default):
                yield Problem(settings[each.setting].at, Rule.MISSING_FIELD, message, hint)
    found: dict[tuple[str, str], dict[str, None]] = {}
    for locale in locales:
        for each, place, other in files_of(project, publication(project, locale)).taken:
            found.setdefault((each.setting, other), {})[place] = None
    for (setting, other), places in found.items():
        first, *more = places
        others = f" and {len(more)} more" if more else ""
        message = f'"{first}"{others} cannot be published: {other} is there'
        if setting == ALWAYS:
            yield Problem(Position(other), Rule.PAGE_COLLISION, message, "give the file another name")
        else:
            other_prefix = f"give {setting} another prefix, or the file another name"
            hint = (
                other_prefix
                if settings[setting].path
                else f"give the file another name, or write {setting}: false"
            )
            yield Problem(settings[setting].at, Rule.PAGE_COLLISION, message, hint)


def built_files(project: "Project", locale: Locale) -> tuple[dict[str, str], dict[str, str]]:
    """Return the files of the built site that are made from the project's, and the folders that they lie in, each with
    the project path of the file. Paths are compared without regard to capitals."""
    plain = project.settings.directory_urls
    files = project.overlay(locale).files.items()
    there = {alike(page_file(at, plain) if at.endswith(".md") else at): path for at, path in files}
    return there, {parent: path for file, path in there.items() for parent in _above(file)}


def _above(path: str) -> Iterator[str]:
    """Yield the folders that a file lies in, the nearest first."""
    while path := posixpath.dirname(path):
        yield path
