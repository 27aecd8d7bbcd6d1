"""`docfx.json`, cross reference maps and the sources of other repositories: what they say, and what pages make
of it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from imagedocs.docfx.config import read_config
from imagedocs.docfx.metadata import Metadata, complete
from imagedocs.docfx.patterns import MAX_PATTERNS, read_pattern
from imagedocs.docfx.repositories import read_repositories
from imagedocs.docfx.xref import read_maps
from imagedocs.markdown import Source
from imagedocs.markdown.front_matter import read_day
from small_project import problems_of, small_project


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("a.md", "a.md", True),
        ("a.md", "b/a.md", False),
        ("*.md", "b/a.md", False),
        ("**/*.md", "a.md", True),
        ("**/*.md", "b/c/a.md", True),
        ("**", "b/c/a.md", True),
        ("b/**", "b/c/a.md", True),
        ("b/**", "c/b/a.md", False),
        ("b/**/a.md", "b/a.md", True),
        ("**/c/**/*.md", "b/c/d/a.md", True),
        ("B/A?.MD", "b/a1.md", True),
        ("{a,b/**}/x.{md,yml}", "b/c/x.md", True),
        ("{a,b/**}/x.{md,yml}", "c/x.md", False),
        ("{a,{b,c}}.md", "c.md", True),
        ("./a.md", "a.md", True),
        ("b\\*.md", "b/a.md", True),
        ("a.{md", "a.{md", True),
        ("[ab].md", "b.md", True),
        ("", "a.md", False),
    ],
    ids=repr,
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    read = read_pattern(pattern)
    assert read is not None
    assert read.matches(path) is expected


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("**/" * 200 + "x", "a/" * 500 + "y"), ("*a" * 200 + "b", "a" * 5000), ("{a,b" * 500 + "}" * 500, "c")],
    ids=["many folders", "many stars", "a nest of braces"],
)
def test_no_pattern_is_tried_without_end(pattern: str, path: str) -> None:
    read = read_pattern(pattern)
    assert read is None or not read.matches(path)


def metadata(text: str, path: str = "docs/en/docfx.json") -> tuple[Metadata, list[str]]:
    found, problems = read_config(Source(path, text))
    return found, [str(problem).removeprefix(f"{path}:") for problem in problems]


DOCFX = """\
{
  "build": {
    "content": [{"files": ["**/*.md"]}],
    "globalMetadata": {"author": "team", "description": "All", "ms.date": null, "template": "x.html", "x": [{}]},
    "fileMetadata": {
      "description": {"sub/**": "Below", "sub/a.md": "Of \\ud83d\\ude00 a"},
      "author": {"sub/*.md": ["one", "two"]},
      "hide": {"**": true}
    },
    "markdownEngineProperties": {"alerts": {"Todo": "alert"}}
  }
}
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/en/b.md", {"author": "team", "description": "All"}),
        ("docs/en/sub/b/c.md", {"author": "team", "description": "Below"}),
        ("docs/en/sub/a.md", {"author": "one, two", "description": "Of 😀 a"}),
    ],
    ids=["for all", "for those of a pattern", "the last pattern that fits counts"],
)
def test_what_docfx_json_gives_a_page(path: str, expected: dict[str, str]) -> None:
    found, problems = metadata(DOCFX)
    assert problems == []
    assert found.of(path) == expected
    assert found.alerts == ("TODO",)


def test_patterns_of_the_projects_file_count_from_the_project() -> None:
    text = '{"build": {"fileMetadata": {"title": {"docs/e*/a.md": "A"}}}}'
    found, _ = metadata(text, "docfx.json")
    assert found.of("docs/en/a.md") == {"title": "A"}
    assert found.of("docs/de/a.md") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{,}", "1:2: error: json-syntax: is not JSON: expecting property name enclosed in double quotes"),
        ("[]", "1:1: error: wrong-type: expected a mapping, found a list"),
        ('{"build": 1}', "1:11: error: wrong-type: expected a mapping, found the number 1"),
        (
            '{"build": {"globalMetadata": {"author": {}}}}',
            "1:41: error: wrong-type: expected text, found a mapping",
        ),
        (
            '{"build": {"fileMetadata": {"title": "x"}}}',
            '1:38: error: wrong-type: expected a mapping of patterns to values, found "x"',
        ),
        (
            f'{{"build": {{"fileMetadata": {{"title": {{"{"{a,b}" * 20}": "x"}}}}}}}}',
            (
                f"1:39: error: wrong-type: expected a pattern of at most {MAX_PATTERNS} alternatives, found"
                f' "{("{a,b}" * 20)[:79]}…"'
            ),
        ),
    ],
    ids=["no JSON", "a list", "no mapping", "no text", "no patterns", "too many patterns"],
)
def test_what_is_wrong_with_docfx_json(text: str, expected: str) -> None:
    assert metadata(text)[1] == [expected]


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ({}, {"author": "team", "description": '"<b>'}),
        ({"author": "me", "description": None}, {"author": "me", "description": '"<b>'}),
        ({"description": 'x"><script>'}, {"author": "team", "description": 'x"><script>'}),
        (
            {"ms.date": "03/16/2026", "description": 5},
            {"author": "team", "description": 5, "ms.date": "03/16/2026", "revision_date": "2026-03-16"},
        ),
        (
            {"ms.date": date(2026, 3, 16), "revision_date": "last week", "description": "x"},
            {
                "author": "team",
                "description": "x",
                "ms.date": date(2026, 3, 16),
                "revision_date": "last week",
            },
        ),
    ],
    ids=[
        "what is given",
        "front matter has precedence, unless empty",
        "markup",
        "a day",
        "a date of the page's own",
    ],
)
def test_what_becomes_of_front_matter(front_matter: dict[str, Any], expected: dict[str, Any]) -> None:
    complete(front_matter, {"author": "team", "description": '"<b>'}, date.isoformat)
    assert front_matter == expected


def test_without_an_author_the_alias_is_one() -> None:
    front_matter: dict[str, Any] = {"ms.author": "alias"}
    complete(front_matter, {}, date.isoformat)
    assert front_matter == {"ms.author": "alias", "author": "alias"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("03/16/2026", date(2026, 3, 16)),
        ("3/6/2026", date(2026, 3, 6)),
        ("2026-03-16", date(2026, 3, 16)),
        (date(2026, 3, 16), date(2026, 3, 16)),
        (datetime(2026, 3, 16, 12, tzinfo=UTC), date(2026, 3, 16)),
        ("2026-03-16 12:00:00+00:00", date(2026, 3, 16)),
        ("16/03/2026", None),
        ("20.3.2026", None),
        ("", None),
        ("soon", None),
        (None, None),
    ],
    ids=[
        "two digits",
        "one digit",
        "ISO",
        "a day",
        "a time",
        "a time as text",
        "day first",
        "day first with dots",
        "empty",
        "no day",
        "nothing",
    ],
)
def test_days(value: object, expected: date | None) -> None:
    assert read_day(value) == expected


def maps(*texts: str):
    sources = [Source(f"docs/en/{n}.yml", text) for n, text in enumerate(texts)]
    known, problems = read_maps(sources, lambda address: address.replace("/", "L/", address[:1] == "/"))
    return known, [str(problem).removeprefix("docs/en/") for problem in problems]


def test_the_first_map_that_knows_a_uid_counts() -> None:
    base = "### YamlMime:XRefMap\nbaseUrl: https://a.example/b/\nreferences:\n"
    known, problems = maps(
        base + "- uid: A\n  name: Name\n  href: x.html#y\n  fullName: ignored\n- {uid: B, href: /api/b}\n",
        "references:\n- {uid: A, href: https://other.example/}\n- {uid: C, href: 'http://c.example/ü'}\n"
        "- {uid: D, href: /api/d}\n",
    )
    assert problems == []
    assert known == {
        "A": ("https://a.example/b/x.html#y", "Name"),
        "B": ("https://a.example/api/b", "B"),
        "C": ("http://c.example/%C3%BC", "C"),
        "D": ("L/api/d", "D"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x: 1\n", '0.yml:1:1: error: missing-field: the field "references" is missing'),
        (
            "references:\n- {uid: A, href: a.html}\n",
            '0.yml:2:18: error: wrong-type: "a.html" is no address; write it whole, or give the file a "baseUrl"',
        ),
        (
            "references:\n- {uid: A, href: 'javascript:alert(1)'}\n",
            (
                '0.yml:2:18: error: wrong-type: "javascript:alert(1)" is no address; write it whole, or give the file'
                ' a "baseUrl"'
            ),
        ),
        (
            "references:\n- {uid: A, href: //evil.example}\n",
            (
                '0.yml:2:18: error: wrong-type: "//evil.example" is no address; write it whole, or give the file a'
                ' "baseUrl"'
            ),
        ),
        (
            "references:\n- {uid: A, href: 'http://['}\n",
            '0.yml:2:18: error: wrong-type: "http://[" is no address; write it whole, or give the file a "baseUrl"',
        ),
        ("references:\n- {href: /a}\n", '0.yml:2:3: error: missing-field: the field "uid" is missing'),
        ("references:\n- {uid: A}\n", '0.yml:2:3: error: missing-field: the field "href" is missing'),
        (
            "a: &b 1\nreferences: []\n",
            "0.yml:1:4: error: yaml-syntax: anchors such as &b are not read; remove it",
        ),
    ],
    ids=[
        "no references",
        "a relative address",
        "a script",
        "an address without a scheme",
        "a broken address",
        "no uid",
        "no address",
        "YAML that is not read",
    ],
)
def test_what_is_wrong_with_a_map(text: str, expected: str) -> None:
    known, problems = maps(text)
    assert known == {}
    assert problems == [expected]


def test_references_are_links(tmp_path: Path) -> None:
    files = {
        "docs/en/x.md": "# X\n\nSee <xref:Known>, @Own and <xref:Unknown>.\n",
        "xrefmap.json": '{"references": [{"uid": "Known", "name": "N", "href": "https://a.example/"}]}',
        "docs/en/xrefmap.yml": "references:\n- {uid: Own, href: https://b.example/}\n",
    }
    assert problems_of(small_project(tmp_path, files)) == [
        "docs/en/x.md:3:28: warning: xref-not-found: no page and no xrefmap.yml of this project has the uid Unknown; write a link with an address, or note in xrefmap.yml where it leads"
    ]


CONFIG = ".openpublishing.publish.config.json"


def test_the_folders_of_other_repositories() -> None:
    text = '{"dependent_repositories": [{"path_to_root": "samples-main", "url": "https://x"}, {"path_to_root": "b"}]}'
    assert read_repositories(Source(CONFIG, text)) == ({"samples-main", "b"}, ())


@pytest.mark.parametrize("name", ["..", "../x", "/etc", ".git", "a/b", "docs", "hooks", "a\\\\b"])
def test_what_can_be_no_folder_of_another_repository(name: str) -> None:
    names, problems = read_repositories(
        Source(CONFIG, f'{{"dependent_repositories": [{{"path_to_root": "{name}"}}]}}')
    )
    assert names == set()
    assert [str(problem) for problem in problems] == [
        (
            f'{CONFIG}:1:46: error: wrong-type: "{name.replace(2 * chr(92), chr(92))}" is no folder for another'
            " repository; write one name"
        )
    ]


def test_code_of_another_repository_is_shown_only_where_it_is_named(tmp_path: Path) -> None:
    page = "# X\n\n[!code-bash[a](~/samples-main/run.sh)]\n\n[!code-bash[a](~/samples-main/../secret.sh)]\n\n[!code-bash[a](~/other/run.sh)]\n"
    files = {
        "docs/en/x.md": page,
        CONFIG: '{"dependent_repositories": [{"path_to_root": "samples-main"}]}',
        "samples-main/run.sh": "echo\n",
        "secret.sh": "echo\n",
        "other/run.sh": "echo\n",
    }
    assert [line.partition(": ")[0] for line in problems_of(small_project(tmp_path, files))] == [
        "docs/en/x.md:5:16",
        "docs/en/x.md:7:16",
    ]


def test_a_comment_in_a_table_of_contents_ignores_a_problem(tmp_path: Path) -> None:
    toc = "- name: A\n  href: a.md # imagedocs-ignore nav-page-missing: it is written next week\n"
    more = (
        "- name: B\n  href: b.md\n- name: Home\n  # imagedocs-ignore toc-not-found: none\n  href: index.md\n"
    )
    config = small_project(tmp_path, {"docs/en/TOC.yml": toc + more})
    assert problems_of(config) == [
        'docs/en/TOC.yml:4:9: error: nav-page-missing: the navigation names "b.md", a page that does not exist',
        (
            "docs/en/TOC.yml:6:22: warning: ignore-unused: there is no toc-not-found to ignore on line 7;"
            " remove the ignore"
        ),
    ]
