"""What there is to know of a language in order to find its words in other forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from imagedocs.locales import Search, Segmentation

LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
HANGUL = "가-힣"
HIRAGANA = "ぁ-ゟ"
KATAKANA = "ァ-ヺー-ヿ"


@dataclass(frozen=True)
class Language:
    """How words are inflected. The patterns are read by Python and by browsers, so they hold what both know."""

    letters: str = LATIN
    """What words consist of, as the inside of a character class."""
    endings: str = ""
    """One piece of an ending, whatever follows it. Several in a row are cut off together, so that what is left has
    none: Material cuts again what it marks in a page. The beginning of an ending is one too, so that a word is
    found while it is typed. No text can be cut into pieces in two ways: that could take a browser for ever."""
    stem: str = f"[{LATIN}]{{4}}"
    """What must come before an ending."""
    accents: bool = False
    """Words are found without their accents."""
    spellings: Mapping[str, str] = field(default_factory=dict[str, str])
    """How letters are written where the keyboard lacks them."""
    shortest_tail: int = 0
    """Compounds are found by their last word if it has this many letters; 0 where there are no compounds."""
    is_spaced_freely: bool = False
    """Writers are free to put a space between two nouns or not."""
    characters: bool = False
    """Chinese characters are taken in pairs, since nothing separates words."""
    fillers: str = ""
    """Characters that only join words."""

    @property
    def ending(self) -> str:
        """A pattern of what is cut off the end of a word."""
        return f"(?<={self.stem})(?:{self.endings})+(?![{self.letters}0-9])" if self.endings else ""

    @cached_property
    def _ending(self) -> re.Pattern[str]:
        return re.compile(self.ending or r"(?!)")

    def stem_of(self, word: str) -> str:
        return self._ending.sub("", word)


def _any_case(letters: str) -> str:
    return f"[{letters}{letters.upper()}]"


def _after(letters: str, before: str) -> str:
    """A pattern of one of `letters`, where a word of the alternatives `before` ends with it."""
    cased = "|".join("".join(_any_case(letter) for letter in word) for word in before.split())
    return f"{_any_case(letters)}(?<={cased})"


_KOREAN_PARTICLES = (
    "을 를 은 는 이 가 의 에 에서 에게 로 으로 와 과 도 만 들 나 란 라는 까지 부터 보다 처럼 마다 인 입니다 이다 "
    "하다 합니다 하는 하고 하면 하려면 하여 해 해야 했습니다 하였습니다 한 할 함 하기 하지 하도록 하세요 "
    "되다 됩니다 되는 되고 되면 되지 된 될 됨 되어 되었습니다"
)
"""Particles of nouns, then what makes a verb of one (https://en.wikipedia.org/wiki/Korean_postpositions)."""

_LANGUAGES = {
    # images, deployed, deploying, dependency and dependencies
    "en": Language(
        endings="|".join([_any_case("esyi"), _after("d", "ed"), _after("n", "in"), _after("g", "ing")])
    ),
    # etiquetas, imágenes, versión and versiones, instalar and instalado
    "es": Language(
        endings="|".join([_any_case("aeiosó"), _after("n", "ion ión"), _after("dr", "ad id ar er ir")]),
        accents=True,
    ),
    # Abbilder, Paketen, installiert and installieren
    "de": Language(
        endings="|".join([_any_case("enst"), _after("r", "er"), _after("m", "em")]),
        accents=True,
        spellings={"ä": "ae", "ö": "oe", "ü": "ue"},
        shortest_tail=4,
    ),
    # étiquettes, prédéfinies, réseaux, déployer and déployé
    "fr": Language(endings="|".join([_any_case("esxé"), _after("rz", "er ez")]), accents=True),
    # imagem and imagens, versão and versões, disponível and disponíveis, instalar and instalado
    "pt": Language(
        endings="|".join(
            [
                _any_case("aeiosãõ"),
                _after("mn", "dem den gem gen vem ven"),
                _after("l", "al el"),
                _after("dr", "ad id ar er ir"),
            ]
        ),
        accents=True,
    ),
    "ko": Language(
        letters=HANGUL,
        endings="|".join(_KOREAN_PARTICLES.split()),
        stem=f"[{HANGUL}{LATIN}0-9]{{2}}",
        shortest_tail=2,
        is_spaced_freely=True,
    ),
}
_OTHER = Language(accents=True)

_JAPANESE = Language(
    letters=KATAKANA,
    endings="ー",  # コンテナー is コンテナ too
    stem=f"[{KATAKANA}]{{2}}",
    shortest_tail=3,
    is_spaced_freely=True,
    characters=True,
)
_CHINESE = Language(characters=True, fillers="的")
_PLAIN = Language()


def language_of(tag: str, search: Search) -> Language:
    """What is known of the language of the locale `tag`, whose entry in the registry asks for `search`."""
    name = tag.partition("-")[0].lower()
    if search.segmentation is Segmentation.CHARACTERS:
        return _CHINESE if name == "zh" else _JAPANESE
    return _LANGUAGES.get(name, _OTHER) if search.inflections else _PLAIN
