"""For people at a terminal: grouped by file, with the line of the source and a caret under the place.

Everything is said in words; colour, caret and layout only repeat it, so that a screen reader loses nothing.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from imagedocs.problems import Problem
from imagedocs.reports.surroundings import (
    Surroundings,
    count,
    in_order,
    included,
    printable,
    rule_url,
)
from imagedocs.reports.terminal import BOLD, SEVERITY_STYLES, columns, linked, styled, wrap

_INDENT = "    "
_NARROWEST = 40
_USER = re.compile(r"(?<=//)[^\s/@]{1,200}(?=@)")
"""The user name and password in an address: logs are read by many."""


def render_text(problems: Iterable[Problem], surroundings: Surroundings) -> str:
    found = in_order(problems)
    lines: list[str] = []
    for path, group in groupby(found, key=lambda problem: problem.position.path):
        lines += [styled(printable(path), BOLD, surroundings.color)]
        for problem in group:
            lines += _finding(problem, surroundings)
        lines.append("")
    if found and surroundings.rules_base:
        rules = sorted({problem.rule for problem in found}, key=str)
        lines += ["What the rules mean:"]
        lines += [f"  {rule}: {rule_url(rule, surroundings.rules_base)}" for rule in rules]
        lines.append("")
    lines.append(styled(str(count(found)), BOLD, surroundings.color))
    return "\n".join(lines) + "\n"


def _finding(problem: Problem, surroundings: Surroundings) -> list[str]:
    width = max(surroundings.width, _NARROWEST)
    position, severity = problem.position, problem.severity
    place = ":".join(str(number) for number in (position.line, position.column) if number)
    place = f"{place}: " if place else ""
    message = f"{printable(problem.message)}{included(problem)}"
    first, *more = wrap(f"{place}{severity}: {problem.rule}: {message}", width - len(_INDENT))
    url = rule_url(problem.rule, surroundings.rules_base)
    head = f"{place}{severity}: {problem.rule}:"
    if first.startswith(head):
        word = styled(severity, SEVERITY_STYLES[severity], surroundings.color)
        first = f"{place}{word}: {linked(str(problem.rule), url, surroundings.links)}:{first[len(head) :]}"
    lines = [f"  {first}", *(_INDENT + line for line in more)]
    if problem.hint:
        lines += [_INDENT + line for line in wrap(printable(problem.hint), width - len(_INDENT))]
    return lines + _excerpt(problem, surroundings, width)


def _excerpt(problem: Problem, surroundings: Surroundings, width: int) -> list[str]:
    """The line of the source, cut to the width around the place, and a caret below it."""
    position = problem.position
    line = surroundings.read_line(position.path, position.line) if position.line else None
    if line is None or not line.strip():
        return []
    line = _USER.sub(lambda found: "•" * len(found[0]), line)
    gutter = f"{_INDENT}{position.line} | "
    room = max(width - len(gutter), 20)
    offset = min(max(position.column - 1, 0), len(line))
    start = 0 if columns(line[: offset + 1]) < room else max(0, offset - room // 2)
    before = _shown(line[start:offset])
    after = _cut(_shown(line[offset : offset + room]), room - columns(before) - 2)
    if start:
        before = f"…{before}"
    if len(line) > offset + room or len(after) < len(_shown(line[offset : offset + room])):
        after += "…"
    lines = [f"{gutter}{before}{after}".rstrip()]
    if position.column:
        pad = " " * (len(gutter) - 2)
        caret = styled("^", SEVERITY_STYLES[problem.severity], surroundings.color)
        lines.append(f"{pad}| {' ' * columns(before)}{caret}")
    return lines


def _shown(text: str) -> str:
    return printable(text.replace("\t", " "))


def _cut(text: str, room: int) -> str:
    """The start of `text` that takes at most `room` columns."""
    used = 0
    for index, character in enumerate(text):
        used += columns(character)
        if used > room:
            return text[:index]
    return text
