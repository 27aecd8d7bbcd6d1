"""The README: one screen, in which every command, link and message is true."""

import re
import struct
from pathlib import Path

import yaml

from conftest import ROOT, run_imagedocs
from imagedocs.commands import COMMANDS
from imagedocs.problems import Severity
from small_project import small_project

README = (ROOT / "README.md").read_text("utf-8")
PICTURE = ROOT / ".github/page.png"


def test_it_is_one_screen() -> None:
    assert len(README.splitlines()) <= 50
    assert len(README.split()) <= 400


def test_its_error_is_what_a_check_prints(tmp_path: Path) -> None:
    (message,) = re.findall(r"^docs/en/index\.md:.*$", README, re.MULTILINE)
    text = "# Home\n\nPull `mcr.microsoft.com/azureml/minimal-py312-inference:20260317.v1`.\n"
    project = small_project(tmp_path, {"docs/en/index.md": text})
    printed = run_imagedocs(project, "check", "--format", "text").stdout.splitlines()
    errors = [line for line in printed if f": {Severity.SUGGESTION}: " not in line]
    assert [re.sub(r"run: \S+imagedocs ", "run: imagedocs ", line) for line in errors] == [message]


def test_its_links_lead_to_files_and_headings() -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", README)
    assert len(links) > 8
    for link in links:
        path, _, anchor = link.partition("#")
        assert (ROOT / path).is_file(), link
        if anchor:
            text = (ROOT / path).read_text("utf-8")
            headings = [
                heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
            ]
            assert anchor in headings, link


def test_its_commands_are_those_that_there_are() -> None:
    code = re.findall(r"`([^`\n]+)`", README) + re.findall(r"^\$ (.*)$", README, re.MULTILINE)
    commands = [words[1] for words in map(str.split, code) if words[0] == "imagedocs" and len(words) > 1]
    assert {"check", "init", "render"} <= set(commands) <= COMMANDS.keys()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = [words[1] for words in map(str.split, code) if words[0] == "make"]
    assert targets == ["site", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_its_picture_is_small_and_described() -> None:
    content = PICTURE.read_bytes()
    width, _height = struct.unpack(">II", content[16:24])
    assert (content[:8], width) == (b"\x89PNG\r\n\x1a\n", 1280)
    assert len(content) < 100_000
    assert re.search(r"!\[[^]]{40,}\]\(\.github/page\.png\)", README)


def test_the_number_of_languages_is_that_of_the_site() -> None:
    locales = yaml.safe_load((ROOT / "locales/locales.yaml").read_text("utf-8"))["locales"]
    assert ("in eight languages" in README) == (len(locales) == 8)
