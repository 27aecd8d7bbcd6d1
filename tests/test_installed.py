"""What users get: imagedocs with the newest dependencies of today, from the package index, in environments that have
nothing else. `pytest -m install` runs these; of each kind, tests without a mark run a case without network."""

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from action_steps import action, run_step
from adopting import build, follow_page, running_with_images
from conftest import ROOT
from docker_registry import DockerRegistry

pytestmark = [pytest.mark.install, pytest.mark.posix, pytest.mark.registry]

INDEX = {
    name: value
    for name, value in os.environ.items()
    if name.startswith("PIP_") or name.lower().endswith(("_proxy", "_ca_bundle")) or name == "SSL_CERT_FILE"
}
"""How this machine asks the package index."""
PAGE = "docs/it/porte.md"


def run(
    folder: Path, *command: str | Path, path: str = "/usr/bin:/bin", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command that finds nothing in its environment but a path and a home."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerRegistry]:
    with running_with_images(tmp_path_factory.mktemp("registry")) as started:
        yield started


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment that `pip install 'imagedocs[live]'` makes of the wheel."""
    folder = tmp_path_factory.mktemp("installed")
    wheel = build(ROOT, "wheel", folder)
    assert run(folder, sys.executable, "-m", "venv", ".venv").returncode == 0
    pip = (folder / ".venv/bin/python", "-m", "pip", "install", "--quiet", f"{wheel}[live]")
    installed = run(folder, *pip, **INDEX | {"HOME": os.environ.get("HOME", str(folder))})
    assert installed.returncode == 0, installed.stderr
    return folder / ".venv"


@pytest.fixture(scope="module")
def project(environment: Path, registry: DockerRegistry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that the page on adopting leads to, checked and built strictly on the way."""
    project = follow_page(tmp_path_factory.mktemp("home"), environment, registry)
    assert (project / "site/nl/index.html").is_file()
    (project / ".gitignore").write_text("/site/\n/.cache/\n")
    for command in (("init", "-q"), ("add", "-A")):
        assert run(project, "git", *command).returncode == 0
    return project


@contextmanager
def broken(project: Path) -> Iterator[str]:
    """Break a page of the project for a while, and give what must be said of it."""
    page = project / PAGE
    text = page.read_text("utf-8")
    line = text.splitlines().index("# Porte") + 1
    page.write_text(text.replace("# Porte\n", "# Porte [qui](no.md)\n"), "utf-8")
    yield f'{PAGE}:{line}:15: error: broken-link: there is no file "docs/it/no.md"'
    page.write_text(text, "utf-8")


def test_a_project_is_checked_and_built(project: Path, environment: Path) -> None:
    checked = run(project, environment / "bin/imagedocs", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    built = run(project, environment / "bin/mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    with broken(project) as message:
        checked = run(project, environment / "bin/imagedocs", "check")
        assert (checked.returncode, message in checked.stdout) == (1, True), checked.stdout
        assert run(project, environment / "bin/mkdocs", "build", "--strict").returncode == 1


def test_a_preview_follows_a_save(project: Path, environment: Path) -> None:
    page = project / PAGE
    text = page.read_text("utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [environment / "bin/mkdocs", "serve", "--dev-addr", address]
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", "HOME": str(project), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as preview:
        deadline = threading.Timer(300, preview.kill)  # its log ends then, and with it the test
        deadline.start()
        assert preview.stderr is not None
        log = iter(preview.stderr)
        try:
            assert any("Serving on" in line for line in log)
            assert ">Porte<" in urllib.request.urlopen(f"http://{address}/porte/").read().decode()
            page.write_text(text.replace("# Porte\n", "# Porte nuove\n"), "utf-8")
            assert any("Reloading browsers" in line for line in log)
            assert ">Porte nuove<" in urllib.request.urlopen(f"http://{address}/porte/").read().decode()
        finally:
            deadline.cancel()
            page.write_text(text, "utf-8")
            preview.terminate()


def test_new_projects_have_every_sentence_of_the_library(environment: Path, tmp_path: Path) -> None:
    locales = ("en", "de", "es", "fr", "ja", "ko", "pt-BR", "zh-Hans")
    options = [option for locale in locales for option in ("--locale", locale)]
    begun = run(tmp_path, environment / "bin/imagedocs", "init", "--registry", "ghcr.io", *options)
    assert begun.returncode == 0, begun.stderr
    checked = run(tmp_path, environment / "bin/imagedocs", "check").stdout
    assert not re.findall(r".*(?:message-plurals|message-of-library|po-header).*", checked)


def test_pre_commit_installs_the_hook_and_runs_it(project: Path, tmp_path: Path) -> None:
    home = {"PRE_COMMIT_HOME": str(tmp_path / "cache"), "GIT_CONFIG_GLOBAL": "/dev/null", "PYTHONUTF8": "1"}
    command = (sys.executable, "-m", "pre_commit", "try-repo", ROOT, "imagedocs-check", "--all-files")
    passed = run(project, *command, **INDEX, **home)
    assert (passed.returncode, "Passed" in passed.stdout) == (0, True), passed.stdout + passed.stderr
    with broken(project) as message:
        failed = run(project, *command, **INDEX, **home)
    assert failed.returncode == 1
    assert message in failed.stdout


def test_the_action_installs_and_annotates(project: Path, tmp_path: Path) -> None:
    """With the dependencies that requirements.txt pins, as action.yml says."""
    install, check = action()["runs"]["steps"]
    (tmp_path / "temp").mkdir()
    runner = {
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(project),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_ACTIONS": "true",
    }
    installed = run_step(install, project, runner | INDEX, python=sys.executable)
    assert installed.returncode == 0, installed.stderr
    checked = run_step(check, project, runner)
    assert (checked.returncode, "::error" in checked.stdout) == (0, False), checked.stdout
    with broken(project):
        checked = run_step(check, project, runner)
    assert checked.returncode == 1
    assert f"::error file={PAGE},line=4,col=15,title=broken-link::" in checked.stdout
    assert "broken-link" in (tmp_path / "summary.md").read_text("utf-8")
