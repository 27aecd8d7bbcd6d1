"""Find where an address or the name of an image is written in the source of a page.

The source is rendered once more with a mark behind each place that may be the one. The place whose mark shows up at the
address is the right one; nothing is guessed. Where marks change the page otherwise, as in the label of a reference, they
are tried in halves.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

_MARK = re.compile(r"zq([0-9a-f]+)qz")
"""Letters and digits, so that a mark is a part of the word or address before it in any grammar."""
MOST = 400
"""Places of a page that are tried."""


def _mark(number: int) -> str:
    return f"zq{number:x}qz"


def candidates(text: str, written: Sequence[str]) -> Sequence[tuple[int, str]]:
    """Return where one of the texts `written` ends in a page, at most `MOST` places, each with the text."""
    found = {
        match.end(): each
        for each in dict.fromkeys(written)
        if each
        for form in dict.fromkeys((each, each.replace("&", "&amp;"), each.replace("_", r"\_")))
        for match in re.finditer(re.escape(form), text)
    }
    return sorted(found.items())[:MOST]


def find_marks(
    text: str, ends: Sequence[int], show: Callable[[str], Sequence[str]]
) -> Mapping[int, Sequence[int]]:
    """Return which of the places `ends` of a page are shown, and where.

    `show` renders a page, and returns what it shows as a list of texts, such as addresses. The result maps each index
    of that list to the places in `text` that are shown there, in order.
    """
    plain = list(show(text))
    found: dict[int, list[int]] = {}
    for index, end in _found(text, list(ends), show, plain):
        found.setdefault(index, []).append(end)
    return found


def _found(
    text: str, ends: list[int], show: Callable[[str], Sequence[str]], plain: list[str]
) -> Iterator[tuple[int, int]]:
    if not ends:
        return
    marked = text
    for number, end in reversed([*enumerate(ends)]):
        marked = marked[:end] + _mark(number) + marked[end:]
    shown = list(show(marked))
    if [_MARK.sub("", each) for each in shown] == plain:
        for index, each in enumerate(shown):
            for match in _MARK.finditer(each):
                number = int(match[1], 16)
                if number < len(ends):
                    yield index, ends[number]
    elif len(ends) > 1:
        middle = len(ends) // 2
        yield from _found(text, ends[:middle], show, plain)
        yield from _found(text, ends[middle:], show, plain)
