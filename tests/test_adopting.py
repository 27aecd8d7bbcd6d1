"""The page "Use it for your own images", followed to the letter: with the wheel, in an environment of its own, and
with a real registry in the place of its `registry.example.com`."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, run_imagedocs
from docker_registry import DockerRegistry, running
from imagedocs.locales.po_reader import read_po

pytestmark = pytest.mark.posix

PAGE = ROOT / "docs/en/adopt.md"
HOST = "registry.example.com"


@dataclass(frozen=True)
class Block:
    """A block of code on the page."""

    language: str
    title: str
    text: str


def blocks() -> list[Block]:
    """Those at the margin: indented ones belong to lists of things that one may also do."""
    pattern = r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$'
    found = re.findall(pattern, PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [Block(*parts) for parts in found]


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerRegistry]:
    with running(tmp_path_factory.mktemp("registry")) as started:
        for repository, tag in (("team/web", "1.4"), ("team/worker", "2.0")):
            started.push_image(repository, tag)
        yield started


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


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


def run(folder: Path, command: list[str], path: Path | None = None) -> str:
    """What the command prints; its success is part of the claim."""
    result = subprocess.run(
        command,
        cwd=folder,
        env={
            "PATH": f"{path}/bin:{os.environ['PATH']}" if path else os.environ["PATH"],
            "PYTHONUTF8": "1",
            "NO_MKDOCS_2_WARNING": "1",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout


def fill_in(path: Path, given: str) -> None:
    """Write the translations of `given` into the .po file, as its editor would."""
    text = path.read_text("utf-8")
    entries = read_po(given.encode(), path.name).entries
    assert entries
    for entry in entries:
        context = f'msgctxt "{entry.context.text}"\n' if entry.context else ""
        key = f'{context}msgid "{entry.msgid.text}"\n'
        assert text.count(f'\n{key}msgstr ""\n') == 1, f"{path.name} does not ask for {key}"
        text = text.replace(f'\n{key}msgstr ""\n', f'\n{key}msgstr "{entry.strings[0].text}"\n')
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def project(environment: Path, registry: DockerRegistry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that the page leads to."""
    folder = tmp_path_factory.mktemp("home")
    install, *rest = blocks()
    assert "pip install './imagedocs[live]'" in install.text
    for block in rest:
        text = block.text.replace(HOST, registry.host)
        if block.language == "bash":
            # The registry of the tests speaks no TLS; that of a reader does.
            text = text.replace("imagedocs snapshot", f"imagedocs snapshot --plain-http {registry.host}")
            printed = run(folder, ["bash", "-euc", f"{text}\npwd"], environment)
            folder = Path(printed.rstrip().rpartition("\n")[2])
        elif block.language == "po":
            fill_in(folder / block.title, text)
        else:
            assert block.title, f"what is this {block.language} for?"
            (folder / block.title).write_text(text, "utf-8")
    return folder


def test_the_page_leads_to_a_site_with_ones_own_list(project: Path, registry: DockerRegistry) -> None:
    italian = (project / "site/index.html").read_text("utf-8")
    dutch = (project / "site/nl/index.html").read_text("utf-8")
    for html, heads in ((italian, "Immagine Immagine di base Porte"), (dutch, "Image Basisimage Poorten")):
        assert " ".join(re.findall(r"<th>(.*?)</th>", html)) == heads
    assert re.findall(r"<td>(.*?)</td>", italian) == [
        f"<code>{registry.host}/team/web:1.4</code>",
        "Debian 12",
        "80<br>443",
        f"<code>{registry.host}/team/worker:2.0</code>",
        "Alpine 3.20",
        "None",
    ]
    assert '<html lang="it"' in italian
    assert '<html lang="nl"' in dutch
    assert re.search(r"<h1[^>]*>(<a [^>]*></a>)?Images van het team<", dutch)
    assert "ascolta su due porte" in (project / "site/nl/porte/index.html").read_text("utf-8"), "a fallback"


def test_the_theme_and_the_search_are_there(project: Path) -> None:
    site = project / "site"
    html = (site / "index.html").read_text("utf-8")
    for name in ("assets/stylesheets/learn.css", "assets/javascripts/imagedocs.js"):
        assert name in html
        assert (site / name).read_bytes() == (ROOT / "includes/theme" / name).read_bytes()
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


def test_the_wheel_brings_all_that_a_project_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # it makes texts only
    hooks = [hook.removeprefix("hooks/") for hook in config["hooks"]]
    assert {name.removeprefix("imagedocs/hooks/") for name in names if "/hooks/" in name} == set(hooks)
    from imagedocs_plugin import HOOKS

    assert [f"{name}.py" for name in HOOKS] == hooks
    for folder, target in (("includes/theme", "theme"), ("hooks/imagedocs", "")):
        files = (
            path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        )
        assert {
            f"imagedocs/{target}/{path.relative_to(ROOT / folder)}".replace("//", "/") for path in files
        } <= names
    for path in (ROOT / "locales").glob("*/LC_MESSAGES/messages.po"):
        assert f"imagedocs/translations/{path.relative_to(ROOT / 'locales')}" in names
    assert not any("docs/" in name.removeprefix("imagedocs/") and name.endswith(".md") for name in names)


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


@pytest.mark.parametrize("tag", ["no", "zh-Hant", "sr-Latn", "pt-PT", "ar", "ja", "gsw", "en-GB"])
def test_init_knows_every_kind_of_language(tmp_path: Path, tag: str) -> None:
    assert initialize(tmp_path, "--locale", "de", "--locale", tag).returncode == 0
    lines = run_imagedocs(tmp_path, "check").stdout.splitlines()
    assert [line for line in lines if "locales.yaml" in line] == []
