"""Where reports are read: in a repository of which the project is a folder, on a site with or without rules' pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imagedocs.commands.checking import Check
from imagedocs.commands.printing import home_of, report, rules_base, without_known
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project import Project
from small_project import DAY, small_project

PROBLEM = Problem(Position("docs/en/index.md", 1, 3), Rule.BROKEN_LINK, "nothing there")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    repository = tmp_path_factory.mktemp("repository")
    (repository / ".git").mkdir()
    return Project.load(small_project(repository / "sites" / "ours", {}), DAY)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("github", "file=sites/ours/docs/en/index.md,"),
        ("sarif", '"uri": "sites/ours/docs/en/index.md"'),
        ("junit", 'file="sites/ours/docs/en/index.md"'),
        ("codeclimate", '"path": "sites/ours/docs/en/index.md"'),
        ("rdjson", '"path": "sites/ours/docs/en/index.md"'),
        ("json", '"path": "docs/en/index.md"'),
        ("plain", "docs/en/index.md:1:3: "),
    ],
)
def test_what_a_repository_shows_has_its_paths(project: Project, form: str, expected: str) -> None:
    assert expected in report([PROBLEM], form, home_of(project))


def test_rules_are_linked_only_where_the_site_has_their_pages(project: Project) -> None:
    assert project.settings.site_url
    assert rules_base(home_of(project)) == ""
    page = project.root / "docs/en/rules/broken-link.md"
    page.parent.mkdir()
    page.touch()
    try:
        assert rules_base(home_of(project)) == project.settings.site_url
    finally:
        page.unlink()


@pytest.mark.parametrize(
    ("tags", "path", "rule", "expected"),
    [
        ((), "docs/es/a.md", "broken-link", True),
        (("en",), "docs/es/a.md", "broken-link", False),
        (("en",), "docs/en/a.md", "broken-link", True),
        (("en",), "includes/a.md", "broken-link", False),
        (("en",), "catalog/images.yaml", "duplicate-image", True),
        ((), "docs/es/a.md", "external-link-broken", False),
    ],
)
def test_what_a_run_looks_at(
    project: Project, tags: tuple[str, ...], path: str, rule: str, expected: bool
) -> None:
    check = Check(project.root, project.as_of, tags, (), forgets=True)
    check.problems()
    assert check.looks_at(path, rule) is expected


def test_a_baseline_is_named_as_the_project_has_it(project: Project) -> None:
    file = project.root / "known.json"
    file.write_text('{"version": 2, "problems": []}', "utf-8")
    (problem,) = without_known((), file, project.root, lambda _path, _rule: True).left
    assert problem.position.path == "known.json"
    file.unlink()


def test_a_reader_that_goes_away_leaves_no_traceback(project: Project) -> None:
    (project.root / "docs/en/index.md").write_text("# Home\n\n" + "[x](gone.md)\n\n" * 3000, "utf-8")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "imagedocs", "check"],
        cwd=Path(project.root),
        stdout=write,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")
