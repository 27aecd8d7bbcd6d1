"""Pipe tables as Markdig reads them, with the place of every cell.

GitHub's tables, and four things more. The widest row decides how many columns a table has, be it the header, the
line of hyphens or another one (GitHub drops cells, and with them what an author wrote, or shows no table). `- | -` is a delimiter row: CommonMark sees a list item in it, but
under a line with as many cells nobody means one. And a pipe in code, in a tag or in the text of a link divides
nothing: `` `a | b` `` stays whole.
"""

import re

from markdown_it.rules_block import StateBlock

_DELIMITER = re.compile(r":?-+:?")
_TICKS = re.compile("`+")
_MARK = re.compile(
    r"""\\.|\||`+"""
    r"""|<[A-Za-z](?:[^<>"'|`\\]|"[^"<>]*"|'[^'<>]*')*>"""
    r"""|\[[^\[\]`<>\\]*\]\([^()|\s]*\)"""
)
"""What divides cells, and what holds pipes that do not."""
_BORDER_CHARACTERS = frozenset("|-: \t")
_MAX_EMPTY_CELLS = 65_536
"""How many missing cells may be filled in before a table ends: markdown-it's own bound."""


def split_row(row: str, *, everywhere: bool = False) -> list[tuple[int, str]]:
    """The cells of `row` and where each begins; a pipe behind a backslash does not divide, nor one in code, in a
    tag or in the text of a link, unless pipes divide `everywhere`."""
    cells: list[tuple[int, str]] = []
    start = position = 0
    closing = {} if everywhere or "`" not in row else _code_spans(row)
    while match := _MARK.search(row, position):
        position = match.end()
        if match[0] == "|":
            cells.append((start, row[start : match.start()]))
            start = position
        elif everywhere and match[0][0] != "\\":
            position = match.start() + 1
        elif match[0][0] == "`":
            position = closing.get(match.start(), position)
    cells.append((start, row[start:]))
    if not cells[0][1].strip() and len(cells) > 1 and row.lstrip().startswith("|"):
        cells.pop(0)
    if len(cells) > 1 and not cells[-1][1].strip():
        cells.pop()
    return cells


def _code_spans(row: str) -> dict[int, int]:
    """Where each run of back-ticks begins that has a like one behind it -> the end of that one."""
    spans: dict[int, int] = {}
    last: dict[int, int] = {}
    for run in _TICKS.finditer(row):
        length = len(run[0])
        if length in last:
            spans[last[length]] = run.end()
        last[length] = run.start()
    return spans


def alignments_of(row: str) -> list[str] | None:
    """The alignment of each column that a delimiter row gives, or `None` when it is no such row."""
    if not _BORDER_CHARACTERS.issuperset(row) or "-" not in row:
        return None
    columns = [column.strip() for column in row.strip().split("|")]
    if columns and not columns[0]:
        columns.pop(0)
    if columns and not columns[-1]:
        columns.pop()
    alignments: list[str] = []
    for column in columns:
        if not column and alignments:
            alignments.append("")
            continue
        if not _DELIMITER.fullmatch(column):
            return None
        left, right = column.startswith(":"), column.endswith(":")
        alignments.append("center" if left and right else "right" if right else "left" if left else "")
    return alignments


def _text(state: StateBlock, line: int) -> tuple[int, str]:
    """Where the content of `line` begins in the text, and the content."""
    start = state.bMarks[line] + state.tShift[line]
    return start, state.src[start : state.eMarks[line]]


def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    delimiter_line = start_line + 1
    if delimiter_line >= end_line or state.sCount[delimiter_line] < state.blkIndent:
        return False
    if state.is_code_block(start_line) or state.is_code_block(delimiter_line):
        return False
    _, delimiter_row = _text(state, delimiter_line)
    if not delimiter_row or delimiter_row[0] not in "|-:":
        return False
    alignments = alignments_of(delimiter_row)
    if not alignments:
        return False
    header_start, header_row = _text(state, start_line)
    if "|" not in header_row or header_row.strip() == "|":
        return False
    header = split_row(header_row)
    everywhere = len(header) != len(alignments)
    if everywhere:
        divided = split_row(header_row, everywhere=True)
        everywhere = len(divided) == len(alignments)
        if everywhere:
            header = divided
        elif not delimiter_row.startswith("|") or not header_row.startswith("|"):
            return False
    if silent:
        return True

    previous_parent = state.parentType
    state.parentType = "table"
    rows = _body(state, delimiter_line + 1, end_line, len(header), everywhere)
    state.parentType = previous_parent
    hyphens = len(alignments)
    width = max([len(header), hyphens, *(len(cells) for _, _, cells in rows)])
    if width * len(rows) - sum(len(cells) for _, _, cells in rows) > _MAX_EMPTY_CELLS:
        width = max(len(header), hyphens)
    alignments += [""] * (width - len(alignments))

    opening = state.push("table_open", "table", 1)
    opening.map = [start_line, delimiter_line + 1 + len(rows)]
    columns = max(len(header), hyphens)
    opening.meta["columns"] = columns
    opening.meta["widened_by"] = next((line for line, _, cells in rows if len(cells) > columns), None)
    state.push("thead_open", "thead", 1).map = [start_line, start_line + 1]
    _push_row(state, "th", start_line, header_start, header, alignments)
    state.push("thead_close", "thead", -1)
    if rows:
        state.push("tbody_open", "tbody", 1).map = [delimiter_line + 1, delimiter_line + 1 + len(rows)]
        for line, start, cells in rows:
            _push_row(state, "td", line, start, cells, alignments)
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = delimiter_line + 1 + len(rows)
    return True


_Row = tuple[int, int, list[tuple[int, str]]]
"""Line, place of its content in the text, cells."""


def _body(state: StateBlock, line: int, end: int, width: int, everywhere: bool) -> list[_Row]:
    terminators = state.md.block.ruler.getRules("blockquote")
    rows: list[_Row] = []
    empty_cells = 0
    while line < end and state.sCount[line] >= state.blkIndent:
        if any(rule(state, line, end, True) for rule in terminators):
            break
        start, text = _text(state, line)
        if not text.strip() or state.is_code_block(line):
            break
        cells = split_row(text, everywhere=everywhere)
        while len(cells) > width and not cells[-1][1].strip():
            cells.pop()  # nothing is lost with it
        empty_cells += max(0, width - len(cells))
        if empty_cells > _MAX_EMPTY_CELLS:
            break
        rows.append((line, start, cells))
        line += 1
    return rows


def _push_row(
    state: StateBlock, tag: str, line: int, start: int, cells: list[tuple[int, str]], alignments: list[str]
) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for index, alignment in enumerate(alignments):
        opening = state.push(f"{tag}_open", tag, 1)
        opening.map = [line, line + 1]
        if alignment:
            opening.attrs["style"] = f"text-align: {alignment};"
        offset, raw = cells[index] if index < len(cells) else (0, "")
        inline = state.push("inline", "", 0)
        inline.map = [line, line + 1]
        inline.children = []
        stripped = raw.lstrip()
        inline.meta["start"] = start + offset + len(raw) - len(stripped)
        stripped = stripped.rstrip()
        inline.content = stripped.replace("\\|", "|")
        inline.meta["pipes"] = [found.start() for found in re.finditer(r"\\\|", stripped)]
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)
