"""The JSON Schemas of the files that people write and programs read."""

from collections.abc import Mapping
from importlib.resources import files

from imagedocs.catalog.schema import render_catalog_schema
from imagedocs.checks import allowed_images
from imagedocs.external import allowances
from imagedocs.locales.schemas import GLOSSARY, LOCALES
from imagedocs.yaml.records import render_schema


def render_schemas(catalog: str | bytes | None = None) -> Mapping[str, str]:
    """Project path -> text of the schemas beside the files that they are of.

    With the text of a project's catalog, that of the catalog knows its columns and keys.
    """
    return {
        "catalog/images.schema.json": render_catalog_schema(catalog),
        "catalog/allowed-images.schema.json": render_schema(
            "Images that pages may name although the registry is not known to have them",
            allowed_images.FILE.schema(),
        ),
        "catalog/external-links.schema.json": render_schema(
            "Addresses that are not asked, each with a reason", allowances.FILE.schema()
        ),
        "locales/locales.schema.json": render_schema("The languages of the site", LOCALES.schema()),
        "locales/glossary.schema.json": render_schema(
            "The terms that translations must keep", GLOSSARY.schema()
        ),
    }


def published_schemas() -> Mapping[str, str]:
    """Name -> text of all schemas, for the site: also that of the report of problems as JSON."""
    report = files("imagedocs.reports").joinpath("problems.schema.json").read_text("utf-8")
    return {
        **{path.rpartition("/")[2]: text for path, text in render_schemas().items()},
        "problems.schema.json": report,
    }
