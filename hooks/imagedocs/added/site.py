"""Make the list and the pages of images for a MkDocs site that has a catalog."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from imagedocs.added.language import locale_of, speak
from imagedocs.catalog_files import CatalogFiles
from imagedocs.files.places import page_url
from imagedocs.files.reading import read_source
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.reads import is_file
from imagedocs.locales import Messages
from imagedocs.markdown.sources import FORMS, split_options
from imagedocs.parts import PAGE_TEMPLATES, parts
from imagedocs.problems import Position, Problem, Rule
from imagedocs.publishing import ChangePages, ImagePages, page_filters, template_filters, template_values
from imagedocs.publishing.formats import FORMATS, Format, Maker, Publication
from imagedocs.publishing.image_files import files_of_image
from imagedocs.publishing.list_template import template_text
from imagedocs.registry.manifest import Manifest
from imagedocs.rendering import Template
from imagedocs.site_markdown.fences import outside_fences
from imagedocs.site_markdown.insertion import find_markers, portable
from imagedocs.suggestions import did_you_mean, shown

LIST_TEMPLATE = "includes/images.md.j2"
"""Project path of a site's own template of the list."""
_INCLUDE = re.compile(
    r"(?P<indent>[ \t]*)\[!INCLUDE[ \t]*\[[^\]\n]*\]\((?P<target>[^()\s]+)\)\][ \t]*", re.IGNORECASE
)
_HEADING = re.compile(r"(?P<level>#{1,6})[ \t]")


@dataclass(frozen=True, slots=True)
class Request:
    """A line of a page that asks for the list."""

    line: int
    column: int
    template: str
    """Project path of the template."""
    form: str
    day: date | None = None
    """Day whose list is wanted; `None` for today."""


class AddedSite:
    """Catalog of a site, with everything that is made from it."""

    def __init__(
        self, root: Path, arguments: Arguments, folders: Mapping[str, str] | None = None, owner: str = ""
    ) -> None:
        """`root` is the folder with `catalog/`. `folders` has the folder of each kind of pages and files that the site
        asks for, by its setting, such as `images`; for `owner` see `Publication`."""
        self.files = CatalogFiles(root, arguments)
        self._folders = folders or {}
        self._owner = owner

    @property
    def record(self) -> Manifest:
        """Record of tags; an empty one while there is none."""
        return self.files.manifest or Manifest()

    @cached_property
    def _images(self) -> ImagePages:
        """Pages of images, which don't know those on changes yet."""
        folder = self._folders.get("images", "")
        return ImagePages(self.files.catalog, self.record, self.files.as_of, folder)

    @cached_property
    def changes(self) -> ChangePages:
        """Pages that say what changed."""
        folder = self._folders.get("changes", "")
        catalog, links = self.files.catalog, self._images.links
        return ChangePages(catalog, self.record, self.files.as_of, folder, LIST_TEMPLATE, links)

    @cached_property
    def images(self) -> ImagePages:
        """Pages of images."""
        return replace(self._images, changes_page=self.changes.link)

    @cached_property
    def pages(self) -> Mapping[str, ImagePages | ChangePages]:
        """Site path of each page that is generated from the catalog, with the pages that it belongs to. Of two at the
        same path, that of an image is made."""
        return {
            **dict.fromkeys(self.changes.places, self.changes),
            **dict.fromkeys(self.images.places, self.images),
        }

    def requests(self, text: str, path: str) -> tuple[tuple[Request, ...], tuple[Problem, ...]]:
        """Return the places in a page's text that ask for the list, and problems with them; `path` is the page's."""
        requests: list[Request] = []
        problems: list[Problem] = []
        for marker in find_markers(text):
            position = Position(path, marker.line, marker.column)
            if marker.what != "list":
                hint = did_you_mean(marker.what, ["list"]) or "write <!-- imagedocs: list -->"
                message = f"imagedocs has nothing called {shown(marker.what)} to put here"
                problems.append(Problem(position, Rule.INCLUDE_NOT_FOUND, message, hint))
            elif marker.form and marker.form not in FORMS:
                problems.append(_unknown_form(marker.form, position))
            else:
                requests.append(Request(marker.line, marker.column, LIST_TEMPLATE, marker.form or FORMS[0]))
        for number, line in outside_fences(text):
            if match := _INCLUDE.fullmatch(line):
                target, wanted = split_options(match["target"])
                template = self._template_of(target)
                position = Position(path, number, len(match["indent"]) + 1)
                day = _day(wanted.day)
                if template and wanted.form is not None and wanted.form not in FORMS:
                    problems.append(_unknown_form(wanted.form, position))
                elif template and day is None:
                    message = f"{shown(wanted.day or '')} is no day"
                    problems.append(
                        Problem(position, Rule.INCLUDE_NOT_FOUND, message, "write it as 2026-03-16")
                    )
                elif template:
                    until = day if day != date.max else None
                    requests.append(
                        Request(number, position.column, template, wanted.form or FORMS[0], until)
                    )
        return tuple(requests), tuple(problems)

    def _template_of(self, path: str) -> str:
        """Return the template that an include names; empty for an include that is not ours."""
        name = f"{path.rpartition('/')[2]}.j2"
        own = f"includes/{name}"
        is_ours = own == LIST_TEMPLATE or (own not in PAGE_TEMPLATES and is_file(self.files.root, own))
        return own if is_ours else ""

    def list_for(
        self, request: Request, text: str, place: str, language: str
    ) -> tuple[str, tuple[Problem, ...]]:
        """Return the Markdown of the list for a page, and problems with its template.

        `text` is the Markdown of the page at the site path `place`; headings of the list are below its last heading.
        """
        written, problems = self.list_text(request, language)
        messages, _ = speak(self.files.root, language)
        level = _level_before(text, request.line) if request.template == LIST_TEMPLATE else 1
        return portable(_deeper(written, level - 1), place, _label(messages)), problems

    def list_text(self, request: Request, language: str) -> tuple[str, tuple[Problem, ...]]:
        """Return the list as its template writes it, and problems with the template."""
        messages, formats = speak(self.files.root, language)
        filters = template_filters(messages, formats)
        template, wrong = self._template(request.template, messages, filters)
        catalog, record = self.files.catalog, self.files.manifest
        day = request.day or self.files.as_of
        values = template_values(
            catalog, day, record, request.form, self.images.links, self.images.changes_page
        )
        if request.day is not None:
            values = {**values, "is_current": False}
        rendered = template.render(values)
        return rendered.text, (*wrong, *rendered.problems)

    def page_of(
        self, place: str, language: str, publication: Publication, published: Container[str]
    ) -> tuple[str, tuple[Problem, ...]]:
        """Return the Markdown of the generated page at a site path, and problems with its template. `published` has
        the site paths of the files that `publication` describes."""
        messages, formats = speak(self.files.root, language)
        filters = template_filters(messages, formats)
        filters = {**filters, **page_filters(messages, formats, filters)}
        pages = self.pages[place]
        template, wrong = self._template(pages.template(place), messages, filters)
        image = self.images.places.get(place)
        rendered = template.render(pages.values(place, files_of_image(publication, published, image)))
        return portable(rendered.text, place, _label(messages)), (*wrong, *rendered.problems)

    def publication(
        self, language: str, address: str, name: str, summary: str, *, directory_urls: bool
    ) -> Publication:
        """Return what the files that the site publishes besides its pages are made from.

        `address`, `name` and `summary` are those of the site; `directory_urls` says whether the address of a page is that of a folder.
        """
        locale = locale_of(language)
        messages, formats = speak(self.files.root, language)
        pages = self.images.places.items()
        return Publication(
            self.files.catalog,
            self.record,
            self.files.as_of,
            locale,
            (locale,),
            messages,
            formats,
            self._folders,
            {image.id if image else "": page_url(place, directory_urls) for place, image in pages},
            address,
            site_name=name,
            summary=summary,
            owner=self._owner,
        )

    @property
    def _formats(self) -> Iterator[Format]:
        """Formats that the site asks for."""
        return (each for each in FORMATS if each.setting in self._folders)

    def needs(self, publication: Publication) -> Iterator[tuple[str, str, str]]:
        """Yield what is not set that a format needs: the setting of the format, a message and what to write."""
        for each in self._formats:
            for message, hint in each.needs(publication):
                yield each.setting, message, hint

    def published(self, publication: Publication, *, after_pages: bool = False) -> Mapping[str, Maker]:
        """Return the site paths of these files, each with its maker: of those that are made of rendered pages, or of all
        others."""
        return {
            f"{folder}/{name}" if folder else name: make
            for each in self._formats
            if each.after_pages == after_pages
            for folder in (self._folders[each.setting],)
            for name, make in each.files(publication).items()
        }

    def _template(
        self, path: str, messages: Messages, filters: Mapping[str, Callable[..., str]]
    ) -> tuple[Template, tuple[Problem, ...]]:
        """Return the site's own template at a project path, and problems with its file; without one, the library's."""
        if is_file(self.files.root, path):
            source = read_source(self.files.root, path)
            return Template(path, source.text, messages, filters), source.problems
        if path == LIST_TEMPLATE:
            text = template_text(self.files.catalog.columns or ())
        else:
            text = read_source(parts().templates, path.rpartition("/")[2]).text
        return Template(path, text, messages, filters), ()

    def problems(self) -> Iterator[Problem]:
        """Yield the problems with the files of the catalog."""
        has_record = is_file(self.files.root, "catalog/registry.json")
        for problem in self.files.catalog_problems:
            if has_record or problem.position.path != "catalog/registry.json":
                yield problem
        yield from self.images.problems()

    @property
    def has_record(self) -> bool:
        """True if something is on record, so that images can be looked up."""
        return self.files.manifest is not None and bool(self.files.manifest.repositories())


def _day(written: str | None) -> date | None:
    """Return the day of an include; the last of all days where it names none, and `None` for what is no day."""
    try:
        return date.fromisoformat(written) if written else date.max
    except ValueError:
        return None


def _unknown_form(form: str, position: Position) -> Problem:
    hint = did_you_mean(form, FORMS) or f"write one of {', '.join(FORMS)}"
    return Problem(position, Rule.INCLUDE_NOT_FOUND, f"the list has no form {shown(form)}", hint)


def _level_before(text: str, line: int) -> int:
    """Return the level of the last heading before a line; 1 where there is none, for the title of the page."""
    level = 1
    for number, written in outside_fences(text):
        if number >= line:
            break
        if match := _HEADING.match(written):
            level = len(match["level"])
    return level


def _deeper(text: str, levels: int) -> str:
    """Return Markdown whose headings are deeper by some levels."""
    if not levels:
        return text
    lines = text.split("\n")
    for number, line in outside_fences(text):
        if match := _HEADING.match(line):
            lines[number - 1] = "#" * min(len(match["level"]) + levels, 6) + line[len(match["level"]) :]
    return "\n".join(lines)


def _label(messages: Messages) -> Callable[[str], str]:
    return lambda kind: messages.gettext(kind.capitalize())
