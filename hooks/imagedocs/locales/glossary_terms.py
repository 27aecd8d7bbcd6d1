"""The terms of a glossary, and how each is told in a text: in the source, and in a translation of it.

English has plurals and borders between words. The languages of translations have cases, compounds, particles and
no borders at all, and what they have of it is not known of every language; so that a rendering is looked for as
generously as the language inflects, and as strictly as keeps another word from passing for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from imagedocs.locales.glossary_prose import code_like, names_with_hyphens, normal
from imagedocs.problems import Position

_LETTER = "A-Za-z0-9_À-ɏͰ-ϿЀ-ӿḀ-ỿ"
"""What continues a word in scripts that have words. "Docker" is a word in "Dockerイメージ" and in "Docker를"."""
_WORD = re.compile(f"[{_LETTER}]+")
_GERMANIC = frozenset(("da", "de", "nb", "nl", "nn", "no", "sv"))
_JOINS_WORDS = _GERMANIC | {"et", "fi", "hu", "is"}
"""Languages that make one word of many: "Inferenzimage"."""
_SHORT = 5
"""A word of fewer letters is within others by chance: "Tag" in "Montag"."""
_HAS_SHORT_ENDINGS = frozenset(("ca", "en", "es", "fr", "gl", "it", "ja", "ko", "pt", "th", "vi", "zh"))
"""Languages whose words have endings of two letters at most, or none: "imagerie" is no "image"."""
_UNBROKEN = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that have no spaces between words, or leave them out at will."""
_KATAKANA_END = re.compile("[\u30a0-\u30fe]$")


@dataclass(frozen=True, eq=False)
class KeptTerm:
    """A name that is written the same in every language: `Dockerfile`."""

    text: str
    position: Position

    @property
    def has_own_case(self) -> bool:
        """Its letters' case is part of the name, whatever the place in a sentence: `GitHub`, not `pip`."""
        return any(letter.isupper() for letter in self.text)

    @cached_property
    def in_source(self) -> re.Pattern[str]:
        """The name, or more than one of it, from where a word begins."""
        name = _spaced(self.text, joins=False)
        if not self.has_own_case:
            name = f"(?:{name}|{name[:1].upper()}{name[1:]})"
        return re.compile(f"{name}(?:e?s)?(?![{_LETTER}])")

    @cached_property
    def misspelt(self) -> re.Pattern[str]:
        """The name in whatever case, itself too. Not where it is part of something longer."""
        name = _spaced(self.text, joins=False)
        return re.compile(
            rf"(?<![{_LETTER}./@\\]){name}(?![{_LETTER}/@(\\]|\.[{_LETTER}]|[ ]?(?:[=~<>!]=|[=<>][ ]?[0-9]))",
            re.IGNORECASE,
        )

    def finder(self, tag: str) -> re.Pattern[str]:
        """The name in a translation into the language `tag`, with the ending that names take there."""
        language = tag.partition("-")[0]
        endings = "(?:e?s)?" if language in _HAS_SHORT_ENDINGS | _GERMANIC else f"[{_LETTER}]{{0,4}}"
        begins = f"(?<![{_LETTER}])"
        return re.compile(f"{begins}{_spaced(normal(self.text), joins=True)}{endings}(?![{_LETTER}])")

    def is_written_otherwise(self, text: str) -> bool:
        """It stands in `text` in the wrong case, which is another finding; or, for a name of small letters, none."""
        return any(self.wrong_case(text)) if self.has_own_case else bool(self.misspelt.search(text))

    def wrong_case(self, text: str) -> Iterator[re.Match[str]]:
        """Where the name stands in the wrong case in `text`, prose on one line.

        Names of packages and variables have their own case: `docker-compose`, `GITHUB-TOKEN`; and so has a value,
        `docker:`, or `**http**`, which is the whole text.
        """
        if not self.has_own_case:
            return
        masked = [match.span() for match in code_like(text)]
        for match in self.misspelt.finditer(text):
            start, end = match.span()
            written = " ".join(match[0].split())
            if written == self.text or any(begin < end and start < stop for begin, stop in masked):
                continue
            if match[0].islower() and (text.strip() == match[0] or text[end : end + 1] == ":"):
                continue
            if match[0].islower() or match[0].isupper():
                before, after = text[max(start - 2, 0) : start], text[end : end + 2]
                if before.endswith("-") and (before[:1].isalnum() or match[0].islower()):
                    continue
                if (
                    after.startswith("-")
                    and after[1:].isalnum()
                    and after[1:].islower() == match[0].islower()
                ):
                    continue
            yield match


@dataclass(frozen=True, eq=False)
class Term:
    """A word of the source and its rendering in each language."""

    text: str
    renderings: Mapping[str, tuple[str, ...]]
    """By the locale's tag; the rendering to use first, then its other forms (plural, cases)."""
    position: Position

    @cached_property
    def in_source(self) -> re.Pattern[str]:
        """The word, in singular or plural, from where a word begins."""
        word = _spaced(self.text, joins=False)
        plural = f"(?:{word}(?:e?s)?|{word[:-1]}ies)" if self.text.endswith("y") else f"{word}(?:e?s)?"
        return re.compile(f"{plural}(?![{_LETTER}])", re.IGNORECASE)

    def finder(self, tag: str) -> re.Pattern[str]:
        """A rendering in the language `tag`; its end may be inflected or, as its beginning, joined to another word."""
        ways = "|".join(_rendering(text, tag.partition("-")[0]) for text in self.renderings[tag])
        return re.compile(ways, re.IGNORECASE)


def _rendering(text: str, language: str) -> str:
    text = normal(text)
    begins = "" if language in _JOINS_WORDS and len(text) >= _SHORT else f"(?<![{_LETTER}])"
    ends = ""  # what follows is not taken: in "Inferenzimage" are two terms
    if _WORD.match(text[-1]) and language in _HAS_SHORT_ENDINGS:
        ends = f"(?![{_LETTER}]{{3}})"
    elif _KATAKANA_END.search(text):
        ends = "(?!ー)"
    return f"{begins if _WORD.match(text) else ''}{_spaced(text, joins=True)}{ends}"


def _spaced(text: str, *, joins: bool) -> str:
    """A pattern for `text`, whose words may have other spaces between them, and hyphens if it `joins` them."""
    words = text.split()
    parts = [re.escape(words[0])]
    for before, after in pairwise(words):
        between = r"\s+"
        if joins:
            unbroken = _UNBROKEN.match(before[-1]) or _UNBROKEN.match(after[0])
            between = r"[\s・-]*" if unbroken else r"[\s-]+"
        parts += [between, re.escape(after)]
    return "".join(parts)


AnyTerm = KeptTerm | Term
_MARK = "\ufffc"
"""In place of what is no prose, and of what has been found."""
_MOST_REMEMBERED = 4096
"""Texts: each is translated into every language."""


@dataclass(frozen=True, eq=False)
class Glossary:
    kept: tuple[KeptTerm, ...] = ()
    terms: tuple[Term, ...] = ()
    _finders: dict[tuple[AnyTerm, str], re.Pattern[str]] = field(default_factory=dict, init=False, repr=False)
    """By term and language: few of the terms are ever looked for."""
    _found: dict[str, Counter[AnyTerm]] = field(default_factory=dict, init=False, repr=False)

    def missing(self, tag: str, source: str, translation: str) -> Iterator[AnyTerm]:
        """The terms of `source` that its translation into the language `tag` does not have.

        Each must be there once; how often depends on how the sentences are built. What renders a longer term does
        not count for a shorter one within it.
        """
        wanted = self._terms_of(source)
        left = self._prose(translation) if wanted else ""
        for term in sorted(wanted, key=_longest_first):
            if isinstance(term, Term) and tag not in term.renderings:
                continue
            left, times = self._finder(term, tag).subn(_MARK, left, count=wanted[term])
            if times or (isinstance(term, KeptTerm) and term.is_written_otherwise(left)):
                continue
            names = [name for name in names_with_hyphens(source) if name in translation]
            if not names or term in self._look(self._prose(_without(source, names))):
                yield term

    def cased_in(self, text: str) -> list[KeptTerm]:
        """The names whose case is theirs and that `text` may have, in whatever case: few are in any text."""
        folded = text.casefold().replace("ı", "i")
        return [kept for kept, word in self._cased if word in folded]

    @cached_property
    def _cased(self) -> list[tuple[KeptTerm, str]]:
        return [(kept, kept.text.casefold().split()[0]) for kept in self.kept if kept.has_own_case]

    def _finder(self, term: AnyTerm, tag: str) -> re.Pattern[str]:
        finder = self._finders.get((term, tag))
        if finder is None:
            finder = self._finders[term, tag] = term.finder(tag)
        return finder

    def _terms_of(self, source: str) -> Counter[AnyTerm]:
        """How often each term is in `source`, within no longer one."""
        found = self._found.get(source)
        if found is None:
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            found = self._found[source] = Counter(self._look(self._prose(source)))
        return found

    def _look(self, text: str) -> Iterator[AnyTerm]:
        end = 0
        for word in _WORD.finditer(text):
            for term, offset in self._beginning(word[0].casefold()):
                start = word.start() - offset
                match = term.in_source.match(text, start) if start >= end else None
                if match:
                    end = match.end()
                    yield term
                    break
        for term in self._wordless:
            yield from (term for _ in term.in_source.finditer(text))

    def _beginning(self, word: str) -> list[tuple[AnyTerm, int]]:
        """The terms whose first word the English `word` may be, the longest first, and where in them it begins."""
        stems = {word}
        if word.endswith("s"):
            stems |= {word[:-1], word[:-2], f"{word[:-3]}y"}
        found = [term for stem in stems for term in self._by_word.get(stem, ())]
        return sorted(found, key=lambda found: _longest_first(found[0])) if len(found) > 1 else found

    @cached_property
    def _by_word(self) -> Mapping[str, list[tuple[AnyTerm, int]]]:
        """The terms by their first word, and where in them it begins: few words of a text begin one."""
        found: dict[str, list[tuple[AnyTerm, int]]] = {}
        for term in (*self.kept, *self.terms):
            first = _WORD.search(term.text)
            if first:
                found.setdefault(first[0].casefold(), []).append((term, first.start()))
        return found

    @cached_property
    def _wordless(self) -> list[AnyTerm]:
        """Terms of a source in a script without borders between words."""
        return [term for term in (*self.kept, *self.terms) if not _WORD.search(term.text)]

    @cached_property
    def _like_code(self) -> frozenset[str]:
        """Terms that do not look like prose: `Node.js`."""
        texts = (term.text for term in (*self.kept, *self.terms))
        return frozenset(text for text in texts if any(code_like(text)))

    def _prose(self, text: str) -> str:
        """The prose of `text`, with a mark in place of what is none."""
        parts: list[str] = []
        last = 0
        for match in code_like(text):
            if match[0].rstrip(".:") not in self._like_code:
                parts += [text[last : match.start()], _MARK]
                last = match.end()
        return normal("".join((*parts, text[last:])))


def _without(text: str, names: Iterable[str]) -> str:
    """`text` without `names`, which the translation has letter by letter: what is in them is no word."""
    for name in names:
        text = text.replace(name, _MARK)
    return text


def _longest_first(term: AnyTerm) -> int:
    return -len(term.text)
