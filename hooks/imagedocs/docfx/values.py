"""Values of YAML and JSON with their places, read as docfx reads them: what a schema judges."""

import re
from dataclasses import dataclass
from typing import cast

from imagedocs.problems import Position
from imagedocs.yaml.nodes import Mapping, Node, Scalar, Sequence

_WHOLE = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """One value: `None`, a truth value, a number, text, a tuple of values, or a dictionary of them."""

    data: object
    position: Position
    key: Position | None = None
    """Of the name that it is the value of."""

    @property
    def fields(self) -> "dict[str, Value]":
        """Empty for what is no mapping."""
        return cast("dict[str, Value]", self.data) if isinstance(self.data, dict) else {}

    @property
    def items(self) -> "tuple[Value, ...]":
        """Empty for what is no list."""
        return cast("tuple[Value, ...]", self.data) if isinstance(self.data, tuple) else ()

    @property
    def kind(self) -> str:
        """As JSON Schema names it; `integer` for each whole number."""
        match self.data:
            case None:
                return "null"
            case bool():
                return "boolean"
            case int():
                return "integer"
            case float():
                return "integer" if self.data.is_integer() else "number"
            case str():
                return "string"
            case tuple():
                return "array"
            case _:
                return "object"

    @property
    def says_something(self) -> bool:
        """Neither nothing nor blank text."""
        return self.data is not None and not (isinstance(self.data, str) and not self.data.strip())

    def text(self, name: str) -> str:
        """The text of a field; empty when it is none."""
        value = self.fields.get(name)
        return value.data if value and isinstance(value.data, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The text or texts of a field."""
        value = self.fields.get(name)
        if value is None:
            return ()
        values = value.items or (value,)
        return tuple(each.data for each in values if isinstance(each.data, str))

    def plain(self) -> object:
        """Without places, fit to be compared and to be a key."""
        if isinstance(self.data, dict):
            return frozenset((name, value.plain()) for name, value in self.fields.items())
        if isinstance(self.data, tuple):
            return tuple(value.plain() for value in self.items)
        # True is 1 for Python, and not for anybody else.
        return (self.kind == "boolean", self.data)

    def shown(self) -> str:
        """For a message."""
        match self.data:
            case None:
                return "nothing"
            case bool():
                return str(self.data).lower()
            case tuple():
                return "a list"
            case dict():
                return "a mapping"
            case _:
                return str(self.data)


def value_of(node: Node, path: str, key: Position | None = None) -> Value:
    """The value that a node of the file `path` is."""
    place = Position(path, node.line, node.column)
    match node:
        case Scalar():
            data: object = _scalar(node)
        case Sequence():
            data = tuple(value_of(item, path) for item in node.items)
        case Mapping():
            data = {
                name.value: value_of(value, path, Position(path, name.line, name.column))
                for name, value in node.entries
            }
        case _:
            data = None
    return Value(data, place, key)


def _scalar(node: Scalar) -> object:
    if not node.plain:
        return node.value
    if node.value in _NOTHING:
        return None
    if node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    if _WHOLE.fullmatch(node.value):
        return int(node.value)
    if _NUMBER.fullmatch(node.value):
        return float(node.value)
    return node.value


def merge(first: Value, second: Value) -> Value:
    """Both mappings as one, in which the fields of the second have precedence."""
    fields = dict(first.fields)
    for name, value in second.fields.items():
        known = fields.get(name)
        both = known is not None and isinstance(known.data, dict) and isinstance(value.data, dict)
        fields[name] = merge(known, value) if known is not None and both else value
    return Value(fields, second.position, second.key)
