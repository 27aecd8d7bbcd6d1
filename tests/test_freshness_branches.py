"""Branches that accept translations and remove old versions, merged by git in every order."""

import subprocess
from itertools import permutations
from pathlib import Path

from freshness_project import SPANISH, edit, findings, pinned
from imagedocs.freshness import State
from imagedocs.project import Project
from imagedocs.project.translations import accept, prune, translations_of
from small_project import DAY


def git(root: Path, *arguments: str) -> None:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", message)


def branches(root: Path) -> None:
    """`main`, from which one branch translates a page of today's version, one changes the source and accepts and
    prunes, and one accepts another page."""
    git(root, "init", "-q", "-b", "main")
    (root / "docs/en/other.md").write_bytes((root / "docs/en/page.md").read_bytes())
    commit(root, "base")
    git(root, "checkout", "-qb", "translate")
    (root / "docs/es/other.md").write_text(SPANISH, "utf-8")
    accept(Project.load(root, DAY), ["docs/es/other.md"])
    commit(root, "translate")
    git(root, "checkout", "-qb", "change", "main")
    for page in ("page", "other"):
        edit(root, f"docs/en/{page}.md", "The tag is old.", "The tag is quite new.")
    accept(Project.load(root, DAY), ["docs/es/page.md"])
    for file in (root / "locales/sources").iterdir():  # as if no other branch were known
        if file.stem not in (root / "docs/es/page.md").read_text("utf-8"):
            file.unlink()
    commit(root, "change")
    git(root, "checkout", "-qb", "start", "main")
    accept(Project.load(root, DAY), ["docs/es/index.md"])
    commit(root, "start")


EXPECTED = {
    "docs/es/index.md": (State.FRESH, []),
    "docs/es/other.md": (State.STALE, ["The tag is quite new."]),
    "docs/es/page.md": (State.FRESH, []),
}


def changed(root: Path) -> dict[str, tuple[State, list[str]]]:
    project = Project.load(root, DAY)
    pages = translations_of(project, project.locale("es"))
    return {page.path: (page.state, [each.segment.text for each in page.changes]) for page in pages}


def pins(root: Path) -> list[str]:
    return [line for line in findings(root) if "translation-pin" in line]


def test_a_clean_merge_in_any_order_knows_what_changed(tmp_path: Path) -> None:
    root = pinned(tmp_path)
    branches(root)
    for number, order in enumerate(permutations(("translate", "change", "start"))):
        git(root, "checkout", "-qb", f"merged-{number}", "main")
        for branch in order:
            git(root, "merge", "-q", "--no-edit", branch)
        assert changed(root) == EXPECTED
        before = {file.name for file in (root / "locales/sources").iterdir()}
        done = prune(Project.load(root, DAY))
        assert len(done.restored) == 1
        assert done.removed == ()
        assert {file.name for file in (root / "locales/sources").iterdir()} > before
        assert changed(root) == EXPECTED
        git(root, "clean", "-qfd")


def test_a_version_that_another_branch_names_is_not_pruned(tmp_path: Path) -> None:
    root = pinned(tmp_path)
    git(root, "init", "-q", "-b", "main")
    commit(root, "base")
    git(root, "checkout", "-qb", "later")
    (first,) = (root / "locales/sources").iterdir()
    edit(root, "docs/en/page.md", "is old", "is new")
    accept(Project.load(root, DAY), ["docs/es/page.md"])
    commit(root, "later")
    assert prune(Project.load(root, DAY)).removed == ()
    git(root, "branch", "-D", "main")
    assert prune(Project.load(root, DAY)).removed == (f"locales/sources/{first.name}",)


def test_a_shallow_clone_says_how_to_find_the_version(tmp_path: Path) -> None:
    root = pinned(tmp_path / "full")
    git(root, "init", "-q", "-b", "main")
    commit(root, "base")
    (version,) = (root / "locales/sources").iterdir()
    version.unlink()
    commit(root, "lose")
    assert pins(root) == []
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    (line,) = pins(tmp_path / "shallow")
    assert "git fetch --unshallow" in line
    git(tmp_path / "shallow", "fetch", "-q", "--unshallow")
    assert pins(tmp_path / "shallow") == []
