"""What may be released: the tag, the version of the package and the changelog say the same."""

import re
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import version as installed_version
from pathlib import Path

import pytest

from adopting import build
from conftest import ROOT
from imagedocs import __version__

PROGRAM = ".github/release.py"
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Known"]
DATED = f"# Changelog\n\n## [{__version__}] - 2027-02-03\n\n### Added\n\n- A list.\n\n## [0.0.9] - 2026-01-02\n\n- Old.\n"


def checkout(folder: Path, changelog: str) -> Path:
    """Write what a release is judged by, with this changelog, into `folder`."""
    for path in (PROGRAM, "hooks/imagedocs/__init__.py"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((ROOT / path).read_bytes())
    (folder / "CHANGELOG.md").write_text(changelog, "utf-8")
    return folder


def judge(folder: Path, tag: str) -> tuple[int, str, str]:
    command = [sys.executable, str(folder / PROGRAM), tag]
    result = subprocess.run(command, cwd="/", capture_output=True, encoding="utf-8", check=False)
    return result.returncode, result.stdout, result.stderr


def test_a_dated_version_is_released_with_its_own_text(tmp_path: Path) -> None:
    assert judge(checkout(tmp_path, DATED), f"v{__version__}") == (0, "### Added\n\n- A list.\n", "")


@pytest.mark.parametrize(
    ("changelog", "reason"),
    [
        (DATED.replace("2027-02-03", "Unreleased"), 'CHANGELOG.md:3: "Unreleased" is not the day'),
        (DATED.replace("2027-02-03", "2027-02-30"), 'CHANGELOG.md:3: "2027-02-30" is not the day'),
        (DATED.replace("2027-02-03", "20270203"), 'CHANGELOG.md:3: "20270203" is not the day'),
        (
            DATED.replace(f"## [{__version__}]", "## [9.9.9]"),
            "CHANGELOG.md:3: the first entry is not that of",
        ),
        (DATED.replace("### Added\n\n- A list.\n\n", ""), "CHANGELOG.md:3: the entry says nothing"),
        ("# Changelog\n", "CHANGELOG.md: has no entry"),
    ],
)
def test_a_changelog_without_a_dated_entry_stops_the_release(
    changelog: str, reason: str, tmp_path: Path
) -> None:
    code, printed, said = judge(checkout(tmp_path, changelog), f"v{__version__}")
    assert (code, printed) == (1, "")
    assert said.startswith(reason)


@pytest.mark.parametrize("tag", [__version__, f"v{__version__}.1", "v99", "main"])
def test_only_the_tag_of_the_version_is_released(tag: str, tmp_path: Path) -> None:
    code, _, said = judge(checkout(tmp_path, DATED), tag)
    assert (code, f'and not "{tag}"' in said, len(said.splitlines())) == (1, True, 1)


def test_our_changelog_has_an_entry_for_the_version_of_the_package() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## .*$", text, re.MULTILINE)
    entries = [
        re.fullmatch(r"## \[(\d+\.\d+\.\d+)\] - (Unreleased|\d{4}-\d\d-\d\d)", one) for one in headings
    ]
    found = [(one[1], one[2]) for one in entries if one]
    assert len(found) == len(headings) > 0
    assert found[0][0] == __version__
    assert all(day != "Unreleased" for _, day in found[1:])
    numbers = [tuple(map(int, number.split("."))) for number, _ in found]
    assert numbers == sorted(set(numbers), reverse=True)
    kinds = re.findall(r"^### (.*)$", text, re.MULTILINE)
    assert set(kinds) <= set(KINDS)


def test_the_package_has_its_version_without_git(tmp_path: Path) -> None:
    """Of a checkout, and of what an sdist unpacks to."""
    assert installed_version("imagedocs") == __version__
    for folder in ("packed", "unpacked", "wheels"):
        (tmp_path / folder).mkdir()
    with tarfile.open(build(ROOT, "sdist", tmp_path / "packed")) as packed:
        packed.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    assert source.name == f"imagedocs-{__version__}"
    with zipfile.ZipFile(build(source, "wheel", tmp_path / "wheels")) as wheel:
        metadata = wheel.read(f"imagedocs-{__version__}.dist-info/METADATA").decode()
    assert f"\nVersion: {__version__}\n" in metadata
