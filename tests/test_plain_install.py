"""Commands in an environment without the extra `live`, or with half of it; and what commands import."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from imagedocs.cli import main
from imagedocs.commands.options import FORMATS
from imagedocs.live import PACKAGES
from imagedocs.reports import FORMATS as RENDERED
from small_project import small_project

COMMANDS = main.list_commands(click.Context(main))
IMAGE = "registry.invalid/team/base"


def installed_with(requirements: Iterator[str] | list[str]) -> dict[str, Distribution]:
    """Return the distributions that requirements lead to, by name, with all that these require themselves."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(each) for each in requirements]
    while waiting:
        requirement = waiting.pop()
        if requirement.name.lower() in found or (
            requirement.marker and not requirement.marker.evaluate({"extra": ""})
        ):
            continue
        found[requirement.name.lower()] = distribution(requirement.name)
        waiting += map(Requirement, distribution(requirement.name).requires or ())
    return found


def link_packages(distributions: dict[str, Distribution], folder: Path) -> None:
    """Show the files of distributions in the `site-packages` at `folder`."""
    for each in distributions.values():
        for name in {file.parts[0] for file in each.files or ()} - {"..", "__pycache__"}:
            if not (folder / name).exists():
                (folder / name).symlink_to(Path(str(each.locate_file(name))))


def environment_in(folder: Path, requirements: list[str]) -> tuple[Path, Path]:
    """Make an environment with what `requirements` lead to; return its interpreter and its `site-packages`."""
    venv.create(folder, with_pip=False)
    packages = next(folder.glob("lib/python*/site-packages"))
    link_packages(installed_with(requirements), packages)
    return folder / "bin" / "python", packages


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that `pip install imagedocs` makes."""
    python, _ = environment_in(tmp_path_factory.mktemp("plain"), ["imagedocs"])
    for package in PACKAGES:
        gone = subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False)
        assert gone.returncode == 1, f"the test needs an environment without {package}"
    return python


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the extra, of which one package is broken."""
    python, packages = environment_in(tmp_path_factory.mktemp("half"), ["imagedocs", "aiohttp"])
    (packages / "yarl").unlink()
    (packages / "yarl").mkdir()
    (packages / "yarl" / "__init__.py").write_text("from re import no_such_name\n")
    return python


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(
        tmp_path_factory.mktemp("project"),
        {"docs/es/index.md": "# Inicio\n", "docs/en/more.md": "# More\n\n[x](https://example.invalid/)\n"},
    )
    for side in ("base", "ours", "theirs"):
        shutil.copy2(folder / "catalog/registry.json", folder / side)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "imagedocs", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


HELP_OF_ALL = """
import json, sys
from contextlib import redirect_stdout
from io import StringIO
from imagedocs.cli import main, run
import click
answers = {}
for name in ["", *main.list_commands(click.Context(main))]:
    printed = StringIO()
    try:
        with redirect_stdout(printed):
            run([*([name] if name else []), "--help"])
    except SystemExit as error:
        answers[name] = (error.code or 0, printed.getvalue().partition("\\n")[0])
heavy = {"aiohttp", "babel", "jinja2", "markdown", "markdown_it", "mkdocs", "pygls", "watchdog", "yaml"}
print(json.dumps([answers, sorted(heavy & sys.modules.keys())]))
"""


def test_every_command_helps_without_the_extra(plain: Path, tmp_path: Path) -> None:
    result = subprocess.run(
        [plain, "-c", HELP_OF_ALL], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    answers, heavy = json.loads(result.stdout)
    assert answers.pop("") == [0, "Usage: imagedocs [OPTIONS] COMMAND [ARGS]..."]
    assert answers.keys() == set(COMMANDS)
    for name, (status, first) in answers.items():
        assert status == 0
        assert first.startswith(f"Usage: imagedocs {name} ")
    assert heavy == [], "no help needs any of these"


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (("export", "skopeo"), "mcr.microsoft.com:\n"),
        (("merge", "base", "ours", "theirs"), ""),
        (("merge", "--install"), ""),
    ],
    ids=" ".join,
)
def test_what_needs_no_network_works_without_the_extra(
    plain: Path, project: Path, arguments: tuple[str, ...], begins: str
) -> None:
    result = run(plain, project, *arguments)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(begins)


LIVE = [("snapshot",), ("verify",), ("verify", f"{IMAGE}:1"), ("tags", IMAGE), ("check", "--external")]


@pytest.mark.parametrize("arguments", LIVE, ids=" ".join)
def test_what_needs_the_network_says_what_to_install(
    plain: Path, project: Path, arguments: tuple[str, ...]
) -> None:
    result = run(plain, project, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(
        r"imagedocs: aiohttp is not installed; run: \S*(python\S* -m )?pip install 'imagedocs\[live\]'\n",
        result.stderr,
    )


def test_the_language_server_says_what_to_install(plain: Path, project: Path) -> None:
    result = run(plain, project, "lsp")
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(
        r"imagedocs: pygls is not installed; run: \S*(python\S* -m )?pip install 'imagedocs\[lsp\]'\n",
        result.stderr,
    )


@pytest.mark.parametrize("arguments", LIVE[2:4], ids=" ".join)
def test_a_broken_package_of_the_extra_is_named(
    half: Path, project: Path, arguments: tuple[str, ...]
) -> None:
    result = run(half, project, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "is broken (cannot import name 'no_such_name' from 're'" in result.stderr
    assert "install 'imagedocs[live]'" in result.stderr


IMPORTS = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
from imagedocs.cli import run
run(sys.argv[1:])
"""
NO_PROJECT = {
    "babel",
    "imagedocs.checks",
    "imagedocs.markdown",
    "imagedocs.project",
    "jinja2",
    "markdown",
    "markdown_it",
    "mkdocs",
    "yaml",
}


@pytest.mark.parametrize(
    ("arguments", "status", "unwanted"),
    [
        (("--version",), 0, {*NO_PROJECT, "aiohttp", "asyncio", "imagedocs.problems", "importlib.metadata"}),
        (("merge", "base", "ours", "theirs"), 0, {*NO_PROJECT, "aiohttp", "asyncio", "subprocess"}),
        (
            ("tags", "127.0.0.1:9/team/base"),
            3,
            {*NO_PROJECT, "imagedocs.problems", "imagedocs.registry.manifest"},
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_command_imports_what_it_needs_alone(
    project: Path, arguments: tuple[str, ...], status: int, unwanted: set[str]
) -> None:
    result = subprocess.run(
        [sys.executable, "-c", IMPORTS, *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == status
    assert unwanted & set(json.loads(result.stderr.splitlines()[-1])) == set()


def test_the_formats_that_options_name_are_those_of_the_reports() -> None:
    assert sorted(RENDERED) == list(FORMATS)
