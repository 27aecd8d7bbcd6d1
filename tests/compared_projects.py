"""The projects by which `compare_versions.py` compares two versions of imagedocs, and how each of them is changed."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import many_kinds
import test_build_again
import test_check_remembered
from frozen_findings import MINI_SITES
from test_check_remembered import Place

Change = Callable[[Place], object]


class Version(Protocol):
    """A checkout, and its copy of the project."""

    checkout: Path
    place: Place

    @property
    def root(self) -> Path: ...

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a module of the version in its project."""
        ...


@dataclass(frozen=True)
class Project:
    """A project to compare the versions by."""

    write: Callable[[Version, Version], None]
    """Write it for a version; the second one is the older of the two."""
    changes: Mapping[str, Change]


WRITE_SMALL = """\
import json, shutil, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from small_project import ROOT, small_project
folder, given = Path(sys.argv[2]), json.load(sys.stdin)
small_project(folder, given["files"])
for name in given["languages"]:
    shutil.copytree(ROOT / "locales" / name, folder / "locales" / name)
"""


def small(
    files: Mapping[str, str | bytes], languages: Sequence[str] = ()
) -> Callable[[Version, Version], None]:
    """Return what writes a small project, on the templates and sentences of the version."""
    texts = {path: text if isinstance(text, str) else text.decode() for path, text in files.items()}

    def write(version: Version, _old: Version) -> None:
        program = [str(version.checkout / ".venv/bin/python"), "-c", WRITE_SMALL]
        subprocess.run(
            [*program, str(version.checkout / "tests"), str(version.root)],
            input=json.dumps({"files": texts, "languages": languages}),
            encoding="utf-8",
            check=True,
        )

    return write


def write_ours(version: Version, old: Version) -> None:
    ignore = shutil.ignore_patterns("__pycache__")
    for part in ("hooks", "includes", "locales"):
        shutil.copytree(version.checkout / part, version.root / part, ignore=ignore)
    shutil.copy2(version.checkout / "mkdocs.yml", version.root)
    for part in ("docs", "catalog", "locales/sources"):
        shutil.copytree(old.checkout / part, version.root / part, dirs_exist_ok=True)
    for part in ("locales/locales.yaml", "locales/glossary.yaml"):
        shutil.copy2(old.checkout / part, version.root / part)


def write_init(version: Version, _old: Version) -> None:
    version.root.mkdir()
    done = version.run(
        *(
            "-m",
            "imagedocs",
            "init",
            "--registry",
            "registry.example.com",
            "--locale",
            "en",
            "--locale",
            "es",
        ),
        *("--site-url", "https://images.example/", "--column", "os", "--column", "licence"),
    )
    assert done.returncode == 0, done.stderr
    place = version.place
    place.edit("catalog/images.yaml", lambda text: text.replace("images: []", IMAGE))
    place.write(
        "docs/en/more.md", "# More\n\n`registry.example.com/team/web:1.0` and [home](index.md#nothing).\n"
    )
    place.write("docs/es/index.md", "# Inicio\n\n[más](more.md)\n")
    version.run("-m", "imagedocs", "messages")


IMAGE = """\
images:
  - id: web
    repository: team/web
    tag: "1.0"
    os: unknown
    attributes: {licence: [MIT]}
"""


def _append(path: str, text: str) -> Change:
    return lambda place: place.add(path, text)


def _replace(path: str, old: str, new: str) -> Change:
    return lambda place: place.edit(path, lambda text: text.replace(old, new, 1))


PAGE = "concept-prebuilt-docker-images-inference.md"
OF_PROJECTS: Mapping[str, Change] = {
    "text of a page": _append("docs/en/index.md", "More text."),
    "text of a translation": _append("docs/es/index.md", "Más texto."),
    "a title": _replace("docs/en/tag-policy.md", "# ", "# About: "),
    "a translation goes": lambda place: place.remove("docs/de/tag-policy.md"),
    "a page of images": _append(f"docs/en/{PAGE}", "[x](nowhere.md)"),
    "the site's name": _replace("mkdocs.yml", "site_name: ", "site_name: The "),
    "the theme": _replace(
        "includes/theme/main.html", "{% block extrahead %}", "{% block extrahead %}<!-- x -->"
    ),
    "the day of an image": _replace("catalog/images.yaml", "from: 2021-05-25", "from: 2021-05-26"),
    "a file beside the pages": lambda place: place.write("docs/en/media/new.svg", "<svg/>"),
}


def _changes_of_build_again() -> Iterator[tuple[str, Change]]:
    """Yield the changes of the test of builds, but for those that damage a cache or a site."""
    (table,) = test_build_again.test_the_site_is_that_of_a_build_from_nothing.pytestmark
    for parameters in table.args[1]:
        if not re.search(r"\bkept\b|\bsite\b", parameters.id):
            yield parameters.id, _of_folder(parameters.values[0])


def _of_folder(change: Callable[[Path], object]) -> Change:
    return lambda place: change(place.root)


def projects() -> dict[str, Project]:
    """Return the projects by their names."""
    checked = test_check_remembered.CHANGES
    found = {
        "ours": Project(write_ours, {**OF_PROJECTS, **checked}),
        "init": Project(write_init, {**OF_PROJECTS, **checked}),
        "many-kinds": Project(
            small(many_kinds.FILES, ["ja"]),
            {
                path: lambda place, path=path: many_kinds.change(place.root, path)
                for path in many_kinds.EVERY_FILE
            },
        ),
    }
    for name, files in MINI_SITES.items():
        built = dict(_changes_of_build_again()) if files is test_build_again.FILES else {}
        languages = sorted({path.split("/")[1] for path in files if path.startswith("docs/")} - {"en", "es"})
        folders = [language.replace("-", "_") for language in languages]
        found[name.replace(" ", "-")] = Project(small(files, folders), {**built, **checked})
    return found
