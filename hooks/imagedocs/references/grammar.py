"""The grammar of image references, as github.com/distribution/reference reads them, to the letter.

Go's expressions are ASCII and its lengths bytes; all that is valid is ASCII, so characters will do here.
"""

import re
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
HUB_HOSTS: Final = frozenset(
    {DEFAULT_DOMAIN, LEGACY_DOMAIN, "registry-1.docker.io", "registry.hub.docker.com"}
)
"""Hosts of Docker Hub: names of images that differ in these alone mean the same image."""
OFFICIAL: Final = "library/"
DEFAULT_TAG: Final = "latest"


class Fault(Enum):
    """Why a text is not a reference."""

    FORMAT = "it is not an image reference"
    EMPTY = "the repository name is empty"
    UPPERCASE = "the repository name must be in lower case"
    TOO_LONG = f"the repository name is longer than {LONGEST_PATH} characters"
    IDENTIFIER = "64 hexadecimal digits are the identifier of an image, not a repository name"
    TAG = "a tag is up to 128 letters, digits, dots, dashes and underscores, and begins with none of . and -"
    DIGEST_FORMAT = "a digest is an algorithm, a colon and lower-case hexadecimal digits"
    DIGEST_LENGTH = "the digest has the wrong length"
    DIGEST_ALGORITHM = f"the digest's algorithm is not one of {', '.join(DIGEST_LENGTHS)}"


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
    """The repository inside the registry."""
    tag: str | None = None
    digest: str | None = None

    @property
    def name(self) -> str:
        """The repository with its registry, without tag and digest."""
        return f"{self.domain}/{self.path}" if self.domain else self.path

    def __str__(self) -> str:
        return self.name + (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")


def is_domain(text: str) -> bool:
    return _domain.fullmatch(text) is not None


def looks_like_host(text: str) -> bool:
    """Return whether Docker reads the first part of a name as a host: `quay.io`, `localhost`, `registry:5000`."""
    return is_domain(text) and (text == "localhost" or "." in text or ":" in text)


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


def meant_host(host: str) -> str:
    """Return the host of a registry in the form in which hosts are compared: Docker Hub has several."""
    lower = host.lower()
    return DEFAULT_DOMAIN if lower in HUB_HOSTS else lower


def as_meant(reference: Reference) -> Reference:
    """Return the reference in the form in which names are compared: `index.docker.io/nginx` is
    `docker.io/library/nginx`. One without a domain stays as it is."""
    domain, path = meant_host(reference.domain), reference.path
    if domain == DEFAULT_DOMAIN and "/" not in path:
        path = OFFICIAL + path
    return replace(reference, domain=domain, path=path)


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
