"""Pages that an earlier run, or another process, has parsed: each a brief, and a document where one is asked for."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b

from imagedocs.checks.briefs import Brief
from imagedocs.checks.records import from_bytes, read
from imagedocs.markdown.document import Document


class Pages(Mapping[str, Document]):
    """The documents by their site path, made of what was kept of them when they are looked at."""

    def __init__(self) -> None:
        self.briefs: dict[str, Brief] = {}
        self._kept: dict[str, bytes] = {}
        self._documents: dict[bytes, Document] = {}

    def add(self, place: str, brief: Brief, kept: bytes) -> None:
        self.briefs[place] = brief
        self._kept[place] = kept

    def digest(self, place: str) -> str:
        """A hash of what the page holds."""
        return blake2b(self._kept[place], digest_size=16).hexdigest()

    def __getitem__(self, place: str) -> Document:
        kept = self._kept[place]
        if kept not in self._documents:
            self._documents[kept] = read(Document, from_bytes(kept))
        return self._documents[kept]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
