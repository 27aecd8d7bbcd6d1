"""What the template of the page of an image may use, and that of the page that lists all images."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from imagedocs.catalog import Absence, Catalog, Environment, Image, KnownIssue, Status
from imagedocs.evidence import RecordState, TagState, TagSupport, newest_good_tag, record_state, tags_of
from imagedocs.publishing.facts import Fact, facts_of
from imagedocs.publishing.sources import Origin, origin_of
from imagedocs.references import Reference
from imagedocs.registry import Platform, Registry, Repository, Sighting, TagFacts


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that goes wrong with some tags."""

    tags: tuple[str, ...]
    text: str
    """What happens, in the catalog's language."""
    since: date
    """The day from which it is known."""
    fixed_in: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag or a digest that is on record."""

    tag: str
    """Of a digest without a tag: empty."""
    digest: str
    """Empty when it is not on record."""
    day: date | None
    """The last day on which it was seen; `None` when no day is on record."""
    origin: Origin | None
    """Where it was seen last."""
    platforms: tuple[Platform, ...]
    """Those on record, with what a pull of each transfers."""
    issue: Issue | None
    support: TagSupport | None


@dataclass(frozen=True, slots=True)
class Pull:
    """A way to pull the image, with what the record knows of it."""

    reference: Reference
    row: TagRow


@dataclass(frozen=True, slots=True)
class ImageLink:
    """Another image, by its page."""

    id: str
    name: str
    page: str
    """Path of its page, from the page of any other image."""


@dataclass(frozen=True, slots=True)
class ImageValues:
    """An image, as it stands on the day of the site."""

    id: str
    name: str
    """What the page is called: the last part of the repository, or the id where images share it."""
    page: str
    """Path of its page, from the page of any other image."""
    reference: Reference
    """With the first documented tag."""
    references: tuple[Reference, ...]
    """With each documented tag, and no digest."""
    elsewhere: tuple[Reference, ...]
    """The same image in other registries, with the first documented tag."""
    accelerator: str
    """Name of the hardware: `CPU`; empty where it is not known."""
    contents: tuple[str, ...]
    """The framework, Python and the operating system, as far as they are known: `PyTorch 1.6`, `Python 3.7`."""
    facts: tuple[Fact, ...]
    """All that is known of it."""
    status: Status
    since: date | None
    """The day on which it entered the list; `None` where the catalog does not say."""
    until: date | None
    """The first day on which the list no longer had it."""
    environment: str
    """Name of its curated environment; empty without one."""
    environment_until: date | None
    """The first day on which the list no longer named it."""
    issues: tuple[Issue, ...]
    support: TagSupport | None
    """Support of the first documented tag."""
    by_date: Pull | None
    """The newest dated tag on record that has no known issue; `None` where it is documented itself."""
    by_digest: Pull | None
    """By the digest of the newest dated tag without a known issue, else of a documented one, else of another such tag,
    else by the digest that was seen last."""
    tags: tuple[TagRow, ...]
    """All tags on record: those without a day, then the newest first."""
    digests: tuple[TagRow, ...]
    """Digests on record whose tag is not, the last seen first."""
    record: RecordState
    """State of the record of its repository."""
    replacement: ImageLink | None
    lost_framework: str
    """Name of its framework, where it was withdrawn and no image that is left has that; else empty."""
    replaces: tuple[ImageLink, ...]
    sources: tuple[tuple[str, Origin], ...]
    """Field of the catalog, or the name of a library or of an own column, and where its value is from, for those that
    are not plain from the list."""
    edit_address: str
    """Where its entry is edited; empty when no address is known."""

    @property
    def is_supported(self) -> bool:
        return self.status is Status.SUPPORTED

    @property
    def is_deprecated(self) -> bool:
        return self.status is Status.DEPRECATED

    @property
    def is_withdrawn(self) -> bool:
        return self.status is Status.REMOVED

    @property
    def was_draft(self) -> bool:
        """Whether it stood in a draft of the list only."""
        return self.since is not None and self.since == self.until


@dataclass(frozen=True)
class ImageValuesMaker:
    """Makes the values of one day."""

    catalog: Catalog
    registry: Registry
    """The record of tags."""
    as_of: date
    names: Mapping[str, str]
    """What pages are called, by the ids of their images."""
    address: str
    """Address at which the catalog is edited; empty when that is not known."""

    def values(self, image: Image) -> ImageValues:
        """Return the values of an image."""
        repository = self.registry.repository(image.full_repository) or Repository()
        tags = tuple(self._tag(image, state) for state in tags_of(image, self.registry, self.as_of))
        digests = [self._row("", digest, facts) for digest, facts in repository.digests.items()]
        digests.sort(key=lambda row: (row.day or date.min, row.digest), reverse=True)
        good = newest_good_tag(image, self.registry, self.as_of)
        newest = next((row for row in tags if row.tag == good), None)
        digest = _digest_of(image, newest, tags, digests)
        environment = image.environment
        is_named = isinstance(environment, Environment)
        listed = image.listed
        line = f"#L{image.position.line}" if image.position.line else ""
        return ImageValues(
            id=image.id,
            name=self.names[image.id],
            page=f"{image.id}.md",
            reference=image.reference,
            references=tuple(
                replace(each, digest=None) for each in image.references if each.domain == image.registry
            ),
            elsewhere=tuple(
                replace(each, digest=None)
                for each in image.references
                if each.domain != image.registry and each.tag == image.tag
            ),
            accelerator=image.accelerator.name,
            contents=tuple(_contents(image)),
            facts=tuple(
                fact for fact in facts_of(self.catalog, image, Absence.UNKNOWN) if fact.key != "environment"
            ),
            status=image.status_on(self.as_of),
            since=listed.start if listed.start > date.min else None,
            until=listed.until if listed.until is not None and listed.until <= self.as_of else None,
            environment=environment.name if is_named else "",
            environment_until=environment.until
            if is_named and _is_past(environment.until, self.as_of)
            else None,
            issues=tuple(_issue(each) for each in image.known_issues if each.since <= self.as_of),
            support=next((row.support for row in tags if row.tag == image.tag), None),
            by_date=Pull(_reference(image, newest), newest) if newest and good not in image.tags else None,
            by_digest=Pull(_reference(image, digest, by_digest=True), digest) if digest else None,
            tags=tags,
            digests=tuple(digests),
            record=record_state(self.registry, self.as_of, {image.full_repository}),
            replacement=self._link(self.catalog.replacement(image)),
            lost_framework=self._lost_framework(image),
            replaces=tuple(self._replaced(image)),
            sources=tuple(
                (self._field(image, field), origin_of(source)) for field, source in image.sources.items()
            ),
            edit_address=f"{self.address}{line}" if self.address else "",
        )

    def _tag(self, image: Image, state: TagState) -> TagRow:
        row = self._row(state.tag, state.facts.digest or "", state.facts)
        issue = _issue(state.issue) if state.issue else None
        return TagRow(row.tag, row.digest, row.day, row.origin, row.platforms, issue, state.support)

    def _row(self, tag: str, digest: str, facts: TagFacts) -> TagRow:
        seen = _last(facts.seen, self.as_of)
        origin = origin_of(seen.source) if seen else None
        day = seen.day if seen else None
        return TagRow(tag, digest, day, origin, facts.platforms or (), None, None)

    def _field(self, image: Image, field: str) -> str:
        own = {column.name: column.title for column in self.catalog.own_columns}
        libraries = image.accelerator.of.libraries
        return own.get(field) or libraries.get(field.removeprefix("accelerator.")) or field

    def _lost_framework(self, image: Image) -> str:
        left = (each for each in self.catalog.images if each.status_on(self.as_of) is not Status.REMOVED)
        if image.framework.is_none or any(each.framework == image.framework for each in left):
            return ""
        return image.framework.name

    def _link(self, image: Image | None) -> ImageLink | None:
        if image is None or image.id not in self.names:
            return None
        return ImageLink(image.id, self.names[image.id], f"{image.id}.md")

    def _replaced(self, image: Image) -> Iterator[ImageLink]:
        for other in self._by_replacement.get(image.id, ()):
            if link := self._link(other):
                yield link

    @cached_property
    def _by_replacement(self) -> Mapping[str, list[Image]]:
        """Id of an image -> those that it replaces: found once, as a catalog may have thousands."""
        found: dict[str, list[Image]] = {}
        for image in self.catalog.images:
            if image.replacement is not None:
                found.setdefault(image.replacement, []).append(image)
        return found


def names_of(images: Iterable[Image]) -> Mapping[str, str]:
    """Return what the pages of images are called, by their ids: by the last part of the repository where no other has
    it, else by the id."""
    found: dict[str, list[Image]] = {}
    for image in images:
        found.setdefault(image.name, []).append(image)
    return {
        image.id: name if len(alike) == 1 else image.id for name, alike in found.items() for image in alike
    }


def _is_past(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _issue(issue: KnownIssue) -> Issue:
    return Issue(issue.tags, issue.text, issue.since, issue.fixed_in, origin_of(issue.source))


def _contents(image: Image) -> Iterator[str]:
    framework, version = image.framework, image.framework_version
    if framework.name and not framework.is_none:
        yield framework.name if isinstance(version, Absence) else f"{framework.name} {version}"
    if not isinstance(image.python, Absence):
        yield f"Python {image.python}"
    if not isinstance(image.os, Absence):
        yield str(image.os)


def _reference(image: Image, row: TagRow, *, by_digest: bool = False) -> Reference:
    return Reference(
        image.registry, image.repository, *((None, row.digest) if by_digest else (row.tag, None))
    )


def _digest_of(
    image: Image, newest: TagRow | None, tags: Iterable[TagRow], digests: Iterable[TagRow]
) -> TagRow | None:
    if image.digest:
        return TagRow(image.tag, image.digest, None, None, (), None, None)
    good = [row for row in tags if row.issue is None]
    documented = (row for row in good if row.tag in image.tags)
    candidates = (*([newest] if newest else []), *documented, *good, *digests)
    return next((row for row in candidates if row.digest), None)


def _last(sightings: Iterable[Sighting], as_of: date) -> Sighting | None:
    """Return the sighting of the last day, or one without a day where no other is known."""
    known = [each for each in sightings if each.day is None or each.day <= as_of]
    return max(known, key=lambda each: each.day or date.min, default=None)
