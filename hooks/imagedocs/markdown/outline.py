"""The outline of a page as docfx's content rules see it: which headings there are, and what stands between."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from imagedocs.problems import Position, Problem, Rule


@dataclass(frozen=True, slots=True)
class Place:
    """For whom a part of a page is. Two parts that nobody sees together say nothing about one another."""

    tabs: tuple[tuple[frozenset[str], str], ...] = ()
    """Ids and condition of each tab around it, outermost first."""
    pivots: frozenset[str] = frozenset()
    """Empty: for all."""
    target: str = ""
    """`docs`, `chromeless` or `pdf` of a zone."""
    monikers: str = ""
    """The range of versions that it is for."""

    @property
    def in_zone(self) -> bool:
        return bool(self.pivots or self.target)

    @property
    def is_seen(self) -> bool:
        """Whether it is for readers of the site."""
        return self.target in ("", "docs")

    def meets(self, other: "Place") -> bool:
        """Whether some reader sees both. Of tabs with different ids a reader sees one."""
        if self.pivots and other.pivots and not self.pivots & other.pivots:
            return False
        if self.target and other.target and self.target != other.target:
            return False
        if self.monikers and other.monikers and self.monikers != other.monikers:
            return False
        return all(
            ids & other_ids or condition in other_ids or other_condition in ids
            for (ids, condition), (other_ids, other_condition) in zip(self.tabs, other.tabs, strict=False)
        )


@dataclass(slots=True)
class _Heading:
    level: int
    text: str
    position: Position
    included_from: tuple[Position, ...]
    place: Place
    underline: Position | None
    """The line below, which makes it a heading."""
    own_content: bool = False
    """Something other than a heading follows before the next heading."""


@dataclass(slots=True)
class Outline:
    """Filled while a page is written, in the order of the page."""

    path: str = ""
    headings: list[_Heading] = field(default_factory=list[_Heading])
    images: list[tuple[str, Position, tuple[Position, ...], Place]] = field(
        default_factory=list[tuple[str, Position, tuple[Position, ...], Place]]
    )
    place: Place = Place()
    starts_with_content: bool = False
    """Something other than a comment stands before the first heading."""
    in_heading: bool = False
    """What is written now is a heading's own: a picture in it is no content before or below it."""

    def heading(
        self,
        level: int,
        text: str,
        position: Position,
        included_from: tuple[Position, ...],
        underline: Position | None,
    ) -> None:
        self.headings.append(_Heading(level, text, position, included_from, self.place, underline))

    def content(self) -> None:
        if self.in_heading:
            return
        if self.headings:
            self.headings[-1].own_content = True
        else:
            self.starts_with_content = True

    def image(self, alt: str, position: Position, included_from: tuple[Position, ...]) -> None:
        self.images.append((alt, position, included_from, self.place))

    def problems(self) -> Iterator[Problem]:
        yield from self._level_1()
        yield from self._levels()
        yield from self._duplicates()
        yield from self._alternative_texts()

    def _level_1(self) -> Iterator[Problem]:
        level_1 = [heading for heading in self.headings if heading.level == 1]
        if not any(heading.place.is_seen for heading in level_1):
            message = "the page has no heading of level 1"
            yield Problem(Position(self.path), Rule.H1_MISSING, message, 'write "# Title" first')
        for heading in level_1:
            if heading.place.in_zone and heading.place.target != "docs":
                yield _problem(
                    heading, Rule.H1_IN_ZONE, f'the heading "{heading.text}" is of level 1 in a zone'
                )
            if heading.place.monikers:
                yield _problem(
                    heading,
                    Rule.H1_IN_MONIKER,
                    f'the heading "{heading.text}" is of level 1 in a moniker range',
                )
            if heading.included_from:
                message = f'the heading "{heading.text}" of an included file is of level 1'
                yield _problem(
                    heading, Rule.H1_IN_INCLUDE, message, 'start with "##": the page has the title'
                )
        own = [heading for heading in level_1 if heading.place.is_seen and not heading.place.pivots]
        for heading in own[1:]:
            if not heading.included_from and not heading.place.monikers:
                message = f'the page has a second heading of level 1: "{heading.text}"'
                yield _problem(heading, Rule.MULTIPLE_H1S, message, 'write "##"')
        if level_1 and (self.starts_with_content or self.headings[0] is not level_1[0]):
            message = f'something stands before the heading of level 1, "{level_1[0].text}"'
            yield _problem(level_1[0], Rule.H1_NOT_FIRST, message)

    def _levels(self) -> Iterator[Problem]:
        for index, heading in enumerate(self.headings):
            if not heading.place.is_seen:
                continue
            if heading.underline:
                message = f'the heading "{heading.text}" is made by a line under it'
                marks = "#" * heading.level
                rule, hint = Rule.HEADINGS_WITH_UNDERLINE, f'write "{marks} " before it'
                yield Problem(heading.underline, rule, message, hint, heading.included_from)
            if not heading.text:
                yield _problem(heading, Rule.HEADING_EMPTY, "the heading is empty")
            previous = self._previous(index)
            if previous and heading.level > previous.level + 1:
                message = f'the heading "{heading.text}" is of level {heading.level} below one of level {previous.level}'
                yield _problem(
                    heading, Rule.HEADING_SKIPPED, message, f'write "{"#" * (previous.level + 1)}"'
                )
            if heading.level > 1 and not heading.own_content and self._ends_here(index):
                message = f'nothing stands under the heading "{heading.text}"'
                yield _problem(heading, Rule.HEADING_NO_CONTENT, message)

    def _previous(self, index: int) -> _Heading | None:
        """The heading that a reader of heading `index` has seen last."""
        place = self.headings[index].place
        for other in reversed(self.headings[max(0, index - 50) : index]):
            if other.place.meets(place):
                return other
        return None

    def _ends_here(self, index: int) -> bool:
        """Whether the heading `index` has no lower one right behind it, among those seen with it."""
        heading = self.headings[index]
        following = self.headings[index + 1] if index + 1 < len(self.headings) else None
        return (
            following is None or following.level <= heading.level or not following.place.meets(heading.place)
        )

    def _duplicates(self) -> Iterator[Problem]:
        by_text: defaultdict[str, list[_Heading]] = defaultdict(list)
        for heading in self.headings:
            if heading.level == 2 and heading.text:
                by_text[heading.text].append(heading)
        for text, same in by_text.items():
            for heading in same[:200]:
                if any(other is not heading and other.place.meets(heading.place) for other in same[:200]):
                    yield _problem(
                        heading, Rule.H2_DUPLICATED, f'the page has the heading "{text}" more than once'
                    )

    def _alternative_texts(self) -> Iterator[Problem]:
        by_text: defaultdict[str, list[int]] = defaultdict(list)
        for index, (alt, _, _, _) in enumerate(self.images):
            if alt:
                by_text[alt].append(index)
        for alt, indexes in by_text.items():
            for index in indexes[:200]:
                _, position, included_from, place = self.images[index]
                if any(other != index and self.images[other][3].meets(place) for other in indexes[:200]):
                    message = f'more than one image has the alternative text "{alt}"'
                    yield Problem(
                        position, Rule.IMAGE_ALT_TEXT_DUPLICATED, message, included_from=included_from
                    )


def _problem(heading: _Heading, rule: Rule, message: str, hint: str = "") -> Problem:
    return Problem(heading.position, rule, message, hint, heading.included_from)
