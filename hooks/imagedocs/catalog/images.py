"""What the catalog says: images and the lists they stood in, as values that do not change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from imagedocs.catalog.facts import (
    Absence,
    Accelerator,
    AcceleratorKind,
    Attribute,
    Column,
    Group,
    KnownIssue,
    Library,
    RegistryHost,
    Support,
)
from imagedocs.problems import Position
from imagedocs.references import Reference


class Status(StrEnum):
    SUPPORTED = "supported"
    DEPRECATED = "deprecated"
    """Still listed, but not for new work."""
    REMOVED = "removed"
    """No longer listed, and not supported."""


MAX_AGE = 90
"""Days after which a record of tags is old, where the catalog sets no other number."""

NO_FRAMEWORK = "none"
"""The id, in the table of frameworks, of images that have none."""


@dataclass(frozen=True, slots=True)
class Framework:
    id: str
    name: str
    """As its makers write it: never translated."""
    token: str
    """How it is called at the beginning of a repository's name."""
    anchor: str
    """The anchor of its heading in every locale."""

    @property
    def is_none(self) -> bool:
        return self.id == NO_FRAMEWORK


@dataclass(frozen=True, slots=True)
class OperatingSystem:
    id: str
    """How it is called in a repository's name: `ubuntu`."""
    name: str
    version: str | Absence

    def __str__(self) -> str:
        return self.name if isinstance(self.version, Absence) else f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Package:
    """A Python package that the image comes with."""

    name: str
    """Normalized: `scikit-learn`."""
    requirement: str
    """As the catalog writes it (PEP 508): `scikit-learn==0.24.1`."""

    def __str__(self) -> str:
        return self.requirement


@dataclass(frozen=True, slots=True)
class Environment:
    """The curated environment of an image."""

    name: str
    until: date | None = None
    """The first day on which the list no longer showed it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """When an image stood in the list."""

    start: date
    until: date | None = None
    """The first day on which it was no longer listed. Equal to `start`: it stood only in a draft of that day."""

    def covers(self, day: date) -> bool:
        """Whether it was listed at the end of `day`."""
        return self.start <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Image:
    id: str
    registry: str
    """Host of the registry, or of the first of several."""
    repository: str
    """Within the registry."""
    tags: tuple[str, ...]
    """The documented ones, the most important first; at least one."""
    digest: str | None
    """Of all its tags."""
    framework: Framework
    framework_version: str | Absence
    accelerator: Accelerator
    os: OperatingSystem | Absence
    python: str | Absence
    packages: tuple[Package, ...] | Absence
    libraries: tuple[Library, ...]
    """Native libraries other than the accelerator's."""
    environment: Environment | Absence
    listed: Listing
    status: Status
    """As of now; `status_on` for other days."""
    replacement: str | None
    """The id of the image to use instead."""
    attributes: Mapping[str, Attribute]
    """What it says in the catalog's own columns."""
    sources: Mapping[str, str]
    """Field (`packages`, `accelerator.cudnn`) → source of a fact that is not plain from the list."""
    position: Position
    positions: Mapping[str, Position] = field(default_factory=dict[str, Position])
    """Field → where its value stands, for the fields that are there."""
    group: Group | None = None
    known_issues: tuple[KnownIssue, ...] = ()
    support: Support | None = None
    """What the image, its group or else the catalog promises; `None` when none of them says anything."""
    copies: tuple[Reference, ...] = ()
    """Its repositories in other registries, which have the same image under the same tags."""
    platforms: tuple[str, ...] = ()
    """Those that each of its tags can be pulled for; empty where the catalog does not say."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts of all registries that have it."""
        return (self.registry, *(copy.domain for copy in self.copies))

    @property
    def tag(self) -> str:
        """The first of its documented tags."""
        return self.tags[0]

    @property
    def reference(self) -> Reference:
        """With the first tag."""
        return Reference(self.registry, self.repository, self.tag, self.digest)

    @property
    def references(self) -> tuple[Reference, ...]:
        """One for each documented tag in each registry, those of the first registry first."""
        repositories = (Reference(self.registry, self.repository), *self.copies)
        return tuple(replace(each, tag=tag, digest=self.digest) for each in repositories for tag in self.tags)

    def known_issue(self, tag: str, as_of: date | None = None) -> KnownIssue | None:
        """The first known issue of a tag; with `as_of`, only one that was known by that day."""
        return next(
            (
                issue
                for issue in self.known_issues
                if tag in issue.tags and (as_of is None or issue.since <= as_of)
            ),
            None,
        )

    @property
    def full_repository(self) -> str:
        """With the registry: the name that the registry manifest knows it by."""
        return f"{self.registry}/{self.repository}"

    @property
    def repositories(self) -> tuple[str, ...]:
        """Full names of its repositories in all registries that have it."""
        return (self.full_repository, *(copy.name for copy in self.copies))

    @property
    def name(self) -> str:
        """The last part of the repository."""
        return self.repository.rpartition("/")[2]

    def at(self, field_name: str) -> Position:
        """Where a field's value stands; the entry's place when the field is not there."""
        return self.positions.get(field_name, self.position)

    def listed_on(self, day: date) -> bool:
        return self.listed.covers(day)

    def status_on(self, day: date) -> Status:
        """An image that is removed now was supported while it was listed."""
        removed = self.listed.until is not None and day >= self.listed.until
        if self.status is Status.REMOVED:
            return Status.REMOVED if removed else Status.SUPPORTED
        return self.status

    def environment_on(self, day: date) -> Environment | Absence:
        """The curated environment as the list of that day showed it."""
        environment = self.environment
        if (
            isinstance(environment, Environment)
            and environment.until is not None
            and day >= environment.until
        ):
            return Absence.UNKNOWN
        return environment


@dataclass(frozen=True, slots=True)
class Catalog:
    """All images that were ever listed, in the order of the list: by framework, then as the file has them."""

    version: int
    registry: str
    """The host of images that name no other registry."""
    frameworks: tuple[Framework, ...]
    """In the order of the list's headings."""
    images: tuple[Image, ...]
    portal: tuple[str, ...] = ()
    """What the path begins with of the registry's own pages about repositories; see `imagedocs.references.mentions`."""
    columns: tuple[str, ...] | None = None
    """What every image says of itself; `None` for the fields that a catalog without such a declaration has."""
    own_columns: tuple[Column, ...] = ()
    """Those of `columns` that are no fields of this form, with their types."""
    registries: tuple[RegistryHost, ...] = ()
    """Those of which something besides the host is known, and those that images refer to by a name."""
    more_registries: tuple[str, ...] = ()
    """Hosts of the other registries that have all images which name none."""
    places: Mapping[str, Position] = field(default_factory=dict[str, Position])
    """Host of a registry → where it is first named."""
    accelerators: tuple[AcceleratorKind, ...] = ()
    """The kinds that images have, in the order of the table; `cpu` and `gpu` first where it does not name them."""
    groups: tuple[Group, ...] = ()
    support: Support | None = None
    """What is promised for images that promise nothing else."""
    max_age: int = MAX_AGE

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts of all registries, also those by which only others name them."""
        return frozenset({*self.places, *self._hosts_by_alias})

    @property
    def registry_hosts(self) -> tuple[str, ...]:
        """The hosts of all registries that are asked, in the order of the file."""
        return tuple(self.places)

    @property
    def _hosts_by_alias(self) -> Mapping[str, str]:
        return {alias: each.host for each in self.registries for alias in each.aliases}

    def meant(self, reference: Reference) -> Reference:
        """Return the reference by the host that is asked for it."""
        host = self._hosts_by_alias.get(reference.domain)
        return replace(reference, domain=host) if host else reference

    def listed_on(self, day: date) -> tuple[Image, ...]:
        return tuple(image for image in self.images if image.listed_on(day))

    def by_framework(self, day: date) -> tuple[tuple[Framework, tuple[Image, ...]], ...]:
        """The list as it stood: each framework that has images, with its images."""
        listed = self.listed_on(day)
        groups = (
            (one, tuple(image for image in listed if image.framework == one)) for one in self.frameworks
        )
        return tuple((framework, images) for framework, images in groups if images)

    def image(self, image_id: str) -> Image | None:
        return next((image for image in self.images if image.id == image_id), None)

    def of_repository(self, full_repository: str) -> tuple[Image, ...]:
        """The images of a repository named with its registry."""
        return tuple(image for image in self.images if full_repository in image.repositories)

    def replacement(self, image: Image) -> Image | None:
        return self.image(image.replacement) if image.replacement else None
