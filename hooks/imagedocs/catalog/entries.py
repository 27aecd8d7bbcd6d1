"""Reading one entry of the catalog: from the values of its fields to an `Image`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from imagedocs.catalog import fields as f
from imagedocs.catalog.facts import (
    UNKNOWN_KIND,
    Absence,
    Accelerator,
    AcceleratorKind,
    Attribute,
    Column,
    Group,
    Library,
    Support,
)
from imagedocs.catalog.images import (
    NO_FRAMEWORK,
    Environment,
    Framework,
    Image,
    Listing,
    OperatingSystem,
    Package,
    Status,
)
from imagedocs.catalog.promises import read_tags
from imagedocs.catalog.registries import Registries
from imagedocs.findings import Findings
from imagedocs.problems import Position, Rule
from imagedocs.references import Reference, as_meant
from imagedocs.suggestions import did_you_mean, nearest, shown
from imagedocs.yaml.fields import unknown_key
from imagedocs.yaml.nodes import Mapping, Node
from imagedocs.yaml.records import Field, Values

T = TypeVar("T")

_NATIVE = ("cuda", "cudnn", "nccl")
"""Libraries that have a field of their own."""


_NO_FRAMEWORK = Framework(NO_FRAMEWORK, "", "", "")
"""Of an image in a catalog that does not ask for one."""


@dataclass(frozen=True, slots=True)
class EntryReader:
    """What the entries of a catalog have in common."""

    findings: Findings
    registries: Registries
    frameworks: dict[str, Framework]
    systems: dict[str, str]
    """Id → name of the operating systems."""
    groups: dict[str, Group]
    accelerators: tuple[AcceleratorKind, ...]
    support: Support | None = None
    """What holds for images that say nothing else."""
    has_columns: bool = False
    knows_columns: bool = True
    """False where something is wrong with the columns themselves: nothing is said then of what images have in them."""
    """Whether the catalog declares what every image must say."""
    own_columns: tuple[Column, ...] = ()
    """The columns that are no fields of this form."""

    def read(self, entry: Values) -> Image | None:
        """The image, when nothing is wrong with its fields."""
        framework, version = self._framework(entry)
        os = self._system(entry)
        accelerator = self._accelerator(entry)
        packages = self._packages(entry)
        libraries = tuple(self._libraries(entry))
        attributes = self._attributes(entry)
        registries = self._registries(entry)
        tags = self._tags(entry)
        if not entry.is_good or self.findings.full or not registries or tags is None:
            return None
        if framework is None or os is None or accelerator is None:
            return None
        first, *copies = (as_meant(Reference(host, entry[f.REPOSITORY_FIELD])) for host in registries)
        listed = entry.get(f.LISTED)
        environment = entry.get(f.ENVIRONMENT) or Absence.UNKNOWN
        return Image(
            id=entry[f.ID],
            registry=first.domain,
            repository=first.path,
            copies=tuple(copies),
            tags=tags,
            digest=entry.get(f.DIGEST_FIELD),
            framework=framework,
            framework_version=version,
            accelerator=accelerator,
            os=os,
            python=entry.get(f.PYTHON) or Absence.UNKNOWN,
            packages=packages,
            libraries=libraries,
            environment=environment
            if isinstance(environment, Absence)
            else Environment(environment[f.ENVIRONMENT_NAME], environment.get(f.ENVIRONMENT_UNTIL)),
            listed=Listing(listed[f.LISTED_FROM], listed.get(f.LISTED_UNTIL))
            if listed
            else Listing(date.min),
            status=Status(entry.get(f.STATUS) or Status.SUPPORTED),
            replacement=entry.get(f.REPLACEMENT),
            attributes=attributes,
            sources=entry.get(f.SOURCES) or {},
            position=self.findings.at(entry.mapping),
            positions=self._positions(entry),
            group=self.groups.get(entry.get(f.GROUP) or ""),
            known_issues=tuple(issue for issue, _ in entry.get(f.KNOWN_ISSUES) or ()),
            support=self._support(entry),
            platforms=tuple(platform for platform, _ in entry.get(f.PLATFORMS_FIELD) or ()),
        )

    def _registries(self, entry: Values) -> tuple[str, ...]:
        """Return the hosts of an image; none after saying what is wrong with them."""
        named = entry.get(f.REGISTRY_NAME)
        if named is None:
            return () if entry.mapping.get(f.REGISTRY_NAME.key) else self.registries.default
        hosts = tuple(self.registries.host(name, node, self.findings) for name, node in named)
        good = tuple(host for host in hosts if host is not None)
        return good if len(good) == len(hosts) else ()

    def _tags(self, entry: Values) -> tuple[str, ...] | None:
        if not entry.is_good:
            return None  # the tags may be what is wrong
        tag, tags = entry.get(f.TAG_FIELD), entry.get(f.TAGS_FIELD)
        return read_tags(tag, tags, entry.mapping, entry.node(f.TAGS_FIELD), self.findings)

    def _support(self, entry: Values) -> Support | None:
        read = entry.get(f.SUPPORT)
        if read is None:
            return self.support
        return None if isinstance(read, Absence) else read

    def _positions(self, entry: Values) -> dict[str, Position]:
        """Of all fields, those of mappings inside as `outer.inner`."""
        found: dict[str, Position] = {}
        for key, node in entry.mapping.entries:
            found[key.value] = self.findings.at(node)
            if isinstance(node, Mapping):
                found |= {
                    f"{key.value}.{inner.value}": self.findings.at(value) for inner, value in node.entries
                }
        return found

    def _framework(self, entry: Values) -> tuple[Framework | None, str | Absence]:
        read = entry.get(f.FRAMEWORK)
        if read is None:
            return (_NO_FRAMEWORK if self._may_lack(f.FRAMEWORK, entry) else None), Absence.NOT_APPLICABLE
        if isinstance(read, Absence):
            none = self.frameworks.get(NO_FRAMEWORK)
            if none is None:
                message = 'the table frameworks has no entry "none" for images without one'
                self.findings.add(entry.node(f.FRAMEWORK), Rule.UNKNOWN_NAME, message, "add it")
            return none, Absence.NOT_APPLICABLE
        name, version = read.get(f.FRAMEWORK_NAME), read.get(f.FRAMEWORK_VERSION)
        if name is None or version is None:
            return None, Absence.UNKNOWN
        if name == NO_FRAMEWORK:
            message = "an image without a framework has no version of it"
            self.findings.add(
                read.node(f.FRAMEWORK_NAME), Rule.CATALOG_CONTRADICTION, message, "write framework: none"
            )
            return None, version
        return self._named(name, self.frameworks, "framework", read.node(f.FRAMEWORK_NAME)), version

    def _system(self, entry: Values) -> OperatingSystem | Absence | None:
        read = entry.get(f.OS)
        if read is None and self._may_lack(f.OS, entry):
            return Absence.UNKNOWN
        if read is None or isinstance(read, Absence):
            return read
        name, version = read.get(f.OS_NAME), read.get(f.OS_VERSION)
        if name is None or version is None:
            return None
        title = self._named(name, self.systems, "operating system", read.node(f.OS_NAME))
        return None if title is None else OperatingSystem(name, title, version)

    def _may_lack(self, field: Field[object], entry: Values) -> bool:
        """Whether the entry need not have the field, and has none."""
        return self.has_columns and entry.mapping.get(field.key) is None

    def _attributes(self, entry: Values) -> dict[str, Attribute]:
        """What stands in the catalog's own columns: every entry must say something in each."""
        if entry.mapping.get(f.GROUP.key) is not None and entry.get(f.GROUP) not in self.groups:
            return {}  # what is missing may stand in the group that was meant
        read = entry.get(f.ATTRIBUTES) or {}
        own = tuple(column.name for column in self.own_columns)
        node = entry.mapping.get(f.ATTRIBUTES.key)
        misspelt: set[str | None] = set()
        """Columns that are there under names that are only like theirs."""
        if not self.knows_columns:
            return {}
        if isinstance(node, Mapping):
            misspelt = {nearest(key.value, own) for key, _ in node.entries if key.value not in own}
            for key, _ in node.entries:
                if key.value not in own and own:
                    unknown_key(key, own, self.findings)
                elif key.value not in own:
                    message = f"unknown key {shown(key.value)}: the catalog has no column of that name"
                    self.findings.add(
                        key, Rule.UNKNOWN_KEY, message, f"add columns: [{key.value}] to the catalog"
                    )
        if node is None or isinstance(node, Mapping):
            for name in own:
                if name in misspelt:
                    continue
                if node is None or node.get(name) is None:
                    message = f"the column {shown(name)} is missing"
                    hint = "write it below attributes; unknown, none and not-applicable are answers too"
                    self.findings.add(node or entry.mapping, Rule.MISSING_FIELD, message, hint)
        return {name: read[name] for name in own if name in read}

    def _named(self, name: str, table: dict[str, T], what: str, node: Node) -> T | None:
        if name not in table:
            known = ", ".join(table)
            hint = did_you_mean(name, table) or (f"expected one of: {known}" if known else "")
            self.findings.add(node, Rule.UNKNOWN_NAME, f"there is no {what} {shown(name)}", hint)
        return table.get(name)

    def _accelerator(self, entry: Values) -> Accelerator | None:
        read = entry.get(f.ACCELERATOR)
        return Accelerator(UNKNOWN_KIND) if read is None and self._may_lack(f.ACCELERATOR, entry) else read

    def _packages(self, entry: Values) -> tuple[Package, ...] | Absence:
        read = entry.get(f.PACKAGES)
        if read is None or isinstance(read, Absence):
            return read or Absence.UNKNOWN
        if not read and entry.is_good:
            message = "the list of packages is empty"
            self.findings.add(
                entry.node(f.PACKAGES), Rule.WRONG_TYPE, message, "write none, unknown or not-applicable"
            )
        first: dict[str, Node] = {}
        for package, node in read:
            if package.name in _NATIVE:
                message = f"{package.name} is a native library, not a Python package"
                self.findings.add(node, Rule.CATALOG_CONTRADICTION, message, "write it in accelerator")
            elif package.name in first:
                message = f"{package.name} stands twice; first on line {first[package.name].line}"
                self.findings.add(node, Rule.DUPLICATE_PACKAGE, message, "remove one of them")
            else:
                first[package.name] = node
        return tuple(package for package, _ in read)

    def _libraries(self, entry: Values) -> Iterator[Library]:
        for name, version in (entry.get(f.LIBRARIES) or {}).items():
            if name.lower() in _NATIVE:
                message = f"{name} belongs to the accelerator"
                self.findings.add(
                    entry.node(f.LIBRARIES), Rule.CATALOG_CONTRADICTION, message, "write it in accelerator"
                )
            yield Library(name, version)
