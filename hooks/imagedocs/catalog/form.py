"""The form of the catalog's file: its tables, its images, and the JSON Schema of both."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from imagedocs.catalog import fields as f
from imagedocs.catalog.accelerators import BUILT_IN as BUILT_IN_ACCELERATORS
from imagedocs.catalog.accelerators import TABLE, AcceleratorField
from imagedocs.catalog.columns import Attributes, ColumnEntry
from imagedocs.catalog.facts import AcceleratorKind, Column
from imagedocs.catalog.groups import GroupEntry, ImageEntry
from imagedocs.catalog.images import MAX_AGE
from imagedocs.catalog.kinds import ID_TEXT, PATH_BEGINNING, REGISTRY, OneOrMore
from imagedocs.catalog.promises import SupportField
from imagedocs.catalog.registries import REGISTRY_NAME_TEXT, RegistryEntry
from imagedocs.yaml.fields import Schema, Whole
from imagedocs.yaml.nodes import Node
from imagedocs.yaml.records import Field, ListOf, Record, TableOf

VERSION: Final = 2
"""Of the catalog's form. A file of a newer one is refused."""

VERSION_FIELD = Field("version", Whole(), f"The version of the catalog's form: {VERSION}; 1 is read too.")
REGISTRY_FIELD = Field(
    "registry",
    OneOrMore(REGISTRY, "registry"),
    "The host of the registry of images that name no other. A list when they are in several, each image in all.",
)
REGISTRIES = Field(
    "registries",
    TableOf(RegistryEntry(), REGISTRY_NAME_TEXT),
    "Registries that images refer to by a name, or of which something has to be known to ask them: the name or the "
    "host, and the host or what has to be known.",
    required=False,
    version=2,
)
FRAMEWORKS = Field(
    "frameworks",
    TableOf(Record((f.FRAMEWORK_TITLE, f.FRAMEWORK_TOKEN, f.FRAMEWORK_ANCHOR)), f.ANCHOR),
    "The frameworks in the order of the list's headings. The key `none` stands for images without one.",
)
SYSTEMS = Field(
    "systems",
    TableOf(Record((f.SYSTEM_TITLE,)), ID_TEXT),
    "The operating systems. The key is what repository names call it: ubuntu, as in ubuntu22.04.",
)
ACCELERATORS = Field(
    "accelerators",
    TABLE,
    "What images compute on besides cpu and gpu: rocm, neuron, tpu, with the libraries that belong to each.",
    required=False,
    version=2,
)
SUPPORT = Field(
    "support",
    SupportField(),
    "How long tags are supported, of images that say nothing else.",
    required=False,
    version=2,
)
MAX_AGE_FIELD = Field(
    "max_age",
    Whole(),
    f"Days after which the record of tags is old; {MAX_AGE} when absent.",
    required=False,
    version=2,
)
PORTAL = Field(
    "portal",
    ListOf(PATH_BEGINNING),
    "What the path begins with of pages that the registry's host has about its repositories: artifact/mar.",
    required=False,
)
COLUMNS = Field(
    "columns",
    ListOf(ColumnEntry()),
    "What every image must say of itself, beyond where it is: fields of this form (python), and others of your "
    "own choice (base_image), which stand below `attributes`. Absent: all fields, as the list of prebuilt images "
    "has them.",
    required=False,
)

IMAGE: Final = Record((*f.FACTS, f.SOURCES))
GROUPS = Field(
    "groups",
    TableOf(GroupEntry(IMAGE), ID_TEXT),
    "Values that images share: a name, and the fields of an image.",
    required=False,
    version=2,
)
IMAGES = Field(
    "images",
    ListOf(ImageEntry(IMAGE)),
    "All images that were ever listed, those of one framework in the order of the list.",
)

CATALOG: Final[tuple[Field[object], ...]] = (
    VERSION_FIELD,
    REGISTRY_FIELD,
    REGISTRIES,
    PORTAL,
    SUPPORT,
    MAX_AGE_FIELD,
    COLUMNS,
    FRAMEWORKS,
    SYSTEMS,
    ACCELERATORS,
    GROUPS,
    IMAGES,
)

_TABLES = {FRAMEWORKS.key: f.FRAMEWORK.key, SYSTEMS.key: f.OS.key}
"""The tables that only a catalog with that column needs."""


def catalog_form(
    columns: Collection[Column] | None,
    accelerators: tuple[AcceleratorKind, ...] = BUILT_IN_ACCELERATORS,
    groups: dict[str, Node] | None = None,
) -> Record:
    """Return the form of a catalog whose images must say what `columns` names, and may say the rest; without columns
    they must say all."""
    own = tuple(column for column in columns or () if column.name not in {one.key for one in f.BUILT_IN})
    accelerator = AcceleratorField(accelerators)
    known = Record((*f.FACTS, replace(f.ACCELERATOR, kind=accelerator))).paths()
    paths = (*dict.fromkeys(known), *(f"{f.ATTRIBUTES.key}.{column.name}" for column in own))
    kinds: dict[str, Field[object]] = {
        f.ACCELERATOR.key: replace(f.ACCELERATOR, kind=accelerator),
        f.ATTRIBUTES.key: replace(f.ATTRIBUTES, kind=Attributes(own)),
        f.SOURCES.key: replace(f.SOURCES, kind=f.sources_of(paths)),
    }
    image = Record(tuple(kinds.get(one.key, one) for one in IMAGE.fields))
    parts: dict[str, Field[object]] = {}
    if columns is not None:
        names = [column.name for column in columns]
        image = Record(tuple(replace(one, required=one.key in (*f.ALWAYS, *names)) for one in image.fields))
        tables: tuple[Field[object], ...] = (FRAMEWORKS, SYSTEMS)
        parts |= {one.key: replace(one, required=_TABLES[one.key] in names) for one in tables}
    parts[GROUPS.key] = replace(GROUPS, kind=TableOf(GroupEntry(image), ID_TEXT))
    parts[IMAGES.key] = replace(IMAGES, kind=ListOf(ImageEntry(image, groups or {})))
    return Record(tuple(parts.get(one.key, one) for one in CATALOG))


def catalog_schema() -> Schema:
    """Of a catalog with or without columns."""
    free = catalog_form(()).schema()
    needed = [one.key for one in IMAGE.fields if one.required and one.key not in f.ALWAYS]
    image: Schema = {"if": {"not": {"required": [f.GROUP.key]}}, "then": {"required": needed}}
    classic: Schema = {"required": list(_TABLES), "properties": {IMAGES.key: {"items": image}}}
    return {**free, "if": {"not": {"required": [COLUMNS.key]}}, "then": classic}
