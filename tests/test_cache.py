"""The file of results of earlier runs: used whole or not at all, and only if it is signed with our own key."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from imagedocs.incremental.cache import Cache, make
from imagedocs.incremental.store import FOLDER, cache_file

FILE = f"{FOLDER}/pages.cache"


@pytest.fixture(autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home")))


def opened(root: Path, version: str = "1", name: str = "pages") -> Cache:
    """Return a cache in which no result depends on anything but its arguments."""
    return Cache(cache_file(root, name), version)


def keep(root: Path, version: str = "1") -> None:
    cache = opened(root, version)
    cache.keep("page", "a.md", make(lambda: b"result\nof two lines"), "given")
    cache.keep("page", "b.md", make(lambda: b""), "given")
    cache.save()


def test_what_was_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    keep(tmp_path)
    again = opened(tmp_path)
    assert again.find("page", "a.md", "given") == b"result\nof two lines"
    assert again.find("page", "b.md", "given") == b""
    assert again.find("page", "a.md", "other arguments") is None
    assert again.find("other", "a.md", "given") is None
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert sorted(os.listdir(tmp_path / FOLDER)) == [".gitignore", "pages.cache"]


def test_what_nobody_asked_for_goes(tmp_path: Path) -> None:
    keep(tmp_path)
    again = opened(tmp_path)
    again.find("page", "a.md", "given")
    again.save(keep=["other"])
    last = opened(tmp_path)
    assert last.find("page", "b.md", "given") is None
    assert last.find("page", "a.md", "given")


def test_what_others_were_made_from_stays(tmp_path: Path) -> None:
    keep(tmp_path)
    again = opened(tmp_path)
    again.use("page", ["a.md", "never kept.md"])
    again.save()
    last = opened(tmp_path)
    assert last.find("page", "a.md", "given")
    assert last.find("page", "b.md", "given") is None
    assert last.find("page", "never kept.md", "given") is None


def test_what_another_process_kept_is_handed_over(tmp_path: Path) -> None:
    child, parent = opened(tmp_path), opened(tmp_path)
    child.keep("page", "before.md", make(lambda: b"before"))
    with child.gathering() as kept:
        child.cached("page", "a.md", lambda: b"result", "given")
        child.cached("page", "a.md", lambda: b"result", "given")
    child.keep("page", "after.md", make(lambda: b"after"))
    for each in kept:
        parent.keep(each.kind, each.name, each.made, each.given)
    assert [each.name for each in kept] == ["a.md"]
    assert parent.find("page", "a.md", "given") == b"result"


def test_a_run_that_learns_nothing_writes_nothing(tmp_path: Path) -> None:
    keep(tmp_path)
    before = (tmp_path / FILE).stat()
    again = opened(tmp_path)
    again.find("page", "a.md", "given")
    again.save(keep=["page"])
    assert (tmp_path / FILE).stat() == before


def damage(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda file: file.write_bytes(change(file.read_bytes())) and None


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def link(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.posix
@pytest.mark.parametrize(
    "harm",
    [
        damage(lambda _: b""), damage(lambda content: content[:-1]), damage(lambda content: content + b"x"),
        damage(lambda content: content.replace(b"result", b"rEsult")), damage(lambda _: b"\xff" * 100),
        damage(lambda content: content.partition(b"\n")[0] + b"\n" + b"[" * 100_000), pipe, link, folder,
    ],
    ids=["empty", "cut", "longer", "another result", "no text", "nested", "a pipe", "a link", "a folder"],
)  # fmt: skip
def test_a_file_that_is_not_ours_is_as_good_as_none(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    keep(tmp_path)
    harm(tmp_path / FILE)
    again = opened(tmp_path)
    assert again.find("page", "a.md", "given") is None
    again.cached("page", "a.md", lambda: b"x")
    again.save()


def test_what_another_version_or_another_user_wrote_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path)
    assert opened(tmp_path, "2").find("page", "a.md", "given") is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert opened(tmp_path).find("page", "a.md", "given") is None


def test_one_file_is_not_taken_for_another(tmp_path: Path) -> None:
    keep(tmp_path)
    (tmp_path / FILE).rename(tmp_path / FOLDER / "other.cache")
    assert opened(tmp_path, name="other").find("page", "a.md", "given") is None


@pytest.mark.posix
def test_nothing_is_written_through_a_link_out_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "project"
    root.mkdir()
    (root / ".cache").symlink_to(tmp_path / "elsewhere")
    keep(root)
    assert os.listdir(tmp_path / "elsewhere") == []


def test_without_a_place_for_the_key_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    keep(tmp_path)
    assert opened(tmp_path).find("page", "a.md", "given") is None
    assert not (tmp_path / FILE).exists()


@pytest.mark.posix
def test_a_home_folder_that_is_missing_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    keep(tmp_path)
    assert opened(tmp_path).find("page", "a.md", "given") is None
    assert not (tmp_path / "nobody").exists()
