"""Pages that the fuzzer has found wanting, and a short run of it."""

import random
from pathlib import Path

import pytest

from fuzz_markdown import FINDINGS, page, wrong
from sampling import full


@pytest.mark.parametrize("path", sorted(FINDINGS.glob("*.md")), ids=lambda path: path.stem)
def test_what_was_found_once(path: Path) -> None:
    assert wrong(path.read_bytes().decode("utf-8", "surrogatepass")) == ""


@pytest.mark.parametrize("count", [150, pytest.param(5_000, marks=full)])
def test_pages_made_by_chance(count: int) -> None:
    chance = random.Random(20260301)
    assert [wrong(page(chance)) for _ in range(count)] == [""] * count
