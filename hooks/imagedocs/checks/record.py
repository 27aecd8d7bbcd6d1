"""Is the record of tags recent, and was the registry itself ever asked?"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from imagedocs.catalog import Catalog, Image
from imagedocs.evidence import RecordState, record_state
from imagedocs.problems import Position, Problem, Rule
from imagedocs.registry import Registry

PATH: Final = "catalog/registry.json"
_SEEN_ON: Final = re.compile(r'"date":[ \t]*"([0-9]{4}-(?:0[1-9]|1[0-2])-[0-9]{2})"', re.ASCII)
_SHOWN = 3
_ASK = "run: imagedocs snapshot"


def check_record(catalog: Catalog, registry: Registry, as_of: date) -> Iterator[Problem]:
    """Yield at most one problem about the record of the listed images: that it is old, or that nobody asked the
    registry for it.

    An image of which nothing is on record is left out: `check_catalog_images` reports it.
    """
    listed = catalog.listed_on(as_of)
    whole = record_state(registry, as_of, {image.full_repository for image in listed})
    old = [
        (image, state) for image in listed if _is_old(state := _state(image, registry, as_of), catalog, as_of)
    ]
    never = "; the registry itself was never asked" if whole.is_from_files else ""
    if old:
        newest = max(state.newest for _, state in old if state.newest is not None)
        names = _some([image.id for image, _ in old])
        message = (
            f"what is on record of {names} is more than {catalog.max_age} days old: "
            f"the newest entry is of {newest.isoformat()}{never}"
        )
        yield Problem(Position(PATH), Rule.RECORD_OLD, message, _ASK)
    elif never:
        newest_day = f" until {whole.newest.isoformat()}" if whole.newest else ""
        message = f"all that is on record of the listed images was seen in files{newest_day}{never}"
        yield Problem(Position(PATH), Rule.RECORD_NOT_ASKED, message, _ASK)


def check_days(text: str, today: date) -> Iterator[Problem]:
    """Yield a problem if the record says that something was seen on a day that has not come. `today` is the clock's: what
    counts as today may be an earlier day."""
    latest = (today + timedelta(days=1)).isoformat()  # somewhere it is tomorrow already
    future = [match for match in _SEEN_ON.finditer(text) if match[1] > latest]
    for match in future[:1]:
        line = text.count("\n", 0, match.start(1)) + 1
        column = match.start(1) - text.rfind("\n", 0, match.start(1))
        others = f", and {len(future) - 1} more of the kind" if len(future) > 1 else ""
        message = f"something was seen on {match[1]}, a day that has not come{others}"
        hint = "write the day on which it was seen"
        yield Problem(Position(PATH, line, column), Rule.INVALID_DATE, message, hint)


def _state(image: Image, registry: Registry, as_of: date) -> RecordState:
    return record_state(registry, as_of, {image.full_repository})


def _is_old(state: RecordState, catalog: Catalog, as_of: date) -> bool:
    age = state.age(as_of)
    return age is not None and age > catalog.max_age


def _some(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    shown = [*names[:_SHOWN], f"{more} more"] if more > 0 else list(names)
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
