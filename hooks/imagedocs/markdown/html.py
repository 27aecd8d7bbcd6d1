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


VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

ADDRESSES = {
    ("a", "href"), ("area", "href"), ("img", "src"), ("iframe", "src"), ("video", "src"), ("audio", "src"),
    ("source", "src"), ("track", "src"), ("video", "poster"), ("form", "action"), ("blockquote", "cite"),
    ("q", "cite"), ("del", "cite"), ("ins", "cite"), ("button", "formaction"), ("input", "formaction"),
}  # fmt: skip
"""Attributes whose value is an address."""

_EVERYWHERE = frozenset(
    "class dir hidden id itemid itemprop itemref itemscope itemtype lang markdown name part role slot spellcheck "
    "tabindex title translate align valign width".split()
)

_TAGS = {
    "a": "download href hreflang rel target type",
    "area": "alt coords download href rel shape target",
    "audio": "autoplay controls crossorigin loop muted preload src",
    "blockquote": "cite", "button": "disabled type value", "col": "span", "colgroup": "span", "data": "value",
    "del": "cite datetime", "details": "open", "form": "",
    "iframe": "allow allowfullscreen frameborder height loading scrolling src",
    "img": "alt border decoding height loading sizes src srcset usemap", "ins": "cite datetime",
    "input": "checked disabled max min placeholder readonly size step type value", "label": "for",
    "li": "value", "meter": "high low max min optimum value", "ol": "reversed start type",
    "optgroup": "disabled label", "option": "disabled label selected value", "progress": "max value",
    "q": "cite", "select": "disabled multiple size", "source": "media sizes src srcset type",
    "table": "border cellpadding cellspacing summary", "td": "colspan headers rowspan nowrap bgcolor",
    "textarea": "cols disabled placeholder readonly rows",
    "th": "abbr colspan headers rowspan scope nowrap bgcolor", "time": "datetime",
    "track": "default kind label src srclang", "ul": "type",
    "video": "autoplay controls crossorigin height loop muted playsinline poster preload src",
    "xref": "href",
}  # fmt: skip

_PLAIN_TAGS = (
    "abbr address article aside b bdi bdo big br caption center cite code dd dfn div dl dt em fieldset figcaption "
    "figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i kbd legend main map mark menu nav noscript p "
    "picture pre rp rt ruby s samp section small span strike strong sub summary sup tbody tfoot thead tr tt u var wbr"
).split()

_ALLOWED = {name: _EVERYWHERE | frozenset(own.split()) for name, own in _TAGS.items()} | {
    name: _EVERYWHERE for name in _PLAIN_TAGS
}


DANGEROUS = frozenset(
    "applet base body command dialog embed frame frameset head html link math meta object param script slot style "
    "svg template title xmp plaintext noembed noframes".split()
)
"""Elements that run something, load something or take the page apart."""

_DANGEROUS_ATTRIBUTES = frozenset("style srcdoc href src action formaction data xlink:href ping background".split())


def is_known_tag(name: str) -> bool:
    return name in _ALLOWED


def is_allowed_attribute(tag: str, name: str) -> bool:
    """An element that nobody knows does nothing, and neither do attributes that it makes up."""
    if name.startswith(("data-", "aria-")):
        return True
    allowed = _ALLOWED.get(tag)
    if allowed is None:
        return not name.startswith("on") and name not in _DANGEROUS_ATTRIBUTES
    return name in allowed
