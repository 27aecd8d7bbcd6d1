"""What checks need of HTML files that authors put beside their pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from imagedocs.html_documents import read_document

_REFRESH = re.compile(r"\s*[0-9.]+\s*[;,]?\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StaticPage:
    ids: frozenset[str]
    """What a fragment can name."""
    refresh: str
    """Where the page leads on to by itself, as it is written; empty when it stays."""


def static_pages(read: Callable[[str], str]) -> Callable[[str], StaticPage]:
    """A function that gives the page of a project file, each read once."""

    @cache
    def page(path: str) -> StaticPage:
        return read_static_page(read(path))

    return page


def read_static_page(text: str) -> StaticPage:
    document = read_document(text)
    refresh = ""
    for tag in document.elements():
        if tag.name == "meta" and tag.attributes.get("http-equiv", "").lower() == "refresh":
            match = _REFRESH.match(tag.attributes.get("content", ""))
            refresh = match[1].strip() if match else ""
    return StaticPage(document.anchors(), refresh)
