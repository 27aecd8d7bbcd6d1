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

from imagedocs.findings import Findings
from imagedocs.problems import Position, Rule
from imagedocs.yaml.allowances import AllowanceFile
from imagedocs.yaml.fields import Text
from imagedocs.yaml.nodes import Node
from imagedocs.yaml.records import Field


class _WebAddress(Text):
    """Address of a page on the Web."""

    def read(self, node: Node, findings: Findings) -> str | None:
        url = Text("an address").read(node, findings)
        if url and not url.startswith(("https://", "http://")):
            findings.add(node, Rule.WRONG_TYPE, "an address begins with https:// or http://")
            return None
        return url


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


FILE = AllowanceFile(
    Field("url", _WebAddress(), "The address; it stands for all below it too."),
    reason="Why it is not asked.",
    until="The last day on which it is not: 2027-06-30.",
    entries="The addresses, each with a reason and a last day.",
    make=Allowance,
)
read_allowances = FILE.read


def allowing(address: str, allowances: Iterable[Allowance], today: date) -> Allowance | None:
    """The allowance that covers `address` and has not expired."""
    return next((one for one in allowances if one.until >= today and one.covers(address)), None)
