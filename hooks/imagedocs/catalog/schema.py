"""The catalog's JSON Schema, from which editors complete and explain: of any catalog, or of one with its own columns and
keys."""

from collections.abc import Iterable
from typing import cast

from imagedocs.catalog import fields as f
from imagedocs.catalog import form
from imagedocs.catalog.accelerators import AcceleratorField, read_accelerators
from imagedocs.catalog.columns import Attributes, read_columns
from imagedocs.catalog.facts import Column
from imagedocs.findings import Findings
from imagedocs.yaml.fields import Schema
from imagedocs.yaml.nodes import Mapping, read_yaml
from imagedocs.yaml.records import render_schema

_TITLE = "The catalog of container images"


def render_catalog_schema(text: str | bytes | None = None) -> str:
    """Return the text of `catalog/images.schema.json`: for the catalog with this text, or for any catalog."""
    root = read_yaml("", text)[0] if text is not None else None
    return render_schema(_TITLE, _schema_of(root) if isinstance(root, Mapping) else form.catalog_schema())


def _schema_of(root: Mapping) -> Schema:
    """Return the schema of a catalog with its own columns and keys; what is wrong with it is the loader's to report."""
    nobody = Findings("")
    built_in = [one.key for one in f.BUILT_IN]
    columns = read_columns(root.get(form.COLUMNS.key), built_in, f.NO_COLUMNS, nobody)
    table = root.get(form.ACCELERATORS.key)
    kinds = read_accelerators((form.ACCELERATORS.kind.read(table, nobody) or {}) if table else {}, nobody)
    schema = form.catalog_schema() if columns is None else form.catalog_form(columns, kinds).schema()
    image = _inside(schema, "properties", form.IMAGES.key, "items")
    fields = _inside(image, "properties")
    _replace(fields, f.ACCELERATOR.key, AcceleratorField(kinds).schema_of_kinds())
    own = tuple(column for column in columns or () if column.name not in built_in)
    _replace(fields, f.ATTRIBUTES.key, Attributes(own, are_known=True).schema())
    _require(image, own)
    _offer(fields, f.FRAMEWORK.key, _keys(root, form.FRAMEWORKS.key))
    _offer(fields, f.OS.key, _keys(root, form.SYSTEMS.key))
    for key, names in (
        (f.GROUP.key, _keys(root, form.GROUPS.key)),
        (f.REGISTRY_NAME.key, _keys(root, form.REGISTRIES.key)),
    ):
        if names:
            kind = cast("Schema", fields[key])
            rest = {name: value for name, value in kind.items() if name != "description"}
            _replace(fields, key, {"anyOf": [{"enum": names}, rest]})
    return schema


def _keys(root: Mapping, table: str) -> list[str]:
    node = root.get(table)
    return [key.value for key, _ in node.entries] if isinstance(node, Mapping) else []


def _inside(schema: Schema, *keys: str) -> Schema:
    for key in keys:
        schema = cast("Schema", schema[key])
    return schema


def _replace(fields: Schema, key: str, kind: Schema) -> None:
    """Give a field another kind, with the description that it has."""
    fields[key] = {"description": cast("Schema", fields[key])["description"], **kind}


def _offer(fields: Schema, key: str, names: list[str]) -> None:
    """Offer the keys of a table where an image names one of them. Others are allowed: they may be new in the table."""
    record, *_ = cast("list[Schema]", cast("Schema", fields[key])["anyOf"])
    name = cast("Schema", _inside(record, "properties")["name"])
    rest = {each: value for each, value in name.items() if each != "description"}
    if names:
        _replace(_inside(record, "properties"), "name", {"anyOf": [{"enum": names}, rest]})


def _require(image: Schema, columns: Iterable[Column]) -> None:
    """Require all own columns of an image that has no group, from which it could have them."""
    names = [column.name for column in columns]
    if not names:
        return
    then = cast("Schema", image["then"])
    required = [*cast("list[str]", then["required"]), f.ATTRIBUTES.key]
    then |= {"required": required, "properties": {f.ATTRIBUTES.key: {"required": names}}}
    image["then"] = then
