"""The pages at one place of the site, in all languages: read together, kept together.

A unit is made from the files at its place, and from those that these take in or are compared with. It keeps which
those were, so that it can be told whether it still holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from typing import Any, Protocol

from imagedocs.checks.briefs import Brief, brief_of
from imagedocs.checks.mentions import condensed, speaks_of_images
from imagedocs.checks.records import from_bytes, read, read_all, to_bytes, write, write_all
from imagedocs.checks.spelling import folded_names, may_misspell
from imagedocs.files.overlay import Overlay
from imagedocs.judging.frame import Frame, LocaleFrame
from imagedocs.markdown.document import Document
from imagedocs.markdown.sources import Destination, Source
from imagedocs.problems import Problem


@dataclass(slots=True)
class Reads:
    """What a unit was made from, besides the files at its place."""

    finds: dict[tuple[str, str, str], str | None] = field(
        default_factory=dict[tuple[str, str, str], str | None]
    )
    """Tag, target and base of a search for a file -> what it found."""
    files: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Tag and path -> hash of the content."""


@dataclass(slots=True)
class Unit:
    pages: list[tuple[tuple[str, ...], Brief, bytes]]
    """For each page: the tags of the locales that show it, its brief, and what is kept of its document."""
    findings: tuple[Problem, ...]
    """What is wrong with translations and terms."""


class Authority(Protocol):
    """Answers what only those can who have read the whole project."""

    def findings(
        self, place: str, documents: Mapping[str, Document], reads: Reads, *, notes_versions: bool
    ) -> tuple[Problem, ...]:
        """What is wrong with translations and terms in the pages at a place, by their paths."""
        ...

    def strays(
        self, tag: str, is_in_unit: Callable[[str], bool], *, notes_versions: bool
    ) -> tuple[Problem, ...]:
        """What is wrong with the locale's translations that no unit has."""
        ...

    def images(self, document: Document) -> tuple[tuple[Problem, ...], tuple[int, ...]]:
        """What is wrong with the images that a page names, and the numbers of the allowances that it needs."""
        ...

    def why_absent(self, path: str) -> str:
        """See `Site.why_absent`."""
        ...

    def is_extra(self, file: str, folder: str) -> bool:
        """See `Site.is_extra`."""
        ...

    def versions(self, tag: str, path: str, text: str) -> frozenset[str] | None:
        """See `PageOptions.versions`."""
        ...

    def render(self, tag: str, path: str, text: str) -> Source:
        """The template at `path`, as the locale's pages take it in, or the page that is generated there."""
        ...


class Surveyor:
    """Makes units, and tells whether one that was kept still holds."""

    def __init__(self, frame: Frame, overlays: Mapping[str, Overlay], authority: Authority) -> None:
        self.frame = frame
        self.overlays = overlays
        self.authority = authority
        self._names = folded_names(frame.names)
        self._fragments: dict[str, Any] = {}
        tree = next(iter(overlays.values())).tree
        self._sources = frozenset(tree.walk(f"docs/{frame.default}"))
        self._rendered = {
            (locale.tag, rendered.path): hash_of(to_bytes(write(rendered)))
            for locale in frame.locales
            for rendered in locale.rendered
        }

    def key(self, place: str) -> str:
        """Says what the files at the place hold."""
        parts = [self.frame.context]
        for locale in self.frame.locales:
            path = locale.files.get(place, "")
            parts += (locale.context, path, self.overlays[locale.tag].digest(path) if path else "")
        return "\n".join(parts)

    def digest(self, tag: str, path: str) -> str:
        """Of a file as the locale's pages take it in."""
        return self._rendered.get((tag, path)) or self.overlays[tag].digest(path)

    def holds(self, front: Any) -> bool:
        """Whether what the unit was made from is still what it was."""
        finds, files = front[:2]
        return all(
            self.overlays[tag].find(target, base) == found for tag, target, base, found in finds
        ) and all(self.digest(tag, path) == known for tag, path, known in files)

    def make(self, place: str) -> bytes:
        """The unit at a place, as it is kept: a line that says what all are asked, and one for each document."""
        from imagedocs.markdown.page import parse
        from imagedocs.markdown.sheet import PageOptions

        reads = Reads()
        found: dict[tuple[str, str], tuple[list[str], Document]] = {}
        for locale in self.frame.locales:
            path = locale.files.get(place)
            if path is None:
                continue
            if (path, locale.context) in found:
                found[path, locale.context][0].append(locale.tag)
                continue
            overlay = self.overlays[locale.tag]
            witness = _Witness(overlay, locale.tag, reads, self.digest)
            options = PageOptions(
                alerts=locale.alerts,
                publisher=locale.publisher,
                learn_locale=locale.learn_locale,
                xrefs=locale.xrefs,
                former=frozenset(locale.former),
                right_to_left=locale.right_to_left,
                versions=partial(self.authority.versions, locale.tag) if locale.has_versions else None,
            )
            source = overlay.read(path) or Source(path, "")
            parsed = parse(source, witness, page=options, fragments=self._fragments_of(locale))
            document = with_problems(parsed.document, source)
            witness.note_includes(document)
            # What takes something in, or names it from the docs folder, reads otherwise in another language.
            own = "" if not witness.has_looked else locale.tag
            found[path, locale.context + own] = ([locale.tag], document)
        documents = {path: document for (path, _), (_, document) in found.items()}
        pages: list[Any] = []
        lines: list[bytes] = []
        hosts, portal = self.frame.hosts, self.frame.portal
        for tags, document in found.values():
            small = condensed(document, hosts, portal)
            names_images = speaks_of_images(small, hosts, portal)
            lines.append(to_bytes(write(small)))
            pages.append((tags, write(brief_of(small, names_images=names_images))))
        findings: tuple[Problem, ...] = ()
        if self._may_find(place, documents):
            notes_versions = self.frame.notes_versions
            findings = self.authority.findings(place, documents, reads, notes_versions=notes_versions)
        front = to_bytes(
            (
                [(*search, path) for search, path in reads.finds.items()],
                [(*file, digest) for file, digest in reads.files.items()],
                pages,
                write_all(findings),
            )
        )
        return b"\n".join((front, *lines))

    def _fragments_of(self, locale: LocaleFrame) -> Any:
        from imagedocs.markdown.inclusion import Fragments

        if locale.tag not in self._fragments:
            self._fragments[locale.tag] = Fragments(self.overlays[locale.tag], locale.alerts)
        return self._fragments[locale.tag]

    def is_in_unit(self, tag: str, path: str) -> bool:
        """Whether it is a page of the locale's own and has a source, with which its unit compares it."""
        home = f"docs/{tag}/"
        return path.startswith(home) and f"docs/{self.frame.default}/{path[len(home) :]}" in self._sources

    def _may_find(self, place: str, documents: Mapping[str, Document]) -> bool:
        """Whether the authority is to be asked about translations and terms; it costs much to come by."""
        for locale in self.frame.locales:
            if locale.is_translated and self.is_in_unit(locale.tag, locale.files.get(place, "")):
                return True
        return any(may_misspell(document, self._names) for document in documents.values())


def hash_of(*parts: bytes) -> str:
    return blake2b(b"\0".join(parts), digest_size=16).hexdigest()


def with_problems(document: Document, source: Source) -> Document:
    """The document with the problems of reading its file."""
    return replace(document, problems=(*document.problems, *source.problems)) if source.problems else document


def front_of(unit: bytes) -> Any:
    return from_bytes(unit.partition(b"\n")[0])


def unit_of(front: Any, unit: bytes) -> Unit:
    _, _, pages, findings = front
    lines = unit.split(b"\n")[1:]
    return Unit(
        [(tuple(tags), read(Brief, brief), line) for (tags, brief), line in zip(pages, lines, strict=True)],
        read_all(Problem, findings),
    )


class _Witness:
    """The files around a page, noting which the page asks for."""

    def __init__(self, overlay: Overlay, tag: str, reads: Reads, digest: Callable[[str, str], str]) -> None:
        self._overlay = overlay
        self._tag = tag
        self._reads = reads
        self._digest = digest
        self.has_looked = False

    def find(self, target: str, base: str) -> str | None:
        self.has_looked = True
        found = self._overlay.find(target, base)
        self._reads.finds[self._tag, target, base] = found
        return found

    def read(self, path: str) -> Source | None:
        self._note(path)
        return self._overlay.read(path)

    def locate(self, written: str, path: str, source: str, page: str) -> Destination:
        return self._overlay.locate(written, path, source, page)

    def note_includes(self, document: Document) -> None:
        """Those of other pages' too are read once for all."""
        for include in document.includes:
            if include.path is not None:
                self._note(include.path)

    def _note(self, path: str) -> None:
        self._reads.files[self._tag, path] = self._digest(self._tag, path)
