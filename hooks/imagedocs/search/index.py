"""The index of a locale's search, as the browser loads it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from imagedocs.search.forms import Forms, in_pairs, plain_text
from imagedocs.search.languages import Language
from imagedocs.search.sections import sections_of
from imagedocs.search.separators import separator

_FIELDS = {
    "title": {"boost": 1000.0},
    "text": {"boost": 1.0},
    "tags": {"boost": 1000000.0},
    "title_forms": {"boost": 500.0},
    "text_forms": {"boost": 0.5},
}
"""The first three as Material weighs them; it shows no others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A section of a page, as the search finds it. Title and text are HTML."""

    location: str
    """The address of the section, from the root of the locale's site."""
    title: str
    text: str
    tags: tuple[str, ...] = ()
    boost: float | None = None
    """How much more than others this is worth."""
    language: tuple[str, str] | None = None
    """Tag and direction of the text, where it is not in the reader's language."""


def entries_of(
    html: str,
    url: str,
    title: str,
    *,
    tags: tuple[str, ...] = (),
    boost: float | None = None,
    language: tuple[str, str] | None = None,
) -> list[Entry]:
    """The sections of a rendered page. `title`, plain text, is that of a section without a heading."""
    return [
        Entry(
            f"{url}#{section.id}" if section.id else url,
            section.title or title,
            section.text,
            tags,
            boost,
            language,
        )
        for section in sections_of(html)
    ]


def search_settings(language: Language, stemmer: str | None) -> dict[str, object]:
    """Options of Material's search plugin. `stemmer` is the lunr language whose rules Material would load.

    Nothing is removed from the index, neither stop words nor endings: what the query asks for is not changed
    by either, and a stem may be the same as a stop word.
    """
    inflected = bool(language.endings) or language.characters
    return {
        "lang": ["en" if inflected or stemmer is None else stemmer],
        "separator": separator(language),
        "pipeline": [] if inflected else ["stopWordFilter"],
        "fields": {name: dict(options) for name, options in _FIELDS.items()},
    }


def render_index(entries: Iterable[Entry], language: Language, settings: dict[str, object]) -> str:
    """The JSON text of an index. The same entries give the same text."""
    entries = list(entries)
    plain = [(plain_text(entry.title), plain_text(entry.text)) for entry in entries]
    forms = Forms(language, (text for pair in plain for text in pair))
    documents: list[dict[str, object]] = []
    for entry, (title, text) in zip(entries, plain, strict=True):
        document: dict[str, object] = {
            "location": entry.location,
            "title": in_pairs(entry.title, language),
            "text": in_pairs(entry.text, language),
        }
        if title_forms := forms.of(title):
            document["title_forms"] = title_forms
        if text_forms := forms.of(text):
            document["text_forms"] = text_forms
        if entry.tags:
            document["tags"] = list(entry.tags)
        if entry.boost is not None:
            document["boost"] = entry.boost
        if entry.language is not None:
            document["lang"], document["dir"] = entry.language
        documents.append(document)
    return json.dumps({"config": settings, "docs": documents}, ensure_ascii=False, separators=(",", ":"))
