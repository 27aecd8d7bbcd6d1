"""What checks need of HTML files that authors put beside their pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from imagedocs.markdown.syntax.html import Tag, pieces

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
    ids: set[str] = set()
    refresh = ""
    for tag in pieces(text):
        if not isinstance(tag, Tag) or tag.closing:
            continue
        for name in ("id", "name") if tag.name == "a" else ("id",):
            attribute = tag.get(name)
            if attribute and attribute.value:
                ids.add(attribute.value)
        kind, content = tag.get("http-equiv"), tag.get("content")
        if tag.name == "meta" and kind and content and (kind.value or "").lower() == "refresh":
            match = _REFRESH.match(content.value or "")
            refresh = match[1].strip() if match else ""
    return StaticPage(frozenset(ids), refresh)
