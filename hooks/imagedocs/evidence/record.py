"""How old the record of tags is, and whether the registry itself was asked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from imagedocs.registry import FROM_REGISTRY, Registry, Repository


@dataclass(frozen=True, slots=True)
class RecordState:
    """State of the record of some repositories, as it was known on a day."""

    newest: date | None = None
    """The last day on which any of their tags or digests was seen; `None` when no entry has a day."""
    asked: date | None = None
    """The last day on which the registry itself is known to have been asked."""
    repositories: int = 0
    """How many of them have something on record."""
    tags: int = 0
    """How many tags they have on record."""
    was_asked: bool = False
    """Whether anything on record is the registry's own answer, on whatever day."""

    @property
    def is_from_files(self) -> bool:
        """Whether all that is on record was seen in files, and nothing was asked of the registry."""
        return self.repositories > 0 and not self.was_asked

    def age(self, as_of: date) -> int | None:
        """Days from `newest` to `as_of`; `None` when nothing on record has a day."""
        return None if self.newest is None else (as_of - self.newest).days


def record_state(registry: Registry | None, as_of: date, names: Collection[str] | None = None) -> RecordState:
    """Return the state of the record, of all repositories or of those in `names` (full names).

    What was seen after `as_of` doesn't count.
    """
    seen: list[date] = []
    asked: list[date] = []
    repositories = tags = 0
    was_asked = False
    if registry is None:
        return RecordState()
    for name in registry.repositories() if names is None else names:
        repository = registry.repository(name)
        if repository is None or not repository.exists:
            continue
        repositories += 1
        tags += len(repository.tags)
        for day, is_answer in _observations(repository):
            if day is not None and day <= as_of:
                seen.append(day)
                if is_answer:
                    asked.append(day)
            was_asked = was_asked or (is_answer and (day is None or day <= as_of))
    return RecordState(max(seen, default=None), max(asked, default=None), repositories, tags, was_asked)


def _observations(repository: Repository) -> Iterator[tuple[date | None, bool]]:
    """Yield the day of each observation, where it has one, and whether it is an answer of the registry."""
    for facts in (*repository.tags.values(), *repository.digests.values()):
        for sighting in facts.seen:
            yield sighting.day, sighting.source == FROM_REGISTRY
    for gone in repository.gone.values():
        if gone.since is not None and not gone.evidence:
            yield gone.since, True
