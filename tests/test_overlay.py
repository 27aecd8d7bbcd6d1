"""The project as one locale sees it: which file is shown where, and none from outside."""

from pathlib import Path

import pytest
from pathspec.gitignore import GitIgnoreSpec

from imagedocs.files.overlay import Overlay
from imagedocs.files.reading import MAX_BYTES, read_source
from imagedocs.files.tree import Tree
from imagedocs.markdown import Source
from imagedocs.project.settings import load_settings

pytestmark = pytest.mark.posix

FILES = {
    "docs/en/index.md": "en",
    "docs/en/only-en.md": "en",
    "docs/es/index.md": "es",
    "docs/es/includes/beside.md": "beside",
    "docs/en/.hidden.md": "hidden",
    "docs/en/draft.md": "draft",
    "includes/list.md.j2": "{{ template }}",
    "includes/note.md": "en",
    "includes/es/note.md": "es",
    "includes/media/x.png": "x",
    "includes/theme/main.html": "theme",
}


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    root = tmp_path / "project"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    (root / "docs/es/linked.md").symlink_to(tmp_path / "secret.md")
    excluded = GitIgnoreSpec.from_lines(["draft.md", "includes/**/*.md"])
    return Overlay(root, ("es", "en"), lambda path, _: Source(path, "rendered", (1,)), excluded.match_file)


def test_the_locale_s_own_files_lie_over_those_it_falls_back_to(overlay: Overlay) -> None:
    assert overlay.files == {
        "includes/media/x.png": "includes/media/x.png",
        "index.md": "docs/es/index.md",
        "only-en.md": "docs/en/only-en.md",
    }


def test_what_can_be_taken_in_is_known_by_the_name_that_pages_use(overlay: Overlay) -> None:
    assert overlay.fragments == ("includes/list.md", "includes/note.md", "docs/es/includes/beside.md")


@pytest.mark.parametrize(
    ("target", "base", "found"),
    [
        ("../../includes/note.md", "docs/es/index.md", "includes/es/note.md"),
        ("../../includes/note.md", "docs/en/only-en.md", "includes/es/note.md"),
        ("../../includes/list.md", "docs/es/index.md", "includes/list.md.j2"),
        ("note.md", "includes/list.md.j2", "includes/es/note.md"),
        ("../list.md", "includes/es/note.md", None),
        ("list.md", "includes/es/note.md", "includes/list.md.j2"),
        ("~/only-en.md", "docs/es/index.md", "docs/en/only-en.md"),
        ("..\\..\\includes\\note.md", "docs/es/index.md", "includes/es/note.md"),
        ("linked.md", "docs/es/index.md", None),
        ("../../../secret.md", "docs/es/index.md", None),
        ("/etc/passwd", "docs/es/index.md", None),
        ("~/../../../secret.md", "docs/es/index.md", None),
        ("a\0b.md", "docs/es/index.md", None),
        ("../..", "docs/es/index.md", None),
        ("x" * 5000, "docs/es/index.md", None),
    ],
    ids=lambda value: str(value)[:40].replace("\0", "NUL"),
)
def test_a_target_is_found_within_the_project_or_not_at_all(
    overlay: Overlay, target: str, base: str, found: str | None
) -> None:
    assert overlay.find(target, base) == found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a\n\xff", ["x.md:2: error: unreadable-file: is not UTF-8; save the file as UTF-8"]),
        (b"a\n\0", ["x.md:2: error: unreadable-file: holds a NUL character"]),
        (b"a" * (MAX_BYTES + 1), ["x.md: error: unreadable-file: is larger than 16 MiB"]),
        (b"\xef\xbb\xbfa\r\nb\rc", []),
        (b"", []),
    ],
    ids=["not UTF-8", "a NUL", "too large", "a byte order mark and all line ends", "empty"],
)
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, content: bytes, expected: list[str]) -> None:
    (tmp_path / "x.md").write_bytes(content)
    source = read_source(tmp_path, "x.md")
    assert [str(problem) for problem in source.problems] == expected
    assert source.text == ("a\nb\nc" if content.startswith(b"\xef\xbb\xbf") else "")


def test_a_folder_and_a_loop_of_links_are_problems_too(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    (tmp_path / "y.md").symlink_to(tmp_path / "y.md")
    for path in ("x.md", "y.md"):
        assert [problem.rule.label for problem in read_source(tmp_path, path).problems] == ["unreadable-file"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", True),
        ("\ufeff# é\r\n".encode(), True),
        (b"a\0b", False),
        (b"\xff", False),
        (b"x" * MAX_BYTES, True),
        (b"x" * (MAX_BYTES + 1), False),
    ],
)
def test_a_look_and_a_reader_agree_on_what_can_be_read(
    tmp_path: Path, content: bytes, expected: bool
) -> None:
    (tmp_path / "x.md").write_bytes(content)
    assert Tree(tmp_path).is_text("x.md") == expected
    assert (not read_source(tmp_path, "x.md").problems) == expected


def test_a_file_whose_name_the_encoding_of_the_system_cannot_say_is_not_there(tmp_path: Path) -> None:
    assert not Tree(tmp_path).has("includes/\ud800.md")  # in ASCII, "é" is one too


@pytest.mark.parametrize(("option", "is_shown"), [("", False), ("exclude_docs: '!.well-known'\n", True)])
def test_a_well_known_folder_is_shown_where_a_project_lets_it_in(
    tmp_path: Path, option: str, is_shown: bool
) -> None:
    place = ".well-known/security.txt"
    for path in (place, ".git/config"):
        (tmp_path / "docs/en" / path).parent.mkdir(parents=True)
        (tmp_path / "docs/en" / path).write_text("text", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: X\n{option}", "utf-8")
    settings = load_settings(tmp_path)
    overlay = Overlay(tmp_path, ("en",), lambda path, _: Source(path, ""), settings.left_out)
    assert [*overlay.files] == ([place] if is_shown else [])
    assert overlay.left_out(place) == ("" if is_shown else "exclude_docs")
