"""Look up where the source of a page says what the page shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from imagedocs.site_markdown.origins import Origins
from imagedocs.site_markdown.positions import candidates, find_marks
from imagedocs.site_markdown.rendered import ShownPage, read_page


@dataclass(frozen=True, slots=True)
class Place:
    """Place in a file."""

    line: int
    """Number of the line; 0 for a text that the file doesn't have."""
    column: int
    text: str
    """Text that is written there."""


class Written:
    """Source of a page, with which its places are found."""

    def __init__(self, markdown: str, file: str, shown: ShownPage, render: Callable[[str], str]) -> None:
        """`markdown` is what was rendered, `file` the text of the file, `shown` what the page shows; `render` renders
        Markdown like that of the page, with addresses as they are written."""
        self._markdown = markdown
        self._shown = shown
        self._render = render
        self._origins = Origins(file, markdown)

    def links(self, numbers: Sequence[int]) -> Mapping[int, Place]:
        """Return where the links with these numbers are written, and as what."""
        plain = self._plain.links
        if len(plain) != len(self._shown.links):
            return {}
        wanted = {number: plain[number].target for number in numbers}
        places = candidates(self._markdown, [*wanted.values()])
        texts = dict(places)
        marks = find_marks(
            self._markdown,
            [end for end, _ in places],
            lambda text: [each.target for each in self._read(text).links],
        )
        found: dict[int, Place] = {}
        for number, target in wanted.items():
            end = next(iter(marks.get(number, ())), None)
            place = self._place(end, texts[end], target) if end is not None else None
            found[number] = place or Place(0, 0, target)
        return found

    def text(self, number: int, line: int, column: int, written: str) -> Place | None:
        """Return where a part of the text with this number is written: `written`, at a line and column from 0 of that
        text. `None` when the source doesn't have it."""
        lines = self._shown.texts[number].content.split("\n")
        if not written:
            written = (lines[line][column:].split() or [""])[0]
        before = "\n".join([*lines[:line], lines[line][:column]])
        places = candidates(self._markdown, [written])
        texts = dict(places)
        plain = [each.content for each in self._plain.texts]
        if plain != [each.content for each in self._shown.texts]:
            return None
        marks = find_marks(
            self._markdown,
            [end for end, _ in places],
            lambda text: [each.content for each in self._read(text).texts],
        )
        ends = marks.get(number, ())
        index = before.count(written)
        return self._place(ends[index], texts[ends[index]], written) if index < len(ends) else None

    @cached_property
    def _plain(self) -> ShownPage:
        return self._read(self._markdown)

    def _read(self, markdown: str) -> ShownPage:
        return read_page(self._render(markdown))

    def _place(self, end: int, written: str, target: str) -> Place | None:
        begin = end - len(written)
        line = self._markdown.count("\n", 0, begin) + 1
        column = begin - self._markdown.rfind("\n", 0, begin)
        found = self._origins.position(line, written, column)
        return Place(*found, target) if found else None
