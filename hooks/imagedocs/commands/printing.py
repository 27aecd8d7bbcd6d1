"""Problems on the terminal, and the exit status that they mean."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from imagedocs import __version__
from imagedocs.files.reading import line_reader
from imagedocs.problems import CannotRun, Problem, Severity
from imagedocs.project import Project
from imagedocs.registry.recording import write_whole
from imagedocs.reports import FORMATS
from imagedocs.reports.baseline import apply_baseline, read_baseline, write_baseline
from imagedocs.reports.github import render_summary
from imagedocs.reports.surroundings import Surroundings
from imagedocs.reports.terminal import wants_color

FINE, PROBLEMS_FOUND, COULD_NOT_RUN = 0, 1, 2
"""Exit statuses."""


def report(problems: Iterable[Problem], form: str, project: Project) -> str:
    """The problems in one of the `FORMATS`; `text` that goes to no terminal is `plain`."""
    terminal = sys.stdout.isatty()
    surroundings = Surroundings(
        read_line=line_reader(project.root),
        rules_base=project.settings.site_url,
        version=__version__,
        width=shutil.get_terminal_size().columns,
        color=wants_color(is_terminal=terminal, environment=os.environ),
    )
    return FORMATS["plain" if form == "text" and not terminal else form](problems, surroundings)


def summarize(problems: Iterable[Problem], project: Project) -> None:
    """Add a table of the problems to the summary of the job on GitHub, where there is one."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        text = render_summary(problems, Surroundings(rules_base=project.settings.site_url))
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.write(text)


def write_known(problems: Iterable[Problem], path: Path, root: Path) -> None:
    """Make the baseline at `path` know exactly these problems."""
    write_whole(path, write_baseline(problems, line_reader(root)))


def without_known(problems: Iterable[Problem], path: Path, root: Path) -> tuple[Problem, ...]:
    """The problems that the baseline at `path` does not know, and what is wrong with the baseline itself.

    Raises CannotRun when the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}; --write-baseline makes one") from error
    baseline, own = read_baseline(path.as_posix(), content)
    applied = apply_baseline(problems, baseline, line_reader(root))
    return tuple(sorted((*applied.left, *own), key=lambda problem: problem.sort_key))


def status(problems: Iterable[Problem]) -> int:
    """1 when there is anything worse than a suggestion."""
    failing = any(problem.severity is not Severity.SUGGESTION for problem in problems)
    return PROBLEMS_FOUND if failing else FINE
