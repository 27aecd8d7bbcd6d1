"""Pages as they are kept from run to run and handed between processes: a summary, and the document for who asks."""

from collections.abc import Iterator, Mapping, Sequence

from imagedocs.checks.prose import Passage, prose_from_bytes
from imagedocs.checks.records import from_bytes, read
from imagedocs.checks.summaries import PageSummary
from imagedocs.markdown.document import Document


class Pages(Mapping[str, Document]):
    """Documents by their site path. A document is made from the bytes that were kept of it when it is looked at.

    These are a line with the document, and where terms are looked for, one with its prose.
    """

    def __init__(self) -> None:
        self.summaries: dict[str, PageSummary] = {}
        self._kept: dict[str, bytes] = {}
        self._documents: dict[bytes, Document] = {}

    def add(self, place: str, summary: PageSummary, kept: bytes) -> None:
        """Add the page at a site path, of which `kept` was kept."""
        self.summaries[place] = summary
        self._kept[place] = kept

    def drop(self, place: str) -> None:
        """Forget the page at a site path, if it is known."""
        self.summaries.pop(place, None)
        self._kept.pop(place, None)

    def kept(self, place: str) -> bytes:
        """Return the bytes that were kept of the page at a site path."""
        return self._kept[place]

    def in_order(self) -> "Pages":
        """Return the same pages in the order of their site paths."""
        pages = Pages()
        for place in sorted(self._kept):
            pages.add(place, self.summaries[place], self._kept[place])
        pages._documents = self._documents
        return pages

    def __getitem__(self, place: str) -> Document:
        kept = self._kept[place]
        if kept not in self._documents:
            self._documents[kept] = read(Document, from_bytes(kept.partition(b"\n")[0]))
        return self._documents[kept]

    def prose(self, place: str) -> Sequence[Passage]:
        """Return the prose that was kept with the page."""
        return prose_from_bytes(self.summaries[place].path, self._kept[place].partition(b"\n")[2])

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
