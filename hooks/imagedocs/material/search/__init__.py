"""What the search of a locale knows of its pages: sections, the forms of their words, and how to cut both.

The search itself is Material's, in the reader's browser (lunr, with a tokenizer of Material's own). It asks for
what *begins* with a word of the query, and changes nothing in that word: no stemmer sees it. So a word can be
found in another form in two ways only, and both are in the index:

- the separator, a regular expression by which the browser cuts pages and queries alike. It also cuts off
  endings and Korean particles, so that "etiquetas" looks for "etiquet", as "etiqueta" does;
- forms in hidden fields, which are searched and never shown: words without accents, the numbers in image names,
  the second half of compounds, Chinese characters in pairs.
"""

from imagedocs.material.search.index import (
    Entry,
    as_one,
    entries_of,
    is_loaded_by_search,
    render_index,
    search_settings,
)
from imagedocs.material.search.languages import Language, language_of

__all__ = [
    "Entry",
    "Language",
    "as_one",
    "entries_of",
    "is_loaded_by_search",
    "language_of",
    "render_index",
    "search_settings",
]
