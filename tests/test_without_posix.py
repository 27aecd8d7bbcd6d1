"""A check and a build where the system has nothing that POSIX alone has, as on Windows."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ACTIVATED
from small_project import small_project

OS = [
    "O_DIRECTORY",
    "O_NOFOLLOW",
    "O_NONBLOCK",
    "chown",
    "fchdir",
    "fchmod",
    "fchown",
    "fork",
    "forkpty",
    "geteuid",
    "getpgid",
    "getpgrp",
    "getppid",
    "getuid",
    "initgroups",
    "killpg",
    "lchown",
    "mkfifo",
    "nice",
    "openpty",
    "posix_fadvise",
    "posix_spawn",
    "pread",
    "pwrite",
    "register_at_fork",
    "sched_getaffinity",
    "setpgid",
    "setsid",
    "statvfs",
    "sysconf",
    "uname",
    "wait",
    "wait3",
    "waitid",
]
SIGNALS = [
    "SIGALRM",
    "SIGCHLD",
    "SIGHUP",
    "SIGKILL",
    "SIGPIPE",
    "SIGQUIT",
    "SIGUSR1",
    "SIGUSR2",
    "pthread_sigmask",
    "setitimer",
]
MODULES = ["grp", "pty", "pwd", "resource", "termios", "tty"]
"""Not `fcntl`: where the system is Windows, `msvcrt` takes its place, and here there is no `msvcrt`."""

TAKEN_AWAY = f"""
import multiprocessing, os, signal, sys
for module, names in ((os, {OS}), (signal, {SIGNALS})):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
for name in {MODULES}:
    sys.modules[name] = None
multiprocessing.get_all_start_methods = lambda: ["spawn"]
"""


@pytest.mark.posix
def test_a_check_and_a_build_need_nothing_of_posix(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project", {"docs/es/index.md": "# Inicio\n\nTexto.\n"})
    (tmp_path / "sitecustomize.py").write_text(TAKEN_AWAY, "utf-8")
    environment = {**ACTIVATED, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(tmp_path)}
    asked = [sys.executable, "-c", "import os, signal; print(hasattr(os, 'fork'), hasattr(signal, 'SIGHUP'))"]
    assert subprocess.check_output(asked, env=environment).split() == [b"False", b"False"]
    for program, arguments in (
        ("imagedocs", ["check"]),
        ("imagedocs", ["check"]),
        ("mkdocs", ["build", "--strict"]),
        ("mkdocs", ["build", "--strict"]),
        ("imagedocs", ["status"]),
        ("imagedocs", ["messages"]),
    ):
        result = subprocess.run(
            [sys.executable, "-m", program, *arguments],
            cwd=project,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        assert "Traceback" not in result.stderr
    assert (project / "site/es/index.html").is_file()
