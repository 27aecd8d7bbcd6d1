"""Whether a translation has all that its source has: what is missing, and which code is another.

What a translator may do is not reported: more text than the source, another order of paragraphs, links to pages
in the reader's language.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from imagedocs.freshness.alignment import Alignment
from imagedocs.freshness.details import lost_codes
from imagedocs.freshness.moves import displaced
from imagedocs.freshness.segments import Kind, Segment, link_kind
from imagedocs.problems import Position

SOFT = frozenset({Kind.PARAGRAPH})
"""A translator may join two; a person can accept that."""


_PARAGRAPH, _CODE = (Kind.PARAGRAPH, ""), (Kind.CODE, "")


class Lack(StrEnum):
    MISSING = "missing"
    """A segment of the source has none in the translation."""
    LINK = "link"
    """A segment has fewer links, images or includes than that of the source."""
    ANCHOR = "anchor"
    """An id by which links reach a segment is not in the translation."""
    CODE = "code"
    """A block of code is not that of the source."""
    SPAN = "code-span"
    """Code within a text is not that of the source."""
    CELL = "cell"
    """A row of a table has fewer cells than that of the source, or an empty one."""
    UNTRANSLATED = "untranslated"
    """A text, or a sentence in it, is the one of the source."""
    SHORT = "short"
    """A text is much shorter than translations on this page are."""
    NUMBER = "number"
    """A number of the source isn't in the translation."""
    GOAL = "goal"
    """A link leads to another page or section than that of the source."""
    MARK = "mark"
    """Text is struck out, a box ticked, a condition set or a list numbered on one side only."""
    EXCHANGED = "exchanged"
    """An anchor of a heading is at another one."""
    DAMAGE = "damage"
    """Characters are broken."""


OF_CODE = frozenset({Lack.CODE, Lack.SPAN})
"""What is the same in every language is not the same here; nothing is missing."""

OF_TEXT = frozenset({Lack.NUMBER, Lack.GOAL, Lack.MARK, Lack.EXCHANGED, Lack.DAMAGE, Lack.SHORT})
"""What a person should look at; the page may be right."""


@dataclass(frozen=True, slots=True)
class Difference:
    lack: Lack
    source: Segment
    """What the source has."""
    place: Position
    """Where it belongs in the translation, or where it is otherwise."""
    detail: str = ""
    """The link or the anchor that is missing; the code that stands there."""

    @property
    def is_soft(self) -> bool:
        return self.lack in OF_CODE or (self.lack is Lack.MISSING and self.source.kind in SOFT)


def compare_structure(
    expected: Sequence[Segment],
    current: Sequence[Segment],
    translated: Sequence[Segment],
    alignment: Alignment,
    places: Sequence[Position],
) -> tuple[Difference, ...]:
    """What `translated` lacks of `expected`, the source that it was made from, and of `current`, that of now.

    What only one of them has is no lack: it is a change of the source, and may or may not be translated already.
    `alignment` pairs `expected` with `translated`; `places` are where its segments belong.
    """
    return (
        *_missing(expected, current, translated, alignment, places),
        *_missing_links(expected, current, translated, alignment, places),
        *_missing_anchors(expected, translated, alignment, places),
        *_missing_cells(expected, translated, alignment),
        *_other_code(expected, current, translated, alignment),
        *_other_spans(expected, translated, alignment),
    )


def _missing(
    expected: Sequence[Segment],
    current: Sequence[Segment],
    translated: Sequence[Segment],
    alignment: Alignment,
    places: Sequence[Position],
) -> Iterator[Difference]:
    wanted = Counter(each.group for each in expected)
    now = Counter(each.group for each in current)
    there = Counter(each.group for each in translated)
    lacking = {group: min(count, now[group]) - there[group] for group, count in wanted.items()}
    indented = there[_CODE] - max(wanted[_CODE], now[_CODE])
    if indented > 0 and _PARAGRAPH in lacking:
        # Text that is indented too far is shown as code: a slip that has a rule of its own, and no text is missing.
        lacking[_PARAGRAPH] -= indented
    for number, each in enumerate(expected):
        if alignment[number] is None and lacking[each.group] > 0:
            lacking[each.group] -= 1
            yield Difference(Lack.MISSING, each, places[number])


def _missing_links(
    expected: Sequence[Segment],
    current: Sequence[Segment],
    translated: Sequence[Segment],
    alignment: Alignment,
    places: Sequence[Position],
) -> Iterator[Difference]:
    """Links are counted by what they are, and told apart by where they lead: a translation may lead elsewhere."""
    there = _links(translated)
    now = _links(current)
    left_over = Counter(link_kind(name) for name in (there - _links(expected)).elements())
    unmet = _links(expected) - there
    lacking = {
        kind: min(
            count - left_over[kind],
            sum(number for name, number in now.items() if link_kind(name) == kind)
            - sum(number for name, number in there.items() if link_kind(name) == kind),
        )
        for kind, count in Counter(link_kind(name) for name in unmet.elements()).items()
    }
    for only_shorter in (True, False):
        for number, each in enumerate(expected):
            other = alignment[number]
            if other is None:  # it is missing as a whole
                for name in each.links:
                    if unmet[name] > 0 and lacking[link_kind(name)] > 0:
                        unmet[name] -= 1
                        lacking[link_kind(name)] -= 1
                continue
            if only_shorter and len(translated[other].links) >= len(each.links):
                continue
            for name in each.links:
                if unmet[name] > 0 and lacking[link_kind(name)] > 0 and name not in translated[other].links:
                    unmet[name] -= 1
                    lacking[link_kind(name)] -= 1
                    yield Difference(Lack.LINK, each, places[number], name)


def _missing_anchors(
    expected: Sequence[Segment],
    translated: Sequence[Segment],
    alignment: Alignment,
    places: Sequence[Position],
) -> Iterator[Difference]:
    """Links from elsewhere, and the language switcher, lead to the same anchors in every language."""
    there = {anchor for each in translated for anchor in each.anchors}
    for number, each in enumerate(expected):
        if alignment[number] is None:
            continue  # it is missing as a whole
        for anchor in each.anchors:
            if anchor not in there:
                yield Difference(Lack.ANCHOR, each, places[number], anchor)


def _missing_cells(
    expected: Sequence[Segment], translated: Sequence[Segment], alignment: Alignment
) -> Iterator[Difference]:
    for number, each in enumerate(expected):
        other = alignment[number]
        if each.kind not in (Kind.TABLE, Kind.ROW) or other is None:
            continue
        cells = translated[other].prose
        for column, cell in enumerate(each.prose):
            if cell and not (column < len(cells) and cells[column]):
                text = each.text.split(" | ")
                detail = text[column] if len(text) == len(each.prose) else cell
                yield Difference(Lack.CELL, each, translated[other].position, detail)
                break


def _other_spans(
    expected: Sequence[Segment], translated: Sequence[Segment], alignment: Alignment
) -> Iterator[Difference]:
    for number, code in lost_codes(expected, translated, alignment):
        other = alignment[number]
        assert other is not None
        yield Difference(Lack.SPAN, expected[number], translated[other].position, code)


def _other_code(
    expected: Sequence[Segment],
    current: Sequence[Segment],
    translated: Sequence[Segment],
    alignment: Alignment,
) -> Iterator[Difference]:
    known = {each.key for each in (*expected, *current) if each.kind is Kind.CODE}
    there = {each.key for each in translated if each.kind is Kind.CODE}
    now = {each.key for each in current if each.kind is Kind.CODE}
    elsewhere = _code_elsewhere(expected, translated, alignment)
    for number, each in enumerate(expected):
        other = alignment[number]
        if each.kind is not Kind.CODE or each.key not in now:
            continue
        if number in elsewhere:
            other = elsewhere[number]
        elif other is None or each.key in there or translated[other].key in known:
            continue
        yield Difference(Lack.CODE, each, translated[other].position, translated[other].text)


def _code_elsewhere(
    expected: Sequence[Segment], translated: Sequence[Segment], alignment: Alignment
) -> dict[int, int]:
    """The blocks of code that the translation has under another heading, or in another order -> where they stand."""
    pairs = [(number, other) for number, other in enumerate(alignment) if other is not None]
    headings = [pair for pair in pairs if expected[pair[0]].kind is Kind.HEADING]
    code, other_code = _blocks(expected), _blocks(translated)
    same = [(number, other_code[key]) for key, number in code.items() if key in other_code]
    return dict(displaced(headings, same))


def _blocks(segments: Sequence[Segment]) -> dict[str, int]:
    """The numbers of the blocks of code that are there once, by their keys."""
    counts = Counter(each.key for each in segments)
    return {
        each.key: number
        for number, each in enumerate(segments)
        if each.kind is Kind.CODE and counts[each.key] == 1
    }


def accepted_hash(differences: Sequence[Difference]) -> str:
    """A hash of the differences that a person may accept; empty when there are none."""
    soft = sorted(f"{each.lack} {each.source.key} {each.detail}" for each in differences if each.is_soft)
    return sha256("\n".join(soft).encode("utf-8", "replace")).hexdigest()[:8] if soft else ""


def _links(segments: Sequence[Segment]) -> Counter[str]:
    return Counter(name for each in segments for name in each.links)
