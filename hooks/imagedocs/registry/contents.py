"""What is in an image, asked of a live registry: platforms, sizes, creation, end of life."""

from dataclasses import dataclass
from datetime import date

from imagedocs.registry import FROM_REGISTRY, Platform, Sighting, TagFacts
from imagedocs.registry.bodies import Descriptor, Manifest, moment, read_created, read_manifest, read_platform
from imagedocs.registry.headers import UnreadableError
from imagedocs.registry.oci import OciRegistry
from imagedocs.registry.verdicts import Verdict

REGISTRY = (Sighting(FROM_REGISTRY),)
"""The provenance of all that is learned here."""

_CREATED = "org.opencontainers.image.created"
_CONFIG_TYPES = frozenset(
    {"application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"}
)
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
) -> tuple[tuple[Platform, ...], str]:
    found: dict[str, Platform] = {}
    created = moment_of(index)
    for child in runnable(index):
        content = await registry.get(repository, child.digest)
        size = None
        if content.answer.verdict == Verdict.EXISTS:
            try:
                manifest = read_manifest(content.body, content.answer.media_type)
            except UnreadableError as error:
                notes.append(f"{child.platform}: {error}")
            else:
                size = manifest.compressed_size
                created = created or moment_of(manifest) or await _created(registry, repository, manifest)
        else:
            notes.append(
                f"{child.platform}: {child.digest} is {content.answer.verdict}: {content.answer.reason}"
            )
        found.setdefault(child.platform, Platform(child.platform, child.digest, size))
    return tuple(found[name] for name in sorted(found)), created


def runnable(index: Manifest) -> list[Descriptor]:
    """The children that are images of a platform: neither attestations nor other artifacts."""
    return [child for child in index.children if child.platform and not child.is_attestation]


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
