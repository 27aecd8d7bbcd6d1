"""The ids of a page that was fetched."""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

_ID = re.compile(
    r"""(?<=[\s"'/])(?:id|name)\s{0,9}=\s{0,9}(?:"([^"<>]{0,400})"|'([^'<>]{0,400})'|([^\s"'=<>`]{1,400}))""",
    re.IGNORECASE,
)
_PREFIXES = ("", "user-content-")
"""GitHub puts this before the ids that authors write."""


def anchors_in(html: str) -> set[str]:
    found = (match[1] or match[2] or match[3] or "" for match in _ID.finditer(html))
    return {unicodedata.normalize("NFC", unescape(text)) for text in found}


def look_for(fragments: Iterable[str], html: str) -> dict[str, bool]:
    """Fragment → whether the page has it, as written or percent-decoded."""
    anchors = anchors_in(html)
    return {
        fragment: any(
            unicodedata.normalize("NFC", prefix + name) in anchors
            for prefix in _PREFIXES
            for name in (fragment, unquote(fragment))
        )
        for fragment in fragments
    }
