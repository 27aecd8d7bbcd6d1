"""Problems on the terminal, and the exit status that they mean."""

import os
import shutil
import sys
from collections.abc import Iterable

from imagedocs import __version__
from imagedocs.problems import Problem, Severity
from imagedocs.project import Project
from imagedocs.project.checking import line_reader
from imagedocs.reports import FORMATS
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


def status(problems: Iterable[Problem]) -> int:
    """1 when there is anything worse than a suggestion."""
    failing = any(problem.severity is not Severity.SUGGESTION for problem in problems)
    return PROBLEMS_FOUND if failing else FINE
