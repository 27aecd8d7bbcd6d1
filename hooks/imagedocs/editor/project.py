"""What the server needs of a project."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from imagedocs.editor.names import Images, Surroundings
from imagedocs.problems import Problem


class Project(Protocol):
    """A project whose files are open in an editor. Its names are those that the last check has seen."""

    root: Path
    images: Images
    rules: str
    """Address of the site that has the pages of the rules; empty without one."""

    def check(self, texts: Mapping[str, bytes], *, saved: bool) -> tuple[Problem, ...]:
        """Return what is wrong, with these unsaved texts in place of files. Raises CannotRun."""
        ...

    def surroundings(self, path: str) -> Surroundings | None:
        """Return what the file at a project path can name; `None` for one that is part of no site."""
        ...
