"""Lists compared with one another: of several locales, or of several days."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from imagedocs.importing.entries import Entry, Said
from imagedocs.importing.vocabulary import Column
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown

_FIELDS = {
    Column.FRAMEWORK: "framework",
    Column.VERSION: "framework version",
    Column.ACCELERATOR: "accelerator",
    Column.PACKAGES: "packages",
    Column.IMAGE: "tag",
    Column.ENVIRONMENT: "environment",
    Column.PYTHON: "Python",
    Column.SYSTEM: "operating system",
    Column.CUDA: "CUDA",
}


@dataclass(frozen=True, slots=True)
class ReadList:
    """What was read from one file."""

    path: str
    entries: tuple[Entry, ...]

    def by_repository(self) -> Mapping[str, Entry]:
        """The first entry of each repository that is not in the wrong row."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if not entry.contradictions:
                found.setdefault(entry.repository, entry)
        return found


def compare(lists: Iterable[ReadList]) -> Iterator[Problem]:
    """A problem for each value in which a list differs from most, and for each image that it lacks."""
    found = [(one.path, one.by_repository()) for one in lists if one.entries]
    repositories = dict.fromkeys(name for _, entries in found for name in entries)
    for repository in repositories:
        having = [(path, entries[repository]) for path, entries in found if repository in entries]
        for path, entries in found:
            if repository not in entries:
                other = having[0][1].position
                message = f"the list has no row for {repository}; {other.path}:{other.line} has"
                yield Problem(Position(path), Rule.IMPORT_DIFFERENCE, message)
        for field, name in _FIELDS.items():
            yield from _differences(repository, name, [e.said[field] for _, e in having if field in e.said])


def _differences(repository: str, name: str, said: list[Said]) -> Iterator[Problem]:
    counts = Counter(one.values for one in said)
    if len(counts) < 2:
        return
    usual = max(counts, key=counts.__getitem__)  # of equals the first, which stands in the first file
    model = next(one for one in said if one.values == usual)
    others = counts[usual] - 1
    also = f" and {others} other {'list' if others == 1 else 'lists'}" if others else ""
    place = f"{model.position.path}:{model.position.line}{also}"
    for one in said:
        if one.values != usual:
            here = [value for value in one.values if value not in usual]
            there = [value for value in usual if value not in one.values]
            message = f"{name} of {repository}: {_shown(here)} here, {_shown(there)} in {place}"
            yield Problem(one.position, Rule.IMPORT_DIFFERENCE, message)


def _shown(values: list[str]) -> str:
    return ", ".join(shown(value) for value in values if value) or "nothing"
