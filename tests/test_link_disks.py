"""Links on disks of several kinds: symbolic links, and names that are found in other capitals too."""

import os
import time
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.files.tree import Tree
from small_project import problems_of, small_project


@pytest.mark.posix
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


@pytest.mark.posix
def test_folders_of_links_to_one_another_end(tmp_path: Path) -> None:
    for name in "abcdefgh":
        (tmp_path / "docs" / name).mkdir(parents=True)
        (tmp_path / "docs" / name / "x.md").write_text("x")
        for other in "abcdefgh":
            (tmp_path / "docs" / name / f"to-{other}").symlink_to(f"../{other}")
    assert len(Tree(tmp_path).walk("docs")) < 1000


def test_a_second_look_sees_each_change(tmp_path: Path) -> None:
    file = tmp_path / "docs/x.md"
    file.parent.mkdir()
    file.write_text("---\na: 1\n---\nx")
    (tmp_path / "docs/gone.md").write_text("x")
    first = Tree(tmp_path)
    seen = [first.digest("docs/x.md")]
    assert first.digest("docs/gone.md")
    (tmp_path / "docs/gone.md").unlink()
    assert first.again().digest("docs/gone.md") == ""
    long_ago = (10**18, 10**18)
    for text in ("---\na: 2\n---\nx", "---\na: 3\n---\nx"):  # of the same length, in the same moment
        file.write_text(text)
        os.utime(file, ns=long_ago)
        first = first.again()
        seen.append(first.digest("docs/x.md"))
        assert first.head("docs/x.md").decode() == text[:-2]
    file.write_bytes(b"---\na: 4\n---\n\xff")
    assert first.is_text("docs/x.md")
    assert not first.again().is_text("docs/x.md")
    assert len(set(seen)) == 3


def test_a_second_look_reads_no_file_that_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.md").write_text("x")
    first = Tree(tmp_path)
    in_an_hour = time.time_ns() + 3600 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: in_an_hour)
    digest = first.digest("x.md")
    monkeypatch.setattr("builtins.open", None)
    assert first.again().again().digest("x.md") == digest


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
