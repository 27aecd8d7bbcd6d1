"""Metadata of pages: what they mean, which limits they have, and what is said of what no reader of YAML takes."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from conftest import run_imagedocs, run_mkdocs
from imagedocs.markdown.front_matter import read_front_matter
from imagedocs.rendering.html import metadata_as_html
from small_project import small_project

DEEP = "a: " + "[" * 30_000 + "]" * 30_000 + "\n"
MERGES = "a: &a {x: 1}\n" + "".join(
    f"k{number}: &b{number}\n  <<: [*a{''.join(f', *b{other}' for other in range(number))}]\n"
    for number in range(30)
)
RULE = "warning: yaml-header-syntax-error"
QUOTES = "put it in quotes to write it as text"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, {}),
        ("", {}),
        ("# a comment\n\n", {}),
        ("~\n", {}),
        ("a: text\nb: 'no'\nc: 1\nd: 0x1F\ne: 1.5\nf: no\ng: ~\nh:\n", {"a": "text", "b": "no", "c": 1, "d": 31, "e": 1.5, "f": False, "g": None, "h": None}),
        ("a: 2026-03-01\nb: 2026-03-01T10:00:00Z\n", {"a": date(2026, 3, 1), "b": datetime(2026, 3, 1, 10, tzinfo=UTC)}),
        ("a: [x, {b: [1]}]\n2: y\n", {"a": ["x", {"b": [1]}], "2": "y"}),
        ("a: 1e5\nb: =\nc: 1:30\n", {"a": "1e5", "b": "=", "c": 90}),
        ('a: "one\\u2028two"\n', {"a": "one\u2028two"}),
    ],
    ids=[
        "no metadata",
        "empty metadata",
        "comments alone",
        "null",
        "scalars",
        "days",
        "nested values, and a name that is a number",
        "what is a number for some readers only",
        "an escape",
    ],
)  # fmt: skip
def test_what_metadata_mean(text: str | None, expected: dict[str, Any]) -> None:
    assert read_front_matter(text, "a.md") == (expected, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: H\na: " + "[" * 100, [f"a.md:3:35: {RULE}: the metadata has more than 32 nested levels; write it with fewer levels"]),
        ("- " * 100, [f"a.md:2:65: {RULE}: the metadata has more than 32 nested levels; write it with fewer levels"]),
        ("a: [" + "x, " * 250_000 + "x]\n", [f"a.md:2:749996: {RULE}: the metadata has more than 250000 values; remove some of them"]),
        (f"a: {'x' * 9_000_000}\n", [f"a.md:1:1: {RULE}: the metadata is larger than 8 MiB"]),
        ("a: &x 1\n", [f"a.md:2:4: {RULE}: anchors such as &x are not read; remove it"]),
        ("a: 1\n<<: {b: 2}\n", [f"a.md:3:1: {RULE}: merge keys (<<) are not read; write the entries out"]),
        ("a: *x\n", [f"a.md:2:4: {RULE}: aliases such as *x are not read; put the text in quotes"]),
        ("a: !!int x\n", [f"a.md:2:4: {RULE}: tags such as !!int are not read; remove it"]),
        ("a: !!binary '*'\n", [f"a.md:2:4: {RULE}: tags such as !!binary are not read; remove it"]),
        ("a: !!python/name:os.system\n", [f"a.md:2:4: {RULE}: tags such as !!python/name:os.system are not read; put the text in quotes"]),
        ("? [a]\n: b\n", [f"a.md:2:3: {RULE}: a key must be a word, not a list; put text with braces or brackets in quotes"]),
        ("a: 1\nb: 2\na: 3\n", ['a.md:4:1: warning: yaml-duplicate-key: the key "a" stands twice; first on line 2; remove one of them']),
        ("a: b: c\n", [f"a.md:2:5: {RULE}: a colon with a space behind it stands within a text; write a: \"b: c\""]),
        ("a: 'x\n", [f"a.md:2:4: {RULE}: while scanning a quoted scalar: found unexpected end of stream; close the quote"]),
        ("a: \x00\n", [f"a.md:2:4: {RULE}: the character U+0000 is not allowed in YAML; remove it"]),
        ("- a\n", ["a.md:1:1: warning: yaml-header-not-object: the metadata between the --- lines is no list of names with values; write `title: …`, one on a line"]),
    ],
    ids=[
        "brackets in brackets",
        "lists in lists",
        "many values",
        "a long text",
        "an anchor",
        "a merge key",
        "an alias",
        "a number that is none",
        "bytes",
        "a tag of Python",
        "a list as a name",
        "a name twice",
        "a colon in a text",
        "a quote without an end",
        "a control character",
        "a list",
    ],
)  # fmt: skip
def test_what_is_wrong_with_metadata(text: str, expected: list[str]) -> None:
    assert [str(problem) for problem in read_front_matter(text, "a.md")[1]] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-02-30", '"2026-02-30" is not a day: February 2026 has 28 days; write a day of that month, such as 2026-02-28'),
        ("2024-04-31", '"2024-04-31" is not a day: April 2024 has 30 days; write a day of that month, such as 2024-04-30'),
        ("2026-02-00", '"2026-02-00" is not a day: February 2026 has 28 days; write a day of that month, such as 2026-02-01'),
        ("2026-13-01", f'"2026-13-01" is not a day: a month is a number from 01 to 12; {QUOTES}'),
        ("0000-01-01", f'"0000-01-01" is not a day: there is no year 0; {QUOTES}'),
        ("2026-02-03 25:61:00", f'"2026-02-03 25:61:00" is not a time: the last of a day is 23:59:59; {QUOTES}'),
        ("2026-02-03 10:00:00 +99:00", f'"2026-02-03 10:00:00 +99:00" is not a time: it is less than 24 hours from UTC; {QUOTES}'),
        ("0b_", f'"0b_" is not a number: it has no digits; {QUOTES}'),
        ("-0x__", f'"-0x__" is not a number: it has no digits; {QUOTES}'),
        ("9" * 5000, f"a number has at most 300 characters; {QUOTES}"),
        ("0x" + "f" * 5000, f"a number has at most 300 characters; {QUOTES}"),
        ("1" + ":59" * 5000, f"a number has at most 300 characters; {QUOTES}"),
        ("1" * 5000 + ".5", f"a number has at most 300 characters; {QUOTES}"),
    ],
    ids=["30 February", "31 April", "day 0", "month 13", "year 0", "61 minutes", "a zone that is none", "no digits", "no digits, negative", "a long number", "a long hexadecimal number", "a long number in sixties", "a long fraction"],
)  # fmt: skip
def test_a_value_that_means_nothing_is_text(value: str, expected: str) -> None:
    metadata, problems = read_front_matter(f"title: T\nreviewed: {value}\n", "a.md")
    assert metadata == {"title": "T", "reviewed": value}
    assert [str(problem) for problem in problems] == [f"a.md:3:11: {RULE}: {expected}"]


def test_merges_do_not_multiply() -> None:
    problems = read_front_matter(MERGES, "a.md")[1]
    assert str(problems[1]) == f"a.md:2:4: {RULE}: anchors such as &a are not read; remove it"
    assert len(problems) == 201  # the last, which comes first, says that there are more


def test_no_program_is_stopped_by_metadata(tmp_path: Path) -> None:
    head = "title: T\ndescription: D\n"
    files = {
        "docs/en/deep.md": f"---\n{head}{DEEP}---\n# Deep\n\nText.\n",
        "docs/en/merges.md": f"---\n{head}{MERGES}---\n# Merges\n\nText.\n",
        "docs/en/day.md": f"---\n{head}reviewed: 2026-02-30\n---\n# Day\n\nText.\n",
        "docs/en/zone-pivot-groups.yml": f"groups:\n{DEEP.replace('a: ', '- ')}",
        "docs/en/zones.md": "---\nzone_pivot_groups: a\n---\n# Zones\n\nText.\n",
    }
    root = small_project(tmp_path, files)
    checked = run_imagedocs(root, "check")
    built = run_mkdocs(root, "build")
    assert (checked.returncode, built.returncode) == (1, 0), checked.stderr + built.stderr
    for said in (checked.stdout, built.stderr):
        assert re.search(
            rf"docs/en/deep\.md:4:\d+: {RULE}: the metadata has more than 32 nested levels", said
        )
        assert f"docs/en/merges.md:4:4: {RULE}: anchors such as &a are not read; remove it" in said
        assert f"docs/en/day.md:4:11: {RULE}: " in said
        assert "Error:" not in said
    titles = {
        place: (root / f"site/{place}/index.html").read_text("utf-8") for place in ("day", "deep", "merges")
    }
    found = {place: re.findall(r"<title>([^<]*) - ", text)[0] for place, text in titles.items()}
    assert found == {"day": "T", "deep": "Deep", "merges": "Merges"}


def test_a_configuration_that_grows_without_bound_is_read(tmp_path: Path) -> None:
    lists = "".join(
        f"    l{number}: &l{number} [*l{number - 1}, *l{number - 1}, *l{number - 1}]\n"
        for number in range(1, 30)
    )
    text = f"site_name: x\nextra:\n  imagedocs:\n    l0: &l0 [x]\n{lists}"
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    code = "from pathlib import Path; from imagedocs.project.settings import load_settings; print(len(load_settings(Path('.')).problems) > 0)"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout, result.returncode) == ("True\n", 0), result.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: 1.10\ndescription: 2026-03-01\nstatus: No\n", {"title": "1.10", "description": "2026-03-01", "status": "No"}),
        ("title: ~\ntags:\nhide: ~\n", {"title": None, "tags": [], "hide": []}),
        ("tags: one\nhide: toc\n", {"tags": ["one"], "hide": ["toc"]}),
        ("tags: [1.10, ~, no]\nhide: 5\n", {"tags": ["1.10", "no"], "hide": ["5"]}),
        ("template: 5\nicon: 1_0\n", {"template": "5", "icon": "1_0"}),
    ],
    ids=["numbers, days and booleans", "nothing", "one text for a list", "numbers in lists", "names of files"],
)  # fmt: skip
def test_what_themes_read_as_text_is_the_text_that_was_written(text: str, expected: dict[str, Any]) -> None:
    assert read_front_matter(text, "a.md") == (expected, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("icon: [x]\n", ["a.md:2:7: error: violate-schema: expected text for icon, found a list"]),
        ("template: {x: y}\n", ["a.md:2:11: error: violate-schema: expected text for template, found a mapping"]),
        ("hide: {toc: x}\n", ["a.md:2:7: error: violate-schema: expected texts for hide, found a mapping"]),
        ("tags:\n- x\n- [y]\n", ["a.md:4:3: error: violate-schema: expected texts for tags, found a list"]),
        ("location: [x]\n", ["a.md:2:11: error: violate-schema: expected text for location, found a list"]),
        ("status: *x\n", [f"a.md:2:9: {RULE}: aliases such as *x are not read; put the text in quotes"]),
        ("title: [x]\n", ["a.md:2:8: error: violate-schema: expected text for title, found a list"]),
        ("uid: {a: b}\n", ["a.md:2:6: error: violate-schema: expected text for uid, found a mapping"]),
    ],
    ids=["a list", "a mapping", "a mapping for a list", "a list in a list", "a list for an address", "an alias", "a title", "an identifier"],
)  # fmt: skip
def test_what_a_theme_would_fail_on_is_left_out(text: str, expected: list[str]) -> None:
    metadata, problems = read_front_matter(text, "a.md")
    assert (metadata, [str(problem) for problem in problems]) == ({}, expected)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("template: nosuch.html", '11: error: template-error: the theme has no template "nosuch.html"; name another, or remove template'),
        ("template: ../main.html", '11: error: template-error: the theme has no template "../main.html"; name another, or remove template'),
        ("icon: 5", '7: error: template-error: the theme has no icon "5"; name another, or remove icon'),
    ],
    ids=["a template", "a template outside", "an icon"],
)  # fmt: skip
def test_a_build_names_the_page_whose_metadata_name_a_file_that_is_not_there(
    tmp_path: Path, field: str, expected: str
) -> None:
    root = small_project(tmp_path, {"docs/en/a.md": f"---\ntitle: T\n{field}\n---\n# A\n\nText.\n"})
    built = run_mkdocs(root, "build")
    assert built.returncode == 1
    assert f"docs/en/a.md:3:{expected}" in built.stderr
    assert "Traceback" not in built.stderr


def test_no_value_of_metadata_and_no_first_line_stops_a_build(tmp_path: Path) -> None:
    fields = [
        "template:",
        "icon: material/web",
        "icon: [x]",
        "hide: 5",
        "tags: {a: b}",
        "search: yes",
        "title: 1.10",
    ]
    files: dict[str, str | bytes] = {
        f"docs/en/p{number}.md": f"---\n{field}\n---\n# Page\n\nText.\n"
        for number, field in enumerate(fields)
    }
    files["docs/en/line.md"] = "template: nosuch.html\n\n# Line\n\nText.\n"
    root = small_project(tmp_path, files)
    built = run_mkdocs(root, "build")
    assert built.returncode == 0, built.stderr
    assert "<title>1.10 - " in (root / "site/p6/index.html").read_text("utf-8")
    assert "<p>template: nosuch.html</p>" in (root / "site/line/index.html").read_text("utf-8")


def test_of_a_page_that_cannot_be_read_nothing_else_is_said(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "docs/en/latin.md": b"---\ntitle: caf\xe9\n---\n# A\n\nText.\n",
        "docs/en/with-nul.md": b"# A\n\n\0\n",
    }
    said = run_imagedocs(small_project(tmp_path, files), "check").stdout.splitlines()
    assert [line for line in said if "latin.md" in line or "with-nul.md" in line] == [
        "docs/en/latin.md:2: error: unreadable-file: is not UTF-8; save the file as UTF-8",
        "docs/en/with-nul.md:3: error: unreadable-file: holds a NUL character",
    ]


def test_names_in_metadata_are_text_as_their_values_are() -> None:
    written = {"<b>": {"<i>": ["<u>"]}, "template": "<x>.html", "own": "a & b"}
    shown = metadata_as_html({**written, "<plugin>": "<p>"}, written)
    assert shown == {
        "&lt;b&gt;": {"&lt;i&gt;": ["&lt;u&gt;"]},
        "template": "<x>.html",
        "own": "a &amp; b",
        "<plugin>": "<p>",
    }


def test_names_that_are_the_sites_own() -> None:
    _, problems = read_front_matter("redirect_url: /x\ntitle: {a: b}\n", "a.md")
    assert [str(problem) for problem in problems] == [
        "a.md:2:1: warning: attribute-reserved: the site itself says what redirect_url of a page is; remove it",
        "a.md:3:8: error: violate-schema: expected text for title, found a mapping",
    ]
