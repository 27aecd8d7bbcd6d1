"""Bring the .pot and .po files up to date with the templates and the code, and count what is translated."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from imagedocs.locales.extraction import (
    HEADERS,
    TEMPLATE_PATH,
    brings_library,
    extract_messages,
    header_entry,
)
from imagedocs.locales.files import replace_project_file
from imagedocs.locales.messages import empty_forms, forms_of, read_message_file
from imagedocs.locales.plurals import PluralForms, usual_forms
from imagedocs.locales.po import Entry, PoFile, PoString
from imagedocs.locales.po_writer import format_po
from imagedocs.locales.registry import Locale, LocaleRegistry
from imagedocs.parts import parts
from imagedocs.problems import Problem


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the site's sentences a locale has."""

    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0
    """Absent, empty, or with an empty plural form."""


@dataclass(frozen=True, slots=True)
class Update:
    """What an update of the files did."""

    changed: tuple[str, ...]
    """Project-relative paths of the files that were written."""
    problems: tuple[Problem, ...] = field(default=())
    """Why a file was left as it is."""


def update_messages(root: Path, registry: LocaleRegistry) -> Update:
    """Bring the .pot and the .po of every translated locale up to date with the templates and the code.

    Translations are kept; a sentence that is no longer used becomes an obsolete entry, and comes back with its
    translation when it is used again. A file that cannot be read as a .po file is left alone.
    """
    template = extract_messages(root)
    if template.problems:
        return Update((), template.problems)
    changed: list[str] = []
    problems: list[Problem] = []
    if replace_project_file(root, TEMPLATE_PATH, format_po(template)):
        changed.append(TEMPLATE_PATH)
    for locale in registry.speaking:
        current = PoFile(locale.messages_path)
        if (root / locale.messages_path).exists():
            current = read_message_file(root, locale.messages_path)
        if current.problems:
            problems += current.problems
            continue
        new = updated(current, template, locale)
        if not brings_library(root):
            new = _with_known(new, _library_file(locale.babel), locale.babel)
        if replace_project_file(root, locale.messages_path, format_po(new)):
            changed.append(locale.messages_path)
    return Update(tuple(changed), tuple(problems))


def _library_file(babel: str) -> PoFile:
    """Return the translations of imagedocs itself into a language; an empty file when there are none."""
    for name in (babel, babel.partition("_")[0]):
        path = f"{name}/LC_MESSAGES/messages.po"
        if (parts().translations / path).is_file():
            return read_message_file(parts().translations, path)
    return PoFile("")


def _with_known(file: PoFile, library: PoFile, babel: str) -> PoFile:
    """Return `file` with the library's translation of each sentence that has none, in the plural forms of `file`."""
    known = {entry.key: entry for entry in library.entries}
    forms, forms_of_library = forms_of(file, babel), forms_of(library, babel)
    sources = [forms.source_of(index, forms_of_library) for index in range(forms.count)]

    def filled(entry: Entry) -> Entry:
        other = known.get(entry.key)
        if other is None or other.fuzzy or any(string.text for string in entry.strings):
            return entry
        if (entry.plural is None) != (other.plural is None):
            return entry
        if entry.plural is None:
            return replace(entry, strings=other.strings)
        strings = dict(enumerate(other.strings))
        return replace(
            entry,
            strings=tuple(strings.get(source, PoString("", entry.msgid.position)) for source in sources),
        )

    return replace(file, entries=tuple(map(filled, file.entries)))


def updated(current: PoFile, template: PoFile, locale: Locale) -> PoFile:
    """`current` with the sentences of `template`, in its order."""
    header = current.header
    if header is None:
        forms = usual_forms(locale.babel)
        fields = {**HEADERS, "Language": locale.babel, "Plural-Forms": forms.header}
        header = header_entry((f"The sentences of the site in {locale.name}.",), fields, locale.messages_path)
    else:
        forms = forms_of(current, locale.babel)
    known = {entry.key: entry for entry in sorted(current.entries, key=lambda entry: not entry.obsolete)}
    entries = [_merged(entry, known.pop(entry.key, None), forms) for entry in template.entries]
    unused = [
        replace(entry, obsolete=True) for entry in known.values() if any(each.text for each in entry.strings)
    ]
    return PoFile(current.path, header, (*entries, *sorted(unused, key=_sort_key)))


def completeness(file: PoFile, template: PoFile, forms: PluralForms) -> Completeness:
    """How many of the sentences of `template` the file has; Babel's own statistics count empty plurals as done."""
    known = {entry.key: entry for entry in file.entries if not entry.obsolete}
    states = [_state(known.get(entry.key), entry, forms) for entry in template.entries]
    return Completeness(states.count("translated"), states.count("fuzzy"), states.count("untranslated"))


def _state(entry: Entry | None, wanted: Entry, forms: PluralForms) -> str:
    if entry is None or not any(string.text for string in entry.strings):
        return "untranslated"
    if wanted.plural is not None and (entry.plural is None or empty_forms(entry, forms)):
        return "untranslated"
    return "fuzzy" if entry.fuzzy else "translated"


def _merged(wanted: Entry, known: Entry | None, forms: PluralForms) -> Entry:
    """`wanted` with the translation of `known`, which is a guess where the plural reads otherwise now."""
    count = 1 if wanted.plural is None else forms.count
    empty = PoString("", wanted.msgid.position)
    strings: tuple[PoString, ...] = ()
    flags = wanted.flags
    if known is not None and (known.plural is None) == (wanted.plural is None):
        strings = known.strings[:count]
        flags |= known.flags - {"python-format"}
        if known.plural and wanted.plural and known.plural.text != wanted.plural.text:
            flags |= {"fuzzy"}
    return replace(
        wanted,
        strings=(*strings, *(empty,) * (count - len(strings))),
        flags=flags,
        comments=known.comments if known is not None else (),
    )


def _sort_key(entry: Entry) -> tuple[str, str]:
    return (entry.msgid.text, entry.context.text if entry.context else "")
