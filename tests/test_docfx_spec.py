"""docfx's own cases of navigation, redirects and metadata. Each case that is not met stands below, with why."""

import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from imagedocs.checks.addresses import check_addresses
from imagedocs.checks.site import LocaleSite, Site
from imagedocs.docfx.entries import is_toc
from imagedocs.docfx.redirections import read_redirections
from imagedocs.docfx.toc import Surroundings, Toc, TocItem, load_toc
from imagedocs.docfx.uids import page_uids
from imagedocs.markdown import PageOptions, Source, parse
from imagedocs.problems import Problem
from markdown_files import Files

pytestmark = pytest.mark.corpus

Case = dict[str, Any]

_ONE_NAVIGATION = "which of several tables a page shows: a site here has one navigation"
_IDS = "identities of documents, which outlive their address, are of Microsoft's site"
_SCHEMA = "schemas of metadata are not read"

NOT_MET = {
    "s253": "a circle is told at the entry that closes it, not at the top of the first file",
    "s254": "a circle is told at the entry that closes it, not at the top of the first file",
    "s261": _ONE_NAVIGATION,
    "s278": _ONE_NAVIGATION,
    "s279": _ONE_NAVIGATION,
    "s280": _ONE_NAVIGATION,
    "s272": "of two values of a key the first counts, not the last",
    "s300": _ONE_NAVIGATION,
    "s197": "that a table of contents is redirected is not looked at",
    "s205": _IDS,
    "s209": _IDS,
    "s211": _IDS,
    "s219": "that names in the metadata of a page are Microsoft's own is not looked at",
    "s227": "versions: a site here has one",
    "s233": _IDS,
    "s239": "which characters a path may have is not looked at",
    "s240": _IDS,
    "s384": _SCHEMA,
    "s395": "that names in docfx.yml are Microsoft's own is not looked at",
    "s396": "YAML pages are not rendered here",
    "s490": _SCHEMA,
    "s491": _SCHEMA,
    "s497": _SCHEMA,
    "s498": _SCHEMA,
    "s499": _SCHEMA,
    "s500": _SCHEMA,
    "s502": _SCHEMA,
}

CATEGORIES = {"spec-toc", "spec-redirection", "spec-metadata", "spec-validation-metadata"}
ALSO = {"s019", "s070", "s078", "s435"}
"""Cases that test_markdown_docfx.py cannot meet, because they are about more than one page."""

OURS = {
    "file-not-found": "nav-page-missing",
    "link-out-of-scope": "nav-page-missing",
    "missing-attribute": "missing-field",
    "yaml-duplicate-key": "duplicate-key",
}
"""docfx's code -> ours, where it has another name."""


def files_of(case: Case) -> dict[str, str]:
    files = case.get("inputs") or next(iter(case["repos"].values()))[0]["files"]
    return {path: text or "" for path, text in files.items()}


def wanted_of(case: Case) -> set[tuple[str, str | None, int | None]]:
    names = {} if case["category"] == "spec-metadata" else OURS
    return {
        (names.get(each["code"], each["code"]), each.get("file"), each.get("line"))
        for each in case.get("expected_errors", ())
    }


def agrees(problems: list[Problem], wanted: set[tuple[str, str | None, int | None]]) -> bool:
    """Whether the problems are those that docfx has; where it does not say the file or the line, any will do."""
    ours = {(problem.rule.label, problem.position.path, problem.position.line) for problem in problems}
    if len(ours) != len(wanted):
        return False
    return all(
        any(code == c and file in (None, f) and line in (None, n) for c, f, n in ours)
        for code, file, line in wanted
    )


def tables_of(files: dict[str, str]) -> dict[str, Toc]:
    scope = yaml.safe_load(files.get("docfx.yml") or "{}").get("files")
    scope = [scope] if isinstance(scope, str) else scope

    def place_of(path: str) -> str | None:
        return path if scope is None or path in scope else None

    uids = page_uids({path: path for path in files}, Files(files))
    around = Surroundings(Files(files), place_of, tuple(files), PageOptions(learn_site="", xrefs=uids))
    return {
        path: load_toc(path, around) for path in files if is_toc(path) and (scope is None or path in scope)
    }


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


def meets_navigation(case: Case) -> bool:
    files = files_of(case)
    tables = tables_of(files)
    for output, text in case["outputs"].items():
        expected = yaml.safe_load(text) if text and text.startswith("{") and "log" not in output else {}
        if "_tocRel" in expected:
            return False
        path = next((p for p in tables if output.endswith(posixpath.splitext(p)[0] + ".json")), None)
        if path is None or "items" not in expected:
            continue
        if not is_like(entries_of(tables[path].items, posixpath.dirname(path)), expected["items"]):
            return False
    return agrees([problem for table in tables.values() for problem in table.problems], wanted_of(case))


def redirection_files(files: dict[str, str]) -> Iterator[Source]:
    """The case's lists, all paths as those of one docs folder; those in docfx's own form, line by line, in ours."""
    for path, text in files.items():
        if path.endswith(".openpublishing.redirection.json") or path == "redirections.json":
            text = re.sub(r'("source_path(?:_from_root)?": ")(/?)', r"\1\2docs/en/", text)
            yield Source(path.replace("/", "-"), text)  # so that it counts from the project's folder
        elif path == "redirections.yml":
            entry = re.compile(r'^ +(\S+): "?([^"\n]+)"?$', re.MULTILINE)
            text = entry.sub(r'{"source_path": "docs/en/\1", "redirect_url": "\2"},', text)
            yield Source(path, '{"redirections": [' + re.sub(r"^\w+:$", "", text, flags=re.MULTILINE) + "]}")


def meets_redirects(case: Case) -> bool:
    files = files_of(case)
    sources = list(redirection_files(files))
    _, problems = read_redirections(sources, {"en"}, lambda path: path.removeprefix("docs/en/") in files)
    wanted = {(code, file and file.replace("/", "-"), line) for code, file, line in wanted_of(case)}
    return agrees(list(problems), wanted)


def meets_metadata(case: Case) -> bool:
    files = files_of(case)
    problems = [
        problem
        for path, text in files.items()
        if path.endswith(".md")
        for problem in parse(Source(path, text), Files(files)).document.problems
        if problem.severity.value != "suggestion"
    ]
    return agrees(problems, wanted_of(case))


def meets_addresses(case: Case) -> bool:
    files = {path: path for path in files_of(case) if not path.startswith("docfx.")}
    return agrees(list(check_addresses(Site((LocaleSite(("en",), files, {}),)), {})), wanted_of(case))


def meets_link_rules(case: Case) -> bool:
    """A page and a table of contents with links to Microsoft Learn."""
    files = files_of(case)
    problems = [problem for table in tables_of(files).values() for problem in table.problems]
    problems += parse(Source("file1.md", files["file1.md"]), Files(files)).document.problems
    codes = {each["code"] for each in case["expected_errors"]}
    return agrees([problem for problem in problems if problem.rule.label in codes], wanted_of(case))


def meets(case: Case) -> bool:
    if case["id"] == "s435":
        return meets_link_rules(case)
    if case["id"] == "s070":
        return meets_addresses(case)
    if case["category"] == "spec-toc" or case["id"] == "s019":
        return meets_navigation(case)
    if case["category"] == "spec-redirection" or case["id"] == "s078":
        return meets_redirects(case)
    return meets_metadata(case)


def test_spec_cases(corpus: Path) -> None:
    everything = json.loads((corpus / "docfx-cases.json").read_text("utf-8"))["cases"]
    found = [case for case in everything if case["category"] in CATEGORIES or case["id"] in ALSO]
    assert len(found) == 64
    assert {case["id"] for case in found if not meets(case)} == set(NOT_MET)
