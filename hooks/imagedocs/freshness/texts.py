"""Faults in the text of a translation: prose that is still the source's, other numbers, other links, a text cut short.

Only segments that surely belong together are compared: one and one. What a translator is free to do raises nothing:
other sentences, another order of links in a text, the same page of a site in the reader's language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from imagedocs.freshness.addresses import goal_key, is_same_goal
from imagedocs.freshness.alignment import Alignment, together
from imagedocs.freshness.parity import Difference, Lack
from imagedocs.freshness.segments import CODE_MARK, IDENTICAL, Kind, Segment
from imagedocs.locales.glossary_prose import code_like

_WORD = re.compile(r"(?<!\S)[(\"“‘'\[]?([^\W\d_]+(?:['’-][^\W\d_]+)?)[)\"”’'\].,;:!?…]*(?!\S)")
"""A word between spaces: what has digits, signs or several hyphens in it is a name."""
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")
_WORDS_OF_SENTENCE = 5
"""A sentence within a text counts as not translated from so many words on; shorter ones may be names."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-\d{1,2}-(\d{1,2})(?!\d)")
"""Its month is most often written as a word."""
_SPACED_DIGITS = re.compile(r"(?<=\d)[\u00a0\u202f ](?=\d{3}(?!\d))")
_DAMAGE = re.compile("\ufffd|[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac[\u0080-\u2122]")
"""A character that was lost, and UTF-8 read as another encoding."""
_LONG = 40
"""Characters of a source text whose translation is measured."""
_FEW = 8
"""Fewer texts do not tell how long translations are."""
_TOO_SHORT = 0.5
"""Part of the page's usual length below which a text was cut: measured on eight languages."""


def compare_texts(
    expected: Sequence[Segment], translated: Sequence[Segment], alignment: Alignment
) -> Iterator[Difference]:
    """Yield the faults of the texts in `translated`. `alignment` pairs `expected` with it; segments of `expected`
    without prose have changed since, and are compared with nothing."""
    pairs = [
        (expected[numbers[0]], translated[others[0]])
        for numbers, others in together(expected, translated, alignment)
        if len(numbers) == len(others) == 1 and expected[numbers[0]].prose
    ]
    same = list(_untranslated(expected, translated))
    yield from same
    places = {each.place for each in same}
    pairs = [pair for pair in pairs if pair[1].position not in places]
    yield from _short(pairs)
    for one, other in pairs:
        yield from _numbers(one, other)
        yield from _links(one, other)
        yield from _marks(one, other)
    yield from _steps(expected, translated)
    yield from _exchanged_anchors(expected, translated, alignment)
    for each in translated:
        found = None if each.kind in IDENTICAL else _DAMAGE.search(each.text)
        if found:
            yield Difference(
                Lack.DAMAGE, each, each.position, each.text[max(found.start() - 10, 0) : found.end() + 10]
            )


def _untranslated(expected: Sequence[Segment], translated: Sequence[Segment]) -> Iterator[Difference]:
    wholes: dict[str, Segment] = {}
    sentences: dict[str, Segment] = {}
    for each in expected:
        for part in each.prose:
            wholes.setdefault(_normal(part), each)
            for sentence in _sentences(part):
                sentences.setdefault(sentence, each)
    for each in translated:
        for part in each.prose:
            source = wholes.get(_normal(part)) if _is_prose(part) else None
            if source is None:
                source = next((sentences[one] for one in _sentences(part) if one in sentences), None)
            if source is not None:
                yield Difference(Lack.UNTRANSLATED, source, each.position, part[:200])
                break


def _sentences(text: str) -> list[str]:
    parts = _SENTENCE.split(text)
    return [
        _normal(part)
        for part in parts
        if len(_WORD.findall(_without_code(part))) >= _WORDS_OF_SENTENCE and _is_prose(part)
    ]


def _is_prose(text: str) -> bool:
    """Return whether `text` has words that a translator translates: not code, names and numbers alone."""
    words = _WORD.findall(_without_code(text))
    return len(words) > 1 and any(len(word) > 2 and word.islower() for word in words)


def _without_code(text: str) -> str:
    for match in reversed(list(code_like(text))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text.replace(CODE_MARK, " ")


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _short(pairs: Sequence[tuple[Segment, Segment]]) -> Iterator[Difference]:
    lengths = [
        (one, other, _length(other) / length)
        for one, other in pairs
        if (length := _length(one)) >= _LONG and one.kind not in (Kind.TITLE, Kind.DESCRIPTION)
    ]
    if len(lengths) < _FEW:
        return
    usual = median(ratio for _, _, ratio in lengths)
    for one, other, ratio in lengths:
        if other.text and ratio < usual * _TOO_SHORT:
            yield Difference(Lack.SHORT, one, other.position)


def _length(segment: Segment) -> int:
    return sum(len(" ".join(_without_code(part).split())) for part in segment.prose)


def _numbers(one: Segment, other: Segment) -> Iterator[Difference]:
    there = _digits(other.text)
    parts = {part for number in there for part in number.split(".")}
    for number in _digits(_without_code(" ".join(one.prose))):
        if number not in there and number not in parts:
            yield Difference(Lack.NUMBER, one, other.position, number)
            return


def _digits(text: str) -> list[str]:
    text = _SPACED_DIGITS.sub(".", unicodedata.normalize("NFKC", text))
    text = _ISO_DATE.sub(lambda date: f"{date[1]} {int(date[2])}", text)
    return [re.sub("[,:]", ".", number) for number in _NUMBER.findall(text)]


def _links(one: Segment, other: Segment) -> Iterator[Difference]:
    here, there = Counter(one.goals), Counter(other.goals)
    lost, come = list((here - there).elements()), list((there - here).elements())
    for goal in tuple(lost):
        found = next((each for each in come if is_same_goal(goal, each)), None)
        if found is not None:
            lost.remove(goal)
            come.remove(found)
    if lost and come:
        yield Difference(Lack.GOAL, one, other.position, f"{goal_key(lost[0])} {goal_key(come[0])}")


def _marks(one: Segment, other: Segment) -> Iterator[Difference]:
    for mark in dict.fromkeys((*one.marks, *other.marks)):
        if one.marks.count(mark) != other.marks.count(mark):
            yield Difference(Lack.MARK, one, other.position, mark)
            return


def _steps(expected: Sequence[Segment], translated: Sequence[Segment]) -> Iterator[Difference]:
    items, others = (
        [each for each in segments if each.kind is Kind.ITEM] for segments in (expected, translated)
    )
    if len(items) == len(others):
        for one, other in zip(items, others, strict=True):
            if bool(one.steps) != bool(other.steps):
                yield Difference(Lack.MARK, one, other.position, "a step" if one.steps else "a bullet")
                return


def _exchanged_anchors(
    expected: Sequence[Segment], translated: Sequence[Segment], alignment: Alignment
) -> Iterator[Difference]:
    homes = {
        anchor: number
        for number, each in enumerate(translated)
        if each.kind is Kind.HEADING
        for anchor in each.anchors
    }
    pairs = [
        (expected[number], other)
        for number, other in enumerate(alignment)
        if other is not None and expected[number].kind is Kind.HEADING and expected[number].anchors
    ]
    standing = {one.anchors[0]: other for one, other in pairs}
    for one, other in pairs:
        there = homes.get(one.anchors[0])
        if there is None or there == other:
            continue
        own = translated[other].anchors
        is_swapped = any(standing.get(anchor) == there for anchor in own)
        if is_swapped and _normal(translated[there].text) != _normal(one.text):
            yield Difference(Lack.EXCHANGED, one, translated[other].position, one.anchors[0])
