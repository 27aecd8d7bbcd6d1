"""The manifest in the form of another tool, read by it where Debian has it."""

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from docker_registry import DockerRegistry, digest_of, running
from imagedocs.registry import Gone, Repository, TagFacts
from imagedocs.registry.access import Access
from imagedocs.registry.maintenance.exports import render_skopeo_sync, restrict
from imagedocs.registry.maintenance.snapshot import SnapshotOptions, take_snapshot
from imagedocs.registry.manifest import Manifest

A, B = digest_of(b"a"), digest_of(b"b")
MANIFEST = Manifest(
    {
        "mcr.microsoft.com/azureml/x": Repository(
            tags={"73": TagFacts(digest=A), "latest": TagFacts()},
            digests={B: TagFacts()},
            gone={"20230101.v1": Gone(since=date(2026, 1, 1))},
        ),
        "docker.io/library/empty": Repository(gone={"1": Gone()}),
    }
)


def test_skopeo_sync_has_what_exists_and_nothing_that_is_gone() -> None:
    text = render_skopeo_sync(MANIFEST)
    assert yaml.safe_load(text) == {"mcr.microsoft.com": {"images": {"azureml/x": ["73", "latest", B]}}}
    assert "'73'" in text  # a number would not be a tag
    assert render_skopeo_sync(MANIFEST) == text


def test_an_export_can_be_restricted_to_repositories() -> None:
    assert restrict(MANIFEST, {"docker.io/library/empty"}).repositories() == ()
    assert list(restrict(MANIFEST, {"mcr.microsoft.com/azureml/x"}).by_name) == [
        "mcr.microsoft.com/azureml/x"
    ]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DockerRegistry, Manifest]]:
    folder = tmp_path_factory.mktemp("registry")
    with running(folder) as registry:
        registry.push_image("azureml/one", "20260301.v1", layer=b"one")
        registry.push_image("azureml/two", "latest", layer=b"two")
        names = [f"{registry.host}/azureml/{name}" for name in ("one", "two")]
        options = SnapshotOptions(date(2026, 11, 24), Access(plain_http=frozenset({registry.host})))
        yield registry, take_snapshot(folder / "registry.json", "registry.json", names, options).manifest


@pytest.mark.registry
@pytest.mark.skopeo
def test_skopeo_syncs_what_the_export_names(filled: tuple[DockerRegistry, Manifest], tmp_path: Path) -> None:
    registry, manifest = filled
    (tmp_path / "sync.yaml").write_text(render_skopeo_sync(manifest, {registry.host}))
    command = ["skopeo", "--insecure-policy", "sync", "--scoped", "--src", "yaml", "--dest", "dir"]
    run = subprocess.run(
        [*command, str(tmp_path / "sync.yaml"), str(tmp_path / "out")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    for name, tag in (("one", "20260301.v1"), ("two", "latest")):
        copied = tmp_path / "out" / registry.host / "azureml" / f"{name}:{tag}" / "manifest.json"
        facts = manifest.by_name[f"{registry.host}/azureml/{name}"].tags[tag]
        assert digest_of(copied.read_bytes()) == facts.digest
