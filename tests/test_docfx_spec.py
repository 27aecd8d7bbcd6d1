"""docfx's own cases of navigation, redirects and metadata. Each case that is not met stands below, with why."""

import json
import posixpath
import re
from pathlib import Path
from typing import Any

import pytest

from docfx_case import Case, DocSet, files_of, outputs_of
from imagedocs.docfx.toc import TocItem
from imagedocs.markdown.front_matter import read_front_matter
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.problems import Problem

pytestmark = pytest.mark.corpus

NOT_MET = {
    "s239": "docfx says of a path with wrong characters, besides, that it is missing",
    **dict.fromkeys(
        ("s205", "s209", "s211", "s233", "s240"),
        "which page takes over the identity of a moved one isn't checked",
    ),
    "s227": "which versions a redirection is for isn't compared",
    "s272": "of two values of a key the first counts, not the last",
    "s395": "metadata that docfx.yml gives isn't checked",
    "s396": "YAML pages aren't rendered here",
}

CATEGORIES = {"spec-toc", "spec-redirection", "spec-metadata"}
ALSO = {"s019", "s070", "s078"}
"""Cases that test_markdown_docfx.py cannot meet, because they are about more than one page."""

OURS = {
    "file-not-found": {"nav-page-missing"},
    "link-out-of-scope": {"nav-page-missing"},
    "missing-attribute": {"missing-attribute", "missing-field"},
    "yaml-duplicate-key": {"duplicate-key", "yaml-duplicate-key"},
}
"""docfx's code → ours, where it has another name."""

Wanted = list[tuple[set[str], str | None, int | None]]


def wanted_of(case: Case) -> Wanted:
    """Codes, file and line of all that docfx finds wrong; each once."""
    found: Wanted = []
    for each in case.get("expected_errors", ()):
        code = each["code"]
        wanted = (OURS.get(code, {code}), each.get("file"), each.get("line") or None)
        found += [wanted] if wanted not in found else []
    return found


def agrees(problems: list[Problem], wanted: Wanted, prefix: str) -> bool:
    """Whether the problems are those that docfx has; where it does not say the file or the line, any will do."""
    ours = {
        (problem.rule.label, problem.position.path.removeprefix(prefix), problem.position.line)
        for problem in problems
    }
    return all(any(_is_one(each, other) for other in wanted) for each in ours) and all(
        any(_is_one(each, other) for each in ours) for other in wanted
    )


def _is_one(ours: tuple[str, str, int], wanted: tuple[set[str], str | None, int | None]) -> bool:
    label, path, line = ours
    labels, file, number = wanted
    return label in labels and file in (None, path) and number in (None, line)


def entries_of(items: tuple[TocItem, ...], folder: str) -> list[dict[str, Any]]:
    """As docfx writes a table: a folder's own table is not shown, but its first page is."""
    made = []
    for item in items:
        href = item.address
        if item.page:
            path = posixpath.relpath(item.page, folder or ".").removesuffix(".md")
            href = re.sub(r"(^|/)index$", r"\1", path) or "./"
        inner = entries_of(item.items, folder)
        if item.separate:
            href, inner = href or first_href(inner), []
        made.append({"name": item.name, "href": href, "items": inner})
    return made


def first_href(entries: list[dict[str, Any]]) -> str:
    return next((each["href"] or first_href(each["items"]) for each in entries), "")


def is_like(ours: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> bool:
    """Whether all that docfx says of its entries holds for ours; a page that is missing has no address here."""
    return len(ours) == len(wanted) and all(
        mine["name"] == other.get("name", mine["name"])
        and (mine["href"] == other.get("href", mine["href"]) or str(other["href"]).endswith(".md"))
        and is_like(mine["items"], other.get("items", mine["items"]))
        for mine, other in zip(ours, wanted, strict=True)
    )


def writes(docset: DocSet, path: str, expected: dict[str, Any]) -> bool:
    """Whether what we know of the file agrees with what docfx writes for it."""
    stem = posixpath.splitext(path)[0]
    base = str(docset.settings.get("basePath", "")).strip("/")
    place = stem.removeprefix(f"{docset.folder}/").removeprefix(f"{base}/" if base else "")
    if "_tocRel" in expected:
        header, _ = read_front_matter(
            split_front_matter(docset.files.get(f"{docset.root}{place}.md", ""))[0], path
        )
        nearest = header.get("_tocRel") or docset.table_of(f"{place}.md")
        if nearest != expected["_tocRel"]:
            return False
    table = next(
        (p for p in docset.tables.by_place if path.endswith(posixpath.splitext(p)[0] + ".json")), None
    )
    if table is None or "items" not in expected:
        return True
    ours = entries_of(docset.tables.by_place[table].items, posixpath.dirname(table))
    return is_like(ours, expected["items"])


def meets(case: Case) -> bool:
    files = files_of(case)
    docset = DocSet(files)
    problems = docset.check()
    return agrees(problems, wanted_of(case), docset.prefix) and all(
        writes(docset, path, expected) for path, expected in outputs_of(case).items()
    )


def test_spec_cases(corpus: Path) -> None:
    everything = json.loads((corpus / "docfx-cases.json").read_text("utf-8"))["cases"]
    found = [case for case in everything if case["category"] in CATEGORIES or case["id"] in ALSO]
    assert len(found) == 56
    assert {case["id"] for case in found if not meets(case)} == set(NOT_MET)
