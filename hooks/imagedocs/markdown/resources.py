"""Addresses in attributes and style sheets that nobody rewrites: `srcset`, `url()` of CSS."""

import re
from collections.abc import Iterator

_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)")
_DESCRIPTOR_END = re.compile(r",|\Z")
_CSS = re.compile(
    r"""/\*.*?(?:\*/|\Z)"""  # a comment
    r"""|url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]+))\s*\)"""
    r"""|@import\s+(?:"([^"\n]*)"|'([^'\n]*)')""",
    re.DOTALL | re.IGNORECASE,
)


def srcset_addresses(value: str) -> Iterator[tuple[int, str]]:
    """The offset and the text of each address in a `srcset`."""
    end = 0
    while match := _CANDIDATE.match(value, end):
        address = match[1].rstrip(",")
        yield match.start(1), address
        end = match.end()
        if len(address) == len(match[1]):  # what follows, up to a comma, says for which screens it is
            stop = _DESCRIPTOR_END.search(value, end)
            end = stop.end() if stop else len(value)


def css_addresses(text: str) -> Iterator[tuple[int, str]]:
    """The offset and the text of each address in a style sheet."""
    for match in _CSS.finditer(text):
        if match.lastindex:
            yield match.start(match.lastindex), match[match.lastindex]
