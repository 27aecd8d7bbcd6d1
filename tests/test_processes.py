"""Workers: where a fork is safe in a process of their own, else in turn; none outlives the build that began it."""

import errno
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import run_mkdocs
from imagedocs import forks
from imagedocs.forks import Fork
from imagedocs.problems import CannotRun
from sampling import sample
from small_project import small_project
from test_build_again import EPOCH, differing

PAGES = {
    "docs/en/guide.md": "# Guide\n\nA [broken link](nothing.md).\n",
    "docs/es/index.md": "# Inicio\n\nUn [enlace roto](nada.md).\n",
}


def remove_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork", raising=False)


def on(platform: str) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(sys, "platform", platform)


def begin_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)


def allow_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse, raising=False)


def take_the_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Any:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)


def fill_the_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: open("/dev/full", "r+b", buffering=0))  # noqa: SIM115  # as TemporaryFile gives it


@pytest.fixture
def single(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a program has it that has begun no threads; a test runner may have some."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done in turn, as the next test shows")
@pytest.mark.usefixtures("single")
def test_a_call_is_made_in_a_process_of_its_own() -> None:
    assert Fork(os.getpid).result() != os.getpid()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(remove_fork, id="a Python without fork"),
        pytest.param(on("darwin"), id="macOS, whose libraries no fork survives"),
        pytest.param(on("win32"), id="Windows"),
        pytest.param(begin_a_thread, id="a process with a second thread"),
        pytest.param(allow_no_process, id="a system that allows no more processes"),
        pytest.param(take_the_temporary_folder, id="no place for the result"),
        pytest.param(fill_the_temporary_folder, id="no room for the result"),
    ],
)
@pytest.mark.usefixtures("single")
def test_a_call_is_made_in_turn_on(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[pytest.MonkeyPatch], None]
) -> None:
    change(monkeypatch)
    assert Fork(os.getpid).result() == os.getpid()


def fail(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize("is_forked", [True, False])
def test_what_a_call_has_to_say_is_heard(monkeypatch: pytest.MonkeyPatch, is_forked: bool) -> None:
    monkeypatch.setattr(forks, "can_fork", lambda: is_forked and sys.platform == "linux")
    with pytest.raises(CannotRun, match=r"^the disk is full$"):
        Fork(lambda: fail(CannotRun("the disk is full"))).result()


NO_FORK = "import os\nif hasattr(os, 'fork'):\n    del os.fork\n"


def test_a_site_is_the_same_without_fork(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project", PAGES)
    (tmp_path / "sitecustomize.py").write_text(NO_FORK, "utf-8")
    day = EPOCH["SOURCE_DATE_EPOCH"]
    for arguments, status in (([], 0), (["--strict"], 1)):
        built = [
            run_mkdocs(
                project,
                *("build", "-d", folder, *arguments),
                new_process=True,
                SOURCE_DATE_EPOCH=day,
                IMAGEDOCS_CACHE="off",
                PYTHONPATH=path,
            )
            for folder, path in (("site", ""), ("other", str(tmp_path)))
        ]
        forked, in_turn = built
        assert forked.returncode == in_turn.returncode == status
        warnings = [line for line in forked.stderr.splitlines() if line.startswith("WARNING")]
        assert len(warnings) == 2
        assert [line for line in in_turn.stderr.splitlines() if line.startswith("WARNING")] == warnings
    assert differing(project / "site", project / "other") == []


# the end

WAIT = """\
import os

from imagedocs.plugin.build import build_of

def on_pre_build(config):
    if build_of(config).whole is None:  # a worker, which never ends by itself
        with open(os.environ["WORKERS"], "w") as workers:
            workers.write("x")
            workers.flush()
            os.read(os.pipe()[0], 1)
"""


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose worker waits for ever."""
    project = small_project(tmp_path_factory.mktemp("waiting"), {"hooks/wait_forever.py": WAIT})
    config = project / "mkdocs.yml"
    config.write_text("hooks: [hooks/wait_forever.py]\n" + config.read_text("utf-8"), "utf-8", newline="\n")
    return project


def read(pipe: int) -> bytes:
    """A byte from the pipe, or nothing at its end; waits for either."""
    assert select.select([pipe], [], [], 150)[0], "nothing came, and nobody has closed the pipe"
    return os.read(pipe, 1)


@pytest.fixture
def begin(waiting: Path, tmp_path: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[str], int]]]:
    """A function that begins `mkdocs …` and returns it, once its worker is at work, with the reading end of a pipe
    that workers hold open."""
    begun: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> tuple[subprocess.Popen[str], int]:
        pipe, temporary = tmp_path / "workers", tmp_path / "tmp"
        os.mkfifo(pipe)
        temporary.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", *arguments],
            cwd=waiting,
            env={
                "PATH": os.environ["PATH"],
                "WORKERS": str(pipe),
                "TMPDIR": str(temporary),
                "PYTHONUTF8": "1",
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        assert read(reader) == b"x"
        return process, reader

    yield run
    for process in begun:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no workers")
@pytest.mark.parametrize(
    ("arguments", "number", "status"),
    sample(
        [
            (command, number, status)
            for command in (("build",), ("serve", "-a", "127.0.0.1:0"))
            for number, status in (("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 1), ("SIGKILL", -9))
        ],
        lambda case: case[0] == ("build",) or case[1] == "SIGINT",
    ),
)
def test_no_worker_and_no_folder_is_left(
    begin: Callable[..., tuple[subprocess.Popen[str], int]],
    waiting: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
    number: str,
    status: int,
) -> None:
    process, workers = begin(*arguments)
    process.send_signal(getattr(signal, number))
    assert read(workers) == b"", "the pipe ends when no worker is left that holds it"
    os.close(workers)
    _, said = process.communicate()
    assert process.returncode == status
    assert "Traceback" not in said
    if number != "SIGKILL":  # then the next build removes it: test_staging.py
        assert [*waiting.glob(".site-*"), *(tmp_path / "tmp").iterdir()] == []
    for folder in waiting.glob(".site-*"):
        (folder / ".imagedocs-build").unlink()
        folder.rename(tmp_path / folder.name)


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    code = """
import signal
from imagedocs.termination import exit_on_signals, restore_signals
signal.signal(signal.SIGTERM, signal.SIG_IGN)
exit_on_signals()
signal.raise_signal(signal.SIGTERM)
restore_signals()
print(signal.getsignal(signal.SIGTERM).name)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "SIG_IGN\n"


TOLD_AT_EACH_STEP = """
import os, signal, sys
from imagedocs import forks
from imagedocs.termination import exit_on_signals

number = signal.Signals[sys.argv[1]]
wait = lambda: os.read(os.pipe()[0], 1)
forks.Fork(int).result()  # imports what a fork needs
step, sent, lost = 0, True, []

def trace(frame, event, argument):
    global left
    frame.f_trace_opcodes = True
    left -= event == "opcode"
    if not left and event == "opcode":
        sys.settrace(None)
        steps.append(frame.f_code.co_name)
        signal.raise_signal(number)
    return trace

ends = (KeyboardInterrupt, SystemExit)
while sent:
    step += 1
    left, steps = step, []
    if number != signal.SIGINT:
        signal.signal(number, signal.SIG_DFL)
    exit_on_signals()
    try:
        sys.settrace(trace)
        worker = forks.Fork(wait)
        sys.settrace(None)
        lost += steps
        sent = bool(steps)
    except ends:
        pass
    forks._stop()
    forks._running.clear()
print(step, sorted(set(lost)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no workers")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_no_signal_is_lost_while_a_worker_begins(number: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD_AT_EACH_STEP, number],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    steps, _, lost = done.stdout.strip().partition(" ")
    assert int(steps) > 300
    assert lost == "[]"
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no workers")
def test_a_signal_that_interrupts_no_system_call_ends_the_wait_for_a_worker() -> None:
    code = """
import _thread, threading, time
from imagedocs.forks import Fork
worker = Fork(lambda: time.sleep(40))
threading.Timer(0.1, _thread.interrupt_main).start()  # as a signal does that comes just before the call
try:
    worker.result()
except KeyboardInterrupt:
    print("told", worker._process.is_alive())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "told True\n"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no timer that could raise it again")
@pytest.mark.parametrize(("number", "status"), [("SIGINT", -signal.SIGINT), ("SIGTERM", 143)])
def test_a_signal_in_a_finalizer_ends_the_program(number: str, status: int) -> None:
    code = f"""
import signal, sys, time
from imagedocs.termination import exit_on_signals
class Told:
    def __del__(self):
        signal.raise_signal(signal.{number})
exit_on_signals()
try:
    Told()
    time.sleep(30)
finally:
    print("tidied up")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (status, "tidied up\n")
    assert "Exception ignored" not in done.stderr


def test_other_errors_in_finalizers_are_told_as_ever() -> None:
    code = """
from imagedocs.termination import exit_on_signals, restore_signals
class Broken:
    def __del__(self):
        raise ValueError("a mistake")
exit_on_signals()
Broken()
restore_signals()
print("done")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "done\n"
    assert "Exception ignored in" in done.stderr
    assert "ValueError: a mistake" in done.stderr
