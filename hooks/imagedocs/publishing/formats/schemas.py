"""Publish the JSON Schemas of the project's files, for editors and for readers of reports."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from imagedocs.publishing.formats.publication import ALWAYS, Format, Maker, Publication

NAMES: Final = ("allowed-images", "external-links", "glossary", "images", "locales", "problems")
"""Names of the schemas."""


def _files(publication: Publication) -> Mapping[str, Maker]:
    names = NAMES if publication.is_default else ()
    return {f"{name}.schema.json": partial(_schema, publication, f"{name}.schema.json") for name in names}


def _schema(publication: Publication, name: str) -> bytes:
    return publication.schemas()[name].encode()


SCHEMAS: Final = Format(ALWAYS, "schemas", "The JSON Schemas of the project's files.", _files)
