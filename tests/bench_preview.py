"""Time from a save until a preview shows the new text, beside a stock MkDocs with Material in the same run.

`python tests/bench_preview.py`, or with `--site ours`, `--pages 200` or `--rounds 3`. `mkdocs serve` runs on a copy of
this project in all its languages, and on 1,000 generated pages in each of two languages; beside each runs a stock
preview of the same pages in one language. A save changes one file. A reader's browser, which asks as the script does
that MkDocs puts into each page, then waits for a page to be announced and fetches it. Figures are seconds on the wall:
the median of all rounds, and the longest. Both previews take turns, so that a busy machine slows both alike.
"""

import argparse
import itertools
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import yaml

from bench_locales import TAGS, below, place, write_ours, write_theirs
from small_project import ROOT

ROUNDS = 9
PAGES, LOCALES = 1000, 2
MOST_SECONDS = 300
"""After which a save counts as not noticed."""
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".cache", ".ci", "site", "tests", "__pycache__", ".pytest_cache", ".hypothesis"
)
_EPOCH = re.compile(r"livereload\((\d+), \d+\);")


@dataclass(frozen=True)
class Save:
    """A change of one file, and a page that shows it."""

    name: str
    path: str
    """Of the file, in the project."""
    address: str
    """Of the page, relative to the site."""
    change: Callable[[str, str], str]
    """Returns the content with a new text in it: content and text in."""


def appended(content: str, text: str) -> str:
    """Return the content with a paragraph at its end, in place of the last round's."""
    return re.sub(r"\n\nProbe[^\n]*\n\Z", "\n", content).rstrip("\n") + f"\n\n{text}.\n"


def replaced(pattern: str) -> Callable[[str, str], str]:
    """Return a change that puts the new text in place of what `pattern` finds between two groups."""

    def change(content: str, text: str) -> str:
        changed, count = re.subn(pattern, rf"\g<1>{text}\g<2>", content, count=1)
        assert count, f"nothing in the file is like {pattern}"
        return changed

    return change


MESSAGE = replaced(r'(msgid "Link to this section"\nmsgstr ")[^"]*(")')
CATALOG = replaced(r"(\n  ubuntu: \{name: )[^}]*(\})")
TITLE = replaced(r"(\n?site_name: )[^\n]*(\n)")
LIST = "includes/aml-inference-list-prebuilt-docker-images.md.j2"


class Preview:
    """`mkdocs serve` in a folder."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.root = f"http://127.0.0.1:{free.getsockname()[1]}/"
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def running(self) -> Generator[float]:
        """Serve within a `with` statement; gives the seconds until the first page."""
        environment = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
        address = self.root.removeprefix("http://").rstrip("/")
        start = time.monotonic()
        with (self.folder.parent / f"{self.folder.name}.log").open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", address],
                cwd=self.folder,
                env=environment,
                stdout=output,
                stderr=output,
            )
            try:
                while not self.get(""):
                    assert self._process.poll() is None, "the preview has ended"
                    time.sleep(0.1)  # until it serves
                yield time.monotonic() - start
            finally:
                self._process.send_signal(signal.SIGINT)
                try:
                    self._process.wait(30)
                except subprocess.TimeoutExpired:  # a background program ignores SIGINT
                    self._process.kill()
                    self._process.wait()

    def get(self, address: str) -> str:
        """Return what is at an address; nothing where there is no answer."""
        try:
            with urlopen(self.root + address, timeout=MOST_SECONDS) as answer:
                return answer.read().decode()
        except (URLError, OSError):
            return ""

    def seconds(self, save: Save, text: str) -> float:
        """Save, and return the time until the page shows the text."""
        self.settle()
        shown = self.get(save.address)
        file = self.folder / save.path
        content = save.change(file.read_text("utf-8"), text)
        start = time.monotonic()
        file.write_text(content, "utf-8")
        return self._until(save.address, text, shown, start)

    def _until(self, address: str, text: str, shown: str, start: float) -> float:
        """Wait as a browser does: for the announcement of another site than the one that is shown."""
        while text not in shown:
            if time.monotonic() - start > MOST_SECONDS:
                return float("inf")
            epoch = _EPOCH.search(shown)
            if epoch is None:
                time.sleep(0.01)  # a page without a script, which can only ask again
            else:
                self.get(f"livereload/{epoch[1]}/1")
            shown = self.get(address)
        return time.monotonic() - start

    def settle(self) -> None:
        """Wait until the preview has nothing to do any more, if that ever comes."""
        quiet, end = 0, time.monotonic() + MOST_SECONDS
        before = self._cpu()
        while quiet < 3 and time.monotonic() < end:
            time.sleep(0.5)  # between two looks at its processor time
            now = self._cpu()
            quiet = quiet + 1 if now - before < 0.15 else 0
            before = now

    def _cpu(self) -> float:
        """Seconds of the processor of all processes."""
        assert self._process is not None
        total = 0.0
        for pid in (self._process.pid, *below(self._process.pid)):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        return total

    def move_away_and_back(self, save: Save, text: str) -> float:
        """Move the folder of all pages away and back, as switching branches does; then save, and return the time until
        that is shown."""
        docs, away = self.folder / "docs", self.folder / "docs-away"
        self.settle()
        docs.rename(away)
        time.sleep(2)  # so that the preview notices
        away.rename(docs)
        return self.seconds(save, text)


def write_our_site(folder: Path) -> tuple[Path, Path]:
    """Copy this project as it is, and its English pages for a stock MkDocs."""
    ours, stock = folder / "ours", folder / "stock"
    shutil.copytree(ROOT, ours, ignore=LEFT_OUT)
    _add_include(ours / "docs/en/tag-policy.md", "../../includes/shared.md")
    (ours / "includes/shared.md").write_text("A text of several pages.\n", "utf-8")
    shutil.copytree(ours / "docs/en", stock / "docs")
    _write_stock(stock, yaml.safe_load((ours / "mkdocs.yml").read_text("utf-8"))["theme"]["features"])
    return ours, stock


def write_many_pages(folder: Path, pages: int, locales: int) -> tuple[Path, Path]:
    """Write generated pages, and those of one language for a stock MkDocs."""
    ours = write_ours(folder / "ours", list(TAGS[:locales]), pages)
    _add_include(ours / "docs/en/index.md", f"../../{LIST.removesuffix('.j2')}")
    stock = write_theirs(folder / "theirs", ["en"], pages)
    shutil.move(stock / "docs/en", folder / "stock/docs")
    shutil.move(stock / "includes", folder / "stock/includes")
    features = yaml.safe_load((stock / "mkdocs.yml").read_text("utf-8"))["theme"]["features"]
    _write_stock(folder / "stock", features)
    return ours, folder / "stock"


def _add_include(page: Path, target: str) -> None:
    page.write_text(f"{page.read_text('utf-8')}\n[!INCLUDE [a text]({target})]\n", "utf-8")


def _write_stock(folder: Path, features: list[str]) -> None:
    config = {
        "site_name": "Stock",
        "theme": {"name": "material", "font": False, "features": features},
        "markdown_extensions": [
            "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", {"toc": {"permalink": True}},
            "pymdownx.highlight", "pymdownx.superfences", "pymdownx.details",
            {"pymdownx.snippets": {"base_path": ["includes"]}},
        ],
    }  # fmt: skip
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")


def our_saves() -> Iterable[Save]:
    """Return the saves in the copy of this project."""
    return (
        Save("page", "docs/en/tag-policy.md", "tag-policy/", appended),
        Save("page in another language", "docs/de/tag-policy.md", "de/tag-policy/", appended),
        Save("catalog", "catalog/images.yaml", "images/", CATALOG),
        Save("template", LIST, "concept-prebuilt-docker-images-inference/", appended),
        Save("include", "includes/shared.md", "tag-policy/", appended),
        Save("message", "locales/de/LC_MESSAGES/messages.po", "de/tag-policy/", MESSAGE),
        Save("configuration", "mkdocs.yml", "tag-policy/", TITLE),
    )


def saves_of_many(pages: int, locales: int) -> Iterable[Save]:
    """Return the saves in the generated project."""
    first, middle = (place(number).removesuffix(".md") + "/" for number in (0, pages // 2))
    second = TAGS[locales - 1]
    return (
        Save("page", f"docs/en/{place(pages // 2)}", middle, appended),
        Save("page in another language", f"docs/{second}/{place(0)}", f"{second}/{first}", appended),
        Save("catalog", "catalog/images.yaml", "", CATALOG),
        Save("template", LIST, "", appended),
        Save("include", "includes/shared.md", middle, appended),
        Save("message", f"locales/{second}/LC_MESSAGES/messages.po", f"{second}/{first}", MESSAGE),
        Save("configuration", "mkdocs.yml", middle, TITLE),
    )


def measure(title: str, ours: Path, stock: Path, saves: Iterable[Save], rounds: int, only: str) -> None:
    """Print the figures of one site."""
    texts: Iterator[str] = (f"Probe {number:04}" for number in itertools.count())
    page, *others = saves
    saves = [save for save in (page, *others) if only in save.name]
    first = saves[0]
    plain = Save("page", f"docs/{page.path.split('/', 2)[2]}", page.address, appended)
    ours_, stock_ = Preview("ours", ours), Preview("stock", stock)
    with stock_.running() as until_stock, ours_.running() as until_ours:
        print(f"{title}: first page after {until_ours:.1f} s; stock, one language, {until_stock:.1f} s", flush=True)  # fmt: skip
        theirs = list[float]()
        for save in saves:
            found = list[float]()
            for _ in range(rounds):
                if save is first:
                    theirs.append(stock_.seconds(plain, next(texts)))
                found.append(ours_.seconds(save, next(texts)))
            print(f"  {save.name}: {_said(found)}", flush=True)
            if save is first:
                ratio = statistics.median(found) / statistics.median(theirs)
                print(f"  page, stock: {_said(theirs)}; ours is {ratio:.3f} of it", flush=True)
        if not only:
            seconds = ours_.move_away_and_back(page, next(texts))
            print(f"  page, after docs/ was moved away and back: {_said([seconds])}", flush=True)


def _said(found: list[float]) -> str:
    return f"median {statistics.median(found):.2f} s, longest {max(found):.2f} s"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", choices=("ours", "many"))
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="only saves whose name has this in it")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.site != "many":
            ours, stock = write_our_site(folder / "1")
            measure("This project", ours, stock, our_saves(), options.rounds, options.only)
        if options.site != "ours":
            ours, stock = write_many_pages(folder / "2", options.pages, LOCALES)
            title = f"{options.pages} pages × {LOCALES}"
            measure(title, ours, stock, saves_of_many(options.pages, LOCALES), options.rounds, options.only)


if __name__ == "__main__":
    main(sys.argv[1:])
