"""How each language writes numbers, dates, lists and units."""

from datetime import date

import pytest

from imagedocs.locales import Formats

NBSP, THIN = "\u00a0", "\u202f"
DAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("babel_id", "number", "percent", "long", "short"),
    [
        ("en", "1,234,567.5", "26%", "March 16, 2026", "3/16/26"),
        ("en_GB", "1,234,567.5", "26%", "16 March 2026", "16/03/2026"),
        ("es", "1.234.567,5", f"26{NBSP}%", "16 de marzo de 2026", "16/3/26"),
        ("es_419", "1,234,567.5", "26%", "16 de marzo de 2026", "16/3/26"),
        ("de", "1.234.567,5", f"26{NBSP}%", "16. März 2026", "16.03.26"),
        ("fr", f"1{THIN}234{THIN}567,5", f"26{NBSP}%", "16 mars 2026", "16/03/2026"),
        ("ja", "1,234,567.5", "26%", "2026年3月16日", "2026/03/16"),
        ("ko", "1,234,567.5", "26%", "2026년 3월 16일", "26. 3. 16."),
        ("zh_Hans", "1,234,567.5", "26%", "2026年3月16日", "2026/3/16"),
        ("pt_BR", "1.234.567,5", "26%", "16 de março de 2026", "16/03/2026"),
        ("fa", "1,234,567.5", "26%", "16 مارس 2026", "2026/3/16"),
    ],
)
def test_numbers_and_dates_are_the_languages_own(
    babel_id: str, number: str, percent: str, long: str, short: str
):
    formats = Formats(babel_id)
    assert (formats.number(1234567.5), formats.percent(0.256)) == (number, percent)
    assert (formats.date(DAY), formats.date(DAY, "short")) == (long, short)


@pytest.mark.parametrize(
    ("babel_id", "both", "one"),
    [
        ("en", "A, B, and C", "A, B, or C"),
        ("es", "A, B y C", "A, B o C"),
        ("de", "A, B und C", "A, B oder C"),
        ("ja", "A、B、C", "A、B、または C"),
        ("zh_Hans", "A、B 和 C", "A、B 或 C"),
        ("ko", "A, B 및 C", "A, B 또는 C"),
    ],
)
def test_lists_are_joined_as_in_a_sentence(babel_id: str, both: str, one: str):
    assert Formats(babel_id).list(["A", "B", "C"]) == both
    assert Formats(babel_id).list(["A", "B", "C"], "or") == one


def test_a_list_of_chinese_words_has_no_spaces() -> None:
    assert Formats("zh_Hans").list(["框架", "Python", "系统"]) == "框架、Python 和系统"
    assert Formats("zh_Hans").list(["框架"]) == "框架"
    assert Formats("zh_Hans").list([]) == ""


@pytest.mark.parametrize(
    ("babel_id", "first", "eleventh"),
    [
        ("fr", "1er août 2026", "11 août 2026"),
        ("fr_CA", "1er août 2026", "11 août 2026"),
        ("pt_BR", "1º de agosto de 2026", "11 de agosto de 2026"),
        ("pt_PT", "1 de agosto de 2026", "11 de agosto de 2026"),
        ("es", "1 de agosto de 2026", "11 de agosto de 2026"),
        ("de", "1. August 2026", "11. August 2026"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_where_it_is_said_so(
    babel_id: str, first: str, eleventh: str
) -> None:
    formats = Formats(babel_id)
    assert [formats.date(date(2026, 8, day)) for day in (1, 11)] == [first, eleventh]
    assert formats.date(date(2026, 8, 1), "short") in {
        "01/08/2026",
        "2026-08-01",
        "01/08/26",
        "1/8/26",
        "01.08.26",
    }


@pytest.mark.parametrize(
    ("babel_id", "six_months", "one_month"),
    [
        ("en", "6 months", "1 month"),
        ("es", "6 meses", "1 mes"),
        ("de", "6 Monate", "1 Monat"),
        ("fr", f"6{NBSP}mois", f"1{NBSP}mois"),
        ("pt_BR", "6 meses", "1 mês"),
        ("ja", "6 か月", "1 か月"),
        ("ko", "6개월", "1개월"),
        ("zh_Hans", "6个月", "1个月"),
        ("zh_Hant", "6 個月", "1 個月"),
    ],
)
def test_units_are_words_even_where_babel_finds_no_long_pattern(
    babel_id: str, six_months: str, one_month: str
):
    formats = Formats(babel_id)
    assert (formats.unit(6, "duration-month"), formats.unit(1, "duration-month")) == (six_months, one_month)


@pytest.mark.parametrize(
    ("babel_id", "sizes"),
    [
        (
            "en",
            ["0 bytes", "1 byte", "999 bytes", "1 kB", "1 MB", "999.9 MB", "1 GB", "1.3 GB", "2,000,000 PB"],
        ),
        (
            "de",
            ["0 Byte", "1 Byte", "999 Byte", "1 kB", "1 MB", "999,9 MB", "1 GB", "1,3 GB", "2.000.000 PB"],
        ),
        (
            "fr",
            [
                "0 octet",
                "1 octet",
                "999 octets",
                "1 ko",
                "1 Mo",
                "999,9 Mo",
                "1 Go",
                "1,3 Go",
                "2 000 000 Po",
            ],
        ),
        (
            "ja",
            [
                "0 バイト",
                "1 バイト",
                "999 バイト",
                "1 KB",
                "1 MB",
                "999.9 MB",
                "1 GB",
                "1.3 GB",
                "2,000,000 PB",
            ],
        ),
    ],
)
def test_sizes_have_three_digits_at_most_and_the_languages_units(babel_id: str, sizes: list[str]):
    values = [0, 1, 999, 1000, 999_950, 999_949_999, 999_950_000, 1_260_000_000, 2 * 10**21]
    written = [Formats(babel_id).bytes(value).replace(NBSP, " ").replace(THIN, " ") for value in values]
    assert written == sizes


def test_languages_are_named_in_the_readers_language():
    assert [Formats("es").language(tag) for tag in ("ja", "pt-BR", "zh-Hans", "es-419", "xx-nothing")] == [
        "japonés",
        "portugués (Brasil)",
        "chino (simplificado)",
        "español (Latinoamérica)",
        "xx-nothing",
    ]
