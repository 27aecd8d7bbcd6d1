"""The patterns by which docfx's files name files: `articles/**/*.md`."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

MAX_PATTERNS: Final = 1000
"""That one pattern with braces may stand for."""

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A path with `*`, `?` and `[…]` within a folder's name, `**` for any folders, and `{a,b}`. Capitals do not
    matter."""

    alternatives: tuple[tuple[str, ...], ...]
    """Split at the slashes."""

    def matches(self, path: str) -> bool:
        names = path.lower().split("/")
        return any(_matches(alternative, names) for alternative in self.alternatives)


def read_pattern(text: str) -> Pattern | None:
    """`None` for one with too many alternatives."""
    open_ones, done = [text.replace("\\", "/").lower().removeprefix("./")], list[str]()
    while open_ones:
        each = open_ones.pop()
        braces = _BRACES.search(each)
        if braces is None:
            done.append(each)
        else:
            choices = braces[1].split(",")
            open_ones += [each[: braces.start()] + choice + each[braces.end() :] for choice in choices]
        if len(open_ones) + len(done) > MAX_PATTERNS:
            return None
    return Pattern(tuple(tuple(each.split("/")) for each in done))


def _matches(pattern: tuple[str, ...], names: list[str]) -> bool:
    """One step for each pair of parts: `reached[n]` says that the parts so far match the first `n` names."""
    reached = [True, *(False for _ in names)]
    for part in pattern:
        if part == "**":
            first = reached.index(True) if True in reached else len(reached)
            reached = [number >= first for number in range(len(reached))]
        else:
            before = reached
            reached = [False, *(before[n] and fnmatchcase(name, part) for n, name in enumerate(names))]
    return reached[-1]
