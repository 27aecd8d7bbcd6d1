"""The pages that say what changed: one with all events by day, and one with the list of each day on which it changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from imagedocs.catalog import Catalog, Image
from imagedocs.parts import CHANGES_TEMPLATE, DAY_TEMPLATE
from imagedocs.problems import Position
from imagedocs.publishing.events import Event, EventKind, by_day, events, list_days
from imagedocs.publishing.image_values import ImageLink, names_of
from imagedocs.publishing.pages import INDEX, ImageFiles
from imagedocs.publishing.sources import Origin, origin_of
from imagedocs.publishing.timeline import timeline_of
from imagedocs.registry.manifest import Manifest

AHEAD: Final = timedelta(days=183)
"""Time for which it is said what is due."""


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event with what a page needs to show it."""

    event: Event
    links: Mapping[str, ImageLink]
    """Pages of the images that it names, by their ids."""
    origin: Origin | None
    """Where the catalog has it from; `None` where it says nothing of that."""

    @property
    def kind(self) -> EventKind:
        return self.event.kind

    @property
    def image(self) -> ImageLink:
        return self.links[self.event.image.id]


@dataclass(frozen=True, slots=True)
class EventDay:
    """What happened on one day, or is due on it."""

    day: date
    events: tuple[ShownEvent, ...]
    page: str
    """Path of the page with the list as it stood on that day; empty where there is none."""


@dataclass(frozen=True)
class ChangePages:
    """The pages that say what changed, in whatever language."""

    catalog: Catalog
    record: Manifest
    """What is known of the tags of the images."""
    as_of: date
    """The day that counts as today."""
    folder: str
    """Where the pages are in the site of a locale; empty for a project that has no such pages."""
    list_template: str
    """Project path of the template of the list; empty where it isn't known which one that is, so that there are no
    pages with the list of a day."""
    image_pages: Mapping[str, str]
    """Paths of the images' pages, by their ids, and that of the page of all images by the empty text."""

    @cached_property
    def places(self) -> Mapping[str, date | None]:
        """Site path of each page -> its day; `None` for the page with all events. No page without an image."""
        if not self.folder or not self.catalog.images:
            return {}
        days = self._list_days if self.list_template else ()
        return {self.place(INDEX): None} | {self.place(day.isoformat()): day for day in days}

    def place(self, name: str) -> str:
        """Return the site path of the page called `name`: a day, or `INDEX`."""
        return f"{self.folder}/{name}.md"

    @property
    def old_lists(self) -> frozenset[str]:
        """Site paths of the pages with the list of a day."""
        return frozenset(place for place, day in self.places.items() if day is not None)

    @property
    def link(self) -> str:
        """Path of the page with all events, from any page; empty where there is none."""
        return f"~/{self.place(INDEX)}" if self.places else ""

    def template(self, place: str) -> str:
        """Return the project path of the template of the page at `place`."""
        return CHANGES_TEMPLATE if self.places[place] is None else DAY_TEMPLATE

    def position(self, place: str) -> Position | None:
        """Return `None`: these pages are about the whole catalog."""
        return None

    def values(self, place: str, files: ImageFiles | None = None) -> Mapping[str, object]:
        """Return what the template of the page at `place` may use. `files` are published of all images together.

        `as_of` is the day of the site, `images_page` the path of the page that lists all images, and `published` are these
        files. The page with all
        events has `days`, the last first, `upcoming`, the days that are due until `upcoming_until`, the first first, and
        `timeline`. The page of a day has `day`, `events`, `list`, the path of the template to include, and `before` and
        `after`, the days on which the list changed before and after it, each with its page.
        """
        common = {
            "as_of": self.as_of,
            "images_page": self.image_pages.get("", ""),
            "published": files or ImageFiles(),
        }
        day = self.places[place]
        if day is None:
            until = self._until
            upcoming = tuple(self._days([each for each in self._events if each.is_upcoming(self.as_of)]))
            return {
                **common,
                "days": tuple(self._days(self._past)),
                "upcoming": upcoming[::-1],
                "upcoming_until": until,
                "timeline": timeline_of(self.catalog, self.as_of, self._links),
            }
        days = self._list_days
        number = days.index(day)
        up = "../" * (2 + place.count("/"))
        return {
            **common,
            "day": day,
            "events": tuple(self._shown(each) for each in self._past if each.day == day),
            "list": f"{up}{self.list_template.removesuffix('.j2')}?as-of={day}",
            "before": self._page_of(days[number + 1]) if number + 1 < len(days) else None,
            "after": self._page_of(days[number - 1]) if number else None,
        }

    @property
    def _until(self) -> date:
        return min(self.as_of, date.max - AHEAD) + AHEAD

    @cached_property
    def _list_days(self) -> tuple[date, ...]:
        return list_days(self.catalog, self.as_of)

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        return events(self.catalog, self.record, self.as_of, self._until)

    @cached_property
    def _past(self) -> list[Event]:
        """What has happened. That the support of a tag may have ended is no news."""
        kinds = {*EventKind} - {EventKind.SUPPORT_MAY_END}
        return [each for each in self._events if each.kind in kinds and not each.is_upcoming(self.as_of)]

    @cached_property
    def _links(self) -> Mapping[str, ImageLink]:
        names = names_of(self.catalog.images)
        pages = self.image_pages
        return {
            each.id: ImageLink(each.id, names[each.id], pages.get(each.id, ""))
            for each in self.catalog.images
        }

    def _days(self, found: Sequence[Event]) -> Iterator[EventDay]:
        for day, group in by_day(found):
            yield EventDay(day, tuple(map(self._shown, group)), self._page_of(day)[1])

    def _page_of(self, day: date) -> tuple[date, str]:
        place = self.place(day.isoformat())
        return day, f"{day}.md" if place in self.places else ""

    def _shown(self, event: Event) -> ShownEvent:
        images: list[Image] = [event.image, *([event.replacement] if event.replacement else [])]
        links = {image.id: self._links[image.id] for image in images}
        return ShownEvent(event, links, origin_of(event.source) if event.source else None)
