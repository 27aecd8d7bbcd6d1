"""`docfx.json` (or `docfx.yml`): what a documentation set says of its pages, and the files that say more."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from imagedocs.docfx.content_rules import ContentRules, read_content_rules
from imagedocs.docfx.custom_rules import CustomRule, read_custom_rule
from imagedocs.docfx.files import read_tree
from imagedocs.docfx.metadata import Metadata, metadata_of
from imagedocs.docfx.monikers import Monikers, WrongRange, read_monikers
from imagedocs.docfx.patterns import Pattern, read_pattern
from imagedocs.docfx.values import Value, value_of
from imagedocs.findings import Findings
from imagedocs.markdown.sources import Source, Sources
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import root_fields

NAMES = ("docfx.json", "docfx.yml")

NOTHING = Value({}, Position(""))


@dataclass(frozen=True)
class Config:
    """What one `docfx.json` says."""

    path: str = ""
    metadata: Metadata = field(default_factory=lambda: Metadata("", {}))
    """What pages show of it."""
    everywhere: Value = NOTHING
    """The metadata of all pages: a mapping."""
    by_pattern: tuple[tuple[Pattern, str, Value], ...] = ()
    """Pattern, name, value."""
    schemas: tuple[Value, ...] = ()
    """That the metadata of each page must keep to."""
    rules: Mapping[str, CustomRule] = field(default_factory=dict[str, CustomRule])
    monikers: Monikers = field(default_factory=Monikers)
    content_rules: ContentRules = field(default_factory=ContentRules)
    known_hosts: tuple[str, ...] = ()
    """Of the lists that rules may use (`allowlists`)."""
    moniker_ranges: tuple[tuple[Pattern, frozenset[str]], ...] = ()
    """Pattern and versions; of those that match, the last one counts."""
    settings: Value = NOTHING
    """All of it: a mapping."""

    @property
    def folder(self) -> str:
        """With a slash at the end."""
        return self.metadata.folder

    def place(self, path: str) -> str:
        """The project's file `path`, counted from the folder."""
        return self.metadata.place(path)

    def versions_in(self, path: str, text: str) -> frozenset[str] | None:
        """See `PageOptions.versions`."""
        versions = self.versions(path)
        try:
            return self.monikers.of_range(text) & versions if versions else None
        except WrongRange:
            return None

    def view(self, path: str) -> str:
        """See `PageOptions.view`."""
        view = self.settings.text("view")
        return view if view in self.versions(path) else ""

    def versions(self, path: str) -> frozenset[str]:
        """What the project's file `path` is for; empty without versions."""
        place = self.place(path)
        matching = (found for pattern, found in reversed(self.moniker_ranges) if pattern.matches(place))
        return next(matching, frozenset[str]())


def find_config(sources: Sources, chain: Iterable[str]) -> Source | None:
    """The `docfx.json` of the first locale of `chain` that has one, or that of the project."""
    folders = (*(f"docs/{tag}/" for tag in chain), "")
    candidates = (folder + name for folder in folders for name in NAMES)
    return next((source for path in candidates if (source := sources.read(path))), None)


def read_config(source: Source, sources: Sources) -> tuple[Config, tuple[Problem, ...]]:
    """What `docfx.json` and the files that it names say, and what is wrong with them."""
    folder = posixpath.dirname(source.path)
    folder = f"{folder}/" if folder else ""
    nothing = Config(source.path, Metadata(folder, {}))
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
    metadata = metadata_of(build, folder, findings) if build else Metadata(folder, {})
    settings = value_of(build.mapping, source.path) if build else NOTHING
    reader = _Reader(folder, sources)
    definition = reader.read(settings.fields.get("monikerDefinition"))
    monikers = read_monikers(definition) if definition else Monikers()
    rules = settings.fields.get("rules")
    overrides = {
        code: (read_custom_rule(each), each) for code, each in (rules.fields.items() if rules else ())
    }
    view = settings.fields.get("view")
    if view is not None and monikers and str(view.data) not in monikers.order:
        message = f"there is no version {shown(str(view.data))}"
        findings.add(view.position, Rule.UNKNOWN_NAME, message, did_you_mean(str(view.data), monikers.order))
    lists = reader.read(settings.fields.get("allowlists"))
    config = Config(
        source.path,
        metadata,
        settings.fields.get("globalMetadata", NOTHING),
        tuple(
            (pattern, name, Value(value.data, value.position, values.key))
            for name, values in settings.fields.get("fileMetadata", NOTHING).fields.items()
            for written, value in values.fields.items()
            if (pattern := read_pattern(written))
        ),
        tuple(
            schema for named in _each(settings.fields.get("metadataSchema")) if (schema := reader.read(named))
        ),
        {code: rule for code, (rule, _) in overrides.items()},
        monikers,
        read_content_rules(reader.read(settings.fields.get("markdownValidationRules")), overrides),
        lists.fields["microsoft.domain"].texts("nestedTaxonomy")
        if lists and "microsoft.domain" in lists.fields
        else (),
        tuple(_ranges(settings.fields.get("monikerRange"), monikers, findings)) if monikers else (),
        settings,
    )
    return config, (*problems, *findings.sorted(), *reader.problems)


def _each(value: Value | None) -> tuple[Value, ...]:
    return (value.items or (value,)) if value is not None else ()


@dataclass
class _Reader:
    """Reads the files that `docfx.json` names."""

    folder: str
    sources: Sources
    problems: list[Problem] = field(default_factory=list[Problem])

    def read(self, named: Value | None) -> Value | None:
        """`None` for what is not named or cannot be read. A file on the web is not asked for."""
        if named is None or not isinstance(named.data, str) or "://" in named.data:
            return None
        path = posixpath.normpath(self.folder + named.data)
        source = None if path.startswith("../") else self.sources.read(path)
        if source is None:
            message = f"there is no file {shown(path)}"
            self.problems.append(Problem(named.position, Rule.BROKEN_LINK, message))
            return None
        node, problems = read_tree(source)
        self.problems += problems
        return value_of(node, path) if node is not None else None


def _ranges(
    value: Value | None, monikers: Monikers, findings: Findings
) -> "list[tuple[Pattern, frozenset[str]]]":
    found: list[tuple[Pattern, frozenset[str]]] = []
    for written, text in value.fields.items() if value else ():
        pattern = read_pattern(written)
        try:
            versions = monikers.of_range(str(text.data))
        except WrongRange as error:
            message = f"{shown(str(text.data))} is no range of versions: {error}"
            findings.add(text.position, Rule.INVALID_MONIKER_RANGE, message)
            continue
        if pattern:
            found.append((pattern, versions))
    return found
