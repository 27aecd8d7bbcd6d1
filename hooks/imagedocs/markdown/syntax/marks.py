"""Small inline constructs: `<xref:uid>`, `@uid`."""

import re

from markdown_it.rules_inline import StateInline

_QUOTED = re.compile(r"""@(["'])([^"'\n]{1,300})\1""")
_UID = re.compile(r"@([A-Za-z](?:[^\s\"'<>\[\]|.,;:!?~`*()\\]|[.,;:!?~](?=[^\s.,;:!?~\"'<>\[\]|`*()\\]))*)")
_SHORTHAND = re.compile(r'<xref:("?)([^<>"\s]{1,500})\1>', re.IGNORECASE)


def xref(state: StateInline, silent: bool) -> bool:
    """`<xref:uid>`, which must be known."""
    if state.linkLevel > 0:
        return False
    match = _SHORTHAND.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        _push(state, match[2], match[0], required=True)
    state.pos = match.end()
    return True


def uid(state: StateInline, silent: bool) -> bool:
    """`@uid` or `@"uid"`, which is text when nobody knows it."""
    if state.linkLevel > 0 or state.src[state.pos] != "@":
        return False
    if state.pos > 0 and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] in "_@/\"'"):
        return False
    match = _QUOTED.match(state.src, state.pos, state.posMax)
    name = match[2] if match else ""
    if not match:
        match = _UID.match(state.src, state.pos, state.posMax)
        if not match:
            return False
        name = match[1]
    if not silent:
        _push(state, name, match[0], required=False)
    state.pos = match.end()
    return True


def _push(state: StateInline, name: str, raw: str, *, required: bool) -> None:
    token = state.push("xref", "", 0)
    token.content = raw
    token.info = name
    token.meta["required"] = required
