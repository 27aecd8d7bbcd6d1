"""The tags of a list, kept as the bytes they came in: a repository may have a hundred thousand."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from imagedocs.references import is_tag
from imagedocs.registry.bodies import read_object
from imagedocs.registry.headers import UnreadableError

_TAG = rb'"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,127}"'
_NAME = rb'"[ !#-\[\]-~]*"'
_PLAIN_LIST = re.compile(
    rb'[ \t\r\n]*\{[ \t\r\n]*(?:"name"[ \t\r\n]*:[ \t\r\n]*%b[ \t\r\n]*,[ \t\r\n]*)?"tags"[ \t\r\n]*:[ \t\r\n]*\['
    rb"([ \t\r\n]*%b(?:[ \t\r\n]*,[ \t\r\n]*%b)*+)[ \t\r\n]*\][ \t\r\n]*\}[ \t\r\n]*" % (_NAME, _TAG, _TAG)
)
"""What registries answer that have nothing to hide. Whatever else is JSON goes through the parser."""
_QUOTED = re.compile(rb'"([^"]+)"')


class Tags(Collection[str]):
    """Well-formed tags in the registry's order, some perhaps more than once."""

    def __init__(self) -> None:
        self._pages: list[tuple[bytes, int, int]] = []
        """A text with tags in double quotes, and the part of it that counts."""

    def add_page(self, body: bytes) -> int:
        """Add what one answer lists; how many of its entries are no tags. Raises UnreadableError."""
        plain = _PLAIN_LIST.fullmatch(body)
        if plain:
            self._pages.append((body, *plain.span(1)))
            return 0
        entries = _read_entries(body)
        good = [entry for entry in entries if isinstance(entry, str) and is_tag(entry)]
        self.add(good)
        return len(entries) - len(good)

    def add(self, tags: Iterable[str]) -> None:
        text = ",".join(f'"{tag}"' for tag in tags).encode("ascii")
        self._pages.append((text, 0, len(text)))

    def __iter__(self) -> Iterator[str]:
        for text, start, end in self._pages:
            for match in _QUOTED.finditer(text, start, end):
                yield match[1].decode("ascii")

    def __contains__(self, tag: object) -> bool:
        if not isinstance(tag, str) or not is_tag(tag):
            return False
        quoted = f'"{tag}"'.encode("ascii")
        return any(text.find(quoted, start, end) >= 0 for text, start, end in self._pages)

    def __len__(self) -> int:
        return sum(text.count(b'"', start, end) for text, start, end in self._pages) // 2


def _read_entries(body: bytes) -> list[object]:
    document = read_object(body)
    if "tags" not in document:
        raise UnreadableError('the answer has no "tags"')
    entries = document["tags"]
    if entries is None:  # what Distribution says of a repository whose tags are all deleted
        return []
    if not isinstance(entries, list):
        raise UnreadableError('"tags" is not a list')
    return cast("list[object]", entries)
