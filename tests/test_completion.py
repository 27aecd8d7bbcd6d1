"""Completion, as the shells themselves give it."""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import run_imagedocs
from small_project import small_project

COMMANDS = {
    "check",
    "completion",
    "export",
    "import",
    "lsp",
    "merge",
    "messages",
    "render",
    "snapshot",
    "tags",
    "verify",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project, with the shells' scripts beside it and `imagedocs` on the path."""
    folder = small_project(tmp_path_factory.mktemp("home"), {})
    for shell in ("bash", "zsh", "fish"):
        printed = run_imagedocs(folder, "completion", shell)
        assert (printed.returncode, printed.stderr) == (0, "")
        (folder / f"complete.{shell}").write_text(printed.stdout)
    (folder / "bin").mkdir()
    program = folder / "bin" / "imagedocs"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m imagedocs "$@"\n')
    program.chmod(0o755)
    return folder


def environment(home: Path) -> dict[str, str]:
    return {
        "PATH": f"{home}/bin:{os.environ['PATH']}",
        "HOME": str(home),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }


def run(home: Path, *command: str) -> str:
    shell = shutil.which(command[0])
    assert shell
    result = subprocess.run(
        [shell, *command[1:]],
        cwd=home,
        env=environment(home),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert result.stderr == ""
    return result.stdout


def ask_bash(home: Path, line: str) -> set[str]:
    words = " ".join(f"'{word}'" for word in line.split(" "))
    script = (
        f"source complete.bash; complete -p imagedocs >/dev/null || exit 1; COMP_WORDS=({words}); "
        f"COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _imagedocs_completion imagedocs; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    return set(run(home, "bash", "--norc", "-c", script).split())


def ask_fish(home: Path, line: str) -> set[str]:
    script = f"source complete.fish; complete --do-complete '{line}'"
    return {
        answer.partition("\t")[0] for answer in run(home, "fish", "--no-config", "-c", script).splitlines()
    }


@pytest.mark.shells
@pytest.mark.parametrize("ask", [ask_bash, ask_fish])
def test_bash_and_fish_complete(home: Path, ask: object) -> None:
    assert callable(ask)
    assert ask(home, "imagedocs ") >= COMMANDS
    assert ask(home, "imagedocs ch") == {"check"}
    assert ask(home, "imagedocs check --format s") == {"sarif"}
    assert ask(home, "imagedocs check --wa") == {"--watch"}
    assert ask(home, "imagedocs check --locale e") == {"en", "es"}
    assert ask(home, "imagedocs export s") == {"skopeo"}


@pytest.mark.posix
@pytest.mark.shells
def test_zsh_completes_what_is_typed(home: Path) -> None:
    """A real terminal: what is typed, a Tab, and what stands on the line then."""
    import pty  # absent on Windows, where the shells are too

    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(home)
        os.execvpe("zsh", ["zsh", "-f", "-i"], environment(home))  # noqa: S606  # a terminal of its own
    try:
        type_and_read(terminal, "PS1='ready> '; autoload -Uz compinit && compinit -u\n", r"ready> \Z")
        type_and_read(terminal, "source complete.zsh; echo so''urced\n", r"sourced[^>]*ready> \Z")
        type_and_read(terminal, "imagedocs chec\t--format sa\t", r"imagedocs check +--format sarif \Z")
        # Enter would run it: Ctrl-U takes the line back.
        type_and_read(terminal, "\x15imagedocs rend\t--locale es\t", r"imagedocs render +--locale es \Z")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.close(terminal)
        os.waitpid(pid, 0)


def type_and_read(terminal: int, keys: str, awaited: str) -> None:
    """Type the keys and wait for what they should show; the keys up to a Tab are answered before the next."""
    shown = ""
    for part in re.findall(r"[^\t]+\t?|\t", keys):
        os.write(terminal, part.encode())
        shown += read_until_quiet(terminal, 60 if "\t" in part else 1)
    end = time.monotonic() + 60
    while not re.search(awaited, as_seen(shown)):
        assert time.monotonic() < end, as_seen(shown)
        shown += read_until_quiet(terminal, 1)


def as_seen(text: str) -> str:
    """Without what moves the cursor and sets colours."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|[\x07\x08\r]", "", text)


def read_until_quiet(terminal: int, patience: float) -> str:
    """What comes after at most `patience` seconds, until nothing more does."""
    found = b""
    while select.select([terminal], [], [], 0.3 if found else patience)[0]:
        found += os.read(terminal, 4096)
    return found.decode("utf-8", "replace")
