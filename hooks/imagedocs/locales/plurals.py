"""How a language counts: the plural forms that a .po file of it may have, and which of them a number takes."""

import gettext
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.messages.plurals import PLURALS, get_plural
from babel.plural import to_gettext

_SAMPLE = (*range(201), 1000, 1001, 1_000_000, 1_000_001, 2_000_000)
"""Two rules that agree on these numbers are the same: no language's rule looks further than n % 1000000."""
_HEADER = re.compile(r"nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=\s*([^;]{1,900});?")


@dataclass(frozen=True, slots=True)
class PluralForms:
    """One way to count."""

    count: int
    rule: str
    """The index of the form that `n` takes, as an expression of C."""

    def index(self, number: int) -> int:
        """The form that `number` takes."""
        return _compiled(self.rule)(abs(number))

    def numbers(self, index: int) -> list[int]:
        """Numbers, of a sample, that take this form."""
        return [number for number in _SAMPLE if self.index(number) == index]

    @property
    def header(self) -> str:
        """As the header `Plural-Forms` of a .po file has it."""
        return f"nplurals={self.count}; plural={self.rule};"


def plural_forms(babel_id: str) -> tuple[PluralForms, ...]:
    """The ways to count that a .po file of this language may use, the one for new files first.

    Tools follow either gettext's tradition or CLDR; for Spanish, French and Portuguese, CLDR has a third form
    for whole millions.
    """
    return tuple(dict.fromkeys(_known_forms(babel_id)))


def matching_forms(babel_id: str, header: str) -> PluralForms | None:
    """The way to count that a header `Plural-Forms` describes, if this language knows it."""
    match = _HEADER.fullmatch(header.strip())
    if match is None:
        return None
    count, rule = int(match[1]), match[2].strip()
    for forms in plural_forms(babel_id):
        if forms.count == count and (_plain(forms.rule) == _plain(rule) or _agree(forms, rule)):
            return forms
    return None


def _known_forms(babel_id: str) -> Iterator[PluralForms]:
    locale = Locale.parse(babel_id)
    if locale.language in PLURALS:
        traditional = get_plural(babel_id)
        yield PluralForms(traditional.num_plurals, traditional.plural_expr)
    cldr = to_gettext(locale.plural_form)
    match = _HEADER.fullmatch(cldr)
    if match is not None:
        # `e` is the exponent of a compact number ("1e6"), which no message of ours has
        yield PluralForms(int(match[1]), re.sub(r"\be\b", "0", match[2].strip()))


def _plain(rule: str) -> str:
    return re.sub(r"[\s()]", "", rule)


def _agree(forms: PluralForms, rule: str) -> bool:
    """Whether `rule`, which anybody may have written, gives the same indexes."""
    try:
        other = gettext.c2py(rule)
        return all(other(number) == forms.index(number) for number in _SAMPLE)
    except (ValueError, ArithmeticError, RecursionError):
        return False


@lru_cache(maxsize=64)
def _compiled(rule: str) -> Callable[[int], int]:
    return gettext.c2py(rule)
