"""Which segment of a translation is that of the source: by the sections, the kinds and the lengths of texts.

Nothing here reads a language. A heading stands for a heading; between two that belong together, each kind is
counted on its own, and where the translation has fewer, those are left over whose absence explains the
lengths of the others best.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence

from imagedocs.freshness.segments import Kind, Segment

_MOST_COMPARED = 250_000
"""Pairs; above, segments are paired in their order."""

Alignment = tuple[int | None, ...]
"""For each segment of the source the number of that of the translation."""


def align(source: Sequence[Segment], translated: Sequence[Segment]) -> Alignment:
    """Pair the segments of `source` with those of `translated`."""
    found: list[int | None] = [None] * len(source)
    ratio = _ratio(source, translated)
    start, other_start = 0, 0
    for end, other_end in (*_headings(source, translated), (len(source), len(translated))):
        groups, others = _groups(source, start, end), _groups(translated, other_start, other_end)
        for group, numbers in groups.items():
            for number, other in _pair(source, numbers, translated, others.get(group, []), ratio):
                found[number] = other
        if end < len(source):
            found[end] = other_end
        start, other_start = end + 1, other_end + 1
    return tuple(found)


def _ratio(source: Sequence[Segment], translated: Sequence[Segment]) -> float:
    lengths = [sum(len(each.text) for each in segments) or 1 for segments in (source, translated)]
    return lengths[1] / lengths[0]


def _headings(source: Sequence[Segment], translated: Sequence[Segment]) -> list[tuple[int, int]]:
    """The headings that belong together: as many as can be, with their levels in the same order."""
    own = [number for number, each in enumerate(source) if each.kind is Kind.HEADING]
    others = [number for number, each in enumerate(translated) if each.kind is Kind.HEADING]
    own_levels = [source[number].level for number in own]
    levels = [translated[number].level for number in others]
    if own_levels == levels or len(own) * len(others) > _MOST_COMPARED:
        return list(zip(own, others, strict=False))
    return [(own[here], others[there]) for here, there in longest_common(own_levels, levels)]


def longest_common(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The pairs of places of a longest common subsequence."""
    width = len(other)
    lengths = [[0] * (width + 1) for _ in range(len(one) + 1)]
    for here in range(len(one) - 1, -1, -1):
        for there in range(width - 1, -1, -1):
            if one[here] == other[there]:
                lengths[here][there] = lengths[here + 1][there + 1] + 1
            else:
                lengths[here][there] = max(lengths[here + 1][there], lengths[here][there + 1])
    pairs: list[tuple[int, int]] = []
    here = there = 0
    while here < len(one) and there < width:
        if one[here] == other[there]:
            pairs.append((here, there))
            here, there = here + 1, there + 1
        elif lengths[here + 1][there] >= lengths[here][there + 1]:
            here += 1
        else:
            there += 1
    return pairs


def _groups(segments: Sequence[Segment], start: int, end: int) -> dict[tuple[Kind, str], list[int]]:
    groups: defaultdict[tuple[Kind, str], list[int]] = defaultdict(list)
    for number in range(start, end):
        groups[segments[number].group].append(number)
    return groups


def _pair(
    source: Sequence[Segment],
    numbers: Sequence[int],
    translated: Sequence[Segment],
    others: Sequence[int],
    ratio: float,
) -> list[tuple[int, int]]:
    """Pair segments of one kind in one section, in their order, as many as there are on the shorter side."""
    if len(numbers) == len(others) or len(numbers) * len(others) > _MOST_COMPARED:
        return list(zip(numbers, others, strict=False))
    if len(numbers) < len(others):
        swapped = _pair(translated, others, source, numbers, 1 / ratio)
        return [(number, other) for other, number in swapped]
    code = source[numbers[0]].kind is Kind.CODE
    keys = {translated[other].key for other in others} if code else set[str]()
    costs = [
        [_cost(source[number], translated[other], ratio, keys) for other in others] for number in numbers
    ]
    # best[i][j]: the least cost of pairing the first j of the others with some of the first i
    best = [[0.0] + [math.inf] * len(others) for _ in range(len(numbers) + 1)]
    for i in range(1, len(numbers) + 1):
        for j in range(1, min(i, len(others)) + 1):
            best[i][j] = min(best[i - 1][j], best[i - 1][j - 1] + costs[i - 1][j - 1])
    pairs: list[tuple[int, int]] = []
    i, j = len(numbers), len(others)
    while j:
        if i > j and best[i - 1][j] <= best[i - 1][j - 1] + costs[i - 1][j - 1]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((numbers[i], others[j]))
    return pairs[::-1]


def _cost(one: Segment, other: Segment, ratio: float, keys: set[str]) -> float:
    """How unlike a text and its translation are: in length, and in where they lead."""
    if one.key == other.key:
        return 0.0
    cost = abs(math.log((len(one.text) * ratio + 4) / (len(other.text) + 4)))
    cost += abs(len(one.links) - len(other.links))
    return cost + (2 if one.key in keys else 0)
