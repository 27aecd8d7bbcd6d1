"""Which segments of two versions of a page are the same: by what they say, and by what stands beside them."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from imagedocs.freshness.segments import Segment


@dataclass(slots=True)
class Matching:
    old_of: dict[int, int] = field(default_factory=dict[int, int])
    """The number of each segment of the new version that the old one has too -> its number there."""
    doubtful: set[int] = field(default_factory=set[int])
    """Of the new ones: those that are there more than once, and of which nothing tells which is which."""


def match(old: Sequence[Segment], new: Sequence[Segment]) -> Matching:
    """Pair the segments that are the same, as many as there are on the side that has fewer of them.

    Such as are there again and again, a note's box or a command, are told apart by their neighbours.
    """
    keys, others = [each.key for each in old], [each.key for each in new]
    found = Matching()
    left, other_left = list(range(len(old))), list(range(len(new)))
    for signature in (_between, _before, _behind, _alone):
        waiting = defaultdict[Hashable, list[int]](list)
        for number in reversed(left):
            waiting[signature(keys, number)].append(number)
        wanted = defaultdict[Hashable, int](int)
        for number in other_left:
            wanted[signature(others, number)] += 1
        unsure = {name for name, numbers in waiting.items() if len(numbers) > 1 or wanted[name] > 1}
        unmatched: list[int] = []
        for number in other_left:
            name = signature(others, number)
            if waiting[name]:
                found.old_of[number] = waiting[name].pop()
                if name in unsure:
                    found.doubtful.add(number)
            else:
                unmatched.append(number)
        other_left = unmatched
        left = sorted(number for numbers in waiting.values() for number in numbers)
    return found


def _between(keys: Sequence[str], number: int) -> Hashable:
    return _at(keys, number - 1), keys[number], _at(keys, number + 1)


def _before(keys: Sequence[str], number: int) -> Hashable:
    return keys[number], _at(keys, number + 1)


def _behind(keys: Sequence[str], number: int) -> Hashable:
    return _at(keys, number - 1), keys[number]


def _alone(keys: Sequence[str], number: int) -> Hashable:
    return keys[number]


def _at(keys: Sequence[str], number: int) -> str:
    return keys[number] if 0 <= number < len(keys) else ""
