"""A build after a build: whatever was changed in between, the site is the one that a build from nothing makes."""

import filecmp
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from conftest import run_mkdocs
from imagedocs.build.staging import Staging
from imagedocs.locales import load_locales
from imagedocs.markdown import Source, parse
from imagedocs.problems import CannotRun
from sampling import full
from small_project import LOCALES, ROOT, small_project

THREE = LOCALES + "  ja: {name: 日本語, babel: ja, material: ja, search: {segmentation: characters}}\n"
LIST = "[!INCLUDE [list](../../includes/aml-inference-list-prebuilt-docker-images.md)]"
FILES = {
    "locales/locales.yaml": THREE,
    "docs/en/index.md": "# Home\n\nText with a [link](guide/first.md#one).\n",
    "docs/en/guide/first.md": "# First\n\n## <a name='one'></a>One\n\n[!INCLUDE [x](../../../includes/x.md)]\n",
    "docs/en/guide/second.md": f"# Second\n\n{LIST.replace('../../', '../../../')}\n",
    "docs/en/guide/third.md": "# Third\n\n[!code-python[code](../../../samples/x.py)]\n",
    "docs/en/notes.md": "# Notes\n\nOnly in English.\n\n```bash\nls\n```\n",
    "docs/es/index.md": "# Inicio\n\nTexto.\n",
    "docs/es/guide/first.md": "# Primero\n\n## <a name='one'></a>Uno\n\nTexto.\n",
    "docs/ja/index.md": "# ホーム\n\n文章。\n",
    "docs/ja/notes.md": "# メモ\n\n文章。\n",
    "docs/en/media/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "includes/x.md": "What is said **everywhere**.\n",
    "samples/x.py": "print(1)\n",
    "docs/en/.openpublishing.redirection.json": (
        '{"redirections": [{"source_path": "docs/en/old.md", "redirect_url": "notes.md"}]}'
    ),
}
EPOCH = {"SOURCE_DATE_EPOCH": "1774000000"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built once."""
    return build_once(tmp_path_factory.mktemp("built"), with_hooks=False)


@pytest.fixture(scope="module")
def built_with_hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in the form of this checkout, where hooks and theme are files of the project."""
    return build_once(tmp_path_factory.mktemp("built"), with_hooks=True)


def build_once(folder: Path, *, with_hooks: bool) -> Path:
    small_project(folder, FILES, with_hooks=with_hooks)
    shutil.copytree(ROOT / "locales/ja", folder / "locales/ja")
    result = build(folder)
    assert result.returncode == 0, result.stderr
    assert (folder / ".cache/imagedocs/sites").is_dir()
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(built, tmp_path / "project")


@pytest.fixture
def project_with_hooks(built_with_hooks: Path, tmp_path: Path) -> Path:
    """A copy of that one, to be changed."""
    ignore = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(built_with_hooks, tmp_path / "project", ignore=ignore)


def build(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_mkdocs(folder, "build", *arguments, new_process=False, **{**EPOCH, **environment})


def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), "utf-8")

    return change


def add(path: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")

    return change


def remove(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


def damage(pattern: str) -> Callable[[Path], None]:
    """Change files of the cache, or of the site."""

    def change(folder: Path) -> None:
        paths = list(folder.glob(pattern))
        assert paths
        for path in paths:
            path.write_bytes(path.read_bytes()[:-7] + b"damaged")

    return change


def damage_kept(tag: str, place: str) -> Callable[[Path], None]:
    """Change what is kept of a page."""

    def change(folder: Path) -> None:
        page = (folder / "site" / ("" if tag == "en" else tag) / place).read_bytes()
        kept = [
            path for path in folder.glob(f".cache/imagedocs/sites/*-{tag}/*") if path.read_bytes() == page
        ]
        assert len(kept) == 1
        kept[0].write_bytes(page[:-7] + b"damaged")

    return change


def both(one: Callable[[Path], None], other: Callable[[Path], None]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        one(folder)
        other(folder)

    return change


def nothing(folder: Path) -> None:
    pass


ALL = {"en", "es", "ja"}
LIST_FILE = "includes/aml-inference-list-prebuilt-docker-images.md.j2"


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        pytest.param(nothing, ALL, id="nothing"),
        pytest.param(edit("docs/ja/index.md", "文章", "別の文章"), {"en", "es"}, id="a page of one language"),
        pytest.param(edit("docs/en/guide/first.md", "One", "One, again"), {"es"}, id="a page others fall back to", marks=full),
        pytest.param(edit("docs/ja/notes.md", "# メモ", "# 覚え書き"), {"en", "es"}, id="a title", marks=full),
        pytest.param(add("docs/ja/guide/second.md", "# 二\n"), set(), id="a page that is translated now", marks=full),
        pytest.param(remove("docs/es/guide/first.md"), set(), id="a translation that is gone"),
        pytest.param(add("docs/en/guide/fourth.md", "# Fourth\n"), set(), id="a new page", marks=full),
        pytest.param(remove("docs/en/guide/second.md"), set(), id="a page that is gone", marks=full),
        pytest.param(edit("includes/x.md", "everywhere", "here"), {"es"}, id="an include", marks=full),
        pytest.param(add("includes/ja/x.md", "どこでも。\n"), set(), id="a translated include", marks=full),
        pytest.param(edit(LIST_FILE, "\n", "\nEDITED\n"), set(), id="a template", marks=full),
        pytest.param(edit("catalog/images.yaml", "name: Ubuntu", "name: Changed"), set(), id="the catalog"),
        pytest.param(edit("samples/x.py", "print(1)", "print(2)"), set(), id="code shown from elsewhere", marks=full),
        pytest.param(remove("samples/x.py"), set(), id="code that is gone", marks=full),
        pytest.param(edit("mkdocs.yml", "site_name: ", "site_name: The "), set(), id="the settings", marks=full),
        pytest.param(
            edit("docs/en/.openpublishing.redirection.json", "notes.md", "index.md"), set(), id="a redirection"
        ),
        pytest.param(edit("docs/en/media/x.svg", "svg'/>", "svg' id='x'/>"), set(), id="an image", marks=full),
        pytest.param(damage("site/es/index.html"), ALL, id="the site, by hand", marks=full),
        pytest.param(add("site/es/more.html", "<p>"), ALL, id="a file more in the site", marks=full),
        pytest.param(remove("site/ja/404.html"), ALL, id="a file less in the site", marks=full),
        pytest.param(damage_kept("es", "index.html"), ALL, id="a kept file", marks=full),
        pytest.param(
            both(damage_kept("es", "index.html"), damage("site/es/index.html")),
            {"en", "ja"},
            id="a kept file, and that of the site",
        ),
        pytest.param(
            both(damage_kept("en", "index.html"), damage("site/index.html")),
            {"es", "ja"},
            id="a kept file, and that of the site, at the root", marks=full,
        ),
        pytest.param(damage(".cache/imagedocs/site-*-es.cache"), {"en", "ja"}, id="what is said of the kept files", marks=full),
        pytest.param(damage(".cache/imagedocs/*.cache"), set(), id="all that is said of the kept files", marks=full),
    ],
)  # fmt: skip
def test_the_site_is_that_of_a_build_from_nothing(
    project: Path, change: Callable[[Path], None], kept: set[str]
) -> None:
    change(project)
    again = build(project)
    fresh = build(project, "-d", "fresh", IMAGEDOCS_CACHE="off")
    assert again.returncode == fresh.returncode == 0, again.stderr
    assert differing(project / "site", project / "fresh") == []
    assert said(again) == said(fresh)
    assert unchanged(again) == kept
    assert unchanged(fresh) == set()
    for tag in ALL - kept:
        assert kept_files(project, tag) == published_files(project / "site", tag)


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        pytest.param(nothing, ALL, id="nothing", marks=full),
        pytest.param(
            edit("includes/theme/main.html", "og:locale", "og:x"), set(), id="the theme", marks=full
        ),
        pytest.param(
            edit("hooks/publish_catalog.py", "    at(0, generated.add_published_files),\n", ""),
            set(),
            id="a hook",
        ),
    ],
)
def test_the_site_with_hooks_is_that_of_a_build_from_nothing(
    project_with_hooks: Path, change: Callable[[Path], None], kept: set[str]
) -> None:
    test_the_site_is_that_of_a_build_from_nothing(project_with_hooks, change, kept)


OF_ALL_LANGUAGES = ("sitemap-index.xml", "_headers")
"""Files at the root that each build makes from the sites of all languages, so that none is kept with one language."""


def kept_files(project: Path, tag: str) -> set[bytes]:
    return {path.read_bytes() for path in project.glob(f".cache/imagedocs/sites/*-{tag}/*")}


def published_files(site: Path, tag: str) -> set[bytes]:
    folder = site if tag == "en" else site / tag
    beside = {site / name for name in ("es", "ja", *OF_ALL_LANGUAGES)} if tag == "en" else set[Path]()
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.read_bytes() for path in files if beside.isdisjoint({path, *path.parents})}


@pytest.mark.posix
def test_a_link_in_the_place_of_kept_files_leads_nothing_out(project: Path, tmp_path: Path) -> None:
    (folder,) = project.glob(".cache/imagedocs/sites/*-es")
    outside = tmp_path / "outside"
    shutil.move(folder, outside)
    folder.symlink_to(outside)
    before = contents_of(outside)
    for text in ("Otro", "Un tercer"):
        edit("docs/es/guide/first.md", "\n\nTexto.", f"\n\n{text} texto.\n\nTexto.")(project)
        assert build(project).returncode == 0
        fresh = build(project, "-d", "fresh", IMAGEDOCS_CACHE="off")
        assert fresh.returncode == 0
        assert differing(project / "site", project / "fresh") == []
    assert contents_of(outside) == before


def test_what_an_earlier_version_has_kept_goes(project: Path) -> None:
    (folder,) = project.glob(".cache/imagedocs/sites/*-es")
    add("guide/first/index.html", "old")(folder)
    edit("docs/es/index.md", "Texto", "Otro texto")(project)
    assert build(project).returncode == 0
    assert not (folder / "guide").exists()
    assert unchanged(build(project)) == ALL


def differing(one: Path, other: Path) -> list[str]:
    """Paths of the files that are not in both, or not the same byte for byte."""
    ours, theirs = ({path.relative_to(root) for path in root.rglob("*")} for root in (one, other))
    files = [path.as_posix() for path in ours & theirs if (one / path).is_file()]
    _, different, failed = filecmp.cmpfiles(one, other, files, shallow=False)
    return sorted([*map(str, ours ^ theirs), *different, *failed])


def said(built: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in built.stderr.splitlines() if re.search(r": (error|warning|suggestion): ", line)]


def unchanged(built: subprocess.CompletedProcess[str]) -> set[str]:
    found = re.search(r"Unchanged since the last build: (.*)", built.stderr)
    return set(found[1].split(", ")) if found else set()


def test_problems_of_a_language_that_is_not_built_again_still_fail_a_strict_build(project: Path) -> None:
    edit("docs/es/index.md", "Texto", "[roto](nada.md)")(project)
    assert build(project).returncode == 0
    for _ in range(2):
        again = build(project, "--strict")
        assert again.returncode == 1
        assert 'broken-link: there is no file "docs/es/nada.md"' in again.stderr
        assert unchanged(again) == ALL


def test_one_language_alone_takes_what_a_build_of_all_has_left(project: Path) -> None:
    edit("docs/ja/index.md", "文章", "別の文章")(project)
    alone = build(project, IMAGEDOCS_LOCALE="es")
    assert unchanged(alone) == {"es"}
    assert unchanged(build(project, IMAGEDOCS_LOCALE="ja")) == set()
    assert unchanged(build(project)) == ALL


def test_clean_builds_everything(project: Path) -> None:
    assert unchanged(build(project, "--clean")) == set()


def test_what_a_strange_hook_looks_at_is_not_known(project_with_hooks: Path) -> None:
    add("hooks/tell_time.py", "import time\n\n\ndef on_page_markdown(markdown, **_):\n    return markdown\n")(
        project_with_hooks
    )
    edit("mkdocs.yml", "hooks:\n", "hooks:\n  - hooks/tell_time.py\n")(project_with_hooks)
    for _ in range(2):
        again = build(project_with_hooks)
        assert "it is not known what hooks/tell_time.py depends on" in again.stderr
        assert unchanged(again) == set()


def test_a_build_in_which_nothing_has_changed_loads_no_parser_and_no_server(project: Path) -> None:
    home = {"XDG_CACHE_HOME": str(project / "home")}  # whose key both builds need
    assert build(project, **home).returncode == 0
    code = (
        "import sys; from mkdocs.__main__ import cli; cli(['build', '-q'], standalone_mode=False);"
        "print(*{'markdown_it', 'pygments.formatters.html', 'mkdocs.livereload'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env={**os.environ, **EPOCH, **home},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""


def test_of_a_language_only_the_edited_page_is_parsed_and_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed, written = list[str](), list[str]()
    render = jinja2.Template.render

    def count_parse(source: Source, *values: Any, **named: Any) -> Any:
        parsed.append(source.path)
        return parse(source, *values, **named)

    def count_render(template: jinja2.Template, context: Any) -> str:
        if template.name == "main.html" and context["page"]:
            written.append(context["page"].file.src_uri)
        return render(template, context)

    monkeypatch.setattr("imagedocs.markdown.page.parse", count_parse)
    monkeypatch.setattr(jinja2.Template, "render", count_render)
    monkeypatch.setenv("IMAGEDOCS_LOCALE", "es")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH["SOURCE_DATE_EPOCH"])
    counts = list[int]()
    add_pages = edit("mkdocs.yml", "  imagedocs:\n", "  imagedocs:\n    images: {prefix: images}\n")
    for change in (add_pages, edit("docs/es/index.md", "Texto", "Otro texto")):
        change(project)
        parsed.clear()
        written.clear()
        mkdocs_build(load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site")))
        counts.append(len(written))
    assert counts[0] > 20, "each image has a page"
    assert set(parsed) - {"docs/es/translations.md"} == {"docs/es/index.md"}
    assert written == ["index.md"]


@pytest.mark.parametrize("form", ["project", pytest.param("project_with_hooks", marks=full)])
def test_no_worker_compiles_what_is_compiled(
    request: pytest.FixtureRequest, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project: Path = request.getfixturevalue(form)
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "home"))  # where compiled templates are
    monkeypatch.setattr(
        "imagedocs.material.templates._codes", {}
    )  # those that other tests have compiled here
    log = project / "compiled.txt"
    compile_one = jinja2.Environment.compile

    def count(env: jinja2.Environment, source: Any, name: str | None = None, *values: Any) -> Any:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()} {name}\n")
        return compile_one(env, source, name, *values)

    monkeypatch.setattr(jinja2.Environment, "compile", count)
    mkdocs_build(load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site")))
    compiled = [line.split() for line in log.read_text("utf-8").splitlines()]
    here = [name for pid, name in compiled if int(pid) == os.getpid()]
    elsewhere = [name for pid, name in compiled if int(pid) != os.getpid()]
    assert {"main.html", "base.html", "404.html", "partials/header.html"} <= set(here)
    # A template of the project's has no name.
    assert [name for name in elsewhere if name != "None"] == []


def test_without_processes_each_language_is_kept_with_its_own_record(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imagedocs.forks.can_fork", lambda: False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH["SOURCE_DATE_EPOCH"])

    def build_in_turn() -> None:
        mkdocs_build(load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site")))

    change_all = edit("mkdocs.yml", "site_name: ", "site_name: The ")
    for change, page, text in (
        (change_all, "index.html", "The "),
        (
            edit("docs/en/guide/second.md", "# Second", "# Second, edited"),
            "guide/second/index.html",
            "edited",
        ),
        (edit("docs/ja/index.md", "文章", "別の文章"), "ja/index.html", "別の文章"),
    ):
        change(project)
        build_in_turn()
        assert text in (project / "site" / page).read_text("utf-8")


@pytest.mark.parametrize("gone", ["de", "."])
def test_a_site_that_was_changed_while_it_was_built_is_put_back(tmp_path: Path, gone: str) -> None:
    locales = {locale.tag: locale for locale in load_locales(ROOT)[0]}
    final = tmp_path / "site"
    for place in (".git/HEAD", "index.html", "es/index.html", "de/index.html"):
        add(place, "last")(final)
    staging = Staging(final, {"es", "de"})
    add("index.html", "new")(staging.site)
    staging.publish_again(locales["es"])
    staging.publish_again(locales["de"])
    shutil.rmtree(final / gone)
    left = contents_of(final)
    with pytest.raises(CannotRun, match=r"site was changed while it was built: .*; build it again"):
        staging.publish()
    assert contents_of(final) == left
    assert [path.name for path in tmp_path.iterdir()] == (["site"] if left else [])


def contents_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ("{{ nothing.at.all }}", "'nothing' is undefined"),
        ("{% if %}", "Expected an expression, got 'end of statement block'"),
    ],
)
def test_a_template_of_the_theme_that_fails_is_named(
    project_with_hooks: Path, mistake: str, message: str
) -> None:
    file = "includes/theme/main.html"
    edit(file, "{% block extrahead %}", f"{{% block extrahead %}}{mistake}")(project_with_hooks)
    built = build(project_with_hooks)
    line = (project_with_hooks / file).read_text("utf-8").partition(mistake)[0].count("\n") + 1
    assert built.returncode == 1
    assert f"{file}:{line}: error: template-error: {message}" in built.stderr
    assert "Traceback" not in built.stderr
