"""Each file of a project that a build or a check opens counts: once it has changed, a build and a check that remember
earlier ones give what they give with an empty memory.

Which files these are is not listed here but recorded, by an audit hook in the process and in all that it forks. So a
new kind of file cannot be read in silence: it needs a change in `many_kinds.CHANGES`, or a reason in `HARMLESS`.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ACTIVATED, run_imagedocs, run_mkdocs
from many_kinds import EVERY_FILE, change, write_project
from sampling import full

pytestmark = pytest.mark.posix

DAY = "2026-03-20"
EPOCH = {"SOURCE_DATE_EPOCH": "1774000000"}
CHECK = ("check", "--format", "plain", "--as-of", DAY, "--baseline", "known.json")

FINDING = re.compile(r": (?:error|warning|suggestion): [a-z0-9-]+: ")

HARMLESS = {
    "catalog/external-links.yaml": "only a check of other sites, which needs a network, asks what it says",
}
"""Files that are opened and whose change changes nothing, each with its reason."""

SHOWN = (
    "mkdocs.yml",
    "overrides/partials/copyright.html",
    "includes/x.md",
)
"""The files that `make test` changes, each by itself; `make test-all` changes them all."""

RECORD = """\
import os, runpy, sys

log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def note(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.path.join(os.getcwd(), os.fsdecode(arguments[0]))
        os.write(log, os.fsencode(path) + b"\\n")

sys.argv = sys.argv[2:]
sys.path[0] = os.getcwd()
sys.addaudithook(note)
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def opened(root: Path, log: Path, command: Sequence[str]) -> set[str]:
    """Run the command with nothing remembered, and return the project's files that it opens."""
    environment = {**ACTIVATED, **EPOCH, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    environment["XDG_CACHE_HOME"] = str(log.parent / "home")
    done = subprocess.run(
        [sys.executable, "-c", RECORD, str(log), *command],
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    paths = {Path(line) for line in log.read_text("utf-8").splitlines()}
    inside = {
        path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root) and path.is_file()
    }
    return {path for path in inside if not path.startswith((".cache/", "site/", ".site-"))}


@dataclass(frozen=True)
class Project:
    """A project that has been built and checked, so that both have something to remember."""

    root: Path
    snapshot: Path
    home: Path

    def restore(self) -> None:
        """Put everything back as it was after the first build and check, in the same place: caches know it."""
        shutil.rmtree(self.root)
        shutil.copytree(self.snapshot, self.root, symlinks=True)

    def build(self, folder: str, **environment: str) -> Mapping[str, bytes | str]:
        """Build into this folder; the site's files, and what was said of problems."""
        environment = {"XDG_CACHE_HOME": str(self.home), **EPOCH, **environment}
        done = run_mkdocs(self.root, "build", "-d", folder, new_process=False, **environment)
        assert "Traceback" not in done.stderr
        said = "".join(f"{line}\n" for line in done.stderr.splitlines() if FINDING.search(line))
        result: dict[str, bytes | str] = {"(status)": str(done.returncode), "(problems)": said}
        site = self.root / folder
        return result | {
            path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
        }

    def check(self, *options: str) -> str:
        done = run_imagedocs(self.root, *CHECK, *options, XDG_CACHE_HOME=str(self.home))
        return f"{done.returncode}\n{done.stdout}{done.stderr}"

    def remembering(self) -> tuple[Mapping[str, bytes | str], str]:
        return self.build("site"), self.check()

    def afresh(self) -> tuple[Mapping[str, bytes | str], str]:
        return self.build("fresh", IMAGEDOCS_CACHE="off"), self.check("--no-cache")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, with what commands of imagedocs write into one."""
    root = write_project(tmp_path_factory.mktemp("many") / "project").resolve()
    assert run_imagedocs(root, "messages").returncode in (0, 1)
    assert run_imagedocs(root, "status", "--accept", "docs/es/translated.md").returncode in (0, 1)
    return root


@pytest.fixture(scope="module")
def project(written: Path) -> Project:
    project = Project(written, written.parent / "snapshot", written.parent / "home")
    project.remembering()
    shutil.copytree(project.root, project.snapshot, symlinks=True)
    return project


@pytest.fixture(scope="module")
def before(project: Project) -> tuple[Mapping[str, bytes | str], str]:
    """Give what a build and a check make of the unchanged project."""
    return project.afresh()


def test_every_file_that_is_opened_is_changed_by_a_test_or_harmless(written: Path, tmp_path: Path) -> None:
    built = opened(
        written, tmp_path / "built", ["mkdocs", "build", "-q", "-d", str(tmp_path / "site"), "--clean"]
    )
    checked = opened(written, tmp_path / "checked", ["imagedocs", *CHECK, "--no-cache"])
    assert {
        "mkdocs.yml",
        "overrides/partials/copyright.html",
        "docs/ja/index.md",
        "samples-main/y.py",
    } <= built
    assert {
        "mkdocs.yml",
        "locales/glossary.yaml",
        "docs/ja/index.md",
        "samples-main/y.py",
        "known.json",
    } <= checked
    assert built | checked == {*EVERY_FILE}


def parameters() -> Iterator[object]:
    for path in EVERY_FILE:
        if path not in HARMLESS:
            yield pytest.param(path, marks=[] if path in SHOWN else [full], id=path)


@pytest.mark.parametrize("path", [*parameters()])
def test_a_changed_file_counts(
    project: Project, before: tuple[Mapping[str, bytes | str], str], path: str
) -> None:
    project.restore()
    change(project.root, path)
    remembering, afresh = project.remembering(), project.afresh()
    assert afresh != before, f"the change of {path} changes nothing: say in many_kinds.CHANGES one that does"
    assert differences(remembering[0], afresh[0]) == []
    assert remembering[1] == afresh[1]


def differences(one: Mapping[str, bytes | str], other: Mapping[str, bytes | str]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_a_harmless_file_changes_nothing(
    project: Project, before: tuple[Mapping[str, bytes | str], str]
) -> None:
    project.restore()
    for path in HARMLESS:
        change(project.root, path)
    site, findings = project.afresh()
    assert differences(site, before[0]) == []
    assert findings == before[1]
