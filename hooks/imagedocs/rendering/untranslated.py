"""Sentences of templates that no translation has: what they print names its language."""

import re
from functools import cache

from imagedocs.rendering.text import Markdown


class Untranslated(Markdown):
    """Sentence that no translation has. Printed as it is, it names its language; each has a class of its own, which
    is kept when values are put in."""

    __slots__ = ()
    language: tuple[str, str]


@cache
def untranslated_in(language: tuple[str, str]) -> type[Untranslated]:
    """Return the class of sentences in a language, by its tag and direction."""
    return type("Untranslated", (Untranslated,), {"language": language})


_OPEN, _CLOSE = "\ue002", "\ue003"
_MARKED = re.compile(f"{_OPEN}([^,{_CLOSE}]*),([^{_CLOSE}]*){_CLOSE}([^{_CLOSE}]*){_CLOSE}")
_UNMARKED_LINE = re.compile(r"(?:\ue000[0-9]{1,7}\ue001)*(?:#|\w+: )")
"""Headings, whose text is the title of a page and of its parts, and metadata."""


def printed(value: object, text: Markdown) -> Markdown:
    """Return the text of a value that a template prints, with the mark of its language if it is such a sentence."""
    if not isinstance(value, Untranslated):
        return text
    tag, direction = value.language
    return Markdown(f"{_OPEN}{tag},{direction}{_CLOSE}{text}{_CLOSE}")


def with_languages(text: str) -> str:
    """Return what a template printed with the language of each sentence that has no translation as HTML."""
    if _OPEN not in text:
        return text
    shown = r'<span lang="\1" dir="\2">\3</span>'
    return "".join(
        _MARKED.sub(r"\3" if _UNMARKED_LINE.match(line) else shown, line)
        for line in text.splitlines(keepends=True)
    )
