"""The ids of a page that was fetched."""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

from imagedocs.html_documents import read_document

_ID = re.compile(
    r"""(?<=[\s"'/])(?:id|name)\s{0,9}=\s{0,9}"""
    r"""(?:"([^"<>]{0,400})"|'([^'<>]{0,400})'|\\"([^"\\<>]{0,400})\\"|([^\s"'=<>`\\]{1,400}))""",
    re.IGNORECASE,
)
"""An attribute of a tag inside a program's text, where its quotes may be escaped: GitHub's pages of files have their
headings there."""
_PREFIXES = ("", "user-content-")
"""GitHub puts this before the ids that authors write."""
_HEADING = re.compile(r"(?:<|\\u003c)(?:h[1-6]|dt|section|article|a name)\b", re.IGNORECASE)
"""A page without any is an empty frame that a program fills in the reader's browser."""


def anchors_in(html: str) -> set[str]:
    """Return the anchors of the page, with those that its programs may write."""
    document = read_document(html)
    written = (match for text in document.raw_texts for match in _ID.finditer(text))
    found = {unescape(next(filter(None, match.groups()), "")) for match in written}
    return {unicodedata.normalize("NFC", text) for text in found | document.anchors()}


def look_for(fragments: Iterable[str], html: str) -> dict[str, bool]:
    """Fragment → whether the page has it, as written or percent-decoded; nothing of a page that a program writes."""
    if not _HEADING.search(html):
        return {}
    anchors = anchors_in(html)
    return {
        fragment: any(
            unicodedata.normalize("NFC", prefix + name) in anchors
            for prefix in _PREFIXES
            for name in (fragment, unquote(fragment))
        )
        for fragment in fragments
    }
