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
from imagedocs.references import InvalidReferenceError, Reference, parse
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Day, Text, Whole, root_fields
from imagedocs.yaml.nodes import read_yaml
from imagedocs.yaml.records import Field, ListOf, Record

PATH = "catalog/allowed-images.yaml"
VERSION = 1

_IMAGE = Field(
    "image", Text("an image"), "The image: host/repository, or host/repository:tag for that tag alone."
)
_REASON = Field(
    "reason", Text("a reason"), "Why pages name it although the registry is not known to have it."
)
_UNTIL = Field("until", Day(), "The last day on which that is fine: 2027-01-31.")
_VERSION = Field("version", Whole(), f"The version of the file's form: {VERSION}.")
_ALLOW = Field(
    "allow", ListOf(Record((_IMAGE, _REASON, _UNTIL))), "The images, each with a reason and a last day."
)
FILE = Record((_VERSION, _ALLOW))


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


def read_allowed_images(path: str, data: str | bytes) -> tuple[tuple[AllowedImage, ...], tuple[Problem, ...]]:
    """The entries of the file, and what is wrong with it."""
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
    found: list[AllowedImage] = []
    read = FILE.read(fields.mapping, findings)
    for entry, _ in (read.get(_ALLOW) if read else None) or ():
        image, reason, until = entry.get(_IMAGE), entry.get(_REASON), entry.get(_UNTIL)
        try:
            reference = parse(image) if image else None
        except InvalidReferenceError:
            message = f"{shown(image or '')} is not an image reference"
            findings.add(
                findings.at(entry.node(_IMAGE)),
                Rule.IMAGE_REFERENCE_INVALID,
                message,
                "write host/repository or host/repository:tag",
            )
            continue
        if reference and reason and until:
            found.append(AllowedImage(reference, reason, until, findings.at(entry.mapping)))
    return tuple(found), findings.sorted()


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
