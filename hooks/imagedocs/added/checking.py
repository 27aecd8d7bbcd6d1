"""Put together everything that is wrong with a site that has a catalog."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from imagedocs.added.judging import BuiltPage, BuiltSite, judge_pages
from imagedocs.added.site import AddedSite
from imagedocs.checks.ignores import apply_ignores
from imagedocs.checks.images import check_catalog_images
from imagedocs.checks.record import check_record
from imagedocs.markdown.document import Comment, Document
from imagedocs.problems import Position, Problem, Rule, Severity
from imagedocs.site_markdown.fences import outside_fences

_RECORD = "catalog/registry.json"
_IGNORE = re.compile(r"<!--(?P<content>[ \t]*imagedocs-ignore.*?)-->")


def check_added(
    site: AddedSite, built: BuiltSite, found: Iterable[Problem], levels: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return everything that is wrong, each problem once, in the order of files and lines.

    `found` are the problems met while the pages were made, `levels` the severities of rules in this site.
    """
    texts = {page.path: page.text.split("\n") for page in built.pages if page.path}

    @lru_cache(maxsize=1024)
    def read_line(path: str, line: int) -> str | None:
        lines = texts.get(path, [])
        return lines[line - 1] if 0 < line <= len(lines) else None

    files = site.files
    problems = [*site.problems(), *found]
    knows_images = site.has_record and not any(
        each.severity is Severity.ERROR for each in files.catalog_problems
    )
    if knows_images and files.manifest is not None:
        problems += check_catalog_images(files.catalog, files.manifest, files.as_of)
        problems += check_record(files.catalog, files.manifest, files.as_of)
    elif not site.has_record and files.catalog.images:
        problems.append(record_not_asked())
    problems += judge_pages(built, files if knows_images else None, read_line)
    problems = [
        replace(each, severity=Severity(levels[each.rule.label])) if each.rule.label in levels else each
        for each in problems
    ]
    return apply_ignores(problems, map(_with_ignores, built.pages), read_line)


def record_not_asked() -> Problem:
    """Return the problem that no registry has been asked for the images of the catalog."""
    message = "no registry has been asked yet, so that it is not known whether the images exist"
    return Problem(Position("catalog/images.yaml"), Rule.RECORD_NOT_ASKED, message, "run: imagedocs snapshot")


def _with_ignores(page: BuiltPage) -> Document:
    """Return the document of a page with the comments that ignore rules."""
    comments = (
        Comment(match["content"], Position(page.path, number, match.start() + 1), number)
        for number, line in outside_fences(page.text)
        for match in _IGNORE.finditer(line)
    )
    return Document(page.path, comments=tuple(comments) if page.path else ())
