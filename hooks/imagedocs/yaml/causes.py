"""Find what an author did where a parser of YAML only sees what follows from it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SPACES = "\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff"
_ODD_INDENT = re.compile(rf"[ ]*([\t{_SPACES}])[\t {_SPACES}]*[^\s#]")
_ODD_COLON = re.compile(rf"[ ]*(?:- +)*[\w.-]+(?::([{_SPACES}])|([\uff1a\ufe55\u2236]))")
"""A key, and behind it a space that YAML takes for a letter, or a look-alike of the colon."""
_OPENED = re.compile(r"""[ ]*(?:- +)*[\w.-]+:[ ]+(?:"[^"]*|'[^']*)$""")
_KEY = re.compile(r"(?P<indent>[ ]*(?:- +)*)(?P<key>[\w.-]+):(?:[ ]+(?P<value>.*))?$")
_TIGHT_DASH = re.compile(r"(?P<indent>[ ]*)-(?P<rest>[A-Za-z][\w.-]*:(?: .*|$))")
_NO_COLON = re.compile(
    r"(?P<indent>[ ]*(?:- +)*)(?P<key>[A-Za-z][\w-]*)(?P<sign>:|[ ]*[;=][ ]*|[ ]+)(?P<value>[^\s:].*)$"
)
_NO_BEGINNING = re.compile(r"(?P<before>[ ]*(?:- +)*(?:[\w.-]+:[ ]+)?)(?P<value>[@`%][^#]*)")
_COMMA = re.compile(r"""[\w"'\])}]([ ]+)["'\w{\[]""")


@dataclass(frozen=True, slots=True)
class Cause:
    """Mistake in a text, with its place from 1."""

    line: int
    column: int
    message: str
    hint: str


def find_cause(text: str, last: int) -> Cause | None:
    """Return what is wrong with a text; `last` is the line, from 0, on which the parser gave up."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    for number in range(min(last + 1, len(lines))):
        for find in _ANYWHERE:
            if cause := find(lines, number):
                return cause
    for number in _last_two(lines, last):
        for find in _WHERE_IT_ENDS:
            if cause := find(lines, number):
                return cause
    return None


def _last_two(lines: Sequence[str], last: int) -> list[int]:
    """Return the line on which the parser gave up, and the one with content before it, that one first."""
    before = next(
        (number for number in range(min(last, len(lines)) - 1, -1, -1) if lines[number].strip()), None
    )
    return [number for number in (before, last) if number is not None and number < len(lines)]


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X} ({unicodedata.name(letter, 'no name').lower()})"


def _odd_indent(lines: Sequence[str], number: int) -> Cause | None:
    match = _ODD_INDENT.match(lines[number])
    if match is None or not _KEY.match(lines[number].strip(f"\t {_unescaped()}")):
        return None
    column = match.start(1) + 1
    if match[1] == "\t":
        return Cause(number + 1, column, "a tab indents this line", "write spaces instead")
    return Cause(
        number + 1, column, f"the character {_named(match[1])} indents this line", "write a space instead"
    )


def _unescaped() -> str:
    return "\u00a0\u200b\u202f\u205f\u3000\ufeff"


def _odd_colon(lines: Sequence[str], number: int) -> Cause | None:
    match = _ODD_COLON.match(lines[number])
    if match is None:
        return None
    at = match.start(1) if match[1] else match.start(2)
    where = "behind the colon" if match[1] else "where a colon is meant"
    hint = "write a space instead" if match[1] else 'write ": " instead'
    return Cause(number + 1, at + 1, f"the character {_named(lines[number][at])} stands {where}", hint)


def _open_quote(lines: Sequence[str], number: int) -> Cause | None:
    line = lines[number]
    if not _OPENED.match(line) or number + 1 >= len(lines) or not _KEY.match(lines[number + 1]):
        return None
    at = re.search(r": +[\"']", line)
    column = at.end() if at else 1
    return Cause(
        number + 1,
        column,
        "a quote is opened here and not closed on this line",
        f"write {line[column - 1]} at its end",
    )


def _tight_dash(lines: Sequence[str], number: int) -> Cause | None:
    match = _TIGHT_DASH.fullmatch(lines[number])
    if match is None:
        return None
    return Cause(
        number + 1,
        len(match["indent"]) + 1,
        "a dash that begins an entry has no space behind it",
        f'write "- {match["rest"].partition(":")[0]}:"',
    )


def _no_colon(lines: Sequence[str], number: int) -> Cause | None:
    match = _NO_COLON.match(lines[number])
    above = next((lines[each] for each in range(number - 1, -1, -1) if lines[each].strip()), "")
    if match is None or above.rstrip().endswith(("|", ">", "|-", ">-")):
        return None
    value = match["value"].rstrip()
    if ": " in value or value.endswith(":"):
        return None
    column = len(match["indent"]) + len(match["key"]) + 1
    what = (
        "a space is missing behind the colon" if match["sign"] == ":" else "a colon is missing behind the key"
    )
    return Cause(number + 1, column, what, f'write "{match["key"]}: {value[:60]}"')


def _colon_in_value(lines: Sequence[str], number: int) -> Cause | None:
    match = _KEY.match(lines[number])
    value = (match["value"] or "") if match else ""
    at = re.search(r":(?: |$)", value)
    if match is None or at is None or value[0] in "\"'[{|>&*!#":
        return None
    column = match.start("value") + at.start() + 1
    quoted = value.rstrip().replace("\\", "\\\\").replace('"', '\\"')
    return Cause(
        number + 1,
        column,
        "a colon with a space behind it stands within a text",
        f'write {match["key"]}: "{quoted[:60]}"',
    )


def _no_beginning(lines: Sequence[str], number: int) -> Cause | None:
    match = _NO_BEGINNING.match(lines[number])
    if match is None:
        return None
    value = match["value"].rstrip()
    return Cause(
        number + 1,
        match.start("value") + 1,
        f"a text without quotes begins with {value[0]}",
        f"write '{value[:60]}'",
    )


def _comma(lines: Sequence[str], number: int) -> Cause | None:
    """A missing comma in a list or mapping in brackets, each entry of which is one word."""
    line = lines[number]
    opened = re.search(r"[\[{]", line)
    closed = max(line.rfind("]"), line.rfind("}"))
    if opened is None or closed < opened.start():
        return None
    inner = line[opened.end() : closed]
    match = re.search(r"""(?:"[^"]*"|'[^']*'|[^\s,:"']+)([ ]+)[\w"'-]+:""", inner)
    if match is None or "," in match[0]:
        return None
    before = inner[: match.start(1)]
    if before.rstrip().endswith((":", ",")):
        return None
    word = re.split(r"[\s,]", before.strip())[-1]
    return Cause(
        number + 1, opened.end() + match.start(1) + 1, f"a comma is missing behind {word}", "write one"
    )


def _indent(lines: Sequence[str], number: int) -> Cause | None:
    """A key that is not below another key, as it means to be: deeper than one that has a value, or at no level."""
    match = _KEY.match(lines[number])
    if match is None or "-" in match["indent"]:
        return None
    width = len(match["indent"])
    levels: list[int] = []
    for index in range(number - 1, -1, -1):
        above = _KEY.match(lines[index])
        if above is None:
            continue
        column = len(above["indent"])
        if not levels and column < width and not (above["value"] or "").strip():
            return None
        if not levels or column < levels[-1]:
            levels.append(column)
        if not column:
            break
    if not levels or not width or width in levels:
        return None
    meant = min(levels, key=lambda level: abs(level - width))
    count = "1 space" if width == 1 else f"{width} spaces"
    return Cause(
        number + 1,
        width + 1,
        f"this line is indented by {count}, which fits no line above it",
        f"indent it by {meant} spaces",
    )


_Find = Callable[[Sequence[str], int], Cause | None]
_ANYWHERE: tuple[_Find, ...] = (_odd_indent, _odd_colon, _open_quote, _tight_dash)
"""Mistakes that a parser may see much later."""
_WHERE_IT_ENDS: tuple[_Find, ...] = (_no_beginning, _colon_in_value, _no_colon, _comma, _indent)
"""Mistakes that may be sound elsewhere, as in a text of several lines."""
