"""Schemas of metadata: each word of theirs, with what is wrong and where."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from imagedocs.docfx.config import Config, read_config
from imagedocs.docfx.monikers import Monikers, WrongRange, read_monikers
from imagedocs.docfx.page_metadata import check_metadata, is_doubtful, read_page_metadata
from imagedocs.docfx.schema import MAX_STEPS, check_schema
from imagedocs.docfx.values import Value, value_of
from imagedocs.markdown import Source
from imagedocs.problems import Problem
from imagedocs.yaml.nodes import read_yaml
from markdown_files import Files

TODAY = date(2026, 3, 16)

DOCFX = json.dumps({"build": {"metadataSchema": "schema.json"}})


def value(text: str) -> Value:
    node, problems = read_yaml("x.yml", text)
    assert node is not None
    assert problems == ()
    return value_of(node, "x.yml")


def check(pages: Mapping[str, str], schema: object, docfx: str = DOCFX, **files: str) -> list[Problem]:
    sources = Files({"docfx.json": docfx, "schema.json": json.dumps(schema), **pages, **files})
    config, problems = read_config(Source("docfx.json", docfx), sources)
    assert problems == ()
    read = (read_page_metadata(Source(path, text), config) for path, text in pages.items())
    return list(check_metadata((page for page in read if page), config, TODAY))


def found(header: str, schema: object, **options: Any) -> list[str]:
    """The problems of one page, without its path."""
    problems = check({"a.md": f"---\n{header}\n---\n# A\n"}, schema, **options)
    return [str(problem).removeprefix("a.md:") for problem in problems]


def properties(**each: object) -> dict[str, object]:
    return {"properties": each}


@pytest.mark.parametrize(
    ("schema", "right", "wrong", "expected"),
    [
        (
            properties(n={"type": "integer"}),
            "n: 2.0",
            "n: '2'",
            '2:4: warning: unexpected-type: expected a whole number for n, found text, "2"',
        ),
        (
            properties(n={"type": ["string", "null"]}),
            "n:",
            "n: [a]",
            "2:4: warning: unexpected-type: expected text or nothing for n, found a list",
        ),
        (
            properties(n={"type": "number", "enum": [1, True]}),
            "n: 1",
            "n: true",
            '2:4: warning: unexpected-type: expected a number for n, found true or false, "true"',
        ),
        (
            properties(t={"enum": ["how-to", "concept"]}),
            "t: how-to",
            "t: howto",
            '2:4: warning: invalid-value: "howto" is no value of t; did you mean "how-to"?',
        ),
        (
            properties(t={"const": "x"}),
            "t: x",
            "t: y",
            '2:4: warning: invalid-value: t must be "x", not "y"',
        ),
        (
            properties(t={"minLength": 2, "maxLength": 3}),
            "t: abc",
            "t: 'abc '",
            "2:4: warning: string-length-invalid: t is too long: 4 characters; write at most 3",
        ),
        (
            properties(t={"minLength": 2}),
            "t: 😀b",
            "t: 😀",
            "2:4: warning: string-length-invalid: t is too short: 1 characters; write at least 2",
        ),
        (
            properties(t={"pattern": "^[a-z]+$"}),
            "t: abc",
            "t: a c",
            '2:4: warning: format-invalid: "a c" is not in the form that t has; it must match ^[a-z]+$',
        ),
        (
            properties(t={"format": "date"}),
            "t: 2026-03-16",
            "t: 16.3.2026",
            '2:4: warning: format-invalid: "16.3.2026" is no date, which t must be',
        ),
        (
            properties(t={"format": "time"}),
            "t: '10:30'",
            "t: noon",
            '2:4: warning: format-invalid: "noon" is no time, which t must be',
        ),
        (
            properties(t={"format": "date-time"}),
            "t: '2026-03-16T10:30:00'",
            "t: noon",
            '2:4: warning: format-invalid: "noon" is no date-time, which t must be',
        ),
        (
            properties(d={"dateFormat": "MM/dd/yyyy"}),
            "d: 02/29/2024",
            "d: 2/29/2024",
            '2:4: warning: date-format-invalid: "2/29/2024" is no date in the form that d has; write it as MM/dd/yyyy',
        ),
        (
            properties(
                d={"dateFormat": "M/d/yyyy", "relativeMinDate": "-10.00:00:00", "relativeMaxDate": "5"}
            ),
            "d: 3/21/2026",
            "d: 3/22/2026",
            '2:4: warning: date-out-of-range: "3/22/2026" is too late for d',
        ),
        (
            properties(d={"dateFormat": "M/d/yyyy", "relativeMinDate": "-10.00:00:00"}),
            "d: 3/6/2026",
            "d: 3/5/2026",
            '2:4: warning: date-out-of-range: "3/5/2026" is too early for d',
        ),
        (
            properties(n={"minimum": 1, "exclusiveMaximum": 9}),
            "n: 1",
            "n: 9",
            "2:4: warning: number-invalid: n is 9; write less than 9",
        ),
        (
            properties(n={"multipleOf": 4}),
            "n: 8",
            "n: 6",
            "2:4: warning: number-invalid: n is 6; write a multiple of 4",
        ),
        (
            properties(p={"replacedBy": "q"}),
            "p: ''",
            "p: x",
            "2:4: warning: attribute-deprecated: p is no longer used; write q",
        ),
        (
            properties(p=False),
            "q: 1",
            "p: 1",
            "2:4: warning: boolean-schema-failed: nothing may be written for p",
        ),
        (
            properties(a={"minItems": 1, "maxItems": 2}),
            "a: [1, 2]",
            "a: [1, 2, 3]",
            "2:4: warning: array-length-invalid: a has 3 values; write at most 2",
        ),
        (
            properties(a={"items": {"type": "string"}}),
            "a: [x]",
            "a: [x, 1]",
            '2:8: warning: unexpected-type: expected text for a, found a whole number, "1"',
        ),
        (
            properties(a={"items": [{"type": "string"}], "additionalItems": False}),
            "a: [x]",
            "a: [x, y]",
            "2:4: warning: array-length-invalid: a has 2 values; write at most 1",
        ),
        (
            properties(a={"uniqueItems": True}),
            "a: [1, true, '1']",
            "a: [{x: [1]}, {x: [1]}]",
            "2:4: warning: array-not-unique: a has a value twice; keep one of them",
        ),
        (
            properties(a={"contains": {"const": "x"}}),
            "a: [y, x]",
            "a: [y]",
            "2:4: warning: array-contains-failed: no value of a is one that it must have",
        ),
        (
            properties(a={"minItemsWhen": [{"condition": {"const": "x"}, "value": 1}]}),
            "a: [x]",
            "a: [y]",
            "2:4: warning: array-min-check-invalid: a has 0 values of a kind of which it has at least 1",
        ),
        (
            properties(a={"maxItemsWhen": [{"condition": {"const": "x"}, "value": 1}]}),
            "a: [x, y, y]",
            "a: [x, x]",
            "2:4: warning: array-max-check-invalid: a has 2 values of a kind of which it has at most 1",
        ),
        (
            {"required": ["t"]},
            "t:",
            "u: x",
            '2:1: warning: missing-attribute: the attribute t is missing; write "t: …"',
        ),
        (
            {"strictRequired": ["t"]},
            "t: x",
            "t: ' '",
            '2:1: warning: missing-attribute: the attribute t is missing; write "t: …"',
        ),
        (
            {"dependencies": {"a": ["b"]}},
            "b: x",
            "a: x",
            "2:1: warning: missing-paired-attribute: a is given without b; write b too",
        ),
        (
            {"dependencies": {"a": {"required": ["b"]}}},
            "a: ''",
            "a: x",
            '2:1: warning: missing-attribute: the attribute b is missing; write "b: …"',
        ),
        (
            {"either": [["a", "b"]]},
            "b: x",
            "a: ''",
            "2:1: warning: missing-either-attribute: one of a, b must be given",
        ),
        (
            {"precludes": [["a", "b", "c"]]},
            "b: x",
            "{c: 1, a: 2}",
            "2:1: warning: precluded-attributes: a and c are given, and only one may be; keep one",
        ),
        (
            {"enumDependencies": {"p": {"azure": {"t": {"ml": None}}}}},
            "{p: azure, t: ml}",
            "{p: azure, t: office}",
            '2:15: warning: invalid-paired-attribute: t "office" does not go with p "azure"',
        ),
        (
            {"enumDependencies": {"p[0]": {"azure": {"p[1]": {"ml": None}}}}},
            "p: [azure]",
            "p: [office]",
            '2:5: warning: invalid-value: "office" is no value of p[0]',
        ),
        (
            {"enumDependencies": {"p": {"azure": {"t": {"ml": None}}}}},
            "p:",
            "p: azure",
            '2:1: warning: invalid-paired-attribute: t is missing, which p "azure" needs',
        ),
        (
            properties(o={"maxProperties": 1}),
            "o: {a: 1}",
            "o: {a: 1, b: 2}",
            "2:4: warning: property-count-invalid: o has 2 values; write at most 1",
        ),
        (
            {"properties": {"title": {}}, "patternProperties": {"^ms\\.": {}}, "additionalProperties": False},
            "ms.x: 1",
            "titel: 1",
            '2:8: warning: unknown-field: there is no attribute "titel"; did you mean "title"?',
        ),
        (
            {"propertyNames": {"maxLength": 2}},
            "ab: 1",
            "abc: 1",
            "2:1: warning: string-length-invalid: abc is too long: 3 characters; write at most 2",
        ),
        (
            properties(t={"anyOf": [{"type": "integer"}, {"type": "string", "maxLength": 1}]}),
            "t: 5",
            "t: abc",
            '2:4: warning: unexpected-type: expected a whole number for t, found text, "abc"',
        ),
        (
            properties(t={"allOf": [{"minLength": 2}, {"maxLength": 3}]}),
            "t: abc",
            "t: a",
            "2:4: warning: string-length-invalid: t is too short: 1 characters; write at least 2",
        ),
        (
            properties(n={"oneOf": [{"minimum": 1}, {"maximum": 3}]}),
            "n: 5",
            "n: 2",
            "2:4: warning: one-of-failed: n fits more than one of several forms",
        ),
        (
            properties(n={"not": {"enum": [1]}}),
            "n: 2",
            "n: 1",
            '2:4: warning: not-failed: "1" may not be written for n',
        ),
        (
            {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}},
            "{a: 1, b: 2}",
            "x: 1",
            '2:1: warning: missing-attribute: the attribute c is missing; write "c: …"',
        ),
        (
            {"definitions": {"s": {"type": "string"}}, "properties": {"t": {"$ref": "#/definitions/s"}}},
            "t: x",
            "t: 1",
            '2:4: warning: unexpected-type: expected text for t, found a whole number, "1"',
        ),
        (
            {"reserved": ["mine"]},
            "yours: 1",
            "mine: 1",
            "2:1: warning: attribute-reserved: the site itself says what mine of a page is; remove it",
        ),
    ],
    ids=lambda each: json.dumps(each) if isinstance(each, dict) else repr(each)[:30],
)
def test_each_word(schema: object, right: str, wrong: str, expected: str) -> None:
    assert found(right, schema) == []
    assert found(wrong, schema) == [expected]


def test_what_docfx_json_gives_is_judged_where_it_stands() -> None:
    docfx = '{"build": {"metadataSchema": ["schema.json"],\n"globalMetadata": {"a": 1}, "fileMetadata":\n{"b": {"*.md": 2}}}}'
    schema = properties(a={"type": "string"}, b={"type": "string"})
    problems = check({"a.md": "# A", "b.md": "---\na: x\n---\n"}, schema, docfx)
    assert [str(problem.position) for problem in problems] == ["docfx.json:2:25", "docfx.json:3:16"]


def test_what_no_two_pages_may_share() -> None:
    pages = {
        name: f"---\nd: {text}\n---\n"
        for name, text in {"a.md": "x", "b.md": "x", "c.md": "y", "e.md": ""}.items()
    }
    assert [str(each) for each in check(pages, {"docsetUnique": ["d"]})] == [
        'a.md:2:4: suggestion: duplicate-attribute: d "x" is that of another page: b.md:2:4; give each page its own',
        'b.md:2:4: suggestion: duplicate-attribute: d "x" is that of another page: a.md:2:4; give each page its own',
    ]


RULED = properties(t={"minLength": 2})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"severity": "ERROR", "additionalMessage": "See x."}, ["error", "write at least 2; See x."]),
        ({"severity": "info", "message": "Longer, {0}!"}, ["suggestion", "write at least 2"]),
        ({"severity": "OFF"}, []),
        ({"disabled": True}, []),
        ({"exclude": ["a*"]}, []),
        ({"exclude": ["b*"]}, ["warning", "write at least 2"]),
        ({"contentTypes": ["toc"]}, []),
        ({"contentTypes": ["conceptual"]}, ["warning", "write at least 2"]),
        ({"tags": ["SEO"]}, []),
    ],
    ids=repr,
)
def test_what_a_schema_makes_of_a_rule(rule: dict[str, object], expected: list[str]) -> None:
    schema = {**RULED, "rules": {"t": {"string-length-invalid": rule}}}
    header = "t: x\nrobots: noindex" if "tags" in rule else "t: x"
    problems = check({"a.md": f"---\n{header}\n---\n"}, schema)
    assert [part for each in problems for part in (str(each.severity), each.hint)] == expected


def test_docfx_json_adjusts_a_rule() -> None:
    docfx = '{"build": {"metadataSchema": "schema.json", "rules": {"string-length-invalid": "suggestion"}}}'
    assert [str(each.severity) for each in check({"a.md": "---\nt: x\n---\n"}, RULED, docfx)] == [
        "suggestion"
    ]


def test_names_that_are_the_sites_own() -> None:
    assert found("redirect_url: /x\ntitle: {a: b}", {}) == [
        "2:1: warning: attribute-reserved: the site itself says what redirect_url of a page is; remove it",
        "3:8: error: violate-schema: expected text for title, found a mapping",
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("title: X\nauthor: y", False),
        ("title: X: {y}", False),
        ("redirect_url: x", True),
        ('"locale" : x', True),
        ("title: [x]", True),
        ("title:\n  a: b", True),
        ("{title: {a: b}}", True),
        ("subtitle: [x]", False),
    ],
)
def test_pages_that_nothing_can_be_wrong_with_are_not_read(header: str, expected: bool) -> None:
    assert is_doubtful(Source("a.md", f"---\n{header}\n---\n# A\n")) is expected


def test_yaml_pages_have_metadata_too() -> None:
    text = "### YamlMime:Landing\ntitle: X\nmetadata:\n  document_id: x\n"
    problems = check({"index.yml": text, "data.yml": "metadata: {document_id: x}\n"}, {})
    assert [str(each.position) for each in problems] == ["index.yml:4:3"]


def test_a_schema_that_is_not_there_is_said() -> None:
    _, problems = read_config(Source("docfx.json", DOCFX), Files({}))
    assert [str(each) for each in problems] == [
        'docfx.json:1:30: error: broken-link: there is no file "schema.json"'
    ]


def test_a_schema_without_end_is_stopped() -> None:
    nest = {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}
    breaches = check_schema(value(json.dumps(nest)), value("a: 1"), TODAY)
    assert f"more than {MAX_STEPS} steps" in breaches[-1].message
    assert check_schema(value('{"$ref": "#"}'), value("a: 1"), TODAY) == []


MONIKERS = read_monikers(
    value(
        "monikers:\n"
        + "".join(
            f"- {{moniker_name: {name}, product_name: {name[0]}}}\n" for name in ("a-1", "a-2", "a-3", "b-1")
        )
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a-2", {"a-2"}),
        (">= A-2", {"a-2", "a-3"}),
        (">a-1 <a-3", {"a-2"}),
        ("<= a-1 || b-1", {"a-1", "b-1"}),
        ("=a-1 a-2", set()),
    ],
)
def test_ranges_of_versions(text: str, expected: set[str]) -> None:
    assert MONIKERS.of_range(text) == expected
    assert MONIKERS.newest(frozenset({"a-2", "a-1"})) == "a-2"


@pytest.mark.parametrize("text", ["", "c-1", ">", "a-1 ||", "|| a-1", "> < a-1", "a-1 ~"])
def test_ranges_that_are_none(text: str) -> None:
    with pytest.raises(WrongRange):
        MONIKERS.of_range(text)


def test_pages_of_other_versions_may_share() -> None:
    definition = '{"monikers": [{"moniker_name": "a-1", "product_name": "a"}, {"moniker_name": "a-2", "product_name": "a"}]}'
    docfx = json.dumps(
        {
            "metadataSchema": "schema.json",
            "monikerDefinition": "monikers.json",
            "monikerRange": {"**": ">= a-1", "v2/**": "a-2"},
        }
    )
    pages = dict.fromkeys(("v2/a.md", "v2/b.md"), "---\nd: x\n---\n")
    pages |= {"c.md": "---\nd: y\nmonikerRange: a-1\n---\n", "v2/c.md": "---\nd: y\n---\n"}
    problems = check(pages, {"docsetUnique": ["d"]}, docfx, **{"monikers.json": definition})
    assert [each.position.path for each in problems] == ["v2/a.md", "v2/b.md"]


def test_a_range_that_is_none_is_said() -> None:
    docfx = '{"monikerDefinition": "m.json", "monikerRange": {"**": "> c-1"}}'
    m = '{"monikers": [{"moniker_name": "a-1", "product_name": "a"}]}'
    config, problems = read_config(Source("docfx.json", docfx), Files({"m.json": m}))
    assert isinstance(config, Config)
    assert [str(each) for each in problems] == [
        'docfx.json:1:56: error: invalid-moniker-range: "> c-1" is no range of versions: "c-1" is no version'
    ]
    assert not Monikers()
