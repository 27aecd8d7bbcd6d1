"""What the head of a page says of it to programs that show links to it, and to search engines.

Programs that show links read Open Graph (https://ogp.me), search engines read JSON-LD in the words of
https://schema.org. Both are made from what the project says. What it doesn't say is left out: no dates of files,
authors or ratings are made up.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
PNG_HEAD = len(_PNG) + 8
"""Number of bytes at the beginning of a PNG file that say how large the picture is."""


@dataclass(frozen=True, slots=True)
class Card:
    """Picture that is shown with links to pages of the site."""

    address: str
    width: int
    height: int
    alt: str
    """Description of it; empty when nobody gives one."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """Page on the way to another one."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Head:
    """Statements about a page for other programs. All texts are plain."""

    title: str
    description: str
    """Empty when the page has none."""
    address: str
    """Address of the page; of one that is shown in another language, the address there. Empty when the site has no
    address."""
    site: str
    """Name of the site."""
    card: Card | None = None
    is_home: bool = False
    """True for the first page of a language."""

    @property
    def kind(self) -> str:
        """Type of the page in Open Graph."""
        return "website" if self.is_home else "article"


def linked_data(head: Head, language: str, home: str, modified: date | None, path: Sequence[Crumb]) -> Markup:
    """Return the JSON-LD of a page, in a form that can't end the element `script` in which it stands.

    `home` is the address of the first page in its language, `modified` the day that the page gives as that of its
    text, and `path` has the pages above it, the first one first. Addresses may be empty.
    """
    site = _known({"@type": "WebSite", "name": head.site, "url": home, "inLanguage": language})
    if head.is_home:
        return _json({"@context": "https://schema.org", **site, **_known({"description": head.description})})
    article = _known(
        {
            "@type": "TechArticle",
            "headline": head.title,
            "description": head.description,
            "inLanguage": language,
            "url": head.address,
            "dateModified": modified.isoformat() if modified else "",
            "image": head.card.address if head.card else "",
        }
    )
    graph = [{**article, "isPartOf": site}]
    steps = [*path, Crumb(head.title, head.address)]
    if len(steps) > 1 and all(step.address for step in steps):
        places = [
            {"@type": "ListItem", "position": number, "name": step.title, "item": step.address}
            for number, step in enumerate(steps, 1)
        ]
        graph.append({"@type": "BreadcrumbList", "itemListElement": places})
    return _json({"@context": "https://schema.org", "@graph": graph})


def _known(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def _json(values: object) -> Markup:
    return htmlsafe_json_dumps(values, ensure_ascii=False, separators=(",", ":"))


def size_of_png(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG file that begins with `content`; `None` if it is none."""
    if len(content) < PNG_HEAD or not content.startswith(_PNG):
        return None
    width, height = struct.unpack(">II", content[len(_PNG) : PNG_HEAD])
    return (width, height) if width and height else None
