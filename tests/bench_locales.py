"""What a build of many pages in several languages costs, beside mkdocs-static-i18n with the same theme and features.

`make bench`, or `python tests/bench_locales.py --pages 500 --locales 3`. Each round builds the same pages with
both, one after the other, so that a busy machine slows both alike; then ours is built again as it is, and once more
after one page of one language has been edited. Figures are the processor's time of all processes, and each process's
peak of memory.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from small_project import HOOKS_CONFIG as CONFIG
from small_project import ROOT

MOST_GROWTH = 1.15
"""Peak of a worker's memory with many languages, as a multiple of that with few, the pages being as many."""


@dataclass(frozen=True)
class Shape:
    """What is built, and the most that it may cost."""

    pages: int
    """Of each language."""
    locales: int
    most_cpu: float = 0.75
    """Of a build from nothing, as a part of the peer's."""
    most_unchanged: float = 0.1
    """Of a build in which nothing has changed, as a part of ours from nothing."""
    most_again: float = 0.1
    """Of a build in which one page of one language has changed, as a part of ours from nothing."""


SHAPES = (
    Shape(500, 3),
    Shape(200, 8),
    Shape(10, 10, most_cpu=1.1, most_unchanged=0.25, most_again=0.3),
)
"""The last one shows what a language costs, however few its pages are."""

TAGS: tuple[str, ...] = ("en", "es", "ja", "de", "fr", "ko", "zh-Hans", "pt-BR", "it", "nl")
MORE_LOCALES: dict[str, dict[str, object]] = {
    "it": {"name": "Italiano", "babel": "it", "material": "it", "search": {"language": "it"}},
    "nl": {"name": "Nederlands", "babel": "nl", "material": "nl", "search": {"language": "nl"}},
}
"""Languages that this project lacks: the ninth and the tenth."""
OUR_THEME = ("custom_dir", "icon", "favicon")
"""Settings of the theme that name files of ours."""
PER_FOLDER = 25

_PART = """\
## Part {part} of page {page}

A workload reads its configuration when the container starts and keeps it until the next release. See
[the page on that](../{near}#part-2-of-page-{near_page}) and [the other one](../{far}), or
`docker run --rm -p 80{part}0:8080 example.org/team/app:{page}`. **Copy the values** of the last deployment, change
what differs, and *compare both* before you go on.

- The service answers on the port that the image exposes, and logs each request with its duration.
- An environment that is [not used](../{near}) for a month can be removed without telling anyone of the team.

"""
_TABLE = """\
| Name | Value | Where |
|------|-------|-------|
| `a{part}` | text that says what it is | [first](../{near}) |
| `b{part}` | **another** text | [second](../{far}) |

"""
_NOTE = "!!! note\n\n    Remember that a value in `/etc/app-{part}.toml` comes first.\n\n"
_CODE = '```python\ndef part_{part}(value: int = {page}) -> str:\n    """Say what it is."""\n    return f"{{value}}"\n```\n\n'


def place(number: int) -> str:
    """Of a page, below the docs folder."""
    return f"part-{number // PER_FOLDER:02}/page-{number:04}.md"


def page(number: int, count: int, tag: str) -> str:
    """About 6 kB with 20 links, tables, code and notes."""
    text = [
        f"---\ntitle: Page {number} ({tag})\ndescription: What page {number} is about.\n---\n\n# Page {number}\n\n"
    ]
    for part in range(7):
        near, far = (number + part + 1) % count, (number * 7 + part * 31) % count
        names = {"part": part, "page": number, "near": place(near), "near_page": near, "far": place(far)}
        for each, every in ((_PART, 1), (_TABLE, 3), (_NOTE, 2), (_CODE, 3)):
            if part % every == 0:
                text.append(each.format(**names))
    return "".join(text)


def write_pages(folder: Path, tags: list[str], count: int, include: str) -> None:
    for tag in tags:
        home = folder / "docs" / tag / "index.md"
        home.parent.mkdir(parents=True)
        home.write_text(
            "# Home\n\n" + "".join(f"- [{n}]({place(n)})\n" for n in range(0, count, PER_FOLDER)), "utf-8"
        )
        for number in range(count):
            path = folder / "docs" / tag / place(number)
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"{page(number, count, tag)}{include}\n", "utf-8")
    (folder / "includes").mkdir(exist_ok=True)
    (folder / "includes/shared.md").write_text("What is said here is said on **every** page.\n", "utf-8")


def locale_fields() -> dict[str, dict[str, object]]:
    ours = yaml.safe_load((ROOT / "locales/locales.yaml").read_text("utf-8"))["locales"]
    return {**MORE_LOCALES, **ours}


def write_ours(folder: Path, tags: list[str], count: int) -> Path:
    """A project like this one with other pages."""
    for part in (
        "catalog",
        "hooks",
        "includes",
        *(f"locales/{locale_fields()[tag]['babel']}" for tag in tags),
    ):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "locales/messages.pot", folder / "locales")
    registry = {"version": 1, "default": "en", "locales": {tag: locale_fields()[tag] for tag in tags}}
    (folder / "locales/locales.yaml").write_text(
        yaml.safe_dump(registry, allow_unicode=True, sort_keys=False), "utf-8"
    )
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    write_pages(folder, tags, count, "[!INCLUDE [shared](../../../includes/shared.md)]")
    return folder


def write_theirs(folder: Path, tags: list[str], count: int) -> Path:
    """The same pages and the same theme, with mkdocs-static-i18n and the extensions that Material recommends."""
    ours = yaml.safe_load(CONFIG)
    fields = locale_fields()
    languages = [
        {
            "locale": fields[tag]["material"],
            "name": fields[tag]["name"],
            "build": True,
            "default": tag == "en",
        }
        for tag in tags
    ]
    theme = {name: value for name, value in ours["theme"].items() if name not in OUR_THEME}
    config = {
        **{name: ours[name] for name in ("site_name", "site_url")},
        "theme": theme,
        "docs_dir": "docs",
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
        "markdown_extensions": [
            "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables",
            {"toc": {"permalink": True}},
            {"pymdownx.highlight": {"anchor_linenums": False, "pygments_lang_class": True}},
            "pymdownx.superfences", "pymdownx.inlinehilite", "pymdownx.details",
            {"pymdownx.tabbed": {"alternate_style": True}},
            {"pymdownx.snippets": {"base_path": ["includes"]}},
        ],
    }  # fmt: skip
    folder.mkdir()
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
    write_pages(folder, tags, count, '--8<-- "shared.md"')
    for tag in tags:  # its folders bear the theme's names
        (folder / "docs" / tag).rename(folder / "docs" / str(fields[tag]["material"]))
    return folder


@dataclass(frozen=True)
class Cost:
    cpu: float
    """Seconds, of all processes."""
    wall: float
    main_mb: float
    """Peak of the process that was called."""
    worker_mb: float
    """Peak of the largest of its children; 0 without any."""


def build(folder: Path) -> Cost:
    """One `mkdocs build` there. It must succeed."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "1770000000",
    }
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
        )
        peaks: dict[int, float] = {}
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            for each in (process.pid, *below(process.pid)):
                peaks[each] = _peak_mb(each) or peaks.get(each, 0)
            time.sleep(0.1)  # between two looks at memory; to look more often slows the build
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        assert process.returncode == 0, output.read().decode()
    main = peaks.pop(process.pid, 0)
    return Cost(
        usage.ru_utime + usage.ru_stime, time.monotonic() - start, main, max(peaks.values(), default=0)
    )


def below(pid: int) -> list[int]:
    """Process ids of all descendants."""
    try:
        children = [
            int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return children + [each for child in children for each in below(child)]


def _peak_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0)


def clear(folder: Path) -> None:
    for name in ("site", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


@dataclass(frozen=True)
class Figures:
    """Medians of all rounds: the processor's time of ours as a part of another."""

    cold: float
    """A build from nothing, as a part of the peer's."""
    unchanged: float
    """A build in which nothing has changed, as a part of that from nothing."""
    again: float
    """A build in which one page has changed, as a part of that from nothing."""


def compare(pages: int, locales: int, rounds: int, folder: Path) -> Figures:
    """Build with both in turn."""
    tags = list(TAGS[:locales])
    ours, theirs = write_ours(folder / "ours", tags, pages), write_theirs(folder / "theirs", tags, pages)
    for each in (ours, theirs):  # so that no round has to compile Python
        build(each)
    found: list[Figures] = []
    for number in range(rounds):
        clear(theirs)
        other = build(theirs)
        clear(ours)
        whole = build(ours)
        unchanged = build(ours)
        changed = ours / "docs" / tags[-1] / place(pages // 2)
        changed.write_text(changed.read_text("utf-8") + f"\nRound {number}.\n", "utf-8")
        again = build(ours)
        figures = Figures(whole.cpu / other.cpu, unchanged.cpu / whole.cpu, again.cpu / whole.cpu)
        found.append(figures)
        print(f"  {pages} pages × {locales}: CPU ours {whole.cpu:.1f} s, peer {other.cpu:.1f} s, ratio {figures.cold:.2f};"
              f" wall {whole.wall:.1f} s, {other.wall:.1f} s")  # fmt: skip
        print(
            f"    peak MB: worker {whole.worker_mb:.0f}, main {whole.main_mb:.0f}, peer {other.main_mb:.0f}"
        )
        print(
            f"    nothing changed: CPU {unchanged.cpu:.2f} s, {figures.unchanged:.3f} of all; wall {unchanged.wall:.2f} s"
        )
        print(
            f"    one page changed: CPU {again.cpu:.2f} s, {figures.again:.3f} of all; wall {again.wall:.2f} s",
            flush=True,
        )
    return Figures(
        *(statistics.median(getattr(each, name) for each in found) for name in ("cold", "unchanged", "again"))
    )


def memory(pages: int, folder: Path) -> float:
    """A worker's peak with 8 languages as a multiple of that with 3."""
    peaks: list[float] = []
    for locales in (3, 8):
        tags = list(TAGS[:locales])
        peaks.append(build(write_ours(folder / f"memory-{locales}", tags, pages)).worker_mb)
    print(
        f"  {pages} pages: a worker's peak with 3 languages {peaks[0]:.0f} MB, with 8 {peaks[1]:.0f} MB",
        flush=True,
    )
    return peaks[1] / peaks[0]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int)
    parser.add_argument("--locales", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    shapes = (Shape(options.pages, options.locales),) if options.pages else SHAPES
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for shape in shapes:
            part = Path(folder) / f"{shape.pages}-{shape.locales}"
            figures = compare(shape.pages, shape.locales, options.rounds, part)
            shutil.rmtree(part)
            print(
                f"{shape.pages} × {shape.locales}: of the peer's {figures.cold:.2f} (at most {shape.most_cpu}), nothing"
                f" changed {figures.unchanged:.3f} (at most {shape.most_unchanged}), one page {figures.again:.3f}"
                f" (at most {shape.most_again})"
            )
            failed |= (
                figures.cold > shape.most_cpu
                or figures.unchanged > shape.most_unchanged
                or figures.again > shape.most_again
            )
        if not options.pages:
            growth = memory(200, Path(folder))
            print(f"memory of a worker, 8 languages against 3: {growth:.2f} (at most {MOST_GROWTH})")
            failed |= growth > MOST_GROWTH
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
