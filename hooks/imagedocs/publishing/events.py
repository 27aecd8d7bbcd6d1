"""What happened to the images of a catalog, and what is due: each with the day that the catalog or the record gives.

A fact without a day is no event. An image that is replaced is an event of the kind `withdrawn` with a replacement: the
replacement has no day of its own. That an image is deprecated has no day at all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from imagedocs.catalog import Catalog, Image, KnownIssue
from imagedocs.evidence import tag_day, was_seen
from imagedocs.registry import FROM_REGISTRY, Registry, Repository
from imagedocs.registry.tag_names import is_attachment
from imagedocs.registry.windows import leaves_window


class EventKind(StrEnum):
    """Kinds of events, in the order in which those of one day are shown. Their names are part of published ids."""

    LISTED = "listed"
    """The image came into the list."""
    WITHDRAWN = "withdrawn"
    """The image left the list, which ends its support."""
    KNOWN_ISSUE = "known-issue"
    """Something became known to go wrong with some tags."""
    SUPPORT_ENDS = "support-ends"
    """First day without support, as the catalog promises it."""
    SUPPORT_MAY_END = "support-may-end"
    """First day on which the support of a tag is no longer certain: it depends on how new the tag is from which the
    catalog's promise counts."""
    END_OF_LIFE = "end-of-life"
    """End of the life of a tag, as its publisher gave it to the registry."""
    TAG_MISSING = "tag-missing"
    """A tag or a digest was found missing in the registry."""


_ORDER = {kind: number for number, kind in enumerate(EventKind)}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an image on a day, or will happen."""

    kind: EventKind
    day: date
    image: Image
    tags: tuple[str, ...] = ()
    """Tags or digests that it is about; empty for the image as a whole."""
    replacement: Image | None = None
    """What to use instead of an image that was withdrawn."""
    issue: KnownIssue | None = None
    source: str = ""
    """Where the catalog or the record has it from; empty where it says nothing of that."""
    number: int = 1
    """Its number among the known issues of one day that begin with the same tag."""

    @property
    def id(self) -> str:
        """Name of the event for ever: made of the image's id, the kind, the day, and of the tag where it is about one.
        It doesn't depend on texts, nor on translations."""
        number = () if self.number == 1 else (str(self.number),)
        return "/".join((self.image.id, self.kind, self.day.isoformat(), *self.tags[:1], *number))

    def is_upcoming(self, as_of: date) -> bool:
        """Return whether it is still to come on the day `as_of`."""
        return self.day > as_of


def events(
    catalog: Catalog, registry: Registry | None, as_of: date, until: date | None = None
) -> tuple[Event, ...]:
    """Return the events up to `as_of`, and with `until` also those that are due up to that day; the last day first,
    those of one day in the order of kinds and of the catalog.

    What became known after `as_of` is no event. An image that the catalog has no first day of was always there, and
    one that left on its first day never was.
    """
    last = as_of if until is None else max(as_of, until)
    by_id = {image.id: image for image in catalog.images}
    found = [
        event for image in catalog.images for event in _of_image(image, by_id, as_of) if event.day <= last
    ]
    if registry is not None:
        documented = _documented(catalog)
        for image in catalog.images:
            repository = registry.repository(image.full_repository) or Repository()
            others = documented[image.full_repository].difference(image.tags)
            found += (event for event in _of_record(image, repository, others, as_of) if event.day <= last)
    found.sort(key=lambda event: _ORDER[event.kind])
    found.sort(key=lambda event: event.day, reverse=True)
    return tuple(found)


def by_day(found: Sequence[Event]) -> Iterator[tuple[date, tuple[Event, ...]]]:
    """Yield each day with its events, in the order in which they are given."""
    for day, group in groupby(found, key=lambda event: event.day):
        yield day, tuple(group)


def list_days(catalog: Catalog, as_of: date) -> tuple[date, ...]:
    """Return the days up to `as_of` on which images came into the list or left it, the last first."""
    kinds = (EventKind.LISTED, EventKind.WITHDRAWN)
    return tuple(dict.fromkeys(each.day for each in events(catalog, None, as_of) if each.kind in kinds))


def _of_image(image: Image, by_id: Mapping[str, Image], as_of: date) -> Iterator[Event]:
    """Yield what the catalog says of an image; `by_id` has all images."""
    start, until = image.listed.start, image.listed.until
    source = image.sources.get("listed", "")
    if start == until:
        return
    if start > date.min:
        yield Event(EventKind.LISTED, start, image, source=source)
    if until is not None:
        replacement = by_id.get(image.replacement or "")
        yield Event(EventKind.WITHDRAWN, until, image, replacement=replacement, source=source)
    numbers = Counter[tuple[date, str]]()
    for issue in image.known_issues:
        numbers[key := (issue.since, issue.tags[0])] += 1
        if issue.since <= as_of:
            event = Event(EventKind.KNOWN_ISSUE, issue.since, image, issue.tags, source=issue.source)
            yield replace(event, issue=issue, number=numbers[key])
    promise = image.support
    if promise and promise.until and promise.holds_on(as_of) and _is_listed(image, promise.until):
        yield Event(EventKind.SUPPORT_ENDS, promise.until, image, source=promise.source)


def _of_record(image: Image, repository: Repository, others: set[str], as_of: date) -> Iterator[Event]:
    """Yield what the record says of the tags of an image; `others` are documented for other images."""
    promise = image.support if image.support and image.support.holds_on(as_of) else None
    for tag, facts in sorted(repository.tags.items()):
        if tag in others or is_attachment(tag) or not was_seen(facts, as_of):
            continue
        if facts.end_of_life is not None:
            yield Event(EventKind.END_OF_LIFE, facts.end_of_life, image, (tag,), source=FROM_REGISTRY)
        built = tag_day(tag, facts)
        if promise is None or promise.months is None or tag == promise.older_than or built is None:
            continue
        day = leaves_window(built, promise.months)
        if day < date.max and promise.holds_on(day) and _is_listed(image, day):
            yield Event(EventKind.SUPPORT_MAY_END, day, image, (tag,), source=promise.source)
    for name, gone in sorted(repository.gone.items()):
        if name not in others and gone.since is not None and gone.since <= as_of:
            source = gone.evidence or FROM_REGISTRY
            yield Event(EventKind.TAG_MISSING, gone.since, image, (name,), source=source)


def _is_listed(image: Image, day: date) -> bool:
    """Return whether the image is in the list on `day`, and was the day before: what ends then ends by itself."""
    return image.listed.start < day and image.listed_on(day)


def _documented(catalog: Catalog) -> dict[str, set[str]]:
    """Return the tags that the catalog has for the images of each repository."""
    found: dict[str, set[str]] = {}
    for image in catalog.images:
        found.setdefault(image.full_repository, set()).update(image.tags)
    return found
