"""Every kind of link, as authors write them: what is found, where, and what a browser says of the built page."""

import re
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.check.checking import check, collect_site
from imagedocs.problems import Problem
from imagedocs.project import Project
from link_cases import CASES, SETTINGS, SHARED, read_marked
from site_judge import BuiltSite
from small_project import CONFIG, DAY, small_project

NUMBERS = {name: number for number, name in enumerate(CASES)}
LINK_RULES = ("broken-", "link-leaves-locale", "link-text-missing", "undefined-")


USED_TWICE = "references: used twice, reported once"


def page_of(name: str) -> str:
    return f"docs/en/c/{NUMBERS[name]}.md"


def read_case(name: str) -> tuple[str, list[str], int]:
    """The page's text, the problems that it has (`3:5 broken-link`), and how many of them a browser meets."""
    return read_marked(f"# Case\n\n{CASES[name].replace('{self}', f'{NUMBERS[name]}.md')}\n")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {page_of(name): read_case(name)[0] for name in CASES}
    config = re.sub(r"^exclude_docs:.*\n(?:[ ].*\n)*", "", CONFIG, flags=re.MULTILINE) + SETTINGS
    folder = tmp_path_factory.mktemp("links")
    return small_project(folder, {**SHARED, **pages, "mkdocs.yml": config})


@pytest.fixture(scope="module")
def found(project: Path) -> dict[str, list[Problem]]:
    """The problems of links, by the file that they are in."""
    loaded = Project.load(project, DAY)
    by_file: dict[str, list[Problem]] = {}
    for problem in check(loaded, collect_site(loaded, ["en"])):
        if problem.rule.label.startswith(LINK_RULES):
            by_file.setdefault(problem.position.path, []).append(problem)
    return by_file


def test_what_is_found_and_where(found: dict[str, list[Problem]]) -> None:
    wrong: dict[str, object] = {}
    for name in CASES:
        problems = found.get(page_of(name), [])
        got = [f"{each.position.line}:{each.position.column} {each.rule}" for each in problems]
        expected = read_case(name)[1]
        if got != expected:
            wrong[name] = expected, [str(problem) for problem in problems]
    assert wrong == {}


def test_a_browser_says_the_same_of_the_built_pages(project: Path) -> None:
    result = run_mkdocs(project, "build", "-q", IMAGEDOCS_LOCALE="en", SOURCE_DATE_EPOCH="1774000000")
    assert result.returncode == 0, result.stderr
    built = BuiltSite(project / "site")
    anchors = collect_site(Project.load(project, DAY), ["en"]).locales[0].anchors
    wrong: dict[str, object] = {}
    for name in CASES:
        page = f"c/{NUMBERS[name]}"
        ids = {each for each in built.pages[f"{page}/index.html"].ids if each[:2] != "__" or "tabbed" in each}
        if ids != (known := anchors[f"{page}.md"]):
            wrong[f"ids: {name}"] = ids ^ known
        dead = built.dead(f"c/{NUMBERS[name]}/index.html")
        if len(dead) != read_case(name)[2] and name != USED_TWICE:
            wrong[name] = dead
    assert wrong == {}
