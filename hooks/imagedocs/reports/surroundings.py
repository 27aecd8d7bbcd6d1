"""What a report needs beside the problems, and what all of them say alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from imagedocs.problems import Position, Problem, Rule, Severity

ReadLine = Callable[[str, int], str | None]
"""The text of a line of a file of the project (path, line counted from 1), without its line end; `None` when
there is no such line."""


def _no_line(_path: str, _line: int) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that is not a problem and that a report may show."""

    read_line: ReadLine = _no_line
    rules_base: str = ""
    """Address of the site that has the pages of the rules, `https://example.org/docs/`; empty: no links."""
    version: str = ""
    """Of imagedocs."""
    width: int = 100
    """Of the terminal, in columns."""
    color: bool = False
    links: bool = False
    """Whether the terminal shows hyperlinks."""


def below(folder: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """`problems` with paths that begin with `folder/`: as one sees them from the folder above it."""

    def moved(position: Position) -> Position:
        return replace(position, path=f"{folder}/{position.path}")

    return tuple(
        replace(
            problem,
            position=moved(problem.position),
            included_from=tuple(moved(place) for place in problem.included_from),
        )
        for problem in problems
    )


Report = Callable[[Iterable[Problem], Surroundings], str]
"""A format: problems in any order in, text that ends with a line end (or nothing at all) out."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many problems there are of each severity, and in how many files."""

    by_severity: dict[Severity, int] = field(default_factory=dict[Severity, int])
    files: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_severity.values())

    def __str__(self) -> str:
        """`2 errors, 1 suggestion in 3 files`."""
        if not self.total:
            return "no problems"
        parts = [_plural(number, severity) for severity, number in self.by_severity.items() if number]
        return f"{', '.join(parts)} in {_plural(self.files, 'file')}"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def count(problems: Iterable[Problem]) -> Counts:
    found = tuple(problems)
    by_severity = {severity: sum(p.severity is severity for p in found) for severity in Severity}
    return Counts(by_severity, len({p.position.path for p in found}))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """`problems` as every report prints them."""
    return tuple(sorted(problems, key=lambda problem: (problem.sort_key, problem.included_from)))


def rule_url(rule: Rule, base: str) -> str:
    """The page of `rule` on the site at `base`; empty without a site."""
    return f"{base.rstrip('/')}/rules/{rule.label}/" if base else ""


def sentence(problem: Problem) -> str:
    """What is wrong, what to type instead and what includes the place: one line, safe to print."""
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return printable(text) + included(problem)


_MOST_PLACES = 3


def included(problem: Problem) -> str:
    """Return ` (included from docs/es/a.md:3)` with the first places and the number of the others, or nothing."""
    if not problem.included_from:
        return ""
    places = [f"{place.path}:{place.line}" if place.line else place.path for place in problem.included_from]
    more = len(places) - _MOST_PLACES
    if more > 0:
        places[_MOST_PLACES:] = [f"and {more} more"]
    return printable(f" (included from {', '.join(places)})")


def printable(text: str) -> str:
    """`text` on one line, with what a terminal, an XML reader or a reader's eye could trip over escaped.

    Spaces of other scripts stay; controls, direction marks, lone surrogates and unassigned characters go.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\u00a0\u202f\u3000" else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
