"""The raw HTML and code of a page, handed to Python-Markdown in place of the placeholders in its tree."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import count
from xml.etree.ElementTree import Element

from markdown import Markdown

from imagedocs.markdown.render.highlighting import Highlighter, code_html, site_highlighter
from imagedocs.markdown.sheet import Code, Raw, RawHtml


def stash(md: Markdown, pieces: Iterable[Raw]) -> None:
    """Let the placeholders stand for `pieces` as readers see them. Call it when all addresses are resolved."""
    highlighter = site_highlighter(md)
    blocks = count()  # as they are numbered without us
    _put(md, [_html(raw, highlighter, blocks) for raw in pieces])


def stash_without_addresses(md: Markdown, pieces: Iterable[Raw]) -> None:
    """Let the placeholders stand for `pieces` as titles of headings have them."""
    _put(md, [_without_addresses(raw) for raw in pieces])


def _put(md: Markdown, html: list[str]) -> None:
    """Let `html` be what Python-Markdown's placeholders, by their number, stand for."""
    stashed = md.htmlStash.rawHtmlBlocks
    stashed.clear()
    stashed.extend(html)
    md.htmlStash.html_counter = len(html)


def _without_addresses(raw: Raw) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, RawHtml):
        return "".join(part for part in raw.parts if isinstance(part, str))
    return ""


def _html(raw: Raw, highlighter: Highlighter | None, blocks: Iterator[int]) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, Code):
        return code_html(raw, highlighter, next(blocks))
    return "".join(part if isinstance(part, str) else escape(_address(part)) for part in raw.parts)


def _address(stand_in: Element) -> str:
    return stand_in.get("href") or stand_in.get("src") or ""
