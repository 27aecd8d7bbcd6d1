"""What a terminal can show: colours or none, and how many columns a text takes."""

import unicodedata
from collections.abc import Mapping

from imagedocs.problems import Severity

SEVERITY_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.SUGGESTION: "1;36"}
BOLD = "1"


def wants_color(*, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether to write colours: `NO_COLOR` (no-color.org) forbids, `FORCE_COLOR` demands, else a terminal decides."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0", "false"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"


def styled(text: str, style: str, color: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if color and text else text


def linked(text: str, url: str, color: bool) -> str:
    """`text` as a hyperlink (OSC 8) where colours are wanted; terminals that know none show the text."""
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if color and url else text


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes: two for the wide characters of East Asia."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken at spaces; a longer word stays whole, to be copied."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        size = columns(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line]
