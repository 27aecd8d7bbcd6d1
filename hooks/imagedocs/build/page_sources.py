"""Say which sources a built page uses, in the words of a Content-Security-Policy (https://www.w3.org/TR/CSP3/)."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import unescape
from urllib.parse import urlsplit

from imagedocs.material.requests import requested_by_scripts

SELF = "'self'"
Sources = Mapping[str, set[str]]
"""Directive -> the sources that it has to allow."""
_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")
"""Types of scripts that are run; what has another type is data."""
_QUOTED = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*"
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_LOADS = {
    ("audio", "src"): "media-src",
    ("embed", "src"): "object-src",
    ("frame", "src"): "frame-src",
    ("iframe", "src"): "frame-src",
    ("image", "href"): "img-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("input", "src"): "img-src",
    ("object", "data"): "object-src",
    ("source", "srcset"): "img-src",
    ("source", "src"): "media-src",
    ("track", "src"): "media-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
    ("form", "action"): "form-action",
    ("script", "src"): "script-src",
}
"""Element and attribute with an address -> directive that allows it."""


def _elements(names: str) -> re.Pattern[str]:
    return re.compile(
        rf"<!--.*?-->|<(?P<raw>script|style)\b(?P<of_raw>{_QUOTED})>(?P<text>.*?)</(?P=raw)\s*>"
        rf"|<(?P<name>{names})\b(?P<of>{_QUOTED})>",
        re.IGNORECASE | re.DOTALL,
    )


_LOADING = _elements("|".join(sorted({"link", *(name for name, _ in _LOADS)})))
_ANY = _elements("[a-z][a-z0-9-]*")
_IN_ANY = re.compile(r"\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)
"""Attributes that every element may have."""
_LINKS = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "manifest": "manifest-src",
}
"""Type of a link -> directive that allows what it leads to."""
_CSS_ADDRESS = re.compile(
    r"(@import\s+)?(?:url\(\s*['\"]?|(?<=@import )['\"])((?:https?:)?//[^'\")\s]+)", re.IGNORECASE
)


def sources_of_html(html: str, base_url: str) -> Sources:
    """Return what a page uses besides the files of the site at `base_url`."""
    found: dict[str, set[str]] = {}
    for directive, source in _used(html, base_url):
        found.setdefault(directive, set()).add(source)
    return found


def sources_of_css(css: str, base_url: str) -> Sources:
    """Return what a style sheet uses besides the files of the site: other style sheets, fonts and pictures."""
    found: dict[str, set[str]] = {}
    for match in _CSS_ADDRESS.finditer(css):
        for directive in ("style-src",) if match[1] else ("img-src", "font-src"):
            for source in _source(match[2], base_url):
                found.setdefault(directive, set()).add(source)
    return found


def _used(html: str, base_url: str) -> Iterator[tuple[str, str]]:
    for address in requested_by_scripts(html):
        yield "connect-src", address
    for match in (_ANY if _IN_ANY.search(html) else _LOADING).finditer(html):
        name = (match["raw"] or match["name"] or "").lower()
        if not name:
            continue
        attributes = _attributes(match["of_raw"] or match["of"] or "")
        if name == "style":
            yield "style-src", _hash(match["text"])
        elif name == "script" and "src" not in attributes:
            if attributes.get("type", "").strip().lower() in _SCRIPT_TYPES:
                yield "script-src", _hash(match["text"])
            continue
        for attribute, value in attributes.items():
            if attribute == "style" and value.strip():
                yield "style-src-attr", "'unsafe-hashes'"
                yield "style-src-attr", _hash(value)
            elif attribute.startswith("on") and value.strip():
                yield "script-src-attr", "'unsafe-hashes'"
                yield "script-src-attr", _hash(value)
        yield from _loaded(name, attributes, base_url)


def _loaded(name: str, attributes: Mapping[str, str], base_url: str) -> Iterator[tuple[str, str]]:
    """Yield what an element makes a browser load."""
    for attribute, value in attributes.items():
        directive = _LOADS.get((name, attribute.rpartition(":")[2]))
        addresses = [part.split()[0] for part in value.split(",") if part.split()]
        for address in (addresses if attribute == "srcset" else [value.strip()]) if directive else ():
            for source in _source(address, base_url):
                yield str(directive), source
    if name == "link":
        kinds = attributes.get("rel", "").lower().split()
        for source in _source(attributes.get("href", "").strip(), base_url):
            if "preconnect" in kinds and "crossorigin" in attributes:
                yield "font-src", source  # only fonts are fetched without asking who reads them
            for kind in kinds:
                if kind in _LINKS:
                    yield _LINKS[kind], source


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    return found


def _source(address: str, base_url: str) -> Iterator[str]:
    """Yield the source that allows an address; none for a file of the site itself."""
    parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
    if parts.scheme == "data":
        yield "data:"
    elif parts.scheme in ("http", "https") and parts.netloc:
        own = urlsplit(base_url)
        if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
            yield f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _hash(text: str) -> str:
    """Return the source that allows a text in a page; browsers read line endings as one character."""
    content = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    return f"'sha256-{b64encode(sha256(content).digest()).decode()}'"
