"""Say on which day the sources of a page were last changed, as far as git knows."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from imagedocs.files.commits import Commit, is_content_of, last_commits
from imagedocs.incremental.reads import note, read_bytes, remembered

if TYPE_CHECKING:
    from imagedocs.project import Project

_QUESTION = "committed"
_MOST = 64 * 1024 * 1024
"""Bytes of a file that are compared with its commit."""


def last_change(project: "Project", paths: Iterable[str]) -> str:
    """Return the day, as ISO 8601 writes it, on which the last of these files was committed. Return an empty text when
    that isn't known of one of them: it isn't in git, or has been changed since its commit."""
    days = [_committed(project, path) for path in paths]
    return max(days) if days and all(days) else ""


def answerers(project: "Project") -> dict[str, Callable[[str], str]]:
    """Return the function that answers on which day a file was committed, for `Cache.answer_by`."""
    return {_QUESTION: lambda path: _day(project, path)}


def _committed(project: "Project", path: str) -> str:
    day = _day(project, path)
    note(_QUESTION, path, day)
    return day


def _day(project: "Project", path: str) -> str:
    commit = _commits(project).get(path)
    if commit is None:
        return ""
    try:
        content = read_bytes(project.root, path, _MOST)
    except OSError:
        return ""
    return commit.day if is_content_of(commit, content) else ""


@remembered
def _commits(project: "Project") -> dict[str, Commit]:
    return last_commits(project.root)
