"""What a registry has. `manifest` reads the recorded answers, `oci` asks a live registry.

"It does not have it" is an answer; "it did not answer" is an error. A build and a check read recorded answers
only; what a live registry says is recorded first (`imagedocs snapshot`), so that both see the same.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

FROM_REGISTRY: Final = "registry"
"""The source of what the registry itself has answered."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where somebody saw that a tag or digest exists."""

    source: str
    """A file at a commit (`owner/name@bc436191b6:path`), a list, or `registry`: its own answer."""
    day: date | None = None
    """`None` when only the place is known."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform of an image."""

    name: str
    """`linux/amd64`, `linux/arm64/v8`."""
    digest: str | None = None
    bytes: int | None = None
    """Compressed layers and configuration together: what a pull transfers."""
    os_version: str = ""
    """`10.0.20348.2700`: what tells entries for one platform apart."""

    @property
    def label(self) -> str:
        """The platform as readers see it: `windows/amd64 10.0.20348.2700`."""
        return f"{self.name} {self.os_version}".rstrip()


def has_platform(names: Iterable[str], wanted: str) -> bool:
    """Return whether an image for these platforms runs on `wanted`: one without a variant means any of them, and
    `linux/arm64` is `linux/arm64/v8`."""
    usual = wanted.replace("/arm64/v8", "/arm64")
    return any(usual == name.replace("/arm64/v8", "/arm64") or name.startswith(f"{usual}/") for name in names)


@dataclass(frozen=True, slots=True)
class TagFacts:
    """What is known of a tag or digest that exists. Each fact may be unknown: `None`."""

    digest: str | None = None
    media_type: str | None = None
    size: int | None = None
    """Of the manifest itself, in bytes."""
    created: str | None = None
    """RFC 3339, as the registry wrote it."""
    end_of_life: date | None = None
    platforms: tuple[Platform, ...] | None = None
    seen: tuple[Sighting, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A tag or digest that is known not to be there."""

    since: date | None = None
    """The day on which it was found missing; `None`: it was never there."""
    evidence: str = ""
    digest: str | None = None
    """What it was, when it was there."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with all that is known of it."""

    tags: Mapping[str, TagFacts] = field(default_factory=dict[str, TagFacts])
    digests: Mapping[str, TagFacts] = field(default_factory=dict[str, TagFacts])
    """Manifests that were seen by digest alone: which tag they had is not known."""
    gone: Mapping[str, Gone] = field(default_factory=dict[str, Gone])
    """By tag, or by digest."""

    @property
    def exists(self) -> bool:
        """Something of it was seen. A repository of which all is gone may be there, empty: it does not count."""
        return bool(self.tags or self.digests)

    def has_digest(self, digest: str) -> bool:
        """Whether the digest is one of its manifests, of a tag's or of a platform's."""
        return digest in self.digests or any(
            digest == facts.digest or any(digest == platform.digest for platform in facts.platforms or ())
            for facts in (*self.tags.values(), *self.digests.values())
        )


class Registry(Protocol):
    """What is known of the repositories of one or more registries, by full name (`registry.example/team/x`)."""

    def repositories(self) -> Collection[str]:
        """The full names of the repositories that exist, sorted."""
        ...

    def repository(self, name: str) -> Repository | None:
        """What is known of a repository; `None` when nothing is, not even that it is gone."""
        ...
