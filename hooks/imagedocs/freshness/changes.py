"""What has changed in a source since it was translated, segment by segment."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from imagedocs.freshness.segments import Kind, Segment
from imagedocs.problems import Position

_WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_MOST_WORDS = 1500
"""Of a segment whose change is shown word by word."""
_MOST_MATCHES = 20_000
"""Pairs of equal words in such a segment: a text of one word would take as many steps again for each word."""


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    """A step of a numbered list that now comes at another place in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: in both versions, in the new one only, or in the old one only."""

    kind: str
    """`same`, `ins`, `del`."""
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    old: Segment | None
    new: Segment | None
    follows: int
    """The number of the old segment that stands before it, -1 for none; for one that was reworded or removed,
    its own number."""
    place: Position = field(default=Position(""))
    """Where it belongs in the translation."""

    @property
    def segment(self) -> Segment:
        """The new one, or the old one where there is no new one."""
        segment = self.new or self.old
        assert segment is not None
        return segment

    @property
    def parts(self) -> tuple[Part, ...]:
        """The difference, word by word."""
        return word_differences(self.old.text if self.old else "", self.new.text if self.new else "")


def compare(
    old: Sequence[Segment], new: Sequence[Segment], translated: Sequence[Segment] = ()
) -> list[Change]:
    """The changes from `old` to `new`. Code that the translation has already as it is now is none."""
    old_left = Counter(each.key for each in old)
    new_left = Counter(each.key for each in new)
    common = old_left & new_left
    removed = _beyond(old, common)
    added = _beyond(new, common)
    places: dict[str, int] = {}
    for number, each in enumerate(old):
        places.setdefault(each.key, number)
    following = _following(old, removed, {number: number for number in range(len(old))})
    waiting = defaultdict[tuple[int, Kind, str], list[int]](list)
    for number in removed:
        waiting[following[number], old[number].kind, _group(old[number])].append(number)
    kept = {number: places[each.key] for number, each in enumerate(new) if each.key in places}
    anchors = _following(new, added, kept)
    changes: list[Change] = []
    for number in added:
        candidates = waiting[anchors[number], new[number].kind, _group(new[number])]
        if candidates:
            taken = candidates.pop(0)
            changes.append(Change(ChangeKind.REWORDED, old[taken], new[number], taken))
        else:
            changes.append(Change(ChangeKind.ADDED, None, new[number], anchors[number]))
    for numbers in waiting.values():
        changes += [Change(ChangeKind.REMOVED, old[number], None, number) for number in numbers]
    changes += _moved_steps(old, new)
    code = frozenset(each.key for each in translated if each.kind is Kind.CODE)
    return [change for change in changes if not _is_done(change, code)]


def _group(segment: Segment) -> str:
    return segment.group[1] if segment.kind is Kind.HEADING else ""


def _beyond(segments: Sequence[Segment], common: Counter[str]) -> list[int]:
    """The numbers of the segments that the other side does not have, or not so often."""
    left = Counter(common)
    numbers: list[int] = []
    for number, each in enumerate(segments):
        if left[each.key] > 0:
            left[each.key] -= 1
        else:
            numbers.append(number)
    return numbers


def _following(
    segments: Sequence[Segment], changed: Sequence[int], numbers: dict[int, int]
) -> dict[int, int]:
    """For each changed segment the number (in the old version) of the unchanged one before it; -1 for none."""
    wanted = set(changed)
    last = -1
    found: dict[int, int] = {}
    for number in range(len(segments)):
        if number in wanted:
            found[number] = last
        else:
            last = numbers[number]
    return found


def _moved_steps(old: Sequence[Segment], new: Sequence[Segment]) -> list[Change]:
    often = {
        key for steps in (old, new) for key, count in Counter(each.key for each in steps).items() if count > 1
    }
    places = {
        each.key: (each.steps, number)
        for number, each in enumerate(old)
        if each.steps and each.key not in often
    }
    """Key of a step -> the number of its list, and its own."""
    changes: list[Change] = []
    furthest: dict[tuple[int, int], int] = {}
    """The lists (the new one and the old one) -> the furthest old step that has been met."""
    for each in new:
        if each.steps and each.key in places:
            steps, number = places[each.key]
            lists = (each.steps, steps)
            if number < furthest.get(lists, -1):
                changes.append(Change(ChangeKind.MOVED, old[number], each, number))
            furthest[lists] = max(number, furthest.get(lists, -1))
    return changes


def _is_done(change: Change, code: frozenset[str]) -> bool:
    """What is the same in every language may be right already. `code` are the keys of the translation's code."""
    if change.segment.kind is not Kind.CODE:
        return False
    has_new = change.new is None or change.new.key in code
    has_old = change.old is not None and change.old.key in code
    return has_new and not has_old


def word_differences(old: str, new: str) -> tuple[Part, ...]:
    one, other = _WORDS.findall(old), _WORDS.findall(new)
    if not one or not other or len(one) + len(other) > _MOST_WORDS or _matches(one, other) > _MOST_MATCHES:
        return tuple(part for part in (Part("del", old), Part("ins", new)) if part.text)
    parts: list[Part] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "".join(one[i:i_end])))
            continue
        if i_end > i:
            parts.append(Part("del", "".join(one[i:i_end])))
        if j_end > j:
            parts.append(Part("ins", "".join(other[j:j_end])))
    return tuple(parts)


def _matches(one: Sequence[str], other: Sequence[str]) -> int:
    counts = Counter(other)
    return sum(counts[word] for word in one)
