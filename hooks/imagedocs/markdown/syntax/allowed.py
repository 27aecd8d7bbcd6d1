"""What raw HTML a page may have: docfx's list of elements and attributes, without what takes over parts of the site."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words("area base br col embed hr img input link meta source track wbr")
"""Elements without content."""

ADDRESSES = {
    ("a", "href"), ("area", "href"), ("img", "src"), ("iframe", "src"), ("video", "src"), ("audio", "src"),
    ("source", "src"), ("track", "src"), ("video", "poster"), ("form", "action"), ("blockquote", "cite"),
    ("q", "cite"), ("del", "cite"), ("ins", "cite"), ("button", "formaction"), ("input", "formaction"),
}  # fmt: skip
"""Attributes whose value is an address."""

OPTIONAL_END = _words("body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr")
"""Elements that HTML lets be open or closed by what follows."""

_EVERYWHERE = _words(
    "align class dir hidden id itemid itemprop itemref itemscope itemtype lang markdown name part role "
    "slot spellcheck tabindex title translate valign width"
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
    "optgroup": "disabled label", "option": "disabled label selected value", "output": "for", "progress": "max value",
    "q": "cite", "select": "disabled multiple size", "source": "media sizes src srcset type",
    "table": "border cellpadding cellspacing summary", "td": "colspan headers rowspan nowrap bgcolor",
    "textarea": "cols disabled placeholder readonly rows",
    "th": "abbr colspan headers rowspan scope nowrap bgcolor", "time": "datetime",
    "track": "default kind label src srclang", "ul": "type",
    "video": "autoplay controls crossorigin height loop muted playsinline poster preload src",
    "xref": "href",
}  # fmt: skip
"""Elements with attributes of their own."""

_PLAIN_TAGS = _words(
    "abbr address article aside b bdi bdo big br caption center cite code dd dfn div dl dt em fieldset "
    "figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i kbd legend main map mark menu nav "
    "noscript p picture pre rp rt ruby s samp section small span strike strong sub summary sup tbody "
    "tfoot thead tr tt u var wbr"
)

_ALLOWED = dict.fromkeys(_PLAIN_TAGS, _EVERYWHERE) | {
    name: _EVERYWHERE | _words(own) for name, own in _TAGS.items()
}

_DRAWN = {
    "svg": "focusable height", "g": "", "rect": "height x y", "circle": "cx cy r", "line": "x1 x2 y1 y2",
    "text": "dx dy x y",
}  # fmt: skip
"""Elements of a drawing that load nothing, run nothing and lead nowhere. Templates may have them; pages may not."""

DRAWINGS = {name: _EVERYWHERE | _words(own) for name, own in _DRAWN.items()}

DANGEROUS = _words(
    "applet base body command dialog embed frame frameset head html link math meta noembed noframes "
    "object param plaintext script slot style svg template title xmp"
)
"""Elements that run something, load something or take the page apart."""

_DANGEROUS_ATTRIBUTES = _words("action background data formaction href ping src srcdoc style xlink:href")

_CLOBBERING = frozenset({"form", "iframe", "img"})
"""Elements whose name becomes a property of `document`, and hides the one that scripts look for there (HTML 3.1.6)."""

_RESERVED = re.compile(
    r"__(?:analytics|comments|config|consent|drawer|palette|search|settings|skip|source|toc"
    r"|(?:annotation|code|codelineno|md|mermaid|nav|palette|span|tabbed|tooltip2?)[_-][\w-]*)"
)
"""Ids that Material gives to elements, and by which its scripts and styles find them: the first of a name counts."""


def is_reserved_id(name: str) -> bool:
    return name.startswith("__") and _RESERVED.fullmatch(name) is not None


def is_known_tag(name: str) -> bool:
    return name in _ALLOWED


def is_harmless_attribute(name: str) -> bool:
    """Whether an attribute that nobody knows does nothing."""
    return not name.startswith("on") and name not in _DANGEROUS_ATTRIBUTES


def is_allowed_attribute(tag: str, name: str) -> bool:
    if name.startswith(("data-", "aria-")):
        return not name.startswith("data-md-")  # by which Material's scripts find its own parts
    if name == "name" and tag in _CLOBBERING:
        return False
    allowed = _ALLOWED.get(tag) or DRAWINGS.get(tag)
    return is_harmless_attribute(name) if allowed is None else name in allowed
