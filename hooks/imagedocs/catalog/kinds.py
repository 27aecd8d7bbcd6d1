"""What the catalog's values must be, beyond text: names of images, requirements, and values that may be absent."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from imagedocs.catalog.facts import Absence
from imagedocs.catalog.images import Package
from imagedocs.findings import Findings
from imagedocs.problems import Rule
from imagedocs.references import is_digest, is_domain, is_path, is_tag
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import Kind, Schema, Text, either, wrong_type
from imagedocs.yaml.nodes import Node, Scalar, Sequence
from imagedocs.yaml.records import ListOf, Record

T = TypeVar("T")

LONGEST_REQUIREMENT: Final = 300

VERSION_TEXT: Final = Text(
    'a version such as "3.10"', r"[0-9]+(?:\.[0-9A-Za-z]+)*(?:[-+_][0-9A-Za-z.]+)?", Rule.INVALID_VERSION
)
ID_TEXT: Final = Text(
    "a name of lower-case letters, digits, dots and dashes", r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*"
)


@dataclass(frozen=True, slots=True)
class ReferencePart:
    """A part of an image reference, by the grammar of references."""

    expected: str
    is_valid: Callable[[str], bool]
    pattern: str
    """For the schema."""
    hint: str

    def read(self, node: Node, findings: Findings) -> str | None:
        value = Text(self.expected).read(node, findings)
        if value is not None and not self.is_valid(value):
            message = f"expected {self.expected}, found {shown(value)}"
            findings.add(node, Rule.IMAGE_REFERENCE_INVALID, message, self.hint)
            return None
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": self.pattern}


REGISTRY = ReferencePart(
    "the host of a registry", is_domain, r"^[A-Za-z0-9.:\[\]-]+$", "write the host alone"
)
REPOSITORY = ReferencePart(
    "a repository within the registry",
    is_path,
    r"^[a-z0-9]+([._/-]+[a-z0-9]+)*$",
    "write it in lower case, without host and tag",
)
PATH_BEGINNING = ReferencePart(
    "the beginning of a path",
    is_path,
    r"^[a-z0-9]+([._/-]+[a-z0-9]+)*$",
    "write it in lower case, without host",
)
TAG = ReferencePart(
    "a tag",
    is_tag,
    r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
    "a tag is letters, digits, dots, dashes and underscores",
)
DIGEST = ReferencePart(
    "a digest",
    is_digest,
    r"^sha(256:[a-f0-9]{64}|384:[a-f0-9]{96}|512:[a-f0-9]{128})$",
    "write sha256: and 64 digits",
)


@dataclass(frozen=True, slots=True)
class RequirementText:
    """A Python package with its versions (PEP 508)."""

    def read(self, node: Node, findings: Findings) -> Package | None:
        value = Text("a requirement such as numpy>=1.16.0").read(node, findings)
        if value is None:
            return None
        if (requirement := _requirement(value)) is not None:
            return Package(canonicalize_name(requirement.name), value)
        findings.add(node, Rule.INVALID_REQUIREMENT, f"{shown(value)} is not a requirement", _repair(value))
        return None

    def schema(self) -> Schema:
        return {
            "type": "string",
            "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[.*\])?\s*([<>=!~]=|[<>@;(]|===|$)",
        }


def _requirement(text: str) -> Requirement | None:
    if len(text) > LONGEST_REQUIREMENT:
        return None
    try:
        return Requirement(text)
    except InvalidRequirement:
        return None


def _repair(text: str) -> str:
    """What was probably meant, if that is a requirement."""
    if re.match(r"\s*[<>=!~]", text):
        return "put a requirement with a comma in quotes"
    if len(text) > LONGEST_REQUIREMENT:
        return f"write at most {LONGEST_REQUIREMENT} characters"
    repaired = text.replace("=>", ">=").replace("=<", "<=").replace("=~", "~=")
    repaired = re.sub(r"(?<![=<>!~])=(?!=)", "==", repaired)
    repaired = re.sub(r"(~=\s*[0-9.]+)\.[xX*]", r"\1.0", repaired)
    repaired = re.sub(r"([=!]=\s*[0-9.]+)\.[xX]", r"\1.*", repaired)
    repaired = re.sub(r"^([A-Za-z][\w.-]*)[ @]+v?([0-9][\w.]*)$", r"\1==\2", repaired, flags=re.ASCII)
    if repaired != text and _requirement(repaired) is not None:
        return f'did you mean "{repaired}"?'
    return "write a name and its versions, for example numpy>=1.16.0"


@dataclass(frozen=True, slots=True)
class OrAbsent(Generic[T]):
    """A value, or one of the words for its absence."""

    kind: Kind[T]
    words: tuple[Absence, ...]

    def read(self, node: Node, findings: Findings) -> T | Absence | None:
        if isinstance(node, Scalar) and node.value in self.words:
            return Absence(node.value)
        if isinstance(node, Scalar) and self._wants_container:
            is_text = node.reads_as == "text" and node.value.strip()
            hint = did_you_mean(node.value, self.words) if is_text else f"write {self.words[0]}"
            if not hint and isinstance(self.kind, Record):
                fields = ", ".join(f"{one.key}: …" for one in self.kind.fields if one.required)
                hint = f"write {{{fields}}}"
            wrong_type(node, either(self._wants_container, *self.words), findings, hint)
            return None
        return self.kind.read(node, findings)

    @property
    def present(self) -> Kind[T]:
        """What it is when it is there."""
        return self.kind

    @property
    def _wants_container(self) -> str:
        if isinstance(self.kind, ListOf):
            return "a list"
        return "a mapping" if isinstance(self.kind, Record) else ""

    def schema(self) -> Schema:
        return {"anyOf": [self.kind.schema(), {"enum": [word.value for word in self.words]}]}


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """A value, or a list of at least one, each once."""

    kind: Kind[str]
    what: str

    def read(self, node: Node, findings: Findings) -> tuple[tuple[str, Node], ...] | None:
        if not isinstance(node, Sequence):
            value = self.kind.read(node, findings)
            return None if value is None else ((value, node),)
        if not node.items:
            wrong_type(node, f"at least one {self.what}", findings)
            return None
        read = tuple((self.kind.read(item, findings), item) for item in node.items)
        seen: set[str] = set()
        for value, item in read:
            if value is not None and value.lower() in seen:
                message = f"the {self.what} {shown(value)} stands twice"
                findings.add(item, Rule.DUPLICATE_KEY, message, "remove one of them")
                return None
            seen.add((value or "").lower())
        good = tuple((value, item) for value, item in read if value is not None)
        return good if len(good) == len(read) else None

    def schema(self) -> Schema:
        one = self.kind.schema()
        return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


_SYSTEMS = (
    "linux",
    "windows",
    "darwin",
    "freebsd",
    "netbsd",
    "openbsd",
    "solaris",
    "aix",
    "android",
    "wasip1",
)
_ARCHITECTURES = (
    *("386", "amd64", "arm", "arm64", "loong64", "mips", "mipsle", "mips64", "mips64le", "ppc64", "ppc64le"),
    *("riscv64", "s390x", "wasm"),
)
_OTHER_NAMES = {
    "x86_64": "amd64",
    "x86-64": "amd64",
    "x64": "amd64",
    "aarch64": "arm64",
    "i386": "386",
    "armhf": "arm/v7",
}


@dataclass(frozen=True, slots=True)
class PlatformText:
    """A platform as registries name it (OCI image index): operating system, architecture, and perhaps a variant."""

    def read(self, node: Node, findings: Findings) -> str | None:
        value = Text("a platform such as linux/amd64").read(node, findings)
        if value is None:
            return None
        system, _, rest = value.partition("/")
        architecture, slash, variant = rest.partition("/")
        is_variant = re.fullmatch(r"v[0-9]{1,2}(?:\.[0-9])?", variant, re.ASCII) is not None
        if system in _SYSTEMS and architecture in _ARCHITECTURES and (is_variant or not slash):
            return value
        message = f"{shown(value)} is not a platform"
        meant = _OTHER_NAMES.get(value.rpartition("/")[2].lower(), value.rpartition("/")[2])
        if value in _ARCHITECTURES or meant != value.rpartition("/")[2]:
            hint = f"write linux/{meant}"
        else:
            known = (f"{one}/{other}" for one in _SYSTEMS for other in _ARCHITECTURES)
            hint = (
                did_you_mean(value, known) or "write the operating system and the architecture: linux/arm64"
            )
        findings.add(node, Rule.WRONG_TYPE, message, hint)
        return None

    def schema(self) -> Schema:
        common = [f"linux/{each}" for each in ("amd64", "arm64", "arm/v7", "ppc64le", "riscv64", "s390x")]
        pattern = f"^({'|'.join(_SYSTEMS)})/({'|'.join(_ARCHITECTURES)})(/v[0-9]{{1,2}}(\\.[0-9])?)?$"
        return {"anyOf": [{"enum": [*common, "windows/amd64"]}, {"type": "string", "pattern": pattern}]}


PLATFORMS: Final = OneOrMore(PlatformText(), "platform")
