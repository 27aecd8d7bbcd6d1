"""What a command costs before it does anything, beside what `import aiohttp` costs in the same run.

`make bench`, or `python tests/bench_startup.py`. The commands take turns, so that a busy machine slows all alike;
figures are the processor's seconds of one process, the median of all rounds.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = 9
MOST_OVER_AIOHTTP = 0.10
"""Seconds that `tags IMAGE` needs more than `import aiohttp`."""
MOST_ALONE = 0.15
"""Seconds of commands that need no network."""


def seconds(command: list[str], folder: Path) -> float:
    """Return the processor's time of one run."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    program = str(Path(sys.executable).with_name("imagedocs"))
    commands = {
        "import click": [sys.executable, "-c", "import click"],
        "import aiohttp": [sys.executable, "-c", "import aiohttp"],
        "--version": [program, "--version"],
        "--help": [program, "--help"],
        "merge": [program, "merge", "base", "ours", "theirs"],
        "tags": [program, "tags", "127.0.0.1:9/team/base"],  # nobody answers there
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side in ("base", "ours", "theirs"):
            shutil.copy2(ROOT / "catalog/registry.json", folder / side)
        for _ in range(ROUNDS):
            for each, command in commands.items():
                times[each].append(seconds(command, folder))
    medians = {each: statistics.median(found) for each, found in times.items()}
    limits = {
        "--version": MOST_ALONE,
        "--help": MOST_ALONE,
        "merge": MOST_ALONE,
        "tags": medians["import aiohttp"] + MOST_OVER_AIOHTTP,
    }
    for each, found in medians.items():
        limit = f" (at most {limits[each]:.2f})" if each in limits else ""
        print(f"{each}: {found:.3f} s{limit}, least {min(times[each]):.3f}")
    return int(any(medians[each] > limit for each, limit in limits.items()))


if __name__ == "__main__":
    sys.exit(main())
