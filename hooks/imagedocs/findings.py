"""The problems found while one file is read, up to a limit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Protocol

from imagedocs.look_alikes import in_plain_letters, odd_character
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown

MAX_PROBLEMS: Final = 200
"""A file with more gets one last problem that says so."""


class Placed(Protocol):
    """Something with a place in the file."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


_CONFLICT = re.compile(r"^<{7} .*$", re.MULTILINE)


def conflict(path: str, text: str) -> Position | None:
    """Where a merge left its markers: what makes a file unreadable that was fine in both branches."""
    found = _CONFLICT.search(text)
    return Position(path, text.count("\n", 0, found.start()) + 1, 1) if found else None


def _with_odd_character(value: str, message: str, hint: str) -> tuple[str, str]:
    """Return a message about a word, and its hint, with the character that only looks right, if there is one."""
    if shown(value)[1:-1] not in message or not (odd := odd_character(value)):
        return message, hint
    plain = in_plain_letters(value)
    return f"{message}, with the character {odd}", f"write {shown(plain)}" if plain else hint


def at_most(problems: Iterable[Problem], path: str) -> Iterator[Problem]:
    """The first `MAX_PROBLEMS` of the problems of the file `path`; the others are not even looked for."""
    left = iter(problems)
    yield from islice(left, MAX_PROBLEMS)
    if next(left, None):
        yield _more(path)


def _more(path: str) -> Problem:
    message = f"there are more than {MAX_PROBLEMS} problems in this file; the others are not shown"
    return Problem(Position(path), Rule.TOO_MANY_PROBLEMS, message)


@dataclass(slots=True)
class Findings:
    path: str
    """Relative to the project."""
    problems: list[Problem] = field(default_factory=list[Problem])
    full: bool = False
    """There were more problems than are kept; looking for more is in vain."""
    added: int = 0
    """How often a problem was added, also one that was there already."""
    _known: set[Problem] = field(default_factory=set[Problem])

    def add(self, place: Placed, rule: Rule, message: str, hint: str = "") -> Problem | None:
        """Add a problem and return it; `None` when it was added before, or is one too many.

        `place` is a node of the file, or a `Position`. A value that several entries share is read once for each, and
        reported once.
        """
        self.added += 1
        message, hint = _with_odd_character(getattr(place, "value", ""), message, hint)
        problem = Problem(self.at(place), rule, message, hint)
        if self.full or problem in self._known:
            return None
        if len(self.problems) >= MAX_PROBLEMS:
            self.full = True
            self.problems.append(_more(self.path))
            return None
        self._known.add(problem)
        self.problems.append(problem)
        return problem

    def at(self, place: Placed) -> Position:
        return Position(self.path, place.line, place.column)

    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.problems, key=lambda problem: problem.sort_key))
