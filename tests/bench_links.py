"""How fast links are checked, beside lychee on the same site: `imagedocs check` cold, warm and after an edit, and
what checking adds to a build.

Run it by hand or with `make bench`. Each round runs all programs one after the other, so that a busy machine slows
them alike; figures are CPU seconds (user and system, of all processes), medians of the rounds. It fails when a cold
check costs more than lychee, when another figure is over its limit, or when ten times as many pages cost more than
thirteen times as much.
"""

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_site import page_path, write_site

BIN = Path(sys.executable).parent
MOST = {
    "checking within a build, all sound": 0.2,
    "checking within a build, 80 breaks": 0.4,
    "imagedocs check, warm": 0.35,
    "imagedocs check, one page edited": 0.6,
}
"""CPU seconds, with 1,000 pages."""
MOST_GROWTH = 13
BREAKS = 80

_BEFORE = """\
import time
def on_post_build(config):
    config.extra["began"] = time.process_time()
"""
_AFTER = """\
import time
from pathlib import Path
def on_post_build(config):
    Path("spent").write_text(str(time.process_time() - config.extra["began"]))
"""
"""Hooks right before and right behind the one that reports problems: the index of the search, which is written at the
same event, is none of its work."""


def cpu(arguments: list[str], folder: Path, status: int = 0) -> float:
    """CPU seconds of a program and of all that it has started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"XDG_CACHE_HOME": str(folder.parent / "home"), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == status, (
        f"{arguments}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status:
        found = len(re.findall(r": error: broken-", done.stdout))
        assert found == BREAKS, f"found {found} of {BREAKS} breaks"
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check(folder: Path, *options: str, status: int = 0) -> float:
    return cpu([str(BIN / "imagedocs"), "check", *options], folder, status)


def lychee(folder: Path) -> float:
    program = str(BIN / "lychee")
    options = ["--offline", "--include-fragments", "--no-progress", "--index-files", "index.html"]
    return cpu([program, *options, "--root-dir", str(folder / "site"), "site/**/*.html"], folder)


def edited(folder: Path, number: int) -> float:
    """A check after one save."""
    page = folder / "docs" / "en" / page_path(number)
    page.write_text(page.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    return check(folder)


def within_build(folder: Path) -> float:
    """CPU seconds of the hook that checks and reports, in a build."""
    for name, text in (("begin_measuring", _BEFORE), ("end_measuring", _AFTER)):
        (folder / f"{name}.py").write_text(text, "utf-8")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    if "begin_measuring" not in config:
        reporting = "  - hooks/check_links.py\n"
        assert config.count(reporting) == 1
        config = config.replace(reporting, f"  - begin_measuring.py\n{reporting}  - end_measuring.py\n")
        (folder / "mkdocs.yml").write_text(config, "utf-8")
    cpu([str(BIN / "mkdocs"), "build"], folder)
    return float((folder / "spent").read_text("utf-8"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--builds", type=int, default=3, help="rounds of those that build")
    options = parser.parse_args(arguments)
    base = Path(tempfile.mkdtemp(prefix="bench-links-"))
    try:
        return measure(base, options.pages, options.rounds, options.builds)
    finally:
        shutil.rmtree(base)


def measure(base: Path, pages: int, rounds: int, builds: int) -> int:
    sound, broken, one = (base / name for name in ("sound", "broken", "one"))
    write_site(sound, pages)
    write_site(broken, pages, BREAKS)
    write_site(one, 1)
    # What is checked besides pages (templates, messages) costs the same with one page.
    added: dict[str, list[float]] = {"all sound": [], f"{BREAKS} breaks": []}
    for _ in range(builds):
        alone = within_build(one)
        added["all sound"].append(within_build(sound) - alone)
        added[f"{BREAKS} breaks"].append(within_build(broken) - alone)
    found = {f"checking within a build, {name}": statistics.median(each) for name, each in added.items()}
    others: list[float] = []
    cold: list[float] = []
    warm: list[float] = []
    saved: list[float] = []
    for number in range(rounds):
        others.append(lychee(sound))
        cold.append(check(sound, "--no-cache"))
        print(
            f"  {pages} pages: cold {cold[-1]:.2f} s, lychee {others[-1]:.2f} s, ratio {cold[-1] / others[-1]:.2f}"
        )
        check(sound)
        warm.append(check(sound))
        saved.append(edited(sound, number))
    check(broken, status=1)
    found["imagedocs check, warm"] = statistics.median(warm)
    found["imagedocs check, one page edited"] = statistics.median(saved)
    few = base / "few"
    write_site(few, pages // 10)
    growth = statistics.median(cold) / statistics.median(check(few, "--no-cache") for _ in range(rounds))
    ratio = statistics.median(mine / other for mine, other in zip(cold, others, strict=True))
    failed = ratio >= 1 or growth > MOST_GROWTH
    print(f"imagedocs check, cold: {ratio:.2f} of lychee's CPU (less than 1)")
    print(f"ten times as many pages: {growth:.1f} times the CPU (at most {MOST_GROWTH})")
    for name, seconds in found.items():
        failed |= seconds > MOST[name]
        print(f"{name}: {seconds:.3f} s (at most {MOST[name]})")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
