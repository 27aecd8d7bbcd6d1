"""Publish the catalog and the record of tags as data, for programs: JSON, CSV, and the schema of the JSON.

The names of the folder `v0` and of the files in it, and the fields of their content, are what other people's programs
depend on: see the page on the data for what is promised of them.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from imagedocs.catalog import Image
from imagedocs.publishing.formats.data.image_data import ImageData
from imagedocs.publishing.formats.data.json_schema import data_schema
from imagedocs.publishing.formats.data.table import render_table
from imagedocs.publishing.formats.data.writing import image_path, json_bytes, json_lines
from imagedocs.publishing.formats.publication import Format, Maker, Publication

VERSION: Final = "v0"
"""First folder of the addresses. Its successor is made beside it."""


def _files(publication: Publication) -> Mapping[str, Maker]:
    if not publication.is_default:
        return {}
    data = ImageData(publication, f"{publication.folders.get('data', '')}/{VERSION}/")
    paths = {image.id: image_path(image.id) for image in publication.catalog.images}
    return {
        f"{VERSION}/schema.json": partial(_schema, data),
        f"{VERSION}/images.json": partial(_all, data),
        f"{VERSION}/images.csv": partial(_table, data),
        **{f"{VERSION}/{path}": partial(_one, data, image_id) for image_id, path in paths.items() if path},
    }


def data_path(image: Image) -> str:
    """Return the path of the file of one image, in the folder of the data; it isn't published if the id is too long."""
    return f"{VERSION}/{image_path(image.id)}"


def _schema(data: ImageData) -> bytes:
    return json_bytes(data_schema(data.address("schema.json")))


def _all(data: ImageData) -> bytes:
    return json_lines({"$schema": "schema.json", **data.all()}, "images")


def _one(data: ImageData, image_id: str) -> bytes:
    return json_bytes({"$schema": "../schema.json#/$defs/image", **data.images[image_id]})


def _table(data: ImageData) -> bytes:
    return render_table(data.all())


DATA: Final = Format("data", "api", "Whether the list is published as data for programs, and where.", _files)
