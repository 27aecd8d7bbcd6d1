"""The table of the catalog's fields: the one source of truth for the loader and for the JSON Schema."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from imagedocs.catalog.facts import Absence
from imagedocs.catalog.images import Status
from imagedocs.catalog.kinds import (
    DIGEST,
    PATH_BEGINNING,
    REGISTRY,
    REPOSITORY,
    TAG,
    ColumnName,
    OrAbsent,
    RequirementText,
)
from imagedocs.problems import Rule
from imagedocs.yaml_fields import Choice, Day, Schema, Text, Whole
from imagedocs.yaml_records import Field, ListOf, Record, TableOf, TextOrTexts

VERSION: Final = 1
"""Of the catalog's form. A file of a newer one is refused."""

_UNKNOWN = (Absence.UNKNOWN,)
_NONE_OR_UNKNOWN = (Absence.UNKNOWN, Absence.NONE)
_ANY = (Absence.UNKNOWN, Absence.NONE, Absence.NOT_APPLICABLE)

_VERSION_TEXT = Text(
    'a version such as "3.10"', r"[0-9]+(?:\.[0-9A-Za-z]+)*(?:[-+_][0-9A-Za-z.]+)?", Rule.INVALID_VERSION
)
_ID = Text("a name of lower-case letters, digits, dots and dashes", r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*")
_ANCHOR = Text("a name of lower-case letters, digits and dashes", r"[a-z0-9]+(?:-[a-z0-9]+)*")

# --- the tables that images refer to ---

FRAMEWORK_TITLE = Field("name", Text("a name"), "The name as its makers write it. It is never translated.")
FRAMEWORK_TOKEN = Field(
    "token",
    _ID,
    "How repository names begin that hold it, when that is not its key (sklearn).",
    required=False,
)
FRAMEWORK_ANCHOR = Field(
    "anchor",
    _ANCHOR,
    "The anchor of its heading in every language, when that is not its key.",
    required=False,
)
SYSTEM_TITLE = Field("name", Text("a name"), "The name as its makers write it.")

# --- an image ---

FRAMEWORK_NAME = Field("name", _ID, "A key of the table `frameworks`.")
FRAMEWORK_VERSION = Field("version", OrAbsent(_VERSION_TEXT, _UNKNOWN), 'In quotes: "1.10", or unknown.')

KIND = Field("kind", Choice(("cpu", "gpu"), "an accelerator"), "What the image computes on.")
CUDA = Field(
    "cuda",
    OrAbsent(_VERSION_TEXT, _NONE_OR_UNKNOWN),
    "Of a GPU image: the version of CUDA, in quotes.",
    required=False,
)
CUDNN = Field(
    "cudnn",
    OrAbsent(_VERSION_TEXT, _NONE_OR_UNKNOWN),
    "Of a GPU image: the version of cuDNN.",
    required=False,
)
NCCL = Field(
    "nccl", OrAbsent(_VERSION_TEXT, _NONE_OR_UNKNOWN), "Of a GPU image: the version of NCCL.", required=False
)

OS_NAME = Field("name", _ID, "A key of the table `systems`.")
OS_VERSION = Field("version", OrAbsent(_VERSION_TEXT, _UNKNOWN), 'In quotes: "22.04", or unknown.')

ENVIRONMENT_NAME = Field("name", Text("a name"), "The name of the curated environment.")
ENVIRONMENT_UNTIL = Field(
    "until", Day(), "The first day on which the list no longer showed it.", required=False
)

LISTED_FROM = Field("from", Day(), "The first day on which the list had the image: 2021-05-25.")
LISTED_UNTIL = Field(
    "until",
    Day(),
    "The first day on which the list no longer had it. Absent: it still has. Equal to `from`: a draft only.",
    required=False,
)

ID = Field("id", _ID, "The name by which the catalog and its templates refer to the image. Never changes.")
REPOSITORY_FIELD = Field("repository", REPOSITORY, "The repository, relative to the catalog's `registry`.")
TAG_FIELD = Field("tag", TAG, "The tag that the list documents.")
DIGEST_FIELD = Field(
    "digest", DIGEST, "The digest, for an image that is documented by digest.", required=False
)
FRAMEWORK = Field(
    "framework",
    OrAbsent(Record((FRAMEWORK_NAME, FRAMEWORK_VERSION)), (Absence.NONE,)),
    "The framework that the image is made for, with its version; none for an image without.",
)
ACCELERATOR = Field(
    "accelerator", Record((KIND, CUDA, CUDNN, NCCL)), "CPU, or GPU with its native libraries."
)
OS = Field("os", OrAbsent(Record((OS_NAME, OS_VERSION)), _UNKNOWN), "The operating system inside the image.")
PYTHON = Field(
    "python", OrAbsent(_VERSION_TEXT, _NONE_OR_UNKNOWN), 'The version of Python, in quotes: "3.10".'
)
PACKAGES = Field(
    "packages",
    OrAbsent(ListOf(RequirementText()), _ANY),
    "The Python packages that the list documents, as requirements (PEP 508): numpy>=1.16.0. Native libraries go "
    "to `accelerator` or `libraries`.",
)
LIBRARIES = Field(
    "libraries",
    TableOf(OrAbsent(_VERSION_TEXT, _UNKNOWN), Text("a name")),
    "Native libraries other than those of `accelerator`: name and version.",
    required=False,
)
ENVIRONMENT = Field(
    "environment",
    OrAbsent(Record((ENVIRONMENT_NAME, ENVIRONMENT_UNTIL)), _ANY),
    "The curated environment that the list names beside the image.",
)
LISTED = Field("listed", Record((LISTED_FROM, LISTED_UNTIL)), "When the image stood in the list.")
STATUS = Field(
    "status",
    Choice(tuple(Status), "a status"),
    "supported; deprecated: listed, but not for new work; removed: no longer listed.",
)
REPLACEMENT = Field("replacement", _ID, "The id of the image to use instead.", required=False)
ATTRIBUTES = Field(
    "attributes",
    TableOf(OrAbsent(TextOrTexts(), _ANY), Text("a column")),
    "What the image says in the columns that are the catalog's own: a text, or a list of texts.",
    required=False,
)

_FACTS = (
    ID,
    REPOSITORY_FIELD,
    TAG_FIELD,
    DIGEST_FIELD,
    FRAMEWORK,
    ACCELERATOR,
    OS,
    PYTHON,
    PACKAGES,
    LIBRARIES,
    ENVIRONMENT,
    LISTED,
    STATUS,
    REPLACEMENT,
    ATTRIBUTES,
)
SOURCES = Field(
    "sources",
    TableOf(Text("a source"), Text("a field"), Record(_FACTS).paths()),
    "Field → the source of a fact that is not plain from the list itself.",
    required=False,
)

IMAGE: Final = Record((*_FACTS, SOURCES))

# --- the file ---

VERSION_FIELD = Field("version", Whole(), f"The version of the catalog's form: {VERSION}.")
REGISTRY_FIELD = Field("registry", REGISTRY, "The host that all repositories are relative to.")
FRAMEWORKS = Field(
    "frameworks",
    TableOf(Record((FRAMEWORK_TITLE, FRAMEWORK_TOKEN, FRAMEWORK_ANCHOR)), _ANCHOR),
    "The frameworks in the order of the list's headings. The key `none` stands for images without one.",
)
SYSTEMS = Field(
    "systems",
    TableOf(Record((SYSTEM_TITLE,)), _ID),
    "The operating systems. The key is what repository names call it: ubuntu, as in ubuntu22.04.",
)
IMAGES = Field(
    "images",
    ListOf(IMAGE),
    "All images that were ever listed, those of one framework in the order of the list.",
)

PORTAL = Field(
    "portal",
    ListOf(PATH_BEGINNING),
    "What the path begins with of pages that the registry's host has about its repositories: artifact/mar.",
    required=False,
)
COLUMNS = Field(
    "columns",
    ListOf(ColumnName()),
    "What every image must say of itself, beyond where it is: fields of this form (python), and others of your "
    "own choice (base_image), which stand below `attributes`. Absent: all fields, as the list of prebuilt images "
    "has them.",
    required=False,
)

CATALOG: Final = Record((VERSION_FIELD, REGISTRY_FIELD, PORTAL, COLUMNS, FRAMEWORKS, SYSTEMS, IMAGES))
"""A catalog that names no columns."""

BUILT_IN: Final = (FRAMEWORK, ACCELERATOR, OS, PYTHON, PACKAGES, LIBRARIES, ENVIRONMENT)
"""The fields that may be named as columns."""
_ALWAYS = (ID.key, REPOSITORY_FIELD.key, TAG_FIELD.key)
NO_COLUMNS: Final = frozenset(one.key for one in IMAGE.fields) - {one.key for one in BUILT_IN}
"""Fields that every image has, or may have, whatever the columns are."""
_TABLES = {FRAMEWORKS.key: FRAMEWORK.key, SYSTEMS.key: OS.key}
"""The tables that only a catalog with that column needs."""


def catalog_with(columns: Collection[str]) -> Record:
    """A catalog whose images must say what `columns` names, and may say the rest."""
    image = Record(tuple(replace(one, required=one.key in (*_ALWAYS, *columns)) for one in IMAGE.fields))
    tables: tuple[Field[object], ...] = (FRAMEWORKS, SYSTEMS)
    parts: dict[str, Field[object]] = {IMAGES.key: replace(IMAGES, kind=ListOf(image))}
    parts |= {one.key: replace(one, required=_TABLES[one.key] in columns) for one in tables}
    return Record(tuple(parts.get(one.key, one) for one in CATALOG.fields))


def catalog_schema() -> Schema:
    """Of a catalog with or without columns."""
    free = catalog_with(()).schema()
    images: Schema = {
        "items": {"required": [one.key for one in IMAGE.fields if one.required and one.key not in _ALWAYS]}
    }
    classic: Schema = {"required": list(_TABLES), "properties": {IMAGES.key: images}}
    return {**free, "if": {"not": {"required": [COLUMNS.key]}}, "then": classic}
