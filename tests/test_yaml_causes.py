"""Mistakes of syntax that a parser sees lines later: the place and the cause are named, in one problem."""

import pytest

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
    ],
)
def test_the_cause_is_named_where_it_is(text: str, place: str, cause: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(f"images.yaml:{place}: error: yaml-syntax: ")
    assert problem.endswith(cause)


@pytest.mark.parametrize(
    "text",
    ['a: "one\n  two"\nb: 3\n', "a: it's\nb: 5\n", 'a: "x:\u00a0y"\nb: 1\n', "a: |\n  b:\u00a0c\n"],
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
