"""Addresses in running text: `https://…` and `www.…` without brackets, as GitHub and Markdig link them."""

import re

from markdown_it.rules_inline import StateInline

_BEFORE = frozenset(" \t\n*_~(")
_SCHEME = re.compile(r"https?(?=://)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9-]+(?::[0-9]+)?(?![\w*-])"  # host and port
    r"(?:[/?#][^\s<\u3000-\u303f\uff00-\uffef]*)?"  # the rest, up to CJK punctuation
)
_ENTITY_END = re.compile(r"&[A-Za-z0-9]+;\Z")
_LONGEST_SCHEME = 5


def _end(src: str, start: int, maximum: int) -> int | None:
    """The end of the address whose host begins at `start`, without the punctuation of the sentence."""
    match = _ADDRESS.match(src, start, maximum)
    if not match:
        return None
    end = match.end()
    surplus = 0  # closing brackets that nothing opened
    if src[end - 1] == ")":
        surplus = src.count(")", start, end) - src.count("(", start, end)
    while end > start:
        last = src[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last == ";" and (entity := _ENTITY_END.search(src, max(start, end - 32), end)):
            end = entity.start()
        else:
            break
    return end if end > start else None


def _push(state: StateInline, start: int, end: int, prefix: str) -> None:
    text = state.src[start:end]
    state.pos = start
    opening = state.push("link_open", "a", 1)
    opening.attrs["href"] = prefix + text
    opening.markup = "bare"
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)


def bare_address(state: StateInline, silent: bool) -> bool:
    """Tried at each `:`; the scheme before it is already pending as text."""
    pos = state.pos
    if state.linkLevel > 0 or not state.src.startswith("://", pos):
        return False
    low = max(0, pos - _LONGEST_SCHEME)
    scheme = _SCHEME.search(state.src, low, min(pos + 3, state.posMax))
    if not scheme or scheme.end() != pos:
        return False
    start = scheme.start()
    if start > 0 and state.src[start - 1] not in _BEFORE:
        return False
    end = _end(state.src, pos + 3, state.posMax)
    if end is None:
        return False
    if silent:
        state.pos = end
        return True
    if not state.pending.endswith(scheme[0]):
        return False
    state.pending = state.pending[: -len(scheme[0])]
    _push(state, start, end, "")
    state.pos = end
    return True


def www_address(state: StateInline, silent: bool) -> bool:
    pos = state.pos
    if state.linkLevel > 0 or not state.src.startswith("www.", pos):
        return False
    if pos > 0 and state.src[pos - 1] not in _BEFORE:
        return False
    end = _end(state.src, pos + 4, state.posMax)
    if end is None or "." not in state.src[pos + 4 : end]:
        return False
    if not silent:
        _push(state, pos, end, "https://")
    state.pos = end
    return True
