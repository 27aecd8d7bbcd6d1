"""JUnit's XML, which CI dashboards show as tests: a suite for each file."""

from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from imagedocs.problems import Problem, Severity
from imagedocs.reports.surroundings import Surroundings, in_order, printable, rule_url, sentence


def render_junit(problems: Iterable[Problem], surroundings: Surroundings) -> str:
    """A problem that fails a check is a failed test, a suggestion a skipped one; nothing wrong is one passed test."""
    found = in_order(problems)
    suites = [
        _suite(path, tuple(group), surroundings)
        for path, group in groupby(found, key=lambda problem: problem.position.path)
    ]
    if not found:
        attributes = _attributes({"name": "imagedocs", "tests": "1", "failures": "0", "skipped": "0"})
        suites = [
            f'  <testsuite{attributes}>\n    <testcase classname="imagedocs" name="check" />\n  </testsuite>\n'
        ]
    root = {"name": "imagedocs", "tests": str(max(len(found), 1)), **_totals(found)}
    return "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            f"<testsuites{_attributes(root)}>\n",
            *suites,
            "</testsuites>\n",
        ]
    )


def _totals(problems: tuple[Problem, ...]) -> dict[str, str]:
    suggestions = sum(problem.severity is Severity.SUGGESTION for problem in problems)
    return {"failures": str(len(problems) - suggestions), "skipped": str(suggestions)}


def _suite(path: str, problems: tuple[Problem, ...], surroundings: Surroundings) -> str:
    attributes = {"name": path, "tests": str(len(problems)), **_totals(problems)}
    cases = "".join(_case(problem, surroundings) for problem in problems)
    return f"  <testsuite{_attributes(attributes)}>\n{cases}  </testsuite>\n"


def _case(problem: Problem, surroundings: Surroundings) -> str:
    position = problem.position
    attributes = {"classname": position.path, "name": f"{problem.rule} {position}", "file": position.path}
    if position.line:
        attributes["line"] = str(position.line)
    message = sentence(problem)
    result = _attributes({"type": str(problem.rule), "message": message})
    details = "\n".join(
        filter(None, (f"{position}: {message}", rule_url(problem.rule, surroundings.rules_base)))
    )
    if problem.severity is Severity.SUGGESTION:
        body = f"<skipped{_attributes({'message': message})} />"
    else:
        body = f"<failure{result}>{_text(details)}</failure>"
    return f"    <testcase{_attributes(attributes)}>\n      {body}\n    </testcase>\n"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(printable(value))}" for name, value in values.items())


def _text(text: str) -> str:
    return escape("\n".join(printable(line) for line in text.split("\n")))
