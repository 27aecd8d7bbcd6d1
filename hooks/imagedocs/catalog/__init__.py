"""The catalog: all images that were ever listed, read from `catalog/images.yaml` into values.

`fields` is the table of its fields, from which `load` reads the file and `schema` writes the JSON Schema. A new
field is a line there, an attribute of `Image`, and a place in a template.
"""

from imagedocs.catalog.facts import (
    Absence,
    Accelerator,
    AcceleratorKind,
    Attribute,
    Column,
    ColumnType,
    Group,
    KnownIssue,
    Library,
    Link,
    Support,
)
from imagedocs.catalog.images import (
    Catalog,
    Environment,
    Framework,
    Image,
    Listing,
    OperatingSystem,
    Package,
    Status,
)
from imagedocs.catalog.load import load_catalog

__all__ = [
    "Absence",
    "Accelerator",
    "AcceleratorKind",
    "Attribute",
    "Catalog",
    "Column",
    "ColumnType",
    "Environment",
    "Framework",
    "Group",
    "Image",
    "KnownIssue",
    "Library",
    "Link",
    "Listing",
    "OperatingSystem",
    "Package",
    "Status",
    "Support",
    "load_catalog",
]
