"""Mistakes of syntax that a parser sees lines later: the place and the cause are named, in one problem."""

import pytest

from imagedocs.catalog.load import load_catalog
from imagedocs.locales.po_reader import read_po
from imagedocs.yaml.nodes import read_yaml


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read_yaml("images.yaml", text)[1]]


@pytest.mark.parametrize(
    ("text", "place", "cause"),
    [
        (
            'a: 1\nb: "open\nc: "2"\nd: 3\n',
            "2:4",
            'a quote is opened here and not closed on this line; write " at its end',
        ),
        (
            "l:\n  - b: 'open\n    c: '2'\n",
            "2:8",
            "a quote is opened here and not closed on this line; write ' at its end",
        ),
        (
            "a: 1\nb:\u00a02\nc: 3\n",
            "2:3",
            "U+00A0 (no-break space) stands behind the colon; write a space instead",
        ),
        (
            "a: 1\nb:\u30002\nc: 3\n",
            "2:3",
            "U+3000 (ideographic space) stands behind the colon; write a space instead",
        ),
        (
            "a: 1\nb\uff1a 2\nc: 3\n",
            "2:2",
            'U+FF1A (fullwidth colon) stands where a colon is meant; write ": " instead',
        ),
        ("a:\n  b: 1\n\tc: 2\n", "3:1", "a tab indents this line; write spaces instead"),
        (
            "l:\n  - b: 1\n\u00a0\u00a0\u00a0\u00a0c: 2\n    d: 3\n",
            "3:1",
            "the character U+00A0 (no-break space) indents this line; write a space instead",
        ),
        (
            "l:\n  - id: a\n  -id: b\n",
            "3:3",
            'a dash that begins an entry has no space behind it; write "- id:"',
        ),
        ("a: 1\nb 2\nc: 3\n", "2:2", 'a colon is missing behind the key; write "b: 2"'),
        ("a: 1\nb:two\nc: 3\n", "2:2", 'a space is missing behind the colon; write "b: two"'),
        ("l:\n  - id = a\n    tag: x\n", "2:7", 'a colon is missing behind the key; write "id: a"'),
        (
            "a: note: small\n",
            "1:8",
            'a colon with a space behind it stands within a text; write a: "note: small"',
        ),
        ("a: @small\n", "1:4", "a text without quotes begins with @; write '@small'"),
        ("l:\n  - `x` y\n", "2:5", "a text without quotes begins with `; write '`x` y'"),
        ("a: %d\n", "1:4", "a text without quotes begins with %; write '%d'"),
        ("a: {b: c d: e}\n", "1:9", "a comma is missing behind c; write one"),
        (
            "l:\n  - a: 1\n    b: 2\n   c: 3\n",
            "4:4",
            "this line is indented by 3 spaces, which fits no line above it; indent it by 4 spaces",
        ),
        (
            "l:\n  - a: 1\n      b: 2\n",
            "3:7",
            "this line is indented by 6 spaces, which fits no line above it; indent it by 4 spaces",
        ),
        ("a: > b\n", "1:6", "put the text in quotes, or on the next line, indented"),
        ("a: *b\n", "1:4", "aliases such as *b are not read; put the text in quotes"),
        ("a: &b\nc: 1\n", "1:4", "anchors such as &b are not read; put the text in quotes"),
        ("a: !b\n", "1:4", "tags such as !b are not read; put the text in quotes"),
        ("l:\n  - a: {{ b }}\n", "2:9", "put text with braces or brackets in quotes"),
        ("a: 1\n<<<<<<< ours\nb: 2\n=======\nb: 3\n>>>>>>> theirs\n", "2:1", "keep one of the two sides"),
    ],
)
def test_the_cause_is_named_where_it_is(text: str, place: str, cause: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(f"images.yaml:{place}: error: yaml-syntax: ")
    assert problem.endswith(cause)


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  b c\n  \td\n   e: f\n",
        "a: one\n  two three\nb: it is\n",
        "a: http://x/y\nb: c:d\n",
        "a: {b: c, d: e f}\n",
        "l:\n- a\n- -b\n",
        "a:\tb\n",
        'a: "one\n  two"\nb: 3\n',
        "a: it's\nb: 5\n",
        'a: "x:\u00a0y"\nb: 1\n',
        "a: |\n  b:\u00a0c\n",
    ],
)
def test_what_is_sound_stays_so(text: str) -> None:
    assert problems(text) == []


def test_a_forgotten_dash_is_one_problem() -> None:
    text = "images:\n  - id: a\n    tag: '1'\n    id: b\n    tag: '2'\n    id: c\n    tag: '3'\n"
    assert problems(text) == [
        (
            f'images.yaml:{line}:5: error: duplicate-key: the key "id" of line 2 begins a second entry without a dash; '
            'write "- id:", or remove one of them'
        )
        for line in (4, 6)
    ]


def test_one_key_that_stands_twice_is_no_forgotten_dash() -> None:
    (problem,) = problems("images:\n  - id: a\n    tag: '1'\n    tag: '2'\n")
    assert 'the key "tag" stands twice; first on line 3' in problem


CATALOG = """version: 2
registry: registry.example.com
columns: [framework, python, size]
frameworks: {none: {name: None}, torch: {name: PyTorch}}
images:
  - id: web
    repository: team/web
    tag: "2.0"
    framework: {name: torch, version: "2.4"}
    python: "3.12"
    listed: {from: 2026-01-10}
    attributes: {size: Small}
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("    python", "    p\u0443thon", '10:5: error: unknown-key: unknown key "p\u0443thon", with the character U+0443 (cyrillic small letter u); write "python"'),
        ("    python", "    python\u200b", '10:5: error: unknown-key: unknown key "python\\u200b", with the character U+200B (zero width space); write "python"'),
        ("team/web", "t\u0435am/web", '7:17: error: image-reference-invalid: expected a repository within the registry, found "t\u0435am/web", with the character U+0435 (cyrillic small letter ie); write "team/web"'),
        ('"2.0"', "\u201c2.0\u201d", '8:10: error: image-reference-invalid: expected a tag, found "\u201c2.0\u201d", with the character U+201C (left double quotation mark); write "2.0"'),
        ('"2.0"', '2.0"', '8:10: error: image-reference-invalid: expected a tag, found "2.0"", with the character U+0022 (quotation mark); write "2.0"'),
        ('"2.0"', '"\uff12.\uff10"', '8:10: error: image-reference-invalid: expected a tag, found "\uff12.\uff10", with the character U+FF12 (fullwidth digit two); write "2.0"'),
        ("repository:", "repo:", '7:5: error: unknown-key: unknown key "repo"; write "repository"'),
        ("id: web", "name: web", '6:5: error: unknown-key: unknown key "name"; write "id"'),
        ('tag: "2.0"', 'tags: "2.0"', '8:11: error: wrong-type: expected a list, found "2.0"; write ["2.0"]'),
        ("[framework, python, size]", "framework, python, size", '3:10: error: wrong-type: expected a list, found "framework, python, size"; write [framework, python, size]'),
        ("size]", "Size]", '3:30: error: wrong-type: expected the name of a column, of lower-case letters, digits and underscores, found "Size"; write "size"'),
        ("{size: Small}", "{sise: Small}", '12:18: error: unknown-key: unknown key "sise"; did you mean "size"?'),
        ('{name: torch, version: "2.4"}', "no", "9:16: error: wrong-type: expected a mapping or none, found the boolean no; write none"),
        ('{name: torch, version: "2.4"}', "torch 2.4", '9:16: error: wrong-type: expected a mapping or none, found "torch 2.4"; write {name: \u2026, version: \u2026}'),
        ("2026-01-10", "2026-02-30", "11:20: error: invalid-date: there is no day 2026-02-30; the last day of that month is 2026-02-28"),
        ("2026-01-10", "2026-1-9", '11:20: error: invalid-date: expected a day such as 2021-05-25, found "2026-1-9"; write 2026-01-09'),
        ("2026-01-10", "2026-01-10T08:00:00Z", '11:20: error: invalid-date: expected a day such as 2021-05-25, found "2026-01-10T08:00:00Z"; write 2026-01-10'),
        ("version: 2\n", 'version: "2"\n', '1:10: error: wrong-type: expected a whole number, found "2"; write 2, without quotes'),
        ('"3.12"', "3.10", '10:13: error: unquoted-value: YAML reads 3.10 as a number, not as text; write "3.10"'),
    ],
)  # fmt: skip
def test_one_mistake_in_a_catalog_is_one_problem(old: str, new: str, found: str) -> None:
    assert load_catalog("c.yaml", CATALOG)[1] == ()
    assert CATALOG.count(old) == 1
    _, problems = load_catalog("c.yaml", CATALOG.replace(old, new))
    assert [str(problem) for problem in problems] == [f"c.yaml:{found}"]


def test_letters_of_other_languages_are_no_mistake_in_a_text() -> None:
    for text in ("Малый", "«так»", "２つ、小", "it’s\u00a0small"):
        assert load_catalog("c.yaml", CATALOG.replace("Small", text))[1] == ()


def test_a_merge_leaves_one_problem_in_messages() -> None:
    text = 'msgid ""\nmsgstr ""\n\n<<<<<<< ours\nmsgid "a"\nmsgstr "b"\n=======\nmsgid "a"\nmsgstr "c"\n>>>>>>> theirs\n'
    (problem,) = read_po(text.encode(), "de.po").problems
    assert (
        str(problem) == "de.po:4:1: error: po-syntax: a merge left a conflict here; keep one of the two sides"
    )
