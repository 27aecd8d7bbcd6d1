"""Cut a rendered page into the sections that the search shows, each with its heading and its text.

One pass with one regular expression: html.parser takes five times as long, a fifth of a whole build. The result
is what Material's own parser gives, except that what stands in two cells or blocks stays two words.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

_ID = re.compile(r"""(?:^|\s)id\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_CLASS = re.compile(r"""(?:^|\s)class\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SPACE = re.compile(r"\s+")
_SPACES = re.compile(r"[^\S ]|  ")
"""What is more than the one space between two words."""
_RAW = re.compile(r"<(?:script|style)", re.IGNORECASE)
"""What may hold what looks like a tag."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SHOWN = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
"""What the results keep of a page's markup."""
_INLINE = frozenset(
    [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr"
    ]
)  # fmt: skip
"""What can stand in the middle of a word."""
_LEAVES = "|".join(sorted((_INLINE | _SHOWN | {"td", "th"}) - {"ol", "pre", "ul"}))
_ATTRIBUTES = r"""([^<>"']*+(?:(?:"[^"]*"|'[^']*')[^<>"']*+)*+)"""
_TAG = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)"
    rf"|({_LEAVES})(?=[\s>]){_ATTRIBUTES}>([^<]*+)</\1>"
    rf"|(/?)([a-zA-Z][a-zA-Z0-9:-]*){_ATTRIBUTES}>)",
    re.DOTALL,
)
"""A comment; or an element that holds nothing but text, as most do: name, attributes and text; or the slash of an end
tag, the name and the attributes."""
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)  # fmt: skip
_UNSEEN = frozenset({"object", "script", "style"})
_UNSEEN_CLASSES = frozenset({"headerlink", "linenodiv"})
"""The mark behind a heading, and the numbers of lines."""


@dataclass(slots=True)
class Section:
    """A heading and what follows it, up to the next one. Both are HTML."""

    id: str
    """Empty for the beginning of the page."""
    title: str
    text: str


@dataclass(slots=True, eq=False)
class _Part:
    """A section while it is read."""

    id: str = ""
    depth: int = 0
    """How many elements its heading is in, itself included."""
    is_excluded: bool = False
    title: list[str] = field(default_factory=list[str])
    text: list[str] = field(default_factory=list[str])


def sections_of(html: str) -> list[Section]:
    """The sections of a rendered page, without those that its author has excluded."""
    return [
        Section(part.id, "".join(part.title).strip(), "".join(part.text).strip())
        for part in _read(html)
        if not part.is_excluded
    ]


def _read(html: str) -> list[_Part]:
    """All sections. One function, with what is known of the place at hand: it runs for each tag of a site."""
    parts: list[_Part] = []
    current = _Part()
    into = current.text  # what the present text belongs to
    within: list[tuple[str, bool, bool, list[str] | None, int]] = []
    # Of the open elements: the name; whether it hides what is in it, and whether it is the heading of the section;
    # where its tags are kept, if they are, and how much that held before.
    count: dict[str, int] = {}
    hidden = verbatim = heading = end = 0
    for match in _TAG.finditer(html) if _RAW.search(html) is None else _tags(html):
        start = match.start()
        if start > end and not hidden:
            data = html[end:start]
            if parts or not data.isspace():
                if not parts:
                    parts.append(current)
                _add_text(into, data, is_verbatim=verbatim > 0)
        end = match.end()
        leaf, attributes, data, close, name, more = match.groups()
        if leaf is not None:
            if not parts:
                parts.append(current)
            if not hidden and not (attributes and _is_hidden(attributes)):
                _add_leaf(into, leaf, data, is_verbatim=verbatim > 0)
            continue
        if name is None:
            continue
        attributes = more
        name = name.lower()
        if close:
            open_ = count.get(name, 0)
            while open_ == count.get(name) and open_:
                if current.depth > len(within):
                    # The heading was inside an element that ends here: what follows belongs to the section before.
                    before = next((part for part in reversed(parts) if part.depth <= len(within)), None)
                    current.depth = sys.maxsize if before else 0
                    current = before or current
                    into = current.title if heading else current.text
                element, hides, heads, kept, begun = within.pop()
                count[element] -= 1
                verbatim -= element == "pre"
                if kept is not None:
                    if any(map(str.strip, kept[begun + 1 :])):
                        kept.append(f"</{element}>")
                    else:
                        del kept[begun:]
                elif element not in _INLINE and not hidden:
                    _add_space(into)
                hidden -= hides
                if heads:
                    heading -= 1
                    into = current.title if heading else current.text
        elif name in _VOID:
            if name not in _INLINE and not hidden:
                _add_space(into)
        else:
            identifier = _ID.search(attributes) if name in _HEADINGS and not hidden else None
            heads = identifier is not None
            if identifier is not None:
                if name != "h1" and not parts:
                    parts.append(current)
                known = next(filter(None, identifier.groups()), "") if parts else ""
                current = _Part(known, len(within) + 1, "data-search-exclude" in attributes)
                parts.append(current)
                heading, into = heading + 1, current.title
            elif not parts:
                parts.append(current)
            hides = name in _UNSEEN or (not heads and attributes != "" and _is_hidden(attributes))
            hidden += hides
            kept = None
            if not hidden:
                if name in _SHOWN:
                    kept = into
                elif name not in _INLINE:
                    _add_space(into)
            count[name] = count.get(name, 0) + 1
            within.append((name, hides, heads, kept, len(into)))
            if kept is not None:
                kept.append(f"<{name}>")
            verbatim += name == "pre"
    data = html[end:]
    if data and not hidden and (parts or not data.isspace()):
        if not parts:
            parts.append(current)
        _add_text(into, data, is_verbatim=verbatim > 0)
    return parts


def _add_leaf(into: list[str], name: str, data: str, *, is_verbatim: bool) -> None:
    """An element with nothing but text in it."""
    begun = len(into)
    if name in _SHOWN:
        into.append(f"<{name}>")
    elif name not in _INLINE:
        _add_space(into)
    if data:
        _add_text(into, data, is_verbatim=is_verbatim)
    if name in _SHOWN:
        if any(map(str.strip, into[begun + 1 :])):
            into.append(f"</{name}>")
        else:
            del into[begun:]
    elif name not in _INLINE:
        _add_space(into)


def _add_text(into: list[str], data: str, *, is_verbatim: bool) -> None:
    if not is_verbatim:
        if _SPACES.search(data):
            data = _SPACE.sub(" ", data)
        if data == " " and (not into or into[-1][-1] in " \n"):
            return
    into.append(escape(unescape(data), quote=False) if "&" in data else data)


def _add_space(into: list[str]) -> None:
    if into and into[-1][-1] not in " \n":
        into.append(" ")


def _tags(html: str) -> Iterator[re.Match[str]]:
    """The tags and comments, but none that is in a script or a style sheet."""
    end = 0
    while (match := _TAG.search(html, end)) is not None:
        yield match
        end = match.end()
        if match[5] and match[5].lower() in ("script", "style") and not match[4]:
            end = html.find(f"</{match[5]}", end)
            if end < 0:
                return


def _is_hidden(attributes: str) -> bool:
    if "data-search-exclude" in attributes:
        return True
    if "headerlink" not in attributes and "linenodiv" not in attributes:
        return False
    found = _CLASS.search(attributes)
    return found is not None and (found[1] or found[2]) in _UNSEEN_CLASSES
