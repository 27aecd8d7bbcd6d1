"""Does a value keep to a schema? In docfx's own dialect of JSON Schema, whose names for what is wrong are ours.

A value of the wrong type has no other problem. Beside the common keywords there are docfx's for metadata:
`strictRequired`, `either`, `precludes`, `enumDependencies`, `replacedBy`, `dateFormat`, `relativeMinDate`,
`relativeMaxDate`, `minItemsWhen`, `maxItemsWhen`, `docsetUnique` and `reserved`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from imagedocs.docfx.schema_dependencies import check_dependencies
from imagedocs.docfx.schema_texts import Breach, broken_bounds, check_text
from imagedocs.docfx.values import Value
from imagedocs.problems import Position, Rule
from imagedocs.suggestions import did_you_mean, shown

MAX_STEPS: Final = 100_000
"""Of one value's check; a schema that refers to itself could otherwise take any number."""
MAX_DEPTH: Final = 60

_KINDS: Final = {
    "null": "nothing",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "a mapping",
}

_BOUNDS: Final[dict[str, tuple[str, Callable[[float, float], bool]]]] = {
    "maximum": ("at most", lambda number, bound: number <= bound),
    "minimum": ("at least", lambda number, bound: number >= bound),
    "exclusiveMaximum": ("less than", lambda number, bound: number < bound),
    "exclusiveMinimum": ("more than", lambda number, bound: number > bound),
    "multipleOf": ("a multiple of", lambda number, bound: not bound or number % bound == 0),
}

_ANYTHING: Final = Value({}, Position(""))


def check_schema(schema: Value, value: Value, today: date) -> list[Breach]:
    """All that `value` does not keep to, in the order in which docfx finds it."""
    check = _Check(schema, today)
    breaches = list(check.value(schema, "", value, 0))
    if check.steps > MAX_STEPS:
        message = f"its schema needs more than {MAX_STEPS} steps to be compared with it"
        breaches.append(Breach(Rule.TOO_MUCH, value, "", message))
    return breaches


def find_unique(schema: Value, value: Value) -> Iterator[tuple[str, Value]]:
    """The attributes that no two pages may share (`docsetUnique`), with what this one has."""
    for name in schema.texts("docsetUnique"):
        found = value.fields.get(name)
        if found is not None and found.says_something:
            yield name, found


@dataclass(slots=True)
class _Check:
    root: Value
    today: date
    steps: int = field(default=0)

    def value(self, schema: Value, name: str, value: Value, depth: int) -> Iterator[Breach]:
        schema = self._resolve(schema)
        self.steps += 1
        if self.steps > MAX_STEPS or depth > MAX_DEPTH:
            return
        if schema.data is False:
            yield Breach(Rule.BOOLEAN_SCHEMA_FAILED, value, name, f"nothing may be written for {name}")
            return
        kinds = schema.texts("type")
        if kinds and value.kind not in kinds and not (value.kind == "integer" and "number" in kinds):
            expected = " or ".join(_KINDS.get(kind, kind) for kind in kinds)
            found = "nothing" if value.data is None else f"{_KINDS[value.kind]}, {shown(value.shown())}"
            found = value.shown() if value.kind in ("array", "object") else found
            message = f"expected {expected} for {name or 'the metadata'}, found {found}"
            yield Breach(Rule.UNEXPECTED_TYPE, value, name, message)
            return
        yield from self._choices(schema, name, value)
        if isinstance(value.data, str):
            yield from check_text(schema, name, value, self.today)
        elif isinstance(value.data, int | float) and not isinstance(value.data, bool):
            yield from _check_number(schema, name, value, value.data)
        elif isinstance(value.data, tuple):
            yield from self._list(schema, name, value, depth)
        elif isinstance(value.data, dict):
            yield from self._mapping(schema, name, value, depth)
        yield from self._combined(schema, name, value, depth)

    def _resolve(self, schema: Value) -> Value:
        for _ in range(MAX_DEPTH):
            reference = schema.text("$ref")
            if not reference.startswith("#"):
                return schema
            schema = self.root
            for part in reference.removeprefix("#").strip("/").split("/"):
                part = part.replace("~1", "/").replace("~0", "~")
                schema = schema.fields.get(part, _ANYTHING) if part else schema
        return _ANYTHING

    def _fits(self, schema: Value, value: Value, depth: int) -> bool:
        return next(self.value(schema, "", value, depth), None) is None

    def _choices(self, schema: Value, name: str, value: Value) -> Iterator[Breach]:
        replaced = schema.fields.get("replacedBy")
        if replaced is not None and replaced.data is not None and value.says_something:
            hint = f"write {replaced.data}" if replaced.data else "remove it"
            yield Breach(Rule.ATTRIBUTE_DEPRECATED, value, name, f"{name} is no longer used", hint)
        known = schema.fields.get("const")
        if known is not None and known.plain() != value.plain():
            message = f"{name} must be {shown(known.shown())}, not {shown(value.shown())}"
            yield Breach(Rule.INVALID_VALUE, value, name, message)
        choices = schema.fields.get("enum")
        if choices is not None and value.plain() not in {choice.plain() for choice in choices.items}:
            words = [choice.shown() for choice in choices.items]
            hint = did_you_mean(value.shown(), words) or f"write one of: {', '.join(words[:20])}"
            message = f"{shown(value.shown())} is no value of {name}"
            yield Breach(Rule.INVALID_VALUE, value, name, message, hint)

    def _list(self, schema: Value, name: str, value: Value, depth: int) -> Iterator[Breach]:
        yield from _check_count(schema, "Items", Rule.ARRAY_LENGTH_INVALID, name, value, len(value.items))
        items, others = schema.fields.get("items"), schema.fields.get("additionalItems")
        for number, item in enumerate(value.items):
            if items is None:
                break
            if items.kind != "array":
                yield from self.value(items, name, item, depth + 1)
            elif number < len(items.items):
                yield from self.value(items.items[number], name, item, depth + 1)
            elif others is not None and others.data is False:
                message = f"{name} has {len(value.items)} values"
                hint = f"write at most {len(items.items)}"
                yield Breach(Rule.ARRAY_LENGTH_INVALID, value, name, message, hint)
                break
            elif others is not None:
                yield from self.value(others, name, item, depth + 1)
        yield from self._counted(schema, name, value, depth)
        if _is(schema, "uniqueItems") and len({item.plain() for item in value.items}) != len(value.items):
            yield Breach(Rule.ARRAY_NOT_UNIQUE, value, name, f"{name} has a value twice", "keep one of them")
        needed = schema.fields.get("contains")
        if needed is not None and not any(self._fits(needed, item, depth + 1) for item in value.items):
            message = f"no value of {name} is one that it must have"
            yield Breach(Rule.ARRAY_CONTAINS_FAILED, value, name, message)

    def _counted(self, schema: Value, name: str, value: Value, depth: int) -> Iterator[Breach]:
        for key, rule, bound in (
            ("minItemsWhen", Rule.ARRAY_MIN_CHECK_INVALID, "at least"),
            ("maxItemsWhen", Rule.ARRAY_MAX_CHECK_INVALID, "at most"),
        ):
            checks = schema.fields.get(key, _ANYTHING)
            for check in checks.items or (checks,):
                condition, limit = check.fields.get("condition"), check.fields.get("value")
                if condition is None or limit is None or not isinstance(limit.data, int):
                    continue
                count = sum(self._fits(condition, item, depth + 1) for item in value.items)
                if count < limit.data if bound == "at least" else count > limit.data:
                    message = f"{name} has {count} values of a kind of which it has {bound} {limit.data}"
                    yield Breach(rule, value, name, message)

    def _mapping(self, schema: Value, name: str, value: Value, depth: int) -> Iterator[Breach]:
        yield from check_dependencies(schema, name, value)
        for key, subschema in schema.fields.get("dependencies", _ANYTHING).fields.items():
            known = value.fields.get(key)
            if known is not None and known.says_something and not isinstance(subschema.data, tuple):
                yield from self.value(subschema, name, value, depth + 1)
        yield from _check_count(
            schema, "Properties", Rule.PROPERTY_COUNT_INVALID, name, value, len(value.fields)
        )
        properties = schema.fields.get("properties", _ANYTHING).fields
        patterns = schema.fields.get("patternProperties", _ANYTHING).fields
        others, names = schema.fields.get("additionalProperties"), schema.fields.get("propertyNames")
        for key, field_value in value.fields.items():
            inner = f"{name}.{key}" if name else key
            if names is not None:
                written = Value(key, field_value.key or field_value.position)
                yield from self.value(names, inner, written, depth + 1)
            matching = [properties[key]] if key in properties else []
            matching += [each for pattern, each in patterns.items() if _matches(pattern, key)]
            for subschema in matching:
                yield from self.value(subschema, inner, field_value, depth + 1)
            if not matching and others is not None:
                if others.data is False:
                    hint = did_you_mean(key, properties)
                    message = f"there is no attribute {shown(key)}"
                    yield Breach(Rule.UNKNOWN_FIELD, field_value, inner, message, hint)
                else:
                    yield from self.value(others, name, field_value, depth + 1)

    def _combined(self, schema: Value, name: str, value: Value, depth: int) -> Iterator[Breach]:
        if any_of := schema.fields.get("anyOf", _ANYTHING).items:
            yield from min(self._tried(any_of, name, value, depth), key=len)
        for subschema in schema.fields.get("allOf", _ANYTHING).items:
            yield from self.value(subschema, name, value, depth + 1)
        if one_of := schema.fields.get("oneOf", _ANYTHING).items:
            tried = self._tried(one_of, name, value, depth)
            failed = [breaches for breaches in tried if breaches]
            if len(tried) - len(failed) != 1:
                message = f"{name or 'the metadata'} fits more than one of several forms"
                several = [Breach(Rule.ONE_OF_FAILED, value, name, message)]
                yield from min(failed, key=len, default=several)
        if (condition := schema.fields.get("if")) is not None:
            then = schema.fields.get("then" if self._fits(condition, value, depth + 1) else "else")
            if then is not None:
                yield from self.value(then, name, value, depth + 1)
        excluded = schema.fields.get("not")
        if excluded is not None and self._fits(excluded, value, depth + 1):
            message = f"{shown(value.shown())} may not be written for {name or 'the metadata'}"
            yield Breach(Rule.NOT_FAILED, value, name, message)

    def _tried(self, schemas: tuple[Value, ...], name: str, value: Value, depth: int) -> list[list[Breach]]:
        return [list(self.value(schema, name, value, depth + 1)) for schema in schemas]


def _is(schema: Value, name: str) -> bool:
    value = schema.fields.get(name)
    return value is not None and value.data is True


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except (re.error, RecursionError):
        return False


def _check_number(schema: Value, name: str, value: Value, number: float) -> Iterator[Breach]:
    for key, (says, keeps) in _BOUNDS.items():
        bound = schema.fields.get(key)
        if bound is None or not isinstance(bound.data, int | float) or isinstance(bound.data, bool):
            continue  # what a bound should not be bounds nothing
        if not keeps(number, bound.data):
            message = f"{name} is {value.shown()}"
            yield Breach(Rule.NUMBER_INVALID, value, name, message, f"write {says} {bound.shown()}")


def _check_count(schema: Value, of: str, rule: Rule, name: str, value: Value, count: int) -> Iterator[Breach]:
    """`minItems` and its like."""
    for _, hint in broken_bounds(schema, of, count):
        message = f"{name or 'the metadata'} has {count} values"
        yield Breach(rule, value, name, message, hint)
