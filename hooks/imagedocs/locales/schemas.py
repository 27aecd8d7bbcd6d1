"""The fields of `locales/locales.yaml` and `locales/glossary.yaml`, for the JSON Schemas by which editors help.

What must hold beyond them (that Babel knows a language, that fallbacks do not go in a circle) is said by the
readers, `locale_file` and `glossary`; a test holds them to the names here.
"""

from typing import Final

from imagedocs.locales import glossary, locale_file
from imagedocs.locales.pseudo import Pseudo
from imagedocs.locales.registry import Direction
from imagedocs.material.languages import MATERIAL_LANGUAGES, SEARCH_LANGUAGES
from imagedocs.material.search_options import Segmentation
from imagedocs.yaml.fields import Choice, Flag, Text, Whole
from imagedocs.yaml.records import Field, ListOf, Record, TableOf, TextOrTexts

_TAG = Text("a language tag", "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*")

SEARCH: Final = Record(
    (
        Field(
            "language",
            Choice(tuple(sorted(SEARCH_LANGUAGES))),
            "The language whose stemmer the search uses.",
            required=False,
        ),
        Field(
            "segmentation",
            Choice(tuple(Segmentation)),
            "Words, or characters where nothing separates words.",
            required=False,
        ),
        Field("inflections", Flag(), "Also find words with other accents and endings.", required=False),
    )
)
LOCALE: Final = Record(
    (
        Field("name", Text(), "What the language calls itself."),
        Field(
            "babel", Text(), "Babel's id for numbers, dates and plurals; it names the folder of the messages."
        ),
        Field(
            "material", Choice(tuple(sorted(MATERIAL_LANGUAGES))), "The language of the theme's own strings."
        ),
        Field(
            "url",
            Text("the first segment of an address", locale_file.URL_PATTERN),
            "First segment of the addresses; without it, the tag in lower case.",
            required=False,
        ),
        Field(
            "fallback",
            ListOf(_TAG),
            "Where pages and sentences come from first that are missing here; last comes the default.",
            required=False,
        ),
        Field(
            "direction", Choice(tuple(Direction)), "ltr or rtl; without it, as Babel has it.", required=False
        ),
        Field("search", SEARCH, "How the pages are searched.", required=False),
        Field(
            "published",
            Flag(),
            "false while the pages are not ready: checked, but not part of the site.",
            required=False,
        ),
        Field(
            "pseudo",
            Choice(tuple(Pseudo)),
            "A locale for tests, made from the default's sentences.",
            required=False,
        ),
    )
)
LOCALES: Final = Record(
    (
        Field("version", Whole(), f"The version of the file's form: {locale_file.VERSION}."),
        Field("default", _TAG, "The language of the source: the last of every fallback chain."),
        Field(
            "untranslated",
            ListOf(Text("a pattern")),
            "Pages that nobody need translate, as patterns of a .gitignore file: rules/*.md.",
            required=False,
        ),
        Field(
            "single_language",
            ListOf(Text("a pattern")),
            "Pages that exist only in the languages that have them, likewise: others link there.",
            required=False,
        ),
        Field("locales", TableOf(LOCALE, _TAG), "The languages of the site, by their tags (BCP 47)."),
    )
)
GLOSSARY: Final = Record(
    (
        Field("version", Whole(), f"The version of the file's form: {glossary.VERSION}."),
        Field(
            "keep",
            ListOf(Text("a name")),
            "Names that are written the same in every language. A capital letter in them is part of the name.",
            required=False,
        ),
        Field(
            "terms",
            TableOf(TableOf(TextOrTexts(), _TAG), Text("a word")),
            "A word of the source, in the singular, and for each language the rendering to use; in a list, the "
            "first is the one to write, and the others are forms of it that are right as well.",
            required=False,
        ),
    )
)
