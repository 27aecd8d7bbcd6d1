"""Describe the site of all locales together, with everything that the checks need to know besides its pages."""

import importlib.util
import os
import posixpath
import re
from collections.abc import Iterable
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path

from imagedocs.checks.site import LocaleSite, Site, SiteFacts
from imagedocs.files.places import page_file
from imagedocs.files.reading import text_reader
from imagedocs.incremental.reads import is_file, remembered
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.locales.extraction import brings_library
from imagedocs.parts import parts
from imagedocs.problems import Severity
from imagedocs.project import Project
from imagedocs.project.published import folders
from imagedocs.project.texts import texts_at

_GENERATED = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json"})
_NO_FILES = (".py", ".pyc", ".html", ".md", ".map", "mkdocs_theme.yml")
"""Endings of files that a theme uses itself, and of files that aren't published."""


def whole_site(project: Project, locales: Iterable[LocaleSite]) -> Site:
    """Return the site of the checked `locales`, with the default one first if it is among them."""
    return Site(
        tuple(locales),
        site_facts(project),
        text_reader(project.root),
        partial(why_absent, project),
        partial(is_extra, project),
    )


def site_facts(project: Project) -> SiteFacts:
    """Return the facts that all pages of the site share."""
    return SiteFacts(
        project.locales.tags,
        {locale.url: locale.tag for locale in project.locales.published},
        project.settings.site_url,
        roots_elsewhere=bool(project.settings.publisher.site),
        line_ids=project.settings.line_ids,
        unmade=unmade(project),
    )


def unmade(project: Project) -> tuple[str, ...]:
    """Return the folders of generated pages and files where the catalog has mistakes, because of which some may be
    missing; else none."""
    errors = (problem for problem in project.problems if problem.severity is Severity.ERROR)
    is_wrong = any(problem.position.path == CATALOG_PATH for problem in errors)
    return tuple(filter(None, folders(project).values())) if is_wrong else ()


def why_absent(project: Project, path: str) -> str:
    """See `Site.why_absent`."""
    docs, _, rest = path.partition("/")
    tag, _, place = rest.partition("/")
    locale = project.locales.get(tag) or project.locales.default
    option = project.left_out(place, locale) if docs == "docs" else ""
    return f"{path} is left out of the site by {option}" if option and is_file(project.root, path) else ""


def is_extra(project: Project, file: str, locale_folder: str) -> bool:
    """See `Site.is_extra`."""
    if file in _made(project) or (file.endswith(".md") and file in texts_at(project, locale_folder)):
        return True
    if file.lower().endswith(_NO_FILES) or posixpath.normpath(file) != file or file.startswith(("../", "/")):
        return False
    is_at_root = not locale_folder
    return any(
        is_file(project.root, str(folder / file))  # what a package has is asked again, too: it costs little
        for folder, is_shared in _theme_folders(project)
        if is_at_root or not is_shared
    )


def has_theme_file(project: Project, file: str) -> bool:
    """Return whether the theme has a template or an icon at this path. Icons are Material's, which checks them; what a
    theme has that isn't installed is not known."""
    name, own = project.settings.theme, project.settings.theme_folder
    folders = [*(folder for folder, _ in _theme_folders(project)), *_base_folders(name)]
    if (file.startswith(".icons/") and name != "material") or not _base_folders(name):
        return True
    if own and file and is_file(project.root, f"{own}/{file}"):
        return True
    return bool(file) and any(os.path.isfile(folder / file) for folder in folders)


def _base_folders(theme: str) -> list[Path]:
    """Return the folders of an installed theme, of those that it extends, and of the templates of MkDocs; none for a theme
    that isn't installed."""
    found: list[Path] = []
    seen: set[str] = set()
    while theme and theme not in seen:
        seen.add(theme)
        entry = next(iter(entry_points(group="mkdocs.themes", name=theme)), None)
        spec = importlib.util.find_spec(entry.value) if entry else None
        folders = [Path(str(folder)) for folder in (spec and spec.submodule_search_locations) or ()]
        found += folders
        theme = next((base for folder in folders if (base := _extended_by(folder))), "")
    spec = importlib.util.find_spec("mkdocs")
    base = [Path(folder, "templates") for folder in (spec and spec.submodule_search_locations) or ()]
    return [*found, *base] if found else []


def _extended_by(folder: Path) -> str:
    try:
        text = (folder / "mkdocs_theme.yml").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    match = re.search(r"^extends:[ \t]*[\"']?([\w-]+)", text, re.MULTILINE)
    return match[1] if match else ""


@remembered
def _made(project: Project) -> frozenset[str]:
    """Return the files that the generator and the library add to the site of each locale."""
    made = {*_GENERATED}
    if any(locale in project.locales.translated for locale in project.locales.published):
        made.add(page_file("translations.md", project.settings.directory_urls))
    return frozenset(made)


@remembered
def _theme_folders(project: Project) -> tuple[tuple[Path, bool], ...]:
    """Return the folders of the files that the theme adds to the site, each with whether it is for all locales
    together: the project's own, ours where they are not the same, then those of the package."""
    is_ours = brings_library(project.root)
    found: list[tuple[Path, bool]] = []
    if project.settings.theme_folder:
        found.append((project.root / project.settings.theme_folder, is_ours))
    if not is_ours:  # the plugin adds them
        found.append((parts().theme, True))
    is_material = project.settings.theme == "material"
    for entry in entry_points(group="mkdocs.themes", name=project.settings.theme):
        spec = importlib.util.find_spec(entry.value)
        found += ((Path(folder), is_material) for folder in (spec and spec.submodule_search_locations) or ())
    return tuple(found)
