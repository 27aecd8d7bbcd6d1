"""The line in a translated page that names the version of its source: read, and written without touching the rest."""

import pytest

from imagedocs.freshness import Pin, read_pin, write_pin
from imagedocs.freshness.pins import ForeignPin, Translator
from imagedocs.problems import CannotRun

PIN = Pin("0123456789abcdef")
LINE = "translated_from: sha256-0123456789abcdef"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("---\ntitle: T\n---\n# T\n", f"---\ntitle: T\n{LINE}\n---\n# T\n", id="at the end"),
        pytest.param("# T\n", f"---\n{LINE}\n---\n# T\n", id="no front matter"),
        pytest.param("", f"---\n{LINE}\n---\n", id="an empty file"),
        pytest.param("---\n---\n# T\n", f"---\n{LINE}\n---\n# T\n", id="empty front matter"),
        pytest.param(
            "---\ntranslated_from: sha256-fedcba9876543210\ntitle: T\n---\n",
            f"---\n{LINE}\ntitle: T\n---\n",
            id="in place of the last one",
        ),
        pytest.param(
            "---\ntranslated_from: sha256-fedcba9876543210+01234567 # a note\n---\n",
            f"---\n{LINE}\n---\n",
            id="in place of one with more",
        ),
        pytest.param("---\ntranslated_from:\n---\n", f"---\n{LINE}\n---\n", id="in place of nothing"),
        pytest.param(
            "---\r\ntitle: T\r\n---\r\n# T\r\n", f"---\r\ntitle: T\r\n{LINE}\r\n---\r\n# T\r\n", id="CRLF"
        ),
        pytest.param("# T\r\nText\n", f"---\r\n{LINE}\r\n---\r\n# T\r\nText\n", id="mixed line ends"),
        pytest.param(
            "\ufeff---\ntitle: T\n---\n", f"\ufeff---\ntitle: T\n{LINE}\n---\n", id="byte order mark"
        ),
        pytest.param("\ufeff# T\n", f"\ufeff---\n{LINE}\n---\n# T\n", id="byte order mark alone"),
        pytest.param("---\ntitle: T\n...\n# T\n", f"---\ntitle: T\n{LINE}\n...\n# T\n", id="closed by dots"),
        pytest.param("---\ntitle: T\n---\n# T", f"---\ntitle: T\n{LINE}\n---\n# T", id="no final newline"),
        pytest.param(
            "---\n# a comment\nlist: [a,\n  b]\n---\n",
            f"---\n# a comment\nlist: [a,\n  b]\n{LINE}\n---\n",
            id="comments and values of many lines",
        ),
        pytest.param(
            "---\ntitle: T\n---\ntranslated_from: text\n",
            f"---\ntitle: T\n{LINE}\n---\ntranslated_from: text\n",
            id="a line of the page that looks like it",
        ),
    ],
)
def test_a_pin_is_written_and_nothing_else(text: str, expected: str) -> None:
    edited = write_pin(text, PIN, "docs/es/a.md")
    assert edited == expected
    assert read_pin(edited).version == PIN.version
    assert write_pin(edited, PIN, "docs/es/a.md") == edited


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\n{title: T}\n---\n", id="a mapping in braces"),
        pytest.param("---\ntitle: |\n  T\n  translated_from: x\n{}\n---\n", id="no YAML"),
        pytest.param('---\n"translated_from": sha256-fedcba9876543210\n---\n', id="a quoted name"),
        pytest.param("---\n- a\n---\n", id="a list"),
    ],
)
def test_front_matter_that_cannot_be_edited_is_left_alone(text: str) -> None:
    message = f"docs/es/a.md: translated_from cannot be written into the front matter; write `{LINE}` there"
    with pytest.raises(CannotRun) as error:
        write_pin(text, PIN, "docs/es/a.md")
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("header", "version", "invalid"),
    [
        ("translated_from: sha256-0123456789abcdef", "0123456789abcdef", ""),
        ("translated_from: 'sha256-0123456789abcdef'", "0123456789abcdef", ""),
        ("translated_from: sha256-0123456789ABCDEF", "", "sha256-0123456789ABCDEF"),
        ("translated_from: 2026-03-20", "", "2026-03-20"),
        ("translated_from: [a]", "", "[a]"),
        ("translated_from: ''", "", "nothing"),
        ("translated_from: ../../etc/passwd", "", "../../etc/passwd"),
        ("translated_from:", "", ""),
        ("title: T", "", ""),
        ("{broken", "", ""),
    ],
)
def test_what_stands_in_place_of_a_pin(header: str, version: str, invalid: str) -> None:
    pin = read_pin(f"---\n{header}\n---\n# T\n")
    assert (pin.version, pin.invalid) == (version, invalid)


def test_pins_of_microsoft_are_understood() -> None:
    pin = read_pin(
        "---\nms.openlocfilehash: 0f7fc034ee6df962ecfe6e00b62b8899e223505c\n"
        "ms.sourcegitcommit: e41827d894a4aa12cbff62c51393dfc236297e10\n"
        "ms.translationtype: HT\nms.lasthandoff: 11/04/2021\n---\n# T\n"
    )
    assert pin.by is Translator.HUMAN
    assert pin.foreign == ForeignPin(
        "0f7fc034ee6df962ecfe6e00b62b8899e223505c", "e41827d894a4aa12cbff62c51393dfc236297e10", "11/04/2021"
    )
    assert str(pin.foreign) == "source commit e41827d8, source hash 0f7fc034, handed off 11/04/2021"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("ms.translationtype: MT", Translator.MACHINE),
        ("ms.translationtype: HT", Translator.HUMAN),
        ("translation: machine", Translator.MACHINE),
        ("translation: human", Translator.HUMAN),
        ("translation: human\nms.translationtype: MT", Translator.HUMAN),
        ("translation: someone", Translator.UNKNOWN),
        ("ms.translationtype: 3", Translator.UNKNOWN),
    ],
)
def test_who_translated_a_page(header: str, expected: Translator) -> None:
    assert read_pin(f"---\n{header}\n---\n").by is expected
