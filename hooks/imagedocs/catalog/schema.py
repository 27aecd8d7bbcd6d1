"""The catalog's JSON Schema, from which editors complete and explain."""

from imagedocs.catalog.form import catalog_schema
from imagedocs.yaml.records import render_schema


def render_catalog_schema() -> str:
    """The text of `catalog/images.schema.json`."""
    return render_schema("The catalog of container images", catalog_schema())
