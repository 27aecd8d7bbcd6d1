"""What stays in memory when a project is read again and again, as `mkdocs serve` and `check --watch` do."""

import gc
import logging
import threading
import weakref
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from imagedocs.check.checking import check, collect_site
from imagedocs.incremental.reads import remembered
from imagedocs.plugin.build import Build
from imagedocs.project import Project
from small_project import small_project

SAVES = 4
SPANISH = "---\ntitle: Inicio\ndescription: Texto.\n---\n\n# Inicio\n\nTexto.\n"


@pytest.fixture
def preview() -> Iterator[None]:
    """A process as `mkdocs serve` has it: with a second thread, so that nothing is forked."""
    thresholds, handlers = gc.get_threshold(), list(logging.getLogger("mkdocs").handlers)
    end = threading.Event()
    watcher = threading.Thread(target=end.wait)
    watcher.start()
    yield
    end.set()
    watcher.join()
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    assert logging.getLogger("mkdocs").handlers == handlers, "a build has left a handler behind"


def living(*kinds: type) -> dict[int, str]:
    """Return the names of the kinds of all objects that are of one of `kinds`, by the objects' identity."""
    gc.unfreeze()  # the collector does not show what is frozen
    return {id(each): type(each).__name__ for each in gc.get_objects() if type(each) in kinds}


@pytest.mark.usefixtures("preview")
def test_a_preview_lets_go_of_all_but_the_last_builds(tmp_path: Path) -> None:
    small_project(tmp_path, {"docs/es/index.md": SPANISH})
    before = living(Project, Build)
    for number in range(SAVES):
        (tmp_path / "docs/en/index.md").write_text(f"# Home\n\nSaved {number} times.\n", "utf-8")
        build(load_config(str(tmp_path / "mkdocs.yml")), serve_url="http://127.0.0.1:8000/")
    after = living(Project, Build)
    kept = Counter(name for each, name in after.items() if each not in before)
    # MkDocs itself keeps the configuration that was loaded last; what it kept before is freed with the next build.
    assert kept["Project"] in (1, 2)
    assert kept["Build"] in (1, 2), "those of other languages are done"


def test_a_project_that_was_checked_is_freed(tmp_path: Path) -> None:
    small_project(tmp_path, {"docs/es/index.md": SPANISH})
    project = Project.load(tmp_path, date(2026, 3, 20))
    check(project, collect_site(project))
    reference = weakref.ref(project)
    del project
    gc.collect()
    assert reference() is None


class Page:
    def __init__(self, text: str) -> None:
        self.text = text
        self.calls = 0

    @remembered
    def times(self, number: int, *, end: str = "") -> str:
        self.calls += 1
        return self.text * number + end


def test_results_are_kept_in_the_object_that_they_are_about() -> None:
    one, other = Page("a"), Page("b")
    assert [one.times(2), one.times(2), one.times(3), one.times(2, end="!"), other.times(2)] == [
        "aa",
        "aa",
        "aaa",
        "aa!",
        "bb",
    ]
    assert (one.calls, other.calls) == (3, 1)
    reference = weakref.ref(one)
    del one
    assert reference() is None, "without looking for cycles"
