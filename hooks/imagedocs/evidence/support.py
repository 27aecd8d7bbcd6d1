"""How long a tag of an image is supported, by what the catalog promises and the record knows of `latest`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from imagedocs.catalog import Image, Status, Support
from imagedocs.registry import FROM_REGISTRY, Registry, Repository, TagFacts
from imagedocs.registry.tag_names import day_of
from imagedocs.registry.windows import leaves_window


@dataclass(frozen=True, slots=True)
class TagSupport:
    """Support of one tag, as it stands on a day."""

    promise: Support | None
    """The catalog's promise; `None` where the image has left the list, which ends all support."""
    is_supported: bool | None
    """`None`: it depends on what `latest` is now, and the record is too old to say."""
    until: date | None = None
    """The first day on which it is not supported any more, or need not be: with a policy that counts from `latest`,
    the earliest day on which a newer `latest` puts it outside. `None`: there is no such day yet."""
    days_left: int | None = None
    """Days from today to `last_day`, at least 0; `None` without `until`."""

    @property
    def last_day(self) -> date | None:
        """The last day on which it is certainly supported; `None` without `until`."""
        return _day_before(self.until)


def support_on(image: Image, tag: str, registry: Registry | None, as_of: date) -> TagSupport | None:
    """Return the support of a tag on the day `as_of`; `None` when the catalog promises nothing that applies."""
    listed_until = image.listed.until
    if image.status_on(as_of) is Status.REMOVED:
        return TagSupport(None, False, listed_until, 0 if listed_until else None)
    promise = image.support
    if promise is None or not promise.holds_on(as_of):
        return None
    repository = registry.repository(image.full_repository) if registry is not None else None
    support = _promised(promise, tag, repository or Repository(), as_of)
    until = min((day for day in (support.until, listed_until) if day is not None), default=None)
    last = _day_before(until)
    left = None if last is None else max((last - as_of).days, 0)
    return TagSupport(promise, support.is_supported, until, left)


def _promised(promise: Support, tag: str, repository: Repository, as_of: date) -> TagSupport:
    if promise.until is not None:
        return TagSupport(promise, as_of < promise.until, promise.until)
    if promise.months is None or tag == promise.older_than:
        return TagSupport(promise, True)
    built = tag_day(tag, repository.tags.get(tag))
    if built is None:
        return TagSupport(promise, None)
    anchor, known_on = _anchor(promise.older_than, repository, as_of)
    until = leaves_window(built, promise.months)
    if anchor is not None and anchor >= until:
        return TagSupport(promise, False, until)
    is_certain = as_of < until or (anchor is not None and known_on is not None and known_on >= as_of)
    return TagSupport(promise, True if is_certain else None, until)


def _day_before(day: date | None) -> date | None:
    return day if day in (None, date.min) else day - timedelta(days=1)


def tag_day(tag: str, facts: TagFacts | None) -> date | None:
    """Return the day on which an image was built: from the name of its tag, or from when it was created."""
    if (day := day_of(tag)) is not None:
        return day
    created = facts.created if facts else None
    if not created:
        return None
    try:
        return date.fromisoformat(created[:10])
    except ValueError:
        return None


def _anchor(tag: str, repository: Repository, as_of: date) -> tuple[date | None, date | None]:
    """Return the newest day that the moving tag is known to have had, and when the registry was last asked for it.

    That is the day of the dated tag with the same digest. Without one it is at least the day of the newest dated tag
    on record: the moving tag never goes back.
    """
    facts = repository.tags.get(tag)
    if facts and facts.digest:
        twins = (other for other, each in repository.tags.items() if each.digest == facts.digest)
        days = [day for day in map(day_of, twins) if day is not None]
        if days:
            asked = [each.day for each in facts.seen if each.source == FROM_REGISTRY and each.day is not None]
            return max(days), max(asked, default=None)
    return max(_dated(repository, as_of), default=None), None


def _dated(repository: Repository, as_of: date) -> Iterator[date]:
    for tag in repository.tags:
        day = day_of(tag)
        if day is not None and day <= as_of:
            yield day
