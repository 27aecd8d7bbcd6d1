"""What changed in the list, day by day, for templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from imagedocs.publishing.events import Event, EventKind, by_day
from imagedocs.publishing.image_values import ImageLink


@dataclass(frozen=True, slots=True)
class Change:
    """What came into the list and left it on one day."""

    day: date
    added: tuple[ImageLink, ...]
    withdrawn: tuple[ImageLink, ...]


def list_changes(events: Iterable[Event], pages: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the changes of the list among `events`; `pages` has the paths of the images' pages, by their ids."""

    def links(found: Iterable[Event], kind: EventKind) -> tuple[ImageLink, ...]:
        images = (event.image for event in found if event.kind is kind)
        return tuple(ImageLink(image.id, image.name, pages.get(image.id, "")) for image in images)

    changed = [event for event in events if event.kind in (EventKind.LISTED, EventKind.WITHDRAWN)]
    return tuple(
        Change(day, links(found, EventKind.LISTED), links(found, EventKind.WITHDRAWN))
        for day, found in by_day(changed)
    )
