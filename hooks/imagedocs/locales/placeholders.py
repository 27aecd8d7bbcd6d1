"""The parts of a message that must reach the reader as they are: placeholders, code, links, HTML.

One grammar serves three: the check of a translation, the loader (a translation with other placeholders would
fail while a page is rendered) and the pseudo-locales.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

PROTECTED = re.compile(
    r"""
    (?P<placeholder> %\(\w{1,80}\)[-#0\ +]{0,5}\d{0,3}(?:\.\d{1,3})?[diouxXeEfFgGcrsa] | \{[A-Za-z_]\w{0,79}\} )
    | (?P<percent> %% )
    | (?P<code> ``[^\n]{1,500}?`` | `[^`\n]{1,500}` )
    | (?P<link> \]\( [^\s()]{0,2000} (?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,3} )
    | (?P<address> https?://[^\s<>()|`"]{1,2000} )
    | (?P<html> </?[A-Za-z][^<>]{0,1000}> | &(?:[A-Za-z]{2,31}|\#\d{1,7}|\#x[0-9A-Fa-f]{1,6}); )
    """,
    re.VERBOSE,
)
"""Repetitions are bounded, so that a hostile message costs no more than its length times a constant."""

_MOST_COMPARED = 100
"""Names that a mistyped one is compared with: no sentence has as many."""

_MOST_KEPT = 4096
"""Texts whose parts are kept: more than a site has messages, as a rule."""

_NAMES = {"code": "the code", "link": "a link to", "address": "the address", "html": "the HTML"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A way in which a translation differs from its message where it must not."""

    message: str
    hint: str = ""
    breaks_rendering: bool = False
    """The values of the message cannot be filled in: the translation cannot be used."""


def placeholder_faults(translation: str, *, required: str, allowed: str) -> Iterator[Fault]:
    """Placeholders of `required` that `translation` lacks, and those of it that neither text has.

    For a message with a plural the two texts are its plural and its singular; else both are the message.
    """
    if not any(sign in text for text in (translation, required, allowed) for sign in "%{"):
        return  # most messages
    found = _parts(translation, "placeholder")
    wanted = _parts(required, "placeholder")
    known = {**wanted, **_parts(allowed, "placeholder")}
    unknown = [name for name in found if name not in known]
    for name in unknown:
        similar = get_close_matches(name, list(known)[:_MOST_COMPARED], n=1, cutoff=0.4)
        hint = f"did you mean {similar[0]}?" if similar else "remove it"
        yield Fault(f"has the placeholder {name}, which its message has not", hint, breaks_rendering=True)
    for name in wanted:
        if name not in found:
            yield Fault(f"lacks the placeholder {name} of its message", f"put {name} where the value goes")
    if _has_stray_percent(translation) and not _has_stray_percent(f"{required}\n{allowed}"):
        yield Fault(
            "has a % that begins no placeholder", "write %% for a per cent sign", breaks_rendering=True
        )


def markup_faults(translation: str, *sources: str) -> Iterator[Fault]:
    """Code spans, link targets, addresses and HTML that are not those of any of `sources`."""
    if not any(map(_protected, (translation, *sources))):
        return
    for kind, name in _NAMES.items():
        found = _parts(translation, kind)
        expected = [_parts(source, kind) for source in sources]
        if found in expected:
            continue
        for part in (expected[-1] - found).elements():
            yield Fault(f"lacks {name} {_shown(part)} of its message")
        for part in (found - expected[-1]).elements():
            yield Fault(f"has {name} {_shown(part)}, which its message has not")


def has_percent(text: str) -> bool:
    """Whether `text` is meant for Python's `%`: tools that know gettext then check its translations."""
    return any(
        match.lastgroup in {"placeholder", "percent"} and "%" in match[0]
        for match in PROTECTED.finditer(text)
    )


def without_protected(text: str) -> str:
    """The words of `text` alone, without what no translator may change."""
    return PROTECTED.sub(" ", text)


@lru_cache(_MOST_KEPT)
def _protected(text: str) -> tuple[tuple[str | None, str], ...]:
    """Return the kind and the text of each protected part. A message is compared with each of its translations."""
    return tuple((match.lastgroup, match[0]) for match in PROTECTED.finditer(text))


def _parts(text: str, kind: str) -> Counter[str]:
    return Counter(part for found, part in _protected(text) if found == kind)


def _has_stray_percent(text: str) -> bool:
    return "%" in text and "%" in PROTECTED.sub(
        lambda match: "" if match.lastgroup in {"placeholder", "percent"} else match[0], text
    )


def _shown(part: str) -> str:
    return part.removeprefix("](")[:80]
