"""Check the menus of a project: find pages that they name and the project lacks, and pages that they lack."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from imagedocs.check.whole_site import unmade
from imagedocs.locales import Locale
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project import Project
from imagedocs.suggestions import did_you_mean

_REACHED_OTHERWISE: Final = frozenset({"index.md", "README.md", "404.md"})
"""Site paths of pages that readers reach without a menu."""
_FRAGMENTS: Final = frozenset({"includes", "_includes", "snippets", "_snippets"})
"""Names of folders that hold parts of pages."""


def check_navigation(project: Project) -> Iterator[Problem]:
    """Yield a problem for each page that `nav` names and the project lacks."""
    pages = [path for path in project.overlay(project.locales.default).files if path.endswith(".md")]
    folders = tuple(f"{folder}/" for folder in unmade(project))
    for path, position in project.settings.navigation:
        if path.startswith(folders):
            continue  # what is wrong is said of the catalog
        if PurePosixPath(path).as_posix() not in pages:
            yield Problem(
                position,
                Rule.NAV_PAGE_MISSING,
                f'the navigation names "{path}", and there is no such page',
                did_you_mean(path, pages),
            )


def omitted_pages(project: Project, locales: Iterable[Locale]) -> Iterator[Problem]:
    """Yield a problem for each page that no menu leads to, once for all of `locales`, at its file in the first of them.
    Pages that others only include are among them: these aren't known here."""
    settings = project.settings
    named = {PurePosixPath(path).as_posix() for path, _ in settings.navigation}
    hint = "add it to nav in mkdocs.yml, or to not_in_nav if it is meant to be reached by links"
    if not settings.has_navigation:
        tables = project.docset(project.locales.default).tables
        if not tables or not tables.by_place:
            return  # MkDocs makes a menu of all pages
        named = set(tables.of_page)
        hint = "add it to a table of contents, or to not_in_nav in mkdocs.yml if it is meant to be reached by links"
    if settings.has_other_menus:
        return
    for place, path in _pages(project, locales).items():
        is_fragment = not _FRAGMENTS.isdisjoint(PurePosixPath(place).parts[:-1])
        if (
            place not in named | _REACHED_OTHERWISE
            and not is_fragment
            and not settings.not_in_nav.match_file(place)
        ):
            yield Problem(
                Position(path), Rule.NAV_PAGE_OMITTED, "no entry of the navigation leads to the page", hint
            )


def _pages(project: Project, locales: Iterable[Locale]) -> Mapping[str, str]:
    """Site path -> project path of the pages that are files."""
    found: dict[str, str] = {}
    for locale in sorted(locales, key=lambda locale: locale != project.locales.default):
        for place, path in project.overlay(locale).stored.items():
            if place.endswith(".md") and path.startswith("docs/"):
                found.setdefault(place, path)
    return found
