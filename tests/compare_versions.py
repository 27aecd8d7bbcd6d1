"""Compare what two versions of imagedocs make of the same projects: each file of the site, and each finding.

    python tests/compare_versions.py OLD NEW [PROJECT …] [--seed N] [--changes N]

OLD and NEW are checkouts, each with its `.venv`. Both build and check the same projects with nothing remembered, again
with nothing changed, then after each of `--changes` changes in a random order (all, unless said), and at last from
nothing again. Every difference is printed as the file and its first line that differs, once for as long as it stays the
same. The exit status is 1 if there is any.

Projects, all of them unless some are named:

- `ours`: the project of the checkouts. Pages, catalog and glossary are those of OLD in both; configuration, hooks,
  templates and sentences belong to the code, so each version has its own.
- `init`: what each version's `imagedocs init` makes, with two languages, an image and a page.
- `mini-sites` of the tests, and `many-kinds`, which has a file of every kind. Each version's tests write their
  templates and sentences; the other files are the same in both.

What may differ by design is normalized, and is all listed in `NORMALIZED`. The changes are those of
`test_check_remembered.py`, `test_build_again.py` and `many_kinds.py`. Run it with the Python of a `.venv` that has what
tests need, on a machine with time: `ours` alone takes minutes.
"""

import argparse
import gzip
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from compared_projects import Project, projects
from test_check_remembered import Place

DAY = date(2026, 3, 20)
NORMALIZED = {
    "the project's folder": "each version has its own copy; PROJECT stands for it",
    "the log of a build": "its findings alone, sorted: hooks report in turn",
    "the hash in extra.<hash>.css and .js": "HASH stands for it, so that another style is one difference, not one a page",
    "*.gz": "compared as what they hold: the packing has no meaning",
}
"""What is not compared byte for byte, and what is compared instead."""

_FINDING = re.compile(r"(?:^|: |- +)([^\s:]\S*(?::\d+)*: (?:error|warning|suggestion): [a-z0-9-]+: .*)")
_HASH = re.compile(rb"\bextra\.[0-9a-f]{8}\.(?=css|js)")
Results = Mapping[str, bytes]


@dataclass
class Version:
    """A checkout that is compared, and its copy of the project."""

    name: str
    checkout: Path
    work: Path
    place: Place = field(init=False)

    def __post_init__(self) -> None:
        self.place = Place(self.work / "project", DAY)

    @property
    def root(self) -> Path:
        return self.place.root

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a module of the version in its project, on the project's day."""
        noon = datetime.combine(self.place.day, time(12), UTC)
        binaries = self.checkout / ".venv" / "bin"
        environment = {
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
            "PYTHONUTF8": "1",
            "NO_MKDOCS_2_WARNING": "1",
            "XDG_CACHE_HOME": str(self.work / "home"),
            "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        }
        return subprocess.run(
            [str(binaries / "python"), *command],
            cwd=self.root,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def results(self, *, clean: bool = False) -> Results:
        """Build and check, and return each file of the site and all that was said."""
        if clean:
            shutil.rmtree(self.root / ".cache", ignore_errors=True)
        built = self.run("-m", "mkdocs", "build", *(["--clean"] if clean else []))
        checked = self.run("-m", "imagedocs", "check", "--format", "plain")
        found = {"(check)": f"status {checked.returncode}\n{checked.stdout}{checked.stderr}"}
        found["(build)"] = f"status {built.returncode}\n{findings_in(built.stderr)}"
        results = {path: self._normal(text.encode()) for path, text in found.items()}
        site = self.root / "site"
        for path in sorted(site.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                content = gzip.decompress(content) if path.suffix == ".gz" else content
                name = f"site/{path.relative_to(site).as_posix()}"
                results[self._normal(name.encode()).decode()] = self._normal(content)
        return results

    def _normal(self, content: bytes) -> bytes:
        return _HASH.sub(b"extra.HASH.", content.replace(str(self.root).encode(), b"PROJECT"))


def findings_in(log: str) -> str:
    """Return the findings in the log of a build; the end of a traceback if there is one."""
    found = [match[1] for line in log.splitlines() if (match := _FINDING.search(line))]
    _, _, traceback = log.partition("Traceback (most recent call last)")
    return "".join(f"{line}\n" for line in sorted(found)) + traceback[-500:]


def differences(old: Results, new: Results) -> Iterator[str]:
    """Yield each file that differs, with its first line that does."""
    for path in sorted(old.keys() | new.keys()):
        if path not in new or path not in old:
            yield f"{path}: only in {'old' if path in old else 'new'}"
        elif old[path] != new[path]:
            yield f"{path}{first_difference(old[path], new[path])}"


def first_difference(old: bytes, new: bytes) -> str:
    """Return the first line that differs: its number, and both texts around the first character that does."""
    try:
        texts = [content.decode().split("\n") for content in (old, new)]
    except UnicodeDecodeError:
        return ": differs, and is no text"
    length = max(map(len, texts))
    lines = [[*text, *[""] * (length - len(text))] for text in texts]
    number = next(number for number in range(length) if lines[0][number] != lines[1][number])
    one, other = lines[0][number], lines[1][number]
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    at = max(same - 60, 0)
    return f":{number + 1}\n    old: {one[at : at + 200]}\n    new: {other[at : at + 200]}"


def compare(name: str, project: Project, checkouts: Sequence[Path], seed: int, most: int | None) -> int:
    """Compare the versions by a project, print the differences, and return how many there are."""
    changes = [*project.changes.items()]
    random.Random(seed).shuffle(changes)
    changes = changes[:most]
    known: set[str] = set()
    count = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        versions = [
            Version(label, path, Path(folder).resolve() / label)
            for label, path in zip(("old", "new"), checkouts, strict=True)
        ]
        for version in versions:
            version.work.mkdir()
            project.write(version, versions[0])

        def step(what: str, *, clean: bool = False) -> None:
            nonlocal known, count
            found = {*differences(*pool.map(lambda version: version.results(clean=clean), versions))}
            told = set[str]()
            for difference in sorted(found - known):
                file, _, lines = difference.partition("\n")
                alike = bool(lines) and lines in told
                told.add(lines)
                print(f"{name}, {what}: {f'{file}, likewise' if alike else difference}", flush=True)
            count += len(found - known)
            known = found

        step("cold")
        step("warm")
        for what, change in changes:
            for version in versions:
                with suppress(
                    AssertionError, FileNotFoundError
                ):  # an earlier change has taken its file or text
                    change(version.place)
            step(f"after a change ({what})")
        step("cold, after all changes", clean=True)
    print(f"{name}: {len(changes)} changes, {count} differences", flush=True)
    return count


def main() -> int:
    """Compare, and return the exit status."""
    known = projects()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("projects", nargs="*", metavar="PROJECT", help=", ".join(known))
    parser.add_argument("--seed", type=int, default=0, help="of the order of the changes")
    parser.add_argument("--changes", type=int, metavar="N", help="make no more than these, the first ones")
    given = parser.parse_args()
    checkouts = [given.old.resolve(), given.new.resolve()]
    for checkout in checkouts:
        if not (checkout / ".venv/bin/python").is_file():
            parser.error(f"{checkout} has no .venv")
    if unknown := {*given.projects} - known.keys():
        parser.error(f"there is no project {', '.join(unknown)}; there are {', '.join(known)}")
    names = given.projects or known
    return 1 if sum(compare(name, known[name], checkouts, given.seed, given.changes) for name in names) else 0


if __name__ == "__main__":
    sys.exit(main())
