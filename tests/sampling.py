"""What of a matrix `make test` tries: a case of each kind. `make test-all` tries the whole matrix."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

full = pytest.mark.full
"""Marks what `make test-all` alone runs; a case of the same kind has no mark."""


def sample(values: Iterable[Any], is_chosen: Callable[[Any], bool]) -> list[Any]:
    """Return the values as parameters, those that are not chosen for `make test-all` alone."""
    values = list(values)
    assert any(map(is_chosen, values)), "make test would try none"
    return [value if is_chosen(value) else _for_test_all(value) for value in values]


def _for_test_all(value: Any) -> Any:
    return pytest.param(*value, marks=full) if type(value) is tuple else pytest.param(value, marks=full)
