"""Read whole HTML documents: the tags, texts and anchors that a browser finds in them.

Raw HTML inside Markdown follows another grammar: see `imagedocs.markdown.syntax.html`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_BLANK = " \t\n\r\f"
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
"""Elements in which nothing is a tag."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag or an end tag."""

    name: str
    """Name of the element, in lower case."""
    closing: bool
    attributes: Mapping[str, str]
    """Values by names in lower case, with character references resolved; empty for an attribute without a value."""
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Text:
    """Text between tags, with character references resolved."""

    text: str
    line: int
    """Line of the first character that is not blank."""
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """An HTML document without its comments and without the contents of its `<template>` elements, which a browser
    does not show."""

    pieces: tuple[Tag | Text, ...]
    """Tags and texts in their order."""
    raw_texts: tuple[str, ...]
    """Contents of elements in which nothing is a tag, such as `<script>`."""

    def elements(self) -> Iterator[Tag]:
        """Yield the start tags."""
        return (piece for piece in self.pieces if isinstance(piece, Tag) and not piece.closing)

    def anchors(self) -> frozenset[str]:
        """Return everything that a fragment of an address can name: ids, and names of `<a>`."""
        found: set[str] = set()
        for tag in self.elements():
            found.add(tag.attributes.get("id", ""))
            if tag.name == "a":
                found.add(tag.attributes.get("name", ""))
        return frozenset(found - {""})


@dataclass(slots=True)
class _OpenText:
    line: int
    column: int
    parts: list[str] = field(default_factory=list[str])

    def closed(self) -> Text:
        text = "".join(self.parts)
        blank = text[: len(text) - len(text.lstrip(_BLANK))]
        last = blank.rfind("\n")
        column = self.column + len(blank) if last < 0 else len(blank) - last
        return Text(text, self.line + blank.count("\n"), column)


class _Reader(HTMLParser):
    """Parser of a text that is fed as a whole.

    Markup that is never closed reaches to the end of the text, as it does in a browser. The standard library would read
    it again from its second character on, which takes time in proportion to the square of the length. It also closes
    comments differently from release to release.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Tag | Text] = []
        self.raw_texts: list[str] = []
        self._text: _OpenText | None = None
        self._templates = 0
        """Number of `<template>` elements that are open."""

    def read(self, text: str) -> Document:
        self.feed(text.replace("\0", "\ufffd"))
        self.close()
        self._end_text()
        return Document(tuple(self.pieces), tuple(self.raw_texts))

    def parse_starttag(self, i: int) -> int:
        end = super().parse_starttag(i)
        return len(self.rawdata) if end < 0 else end

    def parse_endtag(self, i: int) -> int:
        end = super().parse_endtag(i) if self.rawdata.find(">", i) > 0 else -1
        return len(self.rawdata) if end < 0 else end

    def parse_comment(self, i: int, report: bool = True) -> int:
        self._end_text()
        match = _COMMENT.match(self.rawdata, i)
        return match.end() if match else len(self.rawdata)

    def parse_html_declaration(self, i: int) -> int:
        return self.rawdata.find(">", i) + 1 or len(self.rawdata)

    def parse_pi(self, i: int) -> int:
        return self.rawdata.find(">", i) + 1 or len(self.rawdata)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag in _RAW:
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Handle a tag that ends in a slash, which closes nothing in HTML."""
        self._end_text()
        if not self._templates:
            attributes = {name: value or "" for name, value in reversed(attrs)}  # the first of a name counts
            self._add_tag(tag, attributes, closing=False)
        if tag == "template":
            self._templates += 1

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        if tag == "template":
            self._templates = max(self._templates - 1, 0)
        if not self._templates:
            self._add_tag(tag, {}, closing=True)

    def handle_data(self, data: str) -> None:
        if self._templates:
            return
        if self.cdata_elem:
            self.raw_texts.append(data)
            return
        if self._text is None:
            line, column = self.getpos()
            self._text = _OpenText(line, column + 1)
        self._text.parts.append(data)

    def _add_tag(self, name: str, attributes: Mapping[str, str], *, closing: bool) -> None:
        line, column = self.getpos()
        self.pieces.append(Tag(name, closing, attributes, line, column + 1))

    def _end_text(self) -> None:
        if self._text:
            self.pieces.append(self._text.closed())
        self._text = None


def read_document(text: str) -> Document:
    """Read the HTML document `text`, in time in proportion to its length whatever it holds."""
    return _Reader().read(text)
