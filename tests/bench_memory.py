"""How much memory `mkdocs serve` needs after many saves, with one language of this site and with all of them.

`make bench`, or `python tests/bench_memory.py --saves 50`. A page of the default language is saved again and again,
each time with other text, and the memory of the server is read when it has built the site.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import copy_project

MOST_GROWTH_MB = 10
"""From the fifth save to the last."""
SETTLED = 5
"""Saves after which everything that is kept for good has been made."""
PAGE = "docs/en/tag-policy.md"


class Server:
    """A running `mkdocs serve`, of which the output is in a file."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log
        self.builds = 0

    def wait(self) -> None:
        """Wait until the site has been built once more."""
        while self.log.read_text("utf-8").count("Documentation built") <= self.builds:
            if self.process.poll() is not None:
                raise SystemExit(self.log.read_text("utf-8"))
            time.sleep(0.1)
        self.builds += 1

    def memory(self) -> float:
        """Return the megabytes that it holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found is not None, status
        return int(found[1]) / 1024


@contextmanager
def serving(folder: Path, locale: str) -> Iterator[Server]:
    """Run `mkdocs serve` for one language, or with an empty `locale` for all."""
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    if locale:
        environment["IMAGEDOCS_LOCALE"] = locale
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            yield Server(process, log)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def growth(folder: Path, locale: str, saves: int) -> float:
    """Return by how many megabytes the server has grown since save number `SETTLED`."""
    page = folder / PAGE
    text = page.read_text("utf-8")
    with serving(folder, locale) as server:
        server.wait()
        settled = 0.0
        for number in range(1, saves + 1):
            page.write_text(f"{text}\nSaved {number} times.\n", "utf-8")
            server.wait()
            if number == SETTLED:
                settled = server.memory()
            if number == SETTLED or number % 10 == 0:
                print(
                    f"  {locale or 'all languages'}: after {number} saves {server.memory():.0f} MB",
                    flush=True,
                )
        return server.memory() - settled


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=50)
    parser.add_argument("--locale", action="append", help="One language; empty: all. Default: en, then all.")
    options = parser.parse_args(arguments)
    failed = False
    for locale in options.locale or ("en", ""):
        with tempfile.TemporaryDirectory() as folder:
            grown = growth(copy_project(Path(folder)), locale, options.saves)
        print(
            f"memory of serve, {locale or 'all languages'}: {grown:+.1f} MB from save {SETTLED} to {options.saves}"
            f" (at most {MOST_GROWTH_MB})"
        )
        failed |= grown > MOST_GROWTH_MB
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
