"""Texts that are made to take long are judged in bounded time."""

from collections.abc import Callable

import pytest

from freshness_page import SOURCE
from imagedocs.freshness import Pin, Version, judge, write_pin
from imagedocs.freshness.reading import read_segments
from imagedocs.markdown import Source
from sampling import full

HOSTILE = {
    "one word again and again": lambda n: ("a " * (n * 7), "a b " * (n * 4)),
    "a shortcode that nothing closes": lambda n: ("{{" + " " * (n * 500) + "x", "y"),
    "many paragraphs": lambda n: ("p\n\n" * (n * 40), "q\n\n" * (n * 20)),
    "many headings": lambda n: (
        "".join(f"## h {number}\n\n" for number in range(n * 10)),
        "## x\n\n" * (n * 5),
    ),
    "many links": lambda n: ("".join(f"[a](p{number}.md) " for number in range(n * 30)), "x"),
    "many texts with much code": lambda n: (
        "".join(f"{' '.join(f'`{number}.{code}`' for code in range(60))}\n\n" for number in range(n * 4)),
        "".join(f"{' '.join(f'`{number}-{code}`' for code in range(60))}\n\n" for number in range(n * 3)),
    ),
    "a long code": lambda n: ("```\n" + "x y\n" * (n * 200) + "```\n", "```\nx\n```\n"),
}
"""By what is hostile about them: the edited source and the translation, of any length."""


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("size", [10, pytest.param(100, marks=full)])
def test_hostile_texts_are_judged(size: int, texts: Callable[[int], tuple[str, str]]) -> None:
    """A careless comparison would take minutes or years for them."""
    source, translated = texts(size)
    old, new = (read_segments(Source("docs/en/page.md", text)) for text in (SOURCE, source))
    other = read_segments(Source("docs/es/page.md", translated))
    for before, after in ((old, new), (new, other), (new, new)):
        found = judge("docs/es/page.md", Pin(), other, "docs/en/page.md", after, Version(before))
        assert all(change.parts for change in found.changes[:10])


def test_front_matter_that_nothing_closes_is_left_as_it_is() -> None:
    text = "---\r\n" + "a: b\r\n" * 50_000
    edited = write_pin(text, Pin("0123456789abcdef"), "docs/es/page.md")
    assert edited == f"---\r\ntranslated_from: sha256-0123456789abcdef\r\n---\r\n{text}"
