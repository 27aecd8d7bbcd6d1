"""The verdict on a translated page: whether it says what its source says."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from imagedocs.freshness.alignment import Alignment, align, together
from imagedocs.freshness.changes import Change, ChangeKind, compare
from imagedocs.freshness.parity import OF_CODE, OF_TEXT, Difference, Lack, accepted_hash, compare_structure
from imagedocs.freshness.pins import Pin, Translator
from imagedocs.freshness.segments import Kind, Segment, plain
from imagedocs.freshness.texts import compare_texts
from imagedocs.freshness.versions import Version
from imagedocs.problems import Position


class State(StrEnum):
    """How a page stands to its source, the best first."""

    FRESH = "fresh"
    STALE = "stale"
    """The source has changed since."""
    CODE_CHANGED = "code-changed"
    """Its code is not that of the source."""
    INCOMPLETE = "incomplete"
    """Something of the source is missing in it."""
    UNPINNED = "unpinned"
    """Nobody has noted what it was made from."""
    ORPHAN = "orphan"
    """There is no source (any more)."""
    MISSING = "missing"
    """The source is not translated."""


@dataclass(frozen=True, slots=True)
class Match:
    """Segments of a translation and those that they translate: one and one, but where that cannot be told."""

    translated: tuple[Segment, ...]
    source: tuple[Segment, ...]
    """As they are now; without those that have changed since."""


@dataclass(frozen=True)
class Translation:
    path: str
    """Of the translation, relative to the project; where it would be, when it is missing."""
    source: str
    """Of the page that it translates; empty for an orphan."""
    state: State
    pin: Pin = field(default=Pin())
    changes: tuple[Change, ...] = ()
    """Of the source since, in the order of the page."""
    differences: tuple[Difference, ...] = ()
    """From the source, without those that a person has accepted."""
    acceptable: str = ""
    """A hash of those that a person may accept, for the pin."""
    moved_to: str = ""
    """For an orphan: a page that says what its source said."""
    segments: int = 0
    """How many the source has."""
    matches: tuple[Match, ...] = field(default=(), compare=False, repr=False)
    """All segments of the page, with those that they translate; empty for a page without a pin."""

    @property
    def by(self) -> Translator:
        return self.pin.by

    @property
    def is_outdated(self) -> bool:
        """A reader should be told: it does not say what its source says."""
        return bool(self.changes) or any(
            each.lack is not Lack.ANCHOR and each.lack not in OF_TEXT for each in self.differences
        )


def judge(
    path: str,
    pin: Pin,
    translated: Sequence[Segment],
    source_path: str,
    source: Sequence[Segment],
    pinned: Version | None,
) -> Translation:
    """The verdict on the page at `path`. `pinned` is the version of the source that it was made from."""
    if pinned is None:
        return Translation(path, source_path, State.UNPINNED, pin, segments=len(source))
    old = pinned.segments
    alignment = align(old, translated)

    # Where each old segment stands in the translation, or what stands before it there; last, the page's beginning.
    places: list[Position] = []
    for other in alignment:
        before = places[-1] if places else Position(path, 1, 1)
        places.append(before if other is None else translated[other].position)
    places.append(Position(path, 1, 1))
    changes = [
        replace(each, place=places[each.follows]) for each in compare(old, source, translated, alignment)
    ]
    changes.sort(key=lambda each: (each.place, each.follows, each.segment.position))
    expected = _with_links_of_now(old, source, source_path)
    relinked = {each.new for each in changes if each.link}
    texts = [
        each
        for each in compare_texts(expected, translated, alignment)
        if each.lack is not Lack.GOAL or each.source not in relinked
    ]
    differences = (*compare_structure(expected, source, translated, alignment, places), *texts)
    acceptable = accepted_hash(differences)
    if acceptable and acceptable == pin.accepted:
        differences = tuple(each for each in differences if not each.is_soft)
    return Translation(
        path,
        source_path,
        _state(changes, differences),
        pin,
        tuple(changes),
        differences,
        acceptable,
        segments=len(source),
        matches=_matches(expected, translated, alignment),
    )


def _matches(
    source: Sequence[Segment], translated: Sequence[Segment], alignment: Alignment
) -> tuple[Match, ...]:
    """`source` has no prose where it is the source of before, which has changed since."""
    return tuple(
        Match(
            tuple(translated[number] for number in others),
            tuple(source[number] for number in numbers if source[number].prose),
        )
        for numbers, others in together(source, translated, alignment)
    )


def _with_links_of_now(old: Sequence[Segment], source: Sequence[Segment], path: str) -> list[Segment]:
    """The old segments with the places, links and anchors that those have now which have not changed: a page may have
    moved, and a link in it lead elsewhere. Their code within texts is what they had and have."""
    now: dict[str, list[Segment]] = {}
    for each in source:
        now.setdefault(each.key, []).append(each)
    found: list[Segment] = []
    for each in old:
        same = now.get(each.key)
        if same:
            current = same.pop(0) if len(same) > 1 else same[0]
            if current.codes:
                codes = tuple(code for code in current.codes if plain(code) in each.text)
                current = replace(current, codes=codes)
            found.append(current)
        else:
            found.append(replace(each, anchors=(), prose=(), codes=(), position=Position(path)))
    return found


def _state(changes: Sequence[Change], differences: Sequence[Difference]) -> State:
    differences = [each for each in differences if each.lack not in OF_TEXT]
    if any(each.lack not in OF_CODE for each in differences):
        return State.INCOMPLETE
    has_code = any(each.segment.kind is Kind.CODE and each.kind is not ChangeKind.MOVED for each in changes)
    if differences or has_code:
        return State.CODE_CHANGED
    return State.STALE if changes else State.FRESH
