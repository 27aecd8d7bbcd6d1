"""`mkdocs serve` shows a save at once, and in the end serves what a build from nothing makes."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from bench_preview import Preview
from conftest import run_mkdocs
from small_project import small_project

pytestmark = pytest.mark.posix

LIST = "[!INCLUDE [list](../../includes/aml-inference-list-prebuilt-docker-images.md)]"
FILES = {
    "docs/en/index.md": f"# Home\n\nText.\n\n{LIST}\n",
    "docs/en/a.md": "# A\n\n[!INCLUDE [x](../../includes/x.md)]\n",
    "docs/en/b.md": "# B\n\nText of b.\n",
    "docs/es/index.md": "# Inicio\n\nTexto.\n",
    "includes/x.md": "What is included.\n",
}
PATIENCE = 120
"""Seconds; far more than a save takes, for machines that do much else."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "home"))
        server = Preview("ours", small_project(folder / "project", FILES))
        with server.running():
            yield server


def shows(preview: Preview, address: str, text: str) -> bool:
    """Wait until the page at an address shows a text."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if text in preview.get(address):
            return True
        time.sleep(0.05)  # between two requests
    return False


def save(preview: Preview, path: str, change: Callable[[str], str]) -> None:
    file = preview.folder / path
    file.write_text(change(file.read_text("utf-8")), "utf-8")


def log(preview: Preview) -> str:
    return (preview.folder.parent / f"{preview.folder.name}.log").read_text("utf-8")


def test_a_page_is_made_alone_in_each_language_that_shows_it(preview: Preview) -> None:
    save(
        preview, "docs/en/b.md", lambda text: f"{text}\nFirst probe.\n"
    )  # builds what is in no process's memory yet
    assert shows(preview, "b/", "First probe.")
    preview.settle()
    before = len(log(preview))
    save(preview, "docs/en/b.md", lambda text: f"{text}\nSecond probe.\n")
    assert shows(preview, "b/", "Second probe.")
    assert shows(preview, "es/b/", "Second probe.")
    assert "Made 2 pages in " in log(preview)[before:]


def test_an_include_reaches_the_pages_that_take_it_in(preview: Preview) -> None:
    save(preview, "includes/x.md", lambda _: "What is included now.\n")
    assert shows(preview, "a/", "What is included now.")
    assert shows(preview, "es/a/", "What is included now.")


@pytest.mark.parametrize(
    ("path", "change", "address", "text"),
    [
        pytest.param(
            "catalog/images.yaml",
            lambda text: re.sub(r"(\n  ubuntu: \{name: )[^}]*(\})", r"\1Probuntu\2", text, count=1),
            "",
            "Probuntu",
            id="the catalog",
        ),
        pytest.param(
            "includes/aml-inference-list-prebuilt-docker-images.md.j2",
            lambda text: f"{text}\nProbe of the template.\n",
            "",
            "Probe of the template.",
            id="a template",
        ),
        pytest.param("docs/en/b.md", lambda text: text.replace("# B", "# Bee"), "a/", "Bee", id="a title"),
        pytest.param(
            "mkdocs.yml",
            lambda text: text.replace("site_name: ", "site_name: Probed "),
            "",
            "Probed ",
            id="the configuration",
        ),
    ],
)
def test_other_saves_are_shown_too(
    preview: Preview, path: str, change: Callable[[str], str], address: str, text: str
) -> None:
    assert text not in preview.get(address)
    save(preview, path, change)
    assert shows(preview, address, text)


def test_folders_that_were_away_are_watched_again(preview: Preview) -> None:
    docs, away = preview.folder / "docs", preview.folder / "docs-away"
    preview.settle()
    docs.rename(away)
    time.sleep(1)  # longer than the server waits for the end of a save, so that it builds without the folder
    away.rename(docs)
    save(preview, "docs/en/a.md", lambda text: f"{text}\nProbe after the move.\n")
    assert shows(preview, "a/", "Probe after the move.")


def test_what_is_served_in_the_end_is_what_a_build_from_nothing_makes(
    preview: Preview, tmp_path: Path
) -> None:
    save(preview, "docs/en/a.md", lambda text: f"{text}\nLast probe.\n")
    assert shows(preview, "es/a/", "Last probe.")
    preview.settle()
    fresh = run_mkdocs(preview.folder, "build", "-d", str(tmp_path / "site"), IMAGEDOCS_CACHE="off")
    assert fresh.returncode == 0, fresh.stderr
    for page in sorted((tmp_path / "site").rglob("*.html")):
        address = page.relative_to(tmp_path / "site").as_posix().removesuffix("index.html")
        with urlopen(preview.root + address) as answer:
            served = answer.read().decode()
        assert _plain(served) == _plain(page.read_text("utf-8")), address


def _plain(html: str) -> str:
    """Return what of a page says the same in a preview and in a site: the text of its content."""
    content = re.search(r"<article.*?</article>", html, re.DOTALL)
    return re.sub(r"<[^>]*>", "", content[0]) if content else ""
