"""Kill builds at random moments, and see that there is always a whole site and never anything left behind.

python tests/kill_builds.py [SEED [COUNT]]; without a seed, another one each time, which is printed. `make test-all` runs it.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from small_project import LOCALES, small_project

PAGES = {"docs/en/index.md": "# Home\n\nState {}.\n", "docs/es/index.md": "# Inicio\n\nEstado {}.\n"}
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1774000000"}
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def begin(project: Path, state: str) -> "subprocess.Popen[bytes]":
    for path, text in PAGES.items():
        if state == "A" or path.startswith("docs/en"):  # in B, one language is as it was
            (project / path).write_text(text.format(state), "utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        cwd=project,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def main(seed: int, count: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        project = small_project(Path(folder), {"locales/locales.yaml": LOCALES, **PAGES})
        whole: dict[str, dict[str, bytes]] = {}
        longest = 0.0
        for state in "ABAB":
            start = time.monotonic()
            assert begin(project, state).wait() == 0
            longest = max(longest, time.monotonic() - start) if whole else 0.0
            assert whole.setdefault(state, contents(project / "site")) == contents(project / "site")
        wrong = 0
        for number in range(count):
            state, signal_number, group = "AB"[number % 2], chance.choice(SIGNALS), chance.random() < 0.5
            build = begin(project, state)
            time.sleep(chance.random() * longest)
            (os.killpg if group else os.kill)(build.pid, signal_number)
            build.wait()
            found = contents(project / "site")
            after_kill = found in whole.values()
            status = begin(project, state).wait()
            left = [path.name for path in project.glob(".site-*")]
            right = status == 0 and contents(project / "site") == whole[state] and not left
            wrong += not right
            print(
                number,
                signal_number.name,
                "group" if group else "alone",
                "ended with",
                build.returncode,
                end=": ",
            )
            print(
                "whole" if after_kill else "not whole until the next build",
                "then right" if right else f"then WRONG {left}",
                flush=True,
            )
    print(f"{count} builds killed, {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    given = [*map(int, sys.argv[1:])]
    seed = given[0] if given else random.randrange(10**6)
    count = given[1] if len(given) > 1 else 20
    print(f"{count} builds, seed {seed}", flush=True)
    main(seed, count)
