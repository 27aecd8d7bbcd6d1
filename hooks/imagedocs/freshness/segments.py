"""The segments of a page: what a translator translates one by one, and what must not differ between languages.

They are made from the tokens that are rendered. Two segments are the same when a reader of the page would say
so: emphasis, targets of links, delimiters of shortcodes, white space, capitals and the shape of quotation marks
do not count; code counts to the letter.
"""

import posixpath
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from imagedocs.problems import Position


class Kind(StrEnum):
    """What a segment is."""

    TITLE = "title"
    """Of the front matter, as is the next."""
    DESCRIPTION = "description"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """The first paragraph of an item of a list."""
    TABLE = "table"
    """The header of a table."""
    ROW = "row"
    ALERT = "alert"
    """The box of an alert, by its kind; what stands in it are segments of their own."""
    CODE = "code"
    SNIPPET = "snippet"
    """A file that is shown as code."""
    INCLUDE = "include"


IDENTICAL = frozenset({Kind.CODE, Kind.SNIPPET, Kind.INCLUDE, Kind.ALERT})
"""Kinds that are the same in every language."""

CODE_MARK = "\ufffc"
"""What stands in prose for what is no prose: code, and text that is not to be translated."""

_SHORTCODE = re.compile(r"\{\{[<%] ?/? ?[\w./-]{0,80}| ?/? ?[%>]\}\}")
_SHAPES = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00ad": "",
        "\u200b": "",
    }
)
_LOCALE_IN_ADDRESS = re.compile(r"(?<=/)[a-z]{2}-[a-z]{2,4}/", re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?:)?//(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True)
class Segment:
    kind: Kind
    text: str
    """As a reader sees it, on one line; code as it is written."""
    level: int = 0
    """Of a heading."""
    links: tuple[str, ...] = ()
    """What it leads to or shows, as `link docs/a.md` or `image media/x.png`: see `link_name`."""
    steps: int = 0
    """For an item of a numbered list, the number of that list on the page: its items have an order."""
    anchors: tuple[str, ...] = field(default=(), compare=False)
    """The ids by which links reach it; those of a page of now, not kept in versions."""
    prose: tuple[str, ...] = field(default=(), compare=False)
    """Its words, `CODE_MARK` in place of code in them; for a row of a table, those of each cell. Of a page of now
    too, and empty for code."""
    codes: tuple[str, ...] = field(default=(), compare=False)
    """The code within its text; likewise."""
    goals: tuple[str, ...] = field(default=(), compare=False)
    """The links, each with the section that it leads to; likewise."""
    marks: tuple[str, ...] = field(default=(), compare=False)
    """Text that is struck out, and boxes that are ticked; likewise."""
    position: Position = field(default=Position(""), compare=False)

    @cached_property
    def key(self) -> str:
        """A short hash, the same for segments that are the same."""
        kind = f"{self.kind}{self.level or ''}"
        return sha256(f"{kind}\n{self._compared}".encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def _compared(self) -> str:
        if self.kind in IDENTICAL:
            return self.text
        text = unicodedata.normalize("NFC", self.text).translate(_SHAPES)
        return " ".join(text.casefold().split())

    @property
    def group(self) -> tuple[Kind, str]:
        """What it is counted with: headings of a level, alerts of a kind, includes of a file."""
        if self.kind is Kind.HEADING:
            return self.kind, str(self.level)
        if self.kind in (Kind.ALERT, Kind.SNIPPET, Kind.INCLUDE):
            return self.kind, self.text
        return self.kind, ""


def fingerprint(segments: Sequence[Segment]) -> str:
    """A hash of a whole page."""
    return sha256("\n".join(segment.key for segment in segments).encode()).hexdigest()[:16]


def plain(text: str) -> str:
    """Prose on one line, without the delimiters and names of shortcodes."""
    text = " ".join(text.split())
    return " ".join(_SHORTCODE.sub(" ", text).split()) if "{{" in text or "}}" in text else text


def link_name(kind: str, target: str, path: str) -> str:
    """How a link to `target` in the file `path` is told from others, in whatever language the page is.

    A file is named from the folder of its language on, an address without its scheme and the language in it.
    """
    address, _, _ = target.partition("#")
    address = address.replace("\\", "/")
    if not address:
        return f"{kind} #"
    if _SCHEME.match(address) or address.startswith("/") or ":" in address.partition("/")[0]:
        address = _LOCALE_IN_ADDRESS.sub("", _SCHEME.sub("", address, count=1), count=1)
        return f"{kind} {address.rstrip('/').lower()}"
    if kind == "image":
        return f"{kind} {posixpath.basename(address)}"
    if address.startswith("~/"):
        return f"{kind} {address[2:]}"
    folder = posixpath.dirname(within_locale(path))
    return f"{kind} {posixpath.normpath(posixpath.join(folder, address))}"


def goal_name(target: str, path: str) -> str:
    """Return the name of a link to `target`, with the section of the page: `link docs/a.md#section`."""
    name = link_name("link", target, path)
    section = target.partition("#")[2]
    return f"{name.removesuffix('#')}#{section}" if section else name


def link_kind(name: str) -> str:
    return name.partition(" ")[0]


def within_locale(path: str) -> str:
    """`docs/es/a/b.md` -> `docs/a/b.md`: what is the same in every language."""
    parts = path.split("/")
    return "/".join((*parts[:1], *parts[2:])) if parts[0] == "docs" else path
