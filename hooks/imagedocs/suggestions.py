"""Names that a person may have meant, and text of theirs made fit to be shown."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from heapq import nlargest

LONGEST_NAME = 128
"""Longer words are not compared: no name or tag is longer, and comparing costs their product."""

MOST_CANDIDATES = 20_000
"""Comparing with more takes seconds."""


MOST_COMPARED = 40
"""Letter by letter; of more candidates, those that share the most pairs of letters with the word."""


def closest(word: str, candidates: Iterable[str], cutoff: float) -> str | None:
    """The candidate that `difflib.get_close_matches` finds best, at a fraction of its cost among many that are
    much alike: those that cannot be better than one that is known are not compared."""
    from difflib import SequenceMatcher  # most runs have nothing to suggest

    names = [*dict.fromkeys(candidates)]
    if len(names) > MOST_COMPARED:
        pairs = _pairs(word)
        names = nlargest(MOST_COMPARED, names, key=lambda name: (len(pairs & _pairs(name)), name))
    letters = Counter(word).items()
    bounds: list[tuple[float, str]] = []
    for name in names:
        shared = sum([min(count, name.count(letter)) for letter, count in letters])
        bounds.append((2 * shared / ((len(word) + len(name)) or 1), name))
    matcher = SequenceMatcher[str]()
    matcher.set_seq2(word)
    best = (cutoff, "")
    for bound, name in sorted(bounds, reverse=True):
        if bound < best[0]:
            break
        matcher.set_seq1(name)
        best = max(best, (matcher.ratio(), name))
    return best[1] or None


@lru_cache(maxsize=100_000)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(str.__add__, text, text[1:]))


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`; of equals, the first in sorted order; `None` when nothing is like it."""
    if not word or len(word) > LONGEST_NAME:
        return None
    sorted_candidates = sorted(set(candidates))[:MOST_CANDIDATES]
    folded: dict[str, str] = {}
    for candidate in sorted_candidates:
        folded.setdefault(candidate.casefold(), candidate)
    found = closest(word.casefold(), folded, 0.6)
    return folded[found] if found else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """The hint `did you mean "x"?`, or nothing."""
    found = nearest(word, candidates)
    return f'did you mean "{found}"?' if found is not None and found != word else ""


_PATH = re.compile(r"[^\s<>\"'`]*/[^\s<>\"'`/]{1,200}/?")


def shown(text: str, limit: int = 80) -> str:
    """Return `text` in double quotes, on one line, without control characters, shortened to about `limit` characters. A path
    keeps its end, as long as that has room for a name."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    if len(text) > limit and _PATH.fullmatch(text):
        name = text[text.rindex("/", 0, -1) :]
        begin = max(0, limit - 1 - len(name))
        cut = f"{text[:begin]}…{name}"
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut) + '"'


def is_one_slip(name: str, near: str) -> bool:
    """Return whether one letter is missing, too many or another one, or two neighbours have changed places."""
    if len(name) == len(near):
        different = [number for number in range(len(name)) if name[number] != near[number]]
        swapped = len(different) == 2 and different[1] == different[0] + 1 and sorted(name) == sorted(near)
        return len(different) == 1 or swapped
    longer, shorter = sorted((name, near), key=len, reverse=True)
    cuts = (longer[:number] + longer[number + 1 :] for number in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in cuts
