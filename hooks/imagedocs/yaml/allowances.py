"""Files of allowances: what a check lets pass, each with a reason and a last day."""

from collections.abc import Callable
from datetime import date
from typing import Final, Generic, TypeVar

from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.fields import Day, Schema, Text, Whole, root_fields
from imagedocs.yaml.nodes import read_yaml
from imagedocs.yaml.records import Field, ListOf, Record

VERSION: Final = 1

T = TypeVar("T")
A = TypeVar("A")


class AllowanceFile(Generic[T, A]):
    """Form of such a file, for its reader and for its schema: a version, and a list of entries below `allow`.

    `value` is the field that names what is allowed. `reason`, `until` and `entries` describe the other fields to people.
    `make` makes an allowance of a value, a reason, the last day and the place of the entry.
    """

    def __init__(
        self,
        value: Field[T],
        *,
        reason: str,
        until: str,
        entries: str,
        make: Callable[[T, str, date, Position], A],
    ) -> None:
        self._value = value
        self._reason = Field("reason", Text("a reason"), reason)
        self._until = Field("until", Day(), until)
        self._make = make
        self._allow = Field("allow", ListOf(Record((value, self._reason, self._until))), entries)
        self._version = Field("version", Whole(), f"The version of the file's form: {VERSION}.")
        self._record = Record((self._version, self._allow))

    def read(self, path: str, data: str | bytes) -> tuple[tuple[A, ...], tuple[Problem, ...]]:
        """Return the allowances of a file, and what is wrong with it."""
        root, problems = read_yaml(path, data)
        findings = Findings(path, list(problems))
        fields = root_fields(root, findings)
        if fields is None:
            return (), findings.sorted()
        if (Whole().read(fields.node("version") or fields.mapping, Findings(path)) or 0) > VERSION:
            version = fields.whole("version")
            message = f"the file is of version {version}; this imagedocs reads versions up to {VERSION}"
            findings.add(fields.at("version"), Rule.NEWER_VERSION, message, "update imagedocs")
            return (), findings.sorted()
        found: list[A] = []
        read = self._record.read(fields.mapping, findings)
        for entry, _ in (read.get(self._allow) if read else None) or ():
            value, reason, until = entry.get(self._value), entry.get(self._reason), entry.get(self._until)
            if value is not None and reason and until:
                found.append(self._make(value, reason, until, findings.at(entry.mapping)))
        return tuple(found), findings.sorted()

    def schema(self) -> Schema:
        """Return the JSON Schema of the file."""
        return self._record.schema()
