"""Files of one project that are open in an editor, and what the last check has found."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from imagedocs.editor.project import Project
from imagedocs.problems import Problem


@dataclass
class OpenFiles:
    """Open files of a project; a path is a project path."""

    project: Project
    texts: dict[str, str] = field(default_factory=dict[str, str])
    """Text of each open file, as it stands in the editor."""
    versions: dict[str, int] = field(default_factory=dict[str, int])
    """Number that the editor gave to the text."""
    checked: Mapping[str, str] = field(default_factory=dict[str, str])
    """Texts that the last check has seen."""
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict[str, tuple[Problem, ...]])
    """What it has found in each file."""
    saved: bool = True
    """Something was saved since that check; the first one has everything to see."""

    def unsaved(self) -> dict[str, bytes]:
        """Return the texts that differ from the files."""
        return {
            path: text.encode("utf-8", "replace")
            for path, text in self.texts.items()
            if _on_disk(self.project.root / path) != text
        }

    def take(self, problems: Iterable[Problem], checked: Mapping[str, str]) -> Iterator[str]:
        """Take over what a check has found, and yield the files of which something else is to be shown."""
        before, found = self.problems, dict[str, list[Problem]]()
        for problem in problems:
            found.setdefault(problem.position.path, []).append(problem)
        self.problems = {path: tuple(each) for path, each in found.items()}
        shown, self.checked = self.checked, checked
        for path in sorted({*before, *self.problems, *checked}):
            if before.get(path) != self.problems.get(path) or shown.get(path) != checked.get(path):
                yield path

    def as_checked(self, path: str) -> tuple[Problem, ...]:
        """Return the problems of an open file whose text is still the one that was checked."""
        return self.problems.get(path, ()) if self.texts.get(path) == self.checked.get(path) else ()

    def text(self, path: str) -> str:
        """Return the text in which the places of problems are counted."""
        return self.checked[path] if path in self.checked else _on_disk(self.project.root / path) or ""


def _on_disk(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return None


def path_in(root: Path, file: str) -> str | None:
    """Return the project path of a file; `None` for one outside of the project."""
    for start, name in (
        (os.fspath(root), os.path.abspath(file)),
        (os.path.realpath(root), os.path.realpath(file)),
    ):
        if name.startswith(start + os.sep):
            return os.path.relpath(name, start).replace(os.sep, "/")
    return None
