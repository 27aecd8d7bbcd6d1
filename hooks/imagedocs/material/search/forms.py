"""Forms in which words are looked for, other than the one in the page: the content of the hidden fields."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b

from imagedocs.material.search.languages import LATIN, Language
from imagedocs.material.search.separators import PAIR_END, han

_MARKUP = re.compile(r"<[^>]*>|&(?:[lg]t|amp);")
_OTHER_WIDTH = re.compile(r"[０-９ａ-ｚＡ-Ｚ][０-９ａ-ｚＡ-Ｚ．.－／]*|[ｦ-ﾟ]+")
"""Queries have letters and digits of one width only."""
_NUMBER = re.compile(r"[a-z](\d+(?:\.\d+)*)(?![a-z0-9])")
_FOLDED = {
    letter: plain
    for plain, letters in {
        "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ",
        "i": "ìíîïĩīĭįı", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõöøōŏő",
        "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
        "ae": "æ", "oe": "œ", "ss": "ß", "th": "þ",
    }.items()
    for letter in letters
}  # fmt: skip
_FOLD = str.maketrans(_FOLDED)


def plain_text(html: str) -> str:
    """What of the HTML is searched, in lower case."""
    return _MARKUP.sub(" ", html).lower()


def fold(word: str) -> str:
    return word.translate(_FOLD)


def in_pairs(text: str, language: Language) -> str:
    """The text with an invisible mark behind each pair of Chinese characters. The last of an odd number stays
    with the pair before."""
    if not language.characters:
        return text
    return _pairs_of(han(language)).sub(rf"\g<0>{PAIR_END}", text)


@cache
def _pairs_of(characters: str) -> re.Pattern[str]:
    chinese = f"[{characters}]"
    return re.compile(f"{chinese}{{2}}(?:{chinese}(?!{chinese}))?|{chinese}")


_LONG = 10
"""Letters of a word that may well be a compound, though its last part stands alone nowhere."""

_COMPOUND = range(6, 40)
"""Letters of a word that may consist of two, the first of which may be written in two ways."""

_LONGEST = 200
"""Letters of what may be a word at all: longer ones have no other forms."""


class Forms:
    """Finds the other forms of a text's words, among them those that the whole index has of them."""

    def __init__(self, language: Language, texts: Iterable[str]) -> None:
        """`texts` are all plain texts of the index."""
        self._language = language
        self._word = re.compile(f"[{language.letters}]+")
        self._spaced = re.compile(
            f"(?<![{language.letters}0-9])([{language.letters}]+)[ ・](?=([{language.letters}]+))"
        )
        self._run = re.compile(
            f"(?<![{language.letters}])[{language.letters}]+(?:[ ・][{language.letters}]+){{2,5}}"
        )
        self._hyphenated = re.compile(
            f"(?<![{language.letters}0-9./_-])([{language.letters}]+)-([{language.letters}]{{2,}})(?![{language.letters}0-9/_-])"
        )
        self._han = re.compile(f"[{han(language)}]+") if language.characters else None
        self._kin: Mapping[str, Collection[str]] = {}
        self.kinship = ""
        """A hash of what forms depend on besides the language and the text: the words of the whole index."""
        self._stems: frozenset[str] = frozenset()
        self._stem = cache(language.stem_of)
        self._forms = cache(self._forms_of)
        if language.endings or language.accents:
            self._learn({word for text in texts for word in self._word.findall(text)})

    def _learn(self, words: Iterable[str]) -> None:
        kin: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for word in sorted(words):
            kin[self._root(word)][self._stem(word)] = None
        self._kin = kin
        self._stems = frozenset(stem for stems in kin.values() for stem in stems)
        said = "\n".join(f"{root} {' '.join(stems)}" for root, stems in kin.items())
        self.kinship = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _root(self, word: str) -> str:
        """What all forms of a word have in common."""
        root = self._stem(fold(word) if self._language.accents else word)
        return root[:3] if len(root) == 4 and root.endswith("s") else root

    def of(self, text: str) -> str:
        """The other forms of the words of a plain text, each once. Looking for any of them finds the text."""
        found = dict.fromkeys(_numbers(text))
        if not text.isascii():
            wide = _OTHER_WIDTH.findall(text)
            found.update((unicodedata.normalize("NFKC", word), None) for word in wide)
        present: set[str] = set()
        if self._kin:
            for word in dict.fromkeys(self._word.findall(text)):
                stem, others = self._forms(word)
                present.add(stem)
                for other in others:
                    found[other] = None
        if self._language.is_spaced_freely:
            found.update(dict.fromkeys(self._joined(text)))
        if self._language.letters == LATIN and "-" in text:
            found.update(dict.fromkeys(self._unhyphenated(text)))
        forms = " ".join(form for form in found if form not in present)
        return f"{forms} {self._pairs(text)}".strip() if self._han else forms

    def _forms_of(self, word: str) -> tuple[str, list[str]]:
        stem = self._stem(word)
        return stem, [form for form in self._of_word(word) if form != stem]

    def _of_word(self, word: str) -> Iterator[str]:
        if len(word) > _LONGEST:
            return
        if self._language.accents:
            yield self._stem(fold(word))
        if self._language.spellings:
            yield self._stem(fold("".join(self._language.spellings.get(letter, letter) for letter in word)))
        for pattern, replacement in self._language.relatives:
            if pattern.search(word):
                relative = self._stem(pattern.sub(replacement, word))
                yield relative
                yield fold(relative)
        stem = self._stem(word)
        if (optional := self._language.optional) and len(stem) in _COMPOUND:
            yield from (stem[:at] + stem[at + 1 :] for at, letter in enumerate(stem) if letter == optional)
        yield from (other for other in self._kin.get(self._root(word), ()) if not stem.startswith(other))
        if self._language.shortest_tail and (tail := self._tail(stem)):
            yield tail
        elif self._language.syllable is not None and len(word) >= _LONG:
            yield from (stem[match.start() :] for match in self._language.syllable.finditer(stem))

    def _tail(self, stem: str) -> str:
        """The longest other word with which the word ends."""
        least = self._language.shortest_tail
        tails = (stem[at:] for at in range(min(3, least), len(stem) - least + 1))
        return next((tail for tail in tails if tail in self._stems), "")

    def _joined(self, text: str) -> Iterator[str]:
        """Two words as one, if the first has no ending, or one that may be left out."""
        for match in self._spaced.finditer(text):
            first, second = self._stem(match[1]), self._stem(match[2])
            if first == match[1] or self._language.optional:
                yield from dict.fromkeys((first + second, match[1] + second))
        if self._language.optional:
            yield from (self._stem(re.sub("[ ・]", "", match[0])) for match in self._run.finditer(text))

    def _unhyphenated(self, text: str) -> Iterator[str]:
        """Words that are written with a hyphen, without it."""
        for match in self._hyphenated.finditer(text):
            word = match[1] + match[2]
            yield self._stem(fold(word) if self._language.accents else word)

    def _pairs(self, text: str) -> str:
        """The pairs of Chinese characters that begin at every other one, which `in_pairs` does not make."""
        assert self._han is not None
        runs = self._han.findall(text)
        here = {run[at : at + 2] for run in runs for at in range(0, len(run), 2)}
        others = dict.fromkeys(run[at : at + 2] for run in runs for at in range(1, len(run) - 1, 2))
        return "".join(pair + PAIR_END for pair in others if pair not in here)


def _numbers(text: str) -> Iterator[str]:
    """The numbers in names of images: 22.04 of ubuntu22.04, and 3.12 of py312."""
    for match in _NUMBER.finditer(text):
        number = match[1]
        yield number
        if text.endswith("py", 0, match.start(1)) and number.isdigit() and len(number) > 1:
            yield f"{number[0]}.{number[1:]}"
