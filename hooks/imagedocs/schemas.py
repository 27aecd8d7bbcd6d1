"""The JSON Schemas of the files that people write and programs read. As a program, it writes the committed ones.

python -m imagedocs.schemas [FOLDER]
"""

import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from imagedocs.catalog.schema import render_catalog_schema
from imagedocs.checks import allowed_images
from imagedocs.errors import CannotRun
from imagedocs.external import allowances
from imagedocs.locales.schemas import GLOSSARY, LOCALES
from imagedocs.writing import write_file
from imagedocs.yaml.records import render_schema


def render_schemas() -> Mapping[str, str]:
    """Project path -> text of the schemas beside the files that they are of."""
    return {
        "catalog/images.schema.json": render_catalog_schema(),
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


if __name__ == "__main__":
    folder = Path(*sys.argv[1:2])
    try:
        for path, text in render_schemas().items():
            write_file(folder / path, text, path)
    except CannotRun as error:
        print(error, file=sys.stderr)
        sys.exit(2)
