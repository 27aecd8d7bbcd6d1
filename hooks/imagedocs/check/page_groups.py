"""Parse and keep the pages at one site path together, in all languages.

A page that includes nothing reads the same in every language that shows it, so it is parsed once for all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from imagedocs.check.facts import LocaleFacts, ProjectFacts
from imagedocs.checks.condensing import keep_page, with_problems
from imagedocs.checks.records import from_bytes, read, to_bytes, write
from imagedocs.checks.summaries import PageSummary
from imagedocs.files.overlay import Overlay, overlay_answerers
from imagedocs.incremental.cache import Cache
from imagedocs.incremental.reads import digest_of_bytes, recording
from imagedocs.markdown.document import Document
from imagedocs.markdown.options import DocumentOptions, PageOptions
from imagedocs.markdown.sources import Source

if TYPE_CHECKING:
    from imagedocs.markdown.inclusion import Fragments

DERIVED = frozenset({"find", "source"})
"""Kinds of questions that parsing asks: which file a target leads to, and what a file holds."""


@dataclass(slots=True)
class PageGroup:
    """Pages at one site path."""

    pages: Sequence[tuple[frozenset[str], PageSummary, bytes]]
    """Tags of the locales that show a page, its summary, and its condensed document, for each page."""


class PageParser:
    """Parser of pages as their locales read them, which reuses what an earlier run has parsed."""

    def __init__(self, facts: ProjectFacts, overlays: Mapping[str, Overlay], cache: Cache) -> None:
        self._facts = facts
        self._overlays = overlays
        self._cache = cache
        self._fragments: dict[str, Fragments] = {}
        self._options: dict[str, PageOptions] = {}
        self._given = digest_of_bytes(to_bytes((facts.hosts, facts.portal, facts.names)))
        cache.answer_by(overlay_answerers(overlays.get))

    def is_kept(self, place: str) -> bool:
        """Return whether an earlier run has parsed the same pages."""
        return self._cache.find("pages", place, self._arguments(place)) is not None

    def group(self, place: str) -> PageGroup:
        """Return the pages at a site path."""
        kept = self._cache.cached(
            "pages", place, lambda: self._parse_all(place), self._arguments(place), DERIVED
        )
        first, *lines = kept.split(b"\n")
        listed: list[tuple[list[str], Any]] = from_bytes(first)
        size = len(lines) // len(listed) if listed else 0
        return PageGroup(
            [
                (frozenset(tags), read(PageSummary, summary), b"\n".join(lines[n * size : (n + 1) * size]))
                for n, (tags, summary) in enumerate(listed)
            ]
        )

    def _arguments(self, place: str) -> str:
        """Return a hash of everything besides files that decides how the pages are read."""
        locales = [(each.context, each.files.get(place, "")) for each in self._facts.locales]
        return digest_of_bytes(repr((self._given, locales)).encode("utf-8", "surrogatepass"))

    def _parse_all(self, place: str) -> bytes:
        """Parse the pages at a site path. Return a line that lists them, and the lines that are kept of each."""
        found: dict[tuple[str, str, str], tuple[list[str], Document]] = {}
        for locale in self._facts.locales:
            path = locale.files.get(place)
            if path is None:
                continue
            if (path, locale.context, "") in found:
                found[path, locale.context, ""][0].append(locale.tag)
                continue
            with recording(DERIVED) as reads:
                document = self._parse(locale, path)
            # A page that includes a file, or names one from the docs folder, may find another file in another language.
            asks_more = any(kind == "find" for kind, _ in reads.answers)
            found[path, locale.context, locale.tag if asks_more else ""] = ([locale.tag], document)
        listed: list[Any] = []
        lines: list[bytes] = []
        for tags, document in found.values():
            summary, kept = keep_page(document, self._facts.hosts, self._facts.portal, self._facts.names)
            listed.append((tags, write(summary)))
            lines.append(kept)
        return b"\n".join((to_bytes(listed), *lines))

    def _parse(self, locale: LocaleFacts, path: str) -> Document:
        from imagedocs.markdown.page import parse

        overlay = self._overlays[locale.tag]
        source = overlay.read(path) or Source(path, "")
        if locale.tag not in self._options:
            self._options[locale.tag] = _options(locale)
        options = self._options[locale.tag]
        parsed = parse(source, overlay, page=options, fragments=self._fragments_of(locale))
        return with_problems(parsed.document, source)

    def _fragments_of(self, locale: LocaleFacts) -> "Fragments":
        from imagedocs.markdown.inclusion import Fragments

        if locale.tag not in self._fragments:
            self._fragments[locale.tag] = Fragments(self._overlays[locale.tag], locale.options.alerts)
        return self._fragments[locale.tag]


def _options(locale: LocaleFacts) -> PageOptions:
    """Return the options with which a locale's pages are parsed for the checks."""
    values = {each.name: getattr(locale.options, each.name) for each in fields(DocumentOptions)}
    return PageOptions(**values)
