"""The catalog: all images that were ever listed, read from `catalog/images.yaml` into values.

`fields` is the table of its fields, from which `load` reads the file and `schema` writes the JSON Schema. A new
field is a line there, an attribute of `Image`, and a place in a template.
"""

from imagedocs.catalog.facts import (
    Absence,
    Attribute,
    ColumnType,
    KnownIssue,
    Library,
    Link,
    NamedImage,
    NamedTag,
    Support,
)
from imagedocs.catalog.images import (
    Catalog,
    Environment,
    Framework,
    Image,
    OperatingSystem,
    Status,
)
from imagedocs.catalog.load import load_catalog

__all__ = [
    "Absence",
    "Attribute",
    "Catalog",
    "ColumnType",
    "Environment",
    "Framework",
    "Image",
    "KnownIssue",
    "Library",
    "Link",
    "NamedImage",
    "NamedTag",
    "OperatingSystem",
    "Status",
    "Support",
    "load_catalog",
]
