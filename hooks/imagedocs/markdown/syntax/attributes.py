"""`{#id .class name=value}` directly behind a link, an image or a code span, as MkDocs' users write it."""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from imagedocs.markdown.syntax.allowed import is_allowed_attribute

_ATTRIBUTE = (
    r"""(?:[#.][\w:-]{1,100}|[A-Za-z][\w-]{0,40}=(?:"[^"\n{}]{0,500}"|'[^'\n{}]{0,500}'|[\w%.-]{1,100}))"""
)
_ATTRIBUTES = re.compile(rf"\{{:?[ \t]*({_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE}){{0,20}})[ \t]*\}}")
_EACH = re.compile(_ATTRIBUTE)
_TAGS = {"image": "img", "link_open": "a", "code_inline": "code"}
_OWN = frozenset({"href", "src", "alt", "name"})


def attributes(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    token = _owner(state.tokens)
    if token is None:
        return False
    match = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        for word in _EACH.findall(match[1]):
            _set(token, word)
    state.pos = match.end()
    return True


def _owner(tokens: list[Token]) -> Token | None:
    """The token that attributes behind `tokens` are for."""
    index = len(tokens) - 1
    if tokens[index].type == "link_close":
        while index and tokens[index].type != "link_open":
            index -= 1
    return tokens[index] if tokens[index].type in _TAGS else None


def _set(token: Token, word: str) -> None:
    if word[0] == "#":
        token.attrs["id"] = word[1:]
    elif word[0] == ".":
        token.attrJoin("class", word[1:])
    else:
        name, _, value = word.partition("=")
        name = name.lower()
        if name not in _OWN and is_allowed_attribute(_TAGS[token.type], name):
            token.attrs[name] = value.strip("\"'")
