"""Raw HTML in Markdown: taken apart, and reduced to what docfx's allow-list permits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_NAME = r"[A-Za-z_:][A-Za-z0-9:._-]*"
_VALUE = r"""(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*")"""
_TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+{_NAME}(?:\s*=\s*{_VALUE})?)*)\s*(/?)>")
_ATTRIBUTE = re.compile(rf"""\s+({_NAME})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^"'=<>`\x00-\x20]+)))?""")
_LOOSE_TAG = re.compile(r"</?[A-Za-z][^<>]*>?")
"""What only a browser would take for a tag."""


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    """In lower case."""
    value: str | None
    """With character references resolved; `None` for an attribute without a value."""
    offset: int
    """Of the name, in the text."""
    value_offset: int


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    """In lower case."""
    closing: bool
    attributes: tuple[Attribute, ...]
    offset: int
    raw: str
    self_closing: bool

    def get(self, name: str) -> Attribute | None:
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between tags, or a comment with what encloses it."""

    text: str
    offset: int
    comment: bool = False


def _attributes(source: str, offset: int) -> tuple[Attribute, ...]:
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(source):
        index = match.lastindex or 1
        name = match[1].lower()
        value = unescape(match[index]) if index > 1 else None
        found.setdefault(name, Attribute(name, value, offset + match.start(1), offset + match.start(index)))
    return tuple(found.values())


def pieces(html: str) -> Iterator[Tag | Piece]:
    """`html` in pieces, in order. Declarations, processing instructions and CDATA marks are left out, as is a
    comment that nothing closes with all that follows it."""
    position = 0
    length = len(html)
    while position < length:
        start = html.find("<", position)
        if start < 0:
            yield Piece(html[position:], position)
            return
        if start > position:
            yield Piece(html[position:start], position)
        if html.startswith("<!--", start):
            end = html.find("-->", start + 2)
            stop = length if end < 0 else end + 3
            yield Piece(html[start:stop], start, comment=True)
            position = stop
        elif html.startswith(("<!", "<?"), start):
            end = html.find(">", start)
            position = length if end < 0 else end + 1
        elif match := _TAG.match(html, start):
            yield Tag(
                match[2].lower(),
                bool(match[1]),
                _attributes(match[3], match.start(3)),
                start,
                match[0],
                bool(match[4]),
            )
            position = match.end()
        else:
            loose = _LOOSE_TAG.match(html, start)
            stop = loose.end() if loose else start + 1
            yield Piece(html[start:stop], start)
            position = stop
