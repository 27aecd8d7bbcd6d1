"""Render the templates of a project: those that pages include, and those of generated pages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from imagedocs.files.reading import read_source
from imagedocs.incremental.reads import glob, remembered, unrecorded
from imagedocs.locales import Formats, Locale
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.markdown import Source
from imagedocs.markdown.sources import FORMS, split_options
from imagedocs.parts import PAGE_TEMPLATES, parts
from imagedocs.problems import Position, Problem
from imagedocs.project.published import image_files
from imagedocs.publishing import page_filters, template_filters, template_values
from imagedocs.rendering import Template

if TYPE_CHECKING:
    from imagedocs.project import Project


def templates_of(project: "Project") -> tuple[str, ...]:
    """Return the project paths of the templates below `includes/` that pages may include, sorted."""
    return tuple(path for path in glob(project.root, "includes/**/*.md.j2") if path not in PAGE_TEMPLATES)


def list_template_of(project: "Project") -> str:
    """Return the project path of the template of the list, which is the only one directly in `includes/`; empty where
    there is none or more than one."""
    direct = [path for path in templates_of(project) if path.count("/") == 1]
    return direct[0] if len(direct) == 1 else ""


def template_of(project: "Project", path: str, text: str, locale: Locale) -> Template:
    """Return the template whose file holds `text`, in the locale's language."""
    messages = project.messages(locale)
    formats = Formats(locale.babel)
    filters = template_filters(messages, formats)
    if path in PAGE_TEMPLATES:
        default = project.locales.default
        foreign = None if locale == default else (default.tag, str(default.direction))
        filters = {**filters, **page_filters(messages, formats, filters, foreign)}
    return Template(path, text, messages, filters)


def template_values_on(project: "Project", as_of: date, form: str = FORMS[0]) -> Mapping[str, object]:
    """Return the values that a template is given for the list of a day, in one of the forms."""
    return _values_today(project, form) if as_of == project.as_of else _values(project, as_of, form)


@remembered
def _values_today(project: "Project", form: str) -> Mapping[str, object]:
    return _values(project, project.as_of, form)


def _values(project: "Project", as_of: date, form: str) -> Mapping[str, object]:
    images, record = project.image_pages, project.manifest
    return template_values(project.catalog, as_of, record, form, images.links, images.changes_page)


def render_template(project: "Project", path: str, text: str, locale: Locale) -> Source:
    """Render the template at the project path `path`, which may name a form and a day, as Markdown. Without a day, the
    list is that of today."""
    file, wanted = split_options(path)
    template = template_of(project, file, text, locale)
    form = wanted.form or FORMS[0]
    if wanted.day is None:
        rendered = template.render(template_values_on(project, project.as_of, form))
    else:
        values = _values(project, date.fromisoformat(wanted.day), form)
        rendered = template.render({**values, "is_current": False})
    return Source(file, rendered.text, rendered.lines, generated=True, problems=rendered.problems)


def generate_page(project: "Project", path: str, locale: Locale) -> Source:
    """Generate the page at the project path `path`. Problems with a page of the library's own template are located
    at the image's entry in the catalog."""
    place = path.split("/", 2)[2]
    pages = project.catalog_pages[place]
    own = pages.template(place)
    template, problems = _page_template(project, own, locale)
    image = project.image_pages.places.get(place)
    rendered = template.render(pages.values(place, image_files(project, locale, image)))
    if project.tree.has(own):
        found = (*problems, *rendered.problems)
        return Source(own, rendered.text, rendered.lines, generated=True, problems=found, page=path)
    entry = pages.position(place) or Position(CATALOG_PATH)
    lines = (entry.line,) * len(rendered.lines)
    found = tuple(replace(problem, position=entry) for problem in rendered.problems)
    return Source(CATALOG_PATH, rendered.text, lines, generated=True, problems=found, page=path)


@remembered
def _page_template(project: "Project", path: str, locale: Locale) -> tuple[Template, tuple[Problem, ...]]:
    """Return the project's own template of generated pages, and problems with its file; without one, the
    library's."""
    if project.tree.has(path):
        source = read_source(project.root, path)
        return template_of(project, path, source.text, locale), source.problems
    with unrecorded():  # which templates the library has is a matter of its version
        source = read_source(parts().templates, path.rpartition("/")[2])
    return template_of(project, path, source.text, locale), ()
