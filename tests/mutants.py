"""Change the library's code in small ways, one at a time, and report the changes that no test notices.

`make mutants` does so for the rooms that judge; `make mutants ROOMS="fixes.py checks"` for these files and folders
of `hooks/imagedocs` alone. The work is mutmut's (https://mutmut.readthedocs.io). It finds code only in a folder
named `src`, and rewrites what it finds: so it works on a copy, in `.cache/mutants`, and takes up there where it
was interrupted. A room takes minutes to hours; each mutant is tried with the tests that run its function.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPY = ROOT / ".cache" / "mutants"
ROOMS = ("catalog", "check", "checks", "external", "fixes.py", "references", "registry/maintenance")
"""What decides whether something is wrong, and what is done about it."""
JUDGES = {"check", "checks"}
"""The rooms that every check of a small project runs."""
CONFIG = """\
[tool.mutmut]
source_paths = ["src"]
only_mutate = {rooms}
also_copy = ["catalog", "docs", "hooks", "includes", "locales", "mkdocs.yml", "pyproject.toml"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-m", "not browser and not registry and not corpus"]
pytest_add_cli_args_test_selection = {tests}

[tool.pytest.ini_options]
markers = ["browser", "corpus", "registry"]
"""


def main(rooms: list[str]) -> int:
    """Try the mutants of `rooms`, print those that survive, and return the number of the exit status: 1 if any does."""
    rooms = rooms or list(ROOMS)
    if unknown := [room for room in rooms if not (ROOT / "hooks/imagedocs" / room).exists()]:
        print(f"there is no hooks/imagedocs/{unknown[0]}", file=sys.stderr)
        return 2
    copy_checkout()
    patterns = [f"src/imagedocs/{room}" + ("" if room.endswith(".py") else "/*") for room in rooms]
    tests = sorted(tests_of(rooms))
    config = CONFIG.format(rooms=patterns, tests=tests)
    (COPY / "pyproject.toml").write_text(config, "utf-8")
    environment = {**os.environ, "PYTHONPATH": "src"}
    mutmut = [sys.executable, "-m", "mutmut"]
    subprocess.run([*mutmut, "run"], cwd=COPY, env=environment, check=False)
    results = subprocess.run(
        [*mutmut, "results"], cwd=COPY, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    survivors = [line.split(":")[0].strip() for line in results.stdout.splitlines() if "survived" in line]
    for name in survivors:
        subprocess.run([*mutmut, "show", name], cwd=COPY, env=environment, check=False)
    print(f"{len(survivors)} mutants survived")
    return 1 if survivors else 0


def copy_checkout() -> None:
    """Bring the copy up to date; only files that have changed are written, so that results of others stay valid."""
    for part in ("catalog", "docs", "hooks", "includes", "locales", "tests", "mkdocs.yml"):
        copy_changed(ROOT / part, COPY / part)
    copy_changed(ROOT / "hooks/imagedocs", COPY / "src/imagedocs")


def copy_changed(source: Path, target: Path) -> None:
    files = [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]
    for file in files:
        copy = target / file.relative_to(source) if source.is_dir() else target
        if "__pycache__" in file.parts or (copy.is_file() and copy.read_bytes() == file.read_bytes()):
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copy)


def tests_of(rooms: Iterable[str]) -> set[str]:
    """The test modules that name one of `rooms`; where it is one of JUDGES, those that check small projects too."""
    names = [f"imagedocs.{room.removesuffix('.py').replace('/', '.')}" for room in rooms]
    if not JUDGES.isdisjoint(rooms):
        names.append("problems_of(")
    return {
        f"tests/{path.name}"
        for path in (ROOT / "tests").glob("test_*.py")
        if any(name in path.read_text("utf-8") for name in names)
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
