"""A pytest plugin that leaves out the tests whose needs a machine does not meet, and says how many and why.

A clone has everything that its tests need except what `NEEDS` names. A test names its needs by marks, or by a fixture
of the same name. What is absent is left out with one line at the end of the run, so that nothing is lost in silence;
`--require` turns the absence into an error that stops the run, which is what a CI that has these things asks for.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
"""Other people's articles and lists. Their licences are not ours, so they are kept beside a clone and not in it."""

ALL = "all"


def has_programs(*names: str) -> Callable[[], bool]:
    """Return a function that tells whether all these programs are on the PATH."""
    return lambda: all(shutil.which(name) for name in names)


@dataclass(frozen=True)
class Need:
    """Something outside of a clone that tests need."""

    purpose: str
    """Completes "tests that …"."""
    thing: str
    """Name of what is needed, as the line about its absence has it."""
    is_met: Callable[[], bool]


NEEDS = {
    "corpus": Need("read other people's texts", "the folder ../shared/corpus", CORPUS.is_dir),
    "browser": Need("drive a browser", "the program chromium", has_programs("chromium")),
    "registry": Need(
        "start a registry of images", "the program docker-registry", has_programs("docker-registry")
    ),
    "skopeo": Need("let another client read our answers", "the program skopeo", has_programs("skopeo")),
    "shells": Need(
        "complete commands in real shells",
        "one of the programs bash, zsh and fish",
        has_programs("bash", "zsh", "fish"),
    ),
    "posix": Need(
        "use signals, links or permissions as Unix has them", "a POSIX system", lambda: os.name == "posix"
    ),
}
"""Mark → the need it stands for."""

_UNMET = pytest.StashKey[list[str]]()
_LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require",
        action="append",
        default=[],
        choices=[*NEEDS, ALL],
        help="fail where this is absent, instead of leaving out the tests that need it; may be given repeatedly",
    )


def pytest_configure(config: pytest.Config) -> None:
    for name, need in NEEDS.items():
        config.addinivalue_line("markers", f"{name}: tests that {need.purpose}; they need {need.thing}")
    unmet = [name for name, need in NEEDS.items() if not need.is_met()]
    required = config.getoption("--require")
    if missing := [name for name in unmet if name in required or ALL in required]:
        absent = "; ".join(f"{NEEDS[name].thing} (for tests that {NEEDS[name].purpose})" for name in missing)
        raise pytest.UsageError(f"required, but absent: {absent}")
    config.stash[_UNMET] = unmet
    config.stash[_LEFT_OUT] = Counter()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, object, object]:
    for item in items:
        for name in NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(name)
    result = yield  # all other plugins choose among the tests, `-m` by the marks above
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        name = next((name for name in config.stash[_UNMET] if item.get_closest_marker(name)), None)
        (left_out if name else kept).append(item)
        config.stash[_LEFT_OUT].update([name] if name else [])
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
    if hasattr(config, "workeroutput"):  # a process of pytest-xdist, which prints no summary
        config.workeroutput["left_out"] = dict(config.stash[_LEFT_OUT])
    return result


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over what a worker has left out; all workers collect the same tests."""
    node.config.stash[_LEFT_OUT] = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for name, count in config.stash[_LEFT_OUT].items():
        need = NEEDS[name]
        terminalreporter.write_line(
            f"{count} left out: tests that {need.purpose}, because {need.thing} is absent", yellow=True
        )


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Folder of other people's articles and lists; a test that uses it is left out where the folder is absent."""
    return CORPUS
