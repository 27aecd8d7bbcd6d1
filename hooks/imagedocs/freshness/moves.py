"""What stands elsewhere than it did: sections in another order, text under another heading, code behind other code.

The order of paragraphs next to one another is not looked at, nor that of bullets and of rows: a translator may
order them as the language likes, so that a source may too.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from imagedocs.freshness.matching import Matching
from imagedocs.freshness.segments import Kind, Segment

Pair = tuple[int, int]
"""The numbers of one segment on both sides."""

_DIVIDING = frozenset({Kind.CODE, Kind.SNIPPET, Kind.INCLUDE, Kind.TABLE, Kind.ALERT})
"""What text refers to as the one above or below it."""
_WHOLE = frozenset({Kind.TITLE, Kind.DESCRIPTION})


def moved(old: Sequence[Segment], new: Sequence[Segment], matching: Matching) -> list[Pair]:
    """The segments of `old` that are in `new` at another place, by their numbers; those of which that can be told."""
    common = [
        (before, number)
        for number, before in matching.old_of.items()
        if number not in matching.doubtful and new[number].kind not in _WHOLE
    ]
    headings = [pair for pair in common if new[pair[1]].kind is Kind.HEADING]
    dividing = [pair for pair in common if new[pair[1]].kind in _DIVIDING]
    steps = {pair for pair in common if old[pair[0]].steps and new[pair[1]].steps}
    others = [pair for pair in common if pair not in steps and pair not in {*headings, *dividing}]
    return sorted({*out_of_order(headings), *displaced(headings, dividing, others)})


def displaced(headings: Iterable[Pair], dividing: Iterable[Pair], others: Iterable[Pair] = ()) -> set[Pair]:
    """Those of `dividing` and `others` that are under another heading, or behind other dividing segments."""
    homes = _Homes(headings)
    found = {pair for pair in (*dividing, *others) if homes.differ(pair)}
    sections: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in dividing:
        if pair not in found:
            sections[homes.of_old(pair[0])].append(pair)
    for pairs in sections.values():
        found |= out_of_order(pairs)
    steady = {section: _Homes(set(pairs) - found) for section, pairs in sections.items()}
    for pair in others:
        within = steady.get(homes.of_old(pair[0]))
        if within is not None and within.differ(pair):
            found.add(pair)
    return found


def out_of_order(pairs: Iterable[Pair]) -> set[Pair]:
    """As few of `pairs` as possible, without which the others are in one order on both sides."""
    ordered = sorted(pairs)
    ends: list[int] = []
    """For each length the least end of an ascending run of second numbers."""
    at: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(ordered):
        length = bisect_left(ends, other)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(other)
            at.append(number)
        else:
            ends[length] = other
            at[length] = number
    kept: set[Pair] = set()
    number = at[-1] if at else -1
    while number >= 0:
        kept.add(ordered[number])
        number = before[number]
    return set(ordered) - kept


class _Homes:
    """After which of some pairs a segment stands, on either side."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._old = sorted(pairs)
        self._new = sorted((new, old) for old, new in self._old)
        self._olds = [old for old, _ in self._old]
        self._news = [new for new, _ in self._new]

    def of_old(self, number: int) -> int:
        """The old number of the last one before the segment `number` of the old side; -1 for none."""
        place = bisect_left(self._olds, number)
        return self._olds[place - 1] if place else -1

    def differ(self, pair: Pair) -> bool:
        place = bisect_left(self._news, pair[1])
        return self.of_old(pair[0]) != (self._new[place - 1][1] if place else -1)
