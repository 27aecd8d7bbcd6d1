"""Emoji by their names: `:rocket:`. They are GitHub's names, behind a blank or at the beginning."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from markdown_it.rules_inline import StateInline

_NAME = re.compile(r":[a-z0-9_+-]{1,50}:(?![\w:])", re.ASCII)


@cache
def _characters() -> Mapping[str, str]:
    """Name → character. Loaded when the first name is met: most pages have none, and the list is long."""
    names = import_module("pymdownx.gemoji_db")
    known = {name: str(each["unicode"]) for name, each in names.emoji.items() if "unicode" in each}
    known |= {alias: known[name] for alias, name in names.aliases.items() if name in known}
    return {name: "".join(chr(int(each, 16)) for each in code.split("-")) for name, code in known.items()}


def emoji(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":" or (state.pos and not state.src[state.pos - 1].isspace()):
        return False
    match = _NAME.match(state.src, state.pos, state.posMax)
    character = _characters().get(match[0]) if match else None
    if match is None or character is None:
        return False
    if not silent:
        token = state.push("emoji", "", 0)
        token.content = match[0]
        token.info = character
    state.pos = match.end()
    return True
