"""Do translations keep the terms of the glossary?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from imagedocs.checks.prose import Passage
from imagedocs.locales import Glossary, KeptTerm
from imagedocs.locales.placeholders import without_protected
from imagedocs.locales.po import Entry, PoFile
from imagedocs.problems import Position, Problem, Rule

_EMPHASIS = re.compile(r"\*{1,3}")


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A name of the glossary whose letters are in the wrong case: "Github"."""

    kept: KeptTerm
    written: str
    offset: int
    """In the text that was looked at."""

    def problem(self, place: Position) -> Problem:
        message = f'"{self.written}" is spelt otherwise'
        return Problem(place, Rule.GLOSSARY_TERM, message, f'write "{self.kept.text}"')


def names_of(glossary: Glossary) -> tuple[str, ...] | None:
    """Return the names whose case is looked at in pages; `None` where the glossary has nothing that pages must keep."""
    if not glossary.kept and not glossary.terms:
        return None
    return tuple(kept.text for kept in glossary.kept if kept.has_own_case)


def check_glossary(
    glossary: Glossary, tag: str, source: str, translation: str, place: Position
) -> Iterator[Problem]:
    """Terms that the text `source` uses and `translation`, the same in the language `tag`, has not; `place` is that
    of the translation. The smaller the texts, the more is found: a term that is right once in them is taken to be
    right."""
    for term in glossary.missing(tag, source, translation):
        if isinstance(term, KeptTerm):
            yield Problem(
                place, Rule.GLOSSARY_TERM, f'"{term.text}" is translated', f'keep "{term.text}" as it is'
            )
        else:
            wanted = term.renderings[tag][0]
            message = f'"{term.text}" is not rendered as the glossary has it'
            yield Problem(place, Rule.GLOSSARY_TERM, message, f'write "{wanted}"')


def misspellings(glossary: Glossary, text: str) -> Iterator[Misspelling]:
    """Those in `text`, prose on one line."""
    for kept in glossary.cased_in(text):
        for match in kept.wrong_case(text):
            yield Misspelling(kept, match[0], match.start())


def check_case(glossary: Glossary, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Names of the glossary whose letters are in the wrong case."""
    for passage in passages:
        for found in misspellings(glossary, passage.text):
            there = passage.position
            yield found.problem(Position(there.path, there.line, there.column + found.offset))


def check_message_terms(glossary: Glossary, files: Mapping[str, PoFile]) -> Iterator[Problem]:
    """The same for the translated sentences of the .po files, by the locale's tag. What is found of a sentence is
    found where it begins: its words may stand on several lines, with escapes in them."""
    for tag, file in files.items():
        for entry in file.entries:
            if not entry.obsolete and not entry.fuzzy:
                yield from _check_entry(glossary, tag, entry)


def _check_entry(glossary: Glossary, tag: str, entry: Entry) -> Iterator[Problem]:
    strings = [entry.msgid, *([entry.plural] if entry.plural else [])]
    source = "\n".join(_words(string.text) for string in strings)
    for string in entry.strings:
        if string.text:
            words = _words(string.text)
            yield from check_glossary(glossary, tag, source, words, string.position)
            for found in misspellings(glossary, words):
                yield found.problem(string.position)


def _words(message: str) -> str:
    return _EMPHASIS.sub("", without_protected(message))
