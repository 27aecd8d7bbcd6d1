"""Which of the site's locales serves a reader who asks for some language: `zh-TW` is zh-Hant, never zh-Hans.

The script decides before the region does: a tag without one is completed by CLDR's likely subtags, and two
tags match only in the same language and script. Regions match along CLDR's chain of parents, in which es-MX
comes from es-419 and en-AU from en-001, as en-GB does.
"""

import re
from collections.abc import Iterable, Sequence
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

    def __str__(self) -> str:
        return "-".join(part for part in (self.language, self.script, self.region) if part)


def resolve_tag(wish: str, available: Iterable[str]) -> str | None:
    """The tag of `available` that serves a reader of `wish` best; `None` when none is in that language and
    script. Of equally good ones the first wins."""
    wanted = _lineage(wish)
    best: tuple[int, int, bool] | None = None
    answer: str | None = None
    for tag in available:
        if tag.lower() == wish.lower():
            return tag
        distance = _distance(wanted, _lineage(tag))
        if distance is not None and (best is None or distance < best):
            best, answer = distance, tag
    return answer


def likely_region(tag: str) -> str | None:
    """The region of `tag`, or where most of its readers are when it names none: `CN` for zh-Hans."""
    lineage = _lineage(tag)
    return lineage[0].region if lineage else None


def is_from_right(tag: str) -> bool:
    """Whether the script of `tag`, or that which its language is mostly written in, runs from right to left. Babel
    says the same, once it has read all that it knows of a language: a megabyte."""
    lineage = _lineage(tag)
    return bool(lineage) and lineage[0].script in _FROM_RIGHT


def _distance(wanted: Sequence[_Tag], offered: Sequence[_Tag]) -> tuple[int, int, bool] | None:
    """How far each has to go up to the nearest ancestor that both have, and whether `offered` is of another
    region than the one the language is mostly of."""
    for steps, tag in enumerate(wanted):
        if tag in offered:
            own = offered[0]
            return steps, offered.index(tag), own != _completed(own.language, own.script, None)
    return None


@lru_cache(maxsize=1024)
def _lineage(tag: str) -> tuple[_Tag, ...]:
    """The tag in full and its ancestors, down to language and script alone; empty for what is no tag."""
    match = _TAG.fullmatch(tag.strip()) if len(tag) <= 100 else None
    if match is None:
        return ()
    language = match[1].lower()
    full = _completed(
        _SAME_LANGUAGE.get(language, language),
        match[2].title() if match[2] else "",
        match[3].upper() if match[3] else None,
    )
    lineage = [full]
    while (parent := _parent(lineage[-1])) is not None and parent not in lineage:
        lineage.append(parent)
    return (*lineage, _Tag(full.language, full.script, None))


def _parent(tag: _Tag) -> _Tag | None:
    """The tag of a larger region that CLDR lets this one inherit from, if there is one."""
    parents = cast("dict[str, str]", get_global("parent_exceptions"))
    for name in (f"{tag.language}_{tag.script}_{tag.region}", f"{tag.language}_{tag.region}"):
        match = _TAG.fullmatch(parents.get(name, ""))
        if match and match[1] == tag.language and match[3]:
            return _Tag(tag.language, tag.script, match[3])
    return None


def _completed(language: str, script: str, region: str | None) -> _Tag:
    """The tag with the script and region that CLDR finds most likely."""
    likely = cast("dict[str, str]", get_global("likely_subtags"))
    for parts in ((language, script, region), (language, region), (language, script), (language,)):
        if full := likely.get("_".join(part for part in parts if part)):
            _, likely_script, likely_region = full.split("_")
            return _Tag(language, script or likely_script, region or likely_region)
    return _Tag(language, script, region)
