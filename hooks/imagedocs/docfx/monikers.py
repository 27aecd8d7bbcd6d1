"""The versions of what pages describe ("monikers"), and ranges of them: `>= azs-1802 < azs-2008 || azs-2102`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from imagedocs.docfx.values import Value

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
    order: Mapping[str, int] = field(default_factory=dict[str, int])
    """Of all, from the oldest to the newest."""

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

    def newest(self, versions: frozenset[str]) -> str:
        """Empty when there is none."""
        return max(versions, key=lambda name: self.order.get(name, -1), default="")


def read_monikers(definition: Value) -> Monikers:
    """What a file of versions says: `{"monikers": [{"moniker_name": …, "product_name": …, "order": …}]}`."""
    entries = [
        (entry.text("moniker_name"), entry.text("product_name"), entry.fields.get("order"))
        for entry in definition.fields.get("monikers", definition).items
    ]
    entries.sort(key=lambda entry: entry[2].data if entry[2] and isinstance(entry[2].data, int) else 0)
    by_product: dict[str, list[str]] = {}
    places: dict[str, tuple[str, int]] = {}
    for name, product, _ in entries:
        if name and name.lower() not in places:
            versions = by_product.setdefault(product, [])
            places[name.lower()] = (product, len(versions))
            versions.append(name)
    order = {name: number for number, (name, _, _) in enumerate(entries)}
    return Monikers(by_product, places, order)
