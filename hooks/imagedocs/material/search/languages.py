"""What there is to know of a language in order to find its words in other forms."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from imagedocs.material.search_options import Search, Segmentation

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
    syllable: re.Pattern[str] | None = None
    """Where the last part of a compound may begin, if no other word tells."""
    is_spaced_freely: bool = False
    """Writers are free to put a space between two nouns or not."""
    optional: str = ""
    """A letter that some writers leave out, inside of words as well."""
    characters: bool = False
    """Chinese characters are taken in pairs, since nothing separates words."""
    fillers: str = ""
    """Characters that only join words."""
    particles: str = ""
    """Words that say nothing of what is looked for, separated by spaces: the browser leaves them out of queries of
    several words."""
    relatives: Sequence[tuple[re.Pattern[str], str]] = ()
    """Words that are made from another, as substitutions in a word."""

    @property
    def ending(self) -> str:
        """A pattern of what is cut off the end of a word."""
        return f"(?<={self.stem})(?:{self.endings})+(?![{self.letters}0-9])" if self.endings else ""

    @cached_property
    def _ending(self) -> re.Pattern[str]:
        return re.compile(self.ending or r"(?!)")

    def stem_of(self, word: str) -> str:
        return self._ending.sub("", word)


def _relatives(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


def _any_case(letters: str) -> str:
    return f"[{letters}{letters.upper()}]"


def _after(letters: str, before: str) -> str:
    """A pattern of one of `letters`, where a word of the alternatives `before`, all of one length, ends with it."""
    cased = "|".join("".join(_any_case(letter) for letter in word) for word in before.split())
    return f"{_any_case(letters)}(?<={cased})"


_KOREAN_PARTICLES = (
    "을 를 은 는 이 가 의 에 에서 에게 로 으로 와 과 도 만 들 나 란 라는 까지 부터 보다 처럼 마다 인 입니다 이다 "
    "하다 합니다 하는 하고 하면 하려면 하여 해 해야 했습니다 하였습니다 한 할 함 하기 하지 하도록 하세요 "
    "되다 됩니다 되는 되고 되면 되지 된 될 됨 되어 되었습니다"
)
"""Particles of nouns, then what makes a verb of one (https://en.wikipedia.org/wiki/Korean_postpositions)."""

_GERMAN_PREFIXES = (
    "hinzu|ab|an|auf|aus|bei|ein|fest|heraus|herunter|hoch|los|mit|nach|um|vor|weg|zu|zurück|zusammen"
)

_LANGUAGES = {
    # images, deployed, deploying, dependency and dependencies
    "en": Language(
        endings="|".join([_any_case("esyi"), _after("d", "ed"), _after("n", "in"), _after("g", "ing")]),
        particles="an and are as at be by for from how in is it of on or that the this to what when which with",
        # installation, configuration, creation
        relatives=_relatives(
            (r"(all|igur|iz|ument|id)(?:e?d?|es|ing|s)$", r"\1ation"), (r"([ie]at)(?:ed?|es|ing)$", r"\1ion")
        ),
    ),
    # etiquetas, imágenes, versión and versiones, instalar, instalado, instalando and instalación
    "es": Language(
        endings="|".join(
            [
                _any_case("aeiosó"),
                _after("n", "ion ión"),
                _after("n", "an en"),
                _after("dr", "ad id ar er ir"),
                _after("d", "and end"),
                _after("c", "ac"),
            ]
        ),
        accents=True,
        particles="al como con de del el en es la las lo los no o para por qué que se sin su sus un una y",
    ),
    # Abbilder, Paketen, installiert and installieren, erweitern and Erweiterung
    "de": Language(
        endings="|".join([_any_case("enstu"), _after("r", "er"), _after("m", "em"), _after("g", "ung")]),
        accents=True,
        particles=(
            "am auf aus bei das dem den der des die ein eine einem einen einer eines für im in ist man mit nicht "
            "oder und vom von was wie zu zum zur"
        ),
        # Installation of installieren; hinzufügen and hinzuzufügen of hinzugefügt, and the other way round
        relatives=_relatives(
            (r"ier(?:en?|te?n?|ung(?:en)?)$", "ation"),
            (rf"^({_GERMAN_PREFIXES})(?:ge|zu)(?=\w{{3}})(?!zu)", r"\1"),
            (rf"^({_GERMAN_PREFIXES})(?!ge|zu)(?=\w{{2,}}en$)", r"\1ge"),
        ),
        spellings={"ä": "ae", "ö": "oe", "ü": "ue"},
        shortest_tail=4,
        syllable=re.compile(
            r"(?<=[a-zäöüß]{4})(?=(?:schw?|sp|st|kn|pf|qu|zw|[bdfgkpt][lr]|[bdfghjklmnprtvwz])[aeiouäöü]\w{3}"
            r"|(?<=[aeiouäöür])[aeiouäöü][a-zß]{4})"
        ),
    ),
    # étiquettes, prédéfinies, réseaux, déployer and déployé, étendre and étendue
    "fr": Language(
        endings="|".join([_any_case("esxéu"), _after("rz", "er ez dr tr")]),
        accents=True,
        particles="au aux avec ce comment dans de des du en est et la le les ne ou par pas pour que qui sans sur un une",
        relatives=_relatives((r"(all|igur|is|ul|ent|id)(?:er|e[sz]?|ee?s?)$", r"\1ation")),
    ),
    # imagem and imagens, versão and versões, disponível and disponíveis, instalar, instalando and instalação
    "pt": Language(
        endings="|".join(
            [
                _any_case("aeiosãõ"),
                _after("mn", "dem den gem gen vem ven"),
                _after("l", "al el"),
                _after("n", "an en in"),
                _after("dr", "ad id ar er ir"),
                _after("d", "and end ind"),
                _after("çc", "aç ac"),
            ]
        ),
        accents=True,
        particles="ao as com como da das de do dos e em em não na no nas nos o os para pela pelo por que se sem um uma",
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
    optional="ー",  # サーバーレス is サーバレス too
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
