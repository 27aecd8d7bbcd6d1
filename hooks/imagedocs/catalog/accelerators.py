"""Reading what images compute on: the table of accelerators, and the field that refers to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from imagedocs.catalog.facts import CPU, GPU, Absence, Accelerator, AcceleratorKind
from imagedocs.catalog.kinds import ID_TEXT, VERSION_TEXT, OrAbsent
from imagedocs.findings import Findings
from imagedocs.problems import Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Choice, Schema, Text, either
from imagedocs.yaml.nodes import Node
from imagedocs.yaml.records import Field, Record, TableOf, Values

BUILT_IN: Final = (CPU, GPU)
"""Kinds that need no entry in the table."""

_VERSION = OrAbsent(VERSION_TEXT, (Absence.UNKNOWN, Absence.NONE))
_KEY = Text(
    "a name of lower-case letters, digits and underscores", r"(?!(?:kind|version)$)[a-z][a-z0-9_]{0,39}"
)

TITLE = Field("name", Text("a name"), "The name as its makers write it. It is never translated.")
TOKEN = Field(
    "token", ID_TEXT, "How names of repositories call it, when that is not its key (neuronx).", required=False
)
LIBRARIES = Field(
    "libraries",
    TableOf(Text("a name"), _KEY),
    "The libraries that belong to it: the key by which images give a version, and the name.",
    required=False,
)
TABLE = TableOf(Record((TITLE, TOKEN, LIBRARIES)), ID_TEXT)

VERSION = Field(
    "version", _VERSION, "The version of its own software (ROCm, the Neuron SDK), in quotes.", required=False
)


def read_accelerators(table: dict[str, Values], findings: Findings) -> tuple[AcceleratorKind, ...]:
    """Return the kinds that images may have: those of the table in its order, before them `cpu` and `gpu` where the
    table does not name them."""
    found: dict[str, AcceleratorKind] = {}
    taken: dict[str, str] = {}
    for key, values in table.items():
        libraries = values.get(LIBRARIES) or {}
        kind = AcceleratorKind(key, values.get(TITLE) or key, values.get(TOKEN) or key, libraries)
        if known := next((each for each in BUILT_IN if each.id == key), None):
            if libraries:
                names = either(*known.libraries) or "none"
                message = f"the libraries of {key} are fixed: {names}"
                hint = "write others in libraries of the image"
                findings.add(values.node(LIBRARIES), Rule.CATALOG_CONTRADICTION, message, hint)
            kind = replace(known, name=kind.name)
        other = taken.setdefault(kind.token, key)
        if other != key:
            message = f"{shown(other)} has the token {shown(kind.token)} already"
            findings.add(values.node(TOKEN), Rule.DUPLICATE_KEY, message, "give it another token")
        found[key] = kind
    return (*(each for each in BUILT_IN if each.id not in found), *found.values())


@dataclass(frozen=True, slots=True)
class AcceleratorField:
    """The kind of an image's accelerator, and the versions of its software."""

    kinds: tuple[AcceleratorKind, ...] = BUILT_IN

    def read(self, node: Node, findings: Findings) -> Accelerator | None:
        read = self._record.read(node, findings)
        name = read.get(self._kind) if read else None
        kind = next((each for each in self.kinds if each.id == name), None)
        if read is None or kind is None:
            return None
        has_version, allowed = _has_version(kind), _allowed(kind)
        for key, value in read.mapping.entries:
            if key.value not in allowed and key.value in read.values:
                self._add_stranger(kind, key.value, value, findings)
        versions = {key: _version(read, key) for key in kind.libraries}
        return Accelerator(
            kind, _version(read, "version") if has_version else Absence.NOT_APPLICABLE, versions
        )

    def _add_stranger(self, kind: AcceleratorKind, key: str, node: Node, findings: Findings) -> None:
        owner = next((each.id for each in self.kinds if key in each.libraries), "")
        what = "an image for the CPU" if kind.id == CPU.id else kind.name
        hint = f"remove it, or write kind: {owner}" if owner else "remove it"
        findings.add(node, Rule.CATALOG_CONTRADICTION, f"{what} has no {key}", hint)

    @property
    def _kind(self) -> Field[str]:
        names = tuple(each.id for each in self.kinds)
        choice = Choice(names, "an accelerator", "add it to the table accelerators, or write one of these")
        return Field("kind", choice, "What the image computes on: cpu, gpu, or a key of `accelerators`.")

    @property
    def _record(self) -> Record:
        return Record((self._kind, VERSION, *_library_fields(self.kinds)))

    def paths(self) -> tuple[str, ...]:
        """Names of the fields inside."""
        return self._record.paths()

    def schema_of_kinds(self) -> Schema:
        """Return the schema of an accelerator of a catalog that has these kinds; others may be new in its table."""
        libraries = _library_fields(self.kinds)
        names: Schema = {"anyOf": [{"enum": [each.id for each in self.kinds]}, ID_TEXT.schema()]}
        rules: list[Schema] = [
            {
                "if": {"properties": {"kind": {"const": kind.id}}},
                "then": {"propertyNames": {"enum": _allowed(kind)}},
            }
            for kind in self.kinds
        ]
        return {
            "type": "object",
            "required": ["kind"],
            "properties": {
                "kind": {"description": self._kind.description, **names},
                **{each.key: _described(each) for each in (VERSION, *libraries)},
            },
            "additionalProperties": _VERSION.schema(),
            "allOf": rules,
        }

    def schema(self) -> Schema:
        """Of an accelerator of any catalog: which kinds its table has is not known."""
        fields = (VERSION, *_library_fields(BUILT_IN))
        fixed = dict.fromkeys(("kind", *(each.key for each in _library_fields(BUILT_IN))), True)
        return {
            "type": "object",
            "required": ["kind"],
            "properties": {
                "kind": {"description": self._kind.description, **ID_TEXT.schema()},
                **{each.key: _described(each) for each in fields},
            },
            "additionalProperties": _VERSION.schema(),
            "if": {"properties": {"kind": {"enum": [each.id for each in BUILT_IN]}}},
            "then": {"properties": fixed, "additionalProperties": False},
        }


def _has_version(kind: AcceleratorKind) -> bool:
    return kind.id not in (CPU.id, GPU.id)


def _allowed(kind: AcceleratorKind) -> list[str]:
    """Return the keys of an accelerator of this kind."""
    return ["kind", *(["version"] if _has_version(kind) else []), *kind.libraries]


def _described(each: Field[str | Absence]) -> Schema:
    return {"description": each.description, **each.kind.schema()}


def _version(read: Values, key: str) -> str | Absence:
    value = read.values.get(key)
    return value if isinstance(value, str) else Absence.UNKNOWN


def _library_fields(kinds: Iterable[AcceleratorKind]) -> tuple[Field[str | Absence], ...]:
    names: dict[str, tuple[str, str]] = {}
    for kind in kinds:
        for key, name in kind.libraries.items():
            names.setdefault(key, (name, kind.name))
    return tuple(
        Field(key, _VERSION, f"Of {owner}: the version of {name}, in quotes.", required=False)
        for key, (name, owner) in names.items()
    )
