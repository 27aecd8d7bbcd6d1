"""Do translated pages keep the terms of the glossary, compared with the pages that they translate?

What a page says is known in two ways: by its segments, which say which text translates which, alternative texts,
titles and HTML too; and by the texts of its document, which say where each word stands.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from imagedocs.checks.glossary import check_case, check_glossary, misspellings
from imagedocs.checks.prose import Passage
from imagedocs.freshness import Match, Segment, Translation
from imagedocs.locales import Glossary
from imagedocs.problems import Position, Problem


def check_page_terms(
    glossary: Glossary,
    tag: str,
    page: Translation | None,
    source: Sequence[Passage],
    passages: Sequence[Passage],
) -> Iterator[Problem]:
    """Terms of one page, of which `passages` is the prose. A translation, `page`, into the language `tag` has that of
    its `source`, if that is known.

    A segment whose source has changed since is asked only for the case of names: the terms of a sentence that is
    still to be translated are no mistakes of the translator's. Of a page without a pin nobody knows what in it
    translates what: a term that it has anywhere is taken to be right.
    """
    if page is not None and page.matches:
        yield from _check_matches(glossary, tag, page.matches, passages)
        return
    sources, texts = ([each for each in all_ if not each.is_html] for all_ in (source, passages))
    if page is not None and sources and texts:
        one, other = ("\n".join(each.text for each in own) for own in (sources, texts))
        yield from check_glossary(glossary, tag, one, other, texts[0].position)
    yield from check_case(glossary, texts)


def _check_matches(
    glossary: Glossary, tag: str, matches: Sequence[Match], passages: Sequence[Passage]
) -> Iterator[Problem]:
    own = _by_segment([segment for match in matches for segment in match.translated], passages)
    for match in matches:
        texts = [text for segment in match.source for text in segment.prose]
        others = [text for segment in match.translated for text in segment.prose]
        places = [place for segment in match.translated for place in _places(segment, own[segment.position])]
        if len(match.source) == len(match.translated) == 1 and len(texts) == len(others):
            for one, other, place in zip(texts, others, places, strict=True):
                yield from check_glossary(glossary, tag, one, other, place)
        elif texts and others:
            yield from check_glossary(glossary, tag, "\n".join(texts), "\n".join(others), places[0])
        for segment in match.translated:
            here = own[segment.position]
            for text, place in zip(segment.prose, _places(segment, here), strict=True):
                yield from _check_case(glossary, text, here, place)


def _by_segment(
    segments: Sequence[Segment], passages: Sequence[Passage]
) -> defaultdict[Position, list[Passage]]:
    """The passages of each segment, by where it begins."""
    starts = sorted({segment.position for segment in segments})
    own = defaultdict[Position, list[Passage]](list)
    for passage in passages:
        number = bisect_right(starts, passage.position) - 1
        if number >= 0:
            own[starts[number]].append(passage)
    return own


def _places(segment: Segment, passages: Sequence[Passage]) -> list[Position]:
    """Where each text of a segment begins, such as each cell of a row: at its first passage, if it has one."""
    places: list[Position] = []
    left = list(passages)
    for text in segment.prose:
        begin = next((number for number, each in enumerate(left) if each.text.strip() in text), None)
        if begin is None:
            places.append(segment.position)
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
