"""The index of a locale's search, as the browser loads it."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter

from imagedocs.material.search.forms import Forms, in_pairs, plain_text
from imagedocs.material.search.languages import Language
from imagedocs.material.search.sections import sections_of
from imagedocs.material.search.separators import separator

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


def entries_of(html: str, url: str, title: str) -> list[Entry]:
    """The sections of a rendered page. `title`, HTML, is that of a section without a heading."""
    return [
        Entry(f"{url}#{section.id}" if section.id else url, section.title or title, section.text)
        for section in sections_of(html)
    ]


def as_one(entries: Sequence[Entry]) -> list[Entry]:
    """Make one entry of the sections of a page, with the title of the first: for pages of a kind whose headings are
    all the same. A word in a title counts for much more than one in a text."""
    if not entries:
        return []
    first = entries[0]
    texts = " ".join(filter(None, (entry.text for entry in entries)))
    return [replace(first, location=first.location.partition("#")[0], text=texts)]


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


_LUNR = "assets/javascripts/lunr/"
_SEGMENTERS = {"tinyseg.js": {"ja"}, "wordcut.js": {"hi", "th"}}
"""Programs that cut the words of languages which do not."""


def is_loaded_by_search(place: str, languages: Collection[str]) -> bool:
    """Return whether Material's search loads the file at a place of the site for one of these languages of lunr; files
    that are not lunr's may be loaded by others."""
    if not place.startswith(_LUNR):
        return True
    others = {*languages} - {"en"}  # which is in the program itself
    name = place.removeprefix(_LUNR)
    if name in _SEGMENTERS:
        return bool(_SEGMENTERS[name] & others)
    language = name.removeprefix("min/lunr.").removesuffix(".min.js")
    return language in others or (language in ("stemmer.support", "multi") and bool(others))


_fields = attrgetter("location", "title", "text", "tags", "boost", "language")

Remembered = Callable[[str, object, Callable[[], str]], str]
"""Gives the text that was made of a page before: its address, what the text is made from, and what makes it anew."""


def render_index(
    entries: Iterable[Entry],
    language: Language,
    settings: dict[str, object],
    remembered: Remembered = lambda _page, _made_from, make: make(),
) -> str:
    """The JSON text of an index. The same entries give the same text."""
    pages: dict[str, list[Entry]] = {}
    for entry in entries:
        pages.setdefault(entry.location.partition("#")[0], []).append(entry)
    all_entries = (entry for page in pages.values() for entry in page)
    forms = Forms(language, (plain_text(text) for entry in all_entries for text in (entry.title, entry.text)))
    rules = repr(language)
    parts = [
        remembered(
            page, [rules, forms.kinship, *map(_fields, own)], partial(_documents, own, language, forms)
        )
        for page, own in pages.items()
    ]
    return f'{{"config":{_to_json(settings)},"docs":[{",".join(parts)}]}}'


def _documents(entries: Iterable[Entry], language: Language, forms: Forms) -> str:
    """Those of one page, with commas between them."""
    documents: list[str] = []
    for entry in entries:
        document: dict[str, object] = {
            "location": entry.location,
            "title": in_pairs(entry.title, language),
            "text": in_pairs(entry.text, language),
        }
        if title_forms := forms.of(plain_text(entry.title)):
            document["title_forms"] = title_forms
        if text_forms := forms.of(plain_text(entry.text)):
            document["text_forms"] = text_forms
        if entry.tags:
            document["tags"] = list(entry.tags)
        if entry.boost is not None:
            document["boost"] = entry.boost
        if entry.language is not None:
            document["lang"], document["dir"] = entry.language
        documents.append(_to_json(document))
    return ",".join(documents)


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
