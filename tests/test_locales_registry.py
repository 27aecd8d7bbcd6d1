"""The locale registry: what it takes, what it refuses and with which words, and whom a locale serves."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from babel import Locale as BabelLocale
from babel.localedata import locale_identifiers

from imagedocs.locales import load_locales
from imagedocs.locales.locale_file import MAX_LOCALES, read_locales
from imagedocs.locales.registry import Direction
from imagedocs.locales.resolution import have_one_script, is_from_right
from imagedocs.material.languages import MATERIAL_LANGUAGES, SEARCH_LANGUAGES

ROOT = Path(__file__).parent.parent

ALL_TAGS = """\
version: 1
default: en
locales:
  en: {name: English, babel: en, material: en, search: {language: en}}
  es: {name: Español, babel: es, material: es, search: {language: es, inflections: true}}
  es-419: {name: Español (Latinoamérica), babel: es_419, material: es, fallback: [es]}
  ja: {name: 日本語, babel: ja, material: ja, search: {segmentation: characters}}
  pt-BR: {name: Português (Brasil), babel: pt_BR, material: pt-BR}
  pt-PT: {name: Português, babel: pt_PT, material: pt, fallback: [pt-BR]}
  zh-Hans: {name: 简体中文, babel: zh_Hans, material: zh}
  zh-Hant: {name: 繁體中文, babel: zh_Hant, material: zh-Hant, fallback: [en]}
  ko: {name: 한국어, babel: ko, material: ko}
  nb: {name: Norsk bokmål, babel: nb, material: nb, search: {language: "no"}}
  sr-Latn: {name: Srpski, babel: sr_Latn, material: sh}
  ar: {name: العربية, babel: ar, material: ar}
  he: {name: עברית, babel: he, material: he, direction: rtl}
  fa: {name: فارسی, babel: fa, material: fa}
  de-CH: {name: Deutsch (Schweiz), babel: de_CH, material: de}
  en-GB: {name: English (UK), babel: en_GB, material: en}
  fil: {name: Filipino, babel: fil, material: tl}
  en-XA: {name: "[Éñĝļîšĥ]", babel: en, material: en, pseudo: expanded}
  ar-XB: {name: Mirrored, babel: ar, material: ar, pseudo: mirrored}
"""


def problems_of(entries: str, head: str = "version: 1\ndefault: en\nlocales:\n") -> list[str]:
    english = "  en: {name: English, babel: en, material: en}\n"
    _, problems = read_locales(head + english + entries)
    return [str(problem).removeprefix("locales/locales.yaml:") for problem in problems]


def test_every_tag_of_the_languages_we_planned_for_is_accepted():
    registry, problems = read_locales(ALL_TAGS)
    assert problems == ()
    assert len(registry.locales) == 19
    assert [locale.tag for locale in registry if locale.direction is Direction.RTL] == [
        "ar",
        "he",
        "fa",
        "ar-XB",
    ]
    assert [locale.tag for locale in registry if not locale.published] == ["en-XA", "ar-XB"]
    assert [locale.tag for locale in registry.translated if locale.pseudo or locale.tag == "en"] == []


def test_the_projects_own_file_has_eight_languages_and_no_mistake():
    registry, problems = load_locales(ROOT)
    assert problems == ()
    assert [locale.tag for locale in registry] == ["en", "es", "de", "fr", "ja", "ko", "zh-Hans", "pt-BR"]
    assert registry.default.tag == "en"
    assert {locale.open_graph for locale in registry} == {
        "en_US", "es_ES", "de_DE", "fr_FR", "ja_JP", "ko_KR", "zh_CN", "pt_BR",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(
            "  no: {name: Norsk, babel: nb, material: nb}\n",
            ['5:3: error: unquoted-value: YAML reads no as a boolean, not as a language tag; write "no"'],
            id="an unquoted no is a boolean",
        ),
        pytest.param(
            "  nb: {name: Norsk, babel: no, material: nb}\n",
            ['5:28: error: unquoted-value: YAML reads no as a boolean, not as text; write "no"'],
            id="an unquoted no as a value is a boolean too",
        ),
        pytest.param(
            "  pt-BR: {name: Português, babel: pt-BR, material: pt-BR}\n",
            ['5:35: error: locale-unknown: Babel knows no "pt-BR"; write "pt_BR"'],
            id="Babel's ids have underscores",
        ),
        pytest.param(
            "  es: {name: Español, babel: xx, material: es}\n",
            ['5:30: error: locale-unknown: Babel knows no "xx"; try "es", or "es_" and a region'],
            id="a language that Babel does not know",
        ),
        pytest.param(
            '  es: {name: Español, babel: "../../es", material: es}\n',
            ['5:30: error: locale-unknown: Babel knows no "../../es"; try "es", or "es_" and a region'],
            id="a Babel id that is a path",
        ),
        pytest.param(
            "  zh-Hant: {name: 繁體中文, babel: zh_Hans, material: zh-Hant}\n",
            ["5:32: error: locale-unknown: zh_Hans is not in the language and script of zh-Hant"],
            id="numbers and dates of another script",
        ),
        pytest.param(
            "  zh-Hans: {name: 简体中文, babel: zh_CN, material: zh}\n",
            ['5:32: error: locale-unknown: Babel reads "zh_CN" as zh_Hans_CN; write "zh_Hans_CN"'],
            id="a Babel id that is an alias",
        ),
        pytest.param(
            "  zh-Hans: {name: 简体中文, babel: zh_Hans, material: zh-Hans}\n",
            ['5:51: error: locale-unknown: Material for MkDocs has no language "zh-Hans"; write "zh"'],
            id="a language of the theme by another name",
        ),
        pytest.param(
            "  de: {name: Deutsch, babel: de, material: deu}\n",
            ['5:44: error: locale-unknown: Material for MkDocs has no language "deu"; write "de"'],
            id="a language of the theme by its code of three letters",
        ),
        pytest.param(
            "  es: {name: Español, babel: es, material: es, search: {language: pt-BR}}\n",
            ['5:67: error: locale-unknown: the search has no stemmer for "pt-BR"; write "pt"'],
            id="a stemmer that the search does not have",
        ),
        pytest.param(
            "  es_419: {name: Español, babel: es_419, material: es}\n",
            ['5:3: error: locale-tag: "es_419" is not a language tag; write "es-419"'],
            id="an underscore in a tag",
        ),
        pytest.param(
            "  zh-hans: {name: 简体中文, babel: zh_Hans, material: zh}\n",
            ['5:3: error: locale-tag: the tag "zh-hans" is not in its usual case; write "zh-Hans"'],
            id="a tag in lower case",
        ),
        pytest.param(
            "  ../x: {name: X, babel: es, material: es}\n",
            [
                '5:3: error: locale-tag: "../x" is not a language tag; write a tag such as es, pt-BR or zh-Hans'
            ],
            id="a path as a tag",
        ),
        pytest.param(
            "  es: {name: Español, babel: es, material: es, url: ../etc}\n",
            ['5:53: error: locale-tag: "../etc" cannot be the first segment of an address; write "es"'],
            id="an address that leaves the site",
        ),
        pytest.param(
            "  es: {name: Español, babel: es, material: es, url: assets}\n",
            ['5:53: error: locale-tag: "assets" is a folder of the theme; write "es"'],
            id="an address that the theme needs",
        ),
        pytest.param(
            "  es: {name: Español, babel: es, material: es}\n  es-419: {name: Español, babel: es_419, material: es, url: es}\n",
            ['6:61: error: locale-duplicate: es-419 has the same url "es" as es'],
            id="two locales at one address",
        ),
        pytest.param(
            "  es: {name: Español, babel: es, material: es}\n  es: {name: Español, babel: es, material: es}\n",
            ['6:3: error: duplicate-key: the key "es" stands twice; first on line 5; remove one of them'],
            id="one tag twice",
        ),
        pytest.param(
            "  es: {name: Español, babel: es, material: es, fallback: [es]}\n",
            ["5:58: error: locale-fallback: es is its own fallback; remove it"],
            id="a locale that falls back to itself",
        ),
        pytest.param(
            "  es-MX: {name: Español, babel: es_MX, material: es, fallback: [es-149]}\n"
            "  es-419: {name: Español, babel: es_419, material: es}\n",
            ['5:64: error: locale-fallback: the fallback "es-149" is no locale; did you mean "es-419"?'],
            id="a fallback that is not there",
        ),
        pytest.param(
            "  es: {name: Español, babel: es, material: es, fallback: [fr]}\n"
            "  fr: {name: Français, babel: fr, material: fr, fallback: [es]}\n",
            [
                "5:58: error: locale-fallback: the fallbacks go round in a circle: es → fr → es; leave one of them out"
            ],
            id="two locales that fall back to each other",
        ),
        pytest.param(
            "  ar: {name: العربية, babel: ar, material: ar, direction: ltr}\n",
            ['5:59: error: locale-unknown: ar is not written ltr; write "rtl" or remove this line'],
            id="a direction that is not the language's",
        ),
        pytest.param(
            "  en-XA: {name: X, babel: en, material: en, pseudo: expanded, published: true}\n",
            [
                "5:74: error: locale-default: en-XA is a pseudo-locale, which is never published; remove this line"
            ],
            id="a pseudo-locale that would be published",
        ),
        pytest.param(
            "  es: {name: Español, bable: es, material: es}\n",
            ['5:23: error: unknown-key: unknown key "bable"; did you mean "babel"?'],
            id="a mistyped key",
        ),
        pytest.param(
            "  con: {name: Cofán, babel: es, material: es}\n",
            ["5:3: error: locale-tag: Windows cannot make a folder named con"],
            id="a folder that Windows cannot make",
        ),
    ],
)
def test_each_mistake_is_reported_where_it_stands(entries: str, expected: list[str]):
    assert problems_of(entries) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "", ["locales/locales.yaml: error: yaml-syntax: there is nothing in this file"], id="empty"
        ),
        pytest.param(
            "version: 1\ndefault: fr\nlocales:\n  en: {name: English, babel: en, material: en}\n",
            [
                'locales/locales.yaml:2:10: error: locale-default: the default "fr" is no locale; add it to the locales'
            ],
            id="a default that is not there",
        ),
        pytest.param(
            "version: 1\nlocales: {}\n",
            ['locales/locales.yaml:1:1: error: missing-field: the field "default" is missing'],
            id="no default",
        ),
        pytest.param(
            "version: 2\ndefault: en\nlocales:\n  en: {name: English, babel: en, material: en}\n",
            [
                "locales/locales.yaml:1:10: error: wrong-type: the file is of version 2, and this program reads version 1; use a newer imagedocs"
            ],
            id="a file of the future",
        ),
        pytest.param(
            "version: 1\ndefault: en\nlocales:\n  en: {name: English, babel: en, material: en, url: en, fallback: [en]}\n",
            [
                "locales/locales.yaml:4:53: error: locale-tag: en is the default, whose pages are at the root of the site; remove this line",
                "locales/locales.yaml:4:67: error: locale-fallback: en is its own fallback; remove it",
                "locales/locales.yaml:4:67: error: locale-fallback: en is the default, the last of every fallback chain, and can have no fallback; remove this line",
            ],
            id="a default with an address and a fallback",
        ),
        pytest.param(
            "- en\n",
            ["locales/locales.yaml:1:1: error: wrong-type: expected a mapping, found a list"],
            id="a list",
        ),
    ],
)
def test_a_file_that_names_no_default_still_gives_a_registry(text: str, expected: list[str]):
    registry, problems = read_locales(text)
    assert [str(problem) for problem in problems] == expected
    assert registry.default.tag == "en"
    assert registry.default in registry.locales


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"locales: &a [*a]", b"x" * 100_000, b"- " * 10_000, b"\x00"]
)
def test_hostile_bytes_are_problems(content: bytes):
    registry, problems = read_locales(content)
    assert problems
    assert registry.default.tag == "en"


@pytest.mark.parametrize("url", ["../etc", "/", "a/b", "assets", "con", "A", "..", '""', "é", "x" * 99])
def test_whatever_the_file_says_an_address_is_a_plain_name_of_its_own(url: str):
    registry, problems = read_locales(
        "version: 1\ndefault: en\nlocales:\n  en: {name: English, babel: en, material: en}\n"
        f"  es: {{name: Español, babel: es, material: es, url: {url}}}\n"
        "  fr: {name: Français, babel: fr, material: fr, url: es}\n"
    )
    assert problems
    assert [locale.url for locale in registry] == ["", "es"]


def test_the_number_of_locales_is_bounded():
    letters = "abcdefghijklmnopqrstuvwxyz"
    tags = [f"{a}{b}{c}" for a in "qx" for b in "abcd" for c in letters]
    entries = "".join(f"  {tag}: {{name: x, babel: xx, material: en}}\n" for tag in tags)
    found = [line for line in problems_of(entries) if "are not read" in line]
    assert found == [
        f"204:3: error: locale-tag: there are more than {MAX_LOCALES} locales; the others are not read"
    ]


def test_the_fallback_chain_follows_each_fallback_and_ends_with_the_default():
    registry, _ = read_locales(
        "version: 1\ndefault: en\nlocales:\n"
        "  es-MX: {name: x, babel: es_MX, material: es, fallback: [es-419, en]}\n"
        "  es-419: {name: x, babel: es_419, material: es, fallback: [es]}\n"
        "  es: {name: x, babel: es, material: es}\n"
        "  en: {name: x, babel: en, material: en}\n"
    )
    chains = {locale.tag: [each.tag for each in registry.chain(locale)] for locale in registry}
    assert chains == {
        "es-MX": ["es-MX", "es-419", "es", "en"],
        "es-419": ["es-419", "es", "en"],
        "es": ["es", "en"],
        "en": ["en"],
    }


@pytest.mark.parametrize(
    ("tag", "other", "expected"),
    [
        ("zh-TW", "zh-Hant", True),
        ("zh-TW", "zh-Hans", False),
        ("zh-HK", "zh-Hant", True),
        ("zh-CN", "zh_Hans", True),
        ("zh-Hans-TW", "zh-Hans", True),
        ("cmn", "zh-Hans", True),
        ("pt-AO", "pt-PT", True),
        ("es-MX", "es-419", True),
        ("no", "nb", True),
        ("iw", "he", True),
        ("tl", "fil", True),
        ("sr", "sr-Latn", False),
        ("sr-Latn-RS", "sr_Latn", True),
        ("EN_us", "en", True),
        ("de-DE-u-co-phonebk", "de-CH", True),
        ("fr", "en", False),
        ("*", "*", False),
        ("", "en", False),
        ("../../etc/passwd", "en", False),
        ("x" * 10_000, "en", False),
    ],
)
def test_two_tags_are_of_one_language_in_one_script(tag: str, other: str, expected: bool) -> None:
    assert have_one_script(tag, other) is expected
    assert have_one_script(other, tag) is expected


def test_the_lists_of_the_themes_languages_are_those_of_the_installed_theme():
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    theme = Path(spec.origin).parent / "templates"
    languages = {file.stem for file in (theme / "partials" / "languages").glob("*.html")}
    assert languages >= MATERIAL_LANGUAGES  # a later release may have more
    stemmers = {
        file.name.split(".")[1] for file in (theme / "assets/javascripts/lunr/min").glob("lunr.*.min.js")
    }
    assert stemmers | {"en"} >= SEARCH_LANGUAGES


def test_pages_that_need_not_be_translated_are_named_as_in_a_gitignore_file():
    head = "version: 1\ndefault: en\nuntranslated: [rules/, /a.md, '!rules/b.md']\nlocales:\n"
    registry, problems = read_locales(head + "  en: {name: English, babel: en, material: en}\n")
    assert problems == ()
    pages = ["a.md", "sub/a.md", "rules/a.md", "rules/b.md", "sub/rules/a.md"]
    assert [page for page in pages if registry.untranslated.match_file(page)] == [
        "a.md",
        "rules/a.md",
        "sub/rules/a.md",
    ]


def test_what_exists_in_one_language_need_not_be_translated():
    head = "version: 1\ndefault: en\nuntranslated: [/a.md]\nsingle_language: [rules/]\nlocales:\n"
    registry, problems = read_locales(head + "  en: {name: English, babel: en, material: en}\n")
    assert problems == ()
    pages = ["a.md", "b.md", "rules/a.md"]
    assert [page for page in pages if registry.untranslated.match_file(page)] == ["a.md", "rules/a.md"]
    assert [page for page in pages if registry.single_language.match_file(page)] == ["rules/a.md"]


def test_a_pattern_that_is_none_is_named():
    head = 'version: 1\ndefault: en\nuntranslated: [rules/, "!"]\nlocales:\n'
    assert problems_of("", head) == [
        '3:24: error: wrong-type: "!" is no pattern as in a .gitignore file; write a folder, "rules/", or a page, "/a.md"'
    ]


def test_the_direction_of_each_language_is_that_of_babel() -> None:
    known = locale_identifiers()
    assert len(known) > 1000
    for each in known:
        assert is_from_right(each) == (BabelLocale.parse(each).character_order == "right-to-left"), each
