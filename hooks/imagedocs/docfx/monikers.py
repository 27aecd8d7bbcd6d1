"""The versions of what pages describe ("monikers"), and ranges of them: `>= azs-1802 < azs-2008 || azs-2102`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import Node, Scalar
from imagedocs.yaml.nodes import Sequence as SequenceNode

_WHOLE = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)
_SYMBOL = re.compile(r"\s*(?:(\|\|)|(>=|<=|=|>|<)|([\w.-]+)|(\S))")

MAX_SYMBOLS: Final = 1000


class WrongRange(ValueError):
    """A range that cannot be understood: the sentence says why."""


@dataclass(frozen=True)
class Monikers:
    """All versions, each with its product, oldest first."""

    by_product: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    """Name in small letters → product and its number there."""

    def __bool__(self) -> bool:
        return bool(self.places)

    def of_range(self, text: str) -> frozenset[str]:
        """The versions in a range. Raises WrongRange."""
        symbols = [match for match in _SYMBOL.finditer(text) if match[0].strip()]
        if len(symbols) > MAX_SYMBOLS:
            raise WrongRange(f"it has more than {MAX_SYMBOLS} parts")
        found: set[str] = set()
        group: frozenset[str] | None = None
        operator = ""
        for symbol in symbols:
            either, compared, name, other = symbol.groups()
            if other or (either and (group is None or operator)) or (compared and operator):
                raise WrongRange(f'"{symbol[0].strip()}" is not expected there')
            if either:
                found |= group or frozenset()
                group = None
            elif compared:
                operator = compared
            else:
                versions = self._compare(operator or "=", name)
                group = versions if group is None else group & versions
                operator = ""
        if group is None or operator:
            raise WrongRange("a version is missing at its end")
        return frozenset(found | group)

    def _compare(self, operator: str, name: str) -> frozenset[str]:
        if name.lower() not in self.places:
            raise WrongRange(f'"{name}" is no version')
        product, number = self.places[name.lower()]
        versions = self.by_product[product]
        first, end = {
            "=": (number, number + 1),
            ">": (number + 1, None),
            ">=": (number, None),
            "<": (0, number),
            "<=": (0, number + 1),
        }[operator]
        return frozenset(versions[first:end])


def read_monikers(root: Node | None) -> Monikers:
    """Read a file of versions: `{"monikers": [{"moniker_name": …, "product_name": …, "order": …}]}`."""
    listed = (root.get("monikers") or root) if isinstance(root, MappingNode) else root
    nodes = listed.items if isinstance(listed, SequenceNode) else ()
    entries = [node for node in nodes if isinstance(node, MappingNode)]
    by_product: dict[str, list[str]] = {}
    places: dict[str, tuple[str, int]] = {}
    for entry in sorted(entries, key=_order):
        name, product = _text(entry, "moniker_name"), _text(entry, "product_name")
        if name and name.lower() not in places:
            versions = by_product.setdefault(product, [])
            places[name.lower()] = (product, len(versions))
            versions.append(name)
    return Monikers(by_product, places)


def _text(entry: MappingNode, name: str) -> str:
    value = entry.get(name)
    return value.value if isinstance(value, Scalar) and value.reads_as == "text" else ""


def _order(entry: MappingNode) -> int:
    value = entry.get("order")
    is_number = isinstance(value, Scalar) and value.plain and _WHOLE.fullmatch(value.value)
    return int(value.value) if isinstance(value, Scalar) and is_number else 0
