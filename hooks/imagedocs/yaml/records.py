"""Tables of fields: what a YAML file may hold, for its reader and for its JSON Schema alike."""

import json
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, cast, runtime_checkable

from pathspec.gitignore import GitIgnoreSpec

from imagedocs.findings import Findings
from imagedocs.problems import Position, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Fields, Kind, Schema, Text, unknown_key, wrong_type
from imagedocs.yaml.nodes import Mapping, Node, Sequence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


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


class PagePattern(Text):
    """A pattern of paths of pages, as in a .gitignore file."""

    def read(self, node: Node, findings: Findings) -> str | None:
        text = Text("a pattern").read(node, findings)
        try:
            GitIgnoreSpec.from_lines([text or ""])
        except ValueError:
            message = f"{shown(text or '')} is no pattern as in a .gitignore file"
            findings.add(node, Rule.WRONG_TYPE, message, 'write a folder, "rules/", or a page, "/a.md"')
            return None
        return text


@dataclass(frozen=True, slots=True)
class TextOrTexts:
    """A text, or a list of texts."""

    def read(self, node: Node, findings: Findings) -> str | tuple[str, ...] | None:
        kind = Text("a text or a list of texts")
        if not isinstance(node, Sequence):
            return kind.read(node, findings)
        texts = tuple(text for item in node.items if (text := kind.read(item, findings)) is not None)
        if not node.items:
            wrong_type(node, "a text or a list of texts", findings)
        return texts if texts and len(texts) == len(node.items) else None

    def schema(self) -> Schema:
        text = Text().schema()
        return {"anyOf": [text, {"type": "array", "minItems": 1, "items": text}]}


@dataclass(frozen=True, slots=True)
class TableOf(Generic[T]):
    """A mapping whose keys are names that the catalog gives."""

    kind: Kind[T]
    key: Text
    known: tuple[str, ...] = ()
    """When given, no other key is allowed."""
    open_below: tuple[str, ...] = ()
    """For the schema: what `known` names with one of these and a dot before it, it does not name in every file."""

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
            closed: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
            if self.open_below:
                pattern = rf"^({'|'.join(self.open_below)})\.[a-z][a-z0-9_]*$"
                closed["patternProperties"] = {pattern: self.kind.schema()}
            return closed
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
    version: int = 1
    """The version of the file's form that it came with."""


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


@runtime_checkable
class HasFields(Protocol):
    """A kind of mapping whose fields have names."""

    def paths(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known fields."""

    fields: tuple[Field[object], ...]

    def read(self, node: Node, findings: Findings) -> Values | None:
        if not isinstance(node, Mapping):
            wrong_type(node, "a mapping", findings)
            return None
        before = findings.added
        fields = Fields(node, findings)
        values = {one.key: fields.read(one.key, one.kind, required=one.required) for one in self.fields}
        fields.finish()
        # An alias was reported while the file was read; here it is only a value that is not there.
        is_whole = all(
            value.is_good if isinstance(value, Values) else value is not None
            for key, value in values.items()
            if node.get(key) is not None
        )
        is_good = is_whole and findings.added == before and not findings.full
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
            kind = getattr(one.kind, "present", one.kind)
            if isinstance(kind, HasFields):
                found += [f"{one.key}.{path}" for path in kind.paths()]
        return tuple(found)


COMMAND = "imagedocs schema"
"""What writes the schemas of a project again."""


def render_schema(title: str, schema: Schema) -> str:
    """The text of a schema's file (draft-07: what editors support)."""
    head: Schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "description": f"Generated: {COMMAND}",
    }
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"
