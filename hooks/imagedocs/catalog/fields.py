"""The table of an image's fields: the one source of truth for the loader and for the JSON Schema."""

from typing import Final

from imagedocs.catalog.accelerators import AcceleratorField
from imagedocs.catalog.columns import Attributes
from imagedocs.catalog.facts import Absence
from imagedocs.catalog.images import Status
from imagedocs.catalog.kinds import (
    DIGEST,
    ID_TEXT,
    PLATFORMS,
    REPOSITORY,
    TAG,
    VERSION_TEXT,
    OneOrMore,
    OrAbsent,
    RequirementText,
)
from imagedocs.catalog.promises import KnownIssueEntry, SupportField
from imagedocs.catalog.registries import REGISTRY_NAME_TEXT
from imagedocs.yaml.fields import Choice, Day, Text
from imagedocs.yaml.records import Field, ListOf, Record, TableOf

_UNKNOWN = (Absence.UNKNOWN,)
_NONE_OR_UNKNOWN = (Absence.UNKNOWN, Absence.NONE)
_ANY = (Absence.UNKNOWN, Absence.NONE, Absence.NOT_APPLICABLE)

ANCHOR = Text("a name of lower-case letters, digits and dashes", r"[a-z0-9]+(?:-[a-z0-9]+)*")

# --- the tables that images refer to ---

FRAMEWORK_TITLE = Field("name", Text("a name"), "The name as its makers write it. It is never translated.")
FRAMEWORK_TOKEN = Field(
    "token",
    ID_TEXT,
    "How repository names begin that hold it, when that is not its key (sklearn).",
    required=False,
)
FRAMEWORK_ANCHOR = Field(
    "anchor",
    ANCHOR,
    "The anchor of its heading in every language, when that is not its key.",
    required=False,
)
SYSTEM_TITLE = Field("name", Text("a name"), "The name as its makers write it.")

# --- an image ---

FRAMEWORK_NAME = Field("name", ID_TEXT, "A key of the table `frameworks`.")
FRAMEWORK_VERSION = Field("version", OrAbsent(VERSION_TEXT, _UNKNOWN), 'In quotes: "1.10", or unknown.')

OS_NAME = Field("name", ID_TEXT, "A key of the table `systems`.")
OS_VERSION = Field("version", OrAbsent(VERSION_TEXT, _UNKNOWN), 'In quotes: "22.04", or unknown.')

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

ID = Field(
    "id", ID_TEXT, "The name by which the catalog and its templates refer to the image. Never changes."
)
GROUP = Field(
    "group",
    ID_TEXT,
    "A key of `groups`: the image has its values, but for the fields that it gives itself.",
    required=False,
    version=2,
)
REGISTRY_NAME = Field(
    "registry",
    OneOrMore(REGISTRY_NAME_TEXT, "registry"),
    "The host of its registry, or a key of `registries`, when that is not the catalog's `registry`. A list when the "
    "same image is in several: the one to show first comes first.",
    required=False,
    version=2,
)
REPOSITORY_FIELD = Field("repository", REPOSITORY, "The repository, relative to its registry.")
TAG_FIELD = Field("tag", TAG, "The tag that the list documents. Write either this or `tags`.")
TAGS_FIELD = Field(
    "tags",
    ListOf(TAG),
    "The tags that the list documents, when there are several: the most important first.",
    required=False,
    version=2,
)
DIGEST_FIELD = Field(
    "digest", DIGEST, "The digest, for an image that is documented by digest.", required=False
)
PLATFORMS_FIELD = Field(
    "platforms",
    PLATFORMS,
    "The platforms that each of its tags can be pulled for, as registries name them: linux/amd64, linux/arm64.",
    required=False,
    version=2,
)
FRAMEWORK = Field(
    "framework",
    OrAbsent(Record((FRAMEWORK_NAME, FRAMEWORK_VERSION)), (Absence.NONE,)),
    "The framework that the image is made for, with its version; none for an image without.",
)
ACCELERATOR = Field(
    "accelerator",
    AcceleratorField(),
    "What the image computes on, cpu, gpu or a key of `accelerators`, with the versions of its native libraries.",
)
OS = Field("os", OrAbsent(Record((OS_NAME, OS_VERSION)), _UNKNOWN), "The operating system inside the image.")
PYTHON = Field(
    "python", OrAbsent(VERSION_TEXT, _NONE_OR_UNKNOWN), 'The version of Python, in quotes: "3.10".'
)
PACKAGES = Field(
    "packages",
    OrAbsent(ListOf(RequirementText()), _ANY),
    "The Python packages that the list documents, as requirements (PEP 508): numpy>=1.16.0. Native libraries go "
    "to `accelerator` or `libraries`.",
)
LIBRARIES = Field(
    "libraries",
    TableOf(OrAbsent(VERSION_TEXT, _UNKNOWN), Text("a name")),
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
REPLACEMENT = Field("replacement", ID_TEXT, "The id of the image to use instead.", required=False)
ATTRIBUTES = Field(
    "attributes",
    Attributes(),
    "What the image says in the columns that are the catalog's own.",
    required=False,
)
SUPPORT = Field(
    "support",
    OrAbsent(SupportField(), _NONE_OR_UNKNOWN),
    "How long its tags are supported; none or unknown where the catalog's promise does not hold for the image.",
    required=False,
    version=2,
)
KNOWN_ISSUES = Field(
    "known_issues",
    ListOf(KnownIssueEntry()),
    "What is known to go wrong with some of its tags.",
    required=False,
    version=2,
)

FACTS: Final[tuple[Field[object], ...]] = (
    ID,
    GROUP,
    REGISTRY_NAME,
    REPOSITORY_FIELD,
    TAG_FIELD,
    TAGS_FIELD,
    DIGEST_FIELD,
    PLATFORMS_FIELD,
    FRAMEWORK,
    ACCELERATOR,
    OS,
    PYTHON,
    PACKAGES,
    LIBRARIES,
    ENVIRONMENT,
    LISTED,
    STATUS,
    SUPPORT,
    KNOWN_ISSUES,
    REPLACEMENT,
    ATTRIBUTES,
)


def sources_of(paths: tuple[str, ...]) -> TableOf[str]:
    """Return the kind of a table of sources for the fields of these paths."""
    return TableOf(Text("a source"), Text("a field"), paths, (ACCELERATOR.key, ATTRIBUTES.key))


SOURCES = Field(
    "sources",
    sources_of(Record(FACTS).paths()),
    "Field → the source of a fact that is not plain from the list itself.",
    required=False,
)

BUILT_IN: Final = (FRAMEWORK, ACCELERATOR, OS, PYTHON, PACKAGES, LIBRARIES, ENVIRONMENT)
"""The fields that may be named as columns."""
ALWAYS: Final = (ID.key, REPOSITORY_FIELD.key, TAG_FIELD.key)
"""What every image must have, whatever the columns are."""
NO_COLUMNS: Final = frozenset(one.key for one in (*FACTS, SOURCES)) - {
    one.key for one in (*BUILT_IN, PLATFORMS_FIELD)
}
"""Fields that every image has, or may have, whatever the columns are. Catalogs had columns called `platforms` before
there was such a field."""
