"""`imagedocs status`, what it prints and what it does with `--accept`."""

import json
import shutil
from pathlib import Path

import pytest

from freshness_project import PAGES, SPANISH, edit, pinned, states
from imagedocs.cli import run
from imagedocs.files.tree import Tree
from imagedocs.freshness import State, Translation
from imagedocs.project import Project, translations
from imagedocs.project.translations import accept, verdict
from small_project import DAY, small_project


def status(root: Path, *arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        run(["--project", str(root), "status", *arguments])
    return int(left.value.code or 0)


@pytest.mark.posix
def test_accept_changes_one_line(tmp_path: Path) -> None:
    root = small_project(tmp_path, {**PAGES, "docs/es/page.md": SPANISH.replace("\n", "\r\n").encode()})
    file = root / "docs/es/page.md"
    file.chmod(0o600)
    assert status(root, "--accept", "docs/es/page.md") == 0
    (version,) = (root / "locales/sources").glob("*.json")
    line = f"translated_from: sha256-{version.stem}\r\n"
    assert file.read_bytes().decode().replace(line, "") == SPANISH.replace("\n", "\r\n")
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.stat().st_mtime_ns
    assert status(root, "--accept", "docs/es/page.md") == 0
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("with_image_pages", [False, True])
def test_versions_that_no_page_names_are_removed(tmp_path: Path, with_image_pages: bool) -> None:
    root = pinned(tmp_path)
    if with_image_pages:  # which are pages of each language, and have no files
        edit(root, "mkdocs.yml", "  imagedocs:\n", "  imagedocs:\n    images: {prefix: images}\n")
    (first,) = (root / "locales/sources").iterdir()
    edit(root, "docs/en/page.md", "is old", "is new")
    assert status(root, "--accept", "docs/es") == 0
    assert first.exists()
    assert status(root, "--prune") == 0
    left = {file.name for file in (root / "locales/sources").iterdir()}
    assert len(left) == 2
    assert first.name not in left
    assert set(states(root).values()) == {State.FRESH}


@pytest.mark.posix
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--accept"], "give --accept together with the pages to accept"),
        (["docs/es/page.md"], "give --accept together with the pages to accept"),
        (["--accept", "docs/es/none.md"], "there is no docs/es/none.md in the project"),
        (["--accept", "/etc/passwd"], "there is no /etc/passwd in the project"),
        (["--accept", "docs/en/page.md"], "docs/en/page.md is no translation of a page that there is"),
        (["--accept", "docs/es/link.md"], "mkdocs.yml is no translation of a page that there is"),
        (["--locale", "xx"], 'there is no locale "xx" in locales/locales.yaml; there are en, es'),
    ],
)
def test_what_cannot_be_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    root = small_project(tmp_path, PAGES)
    (root / "docs/es/link.md").symlink_to(root / "mkdocs.yml")
    before = (root / "docs/es/page.md").read_bytes()
    assert status(root, *arguments) == 2
    assert message in capsys.readouterr().err
    assert (root / "docs/es/page.md").read_bytes() == before


def test_the_text_names_what_is_to_be_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = pinned(tmp_path, {"docs/en/other.md": "# Other\n"})
    edit(root, "docs/en/page.md", "is old", "is new")
    edit(root, "docs/es/page.md", "Extráigala.\n", "")
    assert status(root) == 0
    assert capsys.readouterr().out == (
        "es: 2 of 3 pages translated (1 incomplete, 1 missing, 1 unpinned)\n"
        "  missing      docs/es/other.md\n"
        "  unpinned     docs/es/index.md\n"
        "  incomplete   docs/es/page.md (by machine)\n"
        "    docs/es/page.md:7:1: paragraph reworded in docs/en/page.md:3\n"
        "    docs/es/page.md:9:1: paragraph missing: docs/en/page.md:7\n"
    )


def test_the_text_names_each_lack_and_each_pin_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = "# Page\n\nThe `tag` of [it](index.md).\n\n| A | B |\n| --- | --- |\n| x | y |\n\n```bash\nls\n```\n\n```bash\nls -l\n```\n"
    spanish = source.replace("# Page", '---\ntranslation: human\n---\n# <a name="page"></a>Página')
    marks = "ms.openlocfilehash: 1f2e3d4c5b\nms.sourcegitcommit: abcdef0123\nms.translationtype: HT\nms.lasthandoff: 01/02/2026\n"
    files = {
        "docs/en/page.md": source,
        "docs/es/page.md": spanish,
        **{f"docs/en/{name}.md": "# T\n\nText.\n" for name in "abc"},
        "docs/es/a.md": f"---\n{marks}---\n# T\n\nTexto.\n",
        "docs/es/b.md": "---\nms.translationtype: MT\ntranslated_from: yes\n---\n# T\n\nTexto.\n",
        "docs/es/c.md": "---\ntranslated_from: sha256-0123456789abcdef\n---\n# T\n\nTexto.\n",
        "docs/es/index.md": '# <a name="home"></a>Inicio\n\nTexto.\n',
    }
    root = small_project(tmp_path, files)
    accept(Project.load(root, DAY), ["docs/es/page.md"])
    for old, new in (
        ('<a name="page"></a>', ""),
        ("`tag`", "`etiqueta`"),
        ("[it](index.md)", "it"),
        ("| x | y |", "| x |"),
        ("```bash\nls\n```", "```bash\nls -a\n```"),
    ):
        edit(root, "docs/es/page.md", old, new)
    assert status(root) == 0
    assert capsys.readouterr().out == (
        "es: 5 of 5 pages translated (1 incomplete, 4 unpinned)\n"
        "  unpinned     docs/es/a.md (source commit abcdef01, source hash 1f2e3d4c, handed off 01/02/2026, by human)\n"
        "  unpinned     docs/es/b.md (of a version that is not known: yes, by machine)\n"
        "  unpinned     docs/es/c.md (of a version that is not known: sha256-0123456789abcdef)\n"
        "  unpinned     docs/es/index.md\n"
        "  incomplete   docs/es/page.md (by human)\n"
        "    docs/es/page.md:7:1: paragraph lacks the link docs/index.md: docs/en/page.md:3\n"
        '    docs/es/page.md:5:1: heading lacks the anchor "page": docs/en/page.md:1\n'
        '    docs/es/page.md:11:1: row lacks the cell "y": docs/en/page.md:7\n'
        "    docs/es/page.md:13:1: code is another: docs/en/page.md:9\n"
        '    docs/es/page.md:7:1: paragraph lacks the code span "tag": docs/en/page.md:3\n'
    )


def test_the_json_has_the_segments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = pinned(tmp_path)
    edit(root, "docs/en/page.md", "is old", "is new")
    assert status(root, "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    (locale,) = document["locales"]
    page = locale["translations"][1]
    assert (document["version"], locale["locale"], locale["pages"], locale["translated"]) == (1, "es", 2, 2)
    assert (page["path"], page["source"], page["state"], page["translator"]) == (
        "docs/es/page.md",
        "docs/en/page.md",
        "stale",
        "machine",
    )
    assert page["stale"] == [
        {
            "change": "reworded",
            "kind": "paragraph",
            "line": 7,
            "source_line": 3,
            "old": "The tag is old.",
            "new": "The tag is new.",
        }
    ]


def test_a_second_look_judges_only_what_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = pinned(tmp_path)
    judged: list[str] = []

    def judge(tree: Tree, path: str, source: str) -> Translation | None:
        judged.append(path)
        return verdict(tree, path, source)

    monkeypatch.setattr(translations, "verdict", judge)

    def said(*arguments: str) -> tuple[str, list[str]]:
        judged.clear()
        assert status(root, "--format", "json", *arguments) == 0
        return capsys.readouterr().out, sorted(judged)

    first, pages = said()
    assert "docs/es/page.md" in pages
    assert said("--locale", "es") == (first, [])
    assert said() == (first, [])
    edit(root, "docs/en/page.md", "is old", "is new")
    changed, again = said()
    assert again == ["docs/es/page.md"]
    assert changed != first
    shutil.rmtree(root / ".cache")
    assert said() == (changed, pages)
