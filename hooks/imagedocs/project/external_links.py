"""Check links to other sites on demand, from answers that are recorded and committed."""

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from imagedocs.checks.site import Site
from imagedocs.external.allowances import read_allowances
from imagedocs.external.answers import Answers, read_answers, write_answers
from imagedocs.external.judging import judge_links
from imagedocs.files.reading import line_reader
from imagedocs.live import require_packages
from imagedocs.markdown.document import Link
from imagedocs.problems import CannotRun, Problem
from imagedocs.project import Project
from imagedocs.writing import write_file

ANSWERS = "catalog/external-links.json"
ALLOWANCES = "catalog/external-links.yaml"

SAVE_SECONDS = 10
"""Seconds of work that an interrupted run loses at most."""


def check_external_links(project: Project, site: Site) -> tuple[Problem, ...]:
    """Ask for every link to another site that has no fresh good answer, record the answers, and judge all.

    Raises CannotRun without network, or where the packages for it are not installed.
    """
    require_packages()
    from imagedocs.external.asking import Progress, ask_links

    links = _links(site)
    answers, problems = read_answers(
        ANSWERS, _bytes(project.root / ANSWERS) or b'{"version": 1, "answers": []}'
    )
    content = _bytes(project.root / ALLOWANCES)
    allowances, more = read_allowances(ALLOWANCES, content) if content else ((), ())
    saved_at = time.monotonic()

    def save(progress: Progress) -> None:
        nonlocal saved_at
        if sys.stderr.isatty():
            end = "\n" if progress.done == progress.total else ""
            sys.stderr.write(f"\r\x1b[K{progress.done}/{progress.total} {progress.address[:60]}{end}")
            sys.stderr.flush()
        if time.monotonic() - saved_at > SAVE_SECONDS:
            _write(project.root, answers)
            saved_at = time.monotonic()

    try:
        answers = ask_links(links, answers, allowances, today=project.as_of, on_answer=save)
    finally:
        _write(project.root, answers)
    judged = judge_links(links, answers, allowances, project.as_of, line_reader(project.root))
    return (*problems, *more, *judged)


def _links(site: Site) -> tuple[Link, ...]:
    found: Iterable[Link] = (
        link for locale in site.locales for document in locale.documents.values() for link in document.links
    )
    return tuple(dict.fromkeys(found))


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRun(f"{path.name} cannot be read: {error.strerror}") from error


def _write(root: Path, answers: Answers) -> None:
    write_file(root / ANSWERS, write_answers(answers), ANSWERS)
