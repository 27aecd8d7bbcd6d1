"""Reports: the same problems as text for people and for programs."""

import itertools
import json
import random
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagedocs.problems import Edit, Position, Problem, Rule
from imagedocs.reports import FORMATS
from imagedocs.reports.github import render_summary
from imagedocs.reports.surroundings import Surroundings, below, rule_url
from imagedocs.reports.terminal import columns, wants_color, wants_links
from imagedocs.schemas import published_schemas

SARIF_SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
"""As OASIS publishes it; it may be copied and furnished to others."""

TAG = Problem(
    Position("docs/es/concept.md", 31, 12),
    Rule.IMAGE_MISSING,
    'mcr.example/minimal has no tag "20260317.v1"',
    'did you mean "20260316.v1"?',
)
INCLUDED = Problem(
    Position("includes/list.md", 2, 9),
    Rule.BROKEN_LINK,
    'nothing at "gone.md"',
    included_from=(Position("docs/es/a.md", 3, 1), Position("docs/es/b.md", 8, 4)),
)
WHOLE_FILE = Problem(Position("docs/ja/x.md"), Rule.IGNORE_UNUSED, "100% unused, it says: here")
FIXABLE = Problem(
    Position("docs/ja/x.md", 2, 5),
    Rule.NAV_PAGE_OMITTED,
    "wrong case",
    'write "b.md"',
    fix=(Edit(2, 5, 2, 9, "b.md"),),
)
HOSTILE = Problem(
    Position("docs/\x1b]0;x\x07/\udcff,a:b.md", 1, 1),
    Rule.BROKEN_LINK,
    'nothing at "\x1b[31m\r\n::error::]]>\u202e\ud800\ufffe<&|`"',
    "\x00",
)
ALL = (TAG, INCLUDED, WHOLE_FILE, FIXABLE, HOSTILE)
LINES = {
    ("docs/es/concept.md", 31): "FROM       mcr.example/minimal:20260317.v1",
    ("includes/list.md", 2): "\tSee [it](gone.md) at once",
    ("docs/ja/x.md", 2): "日😀](B.md) と",
}
BASE = "https://example.org/docs/"
AROUND = Surroundings(lambda path, line: LINES.get((path, line)), BASE, "1.2.3", 84)
BARE = Surroundings()


def test_plain_is_the_one_line_form() -> None:
    assert FORMATS["plain"]((FIXABLE, TAG, INCLUDED, WHOLE_FILE), AROUND) == (
        'docs/es/concept.md:31:12: error: image-missing: mcr.example/minimal has no tag "20260317.v1"; '
        'did you mean "20260316.v1"?\n'
        "docs/ja/x.md: warning: ignore-unused: 100% unused, it says: here\n"
        'docs/ja/x.md:2:5: suggestion: nav-page-omitted: wrong case; write "b.md"\n'
        'includes/list.md:2:9: error: broken-link: nothing at "gone.md" '
        "(included from docs/es/a.md:3, docs/es/b.md:8)\n"
    )


def test_plain_is_exactly_the_problem() -> None:
    assert FORMATS["plain"]([TAG], BARE) == f"{TAG}\n"


def test_text_for_a_terminal() -> None:
    assert FORMATS["text"]((FIXABLE, TAG, INCLUDED, WHOLE_FILE), AROUND) == (
        "docs/es/concept.md\n"
        '  31:12: error: image-missing: mcr.example/minimal has no tag "20260317.v1"\n'
        '    did you mean "20260316.v1"?\n'
        "    31 | FROM       mcr.example/minimal:20260317.v1\n"
        "       |            ^\n"
        "\n"
        "docs/ja/x.md\n"
        "  warning: ignore-unused: 100% unused, it says: here\n"
        "  2:5: suggestion: nav-page-omitted: wrong case\n"
        '    write "b.md"\n'
        "    2 | 日😀](B.md) と\n"
        "      |       ^\n"
        "\n"
        "includes/list.md\n"
        '  2:9: error: broken-link: nothing at "gone.md" (included from docs/es/a.md:3,\n'
        "    docs/es/b.md:8)\n"
        "    2 |  See [it](gone.md) at once\n"
        "      |         ^\n"
        "\n"
        "What the rules mean:\n"
        "  broken-link: https://example.org/docs/rules/broken-link/\n"
        "  ignore-unused: https://example.org/docs/rules/ignore-unused/\n"
        "  image-missing: https://example.org/docs/rules/image-missing/\n"
        "  nav-page-omitted: https://example.org/docs/rules/nav-page-omitted/\n"
        "\n"
        "2 errors, 1 warning, 1 suggestion in 3 files\n"
    )


def test_text_without_problems() -> None:
    assert FORMATS["text"]((), AROUND) == "no problems\n"


def test_colour_says_nothing_that_the_text_does_not() -> None:
    colored = Surroundings(
        AROUND.read_line, AROUND.rules_base, AROUND.version, AROUND.width, color=True, links=True
    )
    text = FORMATS["text"](ALL, colored)
    assert "\x1b[1;31merror\x1b[0m" in text
    assert "\x1b]8;;https://example.org/docs/rules/broken-link/\x1b\\broken-link\x1b]8;;\x1b\\" in text
    bare = re.sub(r"\x1b\]8;;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", text)
    assert bare == FORMATS["text"](ALL, AROUND)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("column", [1, 50, 400, 699])
def test_long_lines_are_cut_around_the_place(width: int, column: int) -> None:
    line = "日本 abc " * 100
    problem = Problem(Position("a.md", 7, column), Rule.BROKEN_LINK, "nothing there at all " * 9)
    text = FORMATS["text"]([problem], Surroundings(lambda _path, _line: line, width=width))
    rows = text.splitlines()
    assert max(map(columns, rows)) <= width
    caret = next(row for row in rows if row.rstrip().endswith("^"))
    source = rows[rows.index(caret) - 1]
    at = next(i for i in range(len(source)) if columns(source[:i]) == columns(caret[:-1]))
    assert source[at] == line[column - 1]


@pytest.mark.parametrize(
    ("is_terminal", "environment", "expected"),
    [
        pytest.param(True, {}, True, id="a terminal"),
        pytest.param(False, {}, False, id="a pipe"),
        pytest.param(True, {"NO_COLOR": "1"}, False, id="forbidden"),
        pytest.param(True, {"NO_COLOR": ""}, True, id="empty is not set"),
        pytest.param(False, {"FORCE_COLOR": "1"}, True, id="demanded"),
        pytest.param(False, {"FORCE_COLOR": "0"}, False, id="zero demands nothing"),
        pytest.param(True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="forbidden wins"),
        pytest.param(True, {"TERM": "dumb"}, False, id="a terminal that has none"),
    ],
)
def test_colours_are_wanted(is_terminal: bool, environment: dict[str, str], expected: bool) -> None:
    assert wants_color(is_terminal=is_terminal, environment=environment) is expected


@pytest.mark.parametrize(
    ("is_terminal", "environment", "expected"),
    [
        pytest.param(True, {"TERM": "xterm-256color"}, False, id="a terminal of which nothing is known"),
        pytest.param(True, {}, False, id="no terminal's name"),
        pytest.param(True, {"TERM": "xterm-kitty"}, True, id="kitty"),
        pytest.param(True, {"TERM": "xterm-256color", "VTE_VERSION": "7600"}, True, id="gnome"),
        pytest.param(True, {"TERM": "xterm-256color", "VTE_VERSION": "4205"}, False, id="an old gnome"),
        pytest.param(True, {"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, True, id="vscode"),
        pytest.param(True, {"TERM": "xterm-256color", "WT_SESSION": "1"}, True, id="windows terminal"),
        pytest.param(True, {"TERM": "screen", "TMUX": "x", "VTE_VERSION": "7600"}, False, id="inside tmux"),
        pytest.param(True, {"TERM": "dumb", "VTE_VERSION": "7600"}, False, id="one that has nothing"),
        pytest.param(True, {"TERM": "xterm-kitty", "CI": "true"}, False, id="the log of a CI"),
        pytest.param(False, {"TERM": "xterm-kitty"}, False, id="a pipe"),
        pytest.param(False, {"FORCE_HYPERLINK": "1"}, True, id="demanded"),
        pytest.param(True, {"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False, id="forbidden"),
    ],
)
def test_hyperlinks_are_wanted(is_terminal: bool, environment: dict[str, str], expected: bool) -> None:
    assert wants_links(is_terminal=is_terminal, environment=environment) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", 3),
        ("日本", 4),
        ("e\u0301", 1),
        ("\u1112\u1161\u11ab", 2),  # 한, decomposed
        ("❤\ufe0f", 1),
        ("カ\u3099", 2),
        ("🐳", 2),
    ],
)
def test_columns_that_a_text_takes(text: str, expected: int) -> None:
    assert columns(text) == expected


def test_the_caret_stands_under_the_place_behind_combining_characters() -> None:
    line = "\u1112\u1161\u11ab e\u0301 [x](gone.md)"
    problem = Problem(Position("a.md", 1, line.index("gone") + 1), Rule.BROKEN_LINK, "nothing there")
    _, _, source, caret, *_ = FORMATS["text"]([problem], Surroundings(lambda _path, _line: line)).splitlines()
    assert columns(source[: source.index("gone")]) == columns(caret[:-1])


def test_paths_as_seen_from_the_root_of_a_repository() -> None:
    (problem,) = below("sites/docs", [INCLUDED])
    assert str(problem.position) == "sites/docs/includes/list.md:2:9"
    assert [place.path for place in problem.included_from] == [
        "sites/docs/docs/es/a.md",
        "sites/docs/docs/es/b.md",
    ]


def test_passwords_in_addresses_are_not_shown() -> None:
    line = "See [x](https://me:secret@a.example/@b) and [y](gone.md)"
    problem = Problem(Position("a.md", 1, line.index("gone") + 1), Rule.BROKEN_LINK, "nothing there")
    text = FORMATS["text"]([problem], Surroundings(lambda _path, _line: line))
    _, _, source, caret, *_ = text.splitlines()
    assert source.endswith("See [x](https://•••••••••@a.example/@b) and [y](gone.md)")
    assert source.index("gone") == caret.index("^")


def test_github_is_told_of_what_it_does_not_show() -> None:
    many = [Problem(Position("a.md", n + 1), Rule.BROKEN_LINK, "x") for n in range(12)]
    *commands, last = FORMATS["github"]((*many, WHOLE_FILE), BARE).splitlines()
    assert len(commands) == 13
    assert last == (
        "13 problems; GitHub shows 11 of them as annotations, and as many as fit in the summary of the job"
    )


def test_github_annotations() -> None:
    assert FORMATS["github"]((TAG, WHOLE_FILE, FIXABLE), BARE) == (
        "::error file=docs/es/concept.md,line=31,col=12,title=image-missing::"
        'mcr.example/minimal has no tag "20260317.v1"; did you mean "20260316.v1"?\n'
        "::warning file=docs/ja/x.md,title=ignore-unused::100%25 unused, it says: here\n"
        '::notice file=docs/ja/x.md,line=2,col=5,title=nav-page-omitted::wrong case; write "b.md"\n'
    )


def test_github_annotations_of_hostile_text_stay_one_command_each() -> None:
    (line,) = FORMATS["github"]([HOSTILE], AROUND).splitlines()
    assert line.startswith(
        "::error file=docs/\\u001b]0;x\\u0007/\\udcff%2Ca%3Ab.md,line=1,col=1,title=broken-link::"
    )
    assert line.endswith("%0Ahttps://example.org/docs/rules/broken-link/")


def test_summary_of_a_job() -> None:
    assert render_summary((TAG, WHOLE_FILE), AROUND) == (
        "### imagedocs: 1 error, 1 warning in 2 files\n"
        "\n"
        "| Severity | Place | Rule | Problem |\n"
        "| --- | --- | --- | --- |\n"
        "| error | docs/es/concept.md:31:12 "
        "| [image-missing](https://example.org/docs/rules/image-missing/) "
        '| mcr.example/minimal has no tag "20260317.v1"; did you mean "20260316.v1"? |\n'
        "| warning | docs/ja/x.md | [ignore-unused](https://example.org/docs/rules/ignore-unused/) "
        "| 100% unused, it says: here |\n"
    )


def test_summary_of_a_job_fits_in_what_github_takes() -> None:
    many = [Problem(Position("a.md", n + 1), Rule.BROKEN_LINK, "<" * 200) for n in range(2000)]
    text = render_summary(many, BARE)
    assert len(text.encode()) < 1024 * 1024
    assert re.search(r"\n\n… and \d+ more\.\n$", text)


def sarif(*problems: Problem, around: Surroundings = AROUND) -> dict[str, Any]:
    document = json.loads(FORMATS["sarif"](problems, around))
    jsonschema.Draft7Validator(SARIF_SCHEMA, format_checker=jsonschema.FormatChecker()).validate(document)
    (run,) = document["runs"]
    return run


def test_sarif_names_rules_with_their_pages() -> None:
    run = sarif(*ALL)
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [
        "broken-link",
        "ignore-unused",
        "image-missing",
        "nav-page-omitted",
    ]
    assert driver["rules"][0]["helpUri"] == "https://example.org/docs/rules/broken-link/"
    assert driver["version"] == "1.2.3"
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_has_a_help_for_every_rule_also_without_a_site() -> None:
    for around in (AROUND, BARE):
        assert all(rule["help"]["text"] for rule in sarif(*ALL, around=around)["tool"]["driver"]["rules"])


def test_sarif_columns_are_in_units_of_utf16() -> None:
    run = sarif(FIXABLE)
    assert run["columnKind"] == "utf16CodeUnits"
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 6}
    assert result["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 10},
            "insertedContent": {"text": "b.md"},
        }
    ]


def test_sarif_places_are_relative_to_the_project() -> None:
    run = sarif(INCLUDED, Problem(Position("docs/zh/镜 像.md", 1, 1), Rule.BROKEN_LINK, "nothing"))
    first, second = run["results"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "docs/zh/%E9%95%9C%20%E5%83%8F.md",
        "uriBaseId": "%SRCROOT%",
    }
    assert list(run["originalUriBaseIds"]) == ["%SRCROOT%"]
    related = [place["physicalLocation"]["artifactLocation"]["uri"] for place in second["relatedLocations"]]
    assert related == ["docs/es/a.md", "docs/es/b.md"]


def test_sarif_without_problems_is_a_run_that_found_nothing() -> None:
    assert sarif()["results"] == []


def test_fingerprints_survive_moved_lines_and_tell_equal_problems_apart() -> None:
    def found(*lines: int) -> list[str]:
        problems = [
            Problem(Position("a.md", n, 3), Rule.BROKEN_LINK, f"nothing; first on line {n}") for n in lines
        ]
        run = sarif(*problems, around=Surroundings(lambda _path, _line: " the  same\tline"))
        return [result["partialFingerprints"]["imagedocs/v1"] for result in run["results"]]

    assert found(1, 5) == found(31, 47)
    assert len(set(found(1, 5))) == 2


def test_junit() -> None:
    root = ET.fromstring(FORMATS["junit"](ALL, AROUND))  # our own text
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("5", "4", "1")
    case = root.find("testsuite[@name='docs/es/concept.md']/testcase")
    assert case is not None
    assert (case.get("file"), case.get("line")) == ("docs/es/concept.md", "31")
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("message") == (
        'mcr.example/minimal has no tag "20260317.v1"; did you mean "20260316.v1"?'
    )


def test_junit_without_problems_is_one_passed_test() -> None:
    root = ET.fromstring(FORMATS["junit"]((), AROUND))  # our own text
    assert [case.attrib for case in root.iter("testcase")] == [{"classname": "imagedocs", "name": "check"}]
    assert not list(root.iter("failure"))


def test_json_follows_its_schema() -> None:
    schema = json.loads(published_schemas()["problems.schema.json"])
    jsonschema.Draft7Validator.check_schema(schema)
    for problems in (ALL, ()):
        jsonschema.Draft7Validator(schema).validate(json.loads(FORMATS["json"](problems, AROUND)))


def test_json_has_everything_that_a_problem_has() -> None:
    document = json.loads(FORMATS["json"]([FIXABLE], AROUND))
    assert document["summary"] == {"error": 0, "warning": 0, "suggestion": 1}
    (problem,) = document["problems"]
    assert re.fullmatch("[0-9a-f]{40}", problem.pop("fingerprint"))
    assert problem == {
        "path": "docs/ja/x.md",
        "line": 2,
        "column": 5,
        "severity": "suggestion",
        "rule": "nav-page-omitted",
        "rule_url": "https://example.org/docs/rules/nav-page-omitted/",
        "message": "wrong case",
        "hint": 'write "b.md"',
        "included_from": [],
        "fix": [{"line": 2, "column": 5, "end_line": 2, "end_column": 9, "text": "b.md"}],
    }


def test_code_climate() -> None:
    issues = json.loads(FORMATS["codeclimate"](ALL, AROUND))
    assert [(i["check_name"], i["severity"], i["location"]["lines"]["begin"]) for i in issues[1:]] == [
        ("image-missing", "major", 31),
        ("ignore-unused", "minor", 1),
        ("nav-page-omitted", "info", 2),
        ("broken-link", "major", 2),
    ]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_reviewdog_counts_bytes() -> None:
    problem = Problem(
        Position("docs/a.md", 2, 4), Rule.BROKEN_LINK, "gone", "write b.md", fix=(Edit(2, 4, 2, 6, "b.md"),)
    )
    around = Surroundings(lambda _path, _line: "日本 xy", BASE)
    (found,) = json.loads(FORMATS["rdjson"]([problem], around))["diagnostics"]
    assert found == {
        "message": "gone; write b.md",
        "location": {"path": "docs/a.md", "range": {"start": {"line": 2, "column": 8}}},
        "severity": "ERROR",
        "code": {"value": "broken-link", "url": rule_url(Rule.BROKEN_LINK, BASE)},
        "suggestions": [
            {"range": {"start": {"line": 2, "column": 8}, "end": {"line": 2, "column": 10}}, "text": "b.md"}
        ],
    }
    halves = replace(problem, fix=(*problem.fix, Edit(1, 1, 1, 1, "x")))
    assert "suggestions" not in FORMATS["rdjson"]([halves], around), "each would be half a fix"
    for each in json.loads(FORMATS["rdjson"](ALL, AROUND))["diagnostics"]:
        assert each["severity"] in ("ERROR", "WARNING", "INFO")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_the_same_whatever_the_order(name: str) -> None:
    texts = {FORMATS[name](order, AROUND) for order in itertools.permutations(ALL)}
    assert len(texts) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_the_page_of_the_rule(name: str) -> None:
    shown = rule_url(Rule.BROKEN_LINK, BASE) in FORMATS[name](ALL, AROUND)
    assert shown is (name != "plain")


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.text(), path=st.text(min_size=1), line=st.integers(0, 3), column=st.integers(0, 30))
def test_every_format_takes_any_text(name: str, text: str, path: str, line: int, column: int) -> None:
    problem = Problem(
        Position(path, line, column), Rule.BROKEN_LINK, text, text, fix=(Edit(1, 1, 1, 2, text),)
    )
    around = Surroundings(lambda _path, _line: text.replace("\n", ""), BASE, width=50)
    output = FORMATS[name]([problem], around)
    output.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)
    if name in ("plain", "github"):
        assert output.count("\n") == 1
    if name == "junit":
        ET.fromstring(output)  # our own text
    if name in ("json", "sarif", "codeclimate", "rdjson"):
        json.loads(output)


def test_thousands_of_problems_are_written_at_once() -> None:
    order = random.Random(7)
    many = [
        Problem(Position(f"docs/{n % 90}.md", n, n % 80), Rule.BROKEN_LINK, "x" * 90) for n in range(5000)
    ]
    order.shuffle(many)
    for name, render in FORMATS.items():
        assert len(render(many, AROUND)) > 100_000, name


def test_rule_pages_without_a_site() -> None:
    assert rule_url(Rule.BROKEN_LINK, "") == ""
    assert rule_url(Rule.BROKEN_LINK, "https://example.org") == "https://example.org/rules/broken-link/"
