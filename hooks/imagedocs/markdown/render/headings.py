"""The ids of headings: what an author says, else GitHub's slug of the text."""

import re
import unicodedata
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

    from imagedocs.markdown.options import Headings

_ANCHOR = re.compile(r'<a\s+(?:name|id)="([\w \-.]+)"\s*>', re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:?[ \t]*((?:[#.][\w:-]+[ \t]*)+)\}[ \t]*")
_LINK = re.compile(r"\s*#tab/([A-Za-z0-9-]+(?:\+[A-Za-z0-9-]+)*)(?:/([A-Za-z0-9-]+)?)?\s*\Z")


def slug(text: str) -> str:
    """GitHub's: lower case, letters, digits, `-` and `_` of any language kept, spaces to hyphens."""
    kept: list[str] = []
    for character in text.strip().lower():
        if character.isalnum() or character in "-_":
            kept.append(character)
        elif character.isspace():
            kept.append("-")
        elif unicodedata.category(character) in ("Mn", "Mc"):
            kept.append(character)  # the vowel signs of Indic scripts are part of their words
    return "".join(kept)


def heading_slug(text: str, options: "Headings") -> str:
    """Return the id that a heading's text gives it."""
    if options.function == "pymdownx":
        slugify = import_module("pymdownx.slugs").slugify
        words = {name: getattr(options, name) for name in ("case", "normalize", "percent_encode")}
        return str(slugify(**words)(text, options.separator))
    if options.function:
        from markdown.extensions import toc

        make = toc.slugify if options.function == "ascii" else toc.slugify_unicode
        return make(text, options.separator)
    if options.separator != "-":
        return options.separator.join(slug(word) for word in text.split())
    return slug(text)


def leading_anchor(children: "Sequence[Token]") -> tuple[str, int] | None:
    """The id that `<a name="x"></a>` at the very beginning of a heading gives it, and its place in the text."""
    if len(children) < 2 or children[0].type != "html_inline" or children[1].type != "html_inline":
        return None
    match = _ANCHOR.fullmatch(children[0].content)
    if not match or children[1].content.lower().replace(" ", "") != "</a>":
        return None
    return match[1], children[0].meta.get("pos", 0) + match.start(1)


def trailing_attributes(children: "Sequence[Token]") -> tuple[int, str, tuple[str, ...]]:
    """`{#id .class}` at the end of a heading: how many characters it takes, the id, the classes."""
    if not children or children[-1].type != "text":
        return 0, "", ()
    content = children[-1].content
    start = content.rfind("{")
    match = _ATTRIBUTES.fullmatch(content, start) if start >= 0 else None
    if not match:
        return 0, "", ()
    words = re.findall(r"([#.])([\w:-]+)", match[1])
    ids = [word for mark, word in words if mark == "#"]
    return (
        len(content) - len(content[:start].rstrip()),
        ids[-1] if ids else "",
        tuple(word for mark, word in words if mark == "."),
    )


def tab_of(children: "Sequence[Token]") -> tuple[tuple[str, ...], str] | None:
    """The ids and the condition of a tab, when a heading's children are one link to `#tab/…`."""
    rest = list(children[2:]) if leading_anchor(children) is not None else list(children)
    rest = [token for token in rest if token.type != "text" or token.content.strip()]
    if len(rest) < 2 or rest[0].type != "link_open" or rest[-1].type != "link_close":
        return None
    if any(token.type == "link_close" for token in rest[1:-1]):
        return None
    match = _LINK.match(str(rest[0].attrs.get("href", "")))
    if not match:
        return None
    return tuple(match[1].split("+")), match[2] or ""
