"""The musts of the Atom format (RFC 4287) and of tag URIs (RFC 4151), checked on the XML itself."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_TAG = re.compile(
    r"tag:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?,\d{4}(?:-\d\d(?:-\d\d)?)?:(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*"
)
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ONCE = ("id", "title", "updated")


def faults(content: bytes, address: str) -> list[str]:
    """Return everything in which the feed that is published at `address` isn't as the RFC demands."""
    return [*_faults(ElementTree.fromstring(content), address)]


def _faults(feed: ElementTree.Element, address: str) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield f"the document element is {feed.tag}"
    if not feed.get(LANGUAGE):
        yield "no xml:lang"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        yield from _of_element(element)
    authors = [name for author in feed.findall(f"{ATOM}author") for name in author.findall(f"{ATOM}name")]
    if not authors or not (authors[0].text or "").strip():
        yield "no author with a name (4.1.1)"
    selves = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if selves != [address]:
        yield f"self is {selves}, and the feed is at {address} (4.1.1)"
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    if moments != sorted(moments, reverse=True):
        yield "not the newest first"
    if len({*moments}) < len(moments):
        yield "two entries with one time"
    if feed.findtext(f"{ATOM}updated") != max(moments, default=""):
        yield "the time of the feed isn't that of its newest entry"
    ids = Counter(element.findtext(f"{ATOM}id") for element in (feed, *entries))
    yield from (f"two elements with the id {name} (4.1.1)" for name, count in ids.items() if count > 1)


def _of_element(element: ElementTree.Element) -> Iterator[str]:
    for name in _ONCE:
        if len(element.findall(f"{ATOM}{name}")) != 1:
            yield f"{element.tag} without exactly one {name} (4.1.1, 4.1.2)"
    for name in ("updated", "published"):
        for each in element.findall(f"{ATOM}{name}"):
            if not _DATE.fullmatch(each.text or ""):
                yield f"{each.text} is no date (3.3)"
    if not _TAG.fullmatch(element.findtext(f"{ATOM}id") or ""):
        yield f"{element.findtext(f'{ATOM}id')} is no tag URI"
    if not (element.findtext(f"{ATOM}title") or "").strip():
        yield "an empty title"
    links = element.findall(f"{ATOM}link")
    kinds = Counter((each.get("rel"), each.get("type"), each.get("hreflang")) for each in links)
    yield from (f"two links of the kind {kind} (4.1.1)" for kind, count in kinds.items() if count > 1)
    if not any(each.get("rel") == "alternate" for each in links):
        yield "no link to a page (4.1.1, 4.1.2)"
    yield from (
        f"{each.get('href')} is no address" for each in links if not _IRI.fullmatch(each.get("href") or "")
    )
    for content in element.findall(f"{ATOM}content"):
        if content.get("type") != "html" or len(content):
            yield "content of another type"
