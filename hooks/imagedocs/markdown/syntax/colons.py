"""`:::name attribute="value":::`: images, videos, code, rows and columns, zones, monikers.

Attributes are written with double quotes, names in any case. A line that breaks a rule stays text and is
reported. A container ends at the first line that closes it, whatever is open inside; a zone may not stand
in a zone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from imagedocs.markdown.syntax.tokens import Env, Notice, add_notice, column_of
from imagedocs.problems import Rule

_OPENING = re.compile(r":::[ \t]*([A-Za-z][A-Za-z0-9-]*)")
_NAME = re.compile(r"[ \t]*([A-Za-z_][A-Za-z0-9_-]*)")
_VALUE = re.compile(r'[ \t]*=[ \t]*(")?((?:\\"|[^"\n])*)(")?')
_END = re.compile(r":::[ \t]*([A-Za-z]+)-end(?![A-Za-z0-9-])[ \t]*(?::::)?[ \t]*(.*)", re.IGNORECASE)
_NO_LOC = re.compile(r':::no-loc text="((?:\\"|[^"\n]){1,1000})":::')
_PIVOTS = re.compile(r"\s*[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*\s*")
_TARGETS = frozenset({"docs", "chromeless", "pdf"})
_MAX_ATTRIBUTES = 30


@dataclass(frozen=True, slots=True)
class _Kind:
    rule: Rule
    attributes: frozenset[str]
    closes_itself: bool = True
    swallows_indents: bool = False
    """Its lines are indented in practice, and that must not make them code."""


def _kind(rule: Rule, attributes: str, *, closes_itself: bool = True, swallows: bool = False) -> _Kind:
    return _Kind(rule, frozenset(attributes.split()), closes_itself, swallows)


_KINDS = {
    "image": _kind(Rule.INVALID_IMAGE, "type source alt-text lightbox border loc-scope link"),
    "video": _kind(Rule.INVALID_VIDEO, "source title max-width thumbnail upload-date duration type"),
    "code": _kind(Rule.INVALID_CODE, "source range id highlight language interactive"),
    "form": _kind(Rule.INVALID_FORM, "action submittext"),
    "row": _kind(Rule.INVALID_ROW, "count", closes_itself=False, swallows=True),
    "column": _kind(Rule.INVALID_COLUMN, "span", closes_itself=False, swallows=True),
    "zone": _kind(Rule.INVALID_ZONE, "target pivot", closes_itself=False),
    "moniker": _kind(Rule.INVALID_MONIKER_RANGE, "range", closes_itself=False),
}

Attributes = Mapping[str, str]


def _read_attributes(src: str, pos: int, maximum: int) -> tuple[int, dict[str, str], str]:
    """Where the attributes end (behind a `:::`, when one stands there), what they are, what is wrong."""
    attributes: dict[str, str] = {}
    while len(attributes) <= _MAX_ATTRIBUTES:
        while pos < maximum and src[pos] in " \t":
            pos += 1
        if src.startswith(":::", pos) and pos + 3 <= maximum:
            return pos + 3, attributes, ""
        if pos >= maximum:
            return maximum, attributes, ""
        match = _NAME.match(src, pos, maximum)
        if not match:
            return pos, attributes, f"{src[pos : min(pos + 20, maximum)]!r} is no attribute"
        name = match[1].lower()
        if name in attributes:
            return pos, attributes, f"the attribute {name} is given twice"
        value = _VALUE.match(src, match.end(), maximum)
        if not value:
            attributes[name] = ""
            pos = match.end()
            continue
        if not value[1] or not value[3]:
            return pos, attributes, f'the value of {name} must stand in double quotes: {name}="…"'
        attributes[name] = value[2].replace('\\"', '"')
        pos = value.end()
    return pos, attributes, "it has too many attributes"


def _wrong(name: str, attributes: Attributes, known: frozenset[str]) -> str:
    """What is wrong with the attributes of a construct, or `""`."""
    for attribute in attributes:
        if attribute not in known:
            return f"it has no attribute {attribute}"
    if name == "zone":
        return _wrong_zone(attributes)
    if name == "moniker" and not attributes.get("range"):
        return 'it needs range="…"'
    if name in ("image", "video", "code") and not attributes.get("source"):
        return 'it needs source="…"'
    if name == "image":
        kind = attributes.get("type") or "content"
        if kind not in ("content", "icon", "complex"):
            return f'type="{kind}" is not "content", "icon" or "complex"'
        if kind != "icon" and not attributes.get("alt-text"):
            return 'it needs alt-text="…" for those who cannot see it'
    if name == "video" and not (attributes.get("max-width") or "0").isdecimal():
        return "max-width is a number of pixels"
    if name == "column" and not (attributes.get("span") or "1").isdecimal():
        return "span is a number of columns"
    return ""


def _wrong_zone(attributes: Attributes) -> str:
    target, pivot = attributes.get("target", ""), attributes.get("pivot", "")
    if not target and not pivot:
        return 'it needs pivot="…" or target="…"'
    if target and target not in _TARGETS:
        return f'target="{target}" is not "docs", "chromeless" or "pdf"'
    if pivot and not _PIVOTS.fullmatch(pivot):
        return f'pivot="{pivot}" is no list of ids of small letters, digits and hyphens'
    return ""


def _report(env: Env, row: int, column: int, name: str, message: str) -> None:
    add_notice(env, Notice(row, column, _KINDS[name].rule, f":::{name} is shown as text: {message}"))


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _find_end(state: StateBlock, name: str, first: int, end_line: int) -> tuple[int, bool]:
    """The line that ends the container `name`, and whether there is one."""
    line = first
    while line < end_line:
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            return line, False
        match = _END.fullmatch(_line(state, line))
        if match and match[1].lower() == name:
            if not match[2]:
                return line, True
            column = column_of(state.src, state.bMarks[line] + state.tShift[line])
            _report(state.env, line, column, f"{name}", f"text follows the end of the {name}")
        line += 1
    return end_line, False


def colon_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    maximum = state.eMarks[start_line]
    match = _OPENING.match(state.src, start, maximum)
    if not match or state.is_code_block(start_line):
        return False
    name = match[1].lower()
    kind = _KINDS.get(name)
    if kind is None:
        return False
    end, attributes, message = _read_attributes(state.src, match.end(), maximum)
    if not message and state.src[end:maximum].strip():
        if name in ("image", "video"):
            return False  # within a line
        message = "text follows it"
    if not message and kind.closes_itself and not state.src.endswith(":::", start, end):
        message = "it must end with :::"
    message = message or _wrong(name, attributes, kind.attributes)
    if not message and name == "zone" and state.env.get("zone"):
        message = "a zone cannot stand in a zone"
    column = column_of(state.src, start)
    if message:
        _report(state.env, start_line, column, name, message)
        return False
    if silent:
        return True
    source = attributes.get("source") or attributes.get("pivot") or ""
    found = state.src.find(source, match.end(), maximum) if source else start
    meta = {"attributes": attributes, "column": column, "source": column_of(state.src, max(found, start))}
    if kind.closes_itself and attributes.get("type") != "complex":
        token = state.push(f"colon_{name}", "", 0)
        token.map = [start_line, start_line + 1]
        token.meta.update(meta)
        token.content = state.src[start:maximum].rstrip()
        state.line = start_line + 1
        return True
    _push_container(state, name, start_line, end_line, kind, meta)
    return True


def _push_container(
    state: StateBlock, name: str, start_line: int, end_line: int, kind: _Kind, meta: Mapping[str, object]
) -> None:
    end, closed = _find_end(state, name, start_line + 1, end_line)
    if not closed:
        message = f"nothing ends it; write ::: {name}-end on a line of its own"
        add_notice(
            state.env, Notice(start_line, int(str(meta["column"])), kind.rule, f":::{name}: {message}")
        )
    opening = state.push(f"colon_{name}_open", "div", 1)
    opening.map = [start_line, end]
    opening.meta.update(meta)
    saved: list[tuple[int, int, int, int]] = []
    if kind.swallows_indents:
        for line in range(start_line + 1, end):
            saved.append((state.bMarks[line], state.tShift[line], state.sCount[line], state.bsCount[line]))
            state.bMarks[line] += state.tShift[line]
            state.tShift[line], state.sCount[line], state.bsCount[line] = 0, state.blkIndent, 0
    outer = (state.lineMax, state.parentType, state.env.get("zone"), state.tight)
    state.lineMax, state.parentType = end, "colon"
    if name == "zone":
        state.env["zone"] = True
    state.md.block.tokenize(state, start_line + 1, end)
    state.lineMax, state.parentType, state.env["zone"], state.tight = outer
    for offset, marks in enumerate(saved):
        line = start_line + 1 + offset
        state.bMarks[line], state.tShift[line], state.sCount[line], state.bsCount[line] = marks
    state.push(f"colon_{name}_close", "div", -1)
    state.line = end + int(closed)


def colon_inline(state: StateInline, silent: bool) -> bool:
    """`:::image …:::` and `:::video …:::` within a line."""
    match = _OPENING.match(state.src, state.pos, state.posMax)
    name = match[1].lower() if match else ""
    if not match or name not in ("image", "video"):
        return False
    end, attributes, message = _read_attributes(state.src, match.end(), state.posMax)
    if message or not state.src.endswith(":::", match.end(), end):
        return False
    if _wrong(name, attributes, _KINDS[name].attributes) or attributes.get("type") == "complex":
        return False
    if not silent:
        token = state.push(f"colon_{name}", "", 0)
        token.meta["attributes"] = attributes
        token.meta["source"] = max(state.src.find(attributes["source"], match.end(), end), state.pos)
        token.content = state.src[state.pos : end]
    state.pos = end
    return True


def no_loc(state: StateInline, silent: bool) -> bool:
    """`:::no-loc text="…":::`, in just this spelling: text that nobody translates."""
    match = _NO_LOC.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("no_loc", "", 0)
        token.content = match[1].replace('\\"', '"')
    state.pos = match.end()
    return True
