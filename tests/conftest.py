"""Fixtures that several test modules share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Other people's articles and lists, beside the checkout. Its absence fails the test: nothing is skipped."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.fail(f"the corpus is not at {folder}; run `pytest -m 'not corpus'` where it cannot be had")
    return folder
