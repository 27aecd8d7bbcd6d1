"""What a terminal can show: colours or none, hyperlinks or none, and how many columns a text takes."""

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


_LINKING_PROGRAMS = frozenset(
    ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "WarpTerminal", "zed")
)
_LINKING_TERMINALS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm", "rio")
_LINKING_VTE = 5000
"""VTE, which GNOME's terminal and others are made of, has hyperlinks since 0.50."""


def wants_links(*, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether to write hyperlinks (OSC 8): only to terminals that are known to show them as such.

    `FORCE_HYPERLINK` demands them, and forbids them with the value 0.
    """
    if forced := environment.get("FORCE_HYPERLINK"):
        return forced not in ("0", "false")
    if not is_terminal or environment.get("TERM", "dumb") in ("dumb", "linux") or environment.get("CI"):
        return False
    if environment.get("TMUX") or environment.get("STY"):  # what they pass on depends on their own version
        return False
    version = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or environment["TERM"].startswith(_LINKING_TERMINALS)
        or bool(
            environment.get("WT_SESSION") or environment.get("KONSOLE_VERSION") or environment.get("DOMTERM")
        )
        or (version.isascii() and version.isdigit() and int(version) >= _LINKING_VTE)
    )


def styled(text: str, style: str, color: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if color and text else text


def linked(text: str, url: str, links: bool) -> str:
    """`text` as a hyperlink (OSC 8) where the terminal shows those."""
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if links and url else text


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes: two for the wide characters of East Asia."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


_WITHOUT_WIDTH = frozenset(("Mn", "Me", "Cf"))
_JAMO = ("\u1160", "\u11ff")
"""Vowels and finals of Korean in decomposed form: they join the wide consonant before them."""


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in _WITHOUT_WIDTH or _JAMO[0] <= character <= _JAMO[1]:
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
