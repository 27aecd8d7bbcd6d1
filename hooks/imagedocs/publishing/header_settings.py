"""Read which headers a project wants a host to send, in `mkdocs.yml` below `extra.imagedocs.headers`."""

from collections.abc import Mapping
from dataclasses import dataclass

from imagedocs.findings import Findings
from imagedocs.yaml.fields import Flag, Schema, Text, wrong_type
from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import Node, Scalar
from imagedocs.yaml.records import Field, ListOf, Record

_DIRECTIVES = (
    "connect-src",
    "font-src",
    "frame-src",
    "img-src",
    "media-src",
    "script-src",
    "style-src",
    "worker-src",
)
_SOURCE = Text("a source such as https://example.org", r"[^\s;,]+")
_FIELDS = tuple(
    Field(name, ListOf(_SOURCE), f"Sources that `{name}` allows besides.", required=False)
    for name in _DIRECTIVES
)
_RECORD = Record(_FIELDS)


@dataclass(frozen=True, slots=True)
class HeadersSetting:
    """Value `false` or `true`, or a mapping of directives and the sources that they allow besides."""

    def read(self, node: Node, findings: Findings) -> Mapping[str, tuple[str, ...]] | None:
        """Return the additional sources by their directives; `None` where no headers are wanted."""
        if isinstance(node, MappingNode):
            read = _RECORD.read(node, findings)
            if read is None:
                return None
            found = {field.key: read.get(field) for field in _FIELDS}
            return {name: tuple(text for text, _ in each) for name, each in found.items() if each}
        if not (isinstance(node, Scalar) and node.plain and node.value in ("true", "false")):
            wrong_type(node, "true, false, or a mapping of directives", findings)
            return None
        return {} if node.value == "true" else None

    def schema(self) -> Schema:
        return {"anyOf": [Flag().schema(), _RECORD.schema()]}
