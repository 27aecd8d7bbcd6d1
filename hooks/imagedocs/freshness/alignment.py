"""Which segment of a translation is that of the source: by the sections, the kinds and the lengths of texts.

Nothing here reads a language. A heading stands for the heading with its anchor, else for one of its level; between two that belong together, each kind is
counted on its own, and where the translation has fewer, those are left over whose absence explains the
lengths of the others best.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from imagedocs.freshness.details import targets
from imagedocs.freshness.segments import Kind, Segment
from imagedocs.markdown.render.headings import slug

_MOST_COMPARED = 250_000
"""Pairs; above, segments are paired in their order."""

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"[a-z][\w.-]{3,}", re.ASCII)
"""A word that the text has in both languages is most often a name."""

_MOST_CODES = 8
"""Of a text, that are looked for in each other."""

_MOST_HEADINGS = 40_000
"""Pairs of headings; likewise."""

_SAME = -10.0
"""The cost of a pair that is the same in both languages: less than any likeness can make of others."""

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


def together(
    source: Sequence[Segment], translated: Sequence[Segment], alignment: Alignment
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The numbers of segments that say the same, of the source and of the translation; each of the translation once.

    They are one and one where a section has as many of a kind on both sides. Where it has not, because a translator
    has divided or joined texts or lost one, nobody knows more than that all of them belong together.
    """
    found: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    start, other_start = 0, 0
    ends = [
        (number, other)
        for number, other in enumerate(alignment)
        if other is not None and source[number].kind is Kind.HEADING
    ]
    for end, other_end in (*ends, (len(source), len(translated))):
        groups, others = _groups(source, start, end), _groups(translated, other_start, other_end)
        for group, numbers in others.items():
            own = groups.get(group, [])
            if len(own) == len(numbers):
                found += [((one,), (other,)) for one, other in zip(own, numbers, strict=True)]
            else:
                found.append((tuple(own), tuple(numbers)))
        if end < len(source):
            found.append(((end,), (other_end,)))
        start, other_start = end + 1, other_end + 1
    return found


def _ratio(source: Sequence[Segment], translated: Sequence[Segment]) -> float:
    lengths = [sum(len(each.text) for each in segments) or 1 for segments in (source, translated)]
    return lengths[1] / lengths[0]


def _headings(source: Sequence[Segment], translated: Sequence[Segment]) -> list[tuple[int, int]]:
    """The headings that belong together, in their order: of one level, with an anchor in common if they can, and
    with the like below them."""
    own = [number for number, each in enumerate(source) if each.kind is Kind.HEADING]
    others = [number for number, each in enumerate(translated) if each.kind is Kind.HEADING]
    same = [source[number].level for number in own] == [translated[number].level for number in others]
    if same or len(own) * len(others) > _MOST_HEADINGS:
        return list(zip(own, others, strict=False))
    sections = _sections(source, own)
    other_sections = _sections(translated, others)
    worth = [
        [
            _likeness(source[here], translated[there], section, other)
            for there, other in zip(others, other_sections, strict=True)
        ]
        for here, section in zip(own, sections, strict=True)
    ]
    return [(own[here], others[there]) for here, there in _best_pairs(worth, len(others))]


def _sections(segments: Sequence[Segment], headings: Sequence[int]) -> list[Counter[Kind]]:
    """What stands below each heading, up to the next."""
    return [
        Counter(each.kind for each in segments[start + 1 : end])
        for start, end in pairwise((*headings, len(segments)))
    ]


def _likeness(one: Segment, other: Segment, section: Counter[Kind], other_section: Counter[Kind]) -> float:
    """Above 0 for headings that may belong together."""
    if one.level != other.level:
        return 0
    common, all_kinds = (section & other_section).total(), (section | other_section).total()
    named = bool({slug(one.text), *one.anchors} & {slug(other.text), *other.anchors})
    return 1 + 4 * named + (common / all_kinds if all_kinds else 1)


def _best_pairs(worth: Sequence[Sequence[float]], width: int) -> list[tuple[int, int]]:
    """The pairs of places, in the same order on both sides, that are worth most together."""
    best = [[0.0] * (width + 1) for _ in range(len(worth) + 1)]
    for here in range(len(worth) - 1, -1, -1):
        for there in range(width - 1, -1, -1):
            paired = worth[here][there] and best[here + 1][there + 1] + worth[here][there]
            best[here][there] = max(best[here + 1][there], best[here][there + 1], paired)
    pairs: list[tuple[int, int]] = []
    here = there = 0
    while here < len(worth) and there < width:
        paired = worth[here][there] and best[here + 1][there + 1] + worth[here][there]
        if paired and paired >= best[here][there]:
            pairs.append((here, there))
            here, there = here + 1, there + 1
        elif best[here + 1][there] >= best[here][there + 1]:
            here += 1
        else:
            there += 1
    return pairs


_Group = tuple[tuple[Kind, str], bool]


def _groups(segments: Sequence[Segment], start: int, end: int) -> dict[_Group, list[int]]:
    """Steps of numbered lists are no bullets."""
    groups: defaultdict[_Group, list[int]] = defaultdict(list)
    for number in range(start, end):
        groups[segments[number].group, segments[number].steps > 0].append(number)
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
    """How unlike a text and its translation are: in length, in where they lead, in code, in numbers and in names."""
    if one.key == other.key:
        return _SAME
    cost = abs(math.log((len(one.text) * ratio + 4) / (len(other.text) + 4)))
    if one.links or other.links:
        links, other_links = targets(one.links), targets(other.links)
        cost += (links - other_links).total() + (other_links - links).total()
    cost += min(_foreign_codes(one, other) + _foreign_codes(other, one), 4)
    numbers, names = _words(one.text)
    other_numbers, other_names = _words(other.text)
    cost += min(len(numbers ^ other_numbers), 4) / 2
    cost -= min(len(names & other_names), 4) / 4
    return cost + (2 if one.key in keys else 0)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers and the names in `text`."""
    return frozenset(_NUMBER.findall(text)), frozenset(_NAME.findall(text.casefold()))


def _foreign_codes(one: Segment, other: Segment) -> int:
    """How much of the code in `one` is not in `other`; none, where it is not known what is code."""
    return sum([code not in other.text for code in one.codes[:_MOST_CODES]])
