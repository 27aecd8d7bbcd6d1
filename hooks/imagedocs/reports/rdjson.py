"""Reviewdog's Diagnostic Format (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf), which comments on the
lines of a pull request."""

from collections.abc import Iterable

from imagedocs.problems import Position, Problem, Severity
from imagedocs.reports.json_text import to_json
from imagedocs.reports.surroundings import (
    ReadLine,
    Surroundings,
    in_order,
    printable,
    rule_url,
    sentence,
)

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.SUGGESTION: "INFO"}

_Object = dict[str, object]


def render_rdjson(problems: Iterable[Problem], surroundings: Surroundings) -> str:
    """Return the problems as one object of JSON."""
    diagnostics = [_diagnostic(problem, surroundings) for problem in in_order(problems)]
    return to_json({"source": {"name": "imagedocs"}, "diagnostics": diagnostics})


def _diagnostic(problem: Problem, surroundings: Surroundings) -> _Object:
    path, read_line = problem.position.path, surroundings.read_line
    code: _Object = {"value": problem.rule.label}
    if url := rule_url(problem.rule, surroundings.rules_base):
        code["url"] = url
    found: _Object = {
        "message": sentence(problem),
        "location": _location(problem.position, read_line),
        "severity": _SEVERITIES[problem.severity],
        "code": code,
    }
    if problem.included_from:
        found["relatedLocations"] = [
            {"message": "included from here", "location": _location(place, read_line)}
            for place in problem.included_from
        ]
    if len(problem.fix) == 1:  # several suggestions would be alternatives, of which a reader takes one
        edit = problem.fix[0]
        start = _place(path, edit.line, edit.column, read_line)
        end = _place(path, edit.end_line, edit.end_column, read_line)
        found["suggestions"] = [{"range": {"start": start, "end": end}, "text": edit.text}]
    return found


def _location(position: Position, read_line: ReadLine) -> _Object:
    found: _Object = {"path": printable(position.path)}
    if position.line:
        found["range"] = {"start": _place(position.path, position.line, position.column, read_line)}
    return found


def _place(path: str, line: int, column: int, read_line: ReadLine) -> _Object:
    """Return a place; columns are in bytes of UTF-8, counted from 1."""
    if not column:
        return {"line": line}
    before = (read_line(path, line) or "")[: column - 1]
    return {"line": line, "column": column + len(before.encode("utf-8", "replace")) - len(before)}
