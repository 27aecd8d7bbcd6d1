"""Read what a reader sees of a built page: its own content, without the menus and everything else around it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from imagedocs.html_documents import Tag, Text, read_document

_IN_LINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "rb",
        "rt",
        "rp",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that don't end a passage."""
_AROUND = frozenset({"nav", "button", "svg", "dialog", "noscript", "object", "canvas"})
"""Elements whose text is not a page's own."""
_AROUND_BODY = _AROUND | {"header", "footer", "aside"}
"""The same on a page that doesn't say where its main part is."""
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_LANGUAGE = re.compile(rb"<html\b[^>]*?\slang\s*=\s*[\"']?([A-Za-z0-9-]{1,35})", re.IGNORECASE)
_HEAD = 8192
"""Number of bytes at the beginning of a page in which its `<html>` is looked for."""
_REFRESH = re.compile(r"[\d\s.;,]*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Content:
    """What a page says."""

    language: str = ""
    title: str = ""
    """Text of the first heading."""
    leads_to: str = ""
    """Address that the page only leads on to; empty for all others."""
    passages: tuple[str, ...] = ()
    """Texts of paragraphs, headings, cells and the like, in their order."""
    targets: tuple[str, ...] = ()
    """Addresses of links and pictures, in their order."""


def language_of(page: bytes) -> str:
    """Return the language that an HTML page says it is in; empty if it doesn't."""
    found = _LANGUAGE.search(page[:_HEAD])
    return found[1].decode() if found else ""


def read_content(page: bytes) -> Content:
    """Read the content of an HTML page, whatever it holds."""
    pieces = read_document(page.decode("utf-8", "replace")).pieces
    tags = [piece for piece in pieces if isinstance(piece, Tag) and not piece.closing]
    language = language_of(page)
    leads_to = next(
        (
            found[1]
            for tag in tags
            if tag.name == "meta" and tag.attributes.get("http-equiv", "").lower() == "refresh"
            if (found := _REFRESH.match(tag.attributes.get("content", ""))) and found[1]
        ),
        "",
    )
    if leads_to:
        return Content(language, leads_to=leads_to)
    main = next((number for number, piece in enumerate(pieces) if _opens(piece, "main")), None)
    reader = _Reader(_AROUND if main is not None else _AROUND_BODY)
    reader.read(pieces[main:] if main is not None else pieces)
    return Content(language, reader.title, "", tuple(reader.passages), tuple(reader.targets))


def _opens(piece: Tag | Text, name: str) -> bool:
    return isinstance(piece, Tag) and piece.name == name and not piece.closing


class _Reader:
    """Reader of the part of a page that begins with its main element, or with the document."""

    def __init__(self, around: frozenset[str]) -> None:
        self._around = around
        self.title = ""
        self.passages: list[str] = []
        self.targets: list[str] = []
        self._open: list[str] = []
        """Text of the passage that is being read, in parts."""
        self._skipped = ""
        """Name of the element whose text is left out."""
        self._depth = 0
        """Number of elements of that name that are open."""
        self._is_heading = False

    def read(self, pieces: Iterable[Tag | Text]) -> None:
        for piece in pieces:
            if isinstance(piece, Text):
                if not self._depth:
                    self._open.append(piece.text)
            elif piece.closing and piece.name == "main":
                break
            elif self._depth:
                self._depth += (piece.name == self._skipped) * (-1 if piece.closing else 1)
            else:
                self._read_tag(piece)
        self._end_passage()

    def _read_tag(self, tag: Tag) -> None:
        if tag.name not in _IN_LINE:
            self._end_passage()
        if tag.closing:
            return
        is_hidden = tag.name in self._around or "hidden" in tag.attributes
        if is_hidden and tag.name not in _VOID:
            self._skipped, self._depth = tag.name, 1
        elif tag.name in ("a", "img"):
            self.targets.append(tag.attributes.get("href" if tag.name == "a" else "src", ""))
            self._open.append(tag.attributes.get("alt", ""))
        if tag.name == "h1" and not self.title:
            self._is_heading = True

    def _end_passage(self) -> None:
        text = " ".join("".join(self._open).split())
        self._open.clear()
        if text:
            self.passages.append(text)
        if self._is_heading and text:
            self.title, self._is_heading = text.removesuffix("¶").rstrip(), False
