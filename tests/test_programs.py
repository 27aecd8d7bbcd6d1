"""Commands in messages are written as they can be typed where one is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imagedocs.problems import Position, Problem, Rule
from imagedocs.programs import typable, typable_problems, way_to
from small_project import small_project

pytestmark = pytest.mark.posix

SNAPSHOT = "run: imagedocs snapshot"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtual environment `.venv` in a folder, which is not activated; its Python runs us."""
    scripts = tmp_path / ".venv/bin"
    scripts.mkdir(parents=True)
    for name in ("python", "imagedocs", "mkdocs", "pip"):
        (scripts / name).touch(0o755)
    monkeypatch.setenv("PATH", "/usr/bin")
    monkeypatch.setattr(sys, "executable", str(scripts / "python"))
    monkeypatch.setattr(sys, "argv", [str(scripts / "mkdocs"), "build"])
    monkeypatch.chdir(tmp_path)
    return scripts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SNAPSHOT, "run: .venv/bin/imagedocs snapshot"),
        ("run `imagedocs messages`", "run `.venv/bin/imagedocs messages`"),
        ("then `mkdocs build --strict`", "then `.venv/bin/mkdocs build --strict`"),
        ("run: pip install 'imagedocs[live]'", "run: .venv/bin/pip install 'imagedocs[live]'"),
        ("imagedocs is not installed", "imagedocs is not installed"),
        ("run: env/imagedocs check", "run: env/imagedocs check"),
        ("my-imagedocs check", "my-imagedocs check"),
    ],
)
def test_only_our_commands_are_rewritten(environment: Path, text: str, expected: str) -> None:
    assert typable(text) == expected


def test_an_activated_environment_needs_the_name_alone(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{environment}{os.pathsep}/usr/bin")
    assert typable(SNAPSHOT) == SNAPSHOT


def test_another_installation_on_the_path_is_not_meant(
    environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/imagedocs").touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "other"))
    assert typable(SNAPSHOT) == "run: .venv/bin/imagedocs snapshot"


def test_from_elsewhere_the_whole_path_is_given_and_quoted(
    environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    assert typable(SNAPSHOT) == f"run: {environment}/imagedocs snapshot"
    spaced = environment.parent.rename(tmp_path / "my env") / "bin"
    monkeypatch.setattr(sys, "executable", str(spaced / "python"))
    assert typable(SNAPSHOT) == f'run: "{spaced}/imagedocs" snapshot'


def test_without_scripts_python_runs_the_module(environment: Path) -> None:
    (environment / "imagedocs").unlink()
    assert typable(SNAPSHOT) == "run: .venv/bin/python -m imagedocs snapshot"
    assert way_to("imagedocs") == f"{environment}/python -m imagedocs"


def test_a_problem_keeps_everything_else(environment: Path) -> None:
    problem = Problem(Position("a.md", 1), Rule.PO_SYNTAX, "is empty", "run `imagedocs messages` to fill it")
    (shown,) = typable_problems([problem])
    assert str(shown) == "a.md:1: error: po-syntax: is empty; run `.venv/bin/imagedocs messages` to fill it"


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("imagedocs", "check"), ".venv/bin/imagedocs"),
        (("mkdocs", "build", "--strict"), ".venv/bin/imagedocs"),
        (("imagedocs", "check", "--format", "plain"), "imagedocs"),
    ],
    ids=["a check", "a build", "what other programs read"],
)
def test_people_read_what_they_can_type(tmp_path: Path, arguments: tuple[str, ...], shown: str) -> None:
    project = small_project(tmp_path, {"locales/es/LC_MESSAGES/messages.po": ""})
    (project / ".venv").symlink_to(Path(sys.executable).parent.parent)
    program, *rest = arguments
    result = subprocess.run(
        [f".venv/bin/{program}", *rest],
        cwd=project,
        env={"PATH": "/usr/bin", "IMAGEDOCS_LOCALE": "en"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 1
    assert f"po-syntax: is empty; run `{shown} messages` to fill it" in result.stdout + result.stderr
