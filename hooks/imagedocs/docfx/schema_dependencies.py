"""What a schema asks of the attributes of a mapping together: which must be there, and which go with which."""

import re
from collections.abc import Iterator

from imagedocs.docfx.schema_texts import Breach
from imagedocs.docfx.values import Value
from imagedocs.problems import Rule
from imagedocs.suggestions import did_you_mean, shown

_INDEXED = re.compile(r"(.*)\[([0-9]{1,6})\]", re.DOTALL)

MAX_DEPTH = 20
"""Of attributes that depend on one another."""


def check_dependencies(schema: Value, name: str, value: Value) -> Iterator[Breach]:
    """Of the mapping `value`, which is the attribute `name` (empty: the whole metadata)."""
    for key in schema.texts("required"):
        if key not in value.fields:
            yield _missing(name, key, value)
    for key in schema.texts("strictRequired"):
        if not _has(value, key):
            yield _missing(name, key, value)
    dependencies = schema.fields.get("dependencies")
    for key, others in dependencies.fields.items() if dependencies else ():
        if _has(value, key):
            for other in others.items:
                if isinstance(other.data, str) and not _has(value, other.data):
                    message = f"{_inside(name, key)} is given without {_inside(name, other.data)}"
                    hint = f"write {other.data} too"
                    yield Breach(Rule.MISSING_PAIRED_ATTRIBUTE, value, _inside(name, key), message, hint)
    for keys in _groups(schema, "either"):
        if keys and not any(_has(value, key) for key in keys):
            message = f"one of {', '.join(keys)} must be given"
            yield Breach(Rule.MISSING_EITHER_ATTRIBUTE, value, _inside(name, keys[0]), message)
    for keys in _groups(schema, "precludes"):
        given = [key for key in keys if _has(value, key)]
        if len(given) > 1:
            message = f"{' and '.join(given)} are given, and only one may be"
            yield Breach(Rule.PRECLUDED_ATTRIBUTES, value, _inside(name, keys[0]), message, "keep one")
    allowed = schema.fields.get("enumDependencies")
    if allowed is not None:
        yield from _check_allowed(allowed, name, value, None, 0)


def _inside(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _has(value: Value, key: str) -> bool:
    found = value.fields.get(key)
    return found is not None and found.says_something


def _missing(name: str, key: str, value: Value) -> Breach:
    attribute = _inside(name, key)
    message = f"the attribute {attribute} is missing"
    return Breach(Rule.MISSING_ATTRIBUTE, value, attribute, message, f'write "{key}: …"')


def _groups(schema: Value, keyword: str) -> Iterator[list[str]]:
    groups = schema.fields.get(keyword)
    for group in groups.items if groups else ():
        yield [key.data for key in group.items if isinstance(key.data, str)]


def _check_allowed(
    allowed: Value, name: str, value: Value, other: tuple[str, Value] | None, depth: int
) -> Iterator[Breach]:
    """`enumDependencies`: attribute → value → the attributes that depend on it → …. `other` is the attribute that
    the values depend on, and what it is."""
    for written, values in allowed.fields.items() if depth < MAX_DEPTH else ():
        indexed = _INDEXED.fullmatch(written)
        key, index = (indexed[1], int(indexed[2])) if indexed else (written, 0)
        found = value.fields.get(key)
        if found is None:
            if other and values.fields and all(choice.strip() for choice in values.fields):
                message = f"{_inside(name, key)} is missing, which {other[0]} {shown(other[1].shown())} needs"
                yield Breach(Rule.INVALID_PAIRED_ATTRIBUTE, value, _inside(name, key), message)
            continue
        is_list = isinstance(found.data, tuple)
        if is_list and index >= len(found.items):
            continue
        one = found.items[index] if is_list else found
        if not one.says_something:
            return
        attribute = _inside(name, written if is_list else key)
        choices = values.fields
        if one.shown() in choices:
            yield from _check_allowed(choices[one.shown()], name, value, (attribute, one), depth + 1)
        elif other is None:
            message = f"{shown(one.shown())} is no value of {attribute}"
            hint = did_you_mean(one.shown(), choices)
            yield Breach(Rule.INVALID_VALUE, one, _inside(name, key), message, hint)
        else:
            message = (
                f"{attribute} {shown(one.shown())} does not go with {other[0]} {shown(other[1].shown())}"
            )
            hint = did_you_mean(one.shown(), choices)
            yield Breach(Rule.INVALID_PAIRED_ATTRIBUTE, one, _inside(name, key), message, hint)
