"""Formulas in TeX, as Markdig has them: `$x^2$` and `$$x^2$$` in a line, `$$` alone on the lines around a block.

They are written as docfx does, in elements of the class `math` between `\\(…\\)` or `\\[…\\]`: what MathJax and KaTeX
look for.
"""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline


def _is_apart(character: str) -> bool:
    """Whether it is a blank or punctuation, or the text begins or ends there."""
    return not character.isalnum()


def formula(state: StateInline, silent: bool) -> bool:
    """What one or two `$` enclose that stand apart from the words around them. Inside, blanks stand at both ends or at
    none: `$5 and $10` is no formula."""
    src, start, maximum = state.src, state.pos, state.posMax
    if src[start] != "$" or (start and not _is_apart(src[start - 1])):
        return False
    size = 2 if src.startswith("$$", start) else 1
    first = start + size
    if first >= maximum or src[first] == "$" or (start and src[start - 1] == "$"):
        return False
    end = src.find("$", first, maximum)
    while end >= 0:
        run = 2 if src.startswith("$$", end) and end + 1 < maximum else 1
        if src[end - 1] != "\\" and run == size:
            break
        end = src.find("$", end + run, maximum)
    if end < 0:
        return False
    after = src[end + size] if end + size < maximum else ""
    if after == "$" or not _is_apart(after) or src[first].isspace() != src[end - 1].isspace():
        return False
    content = src[first:end].strip()
    if not content:
        return False
    if not silent:
        token = state.push("formula", "span", 0)
        token.content = content
    state.pos = end + size
    return True


def formula_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The lines between two that are just `$$`. Without the second it is text."""
    if state.is_code_block(start_line) or not _is_fence(state, start_line):
        return False
    line = start_line + 1
    while line < end_line and (state.sCount[line] >= state.blkIndent or state.isEmpty(line)):
        if not state.is_code_block(line) and _is_fence(state, line):
            break
        line += 1
    else:
        return False
    if not silent:
        token = state.push("formula_block", "div", 0)
        token.content = state.getLines(start_line + 1, line, state.blkIndent, False).strip("\n")
        token.map = [start_line, line + 1]
        state.line = line + 1
    return True


def _is_fence(state: StateBlock, line: int) -> bool:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip() == "$$"
