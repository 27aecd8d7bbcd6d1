"""Files that other people's machines run, and that can't be run here: workflows of GitHub, and those on the page about
publishing. They are held to their schemas, to zizmor's rules of safety and, for what steps run, to shellcheck."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from action_steps import run as run_in
from conftest import ROOT
from small_project import small_project

BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SHELLCHECK = (BIN / "shellcheck", "--norc", "--shell=bash", "--severity=style", "--exclude=SC2016")
"""SC2016: Markdown in single quotes has backquotes that begin no command."""
EXPRESSION = re.compile(r"\$\{\{.*?\}\}")
OURS = {"ci", "pages", "preview", "registry", "release", "weekly"}
UNTRUSTED = {"pull_request_target", "workflow_run", "issue_comment"}
"""Events at which a workflow has rights that its author, who may be anybody, has not."""


def load(path: Path) -> dict[Any, Any]:
    """A workflow; the key `on` is YAML's word for true."""
    return yaml.safe_load(path.read_text("utf-8"))


def run(*command: str | Path, given: str = "") -> tuple[int, str]:
    result = subprocess.run(
        [str(part) for part in command], input=given, capture_output=True, encoding="utf-8", check=False
    )
    return result.returncode, result.stdout + result.stderr


def page_blocks(language: str) -> dict[str, str]:
    """The files that the page on publishing shows, by their names."""
    text = (ROOT / "docs/en/publish.md").read_text("utf-8")
    found = re.findall(rf'^( *)```{language} title="([^"]+)"\n(.*?)^\1```$', text, re.MULTILINE | re.DOTALL)
    return {title: re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, title, block in found}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All workflows: ours, and those that the page shows."""
    folder = tmp_path_factory.mktemp("page")
    shown: list[Path] = []
    for title, block in page_blocks("yaml").items():
        path = folder / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, "utf-8")
        if title.startswith(".github/workflows/"):
            shown.append(path)
    assert {path.stem for path in WORKFLOWS} == OURS
    assert {path.stem for path in shown} == {"pages", "preview"}
    return [*WORKFLOWS, *shown]


def test_files_have_the_form_that_github_and_gitlab_read(files: list[Path]) -> None:
    check = (BIN / "check-jsonschema", "--builtin-schema")
    assert run(*check, "vendor.github-workflows", *files)[0] == 0
    assert run(*check, "vendor.github-actions", ROOT / "action.yml")[0] == 0
    assert run(*check, "vendor.dependabot", ROOT / ".github/dependabot.yml")[0] == 0
    assert run(*check, "vendor.gitlab-ci", files[-1].parents[2] / ".gitlab-ci.yml")[0] == 0


def test_nothing_unsafe_is_in_workflows(files: list[Path]) -> None:
    code, said = run(BIN / "zizmor", "--offline", "--no-progress", *files, ROOT / "action.yml")
    assert code == 0, said


def test_an_unsafe_workflow_would_be_found(tmp_path: Path) -> None:
    unsafe = (ROOT / ".github/workflows/preview.yml").read_text("utf-8")
    unsafe = unsafe.replace("on: pull_request\n", "on: pull_request_target\n")
    (tmp_path / "unsafe.yml").write_text(unsafe, "utf-8")
    code, said = run(BIN / "zizmor", "--offline", "--no-progress", tmp_path / "unsafe.yml")
    assert (code != 0, "dangerous-triggers" in said) == (True, True)


def scripts(path: Path) -> Iterator[tuple[str, str]]:
    """What the steps of a workflow or an action run, each with its place."""
    document = load(path)
    jobs = document["jobs"].items() if "jobs" in document else [("action", document["runs"])]
    for name, job in jobs:
        for number, step in enumerate(job["steps"], 1):
            if "run" in step:
                yield f"{path.name}: {name}: step {number}", step["run"]


def test_what_steps_run_is_sound_shell(files: list[Path]) -> None:
    found = [each for path in (*files, ROOT / "action.yml") for each in scripts(path)]
    assert len(found) > 15
    assert run(*SHELLCHECK, "-", given="echo $1\n")[0] == 1
    for place, script in found:
        code, said = run(*SHELLCHECK, "-", given="set -eo pipefail\n" + EXPRESSION.sub("value", script))
        assert code == 0, f"{place}:\n{said}"


def test_actions_are_named_by_commits_each_by_one(files: list[Path]) -> None:
    """As on the page, so that what readers copy is what we use."""
    used = [
        found
        for path in files
        for found in re.findall(r"uses: (\S+)@(\S+)(?: # (\S+))?", path.read_text("utf-8"))
    ]
    assert all(
        re.fullmatch(r"[0-9a-f]{40}", commit) and re.fullmatch(r"v\d+\.\d+\.\d+", tag)
        for _, commit, tag in used
    )
    assert len({name for name, _, _ in used}) == len(set(used)) > 8


def test_only_jobs_that_publish_may_write(files: list[Path]) -> None:
    allowed = {
        ("pages", "deploy"): {"pages", "id-token"},
        ("release", "provenance"): {"attestations", "id-token"},
        ("release", "publish"): {"id-token"},
        ("release", "announce"): {"contents"},
        ("registry", ""): {"contents", "pull-requests"},
    }
    for path in files:
        workflow = load(path)
        events = workflow[True]
        assert not UNTRUSTED & set([events] if isinstance(events, str) else events)
        assert "secrets." not in path.read_text("utf-8")
        granted = {"": workflow["permissions"]}
        granted |= {name: job.get("permissions", {}) for name, job in workflow["jobs"].items()}
        for job, rights in granted.items():
            written = {right for right, kind in rights.items() if kind == "write"}
            assert written == allowed.get((path.stem, job), set()), f"{path.name}: {job}"


def test_jobs_end_in_time_and_pull_requests_run_once(files: list[Path]) -> None:
    for path in files:
        workflow = load(path)
        assert all("timeout-minutes" in job for job in workflow["jobs"].values()), path.name
        if path.stem == "preview":
            assert workflow[True] == "pull_request"
            assert workflow["concurrency"]["cancel-in-progress"] is True


@pytest.mark.posix
def test_the_steps_for_a_pull_request_say_what_it_changes(tmp_path: Path) -> None:
    """Those on the page, as a runner runs them, in a checkout of a merge."""
    steps = yaml.safe_load(page_blocks("yaml")[".github/workflows/preview.yml"])["jobs"]["compare"]["steps"]
    build, say = (step["run"] for step in steps if "name" in step)
    project = small_project(tmp_path / "project", {"docs/en/tags.md": "# Tags\n\nOne.\n"})
    (project / ".gitignore").write_text("/site/\n/.cache/\n/.site-*/\n", "utf-8")
    author = {
        f"GIT_{who}_{what}": "x@y.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    for commands, text in ((["init -q", "add -A"], ""), (["add -A"], "# Tags\n\nOne.\n\nTwo.\n")):
        if text:
            (project / "docs/en/tags.md").write_text(text, "utf-8")
        for command in (*commands, "commit -q -m change"):
            assert (
                run_in(project, "git", *command.split(), **author, GIT_CONFIG_GLOBAL="/dev/null").returncode
                == 0
            )
    (tmp_path / "temp").mkdir()
    runner = {
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "SITE": "https://git.example/artifact",
        "SOURCE": "https://git.example/blob/main",
        "NO_MKDOCS_2_WARNING": "1",
    }
    shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
    for script in (build.replace("build --strict", "build"), say):
        done = run_in(project, *shell, script, **runner)
        assert done.returncode == 0, done.stdout + done.stderr
    summary = (tmp_path / "summary.md").read_text("utf-8")
    row = "| Tags ([source](https://git.example/blob/main/docs/en/tags.md)) | `/tags/` | all 2 languages: changed (+1) |"
    assert row in summary
    assert summary.count("| `/") == 1
    assert "[The whole site](https://git.example/artifact)" in summary
