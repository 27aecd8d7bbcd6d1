"""Lines that the listing of a change (`diff`) shows as removed: what they name is not to be used any more."""

import re
from typing import Final

LANGUAGES: Final = ("diff", "patch", "udiff")
_HUNK = re.compile(r"^@@ -[0-9]+(?:,[0-9]+)? \+[0-9]+(?:,[0-9]+)? @@", re.MULTILINE)


def without_removed(text: str, language: str = "") -> str:
    """Return a block of code with blanks in place of its removed lines and of the marks of added ones.

    Every character keeps its place. A block without a language is a change if it has the heading of one.
    """
    named = re.split(r"[^a-z]", language.lower())
    if not set(named) & set(LANGUAGES) and not _HUNK.search(text):
        return text
    return "\n".join(map(_kept, text.split("\n")))


def _kept(line: str) -> str:
    if line.startswith("-"):
        return " " * len(line)
    return f" {line[1:]}" if line.startswith("+") else line
