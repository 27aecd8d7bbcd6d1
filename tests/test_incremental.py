"""A result is reused exactly as long as everything that it was made from answers as it did."""

from pathlib import Path

import pytest

from imagedocs.files.tree import Tree
from imagedocs.incremental.cache import Cache, make
from imagedocs.incremental.interruption import Interrupted, interrupted_by
from imagedocs.incremental.reads import ask, glob, is_file, note, read_bytes, recording, remembered
from imagedocs.incremental.store import cache_file
from imagedocs.incremental.unsaved import unsaved


@pytest.fixture(autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home")))


class Run:
    """One run over the project in a folder, which counts what it has to make."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tree = Tree(root)
        self.cache = Cache(cache_file(root, "test"), "1")
        self.cache.answer_by(self.tree.answerers())
        self.made: list[str] = []

    def result(self, kind: str = "text", given: str = "") -> str:
        def text() -> bytes:
            self.made.append(kind)
            paths = [*self.tree.walk("docs"), *glob(self.root, "*.yml")]
            extra = read_bytes(self.root, "extra", 100) if is_file(self.root, "extra") else b""
            fronts = [self.tree.head(path).decode() for path in paths]
            return repr([paths, fronts, self.tree.digest("docs/a.md"), extra, given]).encode()

        return self.cache.cached(kind, "", text, given).decode()


def project(root: Path) -> Path:
    (root / "docs").mkdir()
    (root / "docs/a.md").write_text("---\ntitle: A\n---\ntext\n")
    (root / "docs/b.md").write_text("---\ntitle: B\n---\ntext\n")
    (root / "mkdocs.yml").write_text("")
    first = Run(root)
    first.result()
    first.cache.save()
    return root


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/a.md", "---\ntitle: A\n---\nother text\n"),
        ("docs/b.md", "---\ntitle: C\n---\ntext\n"),
        ("docs/new.md", ""),
        ("other.yml", ""),
        ("extra", "x"),
    ],
)
def test_a_change_of_whatever_was_asked_makes_the_result_anew(tmp_path: Path, path: str, text: str) -> None:
    root = project(tmp_path)
    (root / path).write_text(text)
    again, cold = Run(root), Run(root)
    cold.cache = Cache()
    assert again.result() == cold.result()
    assert again.made == ["text"]


@pytest.mark.parametrize(
    ("path", "text"),
    [("docs/b.md", "---\ntitle: B\n---\nother text\n"), ("elsewhere.txt", "x"), ("docs/.hidden", "x")],
)
def test_a_change_of_what_was_not_asked_makes_nothing(tmp_path: Path, path: str, text: str) -> None:
    root = project(tmp_path)
    (root / path).write_text(text)
    again = Run(root)
    again.result()
    assert again.made == []


def test_other_arguments_make_another_result(tmp_path: Path) -> None:
    again = Run(project(tmp_path))
    assert "other" in again.result(given="other")


def test_a_result_that_uses_another_is_made_from_what_that_was_made_from(tmp_path: Path) -> None:
    root = project(tmp_path)
    for text, expected in (("", ["outer"]), ("", []), ("x", ["outer", "text"])):
        if text:
            (root / "docs/a.md").write_text(text)
        run = Run(root)

        def outer(run: Run = run) -> bytes:
            run.made.append("outer")
            return run.result().encode()

        result = run.cache.cached("outer", "", outer).decode()
        run.cache.save()
        assert run.made == expected
        assert result == Run(root).result()


def test_a_question_that_nobody_answers_makes_the_result_anew(tmp_path: Path) -> None:
    root = project(tmp_path)
    run = Run(root)
    run.cache.keep("odd", "", make(lambda: note("unheard", "of", "x") or b"old"))
    run.cache.save()
    assert Run(root).cache.cached("odd", "", lambda: b"new") == b"new"


def test_a_derived_question_hides_what_it_reads(tmp_path: Path) -> None:
    tree = Tree(project(tmp_path))

    def first() -> str:
        return ask("first", "docs", lambda: tree.walk("docs")[0], str)

    with recording(frozenset({"first"})) as reads:
        first()
    assert reads.answers == {("first", "docs"): "docs/a.md"}
    with recording() as reads:
        first()
    assert [*reads.answers] == [("walk", "docs")]


class Owner:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.calls = 0

    @remembered
    def digest(self, path: str) -> str:
        self.calls += 1
        return self.tree.digest(path)


def test_what_is_remembered_in_a_run_brings_along_what_it_was_made_from(tmp_path: Path) -> None:
    owner = Owner(Tree(project(tmp_path)))
    records = []
    for _ in range(2):
        with recording() as reads:
            owner.digest("docs/a.md")
        records.append(reads.answers)
    assert records[0] == records[1] != {}
    assert owner.calls == 1


def test_a_failure_leaves_no_recorder_behind(tmp_path: Path) -> None:
    root = project(tmp_path)
    with pytest.raises(ZeroDivisionError):
        make(lambda: bytes([1 // 0]))
    assert Run(root).made == []
    with recording() as reads:
        note("kind", "name", "answer")
    assert reads.answers == {("kind", "name"): "answer"}


def test_work_gives_way_to_what_is_more_urgent(tmp_path: Path) -> None:
    run = Run(project(tmp_path))
    with interrupted_by(lambda: True), pytest.raises(Interrupted):
        run.result()
    assert run.made == []
    run.result()


def test_a_file_of_which_little_was_read_is_known_again(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"head and much more")
    tree, made = Tree(tmp_path), []

    def size() -> bytes:
        made.append(1)
        return read_bytes(tmp_path, "picture", 4)

    for _ in range(2):
        cache = Cache(cache_file(tmp_path, "check"), "1")
        cache.answer_by(tree.answerers())
        assert cache.cached("size", "", size) == b"head"
        cache.save()
    assert made == [1]


def test_unsaved_texts_are_read_and_nothing_made_from_them_is_written(tmp_path: Path) -> None:
    (tmp_path / "docs/sub").mkdir(parents=True)
    for name in ("docs/b.md", "docs/sub/a.md"):
        (tmp_path / name).write_text("saved")
    with unsaved(tmp_path, {"docs/b.md": b"typed", "docs/new.md": b"---\nx: y\n---\n", "docs/sub/z.md": b""}):
        tree = Tree(tmp_path)
        assert tree.walk("docs") == ("docs/b.md", "docs/new.md", "docs/sub/a.md", "docs/sub/z.md")
        assert read_bytes(tmp_path, "docs/b.md", 99) == b"typed"
        assert (tree.has("docs/new.md"), is_file(tmp_path, "docs/new.md")) == (True, True)
        assert tree.head("docs/new.md") == b"---\nx: y\n---"
        cache = Cache(cache_file(tmp_path, "check"), "1")
        cache.cached("text", "", lambda: read_bytes(tmp_path, "docs/b.md", 99))
        cache.save()
    tree = Tree(tmp_path)
    assert tree.walk("docs") == ("docs/b.md", "docs/sub/a.md")
    assert not tree.has("docs/new.md")
    assert not (tmp_path / ".cache").exists()
