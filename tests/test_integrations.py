"""What other people's machines run: pre-commit's hook, the action of GitHub, and the matcher of problems."""

import json
import os
import re
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from action_steps import action, run, run_step
from conftest import ROOT, run_imagedocs, run_mkdocs
from small_project import small_project

pytestmark = pytest.mark.posix

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
BROKEN = {"docs/en/index.md": "# Home\n\n[there](nope.md)\n"}
FOUND = 'docs/en/index.md:3:9: error: broken-link: there is no file "docs/en/nope.md"'


def sound(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A small project in which nothing is wrong but what `files` has, once its sentences are its own."""
    project = small_project(folder, files or {})
    run_imagedocs(project, "messages")
    baseline = run_imagedocs(project, "check", "--baseline", "known.json", "--write-baseline")
    assert baseline.returncode == 0, baseline.stderr
    return project


def test_pre_commit_takes_the_manifest() -> None:
    result = run(ROOT, "pre-commit", "validate-manifest", str(MANIFEST))
    assert result.returncode == 0, result.stdout + result.stderr


def test_pre_commit_runs_the_hook_on_what_concerns_it(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load(MANIFEST.read_text("utf-8"))
    project = sound(tmp_path / "project")
    # The hook as pre-commit would install it, but with the program that is installed already.
    local = {**hook, "language": "system", "entry": f"{hook['entry']} --baseline known.json"}
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (project / ".pre-commit-config.yaml").write_text(json.dumps(config))
    (project / "notes.txt").write_text("x\n")
    git = {"PRE_COMMIT_HOME": str(tmp_path / "cache"), "GIT_CONFIG_GLOBAL": "/dev/null"}
    for command in (["git", "init", "-q"], ["git", "add", "-A"]):
        assert run(project, *command, **git).returncode == 0
    passed = run(project, "pre-commit", "run", "--all-files", **git)
    assert (passed.returncode, "Passed" in passed.stdout) == (0, True), passed.stdout
    skipped = run(project, "pre-commit", "run", "--files", "notes.txt", **git)
    assert (skipped.returncode, "Skipped" in skipped.stdout) == (0, True), skipped.stdout
    (project / "docs/en/index.md").write_text(BROKEN["docs/en/index.md"])
    failed = run(project, "pre-commit", "run", "--files", "docs/en/index.md", **git)
    assert failed.returncode == 1
    assert FOUND in failed.stdout


def test_the_action_is_a_composite_one_whose_inputs_are_used() -> None:
    text = action()
    assert text["runs"]["using"] == "composite"
    assert {key for step in text["runs"]["steps"] for key in step} == {"name", "shell", "env", "run"}
    assert all(entry["description"] and "default" in entry for entry in text["inputs"].values())
    used = re.findall(r"\$\{\{ inputs\.(\w+) \}\}", (ROOT / "action.yml").read_text("utf-8"))
    assert set(used) == set(text["inputs"])
    # An input is text of somebody else's: it goes into a variable, never into a script.
    assert not any("${{" in step["run"] for step in text["runs"]["steps"])


def fast_python(folder: Path) -> Path:
    """A Python whose new environments have the packages of this one: pip finds all requirements met, and only
    this project is built and installed."""
    program = folder / "python"
    packages = sysconfig.get_path("purelib")
    program.write_text(
        f'#!/bin/sh\nset -e\n[ "$1 $2" = "-m venv" ]\n{sys.executable} -m venv --without-pip "$3"\n'
        f'for folder in "$3"/lib/python3*/site-packages; do echo {packages} > "$folder/others.pth"; done\n'
    )
    program.chmod(0o755)
    return program


def test_the_action_annotates_and_summarizes(tmp_path: Path) -> None:
    """Its steps in the environment of a runner, with the project in a folder of the repository."""
    install, check = action()["runs"]["steps"]
    workspace = tmp_path / "my repository"
    sound(workspace / "site docs", BROKEN | {"docs/es/index.md": "# Inicio\n\n[allí](no.md)\n"})
    os.remove(workspace / "site docs" / "known.json")
    assert run(workspace, "git", "init", "-q").returncode == 0
    runner = {
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_ACTIONS": "true",
    }
    (tmp_path / "temp").mkdir()
    installed = run_step(install, workspace, runner, python=str(fast_python(tmp_path)))
    assert installed.returncode == 0, installed.stderr
    checked = run_step(check, workspace, runner, project="site docs", locales="en")
    annotation = "::error file=site docs/docs/en/index.md,line=3,col=9,title=broken-link::there is no file "
    assert annotation in checked.stdout
    assert "docs/es/index.md" not in checked.stdout
    assert checked.returncode == 1
    assert "broken-link" in (tmp_path / "summary.md").read_text("utf-8")
    program = str(tmp_path / "temp/imagedocs/bin/imagedocs")
    project = workspace / "site docs"
    assert run(project, program, "check", "--baseline", "known.json", "--write-baseline").returncode == 0
    assert (
        run_step(check, workspace, runner, project="site docs", baseline="site docs/known.json").returncode
        == 0
    )


MATCHERS = json.loads((ROOT / ".github/problem-matcher.json").read_text("utf-8"))["problemMatcher"]
WRONG = {
    "docs/en/index.md": "# Home\n\n[there](nope.md) and ![index.png](index.png)\n\n[x](javascript:alert)\n",
    "catalog/images.yaml": "version: 1\nregistry: 1.5\n",
}
COLOUR = re.compile("\x1b\\[[0-9;]*m")


def matched(lines: list[str]) -> list[dict[str, str | None]]:
    """Return what the matchers find in the lines of an output."""
    found: list[dict[str, str | None]] = []
    for line in lines:
        for matcher in MATCHERS:
            (pattern,) = matcher["pattern"]
            if match := re.search(pattern["regexp"], line):
                groups = {name: match[number] for name, number in pattern.items() if name != "regexp"}
                found.append({"severity": matcher.get("severity"), **groups})
    return found


def test_the_matcher_reads_what_a_check_prints(tmp_path: Path) -> None:
    project = small_project(tmp_path, WRONG)
    printed = run_imagedocs(project, "check", "--format", "text").stdout.splitlines()
    structured = json.loads(run_imagedocs(project, "check", "--format", "json").stdout)["problems"]
    found = matched(printed)
    assert len(found) == len(printed) == len(structured)
    kinds = {"suggestion": "notice"}
    for one, problem in zip(found, structured, strict=True):
        place = [one["file"], *(int(one[key] or 0) for key in ("line", "column"))]
        assert place == [problem["path"], problem.get("line", 0), problem.get("column", 0)]
        assert one["code"] == problem["rule"]
        assert one["severity"] == kinds.get(problem["severity"], problem["severity"])
        assert (one["message"] or "").startswith(problem["message"])
    assert {one["severity"] for one in found} >= {"error", "warning"}
    assert any(one["line"] is None for one in found) or all(problem.get("line") for problem in structured)


@pytest.mark.parametrize("with_hooks", [False, True], ids=["plugin", "hooks"])
def test_the_matcher_reads_what_a_build_logs(tmp_path: Path, with_hooks: bool) -> None:
    """MkDocs colours the level of a message, also in a file; GitHub takes the colours out, and other programs may not."""
    project = small_project(tmp_path, WRONG, with_hooks=with_hooks)
    logged = run_mkdocs(project, "build").stderr
    checked = matched(run_imagedocs(project, "check", "--format", "text").stdout.splitlines())
    assert {one["severity"] for one in checked} == {"error", "warning", "notice"}
    for text in (logged, COLOUR.sub("", logged)):
        found = matched(text.splitlines())
        assert [one for one in checked if one not in found] == []
        assert {one["file"] for one in found} == {one["file"] for one in checked}
