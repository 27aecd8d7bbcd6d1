"""A registry in memory, without faults, for tests of a whole project: on loopback, below `f/`."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fault_server import OCI_INDEX, OCI_MANIFEST, Call, FaultServer, Reply, digest_of, error, serving

LIFECYCLE = "application/vnd.microsoft.artifact.lifecycle"
END_OF_LIFE = "vnd.microsoft.artifact.lifecycle.end-of-life.date"


def image(layer: str) -> bytes:
    """Return the manifest of an image that holds nothing but a name."""
    config = {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest_of(b"{}"), "size": 2}
    content = {"schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": config, "layers": []}
    return json.dumps({**content, "annotations": {"layer": layer}}).encode()


def index(child: bytes) -> bytes:
    """Return the index of an image for one platform."""
    platform = {"os": "linux", "architecture": "amd64"}
    entry = {"mediaType": OCI_MANIFEST, "digest": digest_of(child), "size": len(child), "platform": platform}
    return json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [entry]}).encode()


@dataclass
class Repository:
    """What the registry has under one name."""

    tags: Mapping[str, bytes]
    ends: Mapping[str, str] = field(default_factory=dict[str, str])
    """Tag -> the day on which its image reaches its end of life."""
    warning: str = ""
    """Sentence that each answer warns with."""
    says: Reply | None = None
    """The answer to everything, where it is always the same."""

    def answer(self, server: FaultServer, call: Call) -> Reply:
        """Answer a request as the distribution specification has it."""
        if self.says is not None:
            return self.says
        kind, _, name = call.path.rpartition("/")
        if call.is_list:
            return _json({"name": call.path, "tags": sorted(self.tags)}, "application/json")
        if kind.endswith("/referrers"):
            days = [day for tag, day in self.ends.items() if digest_of(self.tags[tag]) == name]
            return _json(
                {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [*map(_end_of_life, days)]}
            )
        bodies = {**self.tags, **{digest_of(body): body for body in self.tags.values()}}
        if name not in bodies:
            return error("404 Not Found", "MANIFEST_UNKNOWN")
        body = bodies[name]
        kind = OCI_INDEX if b'"manifests"' in body else OCI_MANIFEST
        warnings = [("Warning", f'299 - "{self.warning}"')] if self.warning else []
        return Reply(
            headers=[("Content-Type", kind), ("Docker-Content-Digest", digest_of(body)), *warnings], body=body
        )


def _json(content: object, kind: str = OCI_INDEX) -> Reply:
    return Reply(headers=[("Content-Type", kind)], body=json.dumps(content).encode())


def _end_of_life(day: str) -> dict[str, object]:
    return {
        "mediaType": OCI_MANIFEST, "digest": digest_of(day.encode()), "size": 2, "artifactType": LIFECYCLE,
        "annotations": {END_OF_LIFE: f"{day}T00:00:00Z"},
    }  # fmt: skip


@contextlib.contextmanager
def holding(repositories: Mapping[str, Repository]) -> Iterator[str]:
    """Yield the host of a registry that has these repositories, each by its name without `f/`."""
    with serving({name: repository.answer for name, repository in repositories.items()}) as server:
        yield server.host
