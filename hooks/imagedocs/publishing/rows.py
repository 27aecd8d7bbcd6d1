"""The list of images as templates see it: the rows of one day, with what the record of tags knows of each."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from imagedocs.catalog import (
    Absence,
    Catalog,
    Environment,
    Image,
    KnownIssue,
    Library,
    Status,
)
from imagedocs.evidence import TagSupport, newest_good_tag, support_on
from imagedocs.publishing.facts import Fact
from imagedocs.references import Reference
from imagedocs.registry import FROM_REGISTRY, Registry


@dataclass(frozen=True, slots=True)
class Seen:
    """A tag that is on record."""

    tag: str
    day: date | None
    """The last day on which it was seen; `None` when no day is on record."""
    by_registry: bool
    """The registry itself said so on that day."""


@dataclass(frozen=True, slots=True)
class Row:
    """One image, as it stood on the day of the list.

    What is not here is what the catalog says of the image: `row.python` is `row.image.python`, and `row.id`, which is
    the anchor of its block too, `row.image.id`.
    """

    image: Image
    title: str
    """The shortest name that no other image of the list has: `web`, `web:1.4`, `team/web:1.4`."""
    accelerator: str
    """Name of the hardware: `CPU`, `GPU`, `ROCm`; empty where the catalog does not ask."""
    is_gpu: bool
    """Whether the kind of the hardware is `gpu`, whatever the catalog calls it."""
    status: Status
    replacement: Reference | None
    replacement_id: str | None
    """Set where the replacement is in the list too."""
    shows_environment: bool
    environment: str | Absence
    libraries: tuple[Library, ...]
    """Those of the hardware first."""
    listed_since: date | None
    """`None` where the catalog does not say."""
    facts: tuple[Fact, ...]
    """What is known of it and not the same for all images."""
    marks: tuple[str, ...]
    """Classes of the answers that it fits: see `imagedocs.publishing.choices`."""
    issues: tuple[KnownIssue, ...]
    """Those that were known on the day."""
    newest: Seen | None
    """The newest dated tag on record that has no known issue; without dated tags, the tag to pull."""
    support: TagSupport | None
    """Of the tag to pull."""
    page: str
    """Path of the image's page, from any page of the site; empty where there is none."""

    def __getattr__(self, name: str) -> Any:
        if name == "image" or name.startswith("_"):  # a row that is not made yet has no image to ask
            raise AttributeError(name)
        return getattr(self.image, name)

    def __dir__(self) -> list[str]:
        """Return the names that a template may have meant."""
        return [*object.__dir__(self), *dir(self.image)]

    @property
    def is_deprecated(self) -> bool:
        return self.status is Status.DEPRECATED


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes the rows of one list."""

    catalog: Catalog
    registry: Registry | None
    """The record of tags."""
    as_of: date
    titles: Mapping[str, str]
    """By the ids of the images that are listed."""
    facts: Mapping[str, tuple[Fact, ...]]
    marks: Mapping[str, tuple[str, ...]]
    pages: Mapping[str, str]
    """Paths of pages, by the ids of their images."""

    def row(self, image: Image) -> Row:
        environment = image.environment_on(self.as_of)
        replacement = self.catalog.replacement(image)
        return Row(
            image=image,
            title=self.titles[image.id],
            accelerator=image.accelerator.name,
            is_gpu=image.accelerator.is_gpu,
            status=image.status_on(self.as_of),
            replacement=replacement.reference if replacement else None,
            replacement_id=replacement.id if replacement and replacement.id in self.titles else None,
            shows_environment=isinstance(environment, Environment),
            environment=environment.name if isinstance(environment, Environment) else environment,
            libraries=(*image.accelerator.libraries, *image.libraries),
            listed_since=image.listed.start if image.listed.start > date.min else None,
            facts=self.facts[image.id],
            marks=self.marks[image.id],
            issues=tuple(issue for issue in image.known_issues if issue.since <= self.as_of),
            newest=self._newest(image),
            support=support_on(image, image.tag, self.registry, self.as_of),
            page=self.pages.get(image.id, ""),
        )

    def _newest(self, image: Image) -> Seen | None:
        tag = newest_good_tag(image, self.registry, self.as_of) or image.tag
        repository = self.registry.repository(image.full_repository) if self.registry is not None else None
        facts = repository.tags.get(tag) if repository is not None else None
        if facts is None:
            return None
        sightings = [
            (sighting.day, sighting.source == FROM_REGISTRY)
            for sighting in facts.seen
            if sighting.day is not None and sighting.day <= self.as_of
        ]
        return Seen(tag, *max(sightings, default=(None, False)))


def titles_of(images: Sequence[Image]) -> dict[str, str]:
    """Return the shortest name for each image that no other one has, by the images' ids."""
    titles: dict[str, str] = {}
    waiting = list(images)
    for name in _NAMES:
        names = Counter(map(name, images))
        titles |= {image.id: name(image) for image in waiting if names[name(image)] == 1}
        waiting = [image for image in waiting if image.id not in titles]
    return titles | {image.id: str(image.reference) for image in waiting}


_NAMES: Final[tuple[Callable[[Image], str], ...]] = (
    lambda image: image.name,
    lambda image: f"{image.name}:{image.tag}",
    lambda image: f"{image.repository}:{image.tag}",
)
