"""The sentences of the site in each locale: gettext over a fallback chain, straight from the .po files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from imagedocs.incremental.reads import is_file
from imagedocs.locales.files import read_project_file
from imagedocs.locales.placeholders import placeholder_faults
from imagedocs.locales.plurals import PluralForms, read_forms, usual_forms
from imagedocs.locales.po import Entry, Key, PoFile
from imagedocs.locales.po_reader import MAX_BYTES, read_po
from imagedocs.locales.pseudo import Pseudo, pseudo_text
from imagedocs.locales.registry import Locale, LocaleRegistry
from imagedocs.parts import parts
from imagedocs.problems import Problem


@dataclass(frozen=True, slots=True)
class Translations:
    """What one .po file offers to readers: no guess, nothing empty, nothing that would fail when rendered."""

    strings: Mapping[Key, str]
    plurals: Mapping[Key, Mapping[int, str]]
    """By plural form; forms that are not translated are absent."""
    forms: PluralForms

    def plural(self, key: Key, number: int) -> str | None:
        """The translation in the form that `number` takes."""
        return self.plurals.get(key, {}).get(self.forms.index(number))


@dataclass(frozen=True, slots=True)
class Messages:
    """The sentences of one locale.

    What it has not comes from the next locale of its fallback chain, and last from the source itself: a
    message's id is its text in the default locale. The four methods are what Jinja2's i18n extension calls
    (`install_gettext_callables(…, newstyle=True)`).
    """

    chain: tuple[Translations, ...] = ()
    """Nearest first, without the default locale."""
    pseudo: Pseudo | None = None
    source_language: tuple[str, str] | None = None
    """Tag and direction of the default locale, where it is another; `None` in the default locale itself."""

    def language_of(
        self, message: str, context: str | None = None, number: int | None = None
    ) -> tuple[str, str] | None:
        """Return tag and direction of the language in which a message is said for want of a translation; `None` for
        one that is said in the reader's language."""
        key = (context, message)
        if self.source_language is None or any(
            key in each.strings if number is None else each.plural(key, number) is not None
            for each in self.chain
        ):
            return None
        is_project = self.source_language[0].partition("-")[0] == "en" or key not in _library_keys()
        return self.source_language if is_project else ("en", "ltr")

    def gettext(self, message: str, /) -> str:
        return self._string((None, message))

    def pgettext(self, context: str, message: str, /) -> str:
        return self._string((context, message))

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        return self._plural((None, singular), plural, n)

    def npgettext(self, context: str, singular: str, plural: str, n: int, /) -> str:
        return self._plural((context, singular), plural, n)

    def _string(self, key: Key) -> str:
        for translations in self.chain:
            if (string := translations.strings.get(key)) is not None:
                return string
        return self.source(key[1])

    def _plural(self, key: Key, plural: str, number: int) -> str:
        for translations in self.chain:
            if (string := translations.plural(key, number)) is not None:
                return string
        return self.source(key[1] if number == 1 else plural)

    def source(self, text: str) -> str:
        """A text that has no translation, as this locale shows it."""
        return pseudo_text(text, self.pseudo) if self.pseudo else text


def read_message_files(root: Path, registry: LocaleRegistry) -> dict[str, PoFile]:
    """The .po file of each translated locale of the project at `root`, by tag, and the default's where there is
    one; each carries its problems."""
    return {
        locale.tag: read_message_file(root, locale.messages_path)
        for locale in registry.speaking
        if locale != registry.default or is_file(root, locale.messages_path)
    }


def read_message_file(root: Path, path: str) -> PoFile:
    """The .po or .pot file at the project-relative `path`."""
    content = read_project_file(root, path, MAX_BYTES)
    return PoFile(path, problems=(content,)) if isinstance(content, Problem) else read_po(content, path)


def messages_of(locale: Locale, registry: LocaleRegistry, files: Mapping[str, PoFile]) -> Messages:
    """The sentences of `locale`, from the files of its fallback chain."""
    if locale.pseudo:
        return Messages(pseudo=locale.pseudo)
    chain = [each for each in registry.chain(locale) if each.tag in files]
    default = registry.default
    source = None if locale == default else (default.tag, str(default.direction))
    return Messages(
        tuple(_translations(files[each.tag], each.babel) for each in chain), source_language=source
    )


@cache
def _library_keys() -> frozenset[Key]:
    """Return the messages of the library itself, which are English."""
    file = read_message_file(parts().translations, "de/LC_MESSAGES/messages.po")
    return frozenset(entry.key for entry in file.entries if not entry.obsolete)


def messages_in(files: Iterable[tuple[PoFile, str]]) -> Messages:
    """Return the sentences of a chain of files, the nearest first, each with the Babel id of its language."""
    return Messages(tuple(_translations(file, babel_id) for file, babel_id in files))


def forms_of(file: PoFile, babel_id: str) -> PluralForms:
    """Return the plural forms that the header of `file` names; without a readable one, those of the language."""
    return read_forms(file.headers().get("Plural-Forms", "")) or usual_forms(babel_id)


def empty_forms(entry: Entry, forms: PluralForms) -> list[int]:
    """Return the plural forms of `entry` that some number takes and that are not translated."""
    texts = dict(enumerate(string.text for string in entry.strings))
    return [index for index in forms.needed if not texts.get(index)]


def required_text(entry: Entry, index: int, forms: PluralForms) -> str:
    """The text whose placeholders form `index` must have: a form for one number alone need not show it."""
    if entry.plural is None or len(forms.numbers(index)) == 1:
        return entry.msgid.text
    return entry.plural.text


def _translations(file: PoFile, babel_id: str) -> Translations:
    forms = forms_of(file, babel_id)
    strings: dict[Key, str] = {}
    plurals: dict[Key, dict[int, str]] = {}
    for entry in file.entries:
        if entry.obsolete or entry.fuzzy:
            continue
        usable = dict(_usable_strings(entry, forms))
        if entry.plural is not None:
            plurals[entry.key] = usable
        elif 0 in usable:
            strings[entry.key] = usable[0]
    return Translations(strings, plurals, forms)


def _usable_strings(entry: Entry, forms: PluralForms) -> Iterator[tuple[int, str]]:
    allowed = f"{entry.msgid.text}\n{entry.plural.text}" if entry.plural else entry.msgid.text
    for index, string in enumerate(entry.strings):
        required = required_text(entry, index, forms)
        faults = placeholder_faults(string.text, required=required, allowed=allowed)
        if string.text and not any(fault.breaks_rendering for fault in faults):
            yield index, string.text
