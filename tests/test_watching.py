"""`imagedocs check --watch`: a real process, real saves, and a real Ctrl-C."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import run_imagedocs
from small_project import small_project

pytestmark = pytest.mark.posix

BROKEN = "# Home\n\n[there](nope.md)\n"
FOUND = 'docs/en/index.md:3:9: error: broken-link: there is no file "docs/en/nope.md"'
WATCHING = "watching; Ctrl-C ends"


class Watcher:
    """The running program and what it prints, line by line, both streams in one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as printed:
            for line in printed:
                self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def until_idle(self) -> list[str]:
        """What is printed until it watches again."""
        found: list[str] = []
        while (line := self.lines.get(timeout=60)) != WATCHING:
            assert line is not None, found
            found.append(line)
        return found

    def stop(self) -> tuple[int, list[str]]:
        """Ctrl-C: the exit status, and what is printed after it."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=60)
        rest = iter(lambda: self.lines.get(timeout=60), None)
        return status, [line for line in rest if line is not None]


@contextmanager
def watching(folder: Path) -> Iterator[Watcher]:
    process = subprocess.Popen(
        [sys.executable, "-m", "imagedocs", "check", "--watch"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    watcher = Watcher(process)
    try:
        yield watcher
    finally:
        process.kill()
        process.wait()
        watcher.reader.join()


def test_each_save_is_checked_until_ctrl_c(tmp_path: Path) -> None:
    project = small_project(tmp_path, {})
    page = project / "docs/en/index.md"
    with watching(project) as watcher:
        before = watcher.until_idle()
        page.write_text(BROKEN)
        assert watcher.until_idle() == ["", "docs/en/index.md changed", FOUND, *before]
        # Several files at once, one of them in a folder that was not there, by the way of an editor's own file.
        (project / "docs/fr").mkdir()
        (project / "docs/en/.nope.md.swp").write_text("x")
        (project / "docs/en/nope.new").write_text("# Nope\n")
        (project / "docs/en/nope.new").rename(project / "docs/en/nope.md")
        lines = watcher.until_idle()
        assert FOUND not in lines
        assert ".swp" not in lines[1]
        (project / "mkdocs.yml").rename(project / "mkdocs.bak")
        lines = watcher.until_idle()
        assert any(line.startswith("imagedocs: there is no mkdocs.yml") for line in lines)
        (project / "mkdocs.bak").rename(project / "mkdocs.yml")
        watcher.until_idle()
        page.write_text(BROKEN.replace("nope", "nop"))
        assert any(line.endswith('did you mean "nope.md"?') for line in watcher.until_idle())
        status, rest = watcher.stop()
    assert rest == []
    assert status == 1, "of the last check"


def test_nothing_is_checked_while_nothing_changes(tmp_path: Path) -> None:
    project = small_project(tmp_path, {})
    with watching(project) as watcher:
        watcher.until_idle()
        (project / "docs/en/index.md").read_text()
        (project / "site").mkdir()
        (project / "site/index.html").write_text("x")
        with pytest.raises(queue.Empty):
            watcher.lines.get(timeout=1.5)
        assert watcher.stop()[1] == []


@pytest.mark.parametrize("option", ["--fix", "--external", "--write-baseline"])
def test_it_goes_with_no_option_that_acts(tmp_path: Path, option: str) -> None:
    more = ("--baseline", "known.json") if option == "--write-baseline" else ()
    result = run_imagedocs(tmp_path, "check", "--watch", option, *more)
    assert result.returncode == 2
    assert "--watch goes with none of" in result.stderr
