"""Values of the checks (documents, problems) as bytes, to be kept from run to run and handed from process to process.

A value is written as JSON: a dataclass as the list of its fields, in their order. So whatever is added to one of
them is written too.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from imagedocs.problems import Rule

T = TypeVar("T")
_Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]] | None
"""How a value is written and read; `None` where it is JSON as it is."""

_PLAIN = (str, int, bool, float, NoneType)
_RULES = {rule.label: rule for rule in Rule}


def to_bytes(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return text.encode("utf-8", "surrogatepass")


def from_bytes(content: bytes) -> Any:
    return json.loads(content.decode("utf-8", "surrogatepass"))


def write(value: object) -> Any:
    """JSON for an instance of a dataclass."""
    codec = _codec(type(value))
    assert codec is not None
    return codec[0](value)


def write_all(values: Iterable[object]) -> list[Any]:
    return [write(value) for value in values]


def read(kind: type[T], written: Any) -> T:
    """What `write` was given, an instance of `kind`."""
    codec = _codec(kind)
    assert codec is not None
    value: T = codec[1](written)
    return value


def read_all(kind: type[T], written: Iterable[Any]) -> tuple[T, ...]:
    return tuple(read(kind, value) for value in written)


@cache
def _codec(kind: Any) -> _Codec:
    if kind in _PLAIN:
        return None
    if kind is Rule:
        return attrgetter("label"), _RULES.__getitem__
    if get_origin(kind) is UnionType:
        codecs = [codec for each in get_args(kind) if (codec := _codec(each))]
        return _optional_codec(codecs[0]) if codecs else None
    if get_origin(kind) is tuple:
        return _tuple_codec(get_args(kind))
    if get_origin(kind) in (Mapping, Sequence):
        return None
    if get_origin(kind) is frozenset:
        return sorted, frozenset
    if is_dataclass(kind):
        return _class_codec(kind)
    made: Callable[[Any], Any] = kind  # an enumeration of texts
    return str, made


def _optional_codec(codec: tuple[Callable[[Any], Any], Callable[[Any], Any]]) -> _Codec:
    write_one, read_one = codec
    return (
        lambda value: None if value is None else write_one(value),
        lambda written: None if written is None else read_one(written),
    )


def _tuple_codec(arguments: tuple[Any, ...]) -> _Codec:
    if arguments[-1] is not Ellipsis:
        assert not any(_codec(each) for each in arguments)
        return list, tuple
    inner = _codec(arguments[0])
    if inner is None:
        return list, tuple
    write_one, read_one = inner
    return (
        lambda values: [write_one(value) for value in values] if values else (),
        lambda values: tuple(map(read_one, values)) if values else (),
    )


def _class_codec(kind: Any) -> _Codec:
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind)]
    codecs = [_codec(hints[name]) for name in names]
    nested = [(number, codec) for number, codec in enumerate(codecs) if codec is not None]
    get = attrgetter(*names)

    def write_fields(value: Any) -> list[Any]:
        values = list(get(value))
        for number, (write_one, _) in nested:
            values[number] = write_one(values[number])
        return values

    def read_fields(written: list[Any]) -> Any:
        for number, (_, read_one) in nested:
            written[number] = read_one(written[number])
        return kind(*written)

    return write_fields, read_fields
