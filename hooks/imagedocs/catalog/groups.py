"""Values that images share: an image is read as if the fields of its group that it doesn't have stood in it."""

from dataclasses import dataclass, field, replace

from imagedocs.catalog import fields as f
from imagedocs.catalog.kinds import ID_TEXT
from imagedocs.findings import Findings
from imagedocs.problems import Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import Schema, Text, wrong_type
from imagedocs.yaml.nodes import Mapping, Node, Scalar
from imagedocs.yaml.records import Field, Record, Values

TITLE = Field(
    "title",
    Text("a heading"),
    "The heading of its images, in the catalog's language; the site's messages translate it.",
    required=False,
)
_OWN = (f.ID.key, f.GROUP.key)
"""What only an image can have."""
_TABLES = (f.LIBRARIES.key, f.ATTRIBUTES.key, f.SOURCES.key)
"""Fields of which image and group each give entries."""
_TAGS = frozenset({f.TAG_FIELD.key, f.TAGS_FIELD.key})


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """The fields that the images of a group share."""

    image: Record

    def read(self, node: Node, findings: Findings) -> Values | None:
        shared = (replace(one, required=False) for one in self.image.fields if one.key not in _OWN)
        return Record((TITLE, *shared)).read(node, findings)

    def schema(self) -> Schema:
        shared = [one.key for one in self.image.fields if one.key not in _OWN]
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [],
            "properties": {
                TITLE.key: {"description": TITLE.description, **TITLE.kind.schema()},
                **{key: {"$ref": f"#/properties/images/items/properties/{key}"} for key in shared},
            },
        }


@dataclass(frozen=True, slots=True)
class ImageEntry:
    """An image, with the values of its group."""

    record: Record
    groups: dict[str, Node] = field(default_factory=dict[str, Node])

    def read(self, node: Node, findings: Findings) -> Values | None:
        if not isinstance(node, Mapping):
            wrong_type(node, "a mapping", findings)
            return None
        place = node.get(f.GROUP.key)
        name = place.value if isinstance(place, Scalar) else ""
        if place is None:
            return self._record_of(node).read(node, findings)
        group = self.groups.get(name)
        if isinstance(group, Mapping):
            whole = merged(node, group)
            return self._record_of(whole).read(whole, findings)
        if group is None and ID_TEXT.read(place, findings) is not None:
            hint = did_you_mean(name, self.groups) or "add it to the table groups"
            findings.add(place, Rule.UNKNOWN_NAME, f"there is no group {shown(name)}", hint)
        read = self._record_of(node).read(
            node, Findings("")
        )  # what is missing may stand in the group that was meant
        return None if read is None else replace(read, is_good=False)

    def _record_of(self, node: Mapping) -> Record:
        """An image with `tags` needs no `tag`."""
        if node.get(f.TAGS_FIELD.key) is None:
            return self.record
        tag = f.TAG_FIELD.key
        return Record(
            tuple(replace(one, required=one.required and one.key != tag) for one in self.record.fields)
        )

    def schema(self) -> Schema:
        schema = self.record.schema()
        required = [one.key for one in self.record.fields if one.required and one.key != f.TAG_FIELD.key]
        one_of_tags: list[Schema] = [{"required": [key]} for key in (f.TAG_FIELD.key, f.TAGS_FIELD.key)]
        return {
            **schema,
            "required": [f.ID.key],
            "not": {"required": sorted(_TAGS)},
            "if": {"not": {"required": [f.GROUP.key]}},
            "then": {"required": required, "anyOf": one_of_tags},
        }


def merged(image: Mapping, group: Mapping) -> Mapping:
    """Return the image with the fields of the group that it doesn't have; of libraries, attributes and sources the
    entries."""
    own = {key.value for key, _ in image.entries}
    if own & _TAGS:
        own |= _TAGS
    entries: list[tuple[Scalar, Node]] = []
    for key, node in image.entries:
        shared = group.get(key.value)
        is_table = key.value in _TABLES and isinstance(node, Mapping) and isinstance(shared, Mapping)
        if is_table and isinstance(node, Mapping) and isinstance(shared, Mapping):
            names = {inner.value for inner, _ in node.entries}
            rest = tuple(entry for entry in shared.entries if entry[0].value not in names)
            node = replace(node, entries=(*node.entries, *rest))
        entries.append((key, node))
    left = {*own, *_OWN, TITLE.key}
    entries += (entry for entry in group.entries if entry[0].value not in left)
    return replace(image, entries=tuple(entries))
