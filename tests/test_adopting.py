"""The page "Use it for your own images", followed to the letter: with the wheel, in an environment of its own, and
with a real registry in the place of its `registry.example.com`."""

import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from adopting import build, follow_page, run, running_with_images
from conftest import ROOT, run_imagedocs
from docker_registry import DockerRegistry
from imagedocs.parts import HOOKS

pytestmark = pytest.mark.posix


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerRegistry]:
    with running_with_images(tmp_path_factory.mktemp("registry")) as started:
        yield started


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the block "Install" makes, without network: this wheel, and the other packages of the tests."""
    folder = tmp_path_factory.mktemp("environment") / ".venv"
    run(folder.parent, [sys.executable, "-m", "venv", "--without-pip", str(folder)])
    (packages,) = folder.glob("lib/python3*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))
    pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    run(folder.parent, [*pip, "--ignore-installed", "--disable-pip-version-check", str(wheel)])
    # The other packages have programs, which are not on the path of this environment.
    (folder / "bin/mkdocs").write_text(f'#!/bin/sh\nexec {folder}/bin/python -m mkdocs "$@"\n')
    (folder / "bin/mkdocs").chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def project(environment: Path, registry: DockerRegistry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that the page leads to."""
    return follow_page(tmp_path_factory.mktemp("home"), environment, registry)


def test_the_page_leads_to_a_site_with_ones_own_list(project: Path, registry: DockerRegistry) -> None:
    italian = (project / "site/index.html").read_text("utf-8")
    dutch = (project / "site/nl/index.html").read_text("utf-8")
    for html, questions in ((italian, ["Immagine di base", "Porte"]), (dutch, ["Basisimage", "Poorten"])):
        assert re.findall(r"<legend>(.*?)</legend>", html) == questions
    blocks = [re.sub(r"<[^>]*>", "", block) for block in italian.split('<article class="imagedocs-image')[1:]]
    for block, facts, command in zip(
        blocks,
        ("Immagine di base: Debian 12 · Porte: 80, 443", "Immagine di base: Alpine 3.20 · Porte: None"),
        (f"docker pull {registry.host}/team/web:1.4", f"docker pull {registry.host}/team/worker:2.0"),
        strict=True,
    ):
        assert facts in block
        assert command in block
    assert '<html lang="it"' in italian
    assert '<html lang="nl"' in dutch
    assert re.search(r"<h1[^>]*>(<a [^>]*></a>)?Images van het team<", dutch)
    assert "ascolta su due porte" in (project / "site/nl/porte/index.html").read_text("utf-8"), "a fallback"


def test_each_image_has_a_page(project: Path, registry: DockerRegistry) -> None:
    for locale, name in (("", "Immagine di base"), ("nl/", "Basisimage")):
        html = (project / f"site/{locale}images/web/index.html").read_text("utf-8")
        text = re.sub(r"<[^>]*>", "", html)
        assert f"{name}: Debian 12" in text
        assert f"docker pull {registry.host}/team/web:1.4" in text
        assert re.search(r"docker pull \S+/team/web@sha256:[0-9a-f]{64}", text), "the registry was asked"
        assert "images/worker/" in (project / f"site/{locale}search/search_index.json").read_text("utf-8")


def test_the_theme_and_the_search_are_there(project: Path) -> None:
    site = project / "site"
    html = (site / "index.html").read_text("utf-8")
    for folder, ending in (("stylesheets", ".css"), ("javascripts", ".js")):
        (file,) = (site / "assets" / folder).glob(f"extra.*{ending}")
        assert f"assets/{folder}/{file.name}" in html
        for name in ("learn", "imagedocs"):
            ours = ROOT / "includes/theme/assets" / folder / f"{name}{ending}"
            assert ours.read_text("utf-8").strip() in file.read_text("utf-8")
    assert 'hreflang="nl"' in html, "our language switcher"
    assert "imagedocs-notice" in (site / "nl/porte/index.html").read_text("utf-8"), "our notice"
    assert (site / "nl/search/search_index.json").is_file()
    assert (site / "schemas/images.schema.json").is_file()


def test_what_is_wrong_is_found_there_too(project: Path, environment: Path, registry: DockerRegistry) -> None:
    page = project / "docs/it/porte.md"
    whole = page.read_text("utf-8")
    page.write_text(whole.replace("web:1.4", "web:1.5").replace("index.md", "indice.md"), "utf-8")
    try:
        command = [str(environment / "bin/imagedocs"), "check"]
        result = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    finally:
        page.write_text(whole, "utf-8")
    assert result.returncode == 1
    assert (
        f'image-tag-unknown: {registry.host}/team/web has no tag "1.5" on record; did you mean "1.4"?'
        in result.stdout
    )
    assert 'broken-link: there is no file "docs/it/indice.md"; did you mean "index.md"?' in result.stdout


def test_the_wheel_has_what_a_project_needs_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = {
        f"{target}{path.relative_to(ROOT / folder).as_posix()}"
        for folder, pattern, target in (
            ("hooks/imagedocs", "**/*", "imagedocs/"),
            ("hooks", "*.py", "imagedocs/hooks/"),
            ("includes/theme", "**/*", "imagedocs/theme/"),
            ("includes", "image*.md.j2", "imagedocs/templates/"),
            ("includes", "changes.md.j2", "imagedocs/templates/"),
            ("includes", "list-of-day.md.j2", "imagedocs/templates/"),
            ("locales", "*/LC_MESSAGES/messages.po", "imagedocs/translations/"),
        )
        for path in (ROOT / folder).glob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected.add("imagedocs/templates/images.md.j2")  # from the template of our own list
    assert names == expected
    assert "imagedocs/py.typed" in names


def test_the_plugin_brings_the_hooks_that_the_site_has() -> None:
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # it makes texts only
    assert [f"hooks/{name}.py" for name in HOOKS] == config["hooks"]


def test_the_source_distribution_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(build(ROOT, "sdist", tmp_path)) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = (path for path in tmp_path.iterdir() if path.is_dir())
    again = build(source, "wheel", tmp_path)

    def content(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert content(again) == content(wheel)


def initialize(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_imagedocs(folder, "init", "--registry", "registry.example.com", *options)


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "includes").mkdir()
    (tmp_path / "includes/images.md.j2").write_text("mine")
    result = initialize(tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "imagedocs: includes/images.md.j2 is there already, and is left as it is; nothing was written\n"
    )
    assert [path.name for path in tmp_path.rglob("*")] == ["includes", "images.md.j2"]
    assert (tmp_path / "includes/images.md.j2").read_text() == "mine"


def test_init_speaks_the_languages_that_it_knows(tmp_path: Path) -> None:
    """Of the sentences, those of every column and of the theme are translated already."""
    columns = ("framework", "accelerator", "os", "python", "packages", "libraries", "environment")
    options = [option for name in columns for option in ("--column", name)]
    result = initialize(
        tmp_path, "new site", "--locale", "fr", "--locale", "pt-BR", "--locale", "zh-Hans", *options
    )
    assert result.returncode == 0, result.stderr
    project = tmp_path / "new site"
    written = {
        line.removeprefix("wrote ") for line in result.stdout.splitlines() if line.startswith("wrote ")
    }
    assert written == {
        path.relative_to(project).as_posix()
        for path in project.rglob("*")
        if path.is_file() and path.name != ".gitkeep"
    }
    assert "imagedocs snapshot" in result.stdout
    problems = run_imagedocs(project, "check").stdout.splitlines()
    assert [line.partition(": ")[2] for line in problems if "catalog/" in line] == [
        "error: missing-field: there is no image in the catalog"
    ]
    # "Image" is a head that our own list has not, and the name of the site is this project's.
    missing = {
        tuple(re.findall(r'message-untranslated: "(.*?)"', line)) for line in problems if "locales/" in line
    }
    assert missing == {("Image",), ("Container images",)}
    french = (project / "locales/fr/LC_MESSAGES/messages.po").read_text("utf-8")
    assert 'msgid "Note"\nmsgstr "Remarque"' in french


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--locale", "xx-XX"), "'xx-XX' is no language tag such as it, pt-BR or zh-Hans"),
        (("--locale", "it", "--locale", "it"), "the language it is given twice"),
        (("--column", "Base"), "'Base' is no name for a column; write one of framework, accelerator"),
        (("--column", "tag"), "every image has 'tag', or may have it; it is no column"),
        (("--registry", "https://ghcr.io/"), "'https://ghcr.io/' is no host of a registry; write it alone, like ghcr.io"),
        (("--site-url", "ftp://x"), "'ftp://x' is no address; write https://host/path/"),
        (("--name", "two\nlines"), "the name of the site is a text on one line"),
    ],
)  # fmt: skip
def test_init_says_what_cannot_be(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    result = initialize(tmp_path, *options)
    assert result.returncode == 2
    assert result.stderr.startswith(f"imagedocs: {message}")
    assert list(tmp_path.iterdir()) == []


def test_init_knows_every_kind_of_language(tmp_path: Path) -> None:
    tags = ("de", "no", "zh-Hant", "sr-Latn", "pt-PT", "ar", "ja", "gsw", "en-GB")
    options = [option for tag in tags for option in ("--locale", tag)]
    assert initialize(tmp_path, *options).returncode == 0
    lines = run_imagedocs(tmp_path, "check").stdout.splitlines()
    assert [line for line in lines if "locales.yaml" in line] == []
