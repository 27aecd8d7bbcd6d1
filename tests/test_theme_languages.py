"""A language gets the theme's sentences in a script that its readers read."""

import pytest

from imagedocs.material.languages import material_language, search_language


@pytest.mark.parametrize(
    ("tag", "theme", "stemmer"),
    [
        ("sr", "sr", None),
        ("sr-Latn", "sh", None),
        ("sr-Latn-RS", "sh", None),
        ("sr-Cyrl-RS", "sr", None),
        ("no", "nb", "no"),
        ("nb", "nb", "no"),
        ("fil", "tl", None),
        ("en-GB", "en", "en"),
        ("zh-HK", "zh-Hant", "zh"),
        ("zh-Hans-SG", "zh", "zh"),
        ("zh-TW", "zh-TW", "zh"),
        ("pt-PT", "pt", "pt"),
        ("uz-Cyrl", "en", None),
        ("ku", "en", None),
        ("ckb", "ku-IQ", None),
    ],
)
def test_the_script_is_that_of_the_readers(tag: str, theme: str, stemmer: str | None) -> None:
    assert (material_language(tag), search_language(tag)) == (theme, stemmer)
