"""Several tables of contents: which of them a page shows."""

import re
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.docfx.tables import Tables, load_tables
from imagedocs.docfx.toc import Surroundings
from markdown_files import Files
from small_project import CONFIG, problems_of, small_project


def tables(files: dict[str, str]) -> Tables:
    texts = {"a.md": "", "f/b.md": "", "f/g/c.md": "", **files}
    around = Surroundings(Files(texts), lambda path: path)
    return load_tables([path for path in files if "toc." in path], around)


@pytest.mark.parametrize(
    ("files", "page", "expected"),
    [
        ({"toc.md": "# [A](a.md)"}, "a.md", "toc.md"),
        ({"toc.md": "# [A](a.md)"}, "f/g/c.md", "toc.md"),
        ({"f/g/toc.md": "# [C](c.md)", "toc.md": "# [B](f/b.md)"}, "f/g/c.md", "f/g/toc.md"),
        ({"f/g/toc.md": "# [B](../b.md)", "toc.md": "# [B](f/b.md)"}, "f/b.md", "toc.md"),
        ({"f/toc.md": "# [C](g/c.md)", "toc.md": "# [C](f/g/c.md)"}, "f/g/c.md", "f/toc.md"),
        ({"x/toc.md": "# [A](../a.md)", "w/toc.md": "# [A](../a.md)"}, "a.md", "w/toc.md"),
        ({"x/toc.md": "# [B](../f/b.md)"}, "a.md", None),
        ({"toc.yml": "- {name: F, href: f/toc.md}", "f/toc.md": "# [B](b.md)"}, "f/b.md", "toc.yml"),
        ({"toc.yml": "- {name: F, href: f/}", "f/toc.md": "# [B](b.md)"}, "f/b.md", "f/toc.md"),
        (
            {"toc.yml": "- {name: F, tocHref: f/, topicHref: a.md}", "f/toc.md": "# [A](../a.md)"},
            "a.md",
            "f/toc.md",
        ),
    ],
    ids=[
        "the only one",
        "the one above it, when none leads to it",
        "the one that leads to it",
        "above before below",
        "the next above",
        "the first by name",
        "none leads to it and none is above it",
        "one that is part of another is none of its own",
        "one that is named by its folder is",
        "an entry with a table of its own leads to no page",
    ],
)
def test_which_table_a_page_shows(files: dict[str, str], page: str, expected: str | None) -> None:
    assert tables(files).nearest(page) == expected


def test_tables_that_lead_to_nothing_new_are_not_shown() -> None:
    found = tables(
        {"toc.md": "# [A](a.md)", "bread/toc.yml": "- {name: Up, href: /x/}", "f/toc.md": "# [B](b.md)"}
    )
    assert list(found.shown()) == ["toc.md", "f/toc.md"]


def test_a_circle_of_tables_is_one_problem() -> None:
    found = tables({"toc.md": "# [F](f/toc.md)", "f/toc.md": "# [Up](../toc.md)"})
    assert [str(problem.position) for problem in found.problems] == ["toc.md:1:1"]
    assert list(found.by_place) == ["toc.md"]


PAGES = {
    "mkdocs.yml": CONFIG.replace("    - navigation.prune\n", ""),
    "docs/en/toc.yml": "- {name: Start, href: index.md}\n",
    "docs/en/api/toc.yml": "- {name: Calls, href: calls.md}\n- {name: Types, href: types.md}\n",
    "docs/en/bread/toc.yml": "- {name: Up, tocHref: /azure/, topicHref: /azure/index}\n",
    "docs/en/api/calls.md": "# Calls\n\nText.\n",
    "docs/en/api/types.md": "---\n_tocRel: ../toc.json\n---\n# Types\n\nText.\n",
}


def test_a_page_shows_its_own_table(tmp_path: Path) -> None:
    folder = small_project(tmp_path, PAGES)
    result = run_mkdocs(folder, "build", "--strict")
    assert result.returncode == 0, result.stderr
    assert problems_of(folder) == []

    def names(page: str) -> list[str]:
        html = (folder / "site" / page / "index.html").read_text("utf-8")
        start = html.index("md-nav--primary")
        return re.findall(r"(?:Start|Calls|Types)(?=\s*\n)", html[start : html.index("md-content", start)])

    assert set(names(".")) == {"Start"}
    assert set(names("api/calls")) == {"Calls", "Types"}
    assert set(names("api/types")) == {"Start"}
