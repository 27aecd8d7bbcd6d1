"""A process that has loaded mkdocs and imagedocs, and runs each program that it is asked for in a fork of its own.

To start Python and to load the modules takes most of a short run's time. A fork has its own memory, folder,
environment and output, and ends as a process does, so a test cannot tell the difference. Tests whose subject is the
start of the process (what it loads, which seed its hashes have) ask for a new one.

Most of what a small site costs is to compile the theme's templates. They are compiled once: forks share the code, by
everything that it is made of.

Run as a script, it reads requests from standard input, one a line, and writes the exit status of each.
"""

import hashlib
import json
import marshal
import os
import pkgutil
import runpy
import selectors
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

SECONDS = 300
"""How long a program may run: a guard against one that never ends."""


class ProgramServer:
    """The process, started with the first program that is run."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self.templates = Path()
        """Folder for compiled templates, which other servers may use too."""

    def run(
        self, folder: Path, program: str, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """Run `python -m program …` in `folder` with no more than this environment."""
        command = [program, *arguments]
        with tempfile.TemporaryDirectory() as name:
            outputs = [Path(name, "stdout"), Path(name, "stderr")]
            request = {
                "folder": str(folder),
                "command": command,
                "environment": dict(environment),
                "outputs": [str(file) for file in outputs],
            }
            status = self._ask(request)
            printed = [file.read_text("utf-8") for file in outputs]
        return subprocess.CompletedProcess(command, status, *printed)

    def _ask(self, request: Mapping[str, object]) -> int:
        process = self._process = self._process or _start(self.templates)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{json.dumps(request)}\n")
        process.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if not selector.select(SECONDS):
                self.stop()
                raise TimeoutError(f"{request['command']} runs for more than {SECONDS} s")
        return int(process.stdout.readline())

    def stop(self) -> None:
        """End the process and whatever it runs."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()
            self._process = None


def _start(templates: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, __file__, str(templates)],
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _load() -> None:
    """Import what programs will need, and find what stays the same as long as a process runs."""
    import pymdownx.highlight  # noqa: F401

    import imagedocs
    import imagedocs.plugin
    from imagedocs.locales import extract_messages

    for module in pkgutil.walk_packages(imagedocs.__path__, "imagedocs."):
        if not module.name.endswith("__main__"):
            __import__(module.name)
    extract_messages(Path("/nonexistent"))


def _share_compiled_templates(folder: Path) -> None:
    """Let Jinja look in `folder` for the code of a template before it compiles it, and keep there what it compiles."""
    import jinja2

    parse, compile_one = jinja2.Environment.parse, jinja2.Environment.compile

    def parse_noting_source(env: jinja2.Environment, source: str, *values: Any, **named: Any) -> Any:
        tree = parse(env, source, *values, **named)
        tree.source = source
        return tree

    def compile_once(
        env: jinja2.Environment,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> str | CodeType:
        text = getattr(source, "source", source)
        if raw or not isinstance(text, str):
            return compile_one(env, source, name, filename, raw, defer_init)
        escapes = env.autoescape(name) if callable(env.autoescape) else env.autoescape
        known = [[*map(_name_of, sorted(part.items()))] for part in (env.filters, env.tests)]
        made_of = [text, name, filename, defer_init, escapes, sorted(env.extensions), env.shared, known]
        file = folder / hashlib.sha256(repr(made_of).encode()).hexdigest()
        if file.exists():
            return marshal.loads(file.read_bytes())  # noqa: S302  # in the run's own folder: a fork of this process wrote it
        code = compile_one(env, source, name, filename, raw, defer_init)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as written:
            written.write(marshal.dumps(code))
        os.replace(written.name, file)
        return code

    # Jinja's own cache of code serves loaders of files alone, and the programs have templates of text too.
    jinja2.Environment.parse = parse_noting_source  # type: ignore[method-assign]
    jinja2.Environment.compile = compile_once  # type: ignore[method-assign, assignment]


def _name_of(named: tuple[str, Any]) -> tuple[str, str, str]:
    name, function = named
    return name, getattr(function, "__module__", ""), getattr(function, "__qualname__", "")


def _run(request: Mapping[str, list[str]]) -> None:
    """Become the program."""
    os.chdir(str(request["folder"]))
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, path in enumerate(request["outputs"], 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = request["command"]
    sys.path[0] = os.getcwd()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _serve(templates: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _load()
    _share_compiled_templates(templates)
    answers = os.fdopen(os.dup(1), "w")
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            answers.close()
            _run(json.loads(line))
            return
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answers.write(f"{status}\n")
        answers.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
