"""Pseudo-locales: the source's own sentences, disguised, so that a hard-coded string shows on the built site.

What must stay as it is (placeholders, code, link targets, HTML) stays, so that a pseudo site is a working site.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from itertools import cycle

from imagedocs.locales.placeholders import PROTECTED


class Pseudo(StrEnum):
    """What a pseudo-locale does to a sentence."""

    EXPANDED = "expanded"
    """Accented, in brackets and a good third longer: finds strings that are cut, joined or not translated."""
    MIRRORED = "mirrored"
    """Each word reversed by direction marks: finds what breaks from right to left."""


_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)
_PADDING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_EXPANSION = 0.4
"""How much longer than English other languages get, as translators reckon for sentences."""

_BLOCK_START = re.compile(r"(?:\s{0,20}(?:#{1,6}|[-*+]|\d{1,9}[.)]|>|\|)\s{0,20})*")
"""What makes the beginning of a line a heading, an item, a quotation or a table row."""
_WORD = re.compile(r"[^\W\d_]+")
_REVERSED, _END = "\u200f\u202e", "\u202c\u200f"
"""RIGHT-TO-LEFT MARK and OVERRIDE; POP DIRECTIONAL FORMATTING and the mark again, as Android's ar-XB has them."""


def pseudo_text(text: str, kind: Pseudo) -> str:
    """`text`, a sentence or a piece of Markdown, as the pseudo-locale shows it."""
    if not text.strip():
        return text
    if kind is Pseudo.MIRRORED:
        return _outside_protected(text, lambda part: _WORD.sub(_mirrored, part))
    accented = _outside_protected(text, lambda part: part.translate(_ACCENTED))
    start = _BLOCK_START.match(accented)
    begin = start.end() if start else 0
    end = len(accented.rstrip())
    return f"{accented[:begin]}⟦{accented[begin:end]}{_padding(end - begin)}⟧{accented[end:]}"


def _mirrored(match: re.Match[str]) -> str:
    return f"{_REVERSED}{match[0]}{_END}"


def _padding(length: int) -> str:
    words: list[str] = []
    missing = max(1, int(length * _EXPANSION))
    for word in cycle(_PADDING):
        if missing <= 0:
            break
        words.append(word)
        missing -= len(word) + 1
    return " " + " ".join(words).translate(_ACCENTED)


def _outside_protected(text: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    position = 0
    for match in PROTECTED.finditer(text):
        parts += [change(text[position : match.start()]), match[0]]
        position = match.end()
    parts.append(change(text[position:]))
    return "".join(parts)
