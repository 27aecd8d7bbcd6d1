"""The JSON bodies of a registry, read strictly: lists of tags, errors, tokens, manifests and indexes."""

import json
import re
from dataclasses import dataclass
from typing import Any, cast

from imagedocs.references import is_digest
from imagedocs.registry.headers import UnreadableError, printable

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
SCHEMA1_SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws"
SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+json"

INDEX_TYPES = frozenset({OCI_INDEX, DOCKER_LIST})
MANIFEST_TYPES = INDEX_TYPES | {OCI_MANIFEST, DOCKER_MANIFEST, SCHEMA1_SIGNED, SCHEMA1}
ACCEPT = ", ".join((OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST, f"{SCHEMA1_SIGNED};q=0.1"))
"""Some registries answer with OCI types alone; who names only Docker's gets a 404 there."""

ABSENT = frozenset({"MANIFEST_UNKNOWN", "NAME_UNKNOWN", "NOT_FOUND", "TAG_EXPIRED"})
"""Error codes that say "no such manifest": two of the OCI distribution specification, Harbor's, and Quay's for a tag that
was deleted or whose time is over."""
CHILDREN = 20_000
"""The most entries of an index that are read; what 4 MiB hold are fewer."""


def read_json(body: bytes) -> object:
    """Parse untrusted JSON; a byte order mark is forgiven. Raises UnreadableError."""
    try:
        return json.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError("the answer is not UTF-8") from None
    except RecursionError:
        raise UnreadableError("the answer is nested too deeply") from None
    except ValueError:
        raise UnreadableError("the answer is not JSON" if body else "the answer is empty") from None


def read_object(body: bytes) -> dict[str, Any]:
    """Parse untrusted JSON that should be an object. Raises UnreadableError."""
    document = read_json(body)
    if not isinstance(document, dict):
        raise UnreadableError("the answer is not a JSON object")
    return cast("dict[str, Any]", document)


def read_error_codes(body: bytes) -> tuple[frozenset[str], str]:
    """The codes of an error body, none when it is not a registry's, and a printable rendering of it."""
    try:
        errors = read_object(body).get("errors")
    except UnreadableError:
        return frozenset(), ""
    if not isinstance(errors, list) or not errors:
        return frozenset(), ""
    codes: set[str] = set()
    texts: list[str] = []
    for error in cast("list[object]", errors)[:20]:
        code: object = None
        message: object = None
        if isinstance(error, dict):
            code = cast("dict[str, object]", error).get("code")
            message = cast("dict[str, object]", error).get("message")
        if not isinstance(code, str):
            return frozenset(), ""
        codes.add(code)
        texts.append(f"{code}: {message}" if isinstance(message, str) and message else code)
    return frozenset(codes), printable("; ".join(texts))


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A pointer to content, as manifests hold them (OCI image specification, descriptor)."""

    media_type: str
    digest: str
    size: int
    platform: str = ""
    """`os/architecture[/variant]`; empty where the index names none."""
    os_version: str = ""
    artifact_type: str = ""
    annotations: tuple[tuple[str, str], ...] = ()

    @property
    def is_attestation(self) -> bool:
        """Whether this is BuildKit's provenance or SBOM of another child, not an image to run."""
        kinds = dict(self.annotations)
        return (
            self.platform.startswith("unknown/unknown")
            or kinds.get("vnd.docker.reference.type") == "attestation-manifest"
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """An image manifest: `config` and `layers`; or an index: `children`."""

    media_type: str
    children: tuple[Descriptor, ...] = ()
    config: Descriptor | None = None
    layers: tuple[Descriptor, ...] = ()
    artifact_type: str = ""
    annotations: tuple[tuple[str, str], ...] = ()

    @property
    def is_index(self) -> bool:
        return self.media_type in INDEX_TYPES

    @property
    def compressed_size(self) -> int | None:
        """What a pull transfers, in bytes: all layers and the configuration; `None` where the manifest doesn't say, as an
        index and a manifest of schema 1 don't."""
        return None if self.config is None else self.config.size + sum(layer.size for layer in self.layers)


def read_manifest(body: bytes, content_type: str) -> Manifest:
    """Parse a manifest or an index of the given media type. Raises UnreadableError.

    A body that could be read as either, or says that it is of another type than its header, is refused:
    two clients would see two images (CVE-2021-41190).
    """
    document = read_object(body)
    said = document.get("mediaType", content_type)
    if said != content_type:
        raise UnreadableError("the manifest's mediaType and its Content-Type disagree")
    if content_type not in MANIFEST_TYPES:
        raise UnreadableError(f"{printable(content_type)} is no manifest type")
    if content_type in {SCHEMA1, SCHEMA1_SIGNED}:
        return Manifest(content_type)
    has_children, has_layers = "manifests" in document, "layers" in document or "config" in document
    if has_children == has_layers or has_children != (content_type in INDEX_TYPES):
        raise UnreadableError("the body is neither clearly a manifest nor clearly an index")
    annotations = _annotations(document.get("annotations"))
    if has_children:
        children = _descriptors(document["manifests"], "manifests")
        return Manifest(content_type, children=children, annotations=annotations)
    return Manifest(
        content_type,
        config=_descriptor(document.get("config"), "config"),
        layers=_descriptors(document.get("layers"), "layers"),
        artifact_type=_text(document.get("artifactType")),
        annotations=annotations,
    )


def _descriptors(value: object, name: str) -> tuple[Descriptor, ...]:
    if not isinstance(value, list):
        raise UnreadableError(f'"{name}" is not a list')
    entries = cast("list[object]", value)
    if len(entries) > CHILDREN:
        raise UnreadableError(f'"{name}" has more than {CHILDREN} entries')
    return tuple(_descriptor(entry, name) for entry in entries)


def _descriptor(value: object, name: str) -> Descriptor:
    if not isinstance(value, dict):
        raise UnreadableError(f'an entry of "{name}" is not an object')
    entry = cast("dict[str, object]", value)
    digest, size = entry.get("digest"), entry.get("size")
    if not isinstance(digest, str) or not is_digest(digest):
        raise UnreadableError(f'an entry of "{name}" has no valid digest')
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size < 1 << 63:
        raise UnreadableError(f'an entry of "{name}" has no valid size')
    return Descriptor(
        media_type=_text(entry.get("mediaType")),
        digest=digest,
        size=size,
        platform=_platform(entry.get("platform")),
        os_version=_os_version(entry.get("platform")),
        artifact_type=_text(entry.get("artifactType")),
        annotations=_annotations(entry.get("annotations")),
    )


def _text(value: object) -> str:
    return printable(value) if isinstance(value, str) else ""


def _annotations(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        return ()
    items = cast("dict[str, object]", value).items()
    return tuple((printable(key), printable(text)) for key, text in items if isinstance(text, str))[:200]


_PLATFORM = re.compile(r"[a-z0-9]+/[a-z0-9_]+(?:/[a-z0-9.]+)?")


def _platform(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    entry = cast("dict[str, object]", value)
    system, architecture, variant = (entry.get(key) for key in ("os", "architecture", "variant"))
    name = f"{system}/{architecture}/{variant}" if variant else f"{system}/{architecture}"
    return name if len(name) < 100 and _PLATFORM.fullmatch(name) else ""


OS_VERSION = re.compile(r"[0-9A-Za-z._+~-]{1,100}")


def _os_version(value: object) -> str:
    version = cast("dict[str, object]", value).get("os.version") if isinstance(value, dict) else None
    return version if isinstance(version, str) and OS_VERSION.fullmatch(version) else ""


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def moment(text: object) -> str:
    """A moment in RFC 3339, to the second; empty when `text` is none."""
    match = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    return match[1] + match[2].replace("+00:00", "Z") if match else ""


def read_created(body: bytes) -> str:
    """The `created` of an image configuration; empty when it says none."""
    try:
        return moment(read_object(body).get("created"))
    except UnreadableError:
        return ""


def read_platform(body: bytes) -> str:
    """The platform of an image configuration; empty when it says none."""
    try:
        return _platform(read_object(body))
    except UnreadableError:
        return ""
