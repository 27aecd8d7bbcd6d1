"""Find the lines of a page that are not in a fenced block of code."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)*(?P<fence>`{3,}|~{3,})(?P<rest>.*)")


def outside_fences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines outside fenced blocks of code, each with its number from 1.

    A fence may be indented by any width, as in lists and in the tabs of PyMdown Extensions. A fence that is never
    closed is text, as Python-Markdown reads it.
    """
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        end = end_of_fence(lines, number)
        if end is None:
            yield number + 1, lines[number]
            number += 1
        else:
            number = end + 1


def language_of_fence(line: str) -> str:
    """Return the language that an opening fence names; empty for none."""
    begin = _FENCE.fullmatch(line)
    name = re.search(r"[A-Za-z][A-Za-z0-9_+-]*", begin["rest"]) if begin else None
    return name[0] if name else ""


def end_of_fence(lines: list[str], number: int) -> int | None:
    """Return the index of the line that closes the fence which opens at `number`; `None` when none does."""
    begin = _FENCE.fullmatch(lines[number])
    if begin is None or begin["fence"][0] in begin["rest"]:
        return None
    for index in range(number + 1, len(lines)):
        end = _FENCE.fullmatch(lines[index])
        if end and end["fence"] == begin["fence"] and not end["rest"].strip():
            return index
    return None
