"""What the name of a tag says: the day of its build, and that it will never be moved."""

import re
from collections.abc import Iterable
from datetime import date
from heapq import nlargest

_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.v?([0-9]{1,9}))?")
_ATTACHMENT = re.compile(r"sha(?:256|384|512)-[0-9a-f]{64,128}(?:\.[a-z]{1,20})?")
_ENVIRONMENT_VERSION = re.compile(r"[0-9]{1,6}")


def day_of(tag: str) -> date | None:
    """The day of a tag such as `20240909.v1` or `20210525.1`; None of any other."""
    match = _DAY.fullmatch(tag)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def is_fixed(tag: str) -> bool:
    """Whether a tag is meant to name one image for ever: dated, or the version of a curated environment."""
    return day_of(tag) is not None or _ENVIRONMENT_VERSION.fullmatch(tag) is not None


def is_attachment(tag: str) -> bool:
    """Whether a tag holds what is attached to an image: the referrers tag schema, cosign's `….sig`."""
    return _ATTACHMENT.fullmatch(tag) is not None


def newest_first(tags: Iterable[str], count: int) -> list[str]:
    """The `count` newest dated tags among `tags`; those of one day by their number."""
    return nlargest(count, (tag for tag in tags if day_of(tag)), key=_order)


def _order(tag: str) -> tuple[str, int]:
    day, _, number = tag.partition(".")
    return day, int(number.removeprefix("v") or 0)
