"""Reading `catalog/images.yaml`: good entries survive bad ones, and every problem is reported in one run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from imagedocs.catalog import fields as f
from imagedocs.catalog.images import (
    NO_FRAMEWORK,
    Absence,
    Accelerator,
    Catalog,
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
from imagedocs.catalog.rules import check_duplicates, check_image, check_replacements
from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml_fields import root_fields
from imagedocs.yaml_nodes import Mapping, Node, Scalar, read_yaml

T = TypeVar("T")

_NATIVE = ("cuda", "cudnn", "nccl")
"""Libraries that have a field of their own."""


def load_catalog(
    path: str, data: str | bytes, as_of: date | None = None
) -> tuple[Catalog, tuple[Problem, ...]]:
    """The catalog, and what is wrong with it; `path` is for the problems.

    With `as_of`, an image that left the list by that day and is still called supported is a problem.
    """
    findings = Findings(path)
    root, problems = read_yaml(path, data)
    findings.problems.extend(problems)
    catalog = _Reader(findings, as_of).read(root)
    return catalog, findings.sorted()


@dataclass(slots=True)
class _Reader:
    findings: Findings
    as_of: date | None

    def read(self, root: Node | None) -> Catalog:
        empty = Catalog(f.VERSION, "", (), ())
        fields = root_fields(root, self.findings)
        if fields is None or not self._version_is_known(fields.node("version")):
            return empty
        values = f.CATALOG.read(fields.mapping, self.findings)
        if values is None:
            return empty
        frameworks = self._frameworks(values)
        systems = values.get(f.SYSTEMS) or {}
        names = {name: system.get(f.SYSTEM_TITLE) or name for name, system in systems.items()}
        registry = values.get(f.REGISTRY_FIELD) or ""
        images = self._images(values, registry, frameworks, names)
        order = {framework.id: index for index, framework in enumerate(frameworks.values())}
        listed = tuple(sorted(images.values(), key=lambda image: order[image.framework.id]))
        return Catalog(values.get(f.VERSION_FIELD) or f.VERSION, registry, tuple(frameworks.values()), listed)

    def _version_is_known(self, node: Node | None) -> bool:
        if isinstance(node, Scalar) and node.value.isascii() and node.value.isdigit() and len(node.value) < 9:
            version = int(node.value)
            if version > f.VERSION:
                message = f"the file is of version {version}; this imagedocs reads up to version {f.VERSION}"
                self.findings.add(node, Rule.NEWER_VERSION, message, "use a newer imagedocs")
                return False
            if version == 0:
                self.findings.add(node, Rule.WRONG_TYPE, "versions begin with 1", f"write {f.VERSION}")
        return True

    def _frameworks(self, values: Values) -> dict[str, Framework]:
        table = values.get(f.FRAMEWORKS) or {}
        found: dict[str, Framework] = {}
        taken: dict[tuple[str, str], str] = {}
        for key, one in table.items():
            token = one.get(f.FRAMEWORK_TOKEN) or key
            anchor = one.get(f.FRAMEWORK_ANCHOR) or key
            for what, name, field in (
                ("token", token, f.FRAMEWORK_TOKEN),
                ("anchor", anchor, f.FRAMEWORK_ANCHOR),
            ):
                other = taken.setdefault((what, name), key)
                if other != key:
                    message = f"{shown(other)} has the {what} {shown(name)} already"
                    self.findings.add(one.node(field), Rule.DUPLICATE_KEY, message, f"give it another {what}")
            found[key] = Framework(key, one.get(f.FRAMEWORK_TITLE) or key, token, anchor)
        return found

    def _images(
        self, values: Values, registry: str, frameworks: dict[str, Framework], systems: dict[str, str]
    ) -> dict[str, Image]:
        entries = [entry for entry, _ in values.get(f.IMAGES) or ()]
        if "images" in values.values and values.values["images"] == ():
            self.findings.add(values.node(f.IMAGES), Rule.MISSING_FIELD, "there is no image in the catalog")
        first: dict[str, Values] = {}
        images: dict[str, Image] = {}
        for entry in entries:
            image_id = entry.get(f.ID)
            image = self._image(entry, registry, frameworks, systems)
            if image_id is not None and image_id in first:
                message = (
                    f"the id {shown(image_id)} stands twice; first on line {first[image_id].node(f.ID).line}"
                )
                self.findings.add(entry.node(f.ID), Rule.DUPLICATE_IMAGE, message, "give it another id")
                continue
            if image_id is not None:
                first[image_id] = entry
            if image is not None:
                images[image.id] = image
                check_image(image, frameworks.values(), systems, self.as_of, self.findings)
        check_duplicates(images.values(), self.findings)
        check_replacements(images, first, self.findings)
        return images

    def _image(
        self, entry: Values, registry: str, frameworks: dict[str, Framework], systems: dict[str, str]
    ) -> Image | None:
        """The image, when nothing is wrong with its fields."""
        framework, version = self._framework(entry, frameworks)
        os = self._system(entry, systems)
        accelerator = self._accelerator(entry)
        packages = self._packages(entry)
        libraries = tuple(self._libraries(entry))
        if not entry.is_good or framework is None or os is None or accelerator is None:
            return None
        listed = entry[f.LISTED]
        environment = entry[f.ENVIRONMENT]
        return Image(
            id=entry[f.ID],
            registry=registry,
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

    def _framework(
        self, entry: Values, frameworks: dict[str, Framework]
    ) -> tuple[Framework | None, str | Absence]:
        read = entry.get(f.FRAMEWORK)
        if read is None:
            return None, Absence.UNKNOWN
        if isinstance(read, Absence):
            none = frameworks.get(NO_FRAMEWORK)
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
        return self._named(name, frameworks, "framework", read.node(f.FRAMEWORK_NAME)), version

    def _system(self, entry: Values, systems: dict[str, str]) -> OperatingSystem | Absence | None:
        read = entry.get(f.OS)
        if read is None or isinstance(read, Absence):
            return read
        name, version = read.get(f.OS_NAME), read.get(f.OS_VERSION)
        if name is None or version is None:
            return None
        title = self._named(name, systems, "operating system", read.node(f.OS_NAME))
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
