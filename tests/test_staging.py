"""How a finished site takes the last one's place: at once or not at all, whatever fails and whenever it is killed."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imagedocs.build import renames, staging
from imagedocs.build.leftovers import remove_leftovers
from imagedocs.build.staging import Staging
from imagedocs.locales import load_locales
from imagedocs.problems import CannotRun

ROOT = Path(__file__).parent.parent
LOCALES = {locale.tag: locale for locale in load_locales(ROOT)[0]}
FOLDERS = {"es", "de"}
LAST = {
    ".git/HEAD": "git",
    "index.html": "last",
    "old/index.html": "last",
    "es/index.html": "same",
    "de/index.html": "last",
}
NEW = {"index.html": "new", "new/index.html": "new", "de/index.html": "new"}
PUBLISHED = {**NEW, ".git/HEAD": "git", "es/index.html": "same"}


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def prepared(site: Path) -> Staging:
    """A build of `site` that is about to be published: Spanish is as it was, the rest is new."""
    made = Staging(site, FOLDERS)
    write(made.site, NEW)
    made.publish_again(LOCALES["es"])
    return made


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", LAST)


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renames, "exchange", lambda _one, _other: False)


def in_a_mount(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_is_mount", lambda _folder: True)


def by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    pass


WAYS = [
    pytest.param(by_the_system, id="as the system can"),
    pytest.param(without_exchange, id="where folders cannot be exchanged"),
    pytest.param(in_a_mount, id="where the site is a mount"),
]
Way = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.parametrize("way", WAYS)
def test_a_site_is_replaced_but_for_what_stays(site: Path, monkeypatch: pytest.MonkeyPatch, way: Way) -> None:
    way(monkeypatch)
    prepared(site).publish()
    assert contents(site) == PUBLISHED
    assert os.listdir(site.parent) == ["site"]


def test_a_site_is_there_at_every_moment_where_folders_can_be_exchanged(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = prepared(site)
    rename = os.rename

    def watch(source: Path, target: Path) -> None:
        rename(source, target)
        assert (site / "index.html").is_file()

    monkeypatch.setattr(os, "rename", watch)
    made.publish()
    if sys.platform == "linux":  # elsewhere the site is put back by the next build
        assert contents(site) == PUBLISHED


def failing_at(number: int, error: OSError, *, for_good: bool = False) -> Callable[[Path, Path], None]:
    """A rename that fails at one call: nobody can hold a file open against Linux."""
    rename, calls = os.rename, iter(range(1000))

    def call(source: Path, target: Path) -> None:
        now = next(calls)
        if now == number or (for_good and now > number):
            raise error
        rename(source, target)

    return call


def held(number: int) -> OSError:
    return PermissionError(errno.EACCES, f"Access is denied ({number})")


@pytest.mark.parametrize(
    ("way", "number"),
    [*((without_exchange, number) for number in range(4)), *((in_a_mount, number) for number in range(6))],
)
def test_a_file_that_somebody_holds_leaves_the_last_site(
    site: Path, monkeypatch: pytest.MonkeyPatch, way: Way, number: int
) -> None:
    way(monkeypatch)
    made = prepared(site)
    monkeypatch.setattr(os, "rename", failing_at(number, held(number)))
    with pytest.raises(CannotRun) as refusal:
        made.publish()
    assert str(refusal.value) == (
        f"{site} cannot be replaced: Access is denied ({number}); close what uses it and build again"
    )
    assert contents(site) == LAST
    assert os.listdir(site.parent) == ["site"]


@pytest.mark.parametrize("way", WAYS[1:])
def test_what_cannot_be_put_back_now_is_put_back_by_the_next_build(
    site: Path, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    way(monkeypatch)
    made = prepared(site)
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", failing_at(2, held(2), for_good=True))
        with pytest.raises(
            CannotRun, match=r"a part of the last site is in .*, and the next build puts it back"
        ):
            made.publish()
    assert contents(site) != LAST
    Staging(site, FOLDERS).discard()
    assert contents(site) == LAST
    assert os.listdir(site.parent) == ["site"]


_PUBLISH = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import test_staging as tests
from imagedocs.build import renames, staging
site, number, way = Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
if way == "without_exchange":
    renames.exchange = lambda one, other: False
if way == "in_a_mount":
    staging._is_mount = lambda folder: True
made = tests.prepared(site)
def rename(source, target, rename=os.rename, calls=iter(range(1000))):
    if next(calls) == number:
        os.kill(os.getpid(), 9)
    rename(source, target)
os.rename = rename
unlink = os.unlink
def unlink_journal(path, *more, unlink=os.unlink, **named):
    if number == -1 and str(path).endswith("renames.json"):
        os.kill(os.getpid(), 9)
    unlink(path, *more, **named)
os.unlink = unlink_journal
made.publish()
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="no kill -9; the same states are reached by failing renames above"
)
@pytest.mark.parametrize(
    ("way", "number"),
    [
        *(("by_the_system", number) for number in (-1, 0, 1)),
        *(("without_exchange", number) for number in (-1, 0, 2, 3)),
        *(("in_a_mount", number) for number in (0, 2, 4)),
    ],
)
def test_a_kill_between_two_renames_is_repaired_by_the_next_build(
    site: Path, monkeypatch: pytest.MonkeyPatch, way: str, number: int
) -> None:
    command = [sys.executable, "-c", _PUBLISH, str(Path(__file__).parent), str(site), str(number), way]
    killed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    folders = {site.parent, site} if way == "in_a_mount" else {site.parent}
    assert [path for folder in folders for path in folder.glob(".site-*")] != []
    if way == "in_a_mount":
        in_a_mount(monkeypatch)
    again = Staging(site, FOLDERS)
    assert without_staging(contents(site)) in (LAST, PUBLISHED)
    again.discard()
    assert os.listdir(site.parent) == ["site"]
    assert [*site.glob(".site-*")] == []


def without_staging(files: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if not path.startswith(".site-")}


def test_a_build_leaves_the_folder_of_another_one_alone(site: Path) -> None:
    one = prepared(site)
    other = Staging(site, FOLDERS)
    write(other.site, {"index.html": "other"})
    one.publish()
    assert contents(site) == PUBLISHED
    other.publish()
    assert contents(site) == {"index.html": "other", ".git/HEAD": "git"}
    assert os.listdir(site.parent) == ["site"]


def test_a_site_that_is_a_link_stays_one(tmp_path: Path) -> None:
    real = write(tmp_path / "elsewhere/real", LAST)
    (tmp_path / "site").symlink_to(real)
    prepared(tmp_path / "site").publish()
    assert (tmp_path / "site").is_symlink()
    assert contents(real) == PUBLISHED
    assert os.listdir(real.parent) == ["real"]


def test_a_file_in_the_place_of_the_site_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.write_text("mine", "utf-8")
    made = Staging(site)
    write(made.site, NEW)
    with pytest.raises(CannotRun, match=r"site cannot be replaced: Not a directory$"):
        made.publish()
    assert site.read_text("utf-8") == "mine"
    assert os.listdir(tmp_path) == ["site"]


# folders that killed builds have left

DAY = 24 * 60 * 60


def folder_of(files: dict[str, str], mode: int = 0o700, age: float = DAY) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        folder.mkdir()
        write(folder, files)
        folder.chmod(mode)
        then = time.time() - age
        os.utime(folder, (then, then))

    return make


def link_to_one(folder: Path) -> None:
    target = folder.parent / "target"
    folder_of({"site/x": "", "es/x": ""})(target)
    folder.symlink_to(target)


OF_ANOTHER_VERSION = {"site/index.html": "new", "es/index.html": "new"}


@pytest.mark.skipif(sys.platform == "win32", reason="the permissions that tell the folders apart")
@pytest.mark.parametrize(
    ("name", "make", "goes"),
    [
        pytest.param(".site-a1b2c3_d", folder_of(OF_ANOTHER_VERSION), True, id="an earlier version's"),
        pytest.param(".site-a1b2c3_d", folder_of({}), True, id="an earlier version's, empty"),
        pytest.param(".site-a1b2c3_d", folder_of(OF_ANOTHER_VERSION, age=60), False, id="one that may be in use"),
        pytest.param(".site-a1b2c3_d", folder_of(OF_ANOTHER_VERSION, mode=0o755), False, id="one that is not private"),
        pytest.param(".site-20261129", folder_of({"index.html": ""}), False, id="somebody's copy of the site"),
        pytest.param(".site-december", folder_of({"site/index.html": ""}), False, id="somebody's folder of one site"),
        pytest.param(".site-a1b2c3_d", folder_of({**OF_ANOTHER_VERSION, "x": ""}), False, id="one with a file of somebody's"),
        pytest.param(".else-a1b2c3_d", folder_of(OF_ANOTHER_VERSION), False, id="one of another site"),
        pytest.param(".site-backup", folder_of(OF_ANOTHER_VERSION), False, id="one with a name of somebody's"),
        pytest.param(".site-a1b2c3_d", link_to_one, False, id="a link"),
    ],
)  # fmt: skip
def test_only_what_a_build_has_left_is_removed(
    tmp_path: Path, name: str, make: Callable[[Path], None], goes: bool
) -> None:
    make(tmp_path / name)
    before = contents(tmp_path)
    remove_leftovers(tmp_path, {"site"}, {"es"})
    assert (name not in os.listdir(tmp_path)) is goes
    assert contents(tmp_path) == ({} if goes else before)


@pytest.mark.skipif(sys.platform == "win32", reason="the permissions that tell the folders apart")
def test_the_last_site_that_an_earlier_version_has_moved_away_comes_back(tmp_path: Path) -> None:
    folder_of({"last/index.html": "last", "site/index.html": "new"})(tmp_path / ".site-a1b2c3_d")
    remove_leftovers(tmp_path, {"site"}, {"es"})
    assert contents(tmp_path) == {"site/index.html": "last"}


# disks


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A folder at which a file system is mounted, as a container's volume is; needs to be root."""
    folder = tmp_path / "site"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only root may mount; `where the site is a mount` above says the same")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_volume_is_filled_in_its_place(mounted: Path) -> None:
    write(mounted, LAST)
    prepared(mounted).publish()
    assert contents(mounted) == PUBLISHED
    assert mounted.is_mount()
    assert os.listdir(mounted.parent) == ["site"]


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_takes_no_folder_ends_the_build_with_a_sentence(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(CannotRun) as refusal:
        Staging(site, FOLDERS)
    assert str(refusal.value) == f"{site} cannot be written: {os.strerror(code)}"
    assert contents(site) == LAST


def test_a_site_in_a_folder_that_is_read_only_is_built_in_its_own(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = os.mkdir

    def refuse(path: str, *more: int) -> None:
        if Path(path).parent == site.parent:
            raise PermissionError(errno.EACCES, "Permission denied")
        mkdir(path, *more)

    monkeypatch.setattr(os, "mkdir", refuse)
    prepared(site).publish()
    assert contents(site) == PUBLISHED
