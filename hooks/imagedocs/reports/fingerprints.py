"""What makes a problem the same problem in another run, though lines have moved."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from imagedocs.problems import Problem
from imagedocs.reports.surroundings import ReadLine, printable

_LINE_NUMBER = re.compile(r"\bline [0-9]+")
_LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A problem without its line and column. Two problems may have the same key."""

    path: str
    rule: str
    message: str
    """Without line numbers: they move."""
    text: str
    """Of the line, with one space for every run of spaces."""


def key_of(problem: Problem, read_line: ReadLine) -> Key:
    position = problem.position
    line = read_line(position.path, position.line) if position.line else None
    text = " ".join((line or "").split())
    return Key(
        path=printable(position.path),
        rule=problem.rule.label,
        message=printable(_LINE_NUMBER.sub("line …", problem.message)),
        text=printable(text[:_LONGEST_TEXT]),
    )


def fingerprints(problems: Iterable[Problem], read_line: ReadLine) -> list[str]:
    """A fingerprint for each problem, in their order; of equal ones the second and later are told apart."""
    seen: Counter[Key] = Counter()
    found: list[str] = []
    for problem in problems:
        key = key_of(problem, read_line)
        parts = (key.path, key.rule, key.message, key.text, str(seen[key]))
        seen[key] += 1
        found.append(hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40])
    return found
