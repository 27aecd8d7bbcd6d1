"""What has changed in segments that say the same: where their links lead, and the letters of code in them.

A link may be written otherwise, and a page may move; so that a link leads elsewhere only if the last part of its
target is another. And what a translator has done already is no change: it is the same in every language.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from imagedocs.freshness.segments import Segment, link_kind, plain

_ENDINGS = (".md", ".html", ".htm", ".aspx")


@dataclass(frozen=True, slots=True)
class Relinked:
    """A link that leads elsewhere now."""

    old: str
    """Its target, as in `link_name`."""
    new: str


def relinked(old: Segment, new: Segment, translated: Segment | None) -> Relinked | None:
    """The first link of `old` that leads elsewhere in `new`, if the translation still leads there."""
    before, now = targets(old.links), targets(new.links)
    gone = [name for name in old.links if _target(name) not in now]
    come = [name for name in new.links if _target(name) not in before]
    there = targets(translated.links) if translated else Counter[tuple[str, str]]()
    for name in gone:
        other = next((each for each in come if link_kind(each) == link_kind(name)), None)
        if other is not None and _target(name) in there and _target(other) not in there:
            return Relinked(name.partition(" ")[2], other.partition(" ")[2])
    return None


def respelt(old: Segment, new: Segment, translated: Segment | None) -> bool:
    """Whether code within the text of `new` is other code in `old`, which differs in what does not count elsewhere:
    capitals, or the shape of a hyphen."""
    there = translated.text if translated else ""
    return any(code not in old.text and code not in there for code in map(plain, new.codes))


def lost_codes(
    source: Sequence[Segment], translated: Sequence[Segment], pairs: Sequence[int | None]
) -> Iterator[tuple[int, str]]:
    """Code within the text of `source` that `translated` has neither there nor elsewhere in its place: the number of
    the segment, and the code. A placeholder may be translated."""
    here = Counter(code for each in source for code in set(each.codes))
    there = Counter(code for each in translated for code in set(each.codes))
    for number, each in enumerate(source):
        other = pairs[number]
        if other is None:
            continue
        text = translated[other].text
        for code in dict.fromkeys(each.codes):
            if "<" not in code and there[code] < here[code] and plain(code) not in text:
                yield number, code


@lru_cache(maxsize=4096)
def targets(names: tuple[str, ...]) -> Counter[tuple[str, str]]:
    """What links lead to, and how many of them."""
    return Counter(map(_target, names))


def _target(name: str) -> tuple[str, str]:
    """What tells the link `name` from others, wherever its page lies and however it is written."""
    kind, _, address = name.partition(" ")
    address = address.partition("?")[0].rstrip("/")
    for ending in _ENDINGS:
        address = address.removesuffix(ending)
    folder, last = posixpath.split(address)
    return kind, (posixpath.basename(folder) if last == "index" else last).casefold()
