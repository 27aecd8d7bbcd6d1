"""Projects that are not arranged as ours is: templates in another folder, redirections that change between two builds,
and Markdown extensions that are not ours."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import run_imagedocs
from sampling import full, sample
from small_project import CONFIG, small_project
from test_build_again import add, build, differing, edit, remove

pytestmark = pytest.mark.posix

OVERRIDE = "overrides/partials/copyright.html"
WITH_OVERRIDES = {
    "mkdocs.yml": CONFIG.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n"),
    OVERRIDE: "FOOT ALPHA\n",
    "docs/en/a.md": "# A\n\nText.\n",
    "docs/es/index.md": "# Inicio\n\nTexto.\n",
}
PAGES = ("index.html", "a/index.html", "404.html", "es/index.html", "es/a/index.html", "es/404.html")


def is_as_built_afresh(project: Path) -> bool:
    """Build on top of what there is; return whether the site is the one that a build from nothing makes."""
    again, fresh = build(project), build(project, "-d", "fresh", IMAGEDOCS_CACHE="off")
    assert again.returncode == fresh.returncode == 0, again.stderr + fresh.stderr
    return not differing(project / "site", project / "fresh")


def texts(project: Path) -> list[str]:
    """Return the text of each page of the site in which a template of the project's can show."""
    return [(project / "site" / page).read_text("utf-8") for page in PAGES]


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        pytest.param(edit(OVERRIDE, "ALPHA", "BETA"), "FOOT BETA", id="edited"),
        pytest.param(remove(OVERRIDE), "squidfunk.github.io", id="removed"),
        pytest.param(
            add("overrides/main.html", "{% extends 'base.html' %}{% block content %}MAIN BETA{% endblock %}"),
            "MAIN BETA",
            id="added over one of ours",
            marks=full,
        ),
        pytest.param(
            edit("mkdocs.yml", "custom_dir: overrides", "custom_dir: others"),
            "squidfunk.github.io",
            id="another folder",
            marks=full,
        ),
    ],
)
def test_templates_in_any_folder_reach_the_next_build(
    tmp_path: Path, change: Callable[[Path], None], shown: str
) -> None:
    project = small_project(tmp_path, {**WITH_OVERRIDES, "others/x.txt": ""})
    assert build(project).returncode == 0
    assert all("FOOT ALPHA" in text for text in texts(project))
    change(project)
    assert is_as_built_afresh(project)
    # What is said of pages that are not there is a template of its own, which no override of a block replaces.
    with_block = [
        text for page, text in zip(PAGES, texts(project), strict=True) if not page.endswith("404.html")
    ]
    assert all(shown in text for text in (with_block if shown == "MAIN BETA" else texts(project)))


@pytest.mark.parametrize(
    "how",
    sample(
        ["a name with a dot", "a file behind a link", "a folder behind a link"], "a file behind a link".__eq__
    ),
)
def test_files_of_a_theme_reach_the_next_build_however_they_are_found(tmp_path: Path, how: str) -> None:
    project = small_project(tmp_path / "project", WITH_OVERRIDES)
    elsewhere = tmp_path / "elsewhere"
    if how == "a name with a dot":
        edited = project / "overrides/.parts/foot.html"
        (project / OVERRIDE).write_text("{% include '.parts/foot.html' %}", "utf-8")
    elif how == "a file behind a link":
        edited = elsewhere / "foot.html"
        (project / OVERRIDE).unlink()
        (project / OVERRIDE).symlink_to(edited)
    else:
        shutil.move(project / "overrides", elsewhere)
        (project / "overrides").symlink_to(elsewhere)
        edited = elsewhere / "partials/copyright.html"
    edited.parent.mkdir(exist_ok=True, parents=True)
    for text in ("FOOT ALPHA", "FOOT BETA"):
        edited.write_text(text, "utf-8")
        assert build(project).returncode == 0
        assert all(text in page for page in texts(project))


def test_sentences_of_templates_in_any_folder_are_translated(tmp_path: Path) -> None:
    project = small_project(tmp_path, {**WITH_OVERRIDES, OVERRIDE: '{{ _("Hello dear reader") }}\n'})
    assert "Hello dear reader" in run_imagedocs(project, "check").stdout
    run_imagedocs(project, "messages")
    for file in ("messages.pot", "es/LC_MESSAGES/messages.po"):
        assert 'msgid "Hello dear reader"' in (project / "locales" / file).read_text("utf-8")


@pytest.fixture(scope="module")
def built_with_redirection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a project in which a page has moved."""
    pages = {f"docs/en/{name}.md": f"# {name}\n\n[old](old.md)\n" for name in ("a", "b")}
    files = {**pages, "docs/es/index.md": "# I\n", ENGLISH_LIST: redirections(old="a.md")}
    project = small_project(tmp_path_factory.mktemp("moved"), files)
    assert build(project).returncode == 0
    return project


ROOT_LIST, ENGLISH_LIST = ".openpublishing.redirection.json", "docs/en/.openpublishing.redirection.json"


def redirections(**targets: str) -> str:
    """Return a file of redirections from these pages."""
    entries = (
        f'{{"source_path": "{source}.md", "redirect_url": "{target}"}}' for source, target in targets.items()
    )
    return f'{{"redirections": [{", ".join(entries)}]}}\n'


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(add(ENGLISH_LIST, redirections(old="b.md")), {"old": "../b/"}, id="another target", marks=full),
        pytest.param(
            add(ENGLISH_LIST, redirections(old="a.md", older="a.md")), {"old": "../a/", "older": "../a/"}, id="one more", marks=full
        ),
        pytest.param(add(ENGLISH_LIST, redirections()), {"old": None}, id="one less"),
        pytest.param(remove(ENGLISH_LIST), {"old": None}, id="no file", marks=full),
        pytest.param(
            add(ROOT_LIST, redirections(**{"docs/es/viejo": "a.md"})), {"es/viejo": "../a/"}, id="in the project's folder", marks=full
        ),
        pytest.param(
            add("docs/es/.openpublishing.redirection.json", redirections(viejo="index.md")),
            {"es/viejo": "../"},
            id="of another language", marks=full,
        ),
        pytest.param(remove("docs/en/a.md"), {}, id="the target is gone", marks=full),
    ],
)  # fmt: skip
def test_redirections_edited_between_two_builds(
    built_with_redirection: Path,
    tmp_path: Path,
    change: Callable[[Path], None],
    expected: dict[str, str | None],
) -> None:
    project = shutil.copytree(built_with_redirection, tmp_path / "project")
    home = {"XDG_CACHE_HOME": str(tmp_path / "home")}
    run_imagedocs(project, "check", **home)
    change(project)
    found = [run_imagedocs(project, "check", *options, **home).stdout for options in ([], ["--no-cache"])]
    assert found[0] == found[1]
    assert is_as_built_afresh(project)
    for place, target in expected.items():
        page = project / "site" / place / "index.html"
        assert page.is_file() == (target is not None)
        assert target is None or f'url={target}"' in page.read_text("utf-8")


EXTENSION = '''\
"""A Markdown extension that adds the text of a file to each page."""

from pathlib import Path

from markdown import Extension
from markdown.postprocessors import Postprocessor

FILE = Path(__file__).parent / "addition.txt"


class Addition(Postprocessor):
    def run(self, text):
        return f"{text}<p>{FILE.read_text('utf-8')}</p>"


class AdditionExtension(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Addition(md), "addition", 0)


def makeExtension(**options):
    return AdditionExtension(**options)
'''


def with_extension(written: str) -> str:
    return CONFIG.replace("markdown_extensions:\n", f"markdown_extensions:\n  - {written}\n")


def test_a_file_that_an_extension_of_others_reads_reaches_the_next_build(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": with_extension("add_file"),
        "add_file.py": EXTENSION,
        "addition.txt": "ADDED ALPHA",
    }
    project = small_project(tmp_path, files)
    assert build(project).returncode == 0
    edit("addition.txt", "ALPHA", "BETA")(project)
    assert is_as_built_afresh(project)
    for locale in ("", "es"):
        assert "ADDED BETA" in (project / "site" / locale / "index.html").read_text("utf-8")


def test_snippets_are_appended_or_it_is_said_that_they_are_not(tmp_path: Path) -> None:
    snippets = "pymdownx.snippets: {base_path: [parts], auto_append: [end.md]}"
    files = {"mkdocs.yml": with_extension(snippets), "parts/end.md": "APPENDED ALPHA\n"}
    project = small_project(tmp_path, files)
    built = build(project)
    shown = "APPENDED ALPHA" in (project / "site/index.html").read_text("utf-8")
    assert shown or "pymdownx.snippets" in built.stderr
    edit("parts/end.md", "ALPHA", "BETA")(project)
    assert is_as_built_afresh(project)
    assert not shown or "APPENDED BETA" in (project / "site/index.html").read_text("utf-8")
