"""What markdown-it-py's tokens carry here beyond their own fields, and the parser states that note it.

markdown-it-py gives blocks a range of lines and inline tokens no place at all. The states below note in
`Token.meta["pos"]` where in its block's text each inline token begins; with the rows of the block that is
a line and a column.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from imagedocs.problems import Rule

Env = MutableMapping[str, Any]
"""What the rules share during one parse: link reference definitions, footnotes, notices."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something wrong that a block rule saw, at a place of the text that is being parsed, both counted from 0."""

    row: int
    column: int
    rule: Rule
    message: str
    hint: str = ""


def add_notice(env: Env, notice: Notice) -> None:
    """Note `notice` once, however often the rules try the same line."""
    env.setdefault("notices", {})[notice] = None


def notices(env: Env) -> tuple[Notice, ...]:
    return tuple(env.get("notices", ()))


class _State(StateInline):
    """Notes in each token where it begins."""

    pending_start = 0

    def append_pending(self, text: str) -> None:
        if not self._pending_buffer and not self._pending:
            self.pending_start = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802  # markdown-it's name
        token = super().pushPending()
        token.meta["pos"] = self.pending_start
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["pos"] = self.pos
        return token


def join_texts(state: StateInline) -> None:
    """Make one token of adjacent texts, which begins where the first of them does."""
    joined: list[Token] = []
    parts: list[str] = []
    for token in state.tokens:
        if token.type == "text" and joined and joined[-1].type == "text":
            parts.append(token.content)
            continue
        if len(parts) > 1:
            joined[-1].content = "".join(parts)
        parts = [token.content]
        joined.append(token)
    if len(parts) > 1:
        joined[-1].content = "".join(parts)
    state.tokens[:] = joined


class InlineParser(ParserInline):
    """markdown-it-py's inline parser with states that note positions."""

    def parse(self, src: str, md: MarkdownIt, env: Env, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def column_of(src: str, pos: int) -> int:
    """The column (counted from 0) of the character at `pos`."""
    return pos - src.rfind("\n", 0, pos) - 1


def closings(tokens: list[Token]) -> list[int]:
    """For each opening token the index of its closing one; for any other its own index."""
    ends = list(range(len(tokens)))
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            opened.append(index)
        elif token.nesting < 0 and opened:
            ends[opened.pop()] = index
    return ends
