"""Pages that an earlier run, or another process, has parsed: each a brief, and a document where one is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from imagedocs.checks.briefs import Brief
from imagedocs.checks.prose import Passage
from imagedocs.checks.records import from_bytes, read, read_all
from imagedocs.markdown.document import Document


class Pages(Mapping[str, Document]):
    """The documents by their site path, made of what was kept of them when they are looked at.

    Kept is a line with the document, behind which there may be one with its prose.
    """

    def __init__(self) -> None:
        self.briefs: dict[str, Brief] = {}
        self._kept: dict[str, bytes] = {}
        self._documents: dict[bytes, Document] = {}

    def add(self, place: str, brief: Brief, kept: bytes) -> None:
        self.briefs[place] = brief
        self._kept[place] = kept

    def drop(self, place: str) -> None:
        """Forget the page at a site path, if it is known."""
        self.briefs.pop(place, None)
        self._kept.pop(place, None)

    def kept(self, place: str) -> bytes:
        return self._kept[place]

    def in_order(self) -> "Pages":
        """The same in the order of their places."""
        pages = Pages()
        for place in sorted(self._kept):
            pages.add(place, self.briefs[place], self._kept[place])
        pages._documents = self._documents
        return pages

    def digest(self, place: str) -> str:
        """A hash of what the page holds."""
        return blake2b(self._kept[place], digest_size=16).hexdigest()

    def __getitem__(self, place: str) -> Document:
        kept = self._kept[place]
        if kept not in self._documents:
            self._documents[kept] = read(Document, from_bytes(kept.partition(b"\n")[0]))
        return self._documents[kept]

    def prose(self, place: str) -> Sequence[Passage]:
        """That of a page with which it is kept."""
        return read_all(Passage, from_bytes(self._kept[place].partition(b"\n")[2]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
