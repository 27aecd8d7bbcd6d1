"""Block quotes, and what the dialect makes of them: alerts, styled sections and videos.

`> [!NOTE]` alone on its line turns the rest of the quote into an alert, at whatever line of the quote it
stands: it ends what came before. `> [!div class="…"]` makes a section, `> [!VIDEO address]` a video.
"""

import re
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock

from imagedocs.markdown.syntax.allowed import is_harmless_attribute
from imagedocs.markdown.syntax.tokens import Notice, add_notice, column_of
from imagedocs.problems import Rule

ALERTS = ("NOTE", "TIP", "WARNING", "IMPORTANT", "CAUTION")

_MARKER = re.compile(r"\[((?:\\.|[^\\\]])*)\][ \t]*(.*)", re.DOTALL)
_SECTION = re.compile(r"!div(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_VIDEO = re.compile(r"!video\s+(\S+)", re.IGNORECASE)
_LONGEST_ATTRIBUTES = 1000
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'`=<>]+))""")


@dataclass(frozen=True, slots=True)
class _Marker:
    """What a line of a quote begins."""

    kind: str
    """`alert`, `section` or `video`."""
    value: str = ""
    attributes: dict[str, str] = field(default_factory=dict[str, str])


def _marker(state: StateBlock, line: int) -> _Marker | None:
    """The marker that the content of a quote's line is; a warning when more text follows it."""
    start = state.bMarks[line]
    if not state.src.startswith("[!", start):
        return None
    match = _MARKER.fullmatch(state.src[start : state.eMarks[line]])
    if not match:
        return None
    info, rest = match[1].strip(), match[2]
    kind = info[1:].upper()
    known = kind in ALERTS or kind in state.env.get("alerts", ())
    if rest:
        if known:
            add_notice(
                state.env,
                Notice(
                    line,
                    column_of(state.src, start),
                    Rule.INVALID_NOTE_SECTION,
                    f"text follows [!{kind}], so this is no alert but an ordinary quote",
                    f"put [!{kind}] alone on its line and the text on the next",
                ),
            )
        return None
    if known:
        return _Marker("alert", kind)
    if section := _SECTION.fullmatch(info):
        found = _ATTRIBUTE.findall((section[1] or "")[:_LONGEST_ATTRIBUTES])
        return _Marker("section", attributes={name: a or b or c for name, a, b, c in found})
    if video := _VIDEO.fullmatch(info):
        return _Marker("video", video[1])
    return None


def _skip_marker(state: StateBlock, line: int) -> None:
    """Make `line` begin behind its `>` and one space or tab, tabs expanded as CommonMark has it."""
    pos = state.bMarks[line] + state.tShift[line] + 1
    maximum = state.eMarks[line]
    initial = offset = state.sCount[line] + 1
    adjust_tab = 0
    spaced = False
    following = state.src[pos] if pos < maximum else ""
    if following == " " or (following == "\t" and (state.bsCount[line] + offset) % 4 == 3):
        pos += 1
        initial += 1
        offset += 1
        spaced = True
    elif following == "\t":
        adjust_tab = 1
        spaced = True
    state.bMarks[line] = pos
    while pos < maximum and state.src[pos] in " \t":
        if state.src[pos] == "\t":
            offset += 4 - (offset + state.bsCount[line] + adjust_tab) % 4
        else:
            offset += 1
        pos += 1
    state.bsCount[line] = state.sCount[line] + 1 + int(spaced)
    state.sCount[line] = offset - initial
    state.tShift[line] = pos - state.bMarks[line]


def quote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    if not state.src.startswith(">", state.bMarks[start_line] + state.tShift[start_line]):
        return False
    if silent:
        return True

    saved: list[tuple[int, int, int, int]] = []
    previous_end, previous_parent, previous_indent = state.lineMax, state.parentType, state.blkIndent
    terminators = state.md.block.ruler.getRules("blockquote")
    state.parentType = "blockquote"
    parts: list[tuple[_Marker | None, int]] = []
    may_continue = False  # a lazy line may follow
    line = start_line
    while line < end_line:
        pos = state.bMarks[line] + state.tShift[line]
        if pos >= state.eMarks[line]:
            break
        inside = state.src[pos] == ">" and state.sCount[line] >= previous_indent
        if inside:
            before = (state.bMarks[line], state.bsCount[line], state.sCount[line], state.tShift[line])
            _skip_marker(state, line)
            marker = _marker(state, line)
            ended = bool(parts) and parts[-1][0] is not None and parts[-1][0].kind == "video"
            is_blank = state.bMarks[line] + state.tShift[line] >= state.eMarks[line]
            if ended and marker is None and not is_blank:  # blank lines would make a quote of nothing
                state.bMarks[line], state.bsCount[line], state.sCount[line], state.tShift[line] = before
                break
            saved.append(before)
            if marker or not parts:
                parts.append((marker, line))
            may_continue = marker is None and state.tShift[line] + state.bMarks[line] < state.eMarks[line]
            line += 1
            continue
        if not may_continue:
            break
        if any(rule(state, line, end_line, True) for rule in terminators):
            # What ends the quote also ends its last paragraph, which would otherwise look further.
            state.lineMax = line
            break
        saved.append((state.bMarks[line], state.bsCount[line], state.sCount[line], state.tShift[line]))
        state.sCount[line] = -1  # continues a paragraph
        line += 1

    state.blkIndent = 0
    hard_end = state.lineMax
    for index, (marker, first) in enumerate(parts):
        is_last = index + 1 == len(parts)
        end = line if is_last else parts[index + 1][1]
        state.lineMax = hard_end if is_last else end
        _push_part(state, marker, first, end)
        if state.line < end:
            break  # a line that continues no paragraph after all is not of the quote

    state.lineMax, state.parentType, state.blkIndent = previous_end, previous_parent, previous_indent
    for offset, marks in enumerate(saved):
        row = start_line + offset
        state.bMarks[row], state.bsCount[row], state.sCount[row], state.tShift[row] = marks
    return True


def _push_part(state: StateBlock, marker: _Marker | None, first: int, end: int) -> None:
    if marker and marker.kind == "video":
        token = state.push("video", "div", 0)
        token.map = [first, end]
        token.info = marker.value
        token.meta["start"] = column_of(state.src, state.src.find(marker.value, state.bMarks[first]))
        state.line = end
        return
    kind = "blockquote" if marker is None else marker.kind
    tag = "blockquote" if marker is None else "div"
    opening = state.push(f"{kind}_open", tag, 1)
    opening.map = [first, end]
    if marker:
        opening.info = marker.value
        for name, value in marker.attributes.items():
            if is_harmless_attribute(name.lower()):
                opening.attrs[name] = value
            else:
                column = column_of(state.src, state.bMarks[first])
                message = f"the attribute {name} of [!div] is left out: a page may not have it"
                add_notice(state.env, Notice(first, column, Rule.DISALLOWED_HTML_ATTRIBUTE, message))
        first += 1
    state.line = first
    state.md.block.tokenize(state, first, end)
    state.push(f"{kind}_close", tag, -1)
