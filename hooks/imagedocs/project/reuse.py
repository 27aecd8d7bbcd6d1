"""Pages of an earlier build that need not be made again, because what they were made from is as it was.

What is parsed depends on the page's text, on the files that it takes in, and on what all pages of the locale have in
common: the files of the site, whose addresses links lead to, and the settings. Each page's `Trace` says which files
it took in and which it looked for in vain; all are looked at again before the page is taken from memory.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from imagedocs.cache.memory import Memory
from imagedocs.checks.briefs import Brief
from imagedocs.checks.records import from_bytes, to_bytes
from imagedocs.files.overlay import Overlay
from imagedocs.markdown import Fragments, Source
from imagedocs.markdown.fragments import Fragment
from imagedocs.markdown.sources import Destination
from imagedocs.project.inputs import digest_of
from imagedocs.project.keeping import Keeper, brief_fields

_PAGE, _DOCUMENT, _OUTPUT, _SEARCH, _INDEXED = "page", "document", "output", "search", "indexed"


@dataclass
class Trace:
    """The files around one page (`imagedocs.markdown.sources.Sources`), and which of them it asked for."""

    overlay: Overlay
    shared: Fragments
    found: dict[tuple[str, str], str | None] = field(default_factory=dict[tuple[str, str], str | None])
    """Target and the file that it is written in -> the file that it leads to."""
    taken: dict[str, None] = field(default_factory=dict[str, None])
    """Paths that were read."""

    @property
    def fragments(self) -> Fragments:
        return _TracedFragments(self)

    def find(self, target: str, base: str) -> str | None:
        """See `Sources.find`."""
        path = self.found[target, base] = self.overlay.find(target, base)
        return path

    def read(self, path: str) -> Source | None:
        """See `Sources.read`."""
        self.taken[path] = None
        return self.overlay.read(path)

    def locate(self, written: str, path: str, source: str, page: str) -> Destination:
        """See `Sources.locate`."""
        return self.overlay.locate(written, path, source, page)


class _TracedFragments(Fragments):
    def __init__(self, trace: Trace) -> None:
        super().__init__(trace)
        self._trace = trace

    def get(self, path: str, *, inline: bool) -> Fragment | None:
        self._trace.taken[path] = None
        return self._trace.shared.get(path, inline=inline)


@dataclass(frozen=True, slots=True)
class KeptPage:
    html: str
    toc: list[Any]
    title: str | None
    """The one that was found while the page was rendered."""
    brief: Brief | None
    """Of a page that is checked: not of one that a plugin has made."""
    document: bytes
    """As it is kept."""


@dataclass
class PageMemory:
    """What is remembered of a locale's pages."""

    memory: Memory
    overlay: Overlay
    common: str = ""
    """A hash of what all pages depend on."""
    keeper: Keeper | None = None
    """Where the written pages lie."""
    frame: str = ""
    """A hash of what all written pages depend on besides what is in them; empty when they cannot be reused."""
    outputs: dict[str, str] = field(default_factory=dict[str, str])
    """Of this build: path of a written page in the site -> hash of what it was written from."""
    taken: dict[str, str] = field(default_factory=dict[str, str])
    """Paths of pages that are written as they lie there, with the hashes of what they hold."""
    _digests: dict[str, str] = field(default_factory=dict[str, str])

    def find(self, place: str, key: str) -> KeptPage | None:
        """The page at the site path `place`."""
        key = digest_of(self.common, key)
        content, document = self.memory.get(_PAGE, place, key), self.memory.get(_DOCUMENT, place, key)
        if content is None or document is None:
            return None
        data: Any = from_bytes(content)
        if any(self.overlay.find(target, base) != path for target, base, path in data["found"]):
            return None
        if any(self._digest(path) != digest for path, digest in data["taken"]):
            return None
        return KeptPage(
            data["html"],
            data["toc"],
            data["title"],
            Brief(*data["brief"]) if data["brief"] else None,
            document,
        )

    def keep(self, place: str, key: str, page: KeptPage, trace: Trace) -> None:
        data = {
            "html": page.html,
            "toc": page.toc,
            "title": page.title,
            "brief": brief_fields(page.brief) if page.brief else None,
            "found": [(target, base, path) for (target, base), path in trace.found.items()],
            "taken": [(path, self._digest(path)) for path in trace.taken],
        }
        key = digest_of(self.common, key)
        self.memory.put(_PAGE, place, key, to_bytes(data))
        self.memory.put(_DOCUMENT, place, key, page.document)

    def output(self, path: str, key: str) -> str | None:
        """The page as it was written to `path`; remembers what it is written from this time."""
        self.outputs[path] = key
        digest = self.memory.get(_OUTPUT, path, key) if self.keeper else None
        text = self.keeper.text(digest.decode()) if self.keeper and digest else None
        if digest and text is not None:
            self.taken[path] = digest.decode()
        return text

    def search(self, place: str, *made_from: object) -> tuple[str, Any]:
        """The key of a page's entries in the index, and the entries, if they are known."""
        key = digest_of(*made_from)
        content = self.memory.get(_SEARCH, place, key)
        return key, None if content is None else from_bytes(content)

    def keep_search(self, place: str, key: str, entries: Any) -> None:
        self.memory.put(_SEARCH, place, key, to_bytes(entries))

    def indexed(self, page: str, made_from: object, make: Callable[[], str]) -> str:
        """What the index has of the page at an address: see `imagedocs.material.search.index.Remembered`."""
        key = digest_of(made_from)
        content = self.memory.get(_INDEXED, page, key)
        if content is None:
            content = make().encode("utf-8", "surrogatepass")
            self.memory.put(_INDEXED, page, key, content)
        return content.decode("utf-8", "surrogatepass")

    def save(self, files: Mapping[str, str]) -> None:
        """At the end: `files` has the hashes of the files of the site that is kept."""
        for path, key in self.outputs.items():
            if path in files:
                self.memory.put(_OUTPUT, path, key, files[path].encode())
        self.memory.save()

    def _digest(self, path: str) -> str:
        if path not in self._digests:
            source = self.overlay.read(path)
            said = [source.text, source.lines, [str(each) for each in source.problems]] if source else None
            self._digests[path] = digest_of(said)
        return self._digests[path]
