"""`imagedocs snapshot` against Debian's docker-registry: what is recorded, what is kept, what survives a kill."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from docker_registry import DockerRegistry, digest_of, running
from fault_server import RESPONDERS, body, serving
from imagedocs.problems import CannotRun
from imagedocs.registry import Repository, TagFacts
from imagedocs.registry.access import Access
from imagedocs.registry.contents import REGISTRY
from imagedocs.registry.maintenance.snapshot import Snapshot, SnapshotOptions, take_snapshot
from imagedocs.registry.manifest import Manifest, dump_manifest, load_manifest
from imagedocs.registry.refresh import Depth
from imagedocs.writing import write_file

pytestmark = pytest.mark.registry

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def docker_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[DockerRegistry]:
    with running(tmp_path / "registry") as registry:
        yield registry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalog" / "registry.json"


def snapshot(registry: DockerRegistry, path: Path, *names: str, **changes: object) -> Snapshot:
    options = SnapshotOptions(DAY, Access(plain_http=frozenset({registry.host})), **changes)  # type: ignore[arg-type] # table of keywords
    return take_snapshot(
        path, "catalog/registry.json", [f"{registry.host}/{name}" for name in names], options
    )


def recorded(path: Path) -> Manifest:
    manifest, problems = load_manifest("catalog/registry.json", path.read_bytes())
    assert problems == ()
    assert manifest
    return manifest


def kinds(result: Snapshot) -> list[tuple[str, str]]:
    return [(str(change.kind), change.key) for change in result.changes]


def test_platforms_sizes_creation_and_end_of_life_are_recorded(registry: DockerRegistry, path: Path) -> None:
    platforms = {"linux/amd64": b"a" * 1000, "linux/arm64/v8": b"b" * 900}
    children = registry.push_index("many", "20260901.v1", platforms)
    registry.attach_end_of_life("many", children[""], "2027-03-01")
    result = snapshot(registry, path, "many")
    assert result.exit_status == 0
    assert kinds(result) == [("appeared", "20260901.v1")]
    facts = recorded(path).by_name[f"{registry.host}/many"].tags["20260901.v1"]
    assert facts.digest == children[""]
    assert facts.media_type == "application/vnd.oci.image.index.v1+json"
    assert facts.created == "2026-09-01T04:11:02Z"
    assert facts.end_of_life == date(2027, 3, 1)
    assert facts.seen == REGISTRY
    assert facts.platforms
    assert [(platform.name, platform.digest) for platform in facts.platforms] == [
        ("linux/amd64", children["linux/amd64"]),
        ("linux/arm64/v8", children["linux/arm64/v8"]),
    ]
    config = len(
        json.dumps({"created": "2026-09-01T04:11:02.123456789Z", "os": "linux", "architecture": "amd64"})
    )
    assert [platform.bytes for platform in facts.platforms] == [
        1000 + len(b"common layer") + config,
        900 + len(b"common layer") + config,
    ]


def test_an_image_without_an_index_has_the_platform_of_its_configuration(
    registry: DockerRegistry, path: Path
) -> None:
    digest = registry.push_image("one", "20260301.v1", platform="linux/arm64")
    snapshot(registry, path, "one")
    platforms = recorded(path).by_name[f"{registry.host}/one"].tags["20260301.v1"].platforms
    assert platforms
    assert [(platform.name, platform.digest) for platform in platforms] == [("linux/arm64", digest)]


@pytest.mark.skopeo
def test_what_skopeo_has_pushed_is_read(registry: DockerRegistry, path: Path, tmp_path: Path) -> None:
    registry.push_image("one", "20260301.v1")
    for kind in ("v2s2", "oci"):
        command = ["skopeo", "--insecure-policy", "copy", "--src-tls-verify=false", "--dest-tls-verify=false"]
        places = [f"docker://{registry.host}/one:20260301.v1", f"docker://{registry.host}/copied:{kind}"]
        subprocess.run([*command, "--format", kind, *places], check=True, capture_output=True)
    snapshot(registry, path, "copied")
    tags = recorded(path).by_name[f"{registry.host}/copied"].tags
    docker, oci = tags["v2s2"], tags["oci"]
    assert docker.media_type == "application/vnd.docker.distribution.manifest.v2+json"
    assert oci.media_type == "application/vnd.oci.image.manifest.v1+json"
    for facts in (docker, oci):
        assert facts.created == "2026-09-01T04:11:02Z"
        assert facts.platforms
        assert [platform.name for platform in facts.platforms] == ["linux/amd64"]


def test_a_second_snapshot_changes_no_byte(registry: DockerRegistry, path: Path) -> None:
    registry.push_index("many", "20260901.v1", {"linux/amd64": b"a"})
    registry.push_image("many", "latest")
    snapshot(registry, path, "many")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    result = snapshot(registry, path, "many", depth=Depth(every_tag=True, every_end_of_life=True))
    assert kinds(result) == []
    assert result.lines() == ["nothing changed"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_what_appeared_moved_drifted_and_vanished_is_told(registry: DockerRegistry, path: Path) -> None:
    for tag in ("20260301.v1", "20260401.v1", "latest"):
        registry.push_image("one", tag, layer=tag.encode())
    snapshot(registry, path, "one")
    registry.delete("one", recorded(path).by_name[f"{registry.host}/one"].tags["20260301.v1"].digest or "")
    registry.push_image("one", "20260401.v1", layer=b"other")
    registry.push_image("one", "20260501.v1", layer=b"new")
    registry.push_image("one", "latest", layer=b"new")
    usual = snapshot(registry, path, "one", dry_run=True)
    assert kinds(usual) == [("vanished", "20260301.v1"), ("appeared", "20260501.v1"), ("moved", "latest")]
    thorough = snapshot(registry, path, "one", depth=Depth(every_tag=True))
    assert kinds(thorough) == [
        ("vanished", "20260301.v1"),
        ("drifted", "20260401.v1"),
        ("appeared", "20260501.v1"),
        ("moved", "latest"),
    ]
    repository = recorded(path).by_name[f"{registry.host}/one"]
    assert repository.gone["20260301.v1"].since == DAY
    assert list(repository.tags) == ["20260401.v1", "20260501.v1", "latest"]


def test_a_dated_tag_that_the_project_names_is_asked_for_every_time(
    registry: DockerRegistry, path: Path
) -> None:
    for tag in ("20260301.v1", "20260401.v1"):
        registry.push_image("one", tag, layer=tag.encode())
    snapshot(registry, path, "one")
    for tag in ("20260301.v1", "20260401.v1"):
        registry.push_image("one", tag, layer=b"other")
    named = {f"{registry.host}/one": frozenset({"20260401.v1"})}
    assert kinds(snapshot(registry, path, "one", claims=named)) == [("drifted", "20260401.v1")]


def test_what_the_project_names_is_asked_for_listed_or_not(registry: DockerRegistry, path: Path) -> None:
    registry.push_image("one", "1.0", layer=b"first")
    name = f"{registry.host}/one"
    snapshot(registry, path, "one")
    pinned = recorded(path).by_name[name].tags["1.0"].digest or ""
    registry.push_image("one", "1.0", layer=b"second")
    never = "sha256:" + "0" * 64
    named = {name: frozenset({"1.0", "1.1", pinned, never}), f"{registry.host}/two": frozenset({"7"})}
    result = snapshot(registry, path, "one", "two", claims=named)
    assert kinds(result) == [
        ("missing", "1.1"),
        ("missing", never),
        ("missing", "7"),
        ("appeared", pinned),
        ("moved", "1.0"),
    ]
    assert result.unanswered == {}
    one, two = (recorded(path).by_name[f"{registry.host}/{each}"] for each in ("one", "two"))
    assert list(one.digests) == [pinned], "it can be pulled, though its tag has moved on"
    assert {key: gone.since for key, gone in one.gone.items()} == {"1.1": DAY, never: DAY}
    assert (two.exists, two.gone["7"].since) == (False, DAY)
    assert kinds(snapshot(registry, path, "one", "two", claims=named)) == []
    registry.push_image("two", "7")
    assert kinds(snapshot(registry, path, "one", "two", claims=named)) == [("appeared", "7")], (
        "what was missing once is asked for again"
    )


def test_a_repository_that_has_nothing_and_is_named_without_a_tag_stays_unknown(
    registry: DockerRegistry, path: Path
) -> None:
    result = snapshot(registry, path, "empty", claims={f"{registry.host}/empty": frozenset()})
    reason = "the registry lists no tags of it, and no tag of it is named"
    assert (result.unanswered, result.exit_status) == ({f"{registry.host}/empty": reason}, 3)
    assert recorded(path).by_name == {}


def test_a_dry_run_writes_nothing(registry: DockerRegistry, path: Path) -> None:
    registry.push_image("one", "20260301.v1")
    result = snapshot(registry, path, "one", dry_run=True)
    assert kinds(result) == [("appeared", "20260301.v1")]
    assert not path.exists()


def test_public_evidence_is_replaced_by_the_registrys_own_answers(
    registry: DockerRegistry, path: Path
) -> None:
    registry.push_image("one", "20260301.v1")
    seen = [{"source": "somebody's file"}]
    evidence = {
        "version": 1,
        "repositories": {
            f"{registry.host}/one": {
                "20260301.v1": {"seen": seen},
                "20260302.v1": {"seen": seen},
                f"@{digest_of(b'never pushed')}": {"seen": seen},
            },
            "mcr.microsoft.com/azureml/other": {"latest": {"seen": seen}},
        },
    }
    path.parent.mkdir()
    path.write_text(json.dumps(evidence), encoding="utf-8")
    snapshot(registry, path, "one")
    manifest = recorded(path)
    one = manifest.by_name[f"{registry.host}/one"]
    assert one.tags["20260301.v1"].seen == REGISTRY
    assert set(one.gone) == {"20260302.v1", digest_of(b"never pushed")}
    assert one.digests == {}
    assert (
        manifest.by_name["mcr.microsoft.com/azureml/other"].tags["latest"].seen[0].source == "somebody's file"
    )


def test_a_platform_that_is_missing_is_noted_and_looked_for_again(
    registry: DockerRegistry, path: Path
) -> None:
    children = registry.push_index("many", "20260901.v1", {"linux/amd64": b"a", "linux/arm64": b"b"})
    registry.delete("many", children["linux/arm64"])
    result = snapshot(registry, path, "many")
    name = f"{registry.host}/many:20260901.v1"
    assert list(result.notes) == [name]
    assert result.notes[name][0].startswith(f"linux/arm64: {children['linux/arm64']} is missing")
    assert snapshot(registry, path, "many").notes == result.notes


def test_a_registry_that_is_away_changes_nothing(path: Path, tmp_path: Path) -> None:
    with running(tmp_path / "registry") as registry:
        registry.push_image("one", "20260301.v1")
        registry.push_image("one", "latest")
        snapshot(registry, path, "one")
    before = path.read_bytes()
    result = snapshot(registry, path, "one")
    assert path.read_bytes() == before
    assert result.exit_status == 3
    shown = f"cannot connect to {registry.host} (Connection refused)"
    assert result.unanswered[f"{registry.host}/one"] == shown
    assert f"unknown: {registry.host}/one:latest: {shown}" in result.lines()


def test_a_manifest_that_cannot_be_read_is_not_overwritten(registry: DockerRegistry, path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"version": 2, "repositories": {}}', encoding="utf-8")
    with pytest.raises(CannotRun, match="the file is of version 2"):
        snapshot(registry, path, "one")
    assert path.read_text(encoding="utf-8") == '{"version": 2, "repositories": {}}'


@pytest.mark.parametrize("name", ["ubuntu", "host/UPPER", "mcr.microsoft.com/x:tag", "", "a\x1b[31m/b"])
def test_what_is_no_repository_is_refused(path: Path, name: str) -> None:
    with pytest.raises(CannotRun) as refusal:
        take_snapshot(path, "catalog/registry.json", [name], SnapshotOptions(DAY))
    assert str(refusal.value).isprintable()
    assert str(refusal.value).endswith(
        "is not a repository with its registry, such as registry.example/team/x"
    )


_WRITER = """
import sys
from pathlib import Path
from imagedocs.writing import write_file
print("ready", flush=True)
number = 0
while True:
    number += 1
    write_file(Path(sys.argv[1]), f"{number % 10}" * 300_000)
"""


def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "registry.json"
    path.write_text("0" * 300_000)
    chance = random.Random(5)
    for _ in range(20):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(chance.random() * 0.02)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        text = path.read_text()
        assert len(text) == 300_000
        assert len(set(text)) == 1


def test_what_killed_runs_left_behind_is_removed_when_it_is_old(tmp_path: Path) -> None:
    path = tmp_path / "registry.json"
    old, young, other = (
        tmp_path / name for name in (".imagedocs-00000001.new", ".imagedocs-00000002.new", "x.new")
    )
    for file in (old, young, other):
        file.write_text("")
    hours_ago = time.time() - 7200
    for file in (old, other):
        os.utime(file, (hours_ago, hours_ago))
    assert write_file(path, dump_manifest(Manifest()))
    assert not write_file(path, dump_manifest(Manifest()))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        ".imagedocs-00000002.new",
        "registry.json",
        "x.new",
    ]


def test_a_save_on_the_way_that_fails_ends_the_run_with_a_sentence(
    registry: DockerRegistry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(path, dump_manifest(Manifest()))
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("imagedocs.registry.maintenance.snapshot.SAVE_SECONDS", -1)
    monkeypatch.setattr(os, "replace", refuse)
    registry.push_image("one", "20260301.v1")
    with pytest.raises(CannotRun, match=r"^catalog/registry\.json cannot be written: Read-only file system$"):
        snapshot(registry, path, "one", "another")
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["registry.json"]


_SNAPSHOT = """
import sys
from datetime import date
from pathlib import Path
from imagedocs.registry.access import Access
from imagedocs.registry.maintenance.snapshot import SnapshotOptions, take_snapshot
path, host, *names = sys.argv[1:]
options = SnapshotOptions(date(2026, 11, 24), Access(plain_http=frozenset({host})))
progress = lambda done, total, name: print(name, flush=True)
result = take_snapshot(Path(path), "registry.json", names, options, progress)
print(*result.lines(), sep="\\n")
sys.exit(result.exit_status)
"""


def test_a_digest_is_fetched_once_however_many_tags_name_it(tmp_path: Path) -> None:
    with serving(
        {**RESPONDERS, "it": body(json.dumps({"tags": [f"t{n}" for n in range(200)]}).encode())}
    ) as server:
        access = Access(plain_http=frozenset({server.host}))
        options = SnapshotOptions(DAY, access)
        result = take_snapshot(tmp_path / "registry.json", "registry.json", [f"{server.host}/f/it"], options)
        assert len(result.changes) == 200
        assert sum(call.method == "HEAD" for call in server.calls) == 200
        assert sum(call.method == "GET" for call in server.calls) < 100


@pytest.mark.posix
def test_what_was_done_before_an_interruption_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "registry.json"
    with serving(RESPONDERS) as server:
        names = [f"{server.host}/f/{fault}" for fault in ("name-other", "blackhole")]
        command = [sys.executable, "-c", _SNAPSHOT, str(path), server.host, *names]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        assert run.stdout
        assert run.stdout.readline() == f"{names[0]}\n"
        run.send_signal(signal.SIGINT)
        lines = run.stdout.read().splitlines()
        run.stdout.close()
        assert run.wait() == 3
    assert lines[-2:] == ["interrupted: what was done until then is kept", "3 appeared"]
    assert list(recorded(path).by_name[names[0]].tags) == ["latest", "v1", "v2"]


def test_two_snapshots_at_once_lose_nothing(registry: DockerRegistry, path: Path) -> None:
    names = [f"r{number}" for number in range(8)]
    for name in names:
        registry.push_image(name, "20260301.v1", layer=name.encode())
    arguments = [
        [sys.executable, "-c", _SNAPSHOT, str(path), registry.host, f"{registry.host}/{name}"]
        for name in names
    ]
    runs = [subprocess.Popen(each, stdout=subprocess.PIPE) for each in arguments]
    for run in runs:
        run.communicate()
    assert [run.returncode for run in runs] == [0] * len(names)
    assert sorted(recorded(path).by_name) == [f"{registry.host}/{name}" for name in names]


def test_what_was_recorded_meanwhile_is_kept(
    registry: DockerRegistry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imagedocs.registry.maintenance.snapshot.SAVE_SECONDS", -1)  # saved twice
    registry.push_image("one", "20260301.v1")
    others = Manifest({"a.example/b": Repository({"1": TagFacts(seen=REGISTRY)})})
    before = SnapshotOptions(DAY, Access(plain_http=frozenset({registry.host})))
    name = f"{registry.host}/one"

    def write_another(*_: object) -> None:
        theirs = Repository({"20260301.v1": TagFacts(digest_of(b"other"), seen=REGISTRY)})
        write_file(path, dump_manifest(Manifest({**others.by_name, name: theirs})))

    result = take_snapshot(path, "catalog/registry.json", [name], before, write_another)
    found = recorded(path).by_name
    assert found["a.example/b"] == others.by_name["a.example/b"]
    assert found[name].tags["20260301.v1"].digest != digest_of(b"other"), "the answer of the registry counts"
    said = f"somebody else has recorded {digest_of(b'other')} meanwhile; this is not kept"
    assert result.notes == {f"{name}:20260301.v1": [said]}
