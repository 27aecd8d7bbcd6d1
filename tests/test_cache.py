"""The memory of earlier runs: whole or nothing, and believed only with our own seal."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from imagedocs.cache.memory import FOLDER, Memory, memory_of

FILE = f"{FOLDER}/pages.cache"


@pytest.fixture(autouse=True)
def _own_secret(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home")))


def remember(root: Path, version: str = "1") -> Memory:
    memory = memory_of(root, "pages", version)
    memory.put("page", "a.md", "key", b"result\nof two lines")
    memory.put("page", "b.md", "key", b"")
    memory.save()
    return memory


def test_what_was_put_is_there_in_the_next_run(tmp_path: Path) -> None:
    remember(tmp_path)
    again = memory_of(tmp_path, "pages", "1")
    assert again.get("page", "a.md", "key") == b"result\nof two lines"
    assert again.get("page", "b.md", "key") == b""
    assert again.get("page", "a.md", "another key") is None
    assert again.get("other", "a.md", "key") is None
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert sorted(os.listdir(tmp_path / FOLDER)) == [".gitignore", "pages.cache"]


def test_what_nobody_asked_for_goes(tmp_path: Path) -> None:
    remember(tmp_path)
    again = memory_of(tmp_path, "pages", "1")
    again.get("page", "a.md", "key")
    again.save(keep=["other"])
    last = memory_of(tmp_path, "pages", "1")
    assert last.get("page", "b.md", "key") is None
    assert last.get("page", "a.md", "key")


def test_a_run_that_learns_nothing_writes_nothing(tmp_path: Path) -> None:
    remember(tmp_path)
    before = (tmp_path / FILE).stat()
    again = memory_of(tmp_path, "pages", "1")
    again.get("page", "a.md", "key")
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
    remember(tmp_path)
    harm(tmp_path / FILE)
    again = memory_of(tmp_path, "pages", "1")
    assert again.get("page", "a.md", "key") is None
    again.put("page", "a.md", "key", b"x")
    again.save()


def test_what_another_version_or_another_user_wrote_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(tmp_path)
    assert memory_of(tmp_path, "pages", "2").get("page", "a.md", "key") is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert memory_of(tmp_path, "pages", "1").get("page", "a.md", "key") is None


def test_one_file_is_not_taken_for_another(tmp_path: Path) -> None:
    remember(tmp_path)
    (tmp_path / FILE).rename(tmp_path / FOLDER / "other.cache")
    assert memory_of(tmp_path, "other", "1").get("page", "a.md", "key") is None


@pytest.mark.posix
def test_nothing_is_written_through_a_link_out_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "project"
    root.mkdir()
    (root / ".cache").symlink_to(tmp_path / "elsewhere")
    remember(root)
    assert os.listdir(tmp_path / "elsewhere") == []


def test_without_a_place_for_the_secret_nothing_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    remember(tmp_path)
    assert memory_of(tmp_path, "pages", "1").get("page", "a.md", "key") is None
    assert not (tmp_path / FILE).exists()


@pytest.mark.posix
def test_a_home_folder_that_is_missing_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    remember(tmp_path)
    assert memory_of(tmp_path, "pages", "1").get("page", "a.md", "key") is None
    assert not (tmp_path / "nobody").exists()
