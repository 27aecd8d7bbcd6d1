"""`imagedocs check --stdin-file-name`: the text of an editor's buffer, checked as if it were saved."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from added_project import added_site
from small_project import small_project

PAGES = {
    "docs/en/a.md": "# A\n\n[x](nope.md)\n",
    "docs/en/b.md": "# B\n\nText.\n",
    "docs/es/b.md": "# B\n\nTexto.\n",
}


def check(folder: Path, text: str | bytes, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "imagedocs", "check", *arguments],
        cwd=folder,
        input=text if isinstance(text, bytes) else text.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess((), done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was checked before."""
    project = small_project(tmp_path_factory.mktemp("project"), PAGES)
    check(project, "")
    return project


def test_only_what_is_wrong_in_the_text_is_said(root: Path) -> None:
    kept = (root / ".cache/imagedocs/check.cache").read_bytes()
    found = check(root, "# B\n\n日本 [y](gone.md)\n", "--stdin-file-name", "docs/en/b.md")
    assert (found.returncode, found.stdout.count("\n"), found.stderr) == (1, 1, "")
    assert found.stdout.startswith('docs/en/b.md:3:8: error: broken-link: there is no file "docs/en/gone.md"')
    sound = check(
        root / "docs/en", "# B\n\nMore. [a](a.md)\n", "--stdin-file-name", "b.md", "--format", "plain"
    )
    assert (sound.returncode, sound.stdout, sound.stderr) == (0, "", "")
    assert (root / "docs/en/b.md").read_text() == PAGES["docs/en/b.md"]
    assert (root / ".cache/imagedocs/check.cache").read_bytes() == kept, (
        "nothing is kept of what was not saved"
    )


def test_a_file_that_is_not_there_yet_is_checked_too(root: Path) -> None:
    form = ("--format", "json", "--stdin-file-name", str(root / "docs/en/new/c.md"))
    found = json.loads(check(root, "# C\n\n[b](../b.md) [x](x.md)\n", *form).stdout)["problems"]
    assert [(each["path"], each["rule"], each["line"]) for each in found] == [
        ("docs/en/new/c.md", "broken-link", 3)
    ]


def test_the_catalog_counts_as_it_is_typed(root: Path) -> None:
    catalog = (root / "catalog/images.yaml").read_bytes()
    assert check(root, catalog, "--stdin-file-name", "catalog/images.yaml").returncode == 0
    found = check(root, catalog + b"nothing: 1\n", "--stdin-file-name", "catalog/images.yaml")
    assert found.returncode == 1
    assert "error: unknown-key" in found.stdout


def test_reviewdog_gets_the_place_in_bytes(root: Path) -> None:
    found = check(
        root, "# B\n\n日本 [y](gone.md)\n", "--stdin-file-name", "docs/en/b.md", "--format", "rdjson"
    )
    (diagnostic,) = json.loads(found.stdout)["diagnostics"]
    assert diagnostic["location"] == {"path": "docs/en/b.md", "range": {"start": {"line": 3, "column": 12}}}


def test_a_site_that_was_there_is_read_and_not_built(tmp_path: Path) -> None:
    root = added_site(tmp_path, {"index.md": "# Home\n"}, hooks=["no.py"]).parent
    (root / "no.py").write_text("raise SystemExit('it ran')\n")
    text = "# Home\n\n`registry.example.com/team/web:3.0`\n"
    found = check(root, text, "--stdin-file-name", "docs/index.md")
    assert (found.returncode, found.stderr) == (1, "")
    assert re.match(r"docs/index\.md:3:2: \w+: image-tag-unknown: ", found.stdout)


@pytest.mark.parametrize("name", ["/etc/passwd", "../elsewhere.md", ".", ""])
def test_a_file_outside_of_the_project_is_refused(root: Path, name: str) -> None:
    found = check(root, "# X\n", "--stdin-file-name", name)
    assert (found.returncode, found.stdout) == (2, "")
    assert "is not in the project" in found.stderr.splitlines()[-1]


@pytest.mark.parametrize("option", ["--watch", "--external", "--fix"])
def test_it_goes_with_no_option_that_acts(tmp_path: Path, option: str) -> None:
    found = check(tmp_path, "", "--stdin-file-name", "a.md", option)
    assert found.returncode == 2
    assert "--stdin-file-name goes with none of" in found.stderr


def test_bytes_that_are_no_text_are_one_problem(root: Path) -> None:
    found = check(root, b"# B\n\xff\n", "--stdin-file-name", "docs/en/b.md")
    assert found.stdout == "docs/en/b.md:2: error: unreadable-file: is not UTF-8; save the file as UTF-8\n"
