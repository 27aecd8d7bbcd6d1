"""Write feeds in the Atom format (RFC 4287).

The standard library writes the XML. `feedgen`, the library for feeds, needs lxml (12 MB) for the same few elements, and
writes its own version into each feed, so that an update of it would change all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from html import escape
from typing import Final
from xml.etree import ElementTree

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
TYPE: Final = "application/atom+xml"
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that documents can't have (XML 1.0, 2.2; RFC 5545, 3.1), or that show nothing."""
_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Entry:
    """Entry of a feed."""

    id: str
    """IRI that no other entry ever has, and that this one keeps for ever."""
    title: str
    moment: datetime
    """When it was published, in UTC. No other entry of the feed has the same; see `moments`."""
    address: str
    """Address of the page about it."""
    paragraphs: tuple[str, ...]
    """What it says, as HTML without the element of the paragraph."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Feed with at least one entry."""

    id: str
    title: str
    author: str
    language: str
    """Tag of the language (BCP 47)."""
    address: str
    """Address of the feed itself."""
    page: str
    """Address of the page for people about the same."""
    entries: tuple[Entry, ...]


def moments(events: Iterable[tuple[str, date]]) -> dict[str, datetime]:
    """Return the moment of each event, from pairs of its id and its day.

    Readers of feeds tell entries of a day apart by the time (and the W3C's validator warns of equal ones). The time
    follows from the id, so that it stays when the day gets another event, and it is in the first hour of the day: an
    entry of today is not one of the future.
    """
    found: dict[str, datetime] = {}
    taken = set[datetime]()
    for name, day in sorted(events, key=lambda event: (event[1], event[0])):
        second = int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) % _SECONDS
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        while moment + timedelta(seconds=second) in taken:
            second += 1
        found[name] = moment + timedelta(seconds=second)
        taken.add(found[name])
    return found


def linked_html(address: str, text: str) -> str:
    """Return a link to an absolute address as HTML."""
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def on_one_line(text: str) -> str:
    """Return a text on one line, without the characters that feeds and calendars can't have."""
    return " ".join(_NOT_TEXT.sub("", text).split())


def render_feed(feed: Feed) -> bytes:
    """Return the feed as XML, with the newest entry first. The same feed gives the same bytes."""
    entries = sorted(feed.entries, key=lambda entry: entry.moment, reverse=True)
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _time(entries[0].moment))
    _add(root, "link", rel="self", type=TYPE, href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", hreflang=feed.language, href=feed.page)
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "generator", "imagedocs")
    for entry in entries:
        element = _add(root, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "published", _time(entry.moment))
        _add(element, "updated", _time(entry.moment))
        _add(element, "link", rel="alternate", type="text/html", hreflang=feed.language, href=entry.address)
        _add(element, "content", "".join(f"<p>{each}</p>" for each in entry.paragraphs), type="html")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(
        parent, name, {key: on_one_line(value) for key, value in attributes.items()}
    )
    if text:
        element.text = on_one_line(text)
    return element


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
