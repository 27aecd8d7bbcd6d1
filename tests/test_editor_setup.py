"""What the page "Use it for your own images" tells editors, read as they read it."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Any

import click
import pytest

from adopting import PAGE
from imagedocs.cli import main
from small_project import small_project
from test_watching import BROKEN, Watcher


def block(language: str, beginning: str) -> str:
    """Return the block of code on the page that begins so."""
    found = re.findall(
        rf"^( *)```{language}\b.*?\n(.*?)^\1```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (text,) = [dedent(each) for _, each in found if dedent(each).startswith(beginning)]
    return text


def test_editors_start_a_command_that_there_is() -> None:
    settings = json.loads(block("json", '{\n  "glspc'))
    helix = tomllib.loads(block("toml", "[language-server"))
    neovim = re.search(r"cmd = \{ (.*?) \}", block("lua", "vim.lsp"))
    assert neovim
    server = helix["language-server"]["imagedocs"]
    for program, *arguments in (
        [settings["glspc.server.command"], *settings["glspc.server.commandArguments"]],
        [server["command"], *server["args"]],
        json.loads(f"[{neovim[1]}]"),
    ):
        assert program == "imagedocs"
        (name,) = arguments
        assert main.get_command(click.Context(main), name)


@pytest.mark.posix
def test_the_task_of_vs_code_sees_when_a_check_begins_and_ends_and_what_it_finds(tmp_path: Path) -> None:
    (task,) = json.loads(block("json", '{\n  "version": "2.0.0"'))["tasks"]
    matcher: dict[str, Any] = task["problemMatcher"]
    pattern, background = matcher["pattern"], matcher["background"]
    program, *arguments = shlex.split(task["command"])
    assert program == "imagedocs"
    project = small_project(tmp_path, {"docs/en/index.md": BROKEN})
    process = subprocess.Popen(
        [sys.executable, "-m", "imagedocs", *arguments],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    watcher = Watcher(process)
    try:

        def until_end() -> list[str]:
            lines: list[str] = []
            while not (lines and re.search(background["endsPattern"], lines[-1])):
                line = watcher.lines.get(timeout=60)
                assert line is not None
                lines.append(line)
            return lines

        def problems(lines: list[str]) -> list[tuple[str | None, ...]]:
            names = ("file", "line", "column", "severity", "code")
            found = [match for line in lines if (match := re.search(pattern["regexp"], line))]
            return [tuple(match[pattern[name]] for name in names) for match in found]

        expected = ("docs/en/index.md", "3", "9", "error", "broken-link")
        assert expected in problems(until_end())
        (project / "docs/en/index.md").write_text("# Home\n\nText.\n")
        lines = until_end()
        assert [bool(re.search(background["beginsPattern"], line)) for line in lines].count(True) == 1
        assert expected not in problems(lines)
    finally:
        watcher.stop()
        watcher.reader.join()
