"""Code Climate's JSON, which GitLab shows as code quality of a merge request."""

from collections.abc import Iterable

from imagedocs.problems import Problem, Severity
from imagedocs.reports.fingerprints import fingerprints
from imagedocs.reports.json_text import to_json
from imagedocs.reports.surroundings import Surroundings, in_order, printable, rule_url, sentence

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.SUGGESTION: "info"}


def render_codeclimate(problems: Iterable[Problem], surroundings: Surroundings) -> str:
    found = in_order(problems)
    prints = fingerprints(found, surroundings.read_line)
    issues = [
        _issue(problem, fingerprint, surroundings) for problem, fingerprint in zip(found, prints, strict=True)
    ]
    return to_json(issues)


def _issue(problem: Problem, fingerprint: str, surroundings: Surroundings) -> dict[str, object]:
    issue: dict[str, object] = {
        "type": "issue",
        "check_name": problem.rule.label,
        "description": sentence(problem),
        "categories": ["Bug Risk"],
        "severity": _SEVERITIES[problem.severity],
        "fingerprint": fingerprint,
        "location": {
            "path": printable(problem.position.path),
            "lines": {"begin": max(problem.position.line, 1)},
        },
    }
    if url := rule_url(problem.rule, surroundings.rules_base):
        issue["content"] = {"body": f"What it means and how to fix it: {url}"}
    return issue
