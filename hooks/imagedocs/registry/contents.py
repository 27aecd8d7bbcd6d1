"""What is in an image, asked of a live registry: platforms, sizes, creation, end of life."""

from dataclasses import dataclass, replace
from datetime import date

from imagedocs.registry import FROM_REGISTRY, Platform, Sighting, TagFacts
from imagedocs.registry.bodies import (
    CHILDREN,
    INDEX_TYPES,
    Descriptor,
    Manifest,
    moment,
    read_created,
    read_manifest,
    read_platform,
)
from imagedocs.registry.headers import UnreadableError
from imagedocs.registry.oci import OciRegistry
from imagedocs.registry.verdicts import Verdict
from imagedocs.registry.workers import work_through

REGISTRY = (Sighting(FROM_REGISTRY),)
"""The provenance of all that is learned here."""

_CREATED = "org.opencontainers.image.created"
_CONFIG_TYPES = frozenset(
    {"application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"}
)
_LEVELS = 8
"""How deep indexes in indexes are followed."""
LIFECYCLE = "application/vnd.microsoft.artifact.lifecycle"
END_OF_LIFE = "vnd.microsoft.artifact.lifecycle.end-of-life.date"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a manifest holds, or why that could not be had."""

    facts: TagFacts | None
    """None when the manifest could not be read: then nothing new is known."""
    notes: tuple[str, ...] = ()
    """What is amiss in it, for people: printable."""


async def read_contents(registry: OciRegistry, repository: str, reference: str) -> Contents:
    """All that is recorded of the manifest `reference`."""
    content = await registry.get(repository, reference)
    answer = content.answer
    if answer.verdict != Verdict.EXISTS:
        return Contents(None, (answer.reason,))
    try:
        manifest = read_manifest(content.body, answer.media_type)
    except UnreadableError as error:
        return Contents(None, (str(error),))
    notes: list[str] = []
    if manifest.is_index:
        platforms, created = await _platforms_of_index(registry, repository, manifest, notes)
    else:
        platforms, created = await _platform_of_image(registry, repository, answer.digest, manifest)
    end_of_life = await read_end_of_life(registry, repository, answer.digest)
    facts = TagFacts(
        digest=answer.digest,
        media_type=answer.media_type,
        size=answer.size,
        created=created or None,
        end_of_life=end_of_life,
        platforms=platforms,
        seen=REGISTRY,
    )
    return Contents(facts, tuple(notes))


def is_complete(facts: TagFacts) -> bool:
    """Whether there is nothing more to be learned of a manifest by fetching it again."""
    return facts.platforms is not None and all(platform.bytes is not None for platform in facts.platforms)


async def _platforms_of_index(
    registry: OciRegistry, repository: str, index: Manifest, notes: list[str]
) -> tuple[tuple[Platform, ...] | None, str]:
    images, broken = await images_of(registry, repository, index)
    manifests: dict[str, Manifest] = {}

    async def one(child: Descriptor) -> None:
        content = await registry.get(repository, child.digest)
        if content.answer.verdict == Verdict.EXISTS:
            try:
                manifests[child.digest] = read_manifest(content.body, content.answer.media_type)
            except UnreadableError as error:
                notes.append(f"{child.platform}: {error}")
        else:
            notes.append(
                f"{child.platform}: {child.digest} is {content.answer.verdict}: {content.answer.reason}"
            )

    await work_through(images, one, registry.limits.in_flight)
    notes[:] = sorted({*notes, *broken})
    created = moment_of(index)
    platforms: list[Platform] = []
    for child in images:
        manifest = manifests.get(child.digest)
        size = manifest.compressed_size if manifest else None
        platforms.append(Platform(child.platform, child.digest, size, child.os_version))
        if manifest and not created:
            created = moment_of(manifest) or await _created(registry, repository, manifest)
    platforms.sort(key=lambda each: (each.name, each.os_version, each.digest or ""))
    return None if broken else tuple(platforms), created


async def images_of(
    registry: OciRegistry, repository: str, index: Manifest
) -> tuple[list[Descriptor], list[str]]:
    """Return the images of a platform that an index leads to, also through the indexes in it, each once; and what is
    amiss with these. Attestations and other artifacts are none."""
    images: dict[str, Descriptor] = {}
    notes: list[str] = []
    inner: set[str] = set()
    level = [(child, "") for child in index.children]
    for _ in range(_LEVELS):
        below: list[tuple[Descriptor, str]] = []

        async def one(item: tuple[Descriptor, str], below: list[tuple[Descriptor, str]] = below) -> None:
            outer, platform = item
            content = await registry.get(repository, outer.digest)
            answer = content.answer
            try:
                if answer.verdict != Verdict.EXISTS:
                    raise UnreadableError(f"is {answer.verdict}: {answer.reason}")
                below.extend(
                    (child, platform) for child in read_manifest(content.body, answer.media_type).children
                )
            except UnreadableError as error:
                notes.append(f"the index {outer.digest} in it {error}")

        indexes: list[tuple[Descriptor, str]] = []
        for child, platform in level:
            meant = replace(child, platform=child.platform or platform)
            if child.media_type in INDEX_TYPES:
                if child.digest not in inner:
                    inner.add(child.digest)
                    indexes.append((child, meant.platform))
            elif meant.platform and not child.is_attestation:
                images.setdefault(child.digest, meant)
        await work_through(indexes, one, registry.limits.in_flight)
        level = below
    return list(images.values())[:CHILDREN], notes


async def _platform_of_image(
    registry: OciRegistry, repository: str, digest: str, manifest: Manifest
) -> tuple[tuple[Platform, ...] | None, str]:
    config = manifest.config
    if config is None or config.media_type not in _CONFIG_TYPES:
        return (), moment_of(manifest)  # an artifact, or schema 1
    blob = await registry.get_blob(repository, config.digest)
    if blob.answer.verdict != Verdict.EXISTS:
        return None, moment_of(manifest)
    name = read_platform(blob.body)
    platforms = (Platform(name, digest, manifest.compressed_size),) if name else ()
    return platforms, moment_of(manifest) or read_created(blob.body)


async def _created(registry: OciRegistry, repository: str, manifest: Manifest) -> str:
    if manifest.config is None or manifest.config.media_type not in _CONFIG_TYPES:
        return ""
    return read_created((await registry.get_blob(repository, manifest.config.digest)).body)


def moment_of(manifest: Manifest) -> str:
    """The creation that a manifest's annotations state, empty when they state none."""
    return moment(dict(manifest.annotations).get(_CREATED, ""))


async def read_end_of_life(registry: OciRegistry, repository: str, digest: str) -> date | None:
    """The day that a lifecycle artifact attached to `digest` gives; of several the one attached last."""
    verdict, referrers = await registry.list_referrers(repository, digest)
    if verdict != Verdict.EXISTS:
        return None
    days: list[tuple[str, date]] = []
    for referrer in referrers:
        if referrer.artifact_type != LIFECYCLE:
            continue
        annotations = dict(referrer.annotations)
        if END_OF_LIFE not in annotations:
            annotations = await _annotations_of(registry, repository, referrer)
        day = _day(annotations.get(END_OF_LIFE, ""))
        if day:
            days.append((annotations.get(_CREATED, ""), day))
    return max(days)[1] if days else None


async def _annotations_of(registry: OciRegistry, repository: str, referrer: Descriptor) -> dict[str, str]:
    content = await registry.get(repository, referrer.digest)
    try:
        return dict(read_manifest(content.body, content.answer.media_type).annotations)
    except UnreadableError:
        return {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
