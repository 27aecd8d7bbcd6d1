"""Do translations keep the terms of the glossary?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from imagedocs.locales.glossary import Glossary
from imagedocs.locales.placeholders import without_protected
from imagedocs.locales.po import PoFile
from imagedocs.problems import Position, Problem, Rule


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of prose on one line of a file."""

    text: str
    position: Position
    """Of its first character."""


def check_glossary(
    glossary: Glossary, tag: str, source: Sequence[Passage], translation: Sequence[Passage]
) -> Iterator[Problem]:
    """Terms that `source` uses and `translation`, the same text in the language `tag`, does not render as the
    glossary wants; and names in the wrong case. The smaller the texts, the more is found: a term that is right
    once is taken to be right."""
    if not translation:
        return
    translated = "\n".join(passage.text for passage in translation)
    where = translation[0].position
    original = "\n".join(passage.text for passage in source)
    for kept in sorted(glossary.kept, key=lambda kept: -len(kept.text)):
        original, occurrences = kept.pattern.subn(
            " ", original
        )  # so that nothing is found within a longer term
        if occurrences and not (kept.pattern.search(translated) or kept.any_case.search(translated)):
            yield Problem(
                where, Rule.GLOSSARY_TERM, f'"{kept.text}" is translated', f'keep "{kept.text}" as it is'
            )
    for term in sorted(glossary.terms, key=lambda term: -len(term.text)):
        original, occurrences = term.pattern.subn(" ", original)
        if occurrences and tag in term.renderings and not term.is_rendered(tag, translated):
            wanted = term.renderings[tag][0]
            message = f'"{term.text}" is not rendered as the glossary has it'
            yield Problem(where, Rule.GLOSSARY_TERM, message, f'write "{wanted}"')
    yield from check_case(glossary, translation)


def check_case(glossary: Glossary, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Names of the glossary whose letters are in the wrong case: "Github". A small word that stands alone, `**http**`
    in a table of settings, is a value, not the name."""
    passages = tuple(passages)
    # Few names are in a text: looking whether one is there at all costs a hundredth of looking where.
    folded = "\n".join(passage.text for passage in passages).casefold().replace("ı", "i")
    names = [kept for kept in glossary.kept if kept.has_own_case and kept.text.casefold() in folded]
    for passage in passages if names else ():
        for kept in names:
            for match in kept.any_case.finditer(passage.text):
                is_value = match[0].islower() and match[0] == passage.text.strip()
                if match[0] != kept.text and not is_value:
                    place = passage.position
                    if place.column:
                        place = Position(place.path, place.line, place.column + match.start())
                    yield Problem(
                        place, Rule.GLOSSARY_TERM, f'"{match[0]}" is spelt otherwise', f'write "{kept.text}"'
                    )


def check_message_terms(glossary: Glossary, files: Mapping[str, PoFile]) -> Iterator[Problem]:
    """The same for the translated sentences of the .po files, by the locale's tag."""
    for tag, file in files.items():
        for entry in file.entries:
            if entry.obsolete or entry.fuzzy:
                continue
            sources = [entry.msgid, *([entry.plural] if entry.plural else [])]
            source = [Passage(without_protected(string.text), string.position) for string in sources]
            for string in entry.strings:
                if string.text:
                    place = Position(string.position.path, string.position.line)
                    yield from check_glossary(
                        glossary, tag, source, [Passage(without_protected(string.text), place)]
                    )
