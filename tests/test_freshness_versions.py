"""Versions of sources that are kept, and pages that are pinned to them while they change and move."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from imagedocs.cli import run
from imagedocs.freshness import (
    Kind,
    Pin,
    State,
    Version,
    read_version,
    render_page,
    version_path,
    write_version,
)
from imagedocs.freshness.changes import word_differences
from imagedocs.freshness.reading import read_segments
from imagedocs.locales import Formats
from imagedocs.markdown import Source
from imagedocs.problems import CannotRun
from imagedocs.project import Project
from imagedocs.project.translations import accept, status, translation_of
from small_project import DAY, small_project

NAME = "0123456789abcdef"
PIN = Pin(NAME)
LINE = f"translated_from: sha256-{NAME}"


def test_a_kept_version_comes_back_as_it_was(tmp_path: Path) -> None:
    text = '# A {#b}\n\n1. [One](x.md)\n\n```\n "ü\\\n```\n\n| a | b |\n| - | - |\n|  |  |\n'
    version = Version(read_segments(Source("docs/en/a.md", text)))
    file = tmp_path / version_path(version.name)
    file.parent.mkdir(parents=True)
    file.write_text(write_version(version.segments), "utf-8")
    kept = read_version(tmp_path, version.name)
    assert kept == version
    assert kept is not None
    assert [each.kind for each in kept.segments] == [
        Kind.HEADING,
        Kind.ITEM,
        Kind.CODE,
        Kind.TABLE,
        Kind.ROW,
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        '{"segments": 1}',
        '{"segments": [{"kind": "x", "text": ""}]}',
        '{"segments": []}',
        "[" * 9999,
    ],
    ids=["empty", "a list", "null", "a number", "an unknown kind", "another version", "deep"],
)
def test_a_damaged_version_is_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / version_path(NAME)
    file.parent.mkdir(parents=True)
    file.write_text(content, "utf-8")
    assert read_version(tmp_path, NAME) is None
    assert read_version(tmp_path, "../../" + NAME) is None


EN = "# Tags\n\nA tag moves.\n\nIt is short.\n\n```bash\n# Pull it\ndocker pull x\n```\n"
ES = '---\ntranslation: machine\n---\n# <a name="tags"></a>Etiquetas\n\nUna etiqueta se mueve.\n\nEs corta.\n\n```bash\n# Pull it\ndocker pull x\n```\n'


def project_of(folder: Path, english: str = EN, spanish: str = ES) -> Path:
    return small_project(folder, {"docs/en/tags.md": english, "docs/es/tags.md": spanish})


def state_of(folder: Path, place: str = "tags.md") -> State | None:
    project = Project.load(folder, DAY)
    found = translation_of(project, project.locale("es"), place)
    return found.state if found else None


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text("utf-8")
    assert text.count(old) == 1
    (folder / path).write_text(text.replace(old, new), "utf-8")


@dataclass(frozen=True)
class Answer:
    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Answer]


@pytest.fixture
def imagedocs(capsys: pytest.CaptureFixture[str]) -> Command:
    """`imagedocs --project FOLDER …`"""

    def command(folder: Path, *arguments: str) -> Answer:
        with pytest.raises(SystemExit) as left:
            run(["--project", str(folder), *arguments])
        assert isinstance(left.value.code, int)
        said = capsys.readouterr()
        return Answer(left.value.code, said.out, said.err)

    return command


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    """A project whose only translation is pinned."""
    project_of(tmp_path)
    accept(Project.load(tmp_path, DAY), ["docs/es/tags.md"])
    return tmp_path


def test_a_page_becomes_fresh_stale_and_fresh_again(tmp_path: Path) -> None:
    project_of(tmp_path)
    assert state_of(tmp_path) is State.UNPINNED
    accept(Project.load(tmp_path, DAY), ["docs/es"])
    assert state_of(tmp_path) is State.FRESH
    kept = list((tmp_path / "locales/sources").iterdir())
    edit(tmp_path, "docs/en/tags.md", "A tag moves.", "A tag never moves.")
    assert state_of(tmp_path) is State.STALE
    edit(tmp_path, "docs/es/tags.md", "se mueve", "no se mueve nunca")
    assert [each.changed for each in accept(Project.load(tmp_path, DAY), ["docs/es/tags.md"])] == [True]
    assert state_of(tmp_path) is State.FRESH
    assert all(file.exists() for file in kept)  # another branch may name it
    assert [each.changed for each in accept(Project.load(tmp_path, DAY), ["docs/es/tags.md"])] == [False]


def test_both_files_may_move(pinned: Path) -> None:
    for tag in ("en", "es"):
        (pinned / f"docs/{tag}/guide").mkdir()
        (pinned / f"docs/{tag}/tags.md").rename(pinned / f"docs/{tag}/guide/labels.md")
    assert state_of(pinned, "guide/labels.md") is State.FRESH


def test_joined_paragraphs_and_words_in_code_are_accepted_until_they_change(tmp_path: Path) -> None:
    spanish = ES.replace("se mueve.\n\nEs", "se mueve. Es").replace("# Pull it", "# Extraer")
    project_of(tmp_path, spanish=spanish)
    done = accept(Project.load(tmp_path, DAY), ["docs/es/tags.md"])
    assert (done[0].after.state, bool(done[0].after.pin.accepted)) == (State.FRESH, True)
    assert state_of(tmp_path) is State.FRESH
    edit(tmp_path, "docs/es/tags.md", "docker pull", "docker push")
    assert state_of(tmp_path) is State.INCOMPLETE


def test_what_is_lost_stays_lost_whatever_a_person_accepts(tmp_path: Path, imagedocs: Command) -> None:
    project_of(tmp_path, spanish=ES.partition("```")[0])
    answer = imagedocs(tmp_path, "status", "--accept", "docs/es/tags.md")
    assert (answer.returncode, answer.stdout) == (
        1,
        "pinned docs/es/tags.md\n  still missing: code, docs/es/tags.md:9:1\n",
    )


@pytest.mark.posix
def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    project_of(tmp_path)
    (tmp_path / "docs/es/real.txt").write_text(ES, "utf-8")
    (tmp_path / "docs/es/tags.md").unlink()
    (tmp_path / "docs/es/tags.md").symlink_to("real.txt")
    with pytest.raises(CannotRun, match="symbolic link"):
        accept(Project.load(tmp_path, DAY), ["docs/es/tags.md"])


def test_the_page_of_the_site_writes_numbers_as_its_readers_do(pinned: Path) -> None:
    project = Project.load(pinned, DAY)
    spanish = project.locale("es")
    text = render_page(status(project), project.messages(spanish), Formats("es"), lambda _, place: place)
    assert "| español | 1 (50\u00a0%) | 1 | 0 | 1 |" in text
    assert "[`index.md`](<index.md>)" in text


def test_versions_are_named_by_what_a_reader_sees(tmp_path: Path) -> None:
    one = Version(read_segments(Source("docs/en/a.md", EN)))
    other = Version(
        tuple(
            replace(each, text=each.text.upper()) if each.kind is Kind.PARAGRAPH else each
            for each in one.segments
        )
    )
    assert one.name == other.name


def test_a_text_that_repeats_itself_is_compared_in_bounded_time() -> None:
    found = word_differences("a b " * 350, "b a c " * 230)
    assert [part.kind for part in found] == ["del", "ins"]
    assert [(part.kind, part.text) for part in word_differences("one two", "one three")] == [
        ("same", "one"),
        ("del", " two"),
        ("ins", " three"),
    ]
