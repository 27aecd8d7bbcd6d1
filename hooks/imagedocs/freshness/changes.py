"""What has changed in a source since it was translated, segment by segment."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from imagedocs.freshness.details import Relinked, relinked, respelt
from imagedocs.freshness.matching import match
from imagedocs.freshness.moves import moved
from imagedocs.freshness.segments import Kind, Segment
from imagedocs.problems import Position

_WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_SHOWN = frozenset({Kind.CODE, Kind.SNIPPET, Kind.INCLUDE})
"""Kinds that are shown as they are, whatever the language."""
_MOST_WORDS = 1500
"""Of a segment whose change is shown word by word."""
_MOST_MATCHES = 20_000
"""Pairs of equal words in such a segment: a text of one word would take as many steps again for each word."""


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    """It comes at another place now: a step in its list, a section on its page, a text under another heading."""


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
    link: Relinked | None = None
    """What alone has changed in it, if it is a link."""

    @property
    def segment(self) -> Segment:
        """The new one, or the old one where there is no new one."""
        segment = self.new or self.old
        assert segment is not None
        return segment

    @property
    def parts(self) -> tuple[Part, ...]:
        """The difference, word by word."""
        if self.link:
            text = self.segment.text
            return word_differences(f"{text} ({self.link.old})", f"{text} ({self.link.new})")
        return word_differences(self.old.text if self.old else "", self.new.text if self.new else "")


def compare(
    old: Sequence[Segment],
    new: Sequence[Segment],
    translated: Sequence[Segment] = (),
    alignment: Sequence[int | None] = (),
) -> list[Change]:
    """The changes from `old` to `new`. What is the same in every language, and is in the translation already as it is
    now, is none. `alignment` pairs `old` with `translated`."""
    matching = match(old, new)
    kept = matching.old_of
    added = [number for number in range(len(new)) if number not in kept]
    still = set(kept.values())
    removed = [number for number in range(len(old)) if number not in still]
    following = _following(old, removed, {number: number for number in range(len(old))})
    waiting = defaultdict[tuple[int, Kind, str], list[int]](list)
    for number in removed:
        waiting[following[number], old[number].kind, _group(old[number])].append(number)
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
    changes += [
        Change(ChangeKind.MOVED, old[one], new[other], one) for one, other in moved(old, new, matching)
    ]
    there = frozenset(each.key for each in translated if each.kind in _SHOWN)
    changes = [change for change in changes if not _is_done(change, there)]
    for number, before in sorted((before, number) for number, before in kept.items()):
        other = alignment[number] if alignment else None
        own = translated[other] if other is not None else None
        link = relinked(old[number], new[before], own)
        if link or respelt(old[number], new[before], own):
            changes.append(Change(ChangeKind.REWORDED, old[number], new[before], number, link=link))
    return changes


def _group(segment: Segment) -> str:
    return segment.group[1] if segment.kind is Kind.HEADING else ""


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


def _is_done(change: Change, there: frozenset[str]) -> bool:
    """What is the same in every language may be right already. `there` are the keys of what the translation has of it."""
    if change.segment.kind not in _SHOWN or change.kind is ChangeKind.MOVED:
        return False
    has_new = change.new is None or change.new.key in there
    has_old = change.old is not None and change.old.key in there
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
