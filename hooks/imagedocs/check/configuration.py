"""Check a project outside its pages: templates, names of files and generated pages."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from imagedocs.files.places import is_text
from imagedocs.files.reading import read_source
from imagedocs.locales import Locale
from imagedocs.markdown.lint.controls import control_findings
from imagedocs.markdown.sources import FORMS
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project import Project
from imagedocs.project.catalog_pages import check_catalog_pages
from imagedocs.project.headers import check_headers
from imagedocs.project.heads import check_head
from imagedocs.project.published import check_published
from imagedocs.project.templates import template_of, template_values_on, templates_of

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


def check_characters(root: Path, templates: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each control character in a template; the checks of pages see those of other fragments."""
    for path in templates:
        for number, line in enumerate(read_source(root, path).text.split("\n"), 1):
            for finding in control_findings(line):
                place = Position(path, number, finding.start + 1)
                yield Problem(place, finding.rule, finding.message, finding.hint)


def check_names(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file whose name isn't text."""
    for path in paths:
        if not is_text(path):
            message = "has a name that is no text in the encoding of the system"
            yield Problem(
                Position(path), Rule.UNREADABLE_FILE, message, "give it another name, or set PYTHONUTF8=1"
            )


def check_generated(project: Project, locales: Sequence[Locale]) -> Iterator[Problem]:
    """Yield problems of generated pages and published files that can't be where they should be."""
    yield from check_catalog_pages(project, locales)
    yield from check_published(project, locales)
    yield from check_head(project)
    yield from check_headers(project)
