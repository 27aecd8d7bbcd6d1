"""Names that a person may have meant, and text of theirs made fit to be shown."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_NAME = 128
"""Longer words are not compared: no name or tag is longer, and comparing costs their product."""

MOST_CANDIDATES = 20_000
"""Comparing with more takes seconds."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`; of equals, the first in sorted order; `None` when nothing is like it."""
    if not word or len(word) > LONGEST_NAME:
        return None
    sorted_candidates = sorted(set(candidates))[:MOST_CANDIDATES]
    folded: dict[str, str] = {}
    for candidate in sorted_candidates:
        folded.setdefault(candidate.casefold(), candidate)
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """The hint `did you mean "x"?`, or nothing."""
    found = nearest(word, candidates)
    return f'did you mean "{found}"?' if found is not None and found != word else ""


def shown(text: str, limit: int = 80) -> str:
    """`text` in double quotes, on one line, without control characters, shortened to about `limit` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut) + '"'
