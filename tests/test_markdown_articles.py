"""Articles, our own and other people's: our blocks are those of CommonMark with GitHub's tables, but for the dialect's
constructs."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown_it import MarkdownIt

from conftest import ROOT
from imagedocs.markdown import Source, parse
from imagedocs.markdown.page import Parsed
from imagedocs.markdown.sheet import Code
from imagedocs.markdown.syntax.lines import split_front_matter
from markdown_files import Files

Block = tuple[str, tuple[str, ...]]
"""A kind of block, and the lists and quotes around it, outermost first."""

_CONTAINERS = {"ul": "ul", "ol": "ol", "li": "li", "blockquote": "quote"}
_COUNTED = {"li", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "quote", "ul", "ol"}
_PLACEHOLDER = re.compile("\x02wzxhzdk:([0-9]+)\x03")


SECTIONS = ("nextstepaction", "checklist", "op_single_selector", "op_multi_selector", "mx-tdCol2BreakAll")

BY_CONSTRUCTS = {
    "adx2026__activity-engagement-plugin.md": "a table's line of hyphens may be longer than its header",
    "stack2021__network-appendix.md": "what stands in :::column is indented, and no code for that",
    "aks2026__extended-zones.md": "a warning box stands for each :::code whose file is missing",
    "mgmt2026__container-registry-get-started-terraform.md": "a warning box stands for each :::code whose file is missing",
}
"""Pages whose blocks differ by what the dialect means."""

PROGRAMS = {path.name: path.read_text("utf-8") for path in (ROOT / "docs/en").glob("*.py")}
"""Programs that pages show whole, in each language."""


def plain_blocks(text: str) -> list[Block]:
    """What plain markdown-it-py makes of a page, without the headings that are tabs."""
    _, body, _ = split_front_matter(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    around: list[str] = []
    found: list[Block] = []
    for index, token in enumerate(tokens):
        kind = _CONTAINERS.get(token.tag, token.tag)
        if token.nesting > 0:
            is_tab = token.type == "heading_open" and re.search(r"\]\(#tab/", tokens[index + 1].content)
            if kind in _COUNTED and not is_tab:
                found.append((kind, tuple(around)))
            if token.tag in _CONTAINERS:
                around.append(kind)
        elif token.nesting < 0 and token.tag in _CONTAINERS:
            around.pop()
        elif token.type in ("fence", "code_block") or token.content.startswith(":::code "):
            found.append(("code", tuple(around)))
    return found


def our_blocks(page: Parsed) -> list[Block]:
    return list(_blocks(page.root, page, ()))


def _blocks(element: Element, page: Parsed, around: tuple[str, ...]) -> Iterator[Block]:
    kind = _CONTAINERS.get(element.tag, element.tag)
    classes = (element.get("class") or "").split()
    if "admonition" in classes or (element.tag == "div" and classes and classes[0] in SECTIONS):
        kind = "quote"
    if kind in _COUNTED:
        yield kind, around
    if kind in _CONTAINERS.values():
        around = (*around, kind)
    yield from _code(element.text, page, around)
    for child in element:
        yield from _blocks(child, page, around)
        yield from _code(child.tail, page, around)


def _code(text: str | None, page: Parsed, around: tuple[str, ...]) -> Iterator[Block]:
    for match in _PLACEHOLDER.finditer(text or ""):
        if isinstance(page.raw[int(match[1])], Code):
            yield "code", around


def articles(corpus: Path) -> list[Path]:
    return sorted((corpus / "learn-articles").rglob("*.md")) + sorted(
        (corpus / "prebuilt-images").rglob("*.md")
    )


def with_other_blocks(pages: list[Path]) -> set[str]:
    """Return the names of the pages whose blocks are not those of CommonMark."""
    different = set()
    for path in pages:
        text = path.read_text("utf-8")
        page = parse(Source(path.name, text), Files(PROGRAMS))
        if our_blocks(page) != plain_blocks(text):
            different.add(path.name)
    return different


def test_blocks_of_our_articles_are_those_of_commonmark() -> None:
    pages = sorted((ROOT / "docs").rglob("*.md"))
    assert len(pages) > 200
    assert with_other_blocks(pages) == set()


def test_blocks_of_real_articles_are_those_of_commonmark(corpus: Path) -> None:
    pages = articles(corpus)
    assert len(pages) > 60
    assert with_other_blocks(pages) == set(BY_CONSTRUCTS)
