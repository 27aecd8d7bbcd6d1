"""Images that pages may name although the registry is not known to have them: `catalog/allowed-images.yaml`.

version: 1
allow:
  - image: registry.example.com/team/coming
    reason: is published with the next release
    until: 2027-01-31

An entry is for the repository, and for one tag of it when it names one.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.references import InvalidReferenceError, Reference, as_meant, parse
from imagedocs.suggestions import shown
from imagedocs.yaml.allowances import AllowanceFile
from imagedocs.yaml.fields import Schema, Text
from imagedocs.yaml.nodes import Node
from imagedocs.yaml.records import Field

PATH = "catalog/allowed-images.yaml"


class _ImageReference:
    """Reference of an image."""

    def read(self, node: Node, findings: Findings) -> Reference | None:
        text = Text("an image").read(node, findings)
        try:
            return as_meant(parse(text)) if text else None
        except InvalidReferenceError:
            message = f"{shown(text or '')} is not an image reference"
            hint = "write host/repository or host/repository:tag"
            findings.add(node, Rule.IMAGE_REFERENCE_INVALID, message, hint)
            return None

    def schema(self) -> Schema:
        return Text().schema()


@dataclass(frozen=True, slots=True)
class AllowedImage:
    reference: Reference
    reason: str
    until: date
    """The last day."""
    position: Position

    def covers(self, reference: Reference) -> bool:
        if reference.name != self.reference.name:
            return False
        return self.reference.tag is None or self.reference.tag == reference.tag


FILE = AllowanceFile(
    Field(
        "image", _ImageReference(), "The image: host/repository, or host/repository:tag for that tag alone."
    ),
    reason="Why pages name it although the registry is not known to have it.",
    until="The last day on which that is fine: 2027-01-31.",
    entries="The images, each with a reason and a last day.",
    make=AllowedImage,
)
read_allowed_images = FILE.read


def allowing(reference: Reference, allowed: Iterable[AllowedImage]) -> AllowedImage | None:
    """The entry for `reference`, if there is one."""
    return next((one for one in allowed if one.covers(reference)), None)


def check_allowed_images(
    allowed: Iterable[AllowedImage], used: Collection[AllowedImage], as_of: date
) -> Iterator[Problem]:
    """Entries that have expired, and those that nothing needs."""
    for one in allowed:
        if one.until < as_of:
            message = f"the allowance of {one.reference} ended on {one.until}"
            yield Problem(
                one.position,
                Rule.IMAGE_ALLOWANCE_EXPIRED,
                message,
                "remove the entry, or look again and write a later day",
            )
        elif one not in used:
            message = f"no page needs the allowance of {one.reference}"
            yield Problem(one.position, Rule.IMAGE_ALLOWANCE_UNUSED, message, "remove the entry")
