"""docfx's own cases: what its tests say of a page, said of ours. Each case that is not met stands below, with why."""

import json
import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import markdown
import pytest

from docfx_case import DocSet
from imagedocs.markdown import LearnExtension, Page, PageOptions, Source
from imagedocs.markdown.labels import MISSING_SAMPLE
from imagedocs.markdown.page import Parsed
from markdown_files import PUBLISHER, Files

pytestmark = pytest.mark.corpus

Case = dict[str, Any]

UNIT_NOT_MET = {
    "u206": "docfx leaves <xref …/> open, so that the page goes on inside of it; we close it",
    "u243": "docfx joins the paragraphs of an inline include without a space (its branch v3, s046, with one)",
    "u270": "as u206, and <a …/>",
    "u289": "branch v3 has no rel=0 on YouTube's address; branch main (u197) has",
}

SPEC_NOT_MET = {
    "s039": "b.md/ leads to the page b.md in our site, as MkDocs has it",
    "s067": "removing the host from addresses of the site is docfx's deployment",
    "s077": "YAML pages are not rendered here",
    "s080": "redirects are not the parser's, and YAML pages are not rendered here",
    "s086": "~/ in a file of another repository is that repository's root; here it is the page's docs folder",
    "s088": "which folder a name after ~/ stands for is the project's to say",
    "s097": "docfx appends a parameter for CodePen",
    "s098": "lists of trusted domains are not configurable here",
    "s179": "files deleted from the source repository are not looked up in its history",
    "s423": "uids of JSON schema pages",
    "s428": "the empty lines of the case's input are lost, and with them its line numbers and its tabs' ends",
    **dict.fromkeys(
        ("s437", "s438", "s440", "s459", "s468", "s479", "s480", "s488"),
        "a documentation set's own rules for content (markdownValidationRules) aren't read",
    ),
    "s446": "which versions a page is for, and ranges that hold none of them, aren't looked at",
    "s461": "pages of several versions at one address: here each has its own",
}

ELSEWHERE = ("spec-toc", "spec-redirection", "spec-metadata", "spec-validation-metadata")
"""Navigation, redirects and metadata: not of the parser, see test_docfx_spec.py. Schemas of metadata aren't read."""

LABEL_OF_RANGE = re.compile(r'(?<=>)<p class="zone-title">[^<]*</p>\n?')
"""The range above a part for some versions; docfx shows one version at a time instead."""
LABELS = {"codeIncludeNotFound": MISSING_SAMPLE}
ALERTS = ("Note", "Tip", "Warning", "Important", "Caution")


def cases(corpus: Path, kind: str) -> list[Case]:
    text = (corpus / "docfx-cases.json").read_text("utf-8")
    return [case for case in json.loads(text)["cases"] if case["kind"] == kind]


@pytest.fixture(scope="module")
def compare(corpus: Path) -> Iterator[ModuleType]:
    """The module that makes docfx's neutral tree of HTML."""
    sys.path.insert(0, str(corpus))
    import compare_docfx

    yield compare_docfx
    sys.path.remove(str(corpus))


def render(
    page: str,
    files: dict[str, str],
    tokens: dict[str, str] | None = None,
    page_options: dict[str, Any] | None = None,
    **options,
) -> tuple[str, Parsed]:
    words = {name.lower(): re.sub("<[^>]+>", "", value) for name, value in (tokens or {}).items()}

    def label(word: str, _: str) -> str:
        for name, ours in LABELS.items():
            if word == ours:
                return words.get(name.lower(), word)
        return words.get(word.lower(), word.upper() if word in ALERTS else word)

    extension = LearnExtension()
    source = Source(page, files[page])
    extension.page = Page(
        page,
        Files(files, **options),
        PageOptions(label=label, publisher=replace(PUBLISHER, site=""), **page_options or {}),
        read=lambda: source,
    )
    html = markdown.markdown(files[page] or " ", extensions=[extension])
    assert extension.parsed is not None
    return LABEL_OF_RANGE.sub("", html), extension.parsed


def from_root(node: Any, page: str, *, extensionless: bool = False) -> Any:
    """A neutral tree with each relative address as the path from the root that it leads to."""
    if isinstance(node, str):
        return node
    kind, properties, children = node
    properties = dict(properties)
    for name in ("href", "src", "lightbox"):
        value = properties.get(name)
        if value and not re.match(r"[a-z]+:|//|/|#", value):
            path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", value, re.DOTALL).groups()
            path = path[2:] if path.startswith("~/") else posixpath.join(posixpath.dirname(page), path)
            if extensionless:
                path = re.sub(r"(^|/)index$", r"\1", path.removesuffix(".md"))
            properties[name] = posixpath.normpath(path) + mark + rest
    return [kind, properties, [from_root(child, page, extensionless=extensionless) for child in children]]


def codes(parsed: Parsed, expected: set[str]) -> set[str]:
    """What was found of `expected`, and of what makes a strict build fail; slips are a matter of our own."""
    ours = {"unknown-alert", "heading-space", "literal-markup"}
    return {
        problem.rule.label
        for problem in parsed.document.problems
        if problem.rule.label in expected
        or (problem.severity.value != "suggestion" and problem.rule.label not in ours)
    }


def test_unit_cases(corpus: Path, compare: ModuleType) -> None:
    not_met = set()
    found = cases(corpus, "unit")
    assert len(found) == 122
    for case in found:
        page = case["file_path"]
        html, parsed = render(page, {**case.get("files", {}), page: case["input"]}, case.get("tokens"))
        expected = set(case.get("expected_errors", ()))
        if expected and codes(parsed, expected) != expected:
            not_met.add(case["id"])
        if "neutral" in case:
            ours = from_root(compare.neutral(html, "material"), page)
            if ours != from_root(compare.tighten(case["neutral"]), page):
                not_met.add(case["id"])
    assert not_met == set(UNIT_NOT_MET)


def spec_files(case: Case) -> tuple[dict[str, str], dict[str, str]]:
    """The files of a case, and folders to fall back to: `.fallback` and the repository of the source language."""
    if "inputs" in case:
        return {path: text or "" for path, text in case["inputs"].items()}, {}
    files: dict[str, str] = {}
    repositories = case["repos"]
    localized = [name for name in repositories if re.search(r"\.[a-z]{2}-[a-z]{2}\b", name)]
    for name, commits in repositories.items():
        prefix = "" if name in localized or not localized else "en-us/"
        if not localized and name != next(iter(repositories)):
            prefix = "dep/"
        for commit in reversed(commits):
            for path, text in commit["files"].items():
                files.setdefault(prefix + path, text or "")
    return files, {".fallback/": "", "docs/": "en-us/docs/"}


def without_line_breaks(node: Any) -> Any:
    """A neutral tree without the blanks between words: docfx compares text without line breaks, and so writes its
    expectations without, where the tree has blanks for ours."""
    if isinstance(node, str):
        return node
    kind, properties, children = node
    if kind == "code":
        return node
    joined: list[Any] = []
    for child in map(without_line_breaks, children):
        if isinstance(child, str) and joined and isinstance(joined[-1], str):
            joined[-1] += child
        else:
            joined.append(child)
    return [kind, properties, [each.strip() if isinstance(each, str) else each for each in joined]]


def met(case: Case, compare: ModuleType) -> bool:
    files, fallback = spec_files(case)
    for target, folder in list(fallback.items()):
        if not folder:
            files |= {
                path.removeprefix(target): files.pop(path) for path in [*files] if path.startswith(target)
            }
            del fallback[target]
    root = "docs" if "docsets.yml" in files else ""
    around = DocSet(files) if "inputs" in case else None
    page_options = {"right_to_left": case.get("locale", "").startswith(("ar", "fa", "he", "ur"))}
    results: dict[str, tuple[str, Parsed]] = {}
    for page in files:
        if page.endswith(".md") and not page.startswith("en-us/") and files[page].strip():
            results[page] = render(page, files, None, page_options, root=root, fallback=fallback)
    for output, expected in case.get("conceptual", {}).items():
        page = output.removesuffix(".json") + ".md"
        tree = from_root(compare.neutral(results[page][0], "material"), page, extensionless=True)
        if tree[2] and tree[2][0][0] == "h1" and "h1" not in expected["html"]:
            tree[2].pop(0)  # docfx takes the title out of the text
        wanted = from_root(compare.tighten(expected["neutral"]), page, extensionless=True)
        if tree != wanted and without_line_breaks(tree) != without_line_breaks(wanted):
            return False
    ours = {
        (problem.rule.label, problem.position.path, problem.position.line or 1)
        for _, parsed in results.values()
        for problem in parsed.document.problems
    } | {
        ("file-not-found", link.position.path, link.position.line)
        for _, parsed in results.values()
        for link in parsed.document.links
        if not re.match("[a-z-]+:|/|#", link.target)
        and link.path not in files
        and f"en-us/{link.path}" not in files
    }
    if around:
        found = (*around.check(), *around.tables.problems)
        ours |= {
            (
                problem.rule.label,
                problem.position.path.removeprefix(around.prefix),
                problem.position.line or 1,
            )
            for problem in found
        }
    errors = [(e["code"].lower(), e.get("file"), e.get("line")) for e in case.get("expected_errors", ())]
    wanted_codes = {code for code, _, _ in errors}
    places = {place for place in ours if place[0] in wanted_codes}

    def is_one(place: tuple[str, str, int], error: tuple[str, str | None, int | None]) -> bool:
        return place[0] == error[0] and error[1] in (None, place[1]) and error[2] in (None, 0, place[2])

    return all(any(is_one(place, error) for error in errors) for place in places) and all(
        any(is_one(place, error) for place in places) for error in errors
    )


def test_spec_cases(corpus: Path, compare: ModuleType) -> None:
    found = [case for case in cases(corpus, "spec") if case["category"] not in ELSEWHERE]
    assert len(found) == 80
    not_met = {case["id"] for case in found if not met(case, compare)}
    assert not_met == set(SPEC_NOT_MET)
