"""The glossary on a table of sentences in all languages: what is sound is never flagged, what is broken never passes."""

import re

import pytest

from glossary_cases import CASES, GLOSSARY
from imagedocs.project import Project
from imagedocs.project.translations import accept
from small_project import DAY, ROOT, problems_of, small_project

FINDING = re.compile(r'docs/(?!en/)[\w-]+/case-(\d+)\.md:(\d+):(\d+): warning: glossary-term: "([^"]+)" is')

TEXT = 7
"""The line of a page in which its text begins, once it is pinned."""


def page(text: str, heading: str) -> str:
    return f'---\ntitle: x\n---\n# <a name="x"></a>{heading}\n\n{text}\n'


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """Of each case, by its number."""
    files: dict[str, str] = {
        "locales/glossary.yaml": GLOSSARY,
        "locales/locales.yaml": (ROOT / "locales/locales.yaml").read_text("utf-8"),
    }
    for number, case in enumerate(CASES):
        files[f"docs/en/case-{number}.md"] = page(case.source, "X")
        files[f"docs/{case.tag}/case-{number}.md"] = page(case.translation, "Y")
    root = small_project(tmp_path_factory.mktemp("glossary"), files)
    accept(Project.load(root, DAY), [f"docs/{tag}" for tag in {case.tag for case in CASES}])
    found: dict[int, list[str]] = {number: [] for number in range(len(CASES))}
    for line in problems_of(root):
        if match := FINDING.match(line):
            found[int(match[1])].append(f"{int(match[2]) - TEXT + 1}:{match[3]} {match[4]}")
    return found


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{case.tag}: {case.name}" for case in CASES])
def test_each_case_is_judged_as_it_should_be(number: int, findings: dict[int, list[str]]) -> None:
    case = CASES[number]
    assert sorted(findings[number]) == sorted(case.expected), (case.source, case.translation)
