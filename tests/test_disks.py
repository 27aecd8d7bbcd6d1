"""Disks that are full, read-only or not ours: one sentence, exit status 2, and every file as it was."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import run_mkdocs
from imagedocs import cli
from imagedocs.incremental.cache import Cache, make
from imagedocs.incremental.store import cache_file
from imagedocs.problems import CannotRun
from imagedocs.registry.maintenance import merge
from imagedocs.writing import append_to_file, write_file
from small_project import small_project
from test_staging import contents

PAGE = "# Inicio\n\nTexto.\n"
POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="what only POSIX systems have: modes, pipes, limits"
)
FILES = {
    "docs/en/guide.md": "# Guide\n\nSee [the list](Index.md).\n",
    "docs/es/index.md": PAGE,
    "catalog/ours.json": '{"version": 1, "repositories": {}}',
    "catalog/theirs.json": '{"version": 1, "repositories": {"registry.example/x": {}}}',
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with something to write for every command."""
    project = small_project(tmp_path_factory.mktemp("original"), FILES)
    template = project / "locales/messages.pot"
    template.write_text(template.read_text("utf-8").partition("\n#: ")[0], "utf-8")
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    return project


@pytest.fixture
def project(original: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(original)
    monkeypatch.setenv("XDG_CACHE_HOME", str(original.parent))
    return original


def imagedocs(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.run([*arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


def refuse_writing(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Fail as a disk does that is full when a file is closed or put in its place."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "replace", refuse)


WRITERS = [
    pytest.param(["messages"], "locales/messages.pot", id="messages"),
    pytest.param(["status", "--accept", "docs/es/index.md"], "locales/sources/*.json", id="status --accept"),
    pytest.param(["check", "--no-cache", "--fix"], "docs/en/guide.md", id="check --fix"),
    pytest.param(
        ["check", "--no-cache", "--baseline", "known.json", "--write-baseline"], "known.json", id="baseline"
    ),
    pytest.param(["init", "--registry", "registry.example", "new/project"], "mkdocs.yml", id="init"),
    pytest.param(["merge", "catalog/ours.json", "catalog/ours.json", "catalog/theirs.json"], "ours.json", id="merge"),
    pytest.param(["merge", "--install"], ".gitattributes", id="merge --install"),
]  # fmt: skip


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize(("arguments", "file"), WRITERS)
def test_a_disk_that_refuses_ends_a_command_with_a_sentence(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    file: str,
    code: int,
) -> None:
    before = contents(project)
    refuse_writing(monkeypatch, code)
    assert imagedocs(*arguments) == 2
    said = capfd.readouterr().err
    start, _, end = file.partition("*")
    assert said.startswith(f"imagedocs: {start}")
    assert said.endswith(f"{end} cannot be written: {os.strerror(code)}\n")
    assert said.count("\n") == 1
    assert without_git(contents(project)) == without_git(before)
    assert not (project / "new").exists()


def without_git(files: dict[str, str]) -> dict[str, str]:
    """All but git's own configuration, which `merge --install` asks git to write."""
    return {path: text for path, text in files.items() if not path.startswith(".git/")}


@pytest.mark.parametrize("written", range(12))
def test_init_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/mine.md").write_text("mine", "utf-8")
    monkeypatch.chdir(tmp_path)
    replace, calls = os.replace, iter(range(100))

    def refuse(source: Path, target: Path) -> None:
        if next(calls) == written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    assert imagedocs("init", "--registry", "registry.example", "--locale", "en", "--locale", "es") == 2
    assert contents(tmp_path) == {"docs/mine.md": "mine"}
    assert os.listdir(tmp_path) == ["docs"]


@pytest.mark.parametrize("command", [["--help"], ["status"], ["export", "skopeo"]], ids=" ".join)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device of Linux that is always full")
def test_an_output_that_is_full_ends_a_command_with_a_sentence(project: Path, command: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "imagedocs", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, "imagedocs: No space left on device\n")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    cache = Cache(cache_file(tmp_path, "pages"), "1")
    cache.keep("page", "a.md", make(lambda: b"result"))
    cache.save()
    before = contents_of_cache(tmp_path)
    cache.keep("page", "a.md", make(lambda: b"another"))
    refuse_writing(monkeypatch, code)
    cache.save()
    assert contents_of_cache(tmp_path) == before


def contents_of_cache(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / ".cache/imagedocs").iterdir()}


# one file


@POSIX
def test_a_new_file_has_the_permissions_that_the_user_chose_and_an_old_one_keeps_its_own(
    tmp_path: Path,
) -> None:
    mask = os.umask(0o027)
    try:
        assert write_file(tmp_path / "new", "x")
    finally:
        os.umask(mask)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    (tmp_path / "new").chmod(0o755)
    assert write_file(tmp_path / "new", "y")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o755
    assert os.listdir(tmp_path) == ["new"]


def test_a_file_with_the_longest_name_can_be_written(tmp_path: Path) -> None:
    name = f"{'x' * 251}.md"
    assert write_file(tmp_path / name, "x")
    assert os.listdir(tmp_path) == [name]


@POSIX
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert write_file(pipe, "for a reader")
    assert os.read(reader, 100) == b"for a reader"
    os.close(reader)
    assert pipe.is_fifo()


def test_what_was_typed_and_is_no_text_in_the_encoding_of_the_system_is_not_written(tmp_path: Path) -> None:
    typed = "名前".encode().decode("ascii", "surrogateescape")
    with pytest.raises(CannotRun) as refused:
        write_file(tmp_path / "mkdocs.yml", f"site_name: {typed}\n")
    why = "what you typed is no text in the encoding of the system; set PYTHONUTF8=1"
    assert str(refused.value) == f"mkdocs.yml cannot be written: {why}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [write_file, append_to_file])
def test_a_folder_in_the_place_of_a_file_stays(tmp_path: Path, write: Callable[..., Any]) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(CannotRun, match=r"x cannot be written: Is a directory$"):
        write(tmp_path / "x", "text")
    assert os.listdir(tmp_path) == ["x"]


def test_a_merge_whose_result_cannot_be_written_leaves_our_side(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides = [project / "catalog/ours.json", project / "catalog/ours.json", project / "catalog/theirs.json"]
    before = sides[1].read_bytes()
    refuse_writing(monkeypatch, errno.ENOSPC)
    with pytest.raises(CannotRun):
        merge.merge_files(*sides)
    assert sides[1].read_bytes() == before


# a build


def limit_files() -> None:
    """No file may grow beyond 100 KB: what a full disk says, and needs no disk."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    project = small_project(tmp_path / "project", {"docs/es/index.md": PAGE})
    (project / "site").mkdir()
    (project / "site/index.html").write_text("last", "utf-8")
    return project


@POSIX
def test_a_build_that_finds_no_room_leaves_the_last_site(built: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=built,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "IMAGEDOCS_CACHE": "off"},
        preexec_fn=limit_files,  # there are no threads in the child
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "ERROR   -  imagedocs: the site cannot be written: File too large\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(built / "site") == {"index.html": "last"}
    assert [*built.glob(".site-*")] == []


@POSIX
def test_a_build_in_a_read_only_folder_leaves_the_last_site(built: Path) -> None:
    with read_only(built):
        done = run_mkdocs(built, "build")
    assert done.returncode == 1
    assert f"{built}/site cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(built / "site") == {"index.html": "last"}


class read_only:  # noqa: N801  # a verb, as contextlib has them
    """Let nobody write in a folder: by a mount for root, whom permissions don't stop, else by permissions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_root = os.geteuid() == 0

    def __enter__(self) -> None:
        if self.is_root:
            for options in (["--bind", str(self.folder)], ["-o", "remount,ro,bind"]):
                subprocess.run(["mount", *options, str(self.folder)], check=True)
        else:
            for folder in (self.folder, self.folder / "site"):
                folder.chmod(0o555)

    def __exit__(self, *_: object) -> None:
        if self.is_root:
            subprocess.run(["umount", str(self.folder)], check=True)
        else:
            for folder in (self.folder, self.folder / "site"):
                folder.chmod(0o755)
