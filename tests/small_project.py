"""A small project of one's own: this checkout's machinery with other pages, in English and Spanish."""

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from imagedocs.problems import Severity
from imagedocs.project import Project
from imagedocs.project.checking import check, collect_site

ROOT = Path(__file__).parent.parent
DAY = date(2026, 3, 20)

CONFIG = re.sub(
    r"^(?:nav|not_in_nav):.*\n(?:[ ].*\n|\n)*",
    "",
    (ROOT / "mkdocs.yml").read_text("utf-8"),
    flags=re.MULTILINE,
)
"""This checkout's configuration without its navigation."""

LOCALES = """\
version: 1
default: en
locales:
  en: {name: English, babel: en, material: en, search: {language: en}}
  es: {name: Español, babel: es, material: es, search: {language: es, inflections: true}}
"""


def small_project(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A project in `folder` with these files."""
    ignore = shutil.ignore_patterns("__pycache__")
    for part in ("catalog", "hooks", "includes", "locales/es"):
        shutil.copytree(ROOT / part, folder / part, ignore=ignore, dirs_exist_ok=True)
    shutil.copy2(ROOT / "locales/messages.pot", folder / "locales")
    ours = {"mkdocs.yml": CONFIG, "locales/locales.yaml": LOCALES, "docs/en/index.md": "# Home\n\nText.\n"}
    for path, content in {**ours, **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def problems_of(folder: Path, *, suggestions: bool = False) -> list[str]:
    """The problems of the project in `folder`, as lines."""
    project = Project.load(folder, DAY)
    return [
        str(problem)
        for problem in check(project, collect_site(project))
        if suggestions or problem.severity is not Severity.SUGGESTION
    ]
