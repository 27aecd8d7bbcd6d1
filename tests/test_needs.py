"""Runs of pytest in a folder like a clone, beside which the corpus and the programs are or are not."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from needs import NEEDS

TESTS = """\
import pytest

def test_plain(): pass

def test_with_fixture(corpus): assert corpus.is_dir()

@pytest.mark.corpus
@pytest.mark.parametrize("number", range(3))
def test_with_mark(number): pass

@pytest.mark.browser
def test_page(): pass

@pytest.mark.registry
@pytest.mark.skopeo
def test_copy(): pass
"""

PROGRAMS = ("chromium", "docker-registry", "skopeo", "bash", "zsh", "fish")
NO_CORPUS = "4 left out: tests that read other people's texts, because the folder ../shared/corpus is absent"
NO_BROWSER = "1 left out: tests that drive a browser, because the program chromium is absent"
NO_SKOPEO = "1 left out: tests that let another client read our answers, because the program skopeo is absent"
DEMAND = "ERROR: required, but absent: the folder ../shared/corpus (for tests that read other people's texts)"


def run(tmp_path: Path, *arguments: str, programs: tuple[str, ...], has_corpus: bool) -> tuple[int, str, str]:
    tests = tmp_path / "clone" / "tests"
    tests.mkdir(parents=True)
    shutil.copy2(Path(__file__).with_name("needs.py"), tests)
    (tests / "conftest.py").write_text('pytest_plugins = ["needs"]\n')
    (tests / "test_some.py").write_text(TESTS)
    (tests.parent / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n")
    if has_corpus:
        (tmp_path / "shared" / "corpus").mkdir(parents=True)
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in programs:
        program = folder / (f"{name}.exe" if os.name == "nt" else name)
        program.write_text("")
        program.chmod(0o755)
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "xdist", *arguments],
        cwd=tests.parent,
        env={name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        | {"PATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return result.returncode, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("arguments", "programs", "has_corpus", "lines", "passed"),
    [
        pytest.param((), PROGRAMS, True, [], 7, id="everything is there"),
        pytest.param((), PROGRAMS, False, [NO_CORPUS], 3, id="no corpus"),
        pytest.param(("-n", "2"), PROGRAMS, False, [NO_CORPUS], 3, id="no corpus, and two processes"),
        pytest.param(
            (), PROGRAMS[1:2], True, [NO_BROWSER, NO_SKOPEO], 5, id="one of the two needs of a test is unmet"
        ),
        pytest.param(
            ("-m", "not browser and not registry"),
            (),
            False,
            [NO_CORPUS],
            1,
            id="only tests that were asked for are counted",
        ),
        pytest.param(("-m", "corpus"), (), True, [], 4, id="a fixture is a mark"),
        pytest.param(
            ("--require=corpus",),
            PROGRAMS[1:2],
            True,
            [NO_BROWSER, NO_SKOPEO],
            5,
            id="what is required is there",
        ),
    ],
)
def test_unmet_needs_leave_out_tests_with_one_line_each(
    tmp_path: Path,
    arguments: tuple[str, ...],
    programs: tuple[str, ...],
    has_corpus: bool,
    lines: list[str],
    passed: int,
) -> None:
    status, printed, _ = run(tmp_path, *arguments, programs=programs, has_corpus=has_corpus)
    assert status == 0, printed
    assert sorted(re.findall(r"^\d+ left out: .*$", printed, re.MULTILINE)) == sorted(lines)
    assert re.search(rf"^{passed} passed", printed, re.MULTILINE), printed
    assert "skipped" not in printed


@pytest.mark.parametrize("arguments", [("--require=corpus",), ("--require=all",), ("--require=all", "-n2")])
def test_a_required_corpus_that_is_absent_stops_the_run(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, printed, said = run(tmp_path, *arguments, programs=PROGRAMS, has_corpus=False)
    assert (status, printed, said.strip("\n")) == (pytest.ExitCode.USAGE_ERROR, "", DEMAND)


def test_all_that_is_absent_is_named_at_once(tmp_path: Path) -> None:
    status, _, said = run(tmp_path, "--require=all", programs=(), has_corpus=False)
    assert status == pytest.ExitCode.USAGE_ERROR
    assert all(need.thing in said for name, need in NEEDS.items() if name != "posix")


NOT_RUN = {
    "chromium": "drive a browser",
    "docker-registry": "start a registry of images",
    "skopeo": "let another client read our answers",
    "zsh": "complete commands in real shells",
    "fish": "complete commands in real shells",
}
INSTALL = (
    'case $* in update*) ;; *" fish"|*" skopeo") echo "E: no $5" >&2; exit 100;; *) ln -s id "$BIN/$5";; esac'
)
"""An apt-get that has no skopeo and no fish."""


@pytest.mark.skipif(os.name == "nt", reason="tests/debian.sh is for systems that have sh")
@pytest.mark.parametrize(
    ("programs", "said"),
    [
        pytest.param(dict.fromkeys(NOT_RUN, "") | {"apt-get": "exit 1"}, [], id="all is installed"),
        pytest.param(
            {"zsh": "", "fish": ""},
            [
                f"{name} is missing (there is no apt-get here): tests that {NOT_RUN[name]} are not run"
                for name in ("chromium", "docker-registry", "skopeo")
            ],
            id="no apt-get",
        ),
        pytest.param(
            {"apt-get": "exit 1", "id": "echo 1000", "chromium": "", "docker-registry": "", "skopeo": ""},
            [
                f"{name} is missing (run: sudo apt-get install zsh fish): tests that {NOT_RUN[name]} are not run"
                for name in ("zsh", "fish")
            ],
            id="neither root nor sudo",
        ),
        pytest.param(
            {"apt-get": INSTALL, "id": "echo 0"},
            [
                "Installing: chromium docker-registry skopeo zsh fish",
                "E: no skopeo",
                "E: no fish",
                "skopeo is missing (apt-get did not install it): tests that let another client read our answers are not run",
                "fish is missing (apt-get did not install it): tests that complete commands in real shells are not run",
            ],
            id="a release without some of the packages",
        ),
    ],
)
def test_what_debian_cannot_install_is_named_with_its_tests(
    tmp_path: Path, programs: dict[str, str], said: list[str]
) -> None:
    for name, script in ({"id": "echo 0"} | programs).items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    ln, sh = (shutil.which(name) or name for name in ("ln", "sh"))
    (tmp_path / "ln").symlink_to(ln)
    environment = {"PATH": str(tmp_path), "BIN": str(tmp_path)}
    result = subprocess.run(
        [sh, str(Path(__file__).with_name("debian.sh"))],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stderr.splitlines(), result.stdout) == (0, said, "")


def test_the_installed_programs_are_those_that_tests_need() -> None:
    script = Path(__file__).with_name("debian.sh").read_text("utf-8")
    assert all(f"{name} {purpose}" in script for name, purpose in NOT_RUN.items())
    assert set(NOT_RUN.values()) == {
        need.purpose for name, need in NEEDS.items() if name not in ("corpus", "posix")
    }


def test_no_test_of_the_needs_has_needs(request: pytest.FixtureRequest) -> None:
    own = [item for item in request.session.items if item.path == Path(__file__)]
    assert own
    assert not any(item.get_closest_marker(name) for item in own for name in NEEDS)
