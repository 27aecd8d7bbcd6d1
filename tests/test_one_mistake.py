"""One mistake is one problem, on a line that can be read; and no text of a page is lost without a word."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import run_imagedocs, run_mkdocs
from imagedocs.cli import main
from imagedocs.problems import Position, Problem, Rule
from imagedocs.reports.plain import render_plain
from imagedocs.reports.surroundings import Surroundings
from imagedocs.suggestions import shown
from markdown_files import document
from small_project import small_project


def rules(text: str) -> list[str]:
    return [problem.rule.label for problem in document(text).problems]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "# A\n\n<<<<<<< HEAD\n# One\n\nText.\n=======\n# Other\n\nText.\n>>>>>>> branch\n",
            "merge-conflict",
        ),
        ("# A\n\n<<<<<<< HEAD\nOne.\n=======\nOther.\n>>>>>>> branch\n", "merge-conflict"),
        ("---\ntitle: A\n\n# A\n\nText.\n", "yaml-header-syntax-error"),
        ("# A\n\n[!INCLUDE[note] (note.md)]\n", "include-invalid"),
        ("# A\n\nText.\n\n<!-- to do -- >\n\n## B\n\nText.\n", "unbalanced-html"),
        ("# A\n\nText.\n\n<!-- to do --!>\n\n## B\n\nText.\n", "unbalanced-html"),
        ("# A\n\n- One\n\n  <!-- to do\n\n- Two\n", "unbalanced-html"),
    ],
)
def test_a_mistake_in_a_page_is_told_once(text: str, rule: str) -> None:
    assert rules(text) == [rule]


@pytest.mark.parametrize("comment", ["<!-- a -->", "<!-- a -- b -->", "<!---->", "<!-- a\n\n## B\n\nb -->"])
def test_a_comment_that_ends_is_sound(comment: str) -> None:
    assert rules(f"# A\n\nText.\n\n{comment}\n\nText.\n") == []


def test_what_is_meant_to_end_a_comment_is_named() -> None:
    (problem,) = document("# A\n\n<!-- to do -- >\n\nText.\n").problems
    assert problem.hint == 'write "-->" in place of "-- >"'


def test_parts_of_a_page_whose_include_is_missing_are_not_known(tmp_path: Path) -> None:
    files = {
        "docs/en/a.md": "# A\n\n[!INCLUDE [x](../../includes/none-such.md)]\n",
        "docs/en/b.md": "# B\n\n[x](a.md#part)\n",
    }
    small_project(tmp_path, files)
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "check"], standalone_mode=False)
    wrong = [line for line in result.stdout.splitlines() if ": error: " in line]
    assert len(wrong) == 1
    assert wrong[0].startswith("docs/en/a.md:3:")


def test_a_problem_of_many_pages_names_three() -> None:
    places = tuple(Position(f"docs/en/p{number:03}.md", 3) for number in range(100))
    line = render_plain(
        [Problem(Position("includes/x.md", 1), Rule.BROKEN_LINK, "is wrong", "", places)], Surroundings()
    )
    named = "docs/en/p000.md:3, docs/en/p001.md:3, docs/en/p002.md:3"
    assert line == f"includes/x.md:1: error: broken-link: is wrong (included from {named}, and 97 more)\n"


def test_a_long_path_keeps_the_name_of_its_file() -> None:
    path = "docs/en/" + "a-folder-with-a-name/" * 6 + "the-page.md"
    assert shown(path).endswith('…/the-page.md"')
    assert len(shown(path)) <= 83
    assert shown("x" * 100) == '"' + "x" * 79 + '…"'


def test_of_readme_and_index_the_second_is_shown(tmp_path: Path) -> None:
    files = {"docs/en/a/index.md": "# Index\n\nShown.\n", "docs/en/a/README.md": "# Readme\n\nHidden.\n"}
    small_project(tmp_path, files)
    built = run_mkdocs(tmp_path, "build")
    assert built.returncode == 0, built.stderr
    assert "Shown." in (tmp_path / "site/a/index.html").read_text()
    assert (
        "docs/en/a/README.md: warning: publish-url-conflict: has the address of docs/en/a/index.md"
        in built.stderr
    )


def test_a_control_character_in_a_template_is_told_once(tmp_path: Path) -> None:
    small_project(tmp_path, {"includes/x.md.j2": "A \x1b[31mred\x1b[0m word.\n\nText.\n"})
    found = run_imagedocs(tmp_path, "check", "--format", "plain").stdout.splitlines()
    said = "warning: invisible-character: a control character stands here (U+001B); delete it"
    assert found == [f"includes/x.md.j2:1:{column}: {said}" for column in (3, 11)]
