"""An entry: what a list says of one image, and where it says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from imagedocs.catalog.facts import Absence
from imagedocs.importing.names import NameFacts, facts_of
from imagedocs.problems import Position
from imagedocs.references import Reference

BY_NAME = "the name of the image"
"""The source of what only the name says."""
BY_TAG = "the name of the tag"
BY_CUDA = "the CUDA that the row names"


def facts_of_reference(reference: Reference) -> tuple[NameFacts, dict[str, str]]:
    """What the image's name says, and where it says nothing its tag; and for each fact which of them."""
    name, tag = facts_of(reference.path.rpartition("/")[2]), facts_of(reference.tag or "")
    facts: dict[str, str] = {}
    sources: dict[str, str] = {}
    for key in ("kind", "cuda", "system", "system_version", "python"):
        by_name, by_tag = getattr(name, key), getattr(tag, key)
        facts[key] = by_name or by_tag
        sources[key] = BY_NAME if by_name else BY_TAG
    return replace(name, **facts), sources


@dataclass(frozen=True, slots=True)
class Said:
    """What a list says in one place, for comparing lists."""

    values: tuple[str, ...]
    """Without differences of spacing; one for each package."""
    position: Position


@dataclass(frozen=True, slots=True)
class Entry:
    reference: Reference
    position: Position
    """Of the image's name."""
    more_tags: tuple[str, ...] = ()
    """Tags of the same image besides that of `reference`."""
    framework: str = ""
    """As the list writes it; empty for none."""
    framework_version: str = ""
    framework_is_heading: bool = False
    """It is the heading above the table, not a cell."""
    kind: str = "cpu"
    """`cpu`, `gpu`, or a key of `names.ACCELERATORS`."""
    libraries: Mapping[str, str] = field(default_factory=dict[str, str])
    """Native libraries by their lower-case names: `cuda`, `cudnn`."""
    system: tuple[str, str] = ("", "")
    """The operating system's name, as repositories have it, and its version."""
    python: str = ""
    packages: tuple[str, ...] | Absence = Absence.UNKNOWN
    left_out: tuple[str, ...] = ()
    """What stands among the packages and is no requirement."""
    environment: str | Absence = Absence.UNKNOWN
    attributes: Mapping[str, tuple[str, ...] | Absence] = field(
        default_factory=dict[str, "tuple[str, ...] | Absence"]
    )
    """Header of a column that is the list's own → what it says of the image."""
    day: date | None = None
    """The first day on which a list is known to have had it."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """Field of the catalog → where the fact is from, when not from the row itself."""
    said: Mapping[str, Said] = field(default_factory=dict[str, Said])
    contradictions: tuple[str, ...] = ()
    """Why the entry cannot be what it says it is; such an entry is left out."""

    @property
    def repository(self) -> str:
        return self.reference.name

    @property
    def name(self) -> str:
        """The last part of the repository."""
        return self.reference.path.rpartition("/")[2]

    @property
    def name_facts(self) -> NameFacts:
        """What the names of the image and its tag say."""
        return facts_of_reference(self.reference)[0]
