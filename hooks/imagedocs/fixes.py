"""Apply the fixes that problems carry: `imagedocs check --fix`.

Of a file, the characters that a fix names are replaced and every other byte stays: line endings, the byte order
mark, what is at the end. Nothing outside the project is written, and nothing through a symbolic link.
"""

import os
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from imagedocs.problems import CannotRun, Edit, Position, Problem, Severity
from imagedocs.suggestions import shown
from imagedocs.writing import write_file

MAX_PASSES = 10
"""Fixes that overlap are applied one after another, with a new look at the file between them."""

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Change:
    """What was done at one place."""

    problem: Problem
    position: Position
    before: str
    after: str
    undone: bool = False
    """True if the check found more after it than before, so that the file is as it was."""

    def __str__(self) -> str:
        if not self.before:
            what = f"inserted {shown(self.after)}"
        elif not self.after:
            what = f"removed {shown(self.before)}"
        else:
            what = f"{shown(self.before)} is now {shown(self.after)}"
        return f"{self.position}: fixed: {self.problem.rule}: {what}"


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    """An edit, as offsets into a file's text."""

    start: int
    end: int
    text: str

    def meets(self, other: "_Span") -> bool:
        """Whether it matters which of the two comes first. Neighbours do not meet; insertions at one place do."""
        return (self.start < other.end and other.start < self.end) or self.start == other.start


def fix_all(
    root: Path,
    problems: tuple[Problem, ...],
    check: Callable[[], tuple[Problem, ...]],
    tell: Callable[[str], None],
) -> tuple[Problem, ...]:
    """Apply the fixes of `problems`, and of what `check` finds after that; the problems that are left.

    `tell` is given a line for each change that stays. No fix is made twice, whatever a check says, and none stays after
    which the check finds more errors and warnings than before.
    """
    tried: set[tuple[Position, tuple[Edit, ...]]] = set()
    for _ in range(MAX_PASSES):
        fresh = [each for each in problems if each.fix and (each.position, each.fix) not in tried]
        made, problems = _judged(root, fresh, problems, check)
        for change in made:
            if not change.undone:
                tell(str(change))
            tried.add((change.problem.position, change.problem.fix))
        if not made:
            break
    return problems


def _judged(
    root: Path, fresh: list[Problem], problems: tuple[Problem, ...], check: Callable[[], tuple[Problem, ...]]
) -> tuple[list[Change], tuple[Problem, ...]]:
    """Apply the fixes of `fresh`, and return the changes and what is found then. Where that is more than `problems`, each
    half of the fixes is tried alone, until those are found that make it so; these are undone."""
    files = {each.position.path: root / each.position.path for each in fresh}
    before = {path: file.read_bytes() for path, file in files.items() if file.is_file()}
    changes = list(apply_fixes(root, fresh))
    if not changes:
        return [], problems
    found = check()
    if _weight(found) <= _weight(problems):
        return changes, found
    for path in {each.position.path for each in changes}:
        write_file(files[path], before[path], path)
    if len(fresh) == 1:
        return [replace(each, undone=True) for each in changes], problems
    ordered = sorted(fresh, key=lambda each: each.sort_key, reverse=True)  # the last first: positions stay
    middle = len(ordered) // 2
    later, problems = _judged(root, ordered[:middle], problems, check)
    earlier, problems = _judged(root, ordered[middle:], problems, check)
    return [*earlier, *later], problems


def _weight(problems: tuple[Problem, ...]) -> int:
    return sum(each.severity is not Severity.SUGGESTION for each in problems)


def apply_fixes(root: Path, problems: Iterable[Problem]) -> Iterator[Change]:
    """Apply the fixes that do not overlap, the first ones first, and give each change when its file is written.

    A place for which there are two different answers is left alone. Raises CannotRun for a file that cannot
    be written.
    """
    by_file: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(problems, key=lambda problem: problem.sort_key):
        if problem.fix:
            by_file[problem.position.path].append(problem)
    for path, found in sorted(by_file.items()):
        yield from _fix_file(root, path, list(_unanimous(found)))


def _unanimous(problems: list[Problem]) -> Iterator[Problem]:
    """Each fix once; none of those with which the same problem of the same place has another answer."""
    answers: defaultdict[tuple[Position, str], dict[tuple[Edit, ...], Problem]] = defaultdict(dict)
    for problem in problems:
        answers[problem.position, problem.rule.label].setdefault(problem.fix, problem)
    for found in answers.values():
        if len(found) == 1:
            yield from found.values()


def _fix_file(root: Path, path: str, problems: list[Problem]) -> list[Change]:
    file = _writable(root, path)
    if file is None:
        return []
    try:
        content = file.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        return []
    lines = _LineStarts(text)
    taken: list[_Span] = []
    changes: list[Change] = []
    for problem in problems:
        spans = [span for edit in problem.fix if (span := lines.span(edit)) is not None]
        changed = any(text[span.start : span.end] != span.text for span in spans)
        if len(spans) == len(problem.fix) and changed and _take(spans, taken):
            changes += [
                Change(
                    problem, Position(path, edit.line, edit.column), text[span.start : span.end], span.text
                )
                for edit, span in zip(problem.fix, spans, strict=True)
            ]
    if taken:
        parts: list[str] = []
        end = 0
        for span in taken:
            parts += (text[end : span.start], span.text)
            end = span.end
        write_file(file, "".join((*parts, text[end:])), path)
    return changes


def _take(spans: list[_Span], taken: list[_Span]) -> bool:
    """Put `spans` among those that are `taken`, which are sorted and do not meet; all of them, or none."""
    placed: list[_Span] = []
    for span in spans:
        at = bisect_left(taken, span)
        if any(span.meets(neighbour) for neighbour in taken[max(0, at - 1) : at + 1]):
            for other in placed:
                taken.remove(other)
            return False
        taken.insert(at, span)
        placed.append(span)
    return True


class _LineStarts:
    """The lines of a text as it stands in the file, to turn lines and columns into offsets."""

    def __init__(self, text: str) -> None:
        first = len(text) - len(text.removeprefix("\ufeff"))
        ends = list(_LINE_END.finditer(text))
        self._starts = [first, *(end.end() for end in ends)]
        self._stops = [*(end.start() for end in ends), len(text)]
        self._line_end = ends[0][0] if ends else "\n"

    def span(self, edit: Edit) -> _Span | None:
        """`None` for an edit of a place that the file does not have."""
        start, end = self._offset(edit.line, edit.column), self._offset(edit.end_line, edit.end_column)
        if start is None or end is None or start > end:
            return None
        return _Span(start, end, edit.text.replace("\n", self._line_end))

    def _offset(self, line: int, column: int) -> int | None:
        if not 1 <= line <= len(self._starts) or column < 1:
            return None
        offset = self._starts[line - 1] + column - 1
        return offset if offset <= self._stops[line - 1] else None


def _writable(root: Path, path: str) -> Path | None:
    """The file, if it is one of the project's own and no symbolic link is on the way to it."""
    real_root = os.path.realpath(root)
    file = os.path.join(real_root, os.path.normpath(path))
    inside = file.startswith(real_root + os.sep) and os.path.realpath(file) == file
    return Path(file) if inside and os.path.isfile(file) else None
