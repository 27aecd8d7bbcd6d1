"""Sentences with their fallbacks, pseudo-locales, and what the checks say of .po files."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from jinja2 import Environment

from imagedocs.checks.messages import check_messages
from imagedocs.locales import load_locales, read_message_files
from imagedocs.locales.extraction import extract_messages
from imagedocs.locales.locale_file import read_locales
from imagedocs.locales.messages import Messages, messages_of, read_message_file
from imagedocs.locales.placeholders import PROTECTED
from imagedocs.locales.po import PoFile
from imagedocs.locales.po_reader import read_po
from imagedocs.locales.pseudo import Pseudo, pseudo_text

ROOT = Path(__file__).parent.parent

REGISTRY, _ = read_locales(
    "version: 1\ndefault: en\nlocales:\n"
    "  en: {name: English, babel: en, material: en}\n"
    "  es: {name: Español, babel: es, material: es}\n"
    "  es-419: {name: Español, babel: es_419, material: es, fallback: [es]}\n"
    "  en-XA: {name: X, babel: en, material: en, pseudo: expanded}\n"
    "  ar-XB: {name: X, babel: ar, material: ar, pseudo: mirrored}\n"
)
SPANISH = 'msgid ""\nmsgstr "Language: es\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def po(text: str, path: str = "es.po") -> PoFile:
    return read_po((SPANISH + text).encode(), path)


def messages(tag: str, es: str = "", es_419: str = "") -> Messages:
    locale = REGISTRY.get(tag)
    assert locale is not None
    return messages_of(locale, REGISTRY, {"es": po(es), "es-419": po(es_419, "es_419.po")})


IMAGES = 'msgid "One image"\nmsgid_plural "%(num)s images"\n'


def test_what_a_locale_has_not_comes_from_the_next_of_its_chain():
    mexican = messages(
        "es-419",
        es='msgid "computer"\nmsgstr "ordenador"\n\nmsgid "Tag"\nmsgstr "Etiqueta"\n',
        es_419='msgid "computer"\nmsgstr "computadora"\n\nmsgid "Tag"\nmsgstr ""\n',
    )
    assert mexican.gettext("computer") == "computadora"
    assert mexican.gettext("Tag") == "Etiqueta"
    assert mexican.gettext("Framework") == "Framework"


def test_a_guess_is_never_shown():
    assert messages("es", '#, fuzzy\nmsgid "Tag"\nmsgstr "Etiquetar"\n').gettext("Tag") == "Tag"


def test_an_obsolete_entry_is_never_shown():
    assert messages("es", '#~ msgid "Tag"\n#~ msgstr "Etiqueta"\n').gettext("Tag") == "Tag"


def test_contexts_are_kept_apart():
    spanish = messages("es", 'msgctxt "verb"\nmsgid "Tag"\nmsgstr "Etiquetar"\n')
    assert spanish.pgettext("verb", "Tag") == "Etiquetar"
    assert spanish.gettext("Tag") == "Tag"


@pytest.mark.parametrize(
    ("es_419", "expected"),
    [
        ('msgstr[0] "Una"\nmsgstr[1] "%(num)s"\n', ["%(num)s", "Una", "%(num)s"]),
        ('msgstr[0] ""\nmsgstr[1] ""\n', ["%(num)s imágenes", "Una imagen", "%(num)s imágenes"]),
        ('msgstr[0] "Una"\nmsgstr[1] ""\n', ["%(num)s imágenes", "Una", "%(num)s imágenes"]),
        ('msgstr[0] "Una"\n', ["%(num)s imágenes", "Una", "%(num)s imágenes"]),
    ],
    ids=["translated", "empty", "half empty", "form missing"],
)
def test_an_empty_plural_form_comes_from_the_next_of_the_chain(es_419: str, expected: list[str]):
    mexican = messages(
        "es-419", IMAGES + 'msgstr[0] "Una imagen"\nmsgstr[1] "%(num)s imágenes"\n', IMAGES + es_419
    )
    assert [mexican.ngettext("One image", "%(num)s images", n) for n in (0, 1, 7)] == expected


def test_plurals_without_a_translation_count_as_english_does():
    assert [messages("es").npgettext("c", "One", "Many", n) for n in (0, 1, 2)] == ["Many", "One", "Many"]


@pytest.mark.parametrize(
    "translation", ["%(nombre)s", "{who}", "50 %", "50 % de", "%s", "%(name)", "%(name)d", "%", "%(name)s %z"]
)
def test_a_translation_that_would_fail_when_filled_in_is_not_used(translation: str):
    spanish = messages("es", f'msgid "Hello %(name)s"\nmsgstr "{translation}"\n')
    assert spanish.gettext("Hello %(name)s") == "Hello %(name)s"


def test_jinja_fills_in_what_the_messages_give():
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    spanish = messages("es", IMAGES + 'msgstr[0] "Una imagen"\nmsgstr[1] "%(num)s imágenes"\n')
    install = getattr(environment, "install_gettext_callables")  # noqa: B009  # the extension adds it at run time
    install(
        spanish.gettext,
        spanish.ngettext,
        newstyle=True,
        pgettext=spanish.pgettext,
        npgettext=spanish.npgettext,
    )
    source = "{% trans num=n %}One image{% pluralize %}{{ num }} images{% endtrans %}"
    template = environment.from_string(source)
    assert [template.render(n=n) for n in (1, 3)] == ["Una imagen", "3 imágenes"]


MARKDOWN = "## See [the **tags**](../tags.md#x) of `latest`: %(count)s of {total}, 100%% of <b>it</b> &amp; https://example.com/a"


@pytest.mark.parametrize("kind", list(Pseudo))
@pytest.mark.parametrize(
    "text",
    [
        MARKDOWN,
        "Note",
        "| One | Two |",
        "* item",
        "> quote",
        "1. item",
        "``a ` b`` and `c`",
        " ",
        "",
        "日本語",
    ],
)
def test_a_pseudo_locale_keeps_what_must_stay(kind: Pseudo, text: str):
    disguised = pseudo_text(text, kind)
    assert [match[0] for match in PROTECTED.finditer(disguised)] == [
        match[0] for match in PROTECTED.finditer(text)
    ]


@pytest.mark.parametrize("start", ["## ", "* ", "1. ", "> ", "| ", "> * "])
def test_what_makes_a_line_a_heading_or_an_item_stays_in_front(start: str):
    assert pseudo_text(f"{start}Tag", Pseudo.EXPANDED) == f"{start}⟦Ţåĝ öñé⟧"


def test_the_expanded_locale_accents_brackets_and_lengthens():
    assert pseudo_text("Tag policy of images", Pseudo.EXPANDED) == "⟦Ţåĝ þöļîçý öƒ îɱåĝéš öñé ţŵö⟧"
    for text in ("Note", "a" * 50, MARKDOWN):
        assert len(pseudo_text(text, Pseudo.EXPANDED)) >= 1.3 * len(text)


def test_the_mirrored_locale_reverses_each_word():
    assert (
        pseudo_text("two words", Pseudo.MIRRORED)
        == "\u200f\u202etwo\u202c\u200f \u200f\u202ewords\u202c\u200f"
    )


def test_pseudo_locales_are_made_from_the_source():
    assert messages("en-XA").gettext("Tag") == "⟦Ţåĝ öñé⟧"
    assert messages("en-XA").ngettext("One", "Many", 2) == "⟦Ṁåñý öñé⟧"
    assert messages("ar-XB").pgettext("verb", "Tag") == "\u200f\u202eTag\u202c\u200f"


def found(text: str, template: str | None = None) -> Sequence[str]:
    registry, _ = read_locales(
        "version: 1\ndefault: en\nlocales:\n"
        "  en: {name: English, babel: en, material: en}\n  es: {name: Español, babel: es, material: es}\n"
    )
    file = read_po(text.encode(), "es.po")
    wanted = read_po((template if template is not None else text).encode(), "locales/messages.pot")
    wanted = PoFile(
        wanted.path, wanted.header, tuple(entry for entry in wanted.entries if not entry.obsolete)
    )
    return [str(problem) for problem in check_messages(registry, {"es": file}, wanted, wanted)]


USUAL = "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);"
HEADER = 'msgid ""\nmsgstr "Language: es\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('msgid "a %(n)s"\nmsgstr "b %(n)s"\n', [], id="a translation that is right"),
        pytest.param(
            'msgid "a"\nmsgstr ""\n',
            ['es.po:4:8: warning: message-untranslated: "a" is not translated into es'],
            id="no translation",
        ),
        pytest.param(
            '#, fuzzy\nmsgid "a"\nmsgstr "b"\n',
            ['es.po:5:8: warning: message-fuzzy: the translation of "a" is a guess; check the translation and remove the flag fuzzy'],
            id="a guess",
        ),
        pytest.param(
            IMAGES + 'msgstr[0] ""\nmsgstr[1] ""\n',
            ['es.po:4:8: warning: message-untranslated: "One image" is not translated into es'],
            id="empty plural forms",
        ),
        pytest.param(
            IMAGES + 'msgstr[0] "Una imagen"\nmsgstr[1] ""\n',
            ['es.po:4:8: error: message-plurals: "One image" has 1 of the 2 plural forms of es; write msgstr[1], for numbers such as 0, 2, 3, 4'],
            id="one of two plural forms",
        ),
        pytest.param(
            IMAGES + 'msgstr[0] "Una imagen"\nmsgstr[1] "%(num)s imágenes"\nmsgstr[2] "x"\n',
            ['es.po:8:12: error: message-plurals: "One image" has 3 plural forms, and the header names 2; remove the others'],
            id="a plural form too many",
        ),
        pytest.param(
            IMAGES + 'msgstr[0] "%(num)s imagen"\nmsgstr[1] "imágenes"\n',
            ['es.po:7:12: error: message-placeholder: the translation of "One image" lacks the placeholder %(num)s of its message; put %(num)s where the value goes'],
            id="a plural without its number",
        ),
        pytest.param(
            'msgid "a %(name)s"\nmsgstr "b %(nmae)s"\n',
            [
                'es.po:5:9: error: message-placeholder: the translation of "a %(name)s" has the placeholder %(nmae)s, which its message has not; did you mean %(name)s?',
                'es.po:5:9: error: message-placeholder: the translation of "a %(name)s" lacks the placeholder %(name)s of its message; put %(name)s where the value goes',
            ],
            id="a mistyped placeholder",
        ),
        pytest.param(
            'msgid "all {count}"\nmsgstr "todos"\n',
            ['es.po:5:9: error: message-placeholder: the translation of "all {count}" lacks the placeholder {count} of its message; put {count} where the value goes'],
            id="a missing placeholder in braces",
        ),
        pytest.param(
            'msgid "half"\nmsgstr "50 %"\n',
            ['es.po:5:9: error: message-placeholder: the translation of "half" has a % that begins no placeholder; write %% for a per cent sign'],
            id="a per cent sign alone",
        ),
        pytest.param(
            'msgid "see [tags](../tags.md) and `latest`"\nmsgstr "véase [etiquetas](../etiquetas.md) y `último`"\n',
            [
                'es.po:5:9: error: message-markup: the translation of "see [tags](../tags.md) and `latest`" lacks the code `latest` of its message',
                'es.po:5:9: error: message-markup: the translation of "see [tags](../tags.md) and `latest`" has the code `último`, which its message has not',
                'es.po:5:9: error: message-markup: the translation of "see [tags](../tags.md) and `latest`" lacks a link to ../tags.md of its message',
                'es.po:5:9: error: message-markup: the translation of "see [tags](../tags.md) and `latest`" has a link to ../etiquetas.md, which its message has not',
            ],
            id="translated code and link target",
        ),
        pytest.param(
            'msgid "see `a` and `b`"\nmsgstr "`b` y `a`"\n', [], id="code in another order"
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b "\n',
            ['es.po:5:9: warning: message-whitespace: the translation of "a" ends with " ", its message with no space; let it end with no space'],
            id="a space at the end",
        ),
        pytest.param(
            'msgid " a"\nmsgstr "b"\n',
            ['es.po:5:9: warning: message-whitespace: the translation of " a" begins with no space, its message with " "; let it begin with " "'],
            id="no space at the beginning",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b"\n\n#~ msgid "gone"\n#~ msgstr "ido"\n',
            ['es.po:7:11: suggestion: message-obsolete: "gone" is no longer used; remove the entry'],
            id="an obsolete entry",
        ),
    ],
)  # fmt: skip
def test_each_fault_of_a_translation_is_reported(text: str, expected: list[str]):
    assert found(HEADER + text) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param(
            'msgid ""\nmsgstr "Language: de\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n',
            ['es.po:1:1: error: po-header: the header names the language "de"; write "Language: es\\n"'],
            id="another language",
        ),
        pytest.param(
            'msgid ""\nmsgstr "Language: es\\nPlural-Forms: nplurals=1; plural=0;\\n"\n',
            ['es.po:1:1: error: po-header: "nplurals=1; plural=0;" gives 0 and 1 one form, and es has two for them; write "Plural-Forms: ' + USUAL + '\\n"'],
            id="plural forms of another language",
        ),
        pytest.param(
            'msgid ""\nmsgstr "Language: es\\nPlural-Forms: nplurals=2; plural=n;\\n"\n',
            ['es.po:1:1: error: po-header: "nplurals=2; plural=n;" is no rule for plural forms; write "Plural-Forms: ' + USUAL + '\\n"'],
            id="a rule that leads to forms that are not there",
        ),
        pytest.param(
            'msgid ""\nmsgstr "Language: es\\n"\n',
            ['es.po:1:1: error: po-header: the header lacks Plural-Forms; write "Plural-Forms: ' + USUAL + '\\n"'],
            id="no plural forms",
        ),
        pytest.param(
            'msgid ""\nmsgstr "Language: es\\nPlural-Forms: nplurals=2; plural=(n != 1);\\nContent-Type: text/plain; charset=latin-1\\n"\n',
            ['es.po:1:1: error: po-header: the charset is "latin-1"; save the file as UTF-8 and say so'],
            id="another charset",
        ),
        pytest.param("", ["es.po: error: po-header: the header is missing; run `imagedocs messages`"], id="none"),
    ],
)  # fmt: skip
def test_a_header_must_fit_the_language(header: str, expected: list[str]):
    assert found(header + '\nmsgid "a"\nmsgstr "b"\n') == expected


@pytest.mark.parametrize(
    ("forms", "strings"),
    [
        pytest.param("nplurals=2; plural=(n != 1);", ["Una", "%(num)s"], id="two, as gettext has had them"),
        pytest.param(USUAL, ["Una", "%(num)s de", "%(num)s"], id="three, as CLDR has them"),
        pytest.param(
            "nplurals=4; plural=(n == 1 ? 0 : n == 0 ? 1 : n == 2 ? 2 : 3);",
            ["Una", "Ninguna", "Dos", "%(num)s"],
            id="four, finer than the language needs",
        ),
        pytest.param(
            "nplurals=3; plural=(n == 1 ? 0 : 1);",
            ["Una", "%(num)s", ""],
            id="one for fractions alone, empty",
        ),
    ],
)
def test_a_file_is_right_by_the_plural_forms_of_its_own_header(forms: str, strings: list[str]):
    header = f'msgid ""\nmsgstr "Language: es\\nPlural-Forms: {forms}\\n"\n\n'
    entry = IMAGES + "".join(f'msgstr[{index}] "{text}"\n' for index, text in enumerate(strings))
    assert found(header + entry) == []


def test_sentences_that_a_file_lacks_or_has_too_many_of_are_reported():
    template = 'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n'
    assert found(HEADER + 'msgid "a"\nmsgstr "x"\n\nmsgid "c"\nmsgstr "y"\n', template) == [
        'es.po:7:8: error: messages-out-of-date: "c" is in no template and no code; run `imagedocs messages`',
        'es.po: error: messages-out-of-date: lacks 1 sentence of the site, first "b"; run `imagedocs messages`',
    ]


def test_a_file_with_very_many_faults_is_cut_short():
    code = " ".join(f"`{number}`" for number in range(50_000))
    placeholders = " ".join(f"{{x{number}}}" for number in range(50_000))
    assert len(found(HEADER + f'msgid "a"\nmsgstr "{code} {placeholders}"\n')) == 20
    entries = "".join(f'msgid "a{number}"\nmsgstr " {{x}}"\n\n' for number in range(1000))
    reported = found(HEADER + entries)
    assert len(reported) == 501
    assert reported[-1] == "es.po: error: po-syntax: has more than 500 problems; the others are not shown"


def test_the_files_of_the_project_have_every_sentence_and_no_fault():
    registry, problems = load_locales(ROOT)
    template = extract_messages(ROOT)
    pot = read_message_file(ROOT, "locales/messages.pot")
    assert problems == ()
    assert [
        str(each) for each in check_messages(registry, read_message_files(ROOT, registry), template, pot)
    ] == []
