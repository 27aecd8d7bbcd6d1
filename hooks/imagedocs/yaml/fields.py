"""Reading a mapping's fields with their types: what is missing, unknown or of another type is a problem.

`Kind`s say what a value must be, for the reader and for the JSON Schema alike. `Fields` reads the entries of
one mapping by name:

    fields = Fields(mapping, findings)
    name = fields.text("name")                 # a problem when it is missing
    note = fields.text("note", default="")     # optional
    for entry in fields.mappings("entries"): …
    fields.finish()                            # a problem for each entry that nothing asked for
"""

import re
from calendar import monthrange
from collections.abc import Sequence as AbstractSequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import did_you_mean, nearest, shown
from imagedocs.yaml.names import usual_name
from imagedocs.yaml.nodes import Mapping, Node, Refused, Scalar, Sequence, describe

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Schema = dict[str, object]
"""A part of a JSON Schema (draft-07)."""


class Kind(Protocol[T_co]):
    """What a value must be."""

    def read(self, node: Node, findings: Findings) -> T_co | None:
        """The value, or `None` after adding to `findings` what is wrong with it."""
        ...

    def schema(self) -> Schema: ...


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Text:
    """Text on one line. A number, date or boolean must be in quotes."""

    expected: str = "text"
    """What it is called in "expected …"."""
    pattern: str = ""
    """A regular expression that the whole text must match; understood alike by Python and by ECMAScript."""
    rule: Rule = Rule.WRONG_TYPE
    """For a text that does not match."""

    def read(self, node: Node, findings: Findings) -> str | None:
        if not isinstance(node, Scalar) or not node.value.strip() or node.reads_as == "null":
            wrong_type(node, self.expected, findings)
            return None
        if node.reads_as != "text":
            quoted = shown(node.value)
            message = f"YAML reads {quoted[1:-1]} as a {node.reads_as}, not as text"
            findings.add(node, Rule.UNQUOTED_VALUE, message, f"write {quoted}")
            return None
        value = node.value
        if bad := _CONTROL.search(value.replace("\n", "\x0b")):
            name = "a line break" if bad[0] == "\x0b" else f"the control character U+{ord(bad[0]):04X}"
            findings.add(
                node, Rule.WRONG_TYPE, f"expected {self.expected}, found text with {name}", "remove it"
            )
            return None
        if self.pattern and not re.fullmatch(self.pattern, value, re.ASCII):
            low = value.lower()
            hint = f"write {shown(low)}" if re.fullmatch(self.pattern, low, re.ASCII) else ""
            findings.add(node, self.rule, f"expected {self.expected}, found {shown(value)}", hint)
            return None
        return value

    def schema(self) -> Schema:
        if self.pattern:
            return {"type": "string", "pattern": f"^(?:{self.pattern})$"}
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, not negative."""

    def read(self, node: Node, findings: Findings) -> int | None:
        if (
            isinstance(node, Scalar)
            and node.plain
            and re.fullmatch(r"0|[1-9][0-9]{0,8}", node.value, re.ASCII)
        ):
            return int(node.value)
        is_long = (
            isinstance(node, Scalar) and node.plain and re.fullmatch(r"[1-9][0-9]{9,}", node.value, re.ASCII)
        )
        wanted = "a whole number of at most nine digits" if is_long else "a whole number"
        meant = (
            re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", node.value, re.ASCII) if isinstance(node, Scalar) else None
        )
        wrong_type(node, wanted, findings, f"write {int(meant[1])}, without quotes" if meant else "")
        return None

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 0}


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""

    def read(self, node: Node, findings: Findings) -> bool | None:
        if isinstance(node, Scalar) and node.plain and node.value in ("true", "false"):
            return node.value == "true"
        wrong_type(node, "true or false", findings)
        return None

    def schema(self) -> Schema:
        return {"type": "boolean"}


_BEGINS_AS_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])", re.ASCII)


def _about(day: str) -> str:
    """Return what to know of a day that doesn't exist."""
    year, month = int(day[:4]), int(day[5:7])
    if not year or not 1 <= month <= 12:
        return "write year-month-day"
    return f"the last day of that month is {year:04}-{month:02}-{monthrange(year, month)[1]}"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, `2021-05-25`, with or without quotes."""

    def read(self, node: Node, findings: Findings) -> date | None:
        if not isinstance(node, Scalar):
            wrong_type(node, "a day such as 2021-05-25", findings)
            return None
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.value, re.ASCII):
            try:
                return date.fromisoformat(node.value)
            except ValueError:
                findings.add(node, Rule.INVALID_DATE, f"there is no day {node.value}", _about(node.value))
                return None
        found = shown(node.value) if node.value else describe(node)
        meant = _BEGINS_AS_DAY.match(node.value)
        hint = f"write {meant[1]}-{int(meant[2]):02}-{int(meant[3]):02}" if meant else ""
        findings.add(node, Rule.INVALID_DATE, f"expected a day such as 2021-05-25, found {found}", hint)
        return None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    choices: tuple[str, ...]
    expected: str = ""
    """What the words are, for a person: `a status`. Empty: just the words."""
    hint: str = ""
    """What to write instead of a word that is like none of them."""

    def read(self, node: Node, findings: Findings) -> str | None:
        if isinstance(node, Scalar) and node.value in self.choices:
            return node.value
        words = either(*self.choices)
        expected = f"{self.expected} ({words})" if self.expected else words
        hint = did_you_mean(node.value, self.choices) if isinstance(node, Scalar) else ""
        wrong_type(node, expected, findings, hint or self.hint)
        return None

    def schema(self) -> Schema:
        return {"enum": list(self.choices)}


def either(*words: str) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def wrong_type(node: Node, expected: str, findings: Findings, hint: str = "") -> None:
    if not isinstance(node, Refused):
        if expected == "a list" and isinstance(node, Scalar) and node.value and not hint:
            hint = f"write [{node.value if node.plain else shown(node.value)}]"
        findings.add(node, Rule.WRONG_TYPE, f"expected {expected}, found {describe(node)}", hint)


def unknown_key(key: Scalar, known: AbstractSequence[str], findings: Findings) -> None:
    if not findings.full:
        meant = usual_name(key.value, known) if not nearest(key.value, known) else ""
        hint = f'write "{meant}"' if meant else did_you_mean(key.value, known)
        hint = hint or f"expected one of: {', '.join(known)}"
        findings.add(key, Rule.UNKNOWN_KEY, f"unknown key {shown(key.value)}", hint)


@dataclass(slots=True)
class Fields:
    """The entries of one mapping, each read by name and type.

    `None` as `default` makes an entry required. A value of the wrong type is a problem and gives the default.
    """

    mapping: Mapping
    findings: Findings
    _asked: list[str] = field(default_factory=list[str])
    _missing: dict[str, Problem] = field(default_factory=dict[str, Problem])

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text of `key`: "" when it is missing and there is no default."""
        value = self.read(key, Text(), required=default is None)
        return value if value is not None else default or ""

    def whole(self, key: str, default: int | None = None) -> int:
        value = self.read(key, Whole(), required=default is None)
        return value if value is not None else default or 0

    def flag(self, key: str, default: bool | None = None) -> bool:
        value = self.read(key, Flag(), required=default is None)
        return value if value is not None else bool(default)

    def choice(self, key: str, choices: AbstractSequence[str], default: str | None = None) -> str:
        value = self.read(key, Choice(tuple(choices)), required=default is None)
        return value if value is not None else default or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        read = (Text().read(node, self.findings) for node in self.nodes(key))
        return tuple(text for text in read if text is not None)

    def mapping_of(self, key: str, *, required: bool = False) -> "Fields | None":
        node = self.node(key, required=required)
        if isinstance(node, Mapping):
            return Fields(node, self.findings)
        if node is not None:
            wrong_type(node, "a mapping", self.findings)
        return None

    def mappings(self, key: str, *, required: bool = False) -> "tuple[Fields, ...]":
        """The mappings of a list."""
        found: list[Fields] = []
        for node in self.nodes(key, required=required):
            if isinstance(node, Mapping):
                found.append(Fields(node, self.findings))
            else:
                wrong_type(node, "a mapping", self.findings)
        return tuple(found)

    def nodes(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        """The items of a list, whatever they are."""
        node = self.node(key, required=required)
        if isinstance(node, Sequence):
            return node.items
        if node is not None:
            wrong_type(node, "a list", self.findings)
        return ()

    def read(self, key: str, kind: Kind[T], *, required: bool = True) -> T | None:
        node = self.node(key, required=required)
        return None if node is None else kind.read(node, self.findings)

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """Return the value of `key` as it is; asking for it makes the key known."""
        self._asked.append(key)
        node = self.mapping.get(key)
        if node is None and required and not self.findings.full:
            problem = self.findings.add(self.mapping, Rule.MISSING_FIELD, f'the field "{key}" is missing')
            if problem:
                self._missing[key] = problem
        return node

    def at(self, key: str) -> Position:
        """Where the value of `key` stands; where the mapping begins when there is none."""
        return self.findings.at(self.mapping.get(key) or self.mapping)

    def finish(self) -> None:
        """Report each entry that nothing asked for. A field whose name is misspelt is not missing as well."""
        for key, _ in self.mapping.entries:
            if key.value not in self._asked:
                if self._missing and not self.findings.full:
                    name = usual_name(key.value, [*self._missing]) or nearest(key.value, self._asked) or ""
                    meant = self._missing.pop(name, None)
                    if meant in self.findings.problems:
                        self.findings.problems.remove(meant)
                unknown_key(key, self._asked, self.findings)


def root_fields(root: Node | None, findings: Findings) -> Fields | None:
    """The fields of a file's outermost mapping; `None` (with a problem unless `root` is `None`) when it is not one."""
    if isinstance(root, Mapping):
        return Fields(root, findings)
    if root is not None:
        wrong_type(root, "a mapping", findings)
    return None
