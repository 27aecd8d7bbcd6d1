"""Fixtures that several test modules share."""

import functools
import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from program_server import SECONDS, ProgramServer

pytest_plugins = ["needs"]

ROOT = Path(__file__).parent.parent
# Programs under test start with the usual signals: a shell's background ignores Ctrl-C, and `nohup` the end of a terminal.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
# `make test-all` takes the other one: `pytest --hypothesis-profile full`.
hypothesis.settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
hypothesis.settings.register_profile("full", max_examples=1000, deadline=None)
hypothesis.settings.load_profile("quick")

LIMIT = 300
"""Seconds of processor time after which a test is stopped: far more than any takes, far less than one without end."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Stop a test that computes without end: it is a failure, and the others still run."""

    def stop(_number: int, _frame: object) -> None:
        pytest.fail(f"{item.nodeid} computed for {LIMIT} s and was stopped")

    if not hasattr(signal, "setitimer"):
        return (yield)
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are processors: some tests wait for a server or a browser."""
    return (os.cpu_count() or 1) + 1


PARTS = ("mkdocs.yml", "catalog", "docs", "hooks", "includes", "locales")
"""What a project of imagedocs is made of."""


def copy_project(target: Path) -> Path:
    """The project of this checkout, to be broken."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target / part)
    return target


def without_rules(project: Path) -> None:
    """Remove the pages of rules, which are most of all pages and take most of the time."""
    shutil.rmtree(project / "docs/en/rules")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("  - rules/index.md\n", ""), "utf-8", newline="\n")


def shorten_rules(project: Path) -> None:
    """Leave of the pages of rules their titles: what links to them is still right, and they take no time."""
    for page in (project / "docs/en/rules").iterdir():
        page.write_text(f"# {page.stem}\n", "utf-8")


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


ACTIVATED = {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    **{name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ},  # Windows needs them
}
"""The environment of a program under test."""
_SERVER = ProgramServer()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that all processes which run the tests share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session", autouse=True)
def program_server(shared_folder: Path) -> Iterator[None]:
    """Prepare, and end, the process that `run_mkdocs` and `run_imagedocs` share."""
    _SERVER.templates = shared_folder / "templates"
    _SERVER.templates.mkdir(exist_ok=True)
    yield
    _SERVER.stop()


def run_mkdocs(
    folder: Path, *arguments: str, program: str = "mkdocs", new_process: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs …` in `folder`, in an environment that has nothing of the caller's but the path, and is
    activated."""
    environment = {**ACTIVATED, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **environment}
    if not new_process and hasattr(os, "fork"):
        return _SERVER.run(folder, program, arguments, environment)
    return subprocess.run(
        [sys.executable, "-m", program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def run_imagedocs(
    folder: Path, *arguments: str, new_process: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `imagedocs …` in `folder`, likewise."""
    return run_mkdocs(folder, *arguments, program="imagedocs", new_process=new_process, **environment)


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a static host does: with the nearest 404 page, and no log."""

    def log_message(self, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        locale = self.path.lstrip("/").partition("/")[0]
        pages = [Path(self.directory) / locale / "404.html", Path(self.directory) / "404.html"]
        page = next((page for page in pages if page.is_file()), None)
        if code != 404 or page is None:
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")  # not longer: its event loop would be in the way of tests that run their own
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context_with(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A function that gives the context of the browser that has these options. Tests share it: to make one takes as
    long as to show a page. Who writes into its storage clears it."""
    contexts: dict[str, BrowserContext] = {}

    def context_with_options(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in contexts:
            contexts[key] = browser.new_context(**options)
        return contexts[key]

    yield context_with_options
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """A function that serves a folder on the loopback until the session ends, and gives its address."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        handler = functools.partial(_QuietHandler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site(shared_folder: Path) -> Path:
    """The project's own site, built strictly: once, however many processes run the tests."""
    folder = shared_folder
    done = folder / "built"
    try:
        project = folder / "project"
        project.mkdir()
    except FileExistsError:  # another process builds it
        while not done.exists():
            time.sleep(0.1)
    else:
        built = run_mkdocs(copy_project(project), "build", "--strict")
        (folder / "report").write_text(built.stderr, "utf-8")
        (folder / "report").rename(done)
    assert (project / "site").is_dir(), done.read_text("utf-8")
    return project / "site"
