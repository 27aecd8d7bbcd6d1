"""What each field of the registry manifest must be: each check gives what was expected, or `None` when it is that."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final, cast

from imagedocs.references import is_digest

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _text(value: object) -> str | None:
    good = isinstance(value, str) and value.strip() and value.isprintable()
    return None if good else "printable text"


def _count(value: object) -> str | None:
    return None if type(value) is int and 0 <= value < 2**63 else "a number of bytes"


def _digest(value: object) -> str | None:
    good = isinstance(value, str) and is_digest(value)
    return None if good else "a digest such as sha256: and 64 lower-case hexadecimal digits"


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _day(value: object) -> str | None:
    if _is_day(value):
        return None
    looks_right = isinstance(value, str) and _DAY.fullmatch(value)
    return f"a day such as 2021-05-25, and there is no {value}" if looks_right else "a day such as 2021-05-25"


def _moment(value: object) -> str | None:
    pattern = (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
    )
    good = isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII)
    return None if good else "a moment such as 2021-05-25T04:11:02Z"


def _gone(value: object) -> str | None:
    return None if value == "never-seen" or _is_day(value) else "a day such as 2021-05-25, or never-seen"


def _members(value: object, checks: dict[str, Callable[[object], str | None]]) -> bool:
    members = cast("dict[str, object]", value) if isinstance(value, dict) else None
    return members is not None and all(
        name in checks and checks[name](item) is None for name, item in members.items()
    )


def _platform(value: object) -> str | None:
    pattern = r"[a-z0-9]+/[a-z0-9_]+(?:/[a-z0-9.]+)?"
    return None if isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII) else "a platform"


def _platforms(value: object) -> str | None:
    checks = {"digest": _digest, "bytes": _count, "osVersion": _text}
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value).items()
        good = all(_platform(name) is None and _members(item, checks) for name, item in entries)
    else:  # several entries for one platform
        entries = cast("list[object]", value) if isinstance(value, list) else [None]
        good = all(
            _members(item, {**checks, "platform": _platform})
            and "platform" in cast("dict[str, object]", item)
            for item in entries
        )
    return None if good else 'platforms such as {"linux/amd64": {"digest": "sha256:…", "bytes": 1234}}'


def _seen(value: object) -> str | None:
    good = isinstance(value, list) and all(
        _members(item, {"date": _day, "source": _text}) and "source" in cast("dict[str, object]", item)
        for item in cast("list[object]", value)
    )
    return None if good else 'sightings such as [{"date": "2021-05-25", "source": "where"}]'


def wrong_day(value: object) -> str | None:
    """Return the first date of sightings that is a text, and no day."""
    for sighting in cast("list[object]", value) if isinstance(value, list) else ():
        day = cast("dict[str, object]", sighting).get("date") if isinstance(sighting, dict) else None
        if isinstance(day, str) and not _is_day(day):
            return day
    return None


FIELDS: Final[dict[str, Callable[[object], str | None]]] = {
    "digest": _digest,
    "mediaType": _text,
    "size": _count,
    "created": _moment,
    "eol": _day,
    "platforms": _platforms,
    "seen": _seen,
    "gone": _gone,
    "evidence": _text,
}
