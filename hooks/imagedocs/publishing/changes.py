"""What changed in the list, day by day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from imagedocs.catalog import Catalog, Image


@dataclass(frozen=True, slots=True)
class ChangedImage:
    """An image that came into the list or left it."""

    name: str
    page: str
    """Path of the image's page, from any page of the site; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the list on one day."""

    day: date
    added: tuple[ChangedImage, ...]
    withdrawn: tuple[ChangedImage, ...]


def changes_until(catalog: Catalog, as_of: date, pages: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the changes up to a day, the newest first; `pages` has the paths of the images' pages, by their ids.

    An image that the catalog has no first day of was always there, and one that left on its first day never was.
    """
    added, withdrawn = defaultdict[date, list[Image]](list), defaultdict[date, list[Image]](list)
    for image in catalog.images:
        start, until = image.listed.start, image.listed.until
        if start == until:
            continue
        if date.min < start <= as_of:
            added[start].append(image)
        if until is not None and until <= as_of:
            withdrawn[until].append(image)

    def named(images: list[Image]) -> tuple[ChangedImage, ...]:
        return tuple(ChangedImage(image.name, pages.get(image.id, "")) for image in images)

    days = sorted({*added, *withdrawn}, reverse=True)
    return tuple(Change(day, named(added[day]), named(withdrawn[day])) for day in days)
