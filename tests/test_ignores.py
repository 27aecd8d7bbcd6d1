"""Inline ignores in Markdown and YAML: what they hide, and what is wrong with them."""

from pathlib import Path

import pytest

from imagedocs.checks.ignores import apply_ignores
from imagedocs.markdown.page import parse
from imagedocs.markdown.sources import Source
from imagedocs.markdown.targets import NoSources
from imagedocs.problems import Position, Problem, Rule
from small_project import CONFIG, LOCALES, problems_of, small_project

PATH = "docs/en/a.md"


def lines_left(markdown: str, *lines: int, ran: frozenset[Rule] | None = None) -> list[str]:
    """What is left of a broken link on each of `lines`."""
    document = parse(Source(PATH, markdown), NoSources()).document
    rows = markdown.split("\n")
    problems = [Problem(Position(PATH, line, 1), Rule.BROKEN_LINK, "nothing there") for line in lines]

    def read_line(path: str, line: int) -> str | None:
        return rows[line - 1] if path == PATH and 0 < line <= len(rows) else None

    left = apply_ignores(problems, [document], read_line, ran=ran)
    return [str(problem).removeprefix(f"{PATH}:") for problem in left]


LEFT = ":1: error: broken-link: nothing there"
IGNORE = "<!-- imagedocs-ignore broken-link: it comes next week -->"


@pytest.mark.parametrize(
    ("markdown", "lines", "left"),
    [
        pytest.param(f"text {IGNORE}\n\nmore", [1], [], id="on the line that it stands on"),
        pytest.param(
            f"text {IGNORE}\nmore", [1, 2], [f"2{LEFT}"], id="not on the next line when text stands before"
        ),
        pytest.param(
            f"{IGNORE}\n\none\ntwo\n\nthree", [3, 4, 6], [f"6{LEFT}"], id="the whole next paragraph"
        ),
        pytest.param(f"{IGNORE}\n# one\ntwo", [2, 3], [f"3{LEFT}"], id="of a heading only the heading"),
        pytest.param(
            f"{IGNORE}\n\n```sh\none\n\ntwo\n```\n\nthree",
            [4, 6, 9],
            [f"9{LEFT}"],
            id="a fenced block with its blank lines",
        ),
        pytest.param(
            f"{IGNORE}\n\n    one\n\n    two\n\nthree", [3, 5, 7], [f"7{LEFT}"], id="an indented block"
        ),
        pytest.param(
            "<!-- imagedocs-ignore broken-link:\nit comes\nnext week -->\n\none",
            [5],
            [],
            id="a comment of three lines",
        ),
        pytest.param(f"- item\n\n  {IGNORE}\n\n  one", [5], [], id="inside a list item"),
        pytest.param(
            "<!-- imagedocs-ignore broken-anchor, broken-link: both -->\n\none",
            [3],
            [
                "1:23: warning: ignore-unused: there is no broken-anchor to ignore on line 3; remove the ignore"
            ],
            id="of two rules the one that is not needed is reported",
        ),
        pytest.param(
            f"{IGNORE}\n\none",
            [],
            ["1:23: warning: ignore-unused: there is no broken-link to ignore on line 3; remove the ignore"],
            id="nothing to ignore on a line",
        ),
        pytest.param(
            f"{IGNORE}\n\none\ntwo",
            [],
            [
                "1:23: warning: ignore-unused: there is no broken-link to ignore on lines 3 to 4; remove the ignore"
            ],
            id="nothing to ignore on two lines",
        ),
        pytest.param(
            "<!-- imagedocs-ignore broken-link -->\n\none",
            [3],
            [
                (
                    "1:6: error: ignore-incomplete: an ignore of broken-link gives no reason; "
                    'write "imagedocs-ignore broken-link: reason"'
                ),
                f"3{LEFT}",
            ],
            id="without a reason it ignores nothing",
        ),
        pytest.param(
            "<!-- imagedocs-ignore: why -->\n\none",
            [],
            ['1:6: error: ignore-incomplete: an ignore names no rule; write "imagedocs-ignore rule: reason"'],
            id="without a rule",
        ),
        pytest.param(
            "<!-- imagedocs-ignore brokn-link: why -->\n\none",
            [3],
            [
                '1:23: error: ignore-unknown-rule: there is no rule "brokn-link"; did you mean "broken-link"?',
                f"3{LEFT}",
            ],
            id="a rule that does not exist",
        ),
        pytest.param(
            "<!-- imagedocs-ignore-file broken-link: why -->\n\none",
            [],
            [
                (
                    '1:6: error: ignore-incomplete: there is no instruction "imagedocs-ignore-file"; '
                    'write "imagedocs-ignore rule: reason"'
                )
            ],
            id="an instruction that does not exist",
        ),
        pytest.param(f"```html\n{IGNORE}\n```\n\none", [5], [f"5{LEFT}"], id="shown as code it is none"),
        pytest.param(
            f"one\n\n{IGNORE}",
            [1],
            [
                f"1{LEFT}",
                "3:23: warning: ignore-unused: there is no broken-link to ignore on line 4; remove the ignore",
            ],
            id="at the end of a page",
        ),
    ],
)
def test_markdown(markdown: str, lines: list[int], left: list[str]) -> None:
    assert lines_left(markdown, *lines) == left


def test_an_ignore_of_a_rule_that_was_not_looked_for_is_not_unused() -> None:
    text = "<!-- imagedocs-ignore external-link-broken: offline on Sundays -->\n\none"
    assert lines_left(text, ran=frozenset({Rule.BROKEN_LINK})) == []


def test_a_fragment_s_ignore_counts_once_for_all_pages() -> None:
    document = parse(Source(PATH, f"{IGNORE}\n\none"), NoSources()).document
    rows = {1: IGNORE, 2: "", 3: "one"}
    left = apply_ignores((), (document, document), lambda _, line: rows.get(line))
    assert [problem.rule for problem in left] == [Rule.IGNORE_UNUSED]


YAML = """\
images:
  # imagedocs-ignore unquoted-value: the old tool needs it
  # (until May)
  - version: 1.10
  - tag: 2021  # imagedocs-ignore wrong-type: so it is
  # imagedocs-ignore wrong-type
  - tag: 2022
"""


def test_yaml() -> None:
    path = "catalog/images.yaml"
    problems = [
        Problem(Position(path, 4, 14), Rule.UNQUOTED_VALUE, "quote it"),
        Problem(Position(path, 5, 10), Rule.WRONG_TYPE, "expected text"),
        Problem(Position(path, 7, 10), Rule.WRONG_TYPE, "expected text"),
    ]
    left = apply_ignores(problems, (), lambda _path, _line: None, {path: YAML})
    assert [str(problem) for problem in left] == [
        (
            "catalog/images.yaml:6:5: error: ignore-incomplete: an ignore of wrong-type gives no reason; "
            'write "imagedocs-ignore wrong-type: reason"'
        ),
        "catalog/images.yaml:7:10: error: wrong-type: expected text",
    ]


def test_comments_in_each_of_our_yaml_files(tmp_path: Path) -> None:
    ignore = "# imagedocs-ignore unknown-key: "
    folder = small_project(
        tmp_path,
        {
            "locales/locales.yaml": f"{LOCALES}nothing: 1 {ignore}read by another program\n",
            "locales/glossary.yaml": f"version: 1 {ignore}there is none\n",
            "mkdocs.yml": f"{CONFIG}\n{ignore}there is none\n",
            "catalog/allowed-images.yaml": f"version: 1\nallow: [] {ignore}there is none\n",
            "catalog/external-links.yaml": f"version: 1\nallow: [] {ignore}there is none\n",
        },
    )
    found = [line for line in problems_of(folder) if "unknown-key" in line]
    assert [line.partition(":")[0] for line in found] == [
        "catalog/allowed-images.yaml",
        "catalog/external-links.yaml",
        "locales/glossary.yaml",
        "mkdocs.yml",
    ]
    assert all("ignore-unused" in line for line in found)
