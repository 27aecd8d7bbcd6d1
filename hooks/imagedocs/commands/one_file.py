"""`imagedocs check --stdin-file-name`: check a text that is not saved as if it were a file of the project."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imagedocs.commands.checking import Check
from imagedocs.commands.checking_added import CheckAdded
from imagedocs.commands.home import Home
from imagedocs.files.reading import MAX_BYTES
from imagedocs.incremental.unsaved import unsaved
from imagedocs.problems import CannotRun, Problem


@dataclass(frozen=True)
class CheckOfFile:
    """A check of a whole project that tells what is wrong in one file."""

    check: Check | CheckAdded
    path: str

    @property
    def root(self) -> Path:
        return self.check.root

    @property
    def home(self) -> Home:
        """What a report needs to know of the project."""
        return self.check.home

    def problems(self) -> tuple[Problem, ...]:
        """Look at the project as it is now. Raises CannotRun."""
        return tuple(each for each in self.check.problems() if each.position.path == self.path)

    def looks_at(self, path: str, rule: str) -> bool:
        """Return whether this check would find again a problem of `rule` in the file at `path`."""
        return path == self.path and self.check.looks_at(path, rule)


@contextmanager
def standard_input_as(check: Check | CheckAdded, name: Path) -> Generator[CheckOfFile]:
    """Read standard input in place of a file within a `with` statement. Raises CannotRun for one outside of the
    project."""
    path = os.path.relpath(os.path.realpath(name), os.path.realpath(check.root)).replace(os.sep, "/")
    if path == "." or path.split("/")[0] == ".." or os.path.isabs(path):
        raise CannotRun(
            f"{name} is not in the project {check.root}; name a file of it, or the project with --project"
        )
    text = sys.stdin.buffer.read(MAX_BYTES + 1)
    with unsaved(check.root, {path: text}):
        yield CheckOfFile(check, path)
