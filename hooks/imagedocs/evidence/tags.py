"""The tags of an image that are on record, each with its day, its known issue and its support."""

from dataclasses import dataclass
from datetime import date

from imagedocs.catalog import Image, KnownIssue
from imagedocs.evidence.support import TagSupport, support_on, tag_day
from imagedocs.registry import Registry, Repository, TagFacts
from imagedocs.registry.tag_names import is_attachment, newest_first


@dataclass(frozen=True, slots=True)
class TagState:
    """A tag on record, as it stands on a day."""

    tag: str
    built: date | None
    """From its name, or from when its image was created."""
    facts: TagFacts
    """Digest, platforms and sightings, as far as they are on record."""
    issue: KnownIssue | None
    support: TagSupport | None


def tags_of(image: Image, registry: Registry | None, as_of: date) -> tuple[TagState, ...]:
    """Return the tags of the image's repository that were on record by `as_of`: those without a day, then the newest
    first. Signatures and other attachments are left out."""
    repository = _repository(image, registry)
    known = [
        tag for tag, facts in repository.tags.items() if was_seen(facts, as_of) and not is_attachment(tag)
    ]
    dated = newest_first(known, len(known))
    others = sorted(set(known) - set(dated))
    return tuple(
        TagState(
            tag,
            tag_day(tag, repository.tags[tag]),
            repository.tags[tag],
            image.known_issue(tag, as_of),
            support_on(image, tag, registry, as_of),
        )
        for tag in (*others, *dated)
    )


def newest_good_tag(image: Image, registry: Registry | None, as_of: date) -> str | None:
    """Return the newest dated tag on record that has no known issue; `None` when there is none."""
    repository = _repository(image, registry)
    good = (
        tag
        for tag, facts in repository.tags.items()
        if was_seen(facts, as_of) and image.known_issue(tag, as_of) is None
    )
    return next(iter(newest_first(good, 1)), None)


def _repository(image: Image, registry: Registry | None) -> Repository:
    found = registry.repository(image.full_repository) if registry is not None else None
    return found or Repository()


def was_seen(facts: TagFacts, as_of: date) -> bool:
    """Return whether the tag was on record by then: seen by that day, or on a day that is not known."""
    days = [sighting.day for sighting in facts.seen]
    return not days or any(day is None or day <= as_of for day in days)
