"""The merge of two people's snapshots: what both learned survives, and only two digests of one tag conflict."""

import random
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from docker_registry import digest_of
from imagedocs.problems import CannotRun
from imagedocs.registry import Gone, Repository, Sighting, TagFacts
from imagedocs.registry.contents import REGISTRY
from imagedocs.registry.maintenance.merge import (
    ATTRIBUTES,
    Merge,
    driver_command,
    install_merge_driver,
    merge_files,
    merge_manifests,
    render_merge,
)
from imagedocs.registry.manifest import Manifest, dump_manifest, load_manifest

NAME = "mcr.microsoft.com/azureml/x"
A, B = digest_of(b"a"), digest_of(b"b")
Record = TagFacts | Gone | None


def holding(tag: str, record: Record) -> Manifest:
    if record is None:
        return Manifest()
    if isinstance(record, Gone):
        return Manifest({NAME: Repository(gone={tag: record})})
    return Manifest({NAME: Repository(tags={tag: record})})


def merged(base: Record, ours: Record, theirs: Record, tag: str = "20260301.v1") -> Merge:
    return merge_manifests(holding(tag, base), holding(tag, ours), holding(tag, theirs))


EVIDENCE = TagFacts(seen=(Sighting("a file"),))
ANSWER = TagFacts(digest=A, media_type="m", created="2026-03-01T00:00:00Z", seen=REGISTRY)
GONE = Gone(since=date(2026, 11, 2), digest=A)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        pytest.param(None, ANSWER, None, ANSWER, id="we found it"),
        pytest.param(None, None, ANSWER, ANSWER, id="they found it"),
        pytest.param(None, ANSWER, ANSWER, ANSWER, id="both found it"),
        pytest.param(EVIDENCE, EVIDENCE, ANSWER, ANSWER, id="they asked the registry"),
        pytest.param(ANSWER, GONE, ANSWER, GONE, id="we found it gone"),
        pytest.param(EVIDENCE, GONE, ANSWER, GONE, id="we found it gone, they asked before"),
        pytest.param(ANSWER, GONE, TagFacts(digest=B), TagFacts(digest=B), id="gone, and pushed again"),
        pytest.param(
            ANSWER, GONE, Gone(since=date(2026, 10, 1)), Gone(since=date(2026, 10, 1)), id="the earlier day"
        ),
        pytest.param(
            ANSWER,
            Gone(since=date(2026, 10, 1)),
            GONE,
            Gone(since=date(2026, 10, 1)),
            id="the earlier day, if it is ours",
        ),
        pytest.param(None, Gone(), GONE, GONE, id="a day says more than never"),
        pytest.param(None, GONE, Gone(), GONE, id="a day says more than never, if it is ours"),
        pytest.param(ANSWER, None, ANSWER, None, id="we dropped it"),
        pytest.param(
            ANSWER, None, TagFacts(digest=B), TagFacts(digest=B), id="dropped, but they learned more"
        ),
        pytest.param(
            EVIDENCE,
            TagFacts(seen=(Sighting("a file"), Sighting("ours"))),
            TagFacts(seen=(Sighting("a file"), Sighting("theirs"))),
            TagFacts(seen=(Sighting("a file"), Sighting("ours"), Sighting("theirs"))),
            id="two more sightings",
        ),
        pytest.param(
            ANSWER,
            TagFacts(digest=A, media_type="m", size=3, created="2026-03-01T00:00:00Z", seen=REGISTRY),
            TagFacts(
                digest=A,
                media_type="m",
                created="2026-03-01T00:00:00Z",
                end_of_life=date(2027, 1, 1),
                seen=REGISTRY,
            ),
            TagFacts(
                digest=A,
                media_type="m",
                size=3,
                created="2026-03-01T00:00:00Z",
                end_of_life=date(2027, 1, 1),
                seen=REGISTRY,
            ),
            id="each learned something else of one image",
        ),
    ],
)
def test_merge_of_one_tag(base: Record, ours: Record, theirs: Record, expected: Record) -> None:
    result = merged(base, ours, theirs)
    assert result.conflicts == ()
    assert result.manifest == holding("20260301.v1", expected)


def test_two_digests_of_one_dated_tag_conflict() -> None:
    result = merged(None, TagFacts(digest=A), TagFacts(digest=B))
    assert [str(conflict) for conflict in result.conflicts] == [
        f"{NAME}:20260301.v1 is {A} here and {B} there"
    ]
    assert render_merge(result) == (
        '{"version": 1, "repositories": {\n'
        f' "{NAME}": {{\n'
        "<<<<<<< ours\n"
        f'  "20260301.v1": {{"digest": "{A}"}}\n'
        "=======\n"
        f'  "20260301.v1": {{"digest": "{B}"}}\n'
        ">>>>>>> theirs\n"
        " }\n"
        "}}\n"
    )
    manifest, problems = load_manifest("registry.json", render_merge(result))
    assert (manifest, len(problems)) == (None, 1)


def test_of_latest_the_image_that_was_built_later_counts() -> None:
    older = TagFacts(digest=A, created="2026-03-01T00:00:00Z")
    newer = TagFacts(digest=B, created="2026-04-01T00:00:00Z")
    for ours, theirs in ((older, newer), (newer, older)):
        result = merged(None, ours, theirs, "latest")
        assert (result.conflicts, result.manifest) == ((), holding("latest", newer))
    assert len(merged(None, TagFacts(digest=A), newer, "latest").conflicts) == 1


def truth(day: date) -> Manifest:
    """What a registry has on a day: every few days a new tag, of which the oldest are deleted."""
    repositories: dict[str, Repository] = {}
    for number in range(20):
        name = f"{NAME}{number}"
        days = [date(2026, 1, 1) + timedelta(days=number + 9 * step) for step in range(40)]
        built = [moment for moment in days if moment <= day]
        tags = {
            f"{moment:%Y%m%d}.v1": TagFacts(digest=digest_of(f"{name}{moment}".encode())) for moment in built
        }
        gone = list(tags)[: len(tags) // 2] if number % 2 else []
        repositories[name] = Repository(
            tags={tag: facts for tag, facts in tags.items() if tag not in gone},
            gone={tag: Gone(since=day, digest=tags[tag].digest) for tag in gone},
        )
    return Manifest(repositories)


def test_sixty_pairs_of_snapshots_merge_to_the_later_truth() -> None:
    chance = random.Random(7)
    for _ in range(60):
        start = date(2026, 6, 1) + timedelta(days=chance.randrange(60))
        one, two = (start + timedelta(days=chance.randrange(1, 60)) for _ in range(2))
        base, ours, theirs = truth(start), truth(one), truth(two)
        result = merge_manifests(base, ours, theirs)
        later = truth(max(one, two))
        assert result.conflicts == ()
        for name, repository in later.by_name.items():
            found = result.manifest.by_name[name]
            assert found.tags == repository.tags
            assert set(found.gone) == set(repository.gone)


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    return subprocess.run(
        ["git", "-C", str(root), *identity, *arguments], capture_output=True, encoding="utf-8", check=False
    )


def commit(root: Path, manifest: Manifest, message: str) -> None:
    path = root / "catalog" / "registry.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump_manifest(manifest))
    git(root, "add", "-A")
    assert git(root, "commit", "-m", message).returncode == 0


@pytest.mark.parametrize(
    ("theirs", "status"),
    [
        pytest.param(TagFacts(digest=A, media_type="m"), 0, id="the same image merges"),
        pytest.param(TagFacts(digest=B), 1, id="another image conflicts"),
    ],
)
def test_git_merges_with_the_driver(tmp_path: Path, theirs: TagFacts, status: int) -> None:
    git(tmp_path, "init")
    install_merge_driver(tmp_path)
    install_merge_driver(tmp_path)
    assert (tmp_path / ".gitattributes").read_text() == f"{ATTRIBUTES}\n"
    commit(tmp_path, Manifest(), "base")
    git(tmp_path, "checkout", "-b", "theirs")
    commit(tmp_path, holding("20260301.v1", theirs), "theirs")
    git(tmp_path, "checkout", "main")
    commit(tmp_path, holding("20260301.v1", TagFacts(digest=A, size=3)), "ours")
    merge = git(tmp_path, "merge", "theirs")
    assert merge.returncode == status, merge.stderr
    text = (tmp_path / "catalog" / "registry.json").read_text()
    if status:
        assert "<<<<<<< ours" in text
    else:
        assert text == dump_manifest(holding("20260301.v1", TagFacts(digest=A, media_type="m", size=3)))


FACTS = TagFacts(seen=(Sighting("a file"),))


@pytest.mark.parametrize(
    ("program", "theirs"),
    [
        pytest.param("/nowhere/python -m imagedocs", None, id="the program is gone"),
        pytest.param("false", None, id="the program fails without a word"),
        pytest.param("sh -c 'kill -9 $$'", None, id="the program is killed"),
        pytest.param("", "[", id="their side cannot be read"),
    ],
)
def test_git_merges_the_text_where_the_driver_cannot(
    tmp_path: Path, program: str, theirs: str | None
) -> None:
    git(tmp_path, "init")
    install_merge_driver(tmp_path)
    if program:
        command = driver_command("python").replace("python -P -m imagedocs", program)
        git(tmp_path, "config", "merge.imagedocs-manifest.driver", command)
    path = tmp_path / "catalog" / "registry.json"
    commit(tmp_path, Manifest({NAME: Repository(tags={"1": FACTS})}), "base")
    git(tmp_path, "checkout", "-b", "theirs")
    if theirs is None:
        commit(tmp_path, Manifest({NAME: Repository(tags={"1": FACTS, "2": FACTS})}), "theirs")
    else:
        path.write_text(theirs)
        git(tmp_path, "commit", "-am", "theirs")
    git(tmp_path, "checkout", "main")
    commit(tmp_path, Manifest({NAME: Repository(tags={"1": FACTS, "3": FACTS})}), "ours")
    assert git(tmp_path, "merge", "theirs").returncode == 1
    text = path.read_text()
    assert text.count("<<<<<<< ours") == text.count(">>>>>>> theirs") == 1
    assert '"3": {' in text
    assert (theirs or '"2": {') in text


@pytest.mark.parametrize(
    ("python", "command"),
    [
        ("/opt/venv/bin/python", "/opt/venv/bin/python -P -m imagedocs merge %O %A %B || "),
        ("/o p/ven'v/python", "'/o p/ven'\"'\"'v/python' -P -m imagedocs merge %O %A %B || "),
        ("/a/100%A/python", "/a/100%%A/python -P -m imagedocs merge %O %A %B || "),
    ],
)
def test_the_driver_is_called_by_its_path(python: str, command: str) -> None:
    assert driver_command(python).partition("{")[0] == command


def test_a_side_that_cannot_be_read_leaves_ours_untouched(tmp_path: Path) -> None:
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    base.write_text("")
    ours.write_text(dump_manifest(holding("latest", ANSWER)))
    theirs.write_text("[")
    before = ours.read_text()
    with pytest.raises(CannotRun, match=r"^their side:1"):
        merge_files(base, ours, theirs)
    assert ours.read_text() == before


def test_the_driver_is_not_installed_outside_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("LC_ALL", "C")
    with pytest.raises(CannotRun, match=r"^git cannot be configured in .*: .*not in a git directory$"):
        install_merge_driver(tmp_path)


def test_where_git_cannot_write_its_configuration_its_own_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / ".git/config.lock").touch()  # as another git does, and as a full disk ends
    monkeypatch.setenv("LC_ALL", "C")
    with pytest.raises(CannotRun, match=r"could not lock config file .*: File exists$"):
        install_merge_driver(tmp_path)
    assert not (tmp_path / ".gitattributes").exists()


def test_without_git_the_driver_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRun, match=r"^git cannot be run: No such file or directory$"):
        install_merge_driver(tmp_path)
