"""`imagedocs move`: a page gets another place, and nothing that led to it is lost."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imagedocs.cli import main
from small_project import CONFIG, small_project

FILES: dict[str, str | bytes] = {
    "mkdocs.yml": f"{CONFIG}nav:\n  - index.md\n  - Guide: guide.md\n  - sub/other.md\n",
    "docs/en/guide.md": "# Guide\n\n## Part\n\n[x](sub/other.md#c) ![A picture](media/x.png) [here](#part)\n",
    "docs/es/guide.md": "# Guía {#guide}\n\n## Parte {#part}\n\n[x](sub/other.md#c) ![Una imagen](media/x.png) [aquí](#part)\n",
    "docs/en/sub/other.md": '# Other\n\n## C\n\n[a](../guide.md#part) [b](~/guide.md) <a href="../guide.md">c</a>\n',
    "docs/es/sub/other.md": "# Otro {#other}\n\n## C\n\n[a](../guide.md#part) [b](~/guide.md)\n",
    "docs/en/media/x.png": b"",
}


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(folder), *arguments], standalone_mode=False)


def found(folder: Path) -> list[str]:
    return [line.partition(": ")[2] for line in run(folder, "check", "--no-build").stdout.splitlines()]


def test_a_page_moves_with_translations_links_menu_and_a_redirection(tmp_path: Path) -> None:
    small_project(tmp_path, FILES)
    run(tmp_path, "status", "--accept", "docs/es/guide.md", "docs/es/sub/other.md")
    before = found(tmp_path)
    done = run(tmp_path, "move", "docs/en/guide.md", "docs/en/how/to/use.md")
    assert done.exception is None
    assert done.return_value == 0
    assert found(tmp_path) == before
    assert not [*tmp_path.glob("docs/*/guide.md")]
    english = (tmp_path / "docs/en/how/to/use.md").read_text()
    assert english.endswith("[x](../../sub/other.md#c) ![A picture](../../media/x.png) [here](#part)\n")
    assert "translated_from: " in (tmp_path / "docs/es/how/to/use.md").read_text()
    other = (tmp_path / "docs/en/sub/other.md").read_text()
    assert '[a](../how/to/use.md#part) [b](~/how/to/use.md) <a href="../how/to/use.md">c</a>' in other
    assert "  - Guide: how/to/use.md\n" in (tmp_path / "mkdocs.yml").read_text()
    assert (tmp_path / "redirections.yml").read_text() == "redirections:\n  docs/en/guide.md: how/to/use.md\n"

    run(tmp_path, "move", "how/to/use.md", "guide.md")  # and back
    assert found(tmp_path) == before
    assert (
        tmp_path / "redirections.yml"
    ).read_text() == "redirections:\n  docs/en/how/to/use.md: ../../guide.md\n"
    assert (tmp_path / "docs/en/guide.md").read_text() == FILES["docs/en/guide.md"]


def test_a_trial_changes_nothing(tmp_path: Path) -> None:
    small_project(tmp_path, FILES)
    files = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    said = run(tmp_path, "move", "--dry-run", "guide.md", "new.md").stdout
    assert "docs/es/guide.md: moved to docs/es/new.md" in said
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == files


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("docs/en/none.md", "docs/en/b.md"), "there is no page none.md in docs/en"),
        (("docs/en/guide.md", "docs/en/sub/other.md"), "docs/en/sub/other.md is there already"),
        (("docs/en/guide.md", "../out.md"), "../out.md is no page of a docs folder"),
        (("docs/en/guide.md", "docs/en/guide.md"), "the page is there already"),
    ],
)
def test_what_cannot_be_moved(tmp_path: Path, arguments: tuple[str, str], reason: str) -> None:
    small_project(tmp_path, FILES)
    assert reason in str(run(tmp_path, "move", *arguments).exception)
