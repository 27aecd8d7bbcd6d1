"""Whatever the program prints, it does so on each terminal, pipe and file: what the encoding lacks is escaped."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from imagedocs.cli import run
from small_project import LOCALES, ROOT, small_project

KOREAN = "없음"
ESCAPED = "\\uc5c6\\uc74c"
ENCODINGS = ("cp1252", "cp932", "ascii", "latin-1")
LIST = f"# {KOREAN}\n\n| Image | Note |\n| --- | --- |\n| mcr.example.com/a/b:1 | {KOREAN} |\n"


class Printed(NamedTuple):
    status: int
    out: bytes
    err: bytes


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with Korean, and a mistake in Korean."""
    folder = tmp_path_factory.mktemp("korean")
    shutil.copytree(ROOT / "locales/ko", folder / "locales/ko")
    korean = "  ko: {name: 한국어, babel: ko, material: ko, search: {language: ko}}\n"
    files = {"locales/locales.yaml": LOCALES + korean, "docs/en/x.md": f"# X\n\n[{KOREAN}]({KOREAN}.md)\n"}
    return small_project(folder, {**files, "list.md": LIST, "docs/es/x.md": f"# X\n\n{KOREAN}\n"})


@pytest.fixture
def print_into(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], Printed]:
    """Run the program in the project, with streams that have an encoding of the locale's and lead into files."""
    monkeypatch.chdir(project)
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)

    def print_into(command: str, encoding: str) -> Printed:
        paths = [tmp_path / "out", tmp_path / "err"]
        streams = [io.TextIOWrapper(path.open("wb"), encoding=encoding, errors="strict") for path in paths]
        with monkeypatch.context() as patch, streams[0], streams[1]:
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            with pytest.raises(SystemExit) as end:
                run([each.replace("TMP", str(tmp_path)) for each in command.split()])
        assert isinstance(end.value.code, int)
        return Printed(end.value.code, *(path.read_bytes() for path in paths))

    return print_into


FOR_PEOPLE = [
    ("check", 1),
    ("check --format plain", 1),
    ("status", 0),
    (f"chek{KOREAN}", 2),
    (f"check --project TMP/{KOREAN}", 2),
    (f"check --locale {KOREAN}", 2),
    (f"check --baseline {KOREAN}", 2),
    (f"export {KOREAN}", 2),
    (f"merge {KOREAN} {KOREAN}", 2),
    (f"snapshot --image {KOREAN}", 2),
    (f"status --accept {KOREAN}", 2),
    (f"tags {KOREAN}", 2),
    (f"verify {KOREAN}", 2),
    (f"import {KOREAN}", 2),
    (f"init TMP/{KOREAN} --registry ghcr.io", 0),
]
DATA = [
    ("check --format codeclimate", 1, KOREAN),
    ("check --format github", 1, KOREAN),
    ("check --format json", 1, KOREAN),
    ("check --format junit", 1, KOREAN),
    ("check --format sarif", 1, KOREAN),
    ("completion bash", 0, "_IMAGEDOCS_COMPLETE"),
    ("export skopeo", 0, "mcr.microsoft.com"),
    ("import list.md --as-of 2026-03-20", 1, "mcr.example.com"),
    ("render --locale ko", 0, "이미지"),
    ("status --format json", 0, "docs/es/x.md"),
    ("status --format markdown", 0, "`x.md`"),
]


@pytest.mark.parametrize(("command", "status"), FOR_PEOPLE)
def test_text_is_written_in_utf_8_unless_another_encoding_is_chosen(
    print_into: Callable[[str, str], Printed],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
    status: int,
) -> None:
    whole = print_into(command, "cp1252")
    assert whole.status == status
    text = (whole.out + whole.err).decode("utf-8")
    assert text
    assert "Traceback" not in text
    shutil.rmtree(tmp_path / KOREAN, ignore_errors=True)
    for encoding in ENCODINGS:
        monkeypatch.setenv("PYTHONIOENCODING", encoding)
        printed = print_into(command, encoding)
        shutil.rmtree(tmp_path / KOREAN, ignore_errors=True)
        shown = (printed.out + printed.err).decode("utf-8" if encoding == "ascii" else encoding)
        assert printed.status == status
        if encoding != "ascii":  # click writes UTF-8 where a stream is said to have no more than ASCII
            assert shown == text.encode(encoding, "backslashreplace").decode(encoding)


@pytest.mark.parametrize(("command", "status", "part"), DATA)
def test_data_is_written_in_utf_8_whatever_is_chosen(
    print_into: Callable[[str, str], Printed],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    status: int,
    part: str,
) -> None:
    whole = print_into(command, "cp1252")
    assert whole.status == status
    assert b"\r" not in whole.out
    assert part in whole.out.decode("utf-8")
    for encoding in ENCODINGS:
        monkeypatch.setenv("PYTHONIOENCODING", encoding)
        assert print_into(command, encoding)[:2] == whole[:2]


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp932"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=lambda environment: " ".join(f"{name}={value}" for name, value in environment.items()),
)
def test_a_check_and_a_strict_build_end_well_in_a_real_pipe(
    project: Path, environment: dict[str, str]
) -> None:
    for program, arguments in (("imagedocs", ["check"]), ("mkdocs", ["build", "--strict"])):
        result = subprocess.run(
            [sys.executable, "-X", "warn_default_encoding", "-m", program, *arguments],
            cwd=project,
            env={"PATH": os.environ["PATH"], "IMAGEDOCS_LOCALE": "en", **environment},
            capture_output=True,
            check=False,
        )
        printed = result.stdout + result.stderr
        assert result.returncode == 1
        for sign in (b"Traceback", b"Logging error", b"UnicodeEncodeError"):
            assert sign not in printed
        sentence = 'error: broken-link: there is no file "docs/en/{}.md"'
        own = [line for line in printed.splitlines() if b"EncodingWarning" in line and b"imagedocs" in line]
        assert own == []
        assert any(sentence.format(each).encode() in printed for each in (KOREAN, ESCAPED))
