"""The days on which pages were last changed: as git knows them, and only while they are known."""

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.files.commits import is_content_of, last_commits
from imagedocs.project import Project
from imagedocs.project.dates import last_change
from small_project import CONFIG, small_project
from test_feeds_published import PLAIN

PAGE, OTHER = "docs/en/index.md", "docs/en/other.md"


def git(folder: Path, *command: str, day: str = "2026-01-02") -> None:
    moment = f"{day}T23:30:00-0500"  # in UTC it is the day after
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
    environment = {**os.environ, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE": moment}
    subprocess.run(["git", *identity, *command], cwd=folder, env=environment, check=True, capture_output=True)


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8", newline="\n")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository/project"  # it need not be the whole repository
    write(folder, PAGE, "# Home\n")
    write(folder, OTHER, "# Other\n")
    write(folder, 'docs/en/an "odd" näme.md', "# Odd\n")
    git(folder.parent, "init", "-q")
    git(folder.parent, "add", "-A")
    git(folder.parent, "commit", "-qm", "one")
    write(folder, OTHER, "# Other page\n")
    git(folder.parent, "commit", "-qam", "two", day="2026-02-03")
    return folder


def test_each_file_has_the_day_of_its_last_commit(repository: Path) -> None:
    days = {path: commit.day for path, commit in last_commits(repository).items()}
    assert days == {PAGE: "2026-01-03", OTHER: "2026-02-04", 'docs/en/an "odd" näme.md': "2026-01-03"}


def test_the_newest_source_counts_and_nothing_is_claimed_of_what_is_not_committed(repository: Path) -> None:
    write(repository, "mkdocs.yml", "site_name: x\n")

    def known(*paths: str) -> str:
        return last_change(Project.load(repository, date(2026, 3, 1)), paths)

    assert known(PAGE) == "2026-01-03"
    assert known(PAGE, OTHER) == "2026-02-04"
    assert known(PAGE, "docs/en/new.md") == ""
    write(repository, PAGE, "# Home, changed\n")
    assert known(PAGE, OTHER) == ""
    write(repository, PAGE, "# Home\n")
    assert known(PAGE) == "2026-01-03"


def test_line_ends_of_the_system_are_no_change(repository: Path) -> None:
    commit = last_commits(repository)[PAGE]
    assert is_content_of(commit, b"# Home\n")
    assert is_content_of(commit, b"# Home\r\n")
    assert not is_content_of(commit, b"# Home\n\n")


def test_a_clone_without_its_history_knows_only_what_it_has(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", repository.parent.as_uri(), "shallow")
    assert last_commits(tmp_path / "shallow/project") == {}
    git(tmp_path, "clone", "-q", "--depth", "2", repository.parent.as_uri(), "deeper")
    assert [*last_commits(tmp_path / "deeper/project")] == [
        OTHER
    ]  # the first commit may be the beginning, or not


def test_without_git_nothing_is_known(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    assert last_commits(outside) == {}
    monkeypatch.setenv("PATH", str(outside))
    assert last_commits(repository) == {}


def days_in(folder: Path, sitemap: str = "sitemap.xml") -> dict[str, str]:
    text = (folder / "site" / sitemap).read_text("utf-8")
    entries = re.findall(
        r"<url>\s*<loc>https://imagedocs\.example/([^<]*)</loc>\s*(?:<lastmod>([^<]*))?", text
    )
    return dict(entries)


def test_the_sitemap_has_these_days_also_when_pages_are_reused(tmp_path: Path) -> None:
    assert "lastmod" in CONFIG
    small_project(
        tmp_path,
        {
            "mkdocs.yml": PLAIN.replace(
                "  imagedocs:\n", "  imagedocs:\n    lastmod: true\n    images: true\n"
            ),
            OTHER: "# Other\n\n[!INCLUDE [part](../../includes/part.md)]\n",
            "includes/part.md": "Part.\n",
            "docs/en/third.md": "# Third\n\nText.\n",
        },
    )
    write(tmp_path, ".gitignore", "/site/\n/.cache/\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    run_mkdocs(tmp_path, "build")
    first = days_in(tmp_path)
    assert first["other/"] == first["third/"] == first["images/"] == "2026-01-03"
    write(tmp_path, "includes/part.md", "Another part.\n")
    run_mkdocs(tmp_path, "build")
    assert days_in(tmp_path) == {**first, "other/": ""}
    catalog = tmp_path / "catalog/images.yaml"
    catalog.write_text(f"{catalog.read_text('utf-8')}\n# A note.\n", "utf-8")
    git(tmp_path, "commit", "-qam", "two", day="2026-02-03")
    run_mkdocs(tmp_path, "build")
    now = days_in(tmp_path)
    assert now["other/"] == now["images/"] == "2026-02-04"
    assert now["third/"] == "2026-01-03"
    assert days_in(tmp_path, "es/sitemap.xml")["es/images/"] == "2026-02-04"
