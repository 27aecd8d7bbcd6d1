"""Put together everything that is wrong with a site that has a catalog."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from imagedocs.added.judging import BuiltSite, judge_pages
from imagedocs.added.site import AddedSite
from imagedocs.added.sources import document_of
from imagedocs.checks.ignores import apply_ignores
from imagedocs.checks.images import ImageJudge, check_catalog_images
from imagedocs.checks.record import check_record
from imagedocs.markdown.document import Comment, Document
from imagedocs.problems import Position, Problem, Rule, Severity
from imagedocs.site_markdown.fences import outside_fences

_RULES_OF_TEXTS = frozenset(
    rule for rule in Rule if rule.label.startswith("image-") or rule is Rule.INCLUDE_NOT_FOUND
)
"""Rules that pages are checked by when nothing has rendered them."""
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

    problems = [*site.problems(), *found, *_catalog_problems(site)]
    files = site.files if _knows_images(site) else None
    problems += judge_pages(built, files, read_line)
    documents = (_with_ignores(page.path, page.text) for page in built.pages)
    return apply_ignores(_leveled(problems, levels), documents, read_line)


def check_texts(
    site: AddedSite, texts: Mapping[str, str], found: Iterable[Problem], levels: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return the same for pages that nothing has rendered, by their sources alone: the images that they name, and where
    they ask for the list. `texts` has the sources by their paths."""
    lines = {path: text.split("\n") for path, text in texts.items()}

    def read_line(path: str, line: int) -> str | None:
        return lines[path][line - 1] if path in lines and 0 < line <= len(lines[path]) else None

    problems = [*site.problems(), *found, *_catalog_problems(site)]
    files = site.files
    judge = None
    if _knows_images(site) and files.manifest is not None:
        judge = ImageJudge(files.catalog, files.manifest, files.as_of, files.allowed_images)
    documents: list[Document] = []
    for path, text in texts.items():
        document = document_of(path, text)
        problems += site.requests(text, path)[1]
        problems += judge.problems(document) if judge else ()
        documents.append(replace(document, comments=_with_ignores(path, text).comments))
    return apply_ignores(_leveled(problems, levels), documents, read_line, ran=_RULES_OF_TEXTS)


def _knows_images(site: AddedSite) -> bool:
    """Return whether images can be looked up."""
    is_wrong = any(each.severity is Severity.ERROR for each in site.files.catalog_problems)
    return site.has_record and site.files.manifest is not None and not is_wrong


def _catalog_problems(site: AddedSite) -> Iterator[Problem]:
    """Yield what is wrong with the images of the catalog and with their record."""
    files = site.files
    if _knows_images(site) and files.manifest is not None:
        yield from check_catalog_images(files.catalog, files.manifest, files.as_of)
        yield from check_record(files.catalog, files.manifest, files.as_of)
    elif not site.has_record and files.catalog.images:
        message = "no registry has been asked yet, so that it is not known whether the images exist"
        yield Problem(
            Position("catalog/images.yaml"), Rule.RECORD_NOT_ASKED, message, "run: imagedocs snapshot"
        )


def _leveled(problems: Iterable[Problem], levels: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the problems, with the severities that the site gives to their rules."""
    for each in problems:
        level = levels.get(each.rule.label)
        yield replace(each, level=Severity(level)) if level else each


def _with_ignores(path: str, text: str) -> Document:
    """Return the document of a page with the comments that ignore rules."""
    comments = (
        Comment(match["content"], Position(path, number, match.start() + 1), number)
        for number, line in outside_fences(text)
        for match in _IGNORE.finditer(line)
    )
    return Document(path, comments=tuple(comments) if path else ())
