"""What stands behind the opening fence of a block of code."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\s{]+")
_OPTION = re.compile(r"""([A-Za-z][\w-]*)=(?:"([^"]*)"|'([^']*)'|(\S+))""")
_NAME = re.compile(r"([.#])([\w-]+)")
_RANGE = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")
_INTERACTIVE = "-interactive"
_MAX_MARKED = 10_000
_LONGEST = 1000
"""Characters of an info string that are looked at."""


@dataclass(frozen=True, slots=True)
class Fence:
    language: str = ""
    interactive: str = ""
    """The shell or language in which readers may run it at its home: `powershell`."""
    title: str = ""
    marked_lines: tuple[int, ...] = ()
    first_number: int = 0
    classes: tuple[str, ...] = ()
    id: str = ""


def line_ranges(text: str) -> tuple[int, ...]:
    """`1 3-5` or `1,3-5` as line numbers."""
    numbers: list[int] = []
    for match in _RANGE.finditer(text):
        first = int(match[1])
        last = min(int(match[2] or first), first + _MAX_MARKED)
        numbers += range(first, last + 1)
        if len(numbers) > _MAX_MARKED:
            break
    return tuple(numbers[:_MAX_MARKED])


def read_info(info: str) -> Fence:
    """The info string of a fence: `python`, `powershell-interactive`, `python title="x" hl_lines="2"`,
    `{.python #id .class linenums="1"}`."""
    info = info[:_LONGEST].strip()
    if not info:
        return Fence()
    language = ""
    rest = info
    if match := _WORD.match(info):
        language = match[0]
        rest = info[match.end() :]
    options = {name: a or b or c for name, a, b, c in _OPTION.findall(rest)}
    names = _NAME.findall(_OPTION.sub("", rest)) if "{" in rest else []
    classes = [name for mark, name in names if mark == "."]
    if not language and classes:
        language = classes.pop(0)
    interactive = ""
    if language.lower().endswith(_INTERACTIVE):
        language = language[: -len(_INTERACTIVE)]
        interactive = language
    number = options.get("linenums", "")
    return Fence(
        language,
        interactive,
        options.get("title", ""),
        line_ranges(options.get("hl_lines", "")),
        int(number) if re.fullmatch("[0-9]{1,9}", number) else 0,
        tuple(classes),
        next((name for mark, name in names if mark == "#"), ""),
    )
