"""External links judged from recorded answers, and the files that hold answers and allowances."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagedocs.external.addresses import NoAddressError, address_of, fragments_by_address, is_anchor
from imagedocs.external.allowances import Allowance, read_allowances
from imagedocs.external.anchors import look_for
from imagedocs.external.answers import Answer, Verdict, read_answers, write_answers
from imagedocs.external.judging import PATIENCE_DAYS, judge_links
from imagedocs.markdown.document import Link
from imagedocs.problems import Edit, Position

TODAY = date(2026, 3, 10)
EARLIER = date(2026, 3, 1)
URL = "https://example.org/a"
FILE = "external-links.yaml"


def link(target: str, line: int = 1, column: int = 5) -> Link:
    return Link(Position("docs/a.md", line, column), target)


def judged(target: str, answer: Answer, *allowances: Allowance, line: str | None = None) -> list[str]:
    found = judge_links([link(target)], {URL: answer}, allowances, TODAY, lambda _path, _line: line)
    return [str(problem).removeprefix("docs/a.md:1:5: ") for problem in found]


@pytest.mark.parametrize(
    ("target", "answer", "expected"),
    [
        pytest.param(URL, Answer(Verdict.OK, TODAY), [], id="a good answer"),
        pytest.param(
            URL,
            Answer(Verdict.DEAD, TODAY, 404, "status 404: there is no such page", last_good=EARLIER),
            [
                (
                    "error: external-link-broken: https://example.org/a: status 404: there is no such page; "
                    "it was there on 2026-03-01"
                )
            ],
            id="no such page",
        ),
        pytest.param(
            URL,
            Answer(Verdict.BLOCKED, TODAY, 403, "status 403, which says nothing of the page"),
            [
                (
                    "suggestion: external-link-unknown: https://example.org/a: status 403, which says nothing of the page; "
                    "look at it in a browser"
                )
            ],
            id="no answer for programs is not broken",
        ),
        pytest.param(
            URL,
            Answer(Verdict.SILENT, TODAY, reason="the connection failed", silent_since=date(2026, 3, 9)),
            ["suggestion: external-link-unknown: https://example.org/a: the connection failed"],
            id="silent since yesterday",
        ),
        pytest.param(
            URL,
            Answer(
                Verdict.SILENT, TODAY, reason="no answer", silent_since=TODAY - timedelta(PATIENCE_DAYS - 1)
            ),
            ["suggestion: external-link-unknown: https://example.org/a: no answer"],
            id="silent for a day less than the limit",
        ),
        pytest.param(
            URL,
            Answer(Verdict.SILENT, TODAY, reason="no answer", silent_since=TODAY - timedelta(PATIENCE_DAYS)),
            ["error: external-link-broken: https://example.org/a: no answer, since 2026-03-07"],
            id="silent for exactly the limit",
        ),
        pytest.param(
            URL,
            Answer(Verdict.SILENT, TODAY, reason="the connection failed", silent_since=EARLIER),
            ["error: external-link-broken: https://example.org/a: the connection failed, since 2026-03-01"],
            id="silent for long",
        ),
        pytest.param(
            URL,
            Answer(
                Verdict.REFUSED, TODAY, reason="the address is inside a private network and was not asked"
            ),
            [
                (
                    "error: external-link-refused: https://example.org/a: the address is inside a private network and was "
                    "not asked; link to a public address"
                )
            ],
            id="a private address",
        ),
        pytest.param(
            f"{URL}#here",
            Answer(Verdict.OK, TODAY, final="https://example.org/b"),
            [
                (
                    "suggestion: external-link-moved: https://example.org/a has moved for good; "
                    'write "https://example.org/b#here"'
                )
            ],
            id="moved",
        ),
        pytest.param(
            f"{URL}#here",
            Answer(Verdict.OK, TODAY, fragments={"here": False}),
            ['error: external-anchor-missing: https://example.org/a has no anchor "here"'],
            id="no such anchor",
        ),
        pytest.param(
            f"{URL}#:~:text=x",
            Answer(Verdict.OK, TODAY, fragments={":~:text=x": False}),
            [],
            id="a text fragment",
        ),
    ],
)
def test_judgements(target: str, answer: Answer, expected: list[str]) -> None:
    assert judged(target, answer) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (
            "https://exa mple.org/",
            (
                'error: external-link-broken: "https://exa mple.org/" is no address: '
                "it holds a character that must be percent-encoded"
            ),
        ),
        (
            "http://[::1/x",
            'error: external-link-broken: "http://[::1/x" is no address: its host is malformed',
        ),
        ("https:///x", 'error: external-link-broken: "https:///x" is no address: it has no host'),
        (
            "https://a.example:port/",
            'error: external-link-broken: "https://a.example:port/" is no address: its port is no number of a port',
        ),
        (
            "https://me:secret@a.example/",
            (
                'error: external-link-broken: "https://…@a.example/" is no address: it holds a user name, which '
                "would be sent to everybody"
            ),
        ),
    ],
)
def test_what_is_no_address(target: str, expected: str) -> None:
    assert judged(target, Answer(Verdict.OK, TODAY)) == [expected]


def test_links_without_an_answer_are_not_judged() -> None:
    assert (
        judge_links([link("https://other.example/"), link("b.md")], {}, (), TODAY, lambda _path, _line: None)
        == ()
    )


def test_a_moved_link_is_mended_where_it_stands_exactly_so() -> None:
    answers = {URL: Answer(Verdict.OK, TODAY, final="https://example.org/b")}
    texts = {1: f"[a]({URL})", 2: f"[a]({URL}&amp;b)", 3: "<https://example.org/a>"}
    links = [link(URL, 1), link(URL, 2), link(URL, 3, 2), link(URL, 4, 0)]
    found = judge_links(links, answers, (), TODAY, lambda _path, line: texts.get(line))
    assert [problem.fix for problem in found] == [
        (Edit(1, 5, 1, 26, "https://example.org/b"),),
        (),
        (Edit(3, 2, 3, 23, "https://example.org/b"),),
        (),
    ]


def test_a_moved_page_without_the_anchor_is_not_proposed_with_it() -> None:
    answer = Answer(Verdict.OK, TODAY, final="https://example.org/b", fragments={"x": False})
    moved, missing = judged(f"{URL}#x", answer)
    assert missing.startswith("error: external-anchor-missing") or moved.startswith(
        "error: external-anchor-missing"
    )
    assert not any('"https://example.org/b#x"' in each for each in (moved, missing))


ALLOWED = Allowance("https://example.org/", "asks for a login", TODAY, Position(FILE, 3, 5))
DEAD = Answer(Verdict.DEAD, TODAY, 404, "status 404: there is no such page")


def test_an_allowance_holds_until_its_last_day() -> None:
    assert judged(URL, DEAD, ALLOWED) == []
    over = Allowance(ALLOWED.url, ALLOWED.reason, EARLIER, ALLOWED.position)
    assert judged(URL, DEAD, over) == [
        "error: external-link-broken: https://example.org/a: status 404: there is no such page",
        (
            'external-links.yaml:3:5: warning: external-allowance-expired: the allowance of "https://example.org/" ended '
            "on 2026-03-01; look whether the reason still holds, then write a later day"
        ),
    ]


def test_an_allowance_that_no_link_needs_is_reported() -> None:
    other = Allowance("https://example.org/ab", "x", TODAY, Position(FILE, 7, 5))
    assert judged(URL, Answer(Verdict.OK, TODAY), other) == [
        (
            'external-links.yaml:7:5: suggestion: external-allowance-unused: no link leads to "https://example.org/ab"; '
            "remove the entry"
        )
    ]


@pytest.mark.parametrize(
    ("url", "covered"),
    [
        ("https://example.org", True),
        ("https://example.org/", True),
        ("https://example.org/a", True),
        ("https://example.or", False),
        ("https://example.org/a/b", False),
    ],
)
def test_an_allowance_covers_what_is_below_it(url: str, covered: bool) -> None:
    assert Allowance(url, "x", TODAY, Position(FILE)).covers(URL) is covered


def test_a_file_of_allowances() -> None:
    text = (
        "version: 1\nallow:\n  - url: https://example.org/\n    reason: asks for a login\n    until: 2026-03-10\n"
        "  - url: example.org\n    reason: x\n    until: 2026-02-30\n  - url: https://a.example\n    resaon: x\n"
    )
    allowances, problems = read_allowances(FILE, text)
    assert allowances == (ALLOWED,)
    assert [str(problem) for problem in problems] == [
        "external-links.yaml:6:10: error: wrong-type: an address begins with https:// or http://",
        "external-links.yaml:8:12: error: invalid-date: there is no day 2026-02-30; the last day of that month is 2026-02-28",
        'external-links.yaml:9:5: error: missing-field: the field "until" is missing',
        'external-links.yaml:10:5: error: unknown-key: unknown key "resaon"; did you mean "reason"?',
    ]


ANSWERS = {
    URL: Answer(Verdict.OK, TODAY, 200, "status 200", "https://example.org/ü\"", TODAY, None, {"x": True}, frozenset({"x"})),
    "https://b.example/" + "y" * 2000: Answer(Verdict.SILENT, TODAY, silent_since=EARLIER, last_good=EARLIER),
}  # fmt: skip


def test_answers_are_written_one_a_line_and_read_again() -> None:
    text = write_answers(ANSWERS)
    assert text.splitlines()[4] == (
        '    {"url": "https://example.org/a", "verdict": "ok", "checked": "2026-03-10", "status": 200, '
        '"reason": "status 200", "final": "https://example.org/ü\\"", "last_good": "2026-03-10", '
        '"fragments": {"x": true}, "asked": ["x"]}'
    )
    assert read_answers("answers.json", text) == (ANSWERS, ())
    assert read_answers("answers.json", write_answers({})) == ({}, ())


def test_what_is_wrong_with_a_file_of_answers() -> None:
    text = '{"version": 1, "answers": [\n<<<<<<< ours\n]}'
    answers, problems = read_answers("answers.json", text)
    assert answers == {}
    assert [str(problem) for problem in problems] == [
        'answers.json:2:1: error: wrong-type: expected a mapping, found "<<<<<<< ours"'
    ]
    newer, problems = read_answers("answers.json", '{"version": 9, "answers": []}')
    assert newer == {}
    assert [str(problem) for problem in problems] == [
        (
            "answers.json:1:13: error: newer-version: the file is of version 9; this imagedocs reads versions up to 1; "
            "update imagedocs"
        )
    ]


@pytest.mark.parametrize(
    ("answer", "fragments", "enough"),
    [
        (Answer(Verdict.OK, date(2026, 2, 20)), set[str](), True),
        (Answer(Verdict.OK, date(2026, 2, 1)), set[str](), False),
        (Answer(Verdict.OK, TODAY), {"x"}, False),
        (Answer(Verdict.OK, TODAY, asked=frozenset("x")), {"x"}, True),
        (Answer(Verdict.DEAD, TODAY), set[str](), True),
        (Answer(Verdict.DEAD, EARLIER), set[str](), False),
        (Answer(Verdict.BLOCKED, EARLIER), set[str](), False),
        (Answer(Verdict.SILENT, TODAY), set[str](), False),
    ],
)
def test_what_is_asked_again(answer: Answer, fragments: set[str], enough: bool) -> None:
    assert answer.is_enough(fragments, TODAY) is enough


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://Example.ORG", ("https://example.org/", "")),
        ("HTTP://example.org:80/A?b=C#D", ("http://example.org:80/A?b=C", "D")),
        ("//example.org/x", ("https://example.org/x", "")),
        ("http://[2001:DB8::1]:8080/", ("http://[2001:db8::1]:8080/", "")),
        ("https://bücher.example/ü", ("https://bücher.example/ü", "")),
    ],
)
def test_addresses(target: str, expected: tuple[str, str]) -> None:
    assert address_of(target) == expected


@given(st.text())
def test_any_target_is_an_address_or_is_not(target: str) -> None:
    try:
        address, _ = address_of(f"https://{target}")
    except NoAddressError:
        return
    assert address.startswith("https://")


def test_addresses_are_asked_once_with_all_fragments() -> None:
    links = [
        link(f"{URL}#b"),
        link(f"{URL}#a"),
        link(URL),
        link("x.md"),
        link("mailto:a@b.example"),
        link("https://"),
    ]
    assert fragments_by_address(links) == {URL: {"a", "b"}}


@pytest.mark.parametrize(
    "fragment", ["", "top", "TOP", ":~:text=a", "/route", "!route", "L10", "L10-L20", "page=3"]
)
def test_fragments_that_need_no_anchor(fragment: str) -> None:
    assert not is_anchor(fragment)


def test_anchors_of_a_page() -> None:
    html = """<h1 id=a>x</h1><a name='b c'></a><p class="x" ID = "&uuml;ber"><i data-id="no"></i><h2 id="user-content-git">"""
    fragments = ["a", "b%20c", "über", "%C3%BCber", "git", "no", "A"]
    assert look_for(fragments, html) == {
        "a": True, "b%20c": True, "über": True, "%C3%BCber": True, "git": True, "no": False, "A": False,
    }  # fmt: skip


def test_what_is_no_anchor_of_a_page() -> None:
    html = "<h1 @x=1 id=a>x</h1><!-- <p id=b> --><meta name=c><input name=d><p title='id=e'>id=f</p>"
    fragments = ["a", "b", "c", "d", "e", "f"]
    assert look_for(fragments, html) == {fragment: fragment == "a" for fragment in fragments}


def test_only_asking_needs_aiohttp() -> None:
    code = (
        "import sys, imagedocs.external.judging, imagedocs.external.allowances, imagedocs.reports, imagedocs.importing;"
        "print('aiohttp' in sys.modules, 'mkdocs' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False False\n"
