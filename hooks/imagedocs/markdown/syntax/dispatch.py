"""Which rules are tried at a place: most lines and most words begin with a letter, and most rules with a sign.

Of a page's parsing an eighth went into rules that its lines, and the signs in them, could not be for.
"""

import re
from functools import lru_cache

from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_WITH_SIGNS = frozenset(
    ["admonition", "blockquote", "colon", "fence", "footnote_def", "formula", "heading", "hr", "html_block", "include", "list", "reference", "snippet"]
)  # fmt: skip
"""What begins with a sign, or with a digit."""
_CHAINS = ("", "blockquote", "footnote_def", "list", "paragraph", "reference")
"""Those of all blocks, and those that may end one of the kind named."""
_CHARACTERS = {
    "attributes": "{",
    "autolink": "<",
    "backticks": "`",
    "bare_address": ":",
    "colon": ":",
    "emoji": ":",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_ref": "[",
    "formula": "$",
    "html_inline": "<",
    "image": "!",
    "include": "[",
    "link": "[",
    "newline": "\n",
    "no_loc": ":",
    "strikethrough": "~",
    "uid": "@",
    "www_address": "w",
    "xref": "<",
}
"""Rules within a line, and the characters that what they are for begins with."""
_UNDERLINE = re.compile(r"(?:^|[ \t>])(?:=+|-+)[ \t]*$", re.MULTILINE)
"""What may be that of a heading; many other lines too."""


def dispatch(parser: ParserBlock) -> None:
    """Let the parser, which has all its rules, try on each line those alone that it may be for."""
    ruler = parser.ruler
    names = dict(zip(ruler.getRules(""), ruler.get_active_rules(), strict=True))
    chains = {chain: [_Rules(ruler.getRules(chain), names)] for chain in _CHAINS}
    ruler.getRules = lambda chain="": chains.get(chain, [])  # type: ignore[method-assign]  # a rule asks it for the others: there is no other place for this


def dispatch_inline(parser: ParserInline) -> None:
    """Let the parser, which has all its rules, try at each character those alone that it may begin."""
    ruler = parser.ruler
    named = list(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    rules = [_InlineRules(named, parser.terminator_re)]
    ruler.getRules = lambda chain="": [] if chain else rules  # type: ignore[method-assign,assignment]  # the loop that tries them, and the one that skips, ask it: there is no other place for this


class _InlineRules:
    """Several rules as one."""

    def __init__(self, rules: list[tuple[str, RuleFuncInlineType]], ends_text: re.Pattern[str]) -> None:
        def may_begin(name: str, character: str) -> bool:
            if name == "text":
                return not ends_text.match(character)
            return character in _CHARACTERS.get(name, character)

        self._elsewhere = tuple(rule for name, rule in rules if name not in _CHARACTERS)
        self._at = {
            character: tuple(rule for name, rule in rules if may_begin(name, character))
            for character in "".join(_CHARACTERS.values())
        }

    def __call__(self, state: StateInline, silent: bool) -> bool:  # markdown-it calls it so
        for rule in self._at.get(state.src[state.pos], self._elsewhere):  # noqa: SIM110  # once for each sign of a site; a generator takes longer than the rules
            if rule(state, silent):
                return True
        return False


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
