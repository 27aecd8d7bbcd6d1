"""The commands find what they found before, line for line: see `frozen_findings.py` before you edit a frozen file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from conftest import run_imagedocs
from frozen_findings import FROZEN, FrozenFile, findings_in, text_of
from sampling import full

pytestmark = pytest.mark.posix


def marks(frozen: FrozenFile) -> Iterator[pytest.MarkDecorator]:
    if frozen.needs_corpus:
        yield pytest.mark.corpus
    if frozen.is_long:
        yield full


@pytest.mark.parametrize(
    "frozen", [pytest.param(each, id=each.name, marks=[*marks(each)]) for each in FROZEN]
)
def test_the_findings_are_those_that_are_frozen(frozen: FrozenFile) -> None:
    def run(folder: Path, arguments: Sequence[str]) -> str:
        """Run the command; `check` runs with an empty cache, then with what the first run has kept."""
        home = {"XDG_CACHE_HOME": str(folder.parent / "home")}
        count = 2 if arguments[0] == "check" and not frozen.is_long else 1
        printed = {findings_in(arguments, run_imagedocs(folder, *arguments, **home)) for _ in range(count)}
        assert len(printed) == 1, "a second check, with a cache, says something else than the first"
        return printed.pop()

    assert text_of(frozen, run).splitlines() == frozen.path.read_text("utf-8").splitlines()
