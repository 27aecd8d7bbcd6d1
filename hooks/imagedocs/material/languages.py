"""The languages that Material for MkDocs knows: a locale that named another would end in a missing template.

A test compares both lists with the theme that is installed.
"""

from babel import Locale
from babel.core import get_global

MATERIAL_LANGUAGES = frozenset(
    [
        "af",
        "ar",
        "az",
        "be",
        "bg",
        "bn",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "fi",
        "fr",
        "gl",
        "he",
        "hi",
        "hr",
        "hu",
        "hy",
        "id",
        "is",
        "it",
        "ja",
        "ka",
        "kn",
        "ko",
        "ku-IQ",
        "lb",
        "lt",
        "lv",
        "mk",
        "mn",
        "ms",
        "my",
        "nb",
        "nl",
        "nn",
        "pl",
        "pt",
        "pt-BR",
        "ro",
        "ru",
        "sa",
        "sh",
        "si",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "ta",
        "te",
        "th",
        "tl",
        "tr",
        "uk",
        "ur",
        "uz",
        "vi",
        "zh",
        "zh-Hant",
        "zh-TW",
    ]
)
"""The theme's own strings: `material/templates/partials/languages/<language>.html`."""

SEARCH_LANGUAGES = frozenset(
    [
        "ar",
        "da",
        "de",
        "du",
        "el",
        "en",
        "es",
        "fi",
        "fr",
        "he",
        "hi",
        "hu",
        "hy",
        "it",
        "ja",
        "jp",
        "kn",
        "ko",
        "nl",
        "no",
        "pt",
        "ro",
        "ru",
        "sa",
        "sv",
        "ta",
        "te",
        "th",
        "tr",
        "vi",
        "zh",
    ]
)
"""Stemmers of the search: `material/templates/assets/javascripts/lunr/min/lunr.<language>.min.js`, and English."""

_THEME_NAMES = {"no": "nb", "fil": "tl", "sr-Latn": "sh", "bs": "sh", "ckb": "ku-IQ", "zh-Hant-TW": "zh-TW"}
"""What Material calls a language, or a close one that its readers read too, where its name is another."""
_SEARCH_NAMES = {"nb": "no", "nn": "no"}


def material_language(tag: str) -> str:
    """Return the theme's language for the readers of `tag`: their own, in their script; else English."""
    if tag in MATERIAL_LANGUAGES:
        return tag
    asked = Locale.parse(tag, sep="-")
    script = _script(asked)
    for name in (
        f"{asked.language}-{script}-{asked.territory}",
        f"{asked.language}-{script}",
        asked.language,
    ):
        theme = _THEME_NAMES.get(name, name)
        if theme in MATERIAL_LANGUAGES and (
            name in _THEME_NAMES or _script(Locale.parse(theme, sep="-")) == script
        ):
            return theme
    return "en"


def search_language(tag: str) -> str | None:
    """Return the stemmer for the language of `tag`; `None` where the search has none."""
    language = Locale.parse(tag, sep="-").language
    name = _SEARCH_NAMES.get(language, language)
    return name if name in SEARCH_LANGUAGES else None


def _script(locale: Locale) -> str:
    """Return the script that a language is written in, where the tag does not name it: the usual one there."""
    if locale.script:
        return locale.script
    likely = get_global("likely_subtags")
    language, territory = locale.language, locale.territory
    full = likely.get(f"{language}_{territory}") or likely.get(language, "")
    return next((part for part in full.split("_") if len(part) == 4 and part.istitle()), "")
