"""Read what a page shows from the HTML that Python-Markdown made of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imagedocs.html_documents import Tag, Text, read_document
from imagedocs.markdown.document import LinkKind, TextKind

_ADDRESSES = {"a": ("href", LinkKind.LINK), "img": ("src", LinkKind.IMAGE)}
"""Element -> attribute with an address, and the kind of link."""
_CODE = frozenset({"code", "kbd", "samp", "tt"})


@dataclass(frozen=True, slots=True)
class ShownLink:
    """Address in a page, as its HTML has it."""

    kind: LinkKind
    target: str


@dataclass(frozen=True, slots=True)
class ShownText:
    """Text in a page: a piece of prose, a code span, or a whole block of code."""

    kind: TextKind
    content: str
    alert: str = ""
    """Kind of the box that it stands in, in capitals: `WARNING`."""
    language: str = ""
    """Language of a block of code, where the HTML names it."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """Everything in a page that checks compare."""

    links: Sequence[ShownLink]
    texts: Sequence[ShownText]
    anchors: frozenset[str]


def read_page(html: str) -> ShownPage:
    """Read the HTML that was made of a page's Markdown."""
    document = read_document(html)
    links = [
        ShownLink(kind, tag.attributes[name])
        for tag in document.elements()
        if tag.name in _ADDRESSES
        for name, kind in (_ADDRESSES[tag.name],)
        if name in tag.attributes
    ]
    return ShownPage(links, [*_texts(document.pieces)], document.anchors())


def _texts(pieces: Sequence[Tag | Text]) -> Iterator[ShownText]:
    boxes: list[tuple[str, str]] = []
    """Names of the open elements that may be boxes, each with the kind of its box, or empty."""
    code = 0
    block: list[str] | None = None
    language = ""
    for piece in pieces:
        if isinstance(piece, Text):
            if block is not None:
                block.append(piece.text)
            elif piece.text.strip():
                kind = TextKind.CODE_SPAN if code else TextKind.PROSE
                yield ShownText(kind, piece.text, _alert(boxes))
        elif piece.name == "pre":
            if piece.closing and block is not None:
                yield ShownText(TextKind.CODE_BLOCK, "".join(block), _alert(boxes), language)
                language = ""
            block = None if piece.closing else []
        elif piece.name in _CODE:
            language = language if block is None or piece.closing else _language(piece) or language
            code = max(code - 1, 0) if piece.closing else code + 1
        elif piece.name in ("div", "details"):
            language = "" if piece.closing else _language(piece)
            if not piece.closing:
                boxes.append((piece.name, _box(piece)))
            elif any(name == piece.name for name, _ in boxes):
                while boxes.pop()[0] != piece.name:
                    pass


def _language(tag: Tag) -> str:
    classes = tag.attributes.get("class", "").split()
    return next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")


def _box(tag: Tag) -> str:
    classes = tag.attributes.get("class", "").split()
    if tag.name == "div" and "admonition" not in classes:
        return ""
    return next((name.upper() for name in classes if name != "admonition"), "")


def _alert(boxes: Sequence[tuple[str, str]]) -> str:
    return next((kind for _, kind in reversed(boxes) if kind), "")
