"""The plural forms of a .po file: what its header says, and which headers a language allows.

A file is read as its own header `Plural-Forms` says. The tables are ours because CLDR and gettext change theirs
from year to year, and a file that was right yesterday is right today.
"""

import gettext
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SAMPLE = (*range(201), 1000, 1001, 100_000, 1_000_000, 1_000_001, 2_000_000)
"""Numbers that stand for all: no rule below distinguishes numbers that these do not."""
_HEADER = re.compile(r"nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=\s*([^;]{1,900});?")

_USUAL = {
    "nplurals=1; plural=0;": "bm bo dz hnj id ig ii ja jbo jv kde kea km ko lkt lo ms my nqo osa sah ses sg su th to tpi vi wo yo yue zh",
    "nplurals=2; plural=(n != 1);": "af an asa ast az bal bem bez bg brx ce cgg chr ckb da de dv ee el en eo et eu fi fo fur fy gl gsw ha haw hu ia ie io jgo jmc ka kaj kcg kk kkj kl ks ksb ku ky lb lg lij mas mgo ml mn mr nb nd ne nl nn nnh no nr ny nyn om or os pap ps rm rof rwk saq sc sd sdh seh sn so sq ss ssy st sv sw syr ta te teo tig tk tn tr ts ug ur uz ve vo vun wae xh xog yi",
    "nplurals=2; plural=(n > 1);": "ak am as bho bn csw doi fa ff gu hi hy kab kn kok ln mg nso pa pcm si ti wa zu",
    "nplurals=2; plural=(n % 10 != 1 || n % 100 == 11);": "is mk",
    "nplurals=2; plural=(n != 1 && n != 2 && n != 3 && (n % 10 == 4 || n % 10 == 6 || n % 10 == 9));": "ceb fil",
    "nplurals=2; plural=(n >= 2 && (n < 11 || n > 99));": "tzm",
    "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);": "ca es it lld pt_PT scn vec",
    "nplurals=3; plural=(n == 0 || n == 1 ? 0 : n % 1000000 == 0 ? 1 : 2);": "fr pt",
    "nplurals=3; plural=(n == 0 ? 0 : n == 1 ? 1 : 2);": "blo cv ksh lag",
    "nplurals=3; plural=(n == 0 || n == 1 ? 0 : n >= 2 && n <= 10 ? 1 : 2);": "shi",
    "nplurals=3; plural=(n == 1 ? 0 : n == 2 ? 1 : 2);": "he iu naq sat se sma smj smn sms",
    "nplurals=3; plural=(n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2);": "cs sk",
    "nplurals=3; plural=(n == 1 ? 0 : n == 0 || n % 100 >= 1 && n % 100 <= 19 ? 1 : 2);": "ro",
    "nplurals=3; plural=(n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2);": "pl",
    "nplurals=3; plural=(n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2);": "be bs hr ru sr uk",
    "nplurals=3; plural=(n % 10 == 1 && (n % 100 < 11 || n % 100 > 19) ? 0 : n % 10 >= 2 && (n % 100 < 11 || n % 100 > 19) ? 1 : 2);": "lt",
    "nplurals=3; plural=(n % 10 == 0 || n % 100 >= 11 && n % 100 <= 19 ? 0 : n % 10 == 1 && n % 100 != 11 ? 1 : 2);": "lv prg",
    "nplurals=4; plural=(n % 100 == 1 ? 0 : n % 100 == 2 ? 1 : n % 100 == 3 || n % 100 == 4 ? 2 : 3);": "dsb hsb sl",
    "nplurals=4; plural=(n == 1 || n == 11 ? 0 : n == 2 || n == 12 ? 1 : n >= 3 && n <= 19 ? 2 : 3);": "gd",
    "nplurals=4; plural=(n % 10 == 1 ? 0 : n % 10 == 2 ? 1 : n % 20 == 0 ? 2 : 3);": "gv",
    "nplurals=4; plural=(n % 10 == 1 && n % 100 != 11 ? 0 : n == 2 ? 1 : n % 10 >= 2 && (n % 100 < 11 || n % 100 > 19) ? 2 : 3);": "sgs",
    "nplurals=5; plural=(n == 1 ? 0 : n == 2 ? 1 : n >= 3 && n <= 6 ? 2 : n >= 7 && n <= 10 ? 3 : 4);": "ga",
    "nplurals=5; plural=(n == 1 ? 0 : n == 2 ? 1 : n == 0 || n % 100 >= 3 && n % 100 <= 10 ? 2 : n % 100 >= 11 && n % 100 <= 19 ? 3 : 4);": "mt",
    "nplurals=5; plural=(n % 10 == 1 && n % 100 != 11 && n % 100 != 71 && n % 100 != 91 ? 0 : n % 10 == 2 && n % 100 != 12 && n % 100 != 72 && n % 100 != 92 ? 1 : (n % 10 == 3 || n % 10 == 4 || n % 10 == 9) && (n % 100 < 10 || n % 100 > 19) && (n % 100 < 70 || n % 100 > 79) && (n % 100 < 90 || n % 100 > 99) ? 2 : n != 0 && n % 1000000 == 0 ? 3 : 4);": "br",
    "nplurals=6; plural=(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3 : n % 100 >= 11 ? 4 : 5);": "ar",
    "nplurals=6; plural=(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n == 3 ? 3 : n == 6 ? 4 : 5);": "cy",
}
"""Header -> the languages whose new files get it: CLDR 48's rules for whole numbers."""

_ALSO = {
    "nplurals=1; plural=0;": "cgg cv fa hu hy ka tr",
    "nplurals=2; plural=(n != 1);": "bn ca es he hi it lld pa pt scn se vec",
    "nplurals=2; plural=(n > 1);": "br fil fr fur pt",
    "nplurals=2; plural=(n == 2);": "cy",
    "nplurals=2; plural=(n % 10 != 1);": "mk",
    "nplurals=3; plural=(n == 1 ? 0 : n == 2 ? 1 : 2);": "ga",
    "nplurals=3; plural=(n == 1 ? 0 : n == 0 || n % 100 >= 2 && n % 100 <= 19 ? 1 : 2);": "ro",
    "nplurals=3; plural=(n % 10 == 1 && n % 100 != 11 ? 0 : n != 0 ? 1 : 2);": "lv",
    "nplurals=3; plural=(n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2);": "dsb hsb",
    "nplurals=4; plural=(n == 1 ? 0 : n == 0 || n % 100 >= 1 && n % 100 <= 10 ? 1 : n % 100 > 10 && n % 100 < 20 ? 2 : 3);": "mt",
    "nplurals=4; plural=(n == 1 ? 0 : n == 0 || n % 100 > 1 && n % 100 < 11 ? 1 : n % 100 > 10 && n % 100 < 20 ? 2 : 3);": "mt",
    "nplurals=4; plural=(n == 1 ? 0 : n == 2 ? 1 : n != 8 && n != 11 ? 2 : 3);": "cy",
    "nplurals=5; plural=(n == 1 ? 1 : n == 2 ? 2 : n == 3 ? 3 : n == 6 ? 4 : 0);": "cy",
    "nplurals=6; plural=(n == 1 ? 0 : n % 10 == 1 && n % 100 != 11 && n % 100 != 71 && n % 100 != 91 ? 1 : n % 10 == 2 && n % 100 != 12 && n % 100 != 72 && n % 100 != 92 ? 2 : (n % 10 == 3 || n % 10 == 4 || n % 10 == 9) && n % 100 != 13 && n % 100 != 14 && n % 100 != 19 && n % 100 != 73 && n % 100 != 74 && n % 100 != 79 && n % 100 != 93 && n % 100 != 94 && n % 100 != 99 ? 3 : n % 1000000 == 0 ? 4 : 5);": "br",
}
"""Header -> the languages that it is right for, too: what gettext's tools have written for them."""

_OTHERS = "nplurals=2; plural=(n != 1);"
"""What new files of other languages get, as gettext's tools do; any header will do for them."""


@dataclass(frozen=True, slots=True)
class PluralForms:
    """One way to count."""

    count: int
    rule: str
    """The index of the form that `n` takes, as an expression of C."""

    def index(self, number: int) -> int:
        """Return the form that `number` takes."""
        try:
            return _compiled(self.rule)(abs(number))
        except ArithmeticError:  # a division by zero, at a number that is not in the sample
            return self.count - 1

    def numbers(self, index: int) -> Sequence[int]:
        """Return the numbers, of a sample, that take this form; a form for fractions alone has none."""
        return _numbers_by_form(self).get(index, ())

    @property
    def needed(self) -> Sequence[int]:
        """The forms that whole numbers take; one for fractions alone may stay empty."""
        return sorted(_numbers_by_form(self))

    def source_of(self, index: int, other: "PluralForms") -> int:
        """Return the form of `other` that most numbers of form `index` take."""
        taken = [other.index(number) for number in self.numbers(index)]
        return max(taken, key=taken.count, default=other.count - 1)

    def refines(self, other: "PluralForms") -> bool:
        """Return whether no form of these stands for numbers that take different forms of `other`."""
        return self.confused(other) is None

    def confused(self, other: "PluralForms") -> tuple[int, int] | None:
        """Return two numbers with one form here and different forms in `other`."""
        first: dict[int, int] = {}
        for number in _SAMPLE:
            earlier = first.setdefault(self.index(number), number)
            if other.index(earlier) != other.index(number):
                return earlier, number
        return None

    @property
    def header(self) -> str:
        """The value of the header `Plural-Forms`."""
        return f"nplurals={self.count}; plural={self.rule};"


def usual_forms(babel_id: str) -> PluralForms:
    """Return the plural forms that a new .po file of this language gets."""
    return next(_allowed(babel_id, _USUAL), None) or _known(_OTHERS)


def read_forms(header: str) -> PluralForms | None:
    """Return what a header `Plural-Forms` says; nothing when it is no rule, or names forms that it does not have."""
    match = _HEADER.fullmatch(header.strip())
    if match is None:
        return None
    forms = PluralForms(int(match[1]), match[2].strip())
    try:
        indexes = {_compiled(forms.rule)(number) for number in _SAMPLE}
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return forms if all(0 <= index < forms.count for index in indexes) else None


def confused_numbers(babel_id: str, forms: PluralForms) -> tuple[int, int] | None:
    """Return two numbers to which `forms` gives one form though this language has different ones for them.

    Finer forms than the language needs are right: whoever has them can translate all of them alike.
    """
    ways = [*_allowed(babel_id, _USUAL), *_allowed(babel_id, _ALSO)]
    if not ways or any(forms.refines(way) for way in ways):
        return None
    return forms.confused(ways[0])


def _allowed(babel_id: str, table: dict[str, str]) -> Iterator[PluralForms]:
    language = babel_id.partition("_")[0]
    for name in dict.fromkeys((babel_id, language)):
        found = [header for header, names in table.items() if name in names.split()]
        if found:
            yield from map(_known, found)
            return


def _known(header: str) -> PluralForms:
    match = _HEADER.fullmatch(header)
    assert match is not None
    return PluralForms(int(match[1]), match[2])


@lru_cache(maxsize=64)  # every sentence of a file asks
def _numbers_by_form(forms: PluralForms) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for number in _SAMPLE:
        found.setdefault(forms.index(number), []).append(number)
    return found


@lru_cache(maxsize=64)
def _compiled(rule: str) -> Callable[[int], int]:
    return gettext.c2py(rule)
