"""What a reader sees of a line of tokens, what it leads to, and what leads to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from imagedocs.freshness.segments import CODE_MARK, goal_name, link_name
from imagedocs.markdown.syntax.html import Piece, Tag, pieces

_ADDRESSES = {"a": ("link", "href"), "img": ("image", "src"), "iframe": ("video", "src")}
_UNSEEN = frozenset({"script", "style"})
_CODE = frozenset({"code", "kbd", "pre", "samp", "tt", "var"})
_STRUCK = frozenset({"del", "s", "strike"})
_BREAKS = frozenset({"br", "p", "div", "li", "td", "th", "tr", "summary", "dd", "dt"})


@dataclass(frozen=True, slots=True)
class Content:
    text: str
    links: tuple[str, ...] = ()
    """Their names: see `link_name`."""
    anchors: tuple[str, ...] = ()
    """The ids that it has."""
    prose: str = ""
    """The text with `CODE_MARK` in place of code."""
    codes: tuple[str, ...] = ()
    """The code in it."""
    goals: tuple[str, ...] = ()
    """The names of its links, each with the section that the link leads to: `link docs/a.md#section`."""
    marks: tuple[str, ...] = ()
    """What a reader sees beside the words and no emphasis says: `struck`, `ticked`."""


def read_inlines(tokens: Sequence[Token], path: str) -> Content:
    """What `tokens` say, which stand in the file `path`."""
    reader = _Reader(path)
    for token in tokens:
        reader.read(token)
    return reader.content()


def read_html(html: str, path: str) -> Content:
    """The same of raw HTML."""
    reader = _Reader(path)
    reader.read_html(html)
    return reader.content()


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path
        self._texts: list[str] = []
        self._prose: list[str] = []
        self._links: list[str] = []
        self._anchors: list[str] = []
        self._codes: list[str] = []
        self._goals: list[str] = []
        self._marks: list[str] = []
        self._in_address = False
        self._code = ""
        """The element of HTML that is open, when it is one for code."""

    def content(self) -> Content:
        texts, prose = "".join(self._texts), "".join(self._prose)
        if prose == texts:
            prose = texts
        return Content(
            texts,
            tuple(self._links),
            tuple(self._anchors),
            prose,
            tuple(self._codes),
            tuple(self._goals),
            tuple(self._marks),
        )

    def _add(self, text: str, *, code: bool = False) -> None:
        self._texts.append(text)
        is_code = bool(text) and (code or bool(self._code))
        self._prose.append(CODE_MARK if is_code else text)
        if is_code:
            self._codes.append(text)

    def read(self, token: Token) -> None:
        match token.type:
            case "link_open":
                self._goals.append(goal_name(str(token.attrs.get("href", "")), self._path))
                self._links.append(link_name("link", str(token.attrs.get("href", "")), self._path))
                self._in_address = token.markup in ("autolink", "bare")  # its text is its target
            case "s_open":
                self._marks.append("struck")
            case "link_close":
                self._in_address = False
            case "text" | "text_special" | "code_inline" | "no_loc":
                if not self._in_address:
                    self._add(token.content, code=token.type in ("code_inline", "no_loc"))
            case "formula":
                self._add(f"${token.content}$", code=True)
            case "emoji":
                self._add(token.info)
            case "softbreak" | "hardbreak":
                self._add(" ")
            case "image":
                self._links.append(link_name("image", str(token.attrs.get("src", "")), self._path))
                alternative = read_inlines(token.children or (), self._path)
                self._texts.append(alternative.text)
                self._prose.append(alternative.prose)
                self._codes += alternative.codes
            case "colon_image" | "colon_video":
                attributes = token.meta["attributes"]
                kind = token.type.removeprefix("colon_")
                self._links.append(link_name(kind, attributes["source"], self._path))
                self._add(attributes.get("alt-text", ""))
            case "include_inline":
                self._links.append(link_name("include", str(token.meta["target"]), self._path))
            case "xref":
                if token.meta["required"]:
                    self._links.append(f"link {token.info}")
                else:
                    self._add(token.content)
            case "html_inline":
                self.read_html(token.content)
            case _:
                pass

    def read_html(self, html: str) -> None:
        unseen = ""
        for piece in pieces(html):
            if isinstance(piece, Piece):
                if not piece.comment and not unseen:
                    self._add(piece.text)
                continue
            if unseen:
                unseen = "" if piece.closing and piece.name == unseen else unseen
            elif not piece.closing:
                unseen = piece.name if piece.name in _UNSEEN else ""
                self._add(_shown(piece))
                self._links += _link(piece, self._path)
                href = piece.get("href") if piece.name == "a" else None
                if href and href.value:
                    self._goals.append(goal_name(href.value, self._path))
                if piece.name in _STRUCK:
                    self._marks.append("struck")
                if piece.name == "input" and piece.get("checked"):
                    self._marks.append("ticked")
                self._anchors += _anchors(piece)
                if piece.name in _CODE:
                    self._code = self._code or piece.name
            elif piece.name == self._code:
                self._code = ""
            if piece.name in _BREAKS:
                self._texts.append(" ")
                self._prose.append(" ")


def _shown(tag: Tag) -> str:
    alternative = tag.get("alt")
    return (alternative.value or "") if tag.name == "img" and alternative else ""


def _link(tag: Tag, path: str) -> list[str]:
    kind, name = _ADDRESSES.get(tag.name, ("", ""))
    address = tag.get(name) if kind else None
    return [link_name(kind, address.value, path)] if address and address.value else []


def _anchors(tag: Tag) -> list[str]:
    names = ("id", "name") if tag.name == "a" else ("id",)
    found = (tag.get(name) for name in names)
    return [attribute.value for attribute in found if attribute and attribute.value]
