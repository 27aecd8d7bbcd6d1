"""The grammar of image references, as github.com/distribution/reference reads them, to the letter.

Go's expressions are ASCII and its lengths bytes; all that is valid is ASCII, so characters will do here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

_COMPONENT = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)"
_DOMAIN = rf"(?:{_COMPONENT}(?:\.{_COMPONENT})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?"
_PATH_COMPONENT = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_PATH = rf"{_PATH_COMPONENT}(?:/{_PATH_COMPONENT})*"
_TAG = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
_DIGEST = r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}"

_domain = re.compile(_DOMAIN)
_path = re.compile(_PATH)
_name = re.compile(rf"(?:({_DOMAIN})/)?({_PATH})")
_tag = re.compile(_TAG)
_digest = re.compile(_DIGEST)
_reference = re.compile(rf"((?:{_DOMAIN}/)?{_PATH})(?::({_TAG}))?(?:@({_DIGEST}))?")
_identifier = re.compile(r"[a-f0-9]{64}")
_any_digest = re.compile(r"[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+")

LONGEST_PATH: Final = 255
"""Of the path alone, without the domain."""

DIGEST_LENGTHS: Final = {"sha256": 64, "sha384": 96, "sha512": 128}
"""The registered algorithms, and how many hexadecimal digits their digests have."""

DEFAULT_DOMAIN: Final = "docker.io"
LEGACY_DOMAIN: Final = "index.docker.io"
OFFICIAL: Final = "library/"
DEFAULT_TAG: Final = "latest"


class Fault(Enum):
    """Why a text is not a reference."""

    FORMAT = "it is not an image reference"
    EMPTY = "the repository name is empty"
    UPPERCASE = "the repository name must be in lower case"
    TOO_LONG = f"the repository name is longer than {LONGEST_PATH} characters"
    IDENTIFIER = "64 hexadecimal digits are the identifier of an image, not a repository name"
    NOT_CANONICAL = "the reference is not in its full form"
    TAG = "a tag is up to 128 letters, digits, dots, dashes and underscores, and begins with none of . and -"
    DIGEST_FORMAT = "a digest is an algorithm, a colon and lower-case hexadecimal digits"
    DIGEST_LENGTH = "the digest has the wrong length"
    DIGEST_ALGORITHM = f"the digest's algorithm is not one of {', '.join(DIGEST_LENGTHS)}"
    PATTERN = "the pattern is malformed"


class InvalidReferenceError(ValueError):
    """A text is not a reference; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Reference:
    """`registry.example/team/web:latest`, in its parts."""

    domain: str
    """The registry's host, with its port if any; empty when it was not written."""
    path: str
    """The repository inside the registry; empty for a digest alone."""
    tag: str | None = None
    digest: str | None = None

    @property
    def name(self) -> str:
        """The repository with its registry, without tag and digest."""
        return f"{self.domain}/{self.path}" if self.domain else self.path

    @property
    def familiar_name(self) -> str:
        """The shortest name that means the same: `ubuntu` for `docker.io/library/ubuntu`."""
        if self.domain != DEFAULT_DOMAIN:
            return self.name
        rest = self.path.removeprefix(OFFICIAL)
        return self.path if "/" in rest else rest

    @property
    def familiar(self) -> str:
        """The shortest reference that means the same."""
        return self._with_suffixes(self.familiar_name)

    def __str__(self) -> str:
        return self._with_suffixes(self.name)

    def _with_suffixes(self, name: str) -> str:
        if not name:
            return self.digest or ""
        return name + (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")


def is_domain(text: str) -> bool:
    return _domain.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """A repository inside a registry."""
    return len(text) <= LONGEST_PATH and _path.fullmatch(text) is not None


def is_tag(text: str) -> bool:
    return _tag.fullmatch(text) is not None


def is_identifier(text: str) -> bool:
    """64 hexadecimal digits: the identifier of an image, never a name."""
    return _identifier.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """A digest of a registered algorithm with the right length."""
    return digest_fault(text) is None


def digest_fault(text: str) -> Fault | None:
    """What is wrong with a digest."""
    algorithm, colon, encoded = text.partition(":")
    if not algorithm or not colon or not encoded:
        return Fault.DIGEST_FORMAT
    length = DIGEST_LENGTHS.get(algorithm)
    if length is None:
        return Fault.DIGEST_ALGORITHM if _any_digest.fullmatch(text) else Fault.DIGEST_FORMAT
    # Go's len counts bytes here, also of characters that are no digits.
    if len(encoded.encode("utf-8", "surrogatepass")) != length:
        return Fault.DIGEST_LENGTH
    return None if re.fullmatch("[a-f0-9]+", encoded) else Fault.DIGEST_FORMAT


def parse(text: str) -> Reference:
    """The parts as they are written; `ubuntu` stays without a domain (Go: Parse)."""
    match = _reference.fullmatch(text)
    if match is None:
        if not text:
            raise InvalidReferenceError(Fault.EMPTY)
        raise InvalidReferenceError(Fault.UPPERCASE if _reference.fullmatch(_lower(text)) else Fault.FORMAT)
    domain, path = _split_name(match[1])
    if len(path) > LONGEST_PATH:
        raise InvalidReferenceError(Fault.TOO_LONG)
    if match[3] and (fault := digest_fault(match[3])):
        raise InvalidReferenceError(fault)
    return Reference(domain, path, match[2], match[3])


def parse_normalized(text: str) -> Reference:
    """With the domain that is meant: `ubuntu` is `docker.io/library/ubuntu` (Go: ParseNormalizedNamed)."""
    if is_identifier(text):
        raise InvalidReferenceError(Fault.IDENTIFIER)
    domain, rest = _split_domain(text)
    name = rest.partition(":")[0]
    if _lower(name) != name:
        raise InvalidReferenceError(Fault.UPPERCASE)
    return parse(f"{domain}/{rest}")


def parse_strict(text: str) -> Reference:
    """Only what is already in its full form (Go: ParseNamed)."""
    reference = parse_normalized(text)
    if str(reference) != text:
        raise InvalidReferenceError(Fault.NOT_CANONICAL)
    return reference


def parse_any(text: str) -> Reference:
    """A name, a digest, or the identifier of an image (Go: ParseAnyReference)."""
    if is_identifier(text):
        return Reference("", "", digest=f"sha256:{text}")
    if is_digest(text):
        return Reference("", "", digest=text)
    return parse_normalized(text)


def parse_name(text: str) -> Reference:
    """A name without tag and digest (Go: WithName)."""
    match = _name.fullmatch(text)
    if match is None:
        raise InvalidReferenceError(Fault.FORMAT)
    if len(match[2]) > LONGEST_PATH:
        raise InvalidReferenceError(Fault.TOO_LONG)
    return Reference(match[1] or "", match[2])


def with_tag(reference: Reference, tag: str) -> Reference:
    if not is_tag(tag):
        raise InvalidReferenceError(Fault.TAG)
    return replace(reference, tag=tag)


def with_digest(reference: Reference, digest: str) -> Reference:
    """As in Go, the algorithm and length are not looked at here."""
    if not _digest.fullmatch(digest):
        raise InvalidReferenceError(Fault.DIGEST_FORMAT)
    return replace(reference, digest=digest)


def canonical(text: str) -> Reference:
    """What a pull asks for: `latest` when neither tag nor digest is given; of both, the digest counts (Go:
    ParseDockerRef)."""
    reference = parse_normalized(text)
    if reference.digest:
        return replace(reference, tag=None)
    return reference if reference.tag else replace(reference, tag=DEFAULT_TAG)


def sort_references(references: Iterable[str]) -> list[str]:
    """Full forms, those that say most first; what is not a reference comes last, as it is (Go: Sort)."""
    good: list[tuple[int, str]] = []
    bad: list[str] = []
    for text in references:
        try:
            reference = parse_any(text)
        except InvalidReferenceError:
            bad.append(text)
        else:
            good.append((_rank(reference), str(reference)))
    return [text for _, text in sorted(good)] + sorted(
        bad, key=lambda text: text.encode("utf-8", "surrogatepass")
    )


def _rank(reference: Reference) -> int:
    if not reference.path:
        return 5
    return 4 - (2 if reference.tag else 0) - (1 if reference.digest else 0)


def familiar_match(pattern: str, reference: Reference) -> bool:
    """Whether the pattern (`*`, `?`, `[a-z]`; none crosses a `/`) matches the familiar form, with or without
    tag and digest (Go: FamiliarMatch)."""
    expression = _glob(pattern)
    return bool(expression.fullmatch(reference.familiar) or expression.fullmatch(reference.familiar_name))


_ITEM = re.compile(
    r"(?:\\(?P<low_escaped>.)|(?P<low>[^\\\]-]))(?:-(?:\\(?P<high_escaped>.)|(?P<high>[^\\\]-])))?", re.DOTALL
)


def _glob(pattern: str) -> re.Pattern[str]:
    """Go's path.Match. Each star takes as little as it can and never tries again, so that time stays linear."""
    chunks = [""]
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "*":
            chunks.append("")
        elif char == "?":
            chunks[-1] += "[^/]"
        elif char == "[":
            expression, at = _glob_class(pattern, at)
            chunks[-1] += expression
        else:
            if char == "\\":
                char, at = pattern[at : at + 1], at + 1
            if not char:
                raise InvalidReferenceError(Fault.PATTERN)
            chunks[-1] += re.escape(char)
    first, *middle = chunks
    last = f"[^/]*?{middle.pop()}" if middle else ""
    return re.compile(first + "".join(f"(?>[^/]*?{chunk})" for chunk in middle) + last, re.DOTALL)


def _glob_class(pattern: str, at: int) -> tuple[str, int]:
    """The class that begins behind the `[` before `at`, and where the pattern goes on."""
    negated = pattern.startswith("^", at)
    at += negated
    ranges = ""
    begin = at
    while at == begin or not pattern.startswith("]", at):
        item = _ITEM.match(pattern, at)
        if item is None:
            raise InvalidReferenceError(Fault.PATTERN)
        low = item["low_escaped"] or item["low"]
        high = item["high_escaped"] or item["high"] or low
        if low <= high:
            ranges += f"{re.escape(low)}-{re.escape(high)}"
        at = item.end()
    if not ranges:
        return ("." if negated else "(?!)"), at + 1
    return f"[{'^' if negated else ''}{ranges}]", at + 1


def _split_name(name: str) -> tuple[str, str]:
    match = _name.fullmatch(name)
    return (match[1] or "", match[2]) if match else ("", name)


def _split_domain(text: str) -> tuple[str, str]:
    """The domain that is meant, and the rest (Go: splitDockerDomain)."""
    first, slash, rest = text.partition("/")
    if not slash:
        return DEFAULT_DOMAIN, OFFICIAL + text
    if first == LEGACY_DOMAIN:
        domain, remote = DEFAULT_DOMAIN, rest
    elif first == "localhost" or "." in first or ":" in first or _lower(first) != first:
        # A namespace cannot have capitals, so it must be a domain.
        domain, remote = first, rest
    else:
        domain, remote = DEFAULT_DOMAIN, text
    if domain == DEFAULT_DOMAIN and "/" not in remote:
        remote = OFFICIAL + remote
    return domain, remote


def _lower(text: str) -> str:
    """Go's ToLower: letter by letter, so that U+0130 becomes one letter, and a final sigma is like any other."""
    return text.lower() if text.isascii() else "".join(char.lower()[0] for char in text)
