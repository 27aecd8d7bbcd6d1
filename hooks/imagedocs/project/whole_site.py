"""The site of all locales together, with what the checks ask of it besides its pages."""

import importlib.util
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path

from imagedocs.checks.site import LocaleSite, Site
from imagedocs.files.places import page_file
from imagedocs.files.reading import read_source
from imagedocs.incremental.reads import is_file
from imagedocs.locales.extraction import brings_library
from imagedocs.parts import parts
from imagedocs.problems import Severity
from imagedocs.project import CATALOG, Project

_GENERATED = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json"})
SCHEMAS = ("allowed-images", "external-links", "glossary", "images", "locales", "problems")
"""Names of the JSON Schemas that are published with the site."""
_NO_FILES = (".py", ".pyc", ".html", ".md", ".map", "mkdocs_theme.yml")
"""Endings of what a theme keeps for itself, and of what is not published."""


def whole_site(project: Project, locales: Iterable[LocaleSite]) -> Site:
    """`locales` are those that were looked at, the default one first where it was."""
    return Site(
        tuple(locales),
        project.locales.tags,
        {locale.url: locale.tag for locale in project.locales.published},
        project.settings.site_url,
        roots_elsewhere=bool(project.settings.publisher.site),
        line_ids=project.settings.line_ids,
        read=lambda path: read_source(project.root, path).text if is_file(project.root, path) else "",
        why_absent=partial(_why_absent, project),
        is_extra=_extras(project),
        unmade_pages=unmade_pages(project),
    )


def unmade_pages(project: Project) -> str:
    """Return the folder of the pages of images where the catalog has mistakes, because of which pages may be missing; else
    an empty text."""
    errors = (problem for problem in project.problems if problem.severity is Severity.ERROR)
    is_wrong = any(problem.position.path == CATALOG for problem in errors)
    return project.image_pages.folder if is_wrong else ""


def _why_absent(project: Project, path: str) -> str:
    docs, _, rest = path.partition("/")
    place = rest.partition("/")[2]
    option = project.settings.left_out(place) if docs == "docs" else ""
    return f"{path} is left out of the site by {option}" if option and is_file(project.root, path) else ""


def _extras(project: Project) -> Callable[[str, str], bool]:
    folders: list[tuple[Path, bool]] = []
    locales = project.locales
    made = {*_GENERATED, *(f"schemas/{name}.schema.json" for name in SCHEMAS)}
    if any(locale in locales.translated for locale in locales.published):
        made.add(page_file("translations.md", project.settings.directory_urls))

    def is_extra(file: str, locale_folder: str) -> bool:
        if file in made:
            return True
        if (
            file.lower().endswith(_NO_FILES)
            or posixpath.normpath(file) != file
            or file.startswith(("../", "/"))
        ):
            return False
        if not folders:
            folders.extend(_theme_folders(project))
        is_at_root = not locale_folder
        return any(
            os.path.isfile(folder / file) for folder, is_shared in folders if is_at_root or not is_shared
        )

    return is_extra


def _theme_folders(project: Project) -> Iterator[tuple[Path, bool]]:
    """Where the files lie that the theme adds to the site, and whether to all locales together: the project's own, ours
    where they are not the same, then those of the package."""
    is_ours = brings_library(project.root)
    if project.settings.theme_folder:
        yield project.root / project.settings.theme_folder, is_ours
    if not is_ours:  # the plugin adds them
        yield parts().theme, True
    is_material = project.settings.theme == "material"
    for entry in entry_points(group="mkdocs.themes", name=project.settings.theme):
        spec = importlib.util.find_spec(entry.value)
        for folder in (spec.submodule_search_locations if spec else None) or ():
            yield Path(folder), is_material
