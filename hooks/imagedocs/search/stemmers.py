"""What Material's search loads for languages: stemmers, and what cuts their texts into words."""

from collections.abc import Collection, Iterable
from typing import Final, cast

from imagedocs.locales import Locale
from imagedocs.search.index import search_settings
from imagedocs.search.languages import language_of

_FOLDER: Final = "assets/javascripts/lunr/"
_CUTTERS: Final = {"tinyseg.js": ("ja",), "wordcut.js": ("hi", "th")}
"""File -> the languages whose texts it cuts into words."""
_WITH_ANY: Final = ("multi", "stemmer.support")
"""Names of what is loaded beside any stemmer."""


def stemmers_of(locales: Iterable[Locale]) -> frozenset[str]:
    """Return the names of the stemmers that the search of some locale asks for, as lunr has them."""
    settings = [search_settings(language_of(each.tag, each.search), each.search.language) for each in locales]
    return frozenset(name for each in settings for name in cast("list[str]", each["lang"]))


def is_loaded(path: str, stemmers: Collection[str]) -> bool:
    """Return whether a file of the site, by its site path, is not one of lunr's, or is loaded for these stemmers.

    English needs no file: lunr has its stemmer itself.
    """
    if not path.startswith(_FOLDER):
        return True
    wanted = {name for name in stemmers if name != "en"}
    name = path.removeprefix(_FOLDER)
    if name in _CUTTERS:
        return not wanted.isdisjoint(_CUTTERS[name])
    return bool(wanted) and name.removeprefix("min/lunr.").removesuffix(".min.js") in {*wanted, *_WITH_ANY}
