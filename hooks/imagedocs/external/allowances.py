"""Addresses that are not asked, each with a reason and a last day: `external-links.yaml`.

version: 1
allow:
  - url: https://example.org/members/
    reason: asks for a login
    until: 2027-06-30
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.fields import Day, Text, Whole, root_fields
from imagedocs.yaml.nodes import read_yaml
from imagedocs.yaml.records import Field, ListOf, Record

VERSION: Final = 1

_URL = Field("url", Text("an address"), "The address; it stands for all below it too.")
_REASON = Field("reason", Text("a reason"), "Why it is not asked.")
_UNTIL = Field("until", Day(), "The last day on which it is not: 2027-06-30.")
_VERSION = Field("version", Whole(), f"The version of the file's form: {VERSION}.")
_ALLOW = Field(
    "allow", ListOf(Record((_URL, _REASON, _UNTIL))), "The addresses, each with a reason and a last day."
)
FILE: Final = Record((_VERSION, _ALLOW))


@dataclass(frozen=True, slots=True)
class Allowance:
    url: str
    """This address, and all below it."""
    reason: str
    until: date
    """The last day."""
    position: Position

    def covers(self, address: str) -> bool:
        if not address.startswith(self.url):
            return False
        rest = address[len(self.url) :]
        return not rest or self.url.endswith("/") or rest[0] in "/?#"


def read_allowances(path: str, data: str | bytes) -> tuple[tuple[Allowance, ...], tuple[Problem, ...]]:
    """The allowances in a file, and what is wrong with it."""
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
    found: list[Allowance] = []
    read = FILE.read(fields.mapping, findings)
    for entry, _ in (read.get(_ALLOW) if read else None) or ():
        url, reason, until = entry.get(_URL), entry.get(_REASON), entry.get(_UNTIL)
        if url and not url.startswith(("https://", "http://")):
            findings.add(entry.node(_URL), Rule.WRONG_TYPE, "an address begins with https:// or http://")
        elif url and reason and until:
            found.append(Allowance(url, reason, until, findings.at(entry.mapping)))
    return tuple(found), findings.sorted()


def allowing(address: str, allowances: Iterable[Allowance], today: date) -> Allowance | None:
    """The allowance that covers `address` and has not expired."""
    return next((one for one in allowances if one.until >= today and one.covers(address)), None)
