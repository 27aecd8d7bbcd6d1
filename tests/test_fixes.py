"""`imagedocs check --fix`: what is edited, and that nothing else is."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from imagedocs.cli import main
from imagedocs.fixes import apply_fixes, fix_all
from imagedocs.problems import CannotRun, Edit, Position, Problem, Rule
from markdown_files import document
from small_project import small_project


def problem(*edits: Edit, line: int = 1, column: int = 1, path: str = "a.md", rule: Rule = Rule.LINK_SPACE):
    return Problem(Position(path, line, column), rule, "is wrong", fix=edits)


def fixed(folder: Path, content: bytes, *problems: Problem) -> tuple[bytes, list[str]]:
    (folder / "a.md").write_bytes(content)
    lines = [str(change) for change in apply_fixes(folder, problems)]
    return (folder / "a.md").read_bytes(), lines


@pytest.mark.parametrize(
    ("content", "edit", "expected"),
    [
        (b"one\ntwo\n", Edit(2, 1, 2, 4, "2"), b"one\n2\n"),
        (b"one\r\ntwo\r\n\r\n", Edit(2, 2, 2, 3, ""), b"one\r\nto\r\n\r\n"),
        (b"one\rtwo", Edit(2, 4, 2, 4, "!"), b"one\rtwo!"),
        (b"\xef\xbb\xbfone", Edit(1, 1, 1, 2, "O"), b"\xef\xbb\xbfOne"),
        ("é\u2028é\x0bx\n".encode(), Edit(1, 5, 1, 6, "y"), "é\u2028é\x0by\n".encode()),
        ("😀x".encode(), Edit(1, 2, 1, 3, "y"), "😀y".encode()),
        (b"a\r\nb\nc", Edit(1, 1, 2, 2, "A\nB"), b"A\r\nB\nc"),
        (b"one", Edit(1, 3, 1, 5, ""), b"one"),
        (b"one", Edit(2, 1, 2, 1, "x"), b"one"),
        (b"one", Edit(1, 3, 1, 2, "x"), b"one"),
        (b"one", Edit(0, 0, 0, 0, "x"), b"one"),
        (b"\xffone", Edit(1, 1, 1, 2, "x"), b"\xffone"),
    ],
    ids=[
        "a word",
        "Windows' line ends and empty lines at the end",
        "old line ends and no last one",
        "behind a byte order mark",
        "separators that editors take for no line end",
        "columns are characters",
        "more than one line, with the file's line ends",
        "an end behind the line is refused",
        "a line that is not there is refused",
        "an end before the start is refused",
        "a place that is the whole file is refused",
        "a file that is not UTF-8 is refused",
    ],
)
def test_only_the_named_characters_change(
    tmp_path: Path, content: bytes, edit: Edit, expected: bytes
) -> None:
    assert fixed(tmp_path, content, problem(edit))[0] == expected


def test_each_change_is_told(tmp_path: Path) -> None:
    edits = Edit(1, 1, 1, 2, "A"), Edit(1, 3, 1, 4, ""), Edit(1, 5, 1, 5, "\u200b")
    content, lines = fixed(tmp_path, b"abcde", problem(*edits))
    assert content == "Abd\u200be".encode()
    assert lines == [
        'a.md:1:1: fixed: link-space: "a" is now "A"',
        'a.md:1:3: fixed: link-space: removed "c"',
        'a.md:1:5: fixed: link-space: inserted "\\u200b"',
    ]


def test_of_overlapping_fixes_the_first_is_made_and_the_other_is_whole_or_not_at_all(tmp_path: Path) -> None:
    first = problem(Edit(1, 2, 1, 4, "X"), column=2)
    other = problem(Edit(1, 6, 1, 7, "Z"), Edit(1, 3, 1, 5, "Y"), column=3)
    neighbour = problem(Edit(1, 4, 1, 5, "N"), column=4)
    assert fixed(tmp_path, b"abcdefg", other, first, neighbour)[0] == b"aXNefg"


def test_of_two_insertions_at_one_place_the_first_is_made(tmp_path: Path) -> None:
    one = problem(Edit(1, 2, 1, 2, "X"), rule=Rule.LINK_SPACE)
    other = problem(Edit(1, 2, 1, 2, "Y"), rule=Rule.MULTIPLE_H1S)
    assert fixed(tmp_path, b"abc", one, other)[0] in (b"aXbc", b"aYbc")


def test_two_answers_for_one_place_are_no_answer(tmp_path: Path) -> None:
    one, two = problem(Edit(1, 1, 1, 2, "x")), problem(Edit(1, 1, 1, 2, "y"))
    assert fixed(tmp_path, b"abc", one, two) == (b"abc", [])
    assert fixed(tmp_path, b"abc", one, one) == (b"xbc", ['a.md:1:1: fixed: link-space: "a" is now "x"'])


@pytest.mark.posix
def test_nothing_is_written_outside_the_project_or_through_links(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    for file in (outside / "a.md", inside / "real.md"):
        file.write_text("abc")
    (inside / "folder").symlink_to(outside)
    (inside / "link.md").symlink_to(inside / "real.md")
    paths = ["../outside/a.md", str(outside / "a.md"), "folder/a.md", "link.md", "none.md", "."]
    problems = [problem(Edit(1, 1, 1, 2, "X"), path=path) for path in paths]
    assert list(apply_fixes(inside, problems)) == []
    assert (outside / "a.md").read_text() == (inside / "real.md").read_text() == "abc"


@pytest.mark.posix
def test_permissions_stay_and_no_file_is_left_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("abc")
    (tmp_path / "a.md").chmod(0o640)
    list(apply_fixes(tmp_path, [problem(Edit(1, 1, 1, 2, "X"))]))
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.md").write_text("abc")
    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(CannotRun, match=r"^a\.md cannot be written: Permission denied$"):
        list(apply_fixes(tmp_path, [problem(Edit(1, 1, 1, 2, "X"))]))
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_fix_that_mends_nothing_is_made_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("abc")
    stubborn = (problem(Edit(1, 1, 1, 1, " ")),)
    told: list[str] = []
    assert fix_all(tmp_path, stubborn, lambda: stubborn, told.append) == stubborn
    assert (tmp_path / "a.md").read_text() == " abc"
    assert told == ['a.md:1:1: fixed: link-space: inserted " "']


def test_many_fixes_of_one_file_take_no_time(tmp_path: Path) -> None:
    problems = [problem(Edit(1, n, 1, n + 1, ""), column=n) for n in range(2, 100_000, 2)]
    content, _ = fixed(tmp_path, b"ab" * 50_000, *problems)
    assert content == b"a" * 50_000 + b"b"


PAGES = {
    "docs/en/other.md": "# Other\n\n## Some title\n\nText.\n",
    "docs/en/twins/a.md": "# A\n\nText.\n",
    "docs/en/twins/A.md": "# A\n\nText.\n",
    "docs/en/folder/sub.md": "# Sub\n\nText.\n",
    "docs/en/media/x.png": b"",
}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[x](Other.md)", "[x](other.md)"),
        ("[x](Folder/SUB.md#x)", "[x](folder/sub.md#x)"),
        ("[x](./Folder/../OTHER.md?a=b)", "[x](./Folder/../other.md?a=b)"),
        ("[x](other.md#Some-Title)", "[x](other.md#some-title)"),
        ("[x](Other.md#Some-Title)", "[x](other.md#some-title)"),
        ("[x](~/Folder/Sub.md)", "[x](~/folder/sub.md)"),
        ("![alt](media/X.PNG)", "![alt](media/x.png)"),
        ('<a href="Other.md">x</a>', '<a href="other.md">x</a>'),
        ("[x][r]\n\n[r]: Other.md", "[x][r]\n\n[r]: other.md"),
        ("[x](other.html?a=b#some-title)", "[x](other.md?a=b#some-title)"),
        ("[x](other.md#some_title)", "[x](other.md#some-title)"),
        ("[x](https://imagedocs.example/othr/)", None),
        ("[x](twins/a.MD)", None),
        ("[x](othr.md)", None),
        ("[x](other.md#some-titel)", None),
        ("[x](O%74her.md)", None),
        ("[x](O&#116;her.md)", None),
        ("[x](Oth\\er.md)", None),
    ],
    ids=[
        "a page",
        "a folder and a page, with a fragment",
        "dots in the path, and a query",
        "an anchor",
        "page and anchor, one after the other",
        "from the docs folder",
        "an image",
        "in HTML",
        "in a definition",
        "the ending of what is built",
        "an anchor of another tool",
        "an address that is like no other",
        "two pages fit",
        "another word",
        "another anchor",
        "percent-encoded",
        "a character reference",
        "a backslash",
    ],
)
def test_links_wrong_in_capitals_only(tmp_path: Path, written: str, expected: str | None) -> None:
    index = f"# Home\r\n\r\n{written}\r\n"
    small_project(tmp_path, {**PAGES, "docs/en/index.md": index})
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "check", "--fix"], standalone_mode=False)
    assert result.exception is None
    assert (tmp_path / "docs/en/index.md").read_bytes() == f"# Home\r\n\r\n{expected or written}\r\n".encode()
    assert (": fixed: " in result.output) == (expected is not None)
    before = {path: path.read_bytes() for path in (tmp_path / "docs").rglob("*.md")}
    again = CliRunner().invoke(main, ["--project", str(tmp_path), "check", "--fix"], standalone_mode=False)
    assert ": fixed: " not in again.output
    assert {path: path.read_bytes() for path in (tmp_path / "docs").rglob("*.md")} == before


@pytest.mark.parametrize(
    ("slip", "mended"),
    [
        ("#Heading", "# Heading"),
        ("> [! NOTE]\n> x", "> [!NOTE]\n> x"),
        ("> [!NOTA]\n> x", "> [!NOTE]\n> x"),
        ("[a] (b.md)", "[a](b.md)"),
        ("[a]（b.md）", "[a](b.md)"),
        ("a</br>b", "a<br>b"),
        ("x\u200by\u200bz", "xyz"),
        ("```sh\necho “x”\n```", '```sh\necho "x"\n```'),
        ("```\nx\n`````", "```\nx\n```"),
        ("```dockerfile\nRUN a \\ \n  b\n```", "```dockerfile\nRUN a \\\n  b\n```"),
    ],
)
def test_slips_are_mended_for_good(tmp_path: Path, slip: str, mended: str) -> None:
    def problems() -> tuple[Problem, ...]:
        return document((tmp_path / "a.md").read_text("utf-8"), path="a.md").problems

    (tmp_path / "a.md").write_text(f"# T\n\n{slip}\n", "utf-8")
    found = {each.rule for each in problems() if each.fix}
    left = fix_all(tmp_path, problems(), problems, lambda _: None)
    assert (tmp_path / "a.md").read_text("utf-8") == f"# T\n\n{mended}\n"
    assert found
    assert found.isdisjoint(each.rule for each in left)


def test_reports_for_programs_hold_the_problems_alone(tmp_path: Path) -> None:
    small_project(tmp_path, {**PAGES, "docs/en/index.md": "# Home\n\n[x](Other.md)\n"})
    arguments = ["--project", str(tmp_path), "check", "--fix", "--format", "json"]
    result = CliRunner().invoke(main, arguments, standalone_mode=False)
    assert result.stderr == 'docs/en/index.md:3:5: fixed: broken-link: "Other.md" is now "other.md"\n'
    assert result.stdout.startswith("{")


def check_fix(folder: Path) -> list[str]:
    """Return what `imagedocs check --fix` prints."""
    result = CliRunner().invoke(main, ["--project", str(folder), "check", "--fix"], standalone_mode=False)
    assert result.exception is None
    return result.stdout.splitlines()


def test_no_fix_makes_a_dead_link_of_one_that_lands(tmp_path: Path) -> None:
    page = (
        '# P\n\n<a href="/guide/#prepare">Englisch</a>, [y](../en/guide.md), [z](../en/guide.md#prepare).\n'
    )
    files = {
        "docs/en/guide.md": "# Guide\n\n## Prepare\n\nText.\n",
        "docs/es/guide.md": "# Guía\n\n## Preparar\n\nTexto.\n",
        "docs/en/p.md": "# P\n\nText.\n",
        "docs/es/p.md": page,
    }
    small_project(tmp_path, files)
    said = check_fix(tmp_path)
    assert (tmp_path / "docs/es/p.md").read_text() == page.replace("(../en/guide.md)", "(guide.md)")
    assert [line for line in said if "fixed" in line] == [
        'docs/es/p.md:3:45: fixed: link-leaves-locale: "../en/guide.md" is now "guide.md"'
    ]
    missing = 'add {#prepare} to "## Preparar" at docs/es/guide.md:3:4, then write "guide.md#prepare"'
    assert [line.endswith(missing) for line in said if "p.md" in line and "fixed" not in line] == [True, True]
    assert not [line for line in check_fix(tmp_path) if "fixed" in line]


def test_a_hint_names_no_part_that_the_page_lacks(tmp_path: Path) -> None:
    page = "# P\n\n[x](gide.md#prepaer) [y](gide.md#quite-other)\n"
    small_project(tmp_path, {"docs/en/guide.md": "# Guide\n\n## Prepare\n\nText.\n", "docs/en/p.md": page})
    hints = [line.rpartition("; ")[2] for line in check_fix(tmp_path) if "broken-link" in line]
    assert hints == ['did you mean "guide.md#prepare"?', 'did you mean "guide.md"?']


def test_a_fix_after_which_more_is_wrong_is_undone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one two three\n")
    edits = {"one": Edit(1, 1, 1, 4, "1"), "two": Edit(1, 5, 1, 8, "BAD"), "three": Edit(1, 9, 1, 14, "3")}

    def check() -> tuple[Problem, ...]:
        text = (tmp_path / "a.md").read_text()
        found = [
            problem(edit, column=edit.column)
            for word, edit in edits.items()
            if word in text and "1" not in text
        ]
        return (*found, *[problem(line=9 + number) for number in range(9) if "BAD" in text])

    told: list[str] = []
    fix_all(tmp_path, check(), check, told.append)
    assert (tmp_path / "a.md").read_text() == "1 two 3\n"
    assert [line.partition(" is now ")[2] for line in told] == ['"1"', '"3"']


def test_the_anchor_of_a_translated_heading_is_added_to_it(tmp_path: Path) -> None:
    files = {
        "docs/en/a.md": "# A\n\n## Steps\n\nText.\n\n[x](#steps)\n",
        "docs/es/a.md": "# A\n\n## Pasos\n\nTexto.\n\n[x](#pasos)\n",
    }
    small_project(tmp_path, files)
    accept = ["--project", str(tmp_path), "status", "--accept", "docs/es/a.md"]
    CliRunner().invoke(main, accept, standalone_mode=False)
    said = check_fix(tmp_path)
    assert '## <a name="steps"></a>Pasos\n' in (tmp_path / "docs/es/a.md").read_text()
    assert not [line for line in said if "translation-anchor" in line and "fixed" not in line]
