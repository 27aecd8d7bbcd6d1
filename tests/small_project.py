"""A small project of one's own with our catalog and theme, in English and Spanish.

It has the form of an adopter's project: the plugin does the work, and neither hooks nor templates of the theme lie in
it. `with_hooks` gives it our own form, where `mkdocs.yml` names the hooks.
"""

import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from imagedocs.catalog_files import MANIFEST_PATH as MANIFEST
from imagedocs.check.checking import check, collect_site
from imagedocs.locales import load_locales
from imagedocs.locales.catalog_texts import CATALOG_PATH as CATALOG
from imagedocs.locales.update import update_messages
from imagedocs.problems import Severity
from imagedocs.project import Project

ROOT = Path(__file__).parent.parent
DAY = date(2026, 3, 20)


def _without_navigation(config: str) -> str:
    return re.sub(r"^(?:nav|not_in_nav):.*\n(?:[ ].*\n|\n)*", "", config, flags=re.MULTILINE)


def _with_plugin(config: str) -> str:
    """Return the configuration with the plugin in place of hooks and theme folder."""
    config = re.sub(r"^hooks:\n(?: .*\n)*", "", config, flags=re.MULTILINE)
    return config.replace("  custom_dir: includes/theme\n", "").replace(
        "plugins:\n", "plugins:\n  - imagedocs\n"
    )


IMAGE_PAGES = re.compile(
    r"^    (?:(?:images|changes|data|badges): .*|contributors:.*\n(?:      - .*\n)*(?:      - .*))\n",
    re.MULTILINE,
)
"""What gives each image a page, says what changed, and takes our pages for contributors out of the menu; small projects
need none of it, as long as no test is about it."""

HOOKS_CONFIG = IMAGE_PAGES.sub("", _without_navigation((ROOT / "mkdocs.yml").read_text("utf-8")))
"""This checkout's configuration without its navigation, generated pages and an audience of its own."""

CONFIG = _with_plugin(HOOKS_CONFIG)
"""The same with the plugin, as an adopter has it."""

LOCALES = """\
version: 1
default: en
locales:
  en: {name: English, babel: en, material: en, search: {language: en}}
  es: {name: Español, babel: es, material: es, search: {language: es, inflections: true}}
"""
YOUNG = b"\nmax_age: 99999\n"
"""End of the catalog, so that our record is not old on the day of the tests."""
HOME = "# Home\n\nText.\n"


def small_project(folder: Path, files: Mapping[str, str | bytes], *, with_hooks: bool = False) -> Path:
    """Write a project with these files into `folder`; `with_hooks`, in the form that this checkout has."""
    base = _base()
    if with_hooks:
        base = {**base, "mkdocs.yml": HOOKS_CONFIG.encode()}
        ignore = shutil.ignore_patterns("__pycache__")
        for part in ("hooks", "includes/theme"):
            shutil.copytree(ROOT / part, folder / part, ignore=ignore, dirs_exist_ok=True)
        for path in ("locales/messages.pot", "locales/es/LC_MESSAGES/messages.po"):
            base[path] = (ROOT / path).read_bytes()
    _write(folder, {**base, **files})
    return folder


@cache
def _base() -> Mapping[str, bytes]:
    """Return the files of every small project; the sentences are written as `imagedocs messages` writes them."""
    ours = [path for path in (ROOT / "catalog").iterdir() if path.is_file()]
    ours += [*(ROOT / "includes").glob("**/*.md.j2"), ROOT / "locales/es/LC_MESSAGES/messages.po"]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in ours}
    files[CATALOG] += YOUNG
    files[MANIFEST], count = re.subn(rb'(?<="2026-02-27", "source": )"[^"]*"', b'"registry"', files[MANIFEST])
    assert count, "the registry has answered before the day of the tests"
    texts = {"mkdocs.yml": CONFIG, "locales/locales.yaml": LOCALES, "docs/en/index.md": HOME}
    files |= {path: text.encode() for path, text in texts.items()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, files)
        update_messages(folder, load_locales(folder)[0])
        written = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in written}


def _write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


def problems_of(folder: Path, *, suggestions: bool = False) -> list[str]:
    """Return the problems of the project in `folder`, as lines."""
    project = Project.load(folder, DAY)
    return [
        str(problem)
        for problem in check(project, collect_site(project))
        if suggestions or problem.severity is not Severity.SUGGESTION
    ]
