"""Images of many entries: indexes in indexes, several entries for one platform, more than a thousand."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from docker_registry import INDEX, DockerRegistry, running
from fault_server import OCI_INDEX, OCI_MANIFEST, Call, FaultServer, Reply, digest_of, error, page, serving
from imagedocs.problems import Position
from imagedocs.registry import Platform, Repository, TagFacts
from imagedocs.registry.access import Access
from imagedocs.registry.claims import Claim
from imagedocs.registry.maintenance.snapshot import Snapshot, SnapshotOptions, take_snapshot
from imagedocs.registry.maintenance.verify import verify
from imagedocs.registry.manifest import Manifest, dump_manifest, load_manifest

DAY = date(2026, 11, 24)
LINUX = {"os": "linux", "architecture": "amd64"}
CONFIG_BYTES = len(b'{"created": "2026-09-01T04:11:02.123456789Z", "os": "linux", "architecture": "amd64"}')
COMMON_BYTES = len(b"common layer")


@pytest.fixture(autouse=True)
def docker_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.delenv("DOCKER_AUTH_CONFIG", raising=False)


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[DockerRegistry]:
    with running(tmp_path / "registry") as registry:
        yield registry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry.json"


def snapshot(host: str, path: Path, repository: str, **changes: object) -> tuple[Snapshot, Repository]:
    options = SnapshotOptions(DAY, Access(plain_http=frozenset({host})), **changes)  # type: ignore[arg-type] # table of keywords
    name = f"{host}/{repository}"
    result = take_snapshot(path, "registry.json", [name], options)
    manifest, problems = load_manifest("registry.json", path.read_bytes())
    assert problems == ()
    assert manifest
    assert dump_manifest(manifest) == path.read_text("utf-8")
    return result, manifest.by_name[name]


def verified(host: str, repository: str, tag: str, *platforms: str) -> list[str]:
    claim = Claim(Position("p.md", 1), f"{host}/{repository}", tag, platforms=platforms)
    access = Access(plain_http=frozenset({host}))
    found = verify([claim], Manifest(), DAY, access)
    return [f"{each.rule}: {each.message}".replace(host, "HOST") for each in found.problems]


def push_index(registry: DockerRegistry, tag: str, *children: dict[str, object]) -> str:
    document: dict[str, object] = {"schemaVersion": 2, "mediaType": INDEX, "manifests": list(children)}
    return registry.push_manifest("many", tag, document)


def push_nested(registry: DockerRegistry, *, names_platform: bool) -> tuple[str, str]:
    """Push an image in an index in an index, and return the digests of the inner index and of the image."""
    image = registry.push_image("many", layer=b"a" * 5000)
    inner = push_index(registry, "", registry.child("many", image, platform=LINUX))
    named = {"platform": LINUX} if names_platform else {}
    push_index(registry, "1.0", {**registry.child("many", inner, **named), "mediaType": INDEX})
    return inner, image


@pytest.mark.registry
@pytest.mark.parametrize("names_platform", [True, False])
def test_an_index_in_an_index_is_followed(registry: DockerRegistry, path: Path, names_platform: bool) -> None:
    inner, image = push_nested(registry, names_platform=names_platform)
    claims = {f"{registry.host}/many": frozenset({"1.0", inner, image})}
    result, found = snapshot(registry.host, path, "many", claims=claims)
    size = 5000 + COMMON_BYTES + CONFIG_BYTES
    assert result.exit_status == 0
    assert found.tags["1.0"].platforms == (Platform("linux/amd64", image, size),)
    assert found.tags["1.0"].created == "2026-09-01T04:11:02Z"
    assert (found.has_digest(image), list(found.digests)) == (True, [inner])
    assert verified(registry.host, "many", "1.0", "linux/amd64") == []
    registry.delete("many", image)
    assert verified(registry.host, "many", "1.0") == [
        f"registry-broken: HOST/many:1.0 cannot be pulled for linux/amd64: {image} is missing"
    ]


@pytest.mark.registry
def test_an_inner_index_that_is_missing_leaves_the_platforms_unknown(
    registry: DockerRegistry, path: Path
) -> None:
    inner, _image = push_nested(registry, names_platform=True)
    registry.delete("many", inner)
    result, found = snapshot(registry.host, path, "many")
    name = f"{registry.host}/many:1.0"
    assert found.tags["1.0"].platforms is None
    assert result.notes[name][0].startswith(f"the index {inner} in it is missing: ")
    said = verified(registry.host, "many", "1.0", "linux/amd64")
    assert len(said) == 1
    assert said[0].startswith(
        f"registry-broken: HOST/many:1.0 cannot be pulled for all platforms: the index {inner} in it is missing"
    )


@pytest.mark.registry
def test_entries_for_one_platform_are_told_apart(registry: DockerRegistry, path: Path) -> None:
    versions = ("10.0.17763.6414", "10.0.20348.2700")
    digests = [registry.push_image("many", layer=version.encode()) for version in versions]
    children = [
        registry.child(
            "many", digest, platform={"os": "windows", "architecture": "amd64", "os.version": version}
        )
        for digest, version in zip(digests, versions, strict=True)
    ]
    push_index(registry, "1.0", *children)
    _result, found = snapshot(registry.host, path, "many")
    platforms = found.tags["1.0"].platforms
    assert platforms
    assert [(each.name, each.os_version, each.digest) for each in platforms] == [
        ("windows/amd64", version, digest) for version, digest in zip(versions, digests, strict=True)
    ]
    assert all(found.has_digest(digest) for digest in digests)
    assert snapshot(registry.host, path, "many")[0].lines() == ["nothing changed"]
    assert verified(registry.host, "many", "1.0", "windows/amd64") == []
    registry.delete("many", digests[1])
    assert verified(registry.host, "many", "1.0") == [
        f"registry-broken: HOST/many:1.0 cannot be pulled for windows/amd64 {versions[1]}: {digests[1]} is missing"
    ]


def test_an_index_of_more_than_a_thousand_entries_is_recorded_once(path: Path) -> None:
    config = {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest_of(b"{}"), "size": 2}
    image = {"schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": config}
    bodies = {
        digest_of(body): body
        for number in range(1200)
        for body in [json.dumps({**image, "layers": [{**config, "size": number}]}).encode()]
    }
    entries = [
        {"mediaType": OCI_MANIFEST, "digest": digest, "size": len(body), "platform": LINUX}
        for digest, body in bodies.items()
    ]
    index = json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": entries}).encode()

    def respond(server: FaultServer, call: Call) -> Reply:
        if call.is_list:
            return page(call, ["20260901.v1"])
        reference = call.path.rsplit("/", 1)[1]
        body = index if reference in ("20260901.v1", digest_of(index)) else bodies.get(reference)
        if body is None:
            return error("404 Not Found", "MANIFEST_UNKNOWN")
        kind = OCI_INDEX if body is index else OCI_MANIFEST
        return Reply(headers=[("Content-Type", kind), ("Docker-Content-Digest", digest_of(body))], body=body)

    with serving({"it": respond}) as server:
        result, found = snapshot(server.host, path, "f/it")
        assert (result.exit_status, result.notes) == (0, {})
        platforms = found.tags["20260901.v1"].platforms
        assert platforms
        assert sorted(each.bytes or 0 for each in platforms) == [number + 2 for number in range(1200)]
        asked = len(server.calls)
        assert snapshot(server.host, path, "f/it")[0].lines() == ["nothing changed"]
        assert len(server.calls) == asked + 1


@pytest.mark.parametrize(
    ("platforms", "expected"),
    [
        ('{"linux/amd64": {"bytes": 0}}', (Platform("linux/amd64"),)),
        ('{"a/b": {"osVersion": "1.2"}}', (Platform("a/b", os_version="1.2"),)),
        (
            '[{"platform": "a/b", "bytes": 2, "osVersion": "2"}, {"platform": "a/b", "osVersion": "1"}]',
            (Platform("a/b", os_version="1"), Platform("a/b", bytes=2, os_version="2")),
        ),
        ('[{"bytes": 2}]', None),
        ('["a/b"]', None),
        ('{"a/b": {"platform": "a/b"}}', None),
        ("3", None),
    ],
)
def test_platforms_are_read_in_either_form(platforms: str, expected: tuple[Platform, ...] | None) -> None:
    text = f'{{"version": 1, "repositories": {{"r.example/a": {{"1": {{"seen": [{{"source": "x"}}], "platforms": {platforms}}}}}}}}}'
    manifest, problems = load_manifest("registry.json", text)
    assert manifest
    facts: TagFacts = manifest.by_name["r.example/a"].tags["1"]
    assert facts.platforms == expected
    assert [str(each.rule) for each in problems] == ([] if expected else ["wrong-type"])
