"""SARIF 2.1.0, for code scanning and editors."""

from collections.abc import Iterable
from urllib.parse import quote

from imagedocs.problems import Position, Problem, Rule, Severity
from imagedocs.reports.fingerprints import fingerprints
from imagedocs.reports.json_text import to_json
from imagedocs.reports.surroundings import ReadLine, Surroundings, in_order, printable, rule_url, sentence

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}

_Object = dict[str, object]


def render_sarif(problems: Iterable[Problem], surroundings: Surroundings) -> str:
    found = in_order(problems)
    rules = sorted({problem.rule for problem in found}, key=str)
    indexes = {rule: index for index, rule in enumerate(rules)}
    driver: _Object = {"name": "imagedocs", "rules": [_rule(rule, surroundings) for rule in rules]}
    if surroundings.version:
        driver["version"] = surroundings.version
    prints = fingerprints(found, surroundings.read_line)
    run: _Object = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository"}}},
        "results": [
            _result(problem, indexes[problem.rule], print_, surroundings.read_line)
            for problem, print_ in zip(found, prints, strict=True)
        ],
    }
    document: _Object = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return to_json(document)


def _rule(rule: Rule, surroundings: Surroundings) -> _Object:
    words = rule.label.replace("-", " ")
    described: _Object = {
        "id": rule.label,
        "name": "".join(word.capitalize() for word in words.split()),
        "shortDescription": {"text": words.capitalize()},
        "fullDescription": {"text": words.capitalize()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    if url := rule_url(rule, surroundings.rules_base):
        described["helpUri"] = url
        described["help"] = {
            "text": f"What it means and how to fix it: {url}",
            "markdown": f"[What it means and how to fix it]({url})",
        }
    else:  # code scanning wants a help of every rule
        described["help"] = {"text": f"The documentation of imagedocs has a page on the rule {rule.label}"}
    return described


def _result(problem: Problem, index: int, fingerprint: str, read_line: ReadLine) -> _Object:
    result: _Object = {
        "ruleId": problem.rule.label,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": sentence(problem)},
        "locations": [{"physicalLocation": _physical(problem.position, read_line)}],
        "partialFingerprints": {"imagedocs/v1": fingerprint},
    }
    if problem.included_from:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": "included from here"},
                "physicalLocation": _physical(place, read_line),
            }
            for number, place in enumerate(problem.included_from, 1)
        ]
    if problem.fix:
        result["fixes"] = [_fix(problem, read_line)]
    return result


def _physical(position: Position, read_line: ReadLine) -> _Object:
    """A file as a whole gets its first line: code scanning wants a line of every result."""
    region: _Object = {"startLine": max(position.line, 1)}
    if position.line and position.column:
        region["startColumn"] = _utf16(position.path, position.line, position.column, read_line)
    return {"artifactLocation": _artifact(position.path), "region": region}


def _artifact(path: str) -> _Object:
    return {"uri": quote(path.encode("utf-8", "replace")), "uriBaseId": _ROOT}


def _fix(problem: Problem, read_line: ReadLine) -> _Object:
    path = problem.position.path
    replacements: list[_Object] = [
        {
            "deletedRegion": {
                "startLine": edit.line,
                "startColumn": _utf16(path, edit.line, edit.column, read_line),
                "endLine": edit.end_line,
                "endColumn": _utf16(path, edit.end_line, edit.end_column, read_line),
            },
            "insertedContent": {"text": edit.text},
        }
        for edit in problem.fix
    ]
    return {
        "description": {"text": printable(problem.hint or problem.message)},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }


def _utf16(path: str, line: int, column: int, read_line: ReadLine) -> int:
    """The column in units of UTF-16, counted from 1: a character beyond the first plane takes two."""
    text = read_line(path, line) or ""
    return column + sum(character > "\uffff" for character in text[: column - 1])
