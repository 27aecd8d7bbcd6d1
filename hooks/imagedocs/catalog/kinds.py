"""What the catalog's values must be, beyond text: names of images, requirements, and values that may be absent."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from imagedocs.catalog.images import Absence, Package
from imagedocs.findings import Findings
from imagedocs.problems import Position, Rule
from imagedocs.references import is_digest, is_domain, is_path, is_tag
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml_fields import Fields, Kind, Schema, Text, either, unknown_key, wrong_type
from imagedocs.yaml_nodes import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LONGEST_REQUIREMENT: Final = 300


@dataclass(frozen=True, slots=True)
class ReferencePart:
    """A part of an image reference, by the grammar of references."""

    expected: str
    is_valid: Callable[[str], bool]
    pattern: str
    """For the schema."""
    hint: str

    def read(self, node: Node, findings: Findings) -> str | None:
        value = Text(self.expected).read(node, findings)
        if value is not None and not self.is_valid(value):
            message = f"expected {self.expected}, found {shown(value)}"
            findings.add(node, Rule.IMAGE_REFERENCE_INVALID, message, self.hint)
            return None
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": self.pattern}


REGISTRY = ReferencePart(
    "the host of a registry", is_domain, r"^[A-Za-z0-9.:\[\]-]+$", "write the host alone"
)
REPOSITORY = ReferencePart(
    "a repository within the registry",
    is_path,
    r"^[a-z0-9]+([._/-]+[a-z0-9]+)*$",
    "write it in lower case, without host and tag",
)
TAG = ReferencePart(
    "a tag",
    is_tag,
    r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
    "a tag is letters, digits, dots, dashes and underscores",
)
DIGEST = ReferencePart(
    "a digest",
    is_digest,
    r"^sha(256:[a-f0-9]{64}|384:[a-f0-9]{96}|512:[a-f0-9]{128})$",
    "write sha256: and 64 digits",
)


@dataclass(frozen=True, slots=True)
class RequirementText:
    """A Python package with its versions (PEP 508)."""

    def read(self, node: Node, findings: Findings) -> Package | None:
        value = Text("a requirement such as numpy>=1.16.0").read(node, findings)
        if value is None:
            return None
        if (requirement := _requirement(value)) is not None:
            return Package(canonicalize_name(requirement.name), value)
        findings.add(node, Rule.INVALID_REQUIREMENT, f"{shown(value)} is not a requirement", _repair(value))
        return None

    def schema(self) -> Schema:
        return {
            "type": "string",
            "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[.*\])?\s*([<>=!~]=|[<>@;(]|===|$)",
        }


def _requirement(text: str) -> Requirement | None:
    if len(text) > LONGEST_REQUIREMENT:
        return None
    try:
        return Requirement(text)
    except InvalidRequirement:
        return None


def _repair(text: str) -> str:
    """What was probably meant, if that is a requirement."""
    if re.match(r"\s*[<>=!~]", text):
        return "put a requirement with a comma in quotes"
    if len(text) > LONGEST_REQUIREMENT:
        return f"write at most {LONGEST_REQUIREMENT} characters"
    repaired = text.replace("=>", ">=").replace("=<", "<=").replace("=~", "~=")
    repaired = re.sub(r"(?<![=<>!~])=(?!=)", "==", repaired)
    repaired = re.sub(r"(~=\s*[0-9.]+)\.[xX*]", r"\1.0", repaired)
    repaired = re.sub(r"([=!]=\s*[0-9.]+)\.[xX]", r"\1.*", repaired)
    repaired = re.sub(r"^([A-Za-z][\w.-]*)[ @]+v?([0-9][\w.]*)$", r"\1==\2", repaired, flags=re.ASCII)
    if repaired != text and _requirement(repaired) is not None:
        return f'did you mean "{repaired}"?'
    return "write a name and its versions, for example numpy>=1.16.0"


@dataclass(frozen=True, slots=True)
class OrAbsent(Generic[T]):
    """A value, or one of the words for its absence."""

    kind: Kind[T]
    words: tuple[Absence, ...]

    def read(self, node: Node, findings: Findings) -> T | Absence | None:
        if isinstance(node, Scalar) and node.value in self.words:
            return Absence(node.value)
        if isinstance(node, Scalar) and node.reads_as == "text" and self._wants_container:
            hint = did_you_mean(node.value, self.words)
            wrong_type(node, either(self._wants_container, *self.words), findings, hint)
            return None
        return self.kind.read(node, findings)

    @property
    def _wants_container(self) -> str:
        if isinstance(self.kind, ListOf):
            return "a list"
        return "a mapping" if isinstance(self.kind, Record) else ""

    def schema(self) -> Schema:
        return {"anyOf": [self.kind.schema(), {"enum": [word.value for word in self.words]}]}


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    kind: Kind[T]

    def read(self, node: Node, findings: Findings) -> tuple[tuple[T, Node], ...] | None:
        """The good items with their nodes."""
        if not isinstance(node, Sequence):
            wrong_type(node, "a list", findings)
            return None
        read = ((self.kind.read(item, findings), item) for item in node.items)
        return tuple((value, item) for value, item in read if value is not None)

    def schema(self) -> Schema:
        return {"type": "array", "items": self.kind.schema()}


@dataclass(frozen=True, slots=True)
class TableOf(Generic[T]):
    """A mapping whose keys are names that the catalog gives."""

    kind: Kind[T]
    key: Text
    known: tuple[str, ...] = ()
    """When given, no other key is allowed."""

    def read(self, node: Node, findings: Findings) -> dict[str, T] | None:
        if not isinstance(node, Mapping):
            wrong_type(node, "a mapping", findings)
            return None
        table: dict[str, T] = {}
        for key, item in node.entries:
            value = self.kind.read(item, findings)
            if self.known and key.value not in self.known:
                unknown_key(key, self.known, findings)
            elif (name := self.key.read(key, findings)) is not None and value is not None:
                table[name] = value
        return table

    def schema(self) -> Schema:
        if self.known:
            properties = {key: self.kind.schema() for key in self.known}
            return {"type": "object", "properties": properties, "additionalProperties": False}
        names = {"propertyNames": {"pattern": f"^(?:{self.key.pattern})$"}} if self.key.pattern else {}
        return {"type": "object", "additionalProperties": self.kind.schema(), **names}


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """One field of a record: the one place that says what it is."""

    key: str
    kind: Kind[T_co]
    description: str
    """For people, in the schema."""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Values:
    """The fields of a record as they were read."""

    mapping: Mapping
    values: dict[str, object]
    is_good: bool
    """Nothing was wrong with it."""

    def get(self, field: Field[T]) -> T | None:
        return cast("T | None", self.values.get(field.key))

    def __getitem__(self, field: Field[T]) -> T:
        """Of a required field of a good record."""
        return cast("T", self.values[field.key])

    def node(self, field: Field[T]) -> Node:
        """The field's value in the file, or the record when it is not there."""
        return self.mapping.get(field.key) or self.mapping

    def positions(self, findings: Findings) -> dict[str, Position]:
        return {key.value: findings.at(node) for key, node in self.mapping.entries}


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known fields."""

    fields: tuple[Field[object], ...]

    def read(self, node: Node, findings: Findings) -> Values | None:
        if not isinstance(node, Mapping):
            wrong_type(node, "a mapping", findings)
            return None
        before = len(findings.problems)
        fields = Fields(node, findings)
        values = {one.key: fields.read(one.key, one.kind, required=one.required) for one in self.fields}
        fields.finish()
        # An alias was reported while the file was read; here it is only a value that is not there.
        is_whole = all(
            value.is_good if isinstance(value, Values) else value is not None
            for key, value in values.items()
            if node.get(key) is not None
        )
        is_good = is_whole and len(findings.problems) == before and not findings.full
        return Values(node, values, is_good)

    def schema(self) -> Schema:
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [one.key for one in self.fields if one.required],
            "properties": {
                one.key: {"description": one.description, **one.kind.schema()} for one in self.fields
            },
        }

    def paths(self) -> tuple[str, ...]:
        """The names of all fields, those of records inside as `outer.inner`."""
        found: list[str] = []
        for one in self.fields:
            found.append(one.key)
            kind = one.kind.kind if isinstance(one.kind, OrAbsent) else one.kind
            if isinstance(kind, Record):
                found += [f"{one.key}.{path}" for path in kind.paths()]
        return tuple(found)
