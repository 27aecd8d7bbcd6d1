"""Are the sentences of every locale translated, and will they do when they are filled in?

Babel's own checks miss absent placeholders, count empty plural forms as done, and never find a file with
contexts up to date; these read the files themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, zip_longest

from imagedocs.locales.extraction import TEMPLATE_PATH, is_library
from imagedocs.locales.messages import empty_forms, forms_of, required_text
from imagedocs.locales.placeholders import markup_faults, placeholder_faults
from imagedocs.locales.plurals import PluralForms, confused_numbers, read_forms, usual_forms
from imagedocs.locales.po import Entry, PoFile, PoString
from imagedocs.locales.po_writer import format_po
from imagedocs.locales.registry import Locale, LocaleRegistry
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown

MAX_PROBLEMS = 500
"""Problems reported of one file: a person works off no more at once, and a hostile file could have millions."""
_MAX_FAULTS = 10
"""Faults reported of one translation."""
_UPDATE = "run `imagedocs messages`"


def check_messages(
    registry: LocaleRegistry, files: Mapping[str, PoFile], template: PoFile, template_file: PoFile
) -> Iterator[Problem]:
    """What is wrong with the .po files, by their locale's tag, and with the .pot file.

    `template` holds the sentences that the templates and the code use now, `template_file` those of the file.
    Locales that are not published may be incomplete, but not wrong.
    """
    yield from template.problems
    if template.problems:
        template = template_file  # sentences that could not be found are not out of date
    yield from check_template(template, template_file)
    for locale in registry.speaking:
        file = files.get(locale.tag)
        if file is None:
            continue
        needs = template
        if locale == registry.default:  # the project's own sentences are in its language already
            needs = replace(template, entries=tuple(filter(is_library, template.entries)))
        problems = list(islice(check_file(file, template, locale, needs), MAX_PROBLEMS + 1))
        yield from problems[:MAX_PROBLEMS]
        if len(problems) > MAX_PROBLEMS:
            message = f"has more than {MAX_PROBLEMS} problems; the others are not shown"
            yield Problem(Position(file.path), Rule.PO_SYNTAX, message)


def check_file(
    file: PoFile, template: PoFile, locale: Locale, needs: PoFile | None = None
) -> Iterator[Problem]:
    """What is wrong with the .po file of one locale. Of the sentences of `template`, it needs those of `needs`."""
    yield from file.problems
    if file.problems and not file.entries:
        return
    forms = forms_of(file, locale.babel)
    yield from check_header(file, locale)
    for entry in file.entries:
        if not entry.obsolete:
            yield from check_entry(entry, forms)
    yield from check_obsolete(file, template)
    if locale.published:
        yield from check_completeness(file, needs or template, locale, forms)


def check_template(template: PoFile, file: PoFile) -> Iterator[Problem]:
    """Whether the .pot file is what an update would write."""
    if file.problems:
        yield from file.problems
        return
    expected, found = format_po(template).split("\n"), format_po(file).split("\n")
    if expected == found:
        return
    wanted = {entry.key for entry in template.entries}
    known = {entry.key for entry in file.entries}
    missing = [entry for entry in template.entries if entry.key not in known]
    extra = [entry for entry in file.entries if entry.key not in wanted]
    if missing:
        message = f"lacks {_count(len(missing), 'sentence')} of the templates and the code, first {_name(missing[0])}"
        yield Problem(Position(TEMPLATE_PATH), Rule.MESSAGES_OUT_OF_DATE, message, _UPDATE)
    elif extra:
        message = f"{_name(extra[0])} is in no template and no code"
        yield Problem(extra[0].msgid.position, Rule.MESSAGES_OUT_OF_DATE, message, _UPDATE)
    else:
        pairs = zip_longest(expected, found, fillvalue="")
        first, second = next((one, other) for one, other in pairs if one != other)
        message = f"is not as an update would write it: expected {shown(first)}, found {shown(second)}"
        yield Problem(Position(TEMPLATE_PATH), Rule.MESSAGES_OUT_OF_DATE, message, _UPDATE)


def check_header(file: PoFile, locale: Locale) -> Iterator[Problem]:
    """Whether the file says of itself which language it is in and how that counts."""
    if file.header is None:
        yield Problem(Position(file.path), Rule.PO_HEADER, "the header is missing", _UPDATE)
        return
    place = file.header.msgid.position
    headers = file.headers()
    language = headers.get("Language", "")
    if language != locale.babel:
        hint = f'write "Language: {locale.babel}\\n"'
        yield Problem(place, Rule.PO_HEADER, f"the header names the language {shown(language)}", hint)
    if message := _plural_fault(headers.get("Plural-Forms", ""), locale):
        usual = usual_forms(locale.babel).header
        yield Problem(place, Rule.PO_HEADER, message, f'write "Plural-Forms: {usual}\\n"')
    charset = headers.get("Content-Type", "").partition("charset=")[2].strip().lower()
    if charset not in {"utf-8", "utf8", ""}:
        yield Problem(
            place, Rule.PO_HEADER, f"the charset is {shown(charset)}", "save the file as UTF-8 and say so"
        )


def _plural_fault(header: str, locale: Locale) -> str:
    """Return what is wrong with a header `Plural-Forms`; empty when nothing is."""
    if not header:
        return "the header lacks Plural-Forms"
    forms = read_forms(header)
    if forms is None:
        return f"{shown(header)} is no rule for plural forms"
    if numbers := confused_numbers(locale.babel, forms):
        return (
            f"{shown(header)} gives {numbers[0]} and {numbers[1]} one form, and {locale.tag} has two for them"
        )
    return ""


def check_entry(entry: Entry, forms: PluralForms) -> Iterator[Problem]:
    """What is wrong with a translation that is there."""
    if entry.plural is not None and len(entry.strings) > forms.count:
        message = f"{_name(entry)} has {len(entry.strings)} plural forms, and the header names {forms.count}"
        yield Problem(entry.strings[forms.count].position, Rule.MESSAGE_PLURALS, message, "remove the others")
    allowed = f"{entry.msgid.text}\n{entry.plural.text}" if entry.plural else entry.msgid.text
    sources = (entry.msgid.text, entry.plural.text) if entry.plural else (entry.msgid.text,)
    for index, string in enumerate(entry.strings[: forms.count]):
        if not string.text:
            continue
        required = required_text(entry, index, forms)
        for fault in islice(placeholder_faults(string.text, required=required, allowed=allowed), _MAX_FAULTS):
            yield _of(string, entry, Rule.MESSAGE_PLACEHOLDER, fault.message, fault.hint)
        for fault in islice(markup_faults(string.text, *sources), _MAX_FAULTS):
            yield _of(string, entry, Rule.MESSAGE_MARKUP, fault.message, fault.hint)
        yield from _check_whitespace(string, entry)


def check_obsolete(file: PoFile, template: PoFile) -> Iterator[Problem]:
    """Sentences that the site no longer has."""
    wanted = {entry.key for entry in template.entries}
    for entry in file.entries:
        if entry.obsolete:
            message = f"{_name(entry)} is no longer used"
            yield Problem(entry.msgid.position, Rule.MESSAGE_OBSOLETE, message, "remove the entry")
        elif entry.key not in wanted:
            message = f"{_name(entry)} is in no template and no code"
            yield Problem(entry.msgid.position, Rule.MESSAGES_OUT_OF_DATE, message, _UPDATE)


def check_completeness(
    file: PoFile, template: PoFile, locale: Locale, forms: PluralForms
) -> Iterator[Problem]:
    """Sentences that a reader of this locale would meet in another language."""
    known = {entry.key: entry for entry in file.entries if not entry.obsolete}
    missing = [entry for entry in template.entries if entry.key not in known]
    if missing:
        message = f"lacks {_count(len(missing), 'sentence')} of the site, first {_name(missing[0])}"
        yield Problem(Position(file.path), Rule.MESSAGES_OUT_OF_DATE, message, _UPDATE)
    of_library: list[Entry] = []
    for wanted in template.entries:
        entry = known.get(wanted.key)
        if entry is None:
            continue
        if is_library(wanted) and not any(string.text for string in entry.strings):
            of_library.append(entry)
            continue
        place = entry.msgid.position
        empty = empty_forms(entry, forms)
        if wanted.plural is not None and entry.plural is None:
            message = f"{_name(entry)} has a plural in the source and none here"
            yield Problem(place, Rule.MESSAGES_OUT_OF_DATE, message, _UPDATE)
        elif not any(string.text for string in entry.strings[: forms.count]):
            yield Problem(
                place, Rule.MESSAGE_UNTRANSLATED, f"{_name(entry)} is not translated into {locale.tag}"
            )
        elif entry.plural is not None and empty:
            needed = len(forms.needed)
            message = f"{_name(entry)} has {needed - len(empty)} of the {needed} plural forms of {locale.tag}"
            example = ", ".join(str(number) for number in forms.numbers(empty[0])[:4])
            hint = f"write msgstr[{empty[0]}], for numbers such as {example}"
            yield Problem(place, Rule.MESSAGE_PLURALS, message, hint)
        elif entry.fuzzy:
            hint = "check the translation and remove the flag fuzzy"
            yield Problem(place, Rule.MESSAGE_FUZZY, f"the translation of {_name(entry)} is a guess", hint)

    if of_library and locale.babel.partition("_")[0] != "en":  # in which the library speaks
        message = f"{_count(len(of_library), 'sentence')} of imagedocs itself stay English, first {_name(of_library[0])}"
        hint = "translate them here, if your readers should see them in their language"
        yield Problem(of_library[0].msgid.position, Rule.MESSAGE_OF_LIBRARY, message, hint)


def _check_whitespace(string: PoString, entry: Entry) -> Iterator[Problem]:
    source, translation = entry.msgid.text, string.text
    begins = (source[: -len(source.lstrip()) or None], translation[: -len(translation.lstrip()) or None])
    ends = (source[len(source.rstrip()) :], translation[len(translation.rstrip()) :])
    for verb, (wanted, found) in (("begins", begins), ("ends", ends)):
        if wanted != found:
            message = f"{verb} with {_spaces(found)}, its message with {_spaces(wanted)}"
            yield _of(
                string, entry, Rule.MESSAGE_WHITESPACE, message, f"let it {verb[:-1]} with {_spaces(wanted)}"
            )


def _spaces(text: str) -> str:
    return shown(text) if text else "no space"


def _of(string: PoString, entry: Entry, rule: Rule, message: str, hint: str) -> Problem:
    return Problem(string.position, rule, f"the translation of {_name(entry)} {message}", hint)


def _name(entry: Entry) -> str:
    return shown(entry.msgid.text, 60)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
