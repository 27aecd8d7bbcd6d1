"""Complete the tag of a language by the script and the region that CLDR finds most likely: `zh-TW` is in Hant."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from babel.core import get_global

_TAG = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_][A-Za-z0-9]{1,8}){0,8}",
    re.ASCII,
)
_SAME_LANGUAGE = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "tl": "fil", "cmn": "zh"}
"""Codes that browsers still send, and what the language is called today."""

_FROM_RIGHT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})
"""Scripts of languages that CLDR has data of."""


@dataclass(frozen=True, slots=True)
class _Tag:
    language: str
    script: str
    region: str | None


def have_one_script(tag: str, other: str) -> bool:
    """Return whether two tags name the same language in the same script: `zh-TW` and `zh-Hant` do."""
    one, two = _in_full(tag), _in_full(other)
    return one is not None and two is not None and (one.language, one.script) == (two.language, two.script)


def likely_region(tag: str) -> str | None:
    """The region of `tag`, or where most of its readers are when it names none: `CN` for zh-Hans."""
    full = _in_full(tag)
    return full.region if full else None


def is_from_right(tag: str) -> bool:
    """Whether the script of `tag`, or that which its language is mostly written in, runs from right to left. Babel
    says the same, once it has read all that it knows of a language: a megabyte."""
    full = _in_full(tag)
    return full is not None and full.script in _FROM_RIGHT


@lru_cache(maxsize=1024)
def _in_full(tag: str) -> _Tag | None:
    """Return the tag in full; `None` for a text that is no tag."""
    match = _TAG.fullmatch(tag.strip()) if len(tag) <= 100 else None
    if match is None:
        return None
    language = match[1].lower()
    return _completed(
        _SAME_LANGUAGE.get(language, language),
        match[2].title() if match[2] else "",
        match[3].upper() if match[3] else None,
    )


def _completed(language: str, script: str, region: str | None) -> _Tag:
    """The tag with the script and region that CLDR finds most likely."""
    likely = cast("dict[str, str]", get_global("likely_subtags"))
    for parts in ((language, script, region), (language, region), (language, script), (language,)):
        if full := likely.get("_".join(part for part in parts if part)):
            _, likely_script, likely_region = full.split("_")
            return _Tag(language, script or likely_script, region or likely_region)
    return _Tag(language, script, region)
