"""What a live registry can be said to have answered: three verdicts about a tag, four about a list.

*Missing* needs the registry's own 404 with an error code; everything that is neither proved there nor
proved missing is *unknown*. A list proves presence, never absence.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """Whether a registry has a manifest."""

    EXISTS = "exists"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a registry said about one manifest."""

    verdict: Verdict
    reason: str = ""
    """Why it is missing or unknown; printable, without credentials."""
    digest: str = ""
    """`sha256:…` as the registry gave it, well-formed; empty when it gave none."""
    media_type: str = ""
    size: int = 0
    """Of the manifest itself, in bytes; 0 when the registry did not say."""
    warnings: tuple[str, ...] = ()
    """The texts of `Warning: 299`: to be shown, never acted on."""

    @property
    def outdated_format(self) -> bool:
        """Whether the manifest is of schema 1, which current clients refuse to pull."""
        return self.media_type.startswith("application/vnd.docker.distribution.manifest.v1+")


class Completeness(StrEnum):
    """How much of a repository a list shows."""

    WHOLE = "whole"
    PARTIAL = "partial"
    """Cut by a page that could not be followed, or with entries that are no tags."""
    MISSING = "missing"
    """The registry says that it has no such repository."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TagList:
    """What a registry said about the tags of one repository."""

    completeness: Completeness
    tags: Collection[str] = ()
    """Well-formed tags in the registry's order, some perhaps more than once."""
    reason: str = ""
    """Why the list is not whole; printable, without credentials."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A manifest or blob with its bytes, whose digest has been computed from them."""

    answer: Answer
    body: bytes = field(default=b"", repr=False)


ALL_EXIST, SOMETHING_MISSING, SOMETHING_UNKNOWN = 0, 1, 3


def exit_status(verdicts: Iterable[Verdict]) -> int:
    """0 when all exist, 1 when something is missing, 3 when nothing is missing but something is unknown."""
    seen = set(verdicts)
    if Verdict.MISSING in seen:
        return SOMETHING_MISSING
    return SOMETHING_UNKNOWN if Verdict.UNKNOWN in seen else ALL_EXIST
