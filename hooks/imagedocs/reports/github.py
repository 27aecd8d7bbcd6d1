"""Annotations on a pull request of GitHub, and a table for the summary of its job."""

from collections.abc import Iterable

from imagedocs.problems import Problem, Severity
from imagedocs.reports.markdown_text import as_markdown
from imagedocs.reports.surroundings import (
    Surroundings,
    count,
    in_order,
    printable,
    rule_url,
    sentence,
)

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}
_SHOWN = 10
"""So many annotations of each kind GitHub shows for a step; the others are only in its log."""
_SUMMARY_BYTES = 900_000
"""GitHub refuses the summary of a step that has more than 1 MiB."""


def render_github(problems: Iterable[Problem], surroundings: Surroundings) -> str:
    """Workflow commands: `::error file=…,line=…,col=…,title=…::…`."""
    found = in_order(problems)
    lines: list[str] = []
    for problem in found:
        position = problem.position
        properties = {"file": printable(position.path)}
        if position.line:
            properties["line"] = str(position.line)
        if position.line and position.column:
            properties["col"] = str(position.column)
        properties["title"] = str(problem.rule)
        said = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
        url = rule_url(problem.rule, surroundings.rules_base)
        message = f"{sentence(problem)}\n{url}" if url else sentence(problem)
        lines.append(f"::{_COMMANDS[problem.severity]} {said}::{_escape(message)}\n")
    hidden = sum(max(number - _SHOWN, 0) for number in count(found).by_severity.values())
    if hidden:
        number = f"{len(found)} problems; GitHub shows {len(found) - hidden} of them as annotations"
        lines.append(f"{number}, and as many as fit in the summary of the job\n")
    return "".join(lines)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def render_summary(problems: Iterable[Problem], surroundings: Surroundings) -> str:
    """Markdown for the file that `GITHUB_STEP_SUMMARY` names."""
    found = in_order(problems)
    lines = [f"### imagedocs: {count(found)}\n\n"]
    if found:
        lines += ["| Severity | Place | Rule | Problem |\n", "| --- | --- | --- | --- |\n"]
    size = sum(map(len, lines))
    for index, problem in enumerate(found):
        url = rule_url(problem.rule, surroundings.rules_base)
        rule = f"[{problem.rule}]({url})" if url else str(problem.rule)
        place = as_markdown(printable(str(problem.position)))
        row = f"| {problem.severity} | {place} | {rule} | {as_markdown(sentence(problem))} |\n"
        size += len(row.encode())
        if size > _SUMMARY_BYTES:
            lines.append(f"\n… and {len(found) - index} more.\n")
            break
        lines.append(row)
    return "".join(lines)
