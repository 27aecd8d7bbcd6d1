"""What a reader sees of a line of tokens, and what it leads to."""

from collections.abc import Sequence

from markdown_it.token import Token

from imagedocs.freshness.segments import link_name
from imagedocs.markdown.html import Piece, Tag, pieces

_ADDRESSES = {"a": ("link", "href"), "img": ("image", "src"), "iframe": ("video", "src")}
_UNSEEN = frozenset({"script", "style"})
_BREAKS = frozenset({"br", "p", "div", "li", "td", "th", "tr", "summary", "dd", "dt"})


def read_inlines(tokens: Sequence[Token], path: str) -> tuple[str, tuple[str, ...]]:
    """The text of `tokens`, which stand in the file `path`, and the names of their links."""
    texts: list[str] = []
    links: list[str] = []
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
                texts.append(read_inlines(token.children or (), path)[0])
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
                text, found = read_html(token.content, path)
                texts.append(text)
                links += found
            case _:
                pass
    return "".join(texts), tuple(links)


def read_html(html: str, path: str) -> tuple[str, tuple[str, ...]]:
    """The same of raw HTML."""
    texts: list[str] = []
    links: list[str] = []
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
        if piece.name in _BREAKS:
            texts.append(" ")
    return "".join(texts), tuple(links)


def _shown(tag: Tag) -> list[str]:
    alternative = tag.get("alt")
    return [alternative.value or ""] if tag.name == "img" and alternative else []


def _link(tag: Tag, path: str) -> list[str]:
    kind, name = _ADDRESSES.get(tag.name, ("", ""))
    address = tag.get(name) if kind else None
    return [link_name(kind, address.value, path)] if address and address.value else []
