"""`docfx.json` (or `docfx.yml`): the metadata that a documentation set gives its pages, and the versions that these are
for."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from imagedocs.docfx.files import read_tree
from imagedocs.docfx.metadata import Metadata, metadata_of
from imagedocs.docfx.monikers import Monikers, WrongRange, read_monikers
from imagedocs.docfx.patterns import Pattern, read_pattern
from imagedocs.findings import Findings
from imagedocs.markdown.sources import Source, Sources
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import root_fields
from imagedocs.yaml.nodes import Mapping, Node, Scalar

NAMES = ("docfx.json", "docfx.yml")


@dataclass(frozen=True)
class Config:
    """The settings of one `docfx.json`."""

    metadata: Metadata = field(default_factory=lambda: Metadata("", {}))
    """The metadata that pages show."""
    monikers: Monikers = field(default_factory=Monikers)
    moniker_ranges: tuple[tuple[Pattern, frozenset[str]], ...] = ()
    """Pattern and versions; of those that match, the last one counts."""

    def versions_in(self, path: str, text: str) -> frozenset[str] | None:
        """See `PageOptions.versions`."""
        versions = self._versions(path)
        try:
            return self.monikers.of_range(text) & versions if versions else None
        except WrongRange:
            return None

    def described_versions(self) -> tuple[object, ...]:
        """Return all that `versions_in` depends on, as values that JSON has; see `of_versions`."""
        ranges = [(pattern.alternatives, sorted(versions)) for pattern, versions in self.moniker_ranges]
        products = sorted((name, list(versions)) for name, versions in self.monikers.by_product.items())
        return self.metadata.folder, products, sorted(self.monikers.places.items()), ranges

    @classmethod
    def of_versions(cls, described: Sequence[Any]) -> "Config":
        """Return settings with the same `versions_in` as those that `described_versions` has described."""
        folder, products, places, ranges = described
        monikers = Monikers(dict(products), {name: (product, number) for name, (product, number) in places})
        patterns = ((Pattern(tuple(map(tuple, names))), frozenset(versions)) for names, versions in ranges)
        return cls(Metadata(folder, {}), monikers, tuple(patterns))

    def _versions(self, path: str) -> frozenset[str]:
        """Return the versions that the project's file `path` is for; empty without versions."""
        place = self.metadata.place(path)
        matching = (found for pattern, found in reversed(self.moniker_ranges) if pattern.matches(place))
        return next(matching, frozenset[str]())


def find_config(sources: Sources, chain: Iterable[str]) -> Source | None:
    """Return the `docfx.json` of the first locale of `chain` that has one, or that of the project."""
    folders = (*(f"docs/{tag}/" for tag in chain), "")
    candidates = (folder + name for folder in folders for name in NAMES)
    return next((source for path in candidates if (source := sources.read(path))), None)


def read_config(source: Source, sources: Sources) -> tuple[Config, tuple[Problem, ...]]:
    """Return the settings of `docfx.json` and of the file of versions that it names, and what is wrong with them."""
    folder = posixpath.dirname(source.path)
    folder = f"{folder}/" if folder else ""
    nothing = Config(Metadata(folder, {}))
    if not source.text.strip() and not source.problems:
        return nothing, ()
    root, problems = read_tree(source)
    findings = Findings(source.path)
    fields = root_fields(root, findings)
    if fields is None:
        return nothing, (*problems, *findings.sorted())
    build = fields.mapping_of("build")
    if build is None and fields.node("build") is None:
        build = fields
    if build is None:
        return nothing, (*problems, *findings.sorted())
    metadata = metadata_of(build, folder, findings)
    monikers, wrong = _definition(build.node("monikerDefinition"), folder, findings, sources)
    ranges = tuple(_ranges(build.node("monikerRange"), monikers, findings)) if monikers else ()
    return Config(metadata, monikers, ranges), (*problems, *findings.sorted(), *wrong)


def _definition(
    named: Node | None, folder: str, findings: Findings, sources: Sources
) -> tuple[Monikers, tuple[Problem, ...]]:
    """Read the file of versions that `docfx.json` in `folder` names. A file on the web is not asked for."""
    if not isinstance(named, Scalar) or named.reads_as != "text" or "://" in named.value:
        return Monikers(), ()
    path = posixpath.normpath(folder + named.value)
    source = None if path.startswith("../") else sources.read(path)
    if source is None:
        findings.add(named, Rule.BROKEN_LINK, f"there is no file {shown(path)}")
        return Monikers(), ()
    root, problems = read_tree(source)
    return read_monikers(root), problems


def _ranges(
    node: Node | None, monikers: Monikers, findings: Findings
) -> Iterator[tuple[Pattern, frozenset[str]]]:
    for written, value in node.entries if isinstance(node, Mapping) else ():
        pattern = read_pattern(written.value)
        text = value.value if isinstance(value, Scalar) else ""
        try:
            versions = monikers.of_range(text)
        except WrongRange as error:
            message = f"{shown(text)} is no range of versions: {error}"
            findings.add(value, Rule.INVALID_MONIKER_RANGE, message)
            continue
        if pattern:
            yield pattern, versions
