"""Numbers, dates, lists, units and names of languages as the readers of one locale write them."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

Number = int | float | Decimal

_FIRST = {"fr": "1er", "pt": "1º", "pt_PT": ""}
"""The first day of a month in a date that has the month's name. CLDR has no ordinals there."""
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""A character of a word in Chinese or Japanese."""
_BYTE_UNITS = ("byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte")


@dataclass(frozen=True, slots=True)
class Formats:
    """How the locale with this Babel id writes values.

    Digits are 0-9 in every language, as in the versions and tags that stand beside them.
    """

    babel_id: str

    def number(self, value: Number) -> str:
        """1234.5 is "1,234.5" in en and "1.234,5" in de."""
        return format_decimal(value, locale=self.babel_id)

    def percent(self, value: Number) -> str:
        """0.256 is "26%" in en and "26 %" in de."""
        return format_percent(value, locale=self.babel_id)

    def date(self, day: datetime.date, length: Literal["short", "medium", "long"] = "long") -> str:
        """16 March 2026: "March 16, 2026", "16 de marzo de 2026", "2026年3月16日".

        The first of a month is an ordinal where the language says it so: "1er août 2026", "1º de agosto de 2026".
        """
        text = format_date(day, length, locale=self.babel_id)
        first = _FIRST.get(self.babel_id, _FIRST.get(self.babel_id.partition("_")[0]))
        return re.sub("^1(?= )", first, text) if first and day.day == 1 else text

    def list(self, items: Sequence[str], kind: Literal["and", "or"] = "and") -> str:
        """ "A, B, and C", "A, B y C", "A、B、C".

        A word in Chinese or Japanese has a space between it and a Latin letter or a digit: "A、B 和 C".
        """
        words = format_list(["\0"] * len(items), "standard" if kind == "and" else "or", self.babel_id).split(
            "\0"
        )
        parts = [words[0]]
        for before, item, after in zip(words, items, words[1:], strict=False):
            parts.append(" " if _IDEOGRAPH.match(before[-1:]) and item[:1].isascii() else "")
            parts.append(item)
            parts.append(" " if _IDEOGRAPH.match(after[:1]) and item[-1:].isascii() else "")
            parts.append(after)
        return "".join(parts)

    def unit(self, value: Number, unit: str) -> str:
        """`value` of a CLDR unit: `unit(6, "duration-month")` is "6 meses", "6 か月".

        A language without a long pattern takes the short one (CLDR's inheritance, which Babel
        does not follow: it would print "6 duration-month").
        """
        for each in dict.fromkeys(("long", "short")):
            text = format_unit(value, unit, each, locale=self.babel_id)
            if unit not in text:
                return text
        return f"{self.number(value)} {unit.rpartition('-')[2]}"

    def bytes(self, size: int) -> str:
        """A size in decimal units, with one digit after the point from a megabyte up: "1.3 GB", "1,3 Go"."""
        exponent, value = 0, Decimal(size)
        while abs(round(value, exponent >= 2)) >= 1000 and exponent < len(_BYTE_UNITS) - 1:
            exponent, value = exponent + 1, value / 1000
        if exponent == 0:
            return self.unit(size, "digital-byte")
        # Symbols are the same for every number, but Babel has some only for certain plural forms, and takes
        # the others from no language at all ("1,3 GByte"); the form of 5 is there in every language.
        pattern = format_unit(5, f"digital-{_BYTE_UNITS[exponent]}", "short", locale=self.babel_id)
        return pattern.replace("5", self.number(round(value, 1) if exponent >= 2 else round(value)))

    def language(self, tag: str) -> str:
        """The name of the language `tag` in this language: `language("ja")` is "japonés" in es."""
        try:
            name = Locale.parse(tag, sep="-").get_display_name(self.babel_id)
        except (UnknownLocaleError, ValueError):
            name = None
        return name or tag
