"""Reading one entry of the catalog: from the values of its fields to an `Image`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from imagedocs.catalog import fields as f
from imagedocs.catalog.images import (
    NO_FRAMEWORK,
    Absence,
    Accelerator,
    Environment,
    Framework,
    Image,
    Library,
    Listing,
    OperatingSystem,
    Package,
    Status,
)
from imagedocs.catalog.kinds import Values
from imagedocs.findings import Findings
from imagedocs.problems import Position, Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml_nodes import Mapping, Node

T = TypeVar("T")

_NATIVE = ("cuda", "cudnn", "nccl")
"""Libraries that have a field of their own."""


@dataclass(frozen=True, slots=True)
class EntryReader:
    """What the entries of a catalog have in common."""

    findings: Findings
    registry: str
    frameworks: dict[str, Framework]
    systems: dict[str, str]
    """Id → name of the operating systems."""

    def read(self, entry: Values) -> Image | None:
        """The image, when nothing is wrong with its fields."""
        framework, version = self._framework(entry)
        os = self._system(entry)
        accelerator = self._accelerator(entry)
        packages = self._packages(entry)
        libraries = tuple(self._libraries(entry))
        if not entry.is_good or framework is None or os is None or accelerator is None:
            return None
        listed = entry[f.LISTED]
        environment = entry[f.ENVIRONMENT]
        return Image(
            id=entry[f.ID],
            registry=self.registry,
            repository=entry[f.REPOSITORY_FIELD],
            tag=entry[f.TAG_FIELD],
            digest=entry.get(f.DIGEST_FIELD),
            framework=framework,
            framework_version=version,
            accelerator=accelerator,
            os=os,
            python=entry[f.PYTHON],
            packages=packages,
            libraries=libraries,
            environment=environment
            if isinstance(environment, Absence)
            else Environment(environment[f.ENVIRONMENT_NAME], environment.get(f.ENVIRONMENT_UNTIL)),
            listed=Listing(listed[f.LISTED_FROM], listed.get(f.LISTED_UNTIL)),
            status=Status(entry[f.STATUS]),
            replacement=entry.get(f.REPLACEMENT),
            sources=entry.get(f.SOURCES) or {},
            position=self.findings.at(entry.mapping),
            positions=self._positions(entry),
        )

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
            return None, Absence.UNKNOWN
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
        if read is None or isinstance(read, Absence):
            return read
        name, version = read.get(f.OS_NAME), read.get(f.OS_VERSION)
        if name is None or version is None:
            return None
        title = self._named(name, self.systems, "operating system", read.node(f.OS_NAME))
        return None if title is None else OperatingSystem(name, title, version)

    def _named(self, name: str, table: dict[str, T], what: str, node: Node) -> T | None:
        if name not in table:
            known = ", ".join(table)
            hint = did_you_mean(name, table) or (f"expected one of: {known}" if known else "")
            self.findings.add(node, Rule.UNKNOWN_NAME, f"there is no {what} {shown(name)}", hint)
        return table.get(name)

    def _accelerator(self, entry: Values) -> Accelerator | None:
        read = entry.get(f.ACCELERATOR)
        kind = read.get(f.KIND) if read else None
        if read is None or kind is None:
            return None
        if kind == "gpu":
            parts = (read.get(field) or Absence.UNKNOWN for field in (f.CUDA, f.CUDNN, f.NCCL))
            return Accelerator(kind, *parts)
        for field in (f.CUDA, f.CUDNN, f.NCCL):
            if read.mapping.get(field.key) is not None:
                message = f"an image for the CPU has no {field.key}"
                self.findings.add(
                    read.node(field), Rule.CATALOG_CONTRADICTION, message, "remove it, or write kind: gpu"
                )
        return Accelerator(kind)

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
