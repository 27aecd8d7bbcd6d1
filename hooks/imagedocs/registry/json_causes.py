"""Find what an author did where a parser of JSON only sees what it can't go on with."""

import re
from typing import Final

_TRAILING = re.compile(r",[ \t\r\n]*(?=[}\]])")
_WORD = re.compile(r"[A-Za-z_][\w.-]*")
_WORDS: Final = {"True": "true", "False": "false", "None": "null", "undefined": "null", "nil": "null"}
_CURLY: Final = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02"
_SINGLE: Final = "'`\u2018\u2019"

_NO_NUMBERS: Final = ("NaN", "Infinity")
"""Words that Python reads, and of which the reader has a sentence of its own."""


def find_cause(text: str, at: int) -> tuple[int, str, str] | None:
    """Return the place of a mistake, what it is, and what to write instead; `at` is where the parser gave up."""
    before = len(text[:at].rstrip(" \t\r\n"))
    here = text[at : at + 1]
    last = text[before - 1 : before] if before else ""
    # Parsers differ in whether they give up at the comma or behind it.
    comma = at if here == "," else before - 1 if last == "," else -1
    if comma >= 0 and (match := _TRAILING.match(text, comma)):
        return comma, f'a comma stands before the closing "{text[match.end()]}"', "delete the comma"
    if here == ",":
        return at, "a comma stands where a value is expected", "delete the comma"
    if here in ("}", "]") and last == ":":
        return at, "a value is missing behind the colon", "write the value, or delete the key"
    if here and here in _SINGLE + _CURLY:
        return at, f"{here} is no quotation mark of JSON", f'write " instead of {here}'
    if here == "#" or text.startswith(("//", "/*"), at):
        return at, "JSON has no comments", "delete the comment"
    if here == '"' and (last in ('"', "}", "]") or last.isalnum()):
        return (
            before,
            "a comma or a colon is missing here",
            "write a comma between entries, a colon behind a key",
        )
    if (match := _WORD.match(text, at)) and match[0] not in _NO_NUMBERS:
        return _word(text, match, before)
    if here and here < " ":
        return at, "a line break or tab stands within a text", 'close the text with ", or write \\n'
    return None


def _word(text: str, match: re.Match[str], before: int) -> tuple[int, str, str]:
    word = match[0]
    if right := _WORDS.get(word):
        return match.start(), f"{word} is not a word of JSON", f"write {right}"
    what = "the key" if text[match.end() :].lstrip()[:1] == ":" else "the text"
    if text[before - 1 : before] == '"':
        return (
            match.start(),
            "there is more behind the end of a text",
            'write \\" for a quotation mark within a text',
        )
    return match.start(), f"{what} {word[:40]} stands in no quotation marks", f'write "{word[:40]}"'
