"""Follow the page "Use it for your own images" as its readers do, with a registry of the tests' own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT
from docker_registry import DockerRegistry, running
from imagedocs.locales.po_reader import read_po

PAGE = ROOT / "docs/en/adopt.md"
HOST = "registry.example.com"


@dataclass(frozen=True)
class Block:
    """A block of code on the page."""

    language: str
    title: str
    text: str


BEGIN = ("Begin", "List your images", "Write in your languages", "Check and build")
"""Sections that lead from an empty folder to a site."""


def blocks(*sections: str) -> list[Block]:
    """Return the blocks of some sections, in their order. Indented ones belong to lists of things that one may also do."""
    text = PAGE.read_text("utf-8")
    pattern = r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$'
    found: list[Block] = []
    for section in sections:
        (content,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        here = [Block(*parts) for parts in re.findall(pattern, content, re.MULTILINE | re.DOTALL)]
        assert here, f"there is nothing to do in {section}"
        found += here
    return found


@contextmanager
def running_with_images(folder: Path) -> Iterator[DockerRegistry]:
    """Run a registry that has the images of the page."""
    with running(folder) as started:
        for repository, tag in (("team/web", "1.4"), ("team/worker", "2.0")):
            started.push_image(repository, tag)
        yield started


def build(source: Path, target: str, folder: Path) -> Path:
    """Build the distribution, "wheel" or "sdist", of the project at `source` into `folder`, without network."""
    before = set(folder.iterdir())
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = set(folder.iterdir()) - before
    return built


def run(folder: Path, command: list[str], path: Path | None = None) -> str:
    """What the command prints; its success is part of the claim."""
    result = subprocess.run(
        command,
        cwd=folder,
        env={
            "PATH": f"{path}/bin:{os.environ['PATH']}" if path else os.environ["PATH"],
            "PYTHONUTF8": "1",
            "NO_MKDOCS_2_WARNING": "1",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout


def fill_in(path: Path, given: str) -> None:
    """Write the translations of `given` into the .po file, as its editor would."""
    text = path.read_text("utf-8")
    entries = read_po(given.encode(), path.name).entries
    assert entries
    for entry in entries:
        context = f'msgctxt "{entry.context.text}"\n' if entry.context else ""
        key = f'{context}msgid "{entry.msgid.text}"\n'
        assert text.count(f'\n{key}msgstr ""\n') == 1, f"{path.name} does not ask for {key}"
        text = text.replace(f'\n{key}msgstr ""\n', f'\n{key}msgstr "{entry.strings[0].text}"\n')
    path.write_text(text, "utf-8")


def follow_page(folder: Path, environment: Path, registry: DockerRegistry) -> Path:
    """Do in `folder` what the page says of a new site, and return the project that it leads to."""
    (install,) = blocks("Install")
    assert "pip install './imagedocs[live]'" in install.text
    return follow(folder, blocks(*BEGIN), environment, registry)


def follow(folder: Path, steps: list[Block], environment: Path, registry: DockerRegistry) -> Path:
    """Do in `folder` what blocks of the page say, and return the folder that they lead to."""
    for block in steps:
        text = block.text.replace(HOST, registry.host)
        if block.language == "bash":
            # The registry of the tests speaks no TLS; that of a reader does.
            text = text.replace("imagedocs snapshot", f"imagedocs snapshot --plain-http {registry.host}")
            printed = run(folder, ["bash", "-euc", f"{text}\npwd"], environment)
            folder = Path(printed.rstrip().rpartition("\n")[2])
        elif block.language == "po":
            fill_in(folder / block.title, text)
        else:
            assert block.title, f"what is this {block.language} for?"
            (folder / block.title).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.title).write_text(text, "utf-8")
    return folder
