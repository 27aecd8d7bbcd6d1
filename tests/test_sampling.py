"""What `make test` leaves to `make test-all`: whole matrices, of which it tries a case, and no kind of test."""

import ast
import re
from pathlib import Path

import pytest

from sampling import sample

TESTS = sorted(Path(__file__).parent.glob("test_*.py"))


def functions_of(path: Path) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }


def is_full(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        ast.unparse(decorator) in ("full", "pytest.mark.full") for decorator in function.decorator_list
    )


def without_a_quick_case(functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef]) -> list[str]:
    """Return the tests that only `make test-all` runs and that share no function with a test of `make test`."""
    called = {
        name: {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} & functions.keys()
        for name, function in functions.items()
    }
    tests = {name: is_full(function) for name, function in functions.items() if name.startswith("test_")}
    quick = {each for name, only_in_all in tests.items() if not only_in_all for each in (name, *called[name])}
    return [name for name, only_in_all in tests.items() if only_in_all and not called[name] & quick]


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_what_test_all_alone_runs_is_a_larger_case_of_a_test_that_always_runs(path: Path) -> None:
    assert without_a_quick_case(functions_of(path)) == []
    assert not re.search(r"^pytestmark\s*=.*\bfull\b", path.read_text("utf-8"), re.MULTILINE)


def test_a_test_without_a_case_of_its_kind_is_found() -> None:
    text = "@full\ndef test_a(): test_b()\ndef test_b(): ...\n@pytest.mark.full\ndef test_c(): ...\n"
    functions = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    assert without_a_quick_case(functions) == ["test_c"]


def test_a_sample_keeps_all_values_and_marks_those_that_are_not_chosen() -> None:
    values = sample([1, 2, (3, 4)], lambda value: value == 2)
    assert [getattr(value, "values", value) for value in values] == [(1,), 2, (3, 4)]
    assert [mark.name for value in values for mark in getattr(value, "marks", ())] == ["full", "full"]


def test_a_sample_of_nothing_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="make test would try none"):
        sample([1, 2], lambda _: False)
