"""Problems on the terminal, and the exit status that they mean."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imagedocs import __version__
from imagedocs.commands import FINE, PROBLEMS_FOUND
from imagedocs.commands.checking import Home
from imagedocs.commands.streams import write_data
from imagedocs.files.reading import line_reader
from imagedocs.problems import CannotRun, Problem, Rule, Severity
from imagedocs.programs import typable_problems
from imagedocs.reports import FORMATS
from imagedocs.reports.baseline import Applied, Baseline, Entry, apply_baseline, read_baseline, write_baseline
from imagedocs.reports.github import render_summary
from imagedocs.reports.surroundings import Surroundings, below
from imagedocs.reports.terminal import wants_color, wants_links
from imagedocs.writing import append_to_file, write_file

if TYPE_CHECKING:
    from imagedocs.project import Project

_FOR_PEOPLE = frozenset(("text", "plain"))
_FOR_REPOSITORIES = frozenset(("github", "sarif", "junit", "codeclimate", "rdjson"))
"""Formats whose readers know the files by their paths in the repository, not in the project."""


def home_of(project: "Project") -> Home:
    return Home(project.root, project.settings.site_url, project.locales.default.tag)


def print_report(problems: Iterable[Problem], form: str, home: Home) -> None:
    """Print the problems in one of the `FORMATS`: as text for people, or as data for other programs."""
    if form in _FOR_PEOPLE:
        click.echo(report(problems, form, home), nl=False)
    else:
        write_data(report(problems, form, home))


def report(problems: Iterable[Problem], form: str, home: Home) -> str:
    """Return the problems in one of the `FORMATS`; `text` that goes to no terminal is `plain`, with commands that
    can be typed."""
    terminal = sys.stdout.isatty()
    read_line, found = line_reader(home.root), tuple(problems)
    folder = _in_repository(home.root.resolve()) if form in _FOR_REPOSITORIES else ""
    surroundings = Surroundings(
        read_line=lambda path, line: read_line(path.removeprefix(f"{folder}/"), line),
        rules_base=rules_base(home),
        version=__version__,
        width=shutil.get_terminal_size().columns,
        color=wants_color(is_terminal=terminal, environment=os.environ),
        links=wants_links(is_terminal=terminal, environment=os.environ),
    )
    if folder:
        found = below(folder, found)
    if form == "text":
        found = typable_problems(found)
    return FORMATS["plain" if form == "text" and not terminal else form](found, surroundings)


def rules_base(home: Home) -> str:
    """The address of the project's site, where that has the pages of the rules; else empty."""
    pages = home.root / "docs" / home.default / "rules"
    return home.site_url if (pages / f"{Rule.BROKEN_LINK.label}.md").is_file() else ""


def _in_repository(root: Path) -> str:
    """The project's folder as seen from the root of its repository; empty when it is that itself."""
    for folder in root.parents if not (root / ".git").exists() else ():
        if (folder / ".git").exists():
            return root.relative_to(folder).as_posix()
    return ""


def summarize(problems: Iterable[Problem], home: Home) -> None:
    """Add a table of the problems to the summary of the job on GitHub, where there is one."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        text = render_summary(problems, Surroundings(rules_base=rules_base(home)))
        append_to_file(Path(file), text)


Looked = Callable[[str, str], bool]
"""Whether a run looked for a rule in a file (path, name of the rule)."""


def write_known(problems: Iterable[Problem], path: Path, root: Path, looked: Looked) -> None:
    """Make the baseline at `path` know exactly these problems, and what it knew that this run did not look for.

    Raises CannotRun when the file that is there is no baseline.
    """
    kept: list[Entry] = []
    if path.exists():
        baseline, own = _read_known(path, root)
        for problem in own:
            if problem.rule is not Rule.RETIRED_RULE:
                raise CannotRun(f"{problem}; remove the file to begin a new one")
        kept += (entry for entry in baseline.entries if not looked(entry.key.path, entry.key.rule))
    write_file(path, write_baseline(problems, line_reader(root), kept), str(path))


def without_known(problems: Iterable[Problem], path: Path, root: Path, looked: Looked) -> Applied:
    """The problems that the baseline at `path` does not know, and what is wrong with the baseline itself.

    Raises CannotRun when the file cannot be read.
    """
    baseline, own = _read_known(path, root)
    applied = apply_baseline(problems, baseline, line_reader(root), looked)
    left = sorted((*applied.left, *own), key=lambda problem: problem.sort_key)
    return Applied(tuple(left), applied.known)


def _read_known(path: Path, root: Path) -> tuple[Baseline, tuple[Problem, ...]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}; --write-baseline makes one") from error
    inside = path.resolve().is_relative_to(root.resolve())
    shown = path.resolve().relative_to(root.resolve()) if inside else path
    return read_baseline(shown.as_posix(), content)


def status(problems: Iterable[Problem]) -> int:
    """1 when there is anything worse than a suggestion."""
    failing = any(problem.severity is not Severity.SUGGESTION for problem in problems)
    return PROBLEMS_FOUND if failing else FINE
