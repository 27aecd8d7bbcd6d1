"""The catalog's own columns and what images say in them, as values of JSON."""

from datetime import date
from decimal import Decimal
from typing import cast

from imagedocs.catalog import Catalog, Link, NamedImage


def column_data(catalog: Catalog) -> list[dict[str, object]]:
    """Return name, heading and type of each column."""
    return [
        {"name": each.name, "title": each.title, "type": each.type.value if each.type else None}
        for each in catalog.own_columns
    ]


def attribute_data(value: object) -> object:
    """Return what an image says in a column; `None` where it says nothing."""
    if isinstance(value, tuple):
        return [attribute_data(each) for each in cast("tuple[object, ...]", value)]
    if isinstance(value, Link):
        return {"url": value.address, "text": value.text or None}
    if isinstance(value, NamedImage):
        return {"reference": str(value.reference), "id": value.id or None}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)
