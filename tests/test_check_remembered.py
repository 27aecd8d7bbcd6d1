"""A check that remembers earlier ones finds what one finds that does not, whatever has changed in between."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import run_imagedocs
from imagedocs.check.checking import check, collect_site
from imagedocs.commands.checking import Check
from imagedocs.markdown import PageOptions, Source, parse
from imagedocs.markdown.options import DocumentOptions
from imagedocs.problems import Problem
from imagedocs.project import Project
from markdown_files import Files
from sampling import full
from small_project import DAY, ROOT, small_project

pytestmark = pytest.mark.posix

PAGES = ROOT / "docs/en"
TEMPLATE = "includes/aml-inference-list-prebuilt-docker-images.md.j2"
LIST = "[!INCLUDE [list](../../includes/aml-inference-list-prebuilt-docker-images.md)]"
FILES = {
    "docs/en/index.md": f"# Home\n\n[a](a.md#part) [gone](gone.md)\n\n{LIST}\n",
    "docs/en/a.md": "# A\n\n## Part\n\n[!INCLUDE [x](../../includes/x.md)]\n\n[up](sub/b.md#nothing)\n",
    "docs/en/sub/b.md": "---\nuid: the.b\n---\n# B\n\n<xref:the.b> <xref:the.c>\n\n`mcr.microsoft.com/azureml/minimal-py312-inference:1.x`\n",
    "docs/en/sub/c.md": '# C\n\n:::code language="python" source="~/code/run.py":::\n\nGithub\n',
    "docs/en/sub/d.md": "# D\n\n<!-- imagedocs-ignore broken-link: it comes -->\n[x](coming.md)\n",
    "docs/es/a.md": "---\ntranslated_from: sha256-0000000000000000\n---\n# A\n\n## Parte\n\nGithub [x](b.md)\n",
    "docs/en/code/run.py": "print(1)\n",
    "includes/x.md": "See [the page](../docs/en/sub/b.md) and [nothing](nothing.png).\n",
}


@dataclass
class Place:
    """A project that is changed."""

    root: Path
    day: date = DAY

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        file = self.root / path
        if file.is_file():
            self.write(path, change(file.read_text("utf-8")))

    def add(self, path: str, text: str) -> None:
        self.edit(path, lambda known: f"{known}\n{text}\n")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def move(self, path: str, to: str) -> None:
        if (self.root / path).exists():
            (self.root / path).rename(self.root / to)

    def remove(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    def link(self, path: str, to: str) -> None:
        self.remove(path)
        (self.root / path).symlink_to(to)

    def later(self) -> None:
        self.day += timedelta(days=400)

    def pass_by(self) -> None:
        os.utime(self.root / "docs/en/a.md")


CHANGES: dict[str, Callable[[Place], object]] = {
    "nothing": Place.pass_by,
    "a page": lambda place: place.add("docs/en/a.md", "[x](nowhere.md)"),
    "a link is mended": lambda place: place.edit("docs/en/a.md", lambda text: text.replace("#nothing", "")),
    "a page's anchor": lambda place: place.edit("docs/en/a.md", lambda text: text.replace("## Part", "## Other")),
    "a new page": lambda place: place.write("docs/en/gone.md", "# Gone\n"),
    "a page of one language": lambda place: place.write("docs/es/solo.md", "# Solo\n\n[x](a.md#parte)\n"),
    "a page is renamed": lambda place: place.move("docs/en/sub/d.md", "docs/en/sub/e.md"),
    "a page goes": lambda place: place.remove("docs/en/sub/c.md"),
    "a fragment": lambda place: place.add("includes/x.md", "[y](nowhere.png) PyTorch and Pytorch"),
    "a fragment goes": lambda place: place.remove("includes/x.md"),
    "a fragment of one language": lambda place: place.write("includes/es/x.md", "Vea [z](nada.md).\n"),
    "a template": lambda place: place.add(TEMPLATE, "[q](nowhere.md)"),
    "another template": lambda place: place.write("includes/y.md.j2", "{{ nothing }}\n"),
    "the catalog": lambda place: place.edit("catalog/images.yaml", lambda text: text.replace("20260316.v1", "20260316.v9")),
    "the manifest": lambda place: place.edit("catalog/registry.json", lambda text: text.replace('"20260316.v1"', '"1.x"')),
    "an allowance": lambda place: place.write(
        "catalog/allowed-images.yaml",
        "version: 1\nallow:\n  - {image: mcr.microsoft.com/azureml/minimal-py312-inference, reason: x, until: 2027-01-01}\n",
    ),
    "a sentence": lambda place: place.edit("locales/es/LC_MESSAGES/messages.po", lambda text: text.replace('msgstr "', 'msgstr " ', 3)),
    "the glossary": lambda place: place.edit("locales/glossary.yaml", lambda text: text.replace("GitHub", "GITHUB")),
    "a translation": lambda place: place.add("docs/es/a.md", "Más [w](w.md). Pytorch"),
    "a translation's source": lambda place: place.add("docs/en/a.md", "A new paragraph on Docker."),
    "a new language's name": lambda place: place.edit("locales/locales.yaml", lambda text: text.replace("Español", "Castellano")),
    "the settings": lambda place: place.add("mkdocs.yml", "exclude_docs: |\n  /sub/b.md\n"),
    "the navigation": lambda place: place.add("mkdocs.yml", "nav:\n  - nowhere.md\n"),
    "redirections": lambda place: place.write(
        ".openpublishing.redirection.json",
        '{"redirections": [{"source_path": "docs/en/gone.md", "redirect_url": "/a"}]}',
    ),
    "redirections of a folder": lambda place: place.write(
        "docs/en/sub/.openpublishing.redirection.sub.json",
        '{"redirections": [{"source_path": "gone.md", "redirect_url": "/a"}, {"source_path": "b.md", "redirect_url": "/a"}]}',
    ),
    "a part in a table of contents": lambda place: place.write("docs/en/sub/toc.yml", "- name: A\n  href: ../a.md#nowhere\n"),
    "a table of contents": lambda place: place.write("docs/en/toc.yml", "- name: A\n  href: a.md\n- name: N\n  href: n.md\n"),
    "a map of uids": lambda place: place.write("docs/en/xrefmap.yml", "references:\n- uid: the.c\n  href: https://h.example/c\n"),
    "a page's uid": lambda place: place.edit("docs/en/sub/b.md", lambda text: text.replace("uid: the.b", "uid: the.c")),
    "code that a page shows": lambda place: place.remove("docs/en/code/run.py"),
    "an image": lambda place: place.write("includes/nothing.png", "x"),
    "a link out of the project": lambda place: place.link("docs/en/gone.md", "/etc/hostname"),
    "the ignore's reason": lambda place: place.edit("docs/en/sub/d.md", lambda text: text.replace(": it comes", "")),
    "the day": Place.later,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_secret(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home")))


def by_memory(place: Place, *, forgets: bool = False) -> list[Problem]:
    return list(Check(place.root, place.day, (), (), forgets=forgets).problems())


def afresh(place: Place) -> list[Problem]:
    project = Project.load(place.root, place.day)
    return list(check(project, collect_site(project)))


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=full) for seed in range(1, 5))])
def test_whatever_changes_the_same_is_found(tmp_path: Path, seed: int) -> None:
    place = Place(small_project(tmp_path, FILES))
    by_memory(place)
    changes = [*CHANGES.items()]
    random.Random(seed).shuffle(changes)
    for name, change in changes:
        change(place)
        remembered, expected = by_memory(place), afresh(place)
        assert [*map(str, remembered)] == [*map(str, expected)], name
        assert remembered == expected, name
    assert by_memory(place, forgets=True) == by_memory(place) == expected


def test_many_pages_are_read_by_all_cores_and_found_alike(tmp_path: Path) -> None:
    many = {f"docs/en/many/{n}.md": f"# N{n}\n\n[x]({n + 1}.md) [y](#z{n})\n" for n in range(150)}
    place = Place(small_project(tmp_path, {**FILES, **many}))
    assert by_memory(place) == by_memory(place) == afresh(place)


MANY_KINDS = {
    **FILES,
    ".openpublishing.redirection.json": "{}",
    ".openpublishing.publish.config.json": "{}",
    "docfx.json": "{}",
    "docs/en/docfx.json": "{}",
    "docs/en/toc.yml": "- name: A\n  href: sub/toc.yml\n",
    "docs/en/sub/TOC.md": "# [B](b.md)\n",
    "docs/en/sub/toc.yml": "- name: B\n  href: b.md\n",
    "docs/en/xrefmap.json": "{}",
    "docs/es/.openpublishing.redirection.json": "{}",
    "catalog/allowed-images.yaml": "version: 1\nallow: []\n",
    "xrefmap.yml": "{}",
}


@full
def test_each_file_that_a_check_opens_is_seen_when_it_changes(tmp_path: Path) -> None:
    """The first line of a file goes, or a file comes that was looked for: what is found then is found by a check that
    remembers, too."""
    place = Place(small_project(tmp_path, MANY_KINDS))
    opened: set[str] = set()
    _watched.append((f"{tmp_path.resolve()}/", opened))
    try:
        before = by_memory(place)
    finally:
        _watched.clear()
    paths = sorted(path for path in opened if not path.startswith(".cache/"))
    assert {"mkdocs.yml", "docs/en/sub/toc.yml", "catalog/registry.json", "docs/en/sub/b.md"} <= {*paths}
    for path in paths:
        file = tmp_path / path
        content = file.read_bytes() if file.exists() else None
        file.write_bytes(b"{}\n" if content is None else content.partition(b"\n")[2])
        assert by_memory(place) == by_memory(place, forgets=True), path
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)
        assert by_memory(place) == before, path


_watched: list[tuple[str, set[str]]] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _watched:
        root, opened = _watched[0]
        path = os.path.abspath(str(arguments[0]))
        if path.startswith(root):
            opened.add(path.removeprefix(root))


sys.addaudithook(_note)


def test_what_is_remembered_is_not_believed_from_elsewhere(tmp_path: Path) -> None:
    place = Place(small_project(tmp_path, FILES))
    expected = by_memory(place)
    cache = tmp_path / ".cache/imagedocs/check.cache"
    content = cache.read_bytes()
    cache.write_bytes(content.replace(b"broken-link", b"broken-lonk"))
    assert by_memory(place) == expected
    cache.write_bytes(content[: len(content) // 2])
    assert by_memory(place) == expected


def test_the_command_prints_the_same_with_and_without_memory(tmp_path: Path) -> None:
    root = small_project(tmp_path / "project", FILES)
    home = {"XDG_CACHE_HOME": str(tmp_path / "home")}
    runs = [run_imagedocs(root, "check", "--as-of", "2026-03-20", *options, **home) for options in (["--no-cache"], [], [])]  # fmt: skip
    assert len({(run.returncode, run.stdout, run.stderr) for run in runs}) == 1
    assert runs[0].returncode == 1
    assert (root / ".cache/imagedocs/check.cache").is_file()
    shutil.rmtree(root / ".cache")
    run_imagedocs(root, "check", "--no-cache", **home)
    assert not (root / ".cache").exists()


@pytest.mark.parametrize("arguments", [("--help",), ("check",)], ids=" ".join)
def test_what_is_not_needed_is_not_loaded(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    root = small_project(tmp_path / "project", {"docs/en/index.md": "# Home\n\n[x](#home)\n"})
    home = {"XDG_CACHE_HOME": str(tmp_path / "home")}
    run_imagedocs(root, "check", **home)
    code = (
        "import sys; from imagedocs.cli import main\n"
        f"main.main({arguments!r}, standalone_mode=False)\n"
        "heavy = {'babel', 'jinja2', 'markdown', 'markdown_it', 'yaml', 'pygments', 'packaging', 'pathspec', 'pygls', 'lsprotocol', 'imagedocs.project'}\n"
        "sys.exit(', '.join(heavy & sys.modules.keys()) or 0)"
    )
    environment = {"PATH": os.environ["PATH"], **home}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stderr.strip(), done.returncode) == ("", 0)


def test_options_that_are_for_readers_change_no_document() -> None:
    """A check knows the options in `DocumentOptions` alone: another one that changes a document belongs there."""
    texts = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in PAGES.rglob("*.md")}
    texts["docs/en/odd.md"] = (
        "# Odd\n\n> [!NOTE]\n> [a](/azure/x) ![b](/media/b.png) `c-1` -2\n\n"
        '[!INCLUDE [x](../../includes/x.md)]\n\n<xref:a.b> [d](../es/d.md)\n\n:::image source="/c.png":::\n'
    )
    texts["includes/x.md"] = "## Part\n\n> [!TIP]\n> [y](https://learn.microsoft.com/en-us/y)\n"
    others = {each.name for each in fields(PageOptions)} - {each.name for each in fields(DocumentOptions)}
    of_single_pages = {"front_matter", "versions"}
    for_readers = PageOptions(
        label=lambda word, tag: f"{word}-{tag}-X",
        learn_locale="qq-qq",
        is_own=lambda _: True,
        language_of=lambda _: "he",
        language_in=lambda path: ("he", "rtl") if path else ("", ""),
        right_to_left=True,
    )
    default = PageOptions()
    assert others - of_single_pages == {
        name for name in others if getattr(for_readers, name) != getattr(default, name)
    }
    files = Files(texts)
    for path, text in texts.items():
        one, other = (
            parse(Source(path, text), files, page=options).document for options in (for_readers, default)
        )
        assert one == other, path
