"""JSON for programs, by the schema `problems.schema.json` beside this module."""

from collections.abc import Iterable

from imagedocs.problems import Position, Problem
from imagedocs.reports.fingerprints import fingerprints
from imagedocs.reports.json_text import to_json
from imagedocs.reports.surroundings import Surroundings, count, in_order, printable, rule_url

VERSION = 1
"""Of the format: it rises when a reader of the former one could go wrong."""


def render_json(problems: Iterable[Problem], surroundings: Surroundings) -> str:
    found = in_order(problems)
    prints = fingerprints(found, surroundings.read_line)
    document = {
        "version": VERSION,
        "summary": {str(severity): number for severity, number in count(found).by_severity.items()},
        "problems": [
            _problem(problem, fingerprint, surroundings)
            for problem, fingerprint in zip(found, prints, strict=True)
        ],
    }
    return to_json(document)


def _problem(problem: Problem, fingerprint: str, surroundings: Surroundings) -> dict[str, object]:
    return {
        **_position(problem.position),
        "severity": str(problem.severity),
        "rule": problem.rule.label,
        "rule_url": rule_url(problem.rule, surroundings.rules_base),
        "message": printable(problem.message),
        "hint": printable(problem.hint),
        "included_from": [_position(place) for place in problem.included_from],
        "fix": [
            {
                "line": edit.line,
                "column": edit.column,
                "end_line": edit.end_line,
                "end_column": edit.end_column,
                "text": edit.text,
            }
            for edit in problem.fix
        ],
        "fingerprint": fingerprint,
    }


def _position(position: Position) -> dict[str, object]:
    return {"path": printable(position.path), "line": position.line, "column": position.column}
