"""Pages that the fuzzer has found wanting, and a short run of it."""

import random
from pathlib import Path

import pytest

from fuzz_markdown import FINDINGS, page, wrong


@pytest.mark.parametrize("path", sorted(FINDINGS.glob("*.md")), ids=lambda path: path.stem)
def test_what_was_found_once(path: Path) -> None:
    assert wrong(path.read_bytes().decode("utf-8", "surrogatepass")) == ""


def test_pages_made_by_chance() -> None:
    chance = random.Random(20260301)
    assert [wrong(page(chance)) for _ in range(1500)] == [""] * 1500
