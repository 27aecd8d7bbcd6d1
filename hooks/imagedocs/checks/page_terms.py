"""Do translated pages keep the terms of the glossary, compared with the pages that they translate?

What a page says is known in two ways: by its segments, which say which text translates which, alternative texts,
titles and HTML too; and by the texts of its document, which say where each word stands.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from imagedocs.checks.glossary import Passage, check_case, check_glossary, misspellings
from imagedocs.checks.site import Site
from imagedocs.checks.spelling import folded_names, may_misspell
from imagedocs.freshness import Pair, Segment, Translation
from imagedocs.locales import Glossary
from imagedocs.markdown import Document
from imagedocs.markdown.document import TextKind
from imagedocs.problems import Position, Problem


def check_page_terms(
    glossary: Glossary, site: Site, translations: Mapping[str, Sequence[Translation]]
) -> Iterator[Problem]:
    """Terms of the pages of `site`; `translations` are those of each locale, by its tag."""
    documents = {document.path: document for locale in site.locales for document in locale.documents.values()}
    translated = {page.path: (tag, page) for tag, pages in translations.items() for page in pages}
    yield from check_terms(glossary, documents, translated)


def check_terms(
    glossary: Glossary, documents: Mapping[str, Document], translated: Mapping[str, tuple[str, Translation]]
) -> Iterator[Problem]:
    """Terms of `documents`, by their paths; of these `translated` are translations, with their locale's tag.

    A segment whose source has changed since is asked only for the case of names: the terms of a sentence that is
    still to be translated are no mistakes of the translator's. Of a page without a pin nobody knows what in it
    translates what: a term that it has anywhere is taken to be right.
    """
    names = folded_names(kept.text for kept in glossary.kept if kept.has_own_case)
    for path, document in documents.items():
        tag, page = translated.get(path, ("", None))
        if page is not None and page.pairs:
            yield from _check_segments(glossary, tag, page.pairs, _passages(document, _SHOWN))
            continue
        source = documents.get(page.source) if page else None
        if source is not None and (translation := _passages(document)):
            texts = ["\n".join(each.text for each in own) for own in (_passages(source), translation)]
            yield from check_glossary(glossary, tag, texts[0], texts[1], translation[0].position)
        if may_misspell(document, names):
            yield from check_case(glossary, _passages(document))


_PROSE = frozenset({TextKind.PROSE})
_SHOWN = frozenset({TextKind.PROSE, TextKind.HTML})
"""With what may be code in HTML."""


def _passages(document: Document, kinds: frozenset[TextKind] = _PROSE) -> list[Passage]:
    """The texts of the page's own file."""
    return [
        Passage(text.content, text.position)
        for text in document.texts
        if text.kind in kinds and not text.included_from and not text.generated
    ]


def _check_segments(
    glossary: Glossary, tag: str, pairs: Sequence[Pair], passages: Sequence[Passage]
) -> Iterator[Problem]:
    starts = [_place(pair.translated) for pair in pairs]
    own: list[list[Passage]] = [[] for _ in pairs]
    for passage in passages:
        number = bisect_right(starts, (passage.position.line, passage.position.column)) - 1
        if number >= 0:
            own[number].append(passage)
    for pair, texts in zip(pairs, own, strict=True):
        prose = pair.translated.prose
        places = _places(prose, texts, pair.translated.position)
        source = pair.source.prose if pair.source else ()
        if len(source) == len(prose):
            for one, other, place in zip(source, prose, places, strict=True):
                yield from check_glossary(glossary, tag, one, other, place)
        elif source:
            yield from check_glossary(glossary, tag, "\n".join(source), "\n".join(prose), places[0])
        for text, place in zip(prose, places, strict=True):
            yield from _check_case(glossary, text, texts, place)


def _place(segment: Segment) -> tuple[int, int]:
    return segment.position.line, segment.position.column


def _places(prose: Sequence[str], passages: Sequence[Passage], start: Position) -> list[Position]:
    """Where each text of a segment begins, such as each cell of a row: at its first passage, if it has one."""
    places: list[Position] = []
    left = list(passages)
    for text in prose:
        begin = next((number for number, each in enumerate(left) if each.text.strip() in text), None)
        if begin is None:
            places.append(start)
            continue
        first, left = left[begin], left[begin:]
        places.append(first.position)
        while left and left[0].text.strip() in text:
            text = text.partition(left.pop(0).text.strip())[2]
    return places


def _check_case(
    glossary: Glossary, text: str, passages: Sequence[Passage], place: Position
) -> Iterator[Problem]:
    """Each misspelling of `text` where it stands in a passage; else, in an alternative text or HTML, at `place`."""
    left = list(misspellings(glossary, text))
    for passage in passages if left else ():
        for found in misspellings(glossary, passage.text):
            same = next((each for each in left if each.written == found.written), None)
            if same is not None:
                left.remove(same)
                there = passage.position
                yield found.problem(Position(there.path, there.line, there.column + found.offset))
    for found in left:
        yield found.problem(place)
