"""Compare the images that two sites publish as data."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

_CURRENT = ("supported", "deprecated")
"""States of images that are in the list."""
_ADDRESSES = frozenset({"url", "pages", "badges"})
"""Fields that follow from where a site is and from its languages, and not from the image."""


@dataclass(frozen=True, slots=True)
class ImageChange:
    id: str
    change: str
    """`added`, `withdrawn`, `removed` (not even among withdrawn images any more) or `changed`."""
    fields: tuple[str, ...] = ()
    """Fields whose values changed."""


def compare_images(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[ImageChange, ...] | None:
    """Compare the images in the files that two sites publish, by their paths; `None` if one of them has no
    data of images."""
    before, after = _images(old), _images(new)
    if before is None or after is None:
        return None
    return tuple(_changes(before, after))


def _images(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, object]] | None:
    """Return the images in the first file that has some, by their ids."""
    for content in files.values():
        try:
            document: Any = json.loads(content)
        except ValueError:
            continue
        entries: Any = cast("dict[str, Any]", document).get("images") if isinstance(document, dict) else None
        if isinstance(entries, list):
            images = [
                cast("dict[str, Any]", one) for one in cast("list[Any]", entries) if isinstance(one, dict)
            ]
            return {one["id"]: one for one in images if isinstance(one.get("id"), str)}
    return None


def _changes(
    before: Mapping[str, Mapping[str, object]], after: Mapping[str, Mapping[str, object]]
) -> Iterator[ImageChange]:
    for name in sorted({*before, *after}):
        old, new = before.get(name, {}), after.get(name, {})
        differing = (key for key in {*old, *new} - _ADDRESSES if old.get(key) != new.get(key))
        fields = tuple(sorted(differing))
        if not fields:
            continue
        if not new:
            yield ImageChange(name, "removed")
        elif _is_listed(new) and not _is_listed(old):
            yield ImageChange(name, "added")
        elif _is_listed(old) and not _is_listed(new):
            yield ImageChange(name, "withdrawn")
        else:
            yield ImageChange(name, "changed", fields)


def _is_listed(image: Mapping[str, object]) -> bool:
    return image.get("status") in _CURRENT
