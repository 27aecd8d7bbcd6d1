"""The time that each image was in the list, as bars beside one another on one scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from imagedocs.catalog import Catalog, Image, Status
from imagedocs.publishing.image_values import ImageLink

MAX_IMAGES: Final = 500
"""Images that a timeline shows: of more than these, nobody sees a picture."""
_MAX_YEARS: Final = 10
"""Years that are marked; of more, only every second, every fifth, or fewer."""


@dataclass(frozen=True, slots=True)
class Year:
    """A mark on the scale."""

    number: int
    at: str
    """Place on the scale, in percent."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An image on the timeline."""

    image: ImageLink
    status: Status
    since: date | None
    """Day on which it came into the list; `None` where the catalog does not say."""
    until: date | None
    """First day on which the list no longer has it, also one that is still to come."""
    at: str
    """Place where the bar begins, in percent."""
    width: str
    """Width of the bar, in percent."""
    issues: tuple[str, ...]
    """Places of the days on which issues became known."""


@dataclass(frozen=True, slots=True)
class Timeline:
    years: tuple[Year, ...]
    bars: tuple[Bar, ...]
    """The image that came last is the first."""


def timeline_of(catalog: Catalog, as_of: date, links: Mapping[str, ImageLink]) -> Timeline | None:
    """Return the timeline of all images that were ever listed; `None` where no day is known, or there are more than
    `MAX_IMAGES`. `links` has the pages of images, by their ids."""
    images = [image for image in catalog.images if _was_listed(image, as_of)]
    days = [day for image in images for day in (image.listed.start, image.listed.until) if day]
    known = [day for day in days if day > date.min]
    if not known or len(images) > MAX_IMAGES:
        return None
    first = date(min(known).year, 1, 1)
    scale = _Scale(first, max(as_of, *known))
    images.sort(key=lambda image: image.listed.start, reverse=True)
    return Timeline(scale.years(), tuple(_bar(image, as_of, scale, links[image.id]) for image in images))


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        """Return the place of a day, in percent."""
        whole = (self.last - self.first).days or 1
        return 100 * (max(day, self.first) - self.first).days / whole

    def years(self) -> tuple[Year, ...]:
        count = self.last.year - self.first.year + 1
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if count <= step * _MAX_YEARS)
        numbers = range(self.first.year, self.last.year + 1, step)
        return tuple(Year(number, _percent(self.at(date(number, 1, 1)))) for number in numbers)


def _bar(image: Image, as_of: date, scale: _Scale, link: ImageLink) -> Bar:
    start, until = image.listed.start, image.listed.until
    begin, end = scale.at(start), scale.at(until or scale.last)
    days: Iterable[date] = sorted({issue.since for issue in image.known_issues if issue.since <= as_of})
    return Bar(
        link,
        image.status_on(as_of),
        start if start > date.min else None,
        until,
        _percent(begin),
        _percent(end - begin),
        tuple(_percent(scale.at(day)) for day in days),
    )


def _was_listed(image: Image, as_of: date) -> bool:
    return image.listed.start != image.listed.until and image.listed.start <= as_of


def _percent(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"
