"""The catalog: all images that were ever listed, read from `catalog/images.yaml` into values.

`fields` is the table of its fields, from which `load` reads the file and `schema` writes the JSON Schema. A new
field is a line there, an attribute of `Image`, and a place in a template.
"""

from imagedocs.catalog.images import (
    Absence,
    Accelerator,
    Catalog,
    Environment,
    Framework,
    Image,
    Library,
    Listing,
    OperatingSystem,
    Package,
    Status,
)
from imagedocs.catalog.load import load_catalog

__all__ = [
    "Absence",
    "Accelerator",
    "Catalog",
    "Environment",
    "Framework",
    "Image",
    "Library",
    "Listing",
    "OperatingSystem",
    "Package",
    "Status",
    "load_catalog",
]
