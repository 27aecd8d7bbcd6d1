"""Keep pages between builds, and reuse them while everything that they were made from is the same.

A page is made in two steps, each kept by itself: it is rendered from Markdown, and written with the theme's template.
The page's entries in the search index and the document that the checks need are kept with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from imagedocs.build.site_store import SiteStore, summary_fields
from imagedocs.checks.records import from_bytes, to_bytes
from imagedocs.checks.summaries import PageSummary
from imagedocs.incremental.cache import Cache, Made, make
from imagedocs.incremental.reads import digest_of

_PAGE, _DOCUMENT, _OUTPUT, _SEARCH, _INDEXED = "page", "document", "output", "search", "indexed"
_TEXT = "text"
_DERIVED = frozenset({"find", "source"})
"""Kinds of questions that a page records as they are asked: which file a link leads to, and what an included file
says."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """Page that was rendered from Markdown."""

    html: str
    toc: list[Any]
    title: str | None
    """Title that was found while the page was rendered."""
    summary: PageSummary | None
    """Summary for the checks; `None` for a page that a plugin has made, which isn't checked."""
    document: bytes
    """Document of the page, as `Pages` keeps it."""
    is_silent: bool = True
    """True if rendering logged no warning; a page with warnings is rendered in every build, so that each build logs
    them."""


@dataclass
class PageCache:
    """Pages of one locale, from earlier builds and of this one."""

    cache: Cache
    store: SiteStore
    """Store of the written pages."""
    common: str
    """Hash of everything that all pages depend on besides what each asks for."""
    theme: str = ""
    """Hash of everything that all written pages depend on besides what each asks for; empty when they can't be
    reused."""
    reused: dict[str, str] = field(default_factory=dict[str, str])
    """Path in the site of each page that is taken from an earlier build -> hash of its content."""
    _written: dict[str, tuple[str, Made]] = field(default_factory=dict[str, tuple[str, Made]])
    """Path in the site of each page that is written in this build -> hash of the values that the template was given,
    and the questions that it asked."""

    def rendered(self, place: str, given: str, render: Callable[[], RenderedPage]) -> RenderedPage | None:
        """Return the page at a site path as an earlier build has rendered it from `given`. If there is none, call
        `render`, keep the page, and return `None`."""
        given = digest_of(self.common, given)
        content = self.cache.find(_PAGE, place, given)
        document = self.cache.find(_DOCUMENT, place, given) if content is not None else None
        if content is not None and document is not None:
            data: Any = from_bytes(content)
            summary = PageSummary(*data["summary"]) if data["summary"] else None
            return RenderedPage(data["html"], data["toc"], data["title"], summary, document)
        pages: list[RenderedPage] = []

        def rendered_bytes() -> bytes:
            page = render()
            pages.append(page)
            summary = summary_fields(page.summary) if page.summary else None
            return to_bytes({"html": page.html, "toc": page.toc, "title": page.title, "summary": summary})

        made = make(rendered_bytes, _DERIVED)
        if pages[0].is_silent:
            self.cache.keep(_PAGE, place, made, given)
            self.cache.keep(_DOCUMENT, place, Made(pages[0].document, {}), given)
        return None

    def written(self, path: str, given: str, write: Callable[[], str]) -> str:
        """Return the page that is written to `path` in the site, made by `write` from `given` and from what it asks
        for."""
        given = digest_of(self.common, self.theme, given)
        digest = self.cache.find(_OUTPUT, path, given)
        text = self.store.text(digest.decode()) if digest else None
        if digest and text is not None:
            self.reused[path] = digest.decode()
            return text
        texts: list[str] = []

        def written_bytes() -> bytes:
            texts.append(write())
            return b""

        self._written[path] = given, make(written_bytes)
        return texts[0]

    def search_entries(self, place: str, given: str, call: Callable[[], Any]) -> Any:
        """Return a page's entries in the search index, made by `call` from `given`."""
        return from_bytes(self.cache.cached(_SEARCH, place, lambda: to_bytes(call()), given))

    def text(self, place: str, given: str, call: Callable[[], bytes]) -> bytes:
        """Return a page as plain text, made by `call` from `given`."""
        return self.cache.cached(_TEXT, place, call, given)

    def indexed(self, page: str, made_from: object, call: Callable[[], str]) -> str:
        """Return the text of a page in the index: see `imagedocs.material.search.index.Remembered`."""
        content = self.cache.cached(
            _INDEXED, page, lambda: call().encode("utf-8", "surrogatepass"), digest_of(made_from)
        )
        return content.decode("utf-8", "surrogatepass")

    def save(self, files: Mapping[str, str]) -> None:
        """Keep everything for the next build. `files` has the hash of each file of the site that is kept."""
        for path, (given, made) in self._written.items():
            if path in files:
                self.cache.keep(_OUTPUT, path, Made(files[path].encode(), made.answers), given)
        self.cache.save()
