"""Lists compared with one another: of several locales, or of several days."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
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

    def by_name(self, with_tags: Container[str]) -> Mapping[str, Entry]:
        """The first entry of each name, without those in the wrong row.

        A name is the repository, of which most lists have one image; `with_tags` are those of which one has several.
        """
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if not entry.contradictions:
                name = str(entry.reference) if entry.repository in with_tags else entry.repository
                found.setdefault(name, entry)
        return found

    def repeated(self) -> set[str]:
        """The repositories that several of its images are in."""
        images = {(entry.repository, str(entry.reference)) for entry in self.entries}
        counts = Counter(repository for repository, _ in images)
        return {repository for repository, count in counts.items() if count > 1}


def compare(lists: Iterable[ReadList]) -> Iterator[Problem]:
    """A problem for each value in which a list differs from most, and for each image that it lacks."""
    read = [one for one in lists if one.entries]
    with_tags = {name for one in read for name in one.repeated()}
    found = [(one.path, one.by_name(with_tags)) for one in read]
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
