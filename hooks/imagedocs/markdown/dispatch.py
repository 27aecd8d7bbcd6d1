"""Which rules of blocks are tried on a line: most lines begin with a letter, and most rules with a sign.

Of a page's parsing a tenth went into rules that its lines could not be for.
"""

import re
from functools import lru_cache

from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.rules_block import StateBlock

_WITH_SIGNS = frozenset(
    ["admonition", "blockquote", "colon", "fence", "footnote_def", "formula", "heading", "hr", "html_block", "include", "list", "reference", "snippet"]
)  # fmt: skip
"""What begins with a sign, or with a digit."""
_CHAINS = ("", "blockquote", "footnote_def", "list", "paragraph", "reference")
"""Those of all blocks, and those that may end one of the kind named."""
_UNDERLINE = re.compile(r"(?:^|[ \t>])(?:=+|-+)[ \t]*$", re.MULTILINE)
"""What may be that of a heading; many other lines too."""


def dispatch(parser: ParserBlock) -> None:
    """Let the parser, which has all its rules, try on each line those alone that it may be for."""
    ruler = parser.ruler
    names = dict(zip(ruler.getRules(""), ruler.get_active_rules(), strict=True))
    chains = {chain: [_Rules(ruler.getRules(chain), names)] for chain in _CHAINS}
    ruler.getRules = lambda chain="": chains.get(chain, [])  # type: ignore[method-assign]  # a rule asks it for the others: there is no other place for this


class _Rules:
    """Several rules as one."""

    def __init__(self, rules: list[RuleFuncBlockType], names: dict[RuleFuncBlockType, str]) -> None:
        self._all = tuple(_underlined(rule) if names[rule] == "lheading" else rule for rule in rules)
        self._of_letters = tuple(
            made for made, rule in zip(self._all, rules, strict=True) if names[rule] not in _WITH_SIGNS
        )

    def __call__(
        self, state: StateBlock, start_line: int, end_line: int, silent: bool
    ) -> bool:  # markdown-it calls it so
        begin = state.bMarks[start_line] + state.tShift[start_line]
        for rule in self._of_letters if state.src[begin : begin + 1].isalpha() else self._all:
            if rule(state, start_line, end_line, silent):
                return True
        return False


def _underlined(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """The rule for headings that are underlined; it looks through each paragraph."""

    def underlined(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # the same
        return _has_underline(state.src) and rule(state, start_line, end_line, silent)

    return underlined


@lru_cache(maxsize=1)
def _has_underline(text: str) -> bool:
    return _UNDERLINE.search(text) is not None
