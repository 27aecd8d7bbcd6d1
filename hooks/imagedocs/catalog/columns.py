"""Reading the columns that are a catalog's own, and what images say in them."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Generic, TypeVar
from urllib.parse import urlsplit

from imagedocs.catalog.facts import Absence, Attribute, Column, ColumnType, Link, NamedImage, NamedTag
from imagedocs.catalog.kinds import TAG, OrAbsent
from imagedocs.findings import Findings
from imagedocs.problems import Rule
from imagedocs.references import InvalidReferenceError, Reference, as_meant, looks_like_host, parse_normalized
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import Choice, Day, Kind, Schema, Text, wrong_type
from imagedocs.yaml.nodes import Mapping, Node, Scalar, Sequence
from imagedocs.yaml.records import Field, Record, TextOrTexts

T = TypeVar("T")

LONGEST_ADDRESS: Final = 2000

_ABSENCES = (Absence.UNKNOWN, Absence.NONE, Absence.NOT_APPLICABLE)
_NAME = Text("the name of a column, of lower-case letters, digits and underscores", r"[a-z][a-z0-9_]{0,39}")

NAME = Field("name", _NAME, "The name by which images and templates refer to the column.")
TITLE = Field(
    "title",
    Text("a heading"),
    "The heading, in the catalog's language; the site's messages translate it. Absent: made from the name.",
    required=False,
)
TYPE = Field(
    "type",
    Choice(tuple(ColumnType), "a type"),
    "What its values are: text, list (of texts), number, date (2027-01-31), link (an address, or url and text), tag or "
    "tags (of the image's repository), image or images (ids, or names with registry). Absent: a text or a list of texts.",
    required=False,
)
_RECORD = Record((NAME, TITLE, TYPE))


@dataclass(frozen=True, slots=True)
class _UnknownColumn(Column):
    """A column whose type is wrong: nothing can be said of its values."""


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A column: its name alone, or with a title and a type."""

    def read(self, node: Node, findings: Findings) -> Column | None:
        if not isinstance(node, Mapping):
            name = _NAME.read(node, findings)
            return None if name is None else Column(name, _title(name))
        read = _RECORD.read(node, findings)
        name = read.get(NAME) if read else None
        if read is None or name is None:
            return None
        kind, title = read.get(TYPE), read.get(TITLE) or _title(name)
        if kind is None and read.mapping.get(TYPE.key) is not None:
            return _UnknownColumn(name, title)
        return Column(name, title, ColumnType(kind) if kind else None)

    def schema(self) -> Schema:
        return {"anyOf": [_NAME.schema(), _RECORD.schema()]}


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def read_columns(
    node: Node | None, built_in: Collection[str], never: Collection[str], findings: Findings
) -> tuple[Column, ...] | None:
    """Return the columns, each once; `None` when the catalog declares none, and none of something that is no list.

    `built_in` are the fields that may be columns, `never` those that are none. What is wrong with an entry by itself
    is for `ColumnEntry` to report.
    """
    if not isinstance(node, Sequence):
        return None if node is None else ()
    found: dict[str, Column] = {}
    for item in node.items:
        place = (item.get("name") if isinstance(item, Mapping) else item) or item
        name = place.value if isinstance(place, Scalar) else ""
        if name in found:
            message = f"the column {shown(name)} stands twice"
            findings.add(place, Rule.DUPLICATE_KEY, message, "remove one of them")
        elif name in never:
            message = f"{shown(name)} is a field of every image, not a column"
            findings.add(place, Rule.UNKNOWN_NAME, message, "remove it")
        elif name not in built_in and " " not in name and (meant := did_you_mean(name, built_in)):
            # Nobody has both `pyhton` and `python`.
            findings.add(place, Rule.UNKNOWN_NAME, f"there is no column {shown(name)}", meant)
        elif name in built_in and isinstance(item, Mapping):
            message = f"{shown(name)} is a field of the catalog's form, which has its title and type already"
            findings.add(place, Rule.CATALOG_CONTRADICTION, message, f"write {name} alone")
        elif (column := ColumnEntry().read(item, Findings(""))) is not None:
            found[name] = column
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number, whole or decimal."""

    def read(self, node: Node, findings: Findings) -> int | Decimal | None:
        pattern = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?"
        if not isinstance(node, Scalar) or not node.plain or not re.fullmatch(pattern, node.value, re.ASCII):
            wrong_type(node, "a number such as 12 or 1.5, without quotes and unit", findings)
            return None
        return Decimal(node.value) if "." in node.value else int(node.value)

    def schema(self) -> Schema:
        return {"type": "number"}


_ADDRESS = re.compile(
    r"""(?i:https?)://[^\x00-\x20\x7f-\xa0"<>\\^`{|}\u2000-\u200f\u2028-\u202f\u2066-\u2069]+"""
)


@dataclass(frozen=True, slots=True)
class AddressText:
    """The address of a page on the web."""

    def read(self, node: Node, findings: Findings) -> str | None:
        value = Text("an address such as https://example.org/notes").read(node, findings)
        if value is None or _is_address(value):
            return value
        message = f"expected an address, found {shown(value)}"
        hint = "write one that begins with https:// or http:// and has no blanks"
        findings.add(node, Rule.WRONG_TYPE, message, hint)
        return None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s]+$"}


def _is_address(text: str) -> bool:
    if len(text) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return False


LINK_ADDRESS = Field("url", AddressText(), "The address, with https:// or http://.")
LINK_TEXT = Field("text", Text(), "What to show in place of the address.", required=False)
_LINK = Record((LINK_ADDRESS, LINK_TEXT))


@dataclass(frozen=True, slots=True)
class LinkValue:
    """An address, or an address and the text to show."""

    def read(self, node: Node, findings: Findings) -> Link | None:
        if not isinstance(node, Mapping):
            address = AddressText().read(node, findings)
            return None if address is None else Link(address)
        read = _LINK.read(node, findings)
        address = read.get(LINK_ADDRESS) if read else None
        return None if read is None or address is None else Link(address, read.get(LINK_TEXT) or "")

    def schema(self) -> Schema:
        return {"anyOf": [AddressText().schema(), _LINK.schema()]}


@dataclass(frozen=True, slots=True)
class TagValue:
    """A tag of the image's repository."""

    def read(self, node: Node, findings: Findings) -> NamedTag | None:
        tag = TAG.read(node, findings)
        return None if tag is None else NamedTag(tag)

    def schema(self) -> Schema:
        return TAG.schema()


@dataclass(frozen=True, slots=True)
class ImageValue:
    """The id of an image of the catalog, or the name of any image; an id has no path yet."""

    def read(self, node: Node, findings: Findings) -> NamedImage | None:
        text = Text("the id of an image, or a name such as quay.io/team/base:1.0").read(node, findings)
        if text is None:
            return None
        if not set(text) & set("/:@"):
            return NamedImage(Reference("", ""), text)
        try:
            reference = parse_normalized(text)
        except InvalidReferenceError as error:
            message = f"{shown(text)} is not the name of an image: {error}"
            findings.add(node, Rule.IMAGE_REFERENCE_INVALID, message, "write host/repository:tag, or an id")
            return None
        host, slash, _ = text.partition("/")
        if slash and looks_like_host(host):
            return NamedImage(as_meant(reference))
        path = reference.path if slash else reference.path.rpartition("/")[2]  # as it is written
        return NamedImage(replace(reference, domain="", path=path))

    def schema(self) -> Schema:
        return Text().schema()


@dataclass(frozen=True, slots=True)
class Several(Generic[T]):
    """A list of values; a single value is a list of one."""

    kind: Kind[T]

    def read(self, node: Node, findings: Findings) -> tuple[T, ...] | None:
        items = node.items if isinstance(node, Sequence) else (node,)
        if not items:
            wrong_type(node, "at least one value", findings)
        values = tuple(value for item in items if (value := self.kind.read(item, findings)) is not None)
        return values if values and len(values) == len(items) else None

    def schema(self) -> Schema:
        one = self.kind.schema()
        return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


@dataclass(frozen=True, slots=True)
class TextList:
    """A list of texts; a single text is a list of one."""

    def read(self, node: Node, findings: Findings) -> tuple[str, ...] | None:
        value = TextOrTexts().read(node, findings)
        return (value,) if isinstance(value, str) else value

    def schema(self) -> Schema:
        return TextOrTexts().schema()


_KINDS: Final[dict[ColumnType | None, Kind[Attribute]]] = {
    None: TextOrTexts(),
    ColumnType.TEXT: Text(),
    ColumnType.LIST: TextList(),
    ColumnType.NUMBER: NumberValue(),
    ColumnType.DATE: Day(),
    ColumnType.LINK: LinkValue(),
    ColumnType.TAG: TagValue(),
    ColumnType.TAGS: Several(TagValue()),
    ColumnType.IMAGE: ImageValue(),
    ColumnType.IMAGES: Several(ImageValue()),
}


@dataclass(frozen=True, slots=True)
class Attributes:
    """What an image says in the catalog's own columns, each value of its column's type."""

    columns: tuple[Column, ...] = ()
    are_known: bool = False
    """Whether `columns` are all there are, so that the schema need allow no others."""

    def read(self, node: Node, findings: Findings) -> dict[str, Attribute] | None:
        if not isinstance(node, Mapping):
            wrong_type(node, "a mapping", findings)
            return None
        types = {column.name: column.type for column in self.columns}
        unknown = {column.name for column in self.columns if isinstance(column, _UnknownColumn)}
        found: dict[str, Attribute] = {}
        for key, item in node.entries:
            if key.value in unknown:
                found[key.value] = Absence.UNKNOWN
                continue
            kind = OrAbsent(_KINDS[types.get(key.value)], _ABSENCES)
            value = kind.read(item, findings)
            if value is not None:
                found[key.value] = value
        return found

    def schema(self) -> Schema:
        """Of the columns; of those of any catalog where these are not known."""
        words = {"enum": [word.value for word in _ABSENCES]}
        if self.are_known:
            properties = {
                each.name: {"title": each.title, "anyOf": [_KINDS[each.type].schema(), words]}
                for each in self.columns
            }
            return {"type": "object", "properties": properties, "additionalProperties": False}
        kinds = [TextOrTexts().schema(), NumberValue().schema(), _LINK.schema(), words]
        return {"type": "object", "additionalProperties": {"anyOf": kinds}}
