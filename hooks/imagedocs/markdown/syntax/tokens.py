"""What markdown-it-py's tokens carry here beyond their own fields, and the parser states that note it.

markdown-it-py gives blocks a range of lines and inline tokens no place at all. The states below note in
`Token.meta["pos"]` where in its block's text each inline token begins; with the rows of the block that is
a line and a column.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
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


_STEPS_A_CHARACTER = 40
_FREE_STEPS = 100_000


class _State(StateInline):
    """Notes in each token where it begins, and how much has been spent on looking for the ends of labels."""

    pending_start = 0
    steps = 0

    @property
    def is_exhausted(self) -> bool:
        return self.steps > _FREE_STEPS + _STEPS_A_CHARACTER * len(self.src)

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


def parse_link_label(
    state: StateInline, start: int, disable_nested: bool = False
) -> int:  # markdown-it's parameters
    """The place of the `]` that closes the label which begins at `start`; -1 when there is none.

    As markdown-it does it, with a bound: of a paragraph of brackets, each sends the parser to the end again.
    A paragraph that has spent its steps has no more links.
    """
    outer = state.pos
    state.pos = start + 1
    level = 1
    end = -1
    while state.pos < state.posMax:
        if isinstance(state, _State):
            state.steps += 1
            if state.is_exhausted:
                break
        marker = state.src[state.pos]
        if marker == "]":
            level -= 1
            if level == 0:
                end = state.pos
                break
        previous = state.pos
        state.md.inline.skipToken(state)
        if marker == "[":
            if previous == state.pos - 1:
                level += 1  # text, not a link that was skipped as a whole
            elif disable_nested:
                state.pos = outer
                return -1
    state.pos = outer
    return end


class Helpers:
    """What markdown-it's rules call for help."""

    parseLinkDestination = staticmethod(parseLinkDestination)  # noqa: N815  # markdown-it's names
    parseLinkTitle = staticmethod(parseLinkTitle)  # noqa: N815
    parseLinkLabel = staticmethod(parse_link_label)  # noqa: N815


def join_texts(state: StateInline) -> None:
    """Make one token of adjacent texts, which begins where the first of them does."""
    joined: list[Token] = []
    parts: list[str] = []
    for token in state.tokens:
        if token.type == "text" and not token.content:
            continue  # a delimiter that has found its pair
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
        if state.is_exhausted and state.tokens:
            state.tokens[0].meta["exhausted"] = True
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """As markdown-it-py does it, but that text is taken without asking a rule."""
        rules = self.ruler.getRules("")
        src, end, find = state.src, state.posMax, self.terminator_re.search
        most = state.md.options["maxNesting"]
        while (pos := state.pos) < end:
            sign = find(src, pos)
            stop = sign.start() if sign else end
            if stop > pos:
                state.append_pending(src[pos:stop])
                state.pos = stop
                continue
            if state.level < most:
                for rule in rules:
                    if rule(state, False):
                        break
                else:
                    state.append_pending(src[pos])
                    state.pos = pos + 1
            else:
                state.append_pending(src[pos])
                state.pos = pos + 1
        if state.pending:
            state.pushPending()


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
