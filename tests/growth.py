"""Work that grows with the length of its input, measured in function calls: a machine's load does not change them.

What happens within one call into C (a regular expression that backtracks, a slice of a long text) is not seen here.
Tests therefore run the whole input too, under the limit of processor time in `conftest.py` that stops what never ends.
"""

import sys
from collections.abc import Callable
from types import FrameType


def calls_of(function: Callable[[], object]) -> int:
    """Count the calls that `function` makes, of Python's functions and of built-in ones."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
    return calls


FACTOR = 4
TOLERANCE = 2
"""What grows as n log n stays well below this, what grows as the square goes beyond it."""
FIXED = 3000
"""Calls that every run makes, whatever its input: imports, tables that are filled at the first use."""


def assert_in_proportion(function: Callable[[str], object], text: str) -> None:
    """Assert that `function` makes not many more calls for each character of `text` than for its first quarter."""
    part = calls_of(lambda: function(text[: len(text) // FACTOR]))
    whole = calls_of(lambda: function(text))
    assert whole <= part * FACTOR * TOLERANCE + FIXED, f"{part} calls for a quarter, {whole} for the whole"
