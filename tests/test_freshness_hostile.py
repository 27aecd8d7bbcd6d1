"""Texts that are made to take long are judged in bounded time."""

from time import process_time

import pytest

from freshness_page import SOURCE
from imagedocs.freshness import Pin, Version, judge, read_segments, write_pin
from imagedocs.markdown import Source

HOSTILE = {
    "one word again and again": ("a " * 700, "a b " * 380),
    "a shortcode that nothing closes": ("{{" + " " * 50_000 + "x", "y"),
    "many paragraphs": ("p\n\n" * 4_000, "q\n\n" * 2_000),
    "many headings": ("".join(f"## h {number}\n\n" for number in range(1_000)), "## x\n\n" * 500),
    "many links": ("".join(f"[a](p{number}.md) " for number in range(3_000)), "x"),
    "many texts with much code": (
        "".join(f"{' '.join(f'`{number}.{code}`' for code in range(60))}\n\n" for number in range(400)),
        "".join(f"{' '.join(f'`{number}-{code}`' for code in range(60))}\n\n" for number in range(300)),
    ),
    "a long code": ("```\n" + "x y\n" * 20_000 + "```\n", "```\nx\n```\n"),
}


@pytest.mark.parametrize(("source", "translated"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_take_bounded_time(source: str, translated: str) -> None:
    """Seconds, where a careless comparison would take minutes or years."""
    started = process_time()
    old, new = (read_segments(Source("docs/en/page.md", text)) for text in (SOURCE, source))
    other = read_segments(Source("docs/es/page.md", translated))
    for before, after in ((old, new), (new, other), (new, new)):
        found = judge("docs/es/page.md", Pin(), other, "docs/en/page.md", after, Version(before))
        assert all(change.parts for change in found.changes[:10])
    assert process_time() - started < 20


def test_front_matter_that_nothing_closes_is_read_once() -> None:
    text = "---\r\n" + "a: b\r\n" * 50_000
    started = process_time()
    edited = write_pin(text, Pin("0123456789abcdef"), "docs/es/page.md")
    assert edited == f"---\r\ntranslated_from: sha256-0123456789abcdef\r\n---\r\n{text}"
    assert process_time() - started < 10
