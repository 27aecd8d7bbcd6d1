"""`[!INCLUDE …]`, `[!code-…]` and `[!notebook-…]`: markers that take in another file.

A marker alone on its line is a block. An include anywhere else is inline, and only the inline syntax of its
file counts. No space may stand before the last bracket: otherwise the marker is text and a link, as Markdig
has it.
"""

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from imagedocs.markdown.syntax.tokens import column_of

_INCLUDE = re.compile(r"\[!include([+-]?)[ \t]*\[", re.IGNORECASE)
_SNIPPET = re.compile(r"\[!(code|notebook)(?:-([^\s\[\]]{1,64}))?[ \t]*\[", re.IGNORECASE)
_LABEL = re.compile(r"((?:\\.|[^\\\[\]\n]){0,1000})\]\([ \t]*")


def _scan(src: str, pos: int, maximum: int) -> tuple[int, MutableMapping[str, Any]] | None:
    """What follows `[!marker[`: `title](target "title")]`. Its end, and what it says."""
    label = _LABEL.match(src, pos, maximum)
    if not label:
        return None
    pos = label.end()
    start = pos + 1 if src.startswith("<", pos) else pos
    destination = parseLinkDestination(src, pos, maximum)
    if not destination.ok or not destination.str:
        return None
    pos = destination.pos
    title = ""
    after = pos
    while pos < maximum and src[pos] in " \t":
        pos += 1
    if pos > after:
        found = parseLinkTitle(src, pos, maximum, None)
        if found.ok:
            title = found.str
            pos = found.pos
            while pos < maximum and src[pos] in " \t":
                pos += 1
    if not src.startswith(")]", pos) or pos + 2 > maximum:
        return None
    return pos + 2, {
        "label": label[1].strip(),
        "target": destination.str.strip(),
        "start": start,
        "title": title,
    }


def _fill(token: Token, meta: MutableMapping[str, Any], raw: str) -> None:
    token.meta.update(meta)
    token.content = raw


def _fill_block(
    token: Token, meta: MutableMapping[str, Any], state: StateBlock, start: int, end: int
) -> None:
    _fill(token, meta, state.src[start:end])
    token.meta["start"] = column_of(state.src, meta["start"])


def include_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    maximum = state.eMarks[start_line]
    match = _INCLUDE.match(state.src, start, maximum)
    if not match or match[1] == "-" or state.is_code_block(start_line):
        return False
    scanned = _scan(state.src, match.end(), maximum)
    if not scanned or state.src[scanned[0] : maximum].strip():
        return False
    if not silent:
        token = state.push("include", "", 0)
        token.map = [start_line, start_line + 1]
        _fill_block(token, scanned[1], state, start, scanned[0])
        state.line = start_line + 1
    return True


def include_inline(state: StateInline, silent: bool) -> bool:
    match = _INCLUDE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    scanned = _scan(state.src, match.end(), state.posMax)
    if not scanned:
        return False
    if not silent:
        token = state.push("include_inline", "", 0)
        token.info = match[1]
        _fill(token, scanned[1], state.src[state.pos : scanned[0]])
    state.pos = scanned[0]
    return True


def snippet(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    maximum = state.eMarks[start_line]
    match = _SNIPPET.match(state.src, start, maximum)
    if not match or state.is_code_block(start_line):
        return False
    scanned = _scan(state.src, match.end(), maximum)
    if not scanned or state.src[scanned[0] : maximum].strip():
        return False
    if not silent:
        token = state.push("snippet", "", 0)
        token.map = [start_line, start_line + 1]
        token.markup = match[1].lower()
        token.info = match[2] or ""
        _fill_block(token, scanned[1], state, start, scanned[0])
        state.line = start_line + 1
    return True
