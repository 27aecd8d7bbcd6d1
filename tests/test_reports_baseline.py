"""The baseline: problems that were there before the checks, hidden until they are fixed."""

import pytest

from imagedocs.problems import Position, Problem, Rule
from imagedocs.reports.baseline import apply_baseline, read_baseline, write_baseline

PATH = "baseline.json"


def read_line(path: str, line: int) -> str | None:
    return f"  see [{path}]  ({line % 10})"


def link(path: str, line: int, target: str = "gone.md") -> Problem:
    return Problem(Position(path, line, 5), Rule.BROKEN_LINK, f'nothing at "{target}"; first on line {line}')


OLD = (
    link("a.md", 1),
    link("a.md", 11),
    link("b.md", 2, "ü\\\"'"),
    Problem(Position("c.md"), Rule.YAML_SYNTAX, "x"),
)


def test_a_baseline_hides_what_it_was_made_of() -> None:
    baseline, problems = read_baseline(PATH, write_baseline(OLD, read_line))
    assert problems == ()
    applied = apply_baseline(OLD, baseline, read_line)
    assert (applied.left, applied.known) == ((), 4)


def test_the_text_of_a_baseline() -> None:
    assert write_baseline(OLD[:2], read_line) == (
        "{\n"
        '  "version": 1,\n'
        '  "problems": [\n'
        '    {"path": "a.md", "rule": "broken-link", "message": "nothing at \\"gone.md\\"; first on line …", '
        '"text": "see [a.md] (1)", "count": 2}\n'
        "  ]\n"
        "}\n"
    )
    assert write_baseline((), read_line) == '{\n  "version": 1,\n  "problems": []\n}\n'


def test_known_problems_may_move_and_new_ones_are_left() -> None:
    baseline, _ = read_baseline(PATH, write_baseline(OLD, read_line))
    moved = (link("a.md", 21), link("a.md", 31), link("b.md", 12, "ü\\\"'"), OLD[3])
    new = (link("a.md", 41), link("a.md", 22), link("b.md", 2, "new.md"))
    applied = apply_baseline((*new, *moved), baseline, read_line)
    assert (applied.left, applied.known) == ((new[1], new[0], new[2]), 4)


def test_stale_entries_are_reported_where_they_stand() -> None:
    baseline, _ = read_baseline(PATH, write_baseline(OLD, read_line))
    applied = apply_baseline(OLD[:1], baseline, read_line)
    assert [str(problem) for problem in applied.left] == [
        (
            "baseline.json:4:5: warning: baseline-stale: 1 of the 2 known problems no longer occur: a.md: broken-link: "
            '"nothing at "gone.md"; first on line …"; write "count": 1'
        ),
        (
            "baseline.json:5:5: warning: baseline-stale: a known problem no longer occurs: b.md: broken-link: "
            '"nothing at "ü\\"\'"; first on line …"; remove the entry'
        ),
        (
            'baseline.json:6:5: warning: baseline-stale: a known problem no longer occurs: c.md: yaml-syntax: "x"; '
            "remove the entry"
        ),
    ]


def test_an_entry_of_a_rule_that_was_not_looked_for_is_not_stale() -> None:
    baseline, _ = read_baseline(PATH, write_baseline(OLD, read_line))
    applied = apply_baseline((), baseline, read_line, lambda path, _rule: path == "c.md")
    assert [problem.position.line for problem in applied.left] == [6]


def test_what_was_not_looked_for_is_kept() -> None:
    baseline, _ = read_baseline(PATH, write_baseline(OLD, read_line))
    again, problems = read_baseline(PATH, write_baseline(OLD[:1], read_line, baseline.entries[1:]))
    assert problems == ()
    assert [(entry.key.path, entry.count) for entry in again.entries] == [
        ("a.md", 1),
        ("b.md", 1),
        ("c.md", 1),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{"version": 2, "problems": []}',
            "baseline.json:1:13: error: newer-version: the baseline is of version 2; this imagedocs reads versions "
            "up to 1; update imagedocs",
            id="a newer version",
        ),
        pytest.param(
            "[]", "baseline.json:1:1: error: wrong-type: expected a mapping, found a list", id="a list"
        ),
        pytest.param(
            '{"version": 1, "problems": [{"path": "a", "rule": "b", "mesage": "c"}]}',
            'baseline.json:1:56: error: unknown-key: unknown key "mesage"; did you mean "message"?',
            id="a wrong key",
        ),
        pytest.param('{"version": 1', "baseline.json:1:1: error: yaml-syntax: ", id="cut off"),
    ],
)
def test_what_is_wrong_with_a_file(text: str, expected: str) -> None:
    _, problems = read_baseline(PATH, text)
    assert str(problems[0]).startswith(expected)
