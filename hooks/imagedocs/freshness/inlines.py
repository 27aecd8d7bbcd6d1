"""What a reader sees of a line of tokens, what it leads to, and what leads to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from imagedocs.freshness.segments import link_name
from imagedocs.markdown.html import Piece, Tag, pieces

_ADDRESSES = {"a": ("link", "href"), "img": ("image", "src"), "iframe": ("video", "src")}
_UNSEEN = frozenset({"script", "style"})
_BREAKS = frozenset({"br", "p", "div", "li", "td", "th", "tr", "summary", "dd", "dt"})


@dataclass(frozen=True, slots=True)
class Content:
    text: str
    links: tuple[str, ...] = ()
    """Their names: see `link_name`."""
    anchors: tuple[str, ...] = ()
    """The ids that it has."""


def read_inlines(tokens: Sequence[Token], path: str) -> Content:
    """What `tokens` say, which stand in the file `path`."""
    texts: list[str] = []
    links: list[str] = []
    anchors: list[str] = []
    in_address = False
    for token in tokens:
        match token.type:
            case "link_open":
                links.append(link_name("link", str(token.attrs.get("href", "")), path))
                in_address = token.markup in ("autolink", "bare")  # its text is its target
            case "link_close":
                in_address = False
            case "text" | "text_special" | "code_inline" | "no_loc":
                if not in_address:
                    texts.append(token.content)
            case "softbreak" | "hardbreak":
                texts.append(" ")
            case "image":
                links.append(link_name("image", str(token.attrs.get("src", "")), path))
                texts.append(read_inlines(token.children or (), path).text)
            case "colon_image" | "colon_video":
                attributes = token.meta["attributes"]
                links.append(link_name(token.type.removeprefix("colon_"), attributes["source"], path))
                texts.append(attributes.get("alt-text", ""))
            case "include_inline":
                links.append(link_name("include", str(token.meta["target"]), path))
            case "xref":
                if token.meta["required"]:
                    links.append(f"link {token.info}")
                else:
                    texts.append(token.content)
            case "html_inline":
                html = read_html(token.content, path)
                texts.append(html.text)
                links += html.links
                anchors += html.anchors
            case _:
                pass
    return Content("".join(texts), tuple(links), tuple(anchors))


def read_html(html: str, path: str) -> Content:
    """The same of raw HTML."""
    texts: list[str] = []
    links: list[str] = []
    anchors: list[str] = []
    unseen = ""
    for piece in pieces(html):
        if isinstance(piece, Piece):
            if not piece.comment and not unseen:
                texts.append(piece.text)
            continue
        if unseen:
            unseen = "" if piece.closing and piece.name == unseen else unseen
        elif not piece.closing:
            unseen = piece.name if piece.name in _UNSEEN else ""
            texts += _shown(piece)
            links += _link(piece, path)
            anchors += _anchors(piece)
        if piece.name in _BREAKS:
            texts.append(" ")
    return Content("".join(texts), tuple(links), tuple(anchors))


def _shown(tag: Tag) -> list[str]:
    alternative = tag.get("alt")
    return [alternative.value or ""] if tag.name == "img" and alternative else []


def _link(tag: Tag, path: str) -> list[str]:
    kind, name = _ADDRESSES.get(tag.name, ("", ""))
    address = tag.get(name) if kind else None
    return [link_name(kind, address.value, path)] if address and address.value else []


def _anchors(tag: Tag) -> list[str]:
    names = ("id", "name") if tag.name == "a" else ("id",)
    found = (tag.get(name) for name in names)
    return [attribute.value for attribute in found if attribute and attribute.value]
