"""Links on disks of several kinds: symbolic links, and names that are found in other capitals too."""

import os
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.files.tree import Tree
from small_project import problems_of, small_project


def test_symbolic_links(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("# Secret\n\nText.\n")
    links = "[a](linked.md#part) [b](folder/sub.md#part) [c](../shared/) [d](folder/) [e](out/secret.md) [f](gone.md)"
    project = small_project(
        tmp_path / "project",
        {
            "docs/en/page.md": f"# Page\n\n{links}\n",
            "docs/en/real.md": "# Real\n\n## Part\n\nText.\n",
            "docs/en/shared/sub.md": "# Sub\n\n## Part\n\nText.\n",
        },
    )
    docs = project / "docs/en"
    (docs / "linked.md").symlink_to("real.md")
    (docs / "folder").symlink_to("shared")
    (docs / "out").symlink_to(outside)
    (docs / "gone.md").symlink_to("nothing.md")
    found = [line.partition(";")[0] for line in problems_of(project) if "page.md" in line]
    assert found == [
        'docs/en/page.md:3:49: error: broken-link: the site has nothing at "/shared/"',
        'docs/en/page.md:3:65: error: broken-link: the site has nothing at "/page/folder/"',
        'docs/en/page.md:3:78: error: broken-link: there is no file "docs/en/out/secret.md"',
        'docs/en/page.md:3:97: error: broken-link: there is no file "docs/en/gone.md"',
    ]
    assert run_mkdocs(project, "build", "-q", IMAGEDOCS_LOCALE="en").returncode == 0
    assert (project / "site/linked/index.html").is_file()
    assert (project / "site/folder/sub/index.html").is_file()
    assert not (project / "site/out").exists()


def test_folders_of_links_to_one_another_end(tmp_path: Path) -> None:
    for name in "abcdefgh":
        (tmp_path / "docs" / name).mkdir(parents=True)
        (tmp_path / "docs" / name / "x.md").write_text("x")
        for other in "abcdefgh":
            (tmp_path / "docs" / name / f"to-{other}").symlink_to(f"../{other}")
    assert len(Tree(tmp_path).walk("docs")) < 1000


def test_a_disk_without_regard_to_capitals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "includes").mkdir()
    (tmp_path / "includes/Note.md").write_text("x")
    is_file = os.path.isfile

    def finds_any(path: str | Path) -> bool:
        folder, name = os.path.split(path)
        if not os.path.isdir(folder):
            folder = str(tmp_path / "includes")
        return is_file(path) or name.lower() in {each.lower() for each in os.listdir(folder)}

    monkeypatch.setattr(os.path, "isfile", finds_any)
    tree = Tree(tmp_path)
    assert os.path.isfile(tmp_path / "includes/note.md")
    assert tree.has("includes/Note.md")
    assert not tree.has("includes/note.md")
    assert not tree.has("Includes/Note.md")
