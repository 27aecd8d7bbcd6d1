"""`mkdocs build` and `mkdocs serve` of the project's own tree: whole, in one step, the same every time."""

import filecmp
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.locales import load_locales

PAGE = "tag-policy"


def published(root: Path) -> list[str]:
    return [locale.url for locale in load_locales(root)[0].published]


def test_every_published_locale_has_a_whole_site(site: Path) -> None:
    for url in published(site.parent):
        for file in (
            "index.html",
            "404.html",
            "sitemap.xml",
            "search/search_index.json",
            f"{PAGE}/index.html",
        ):
            assert (site / url / file).is_file(), f"{url}/{file}"


def test_nothing_is_left_beside_the_site(site: Path) -> None:
    assert not [name for name in os.listdir(site.parent) if name.startswith(".site")]


def test_two_builds_are_the_same_byte_for_byte(project_copy: Path) -> None:
    for name in ("one", "two"):
        built = run_mkdocs(project_copy, "build", "-d", name, SOURCE_DATE_EPOCH="1700000000")
        assert built.returncode == 0, built.stderr
    assert differing(filecmp.dircmp(project_copy / "one", project_copy / "two")) == []


def differing(comparison: "filecmp.dircmp[str]") -> list[str]:
    own = [*comparison.left_only, *comparison.right_only, *comparison.diff_files, *comparison.funny_files]
    return own + [name for below in comparison.subdirs.values() for name in differing(below)]


def test_a_strict_build_that_fails_leaves_the_last_site(project_copy: Path) -> None:
    marker = project_copy / "site" / "marker"
    marker.parent.mkdir()
    marker.write_text("the last good site")
    page = project_copy / "docs" / "es" / f"{PAGE}.md"
    page.write_text(page.read_text("utf-8") + "\n[roto](no-existe.md)\n", "utf-8")
    line = page.read_text("utf-8").count("\n")

    built = run_mkdocs(project_copy, "build", "--strict")

    assert built.returncode == 1
    assert (
        f'docs/es/{PAGE}.md:{line}:8: error: broken-link: there is no file "docs/es/no-existe.md"'
        in built.stderr
    )
    assert "Traceback" not in built.stderr
    assert marker.read_text() == "the last good site"
    assert os.listdir(project_copy / "site") == ["marker"]


def test_quiet_does_not_hide_what_strict_fails_for(project_copy: Path) -> None:
    page = project_copy / "docs" / "en" / "rules" / "index.md"  # has no translation that would be outdated
    page.write_text(page.read_text("utf-8") + "\n[broken](nope.md)\n", "utf-8")
    built = run_mkdocs(project_copy, "-q", "build", "--strict")
    assert built.returncode == 1
    assert "1 problems in strict mode; leave out -q to see them" in built.stderr
    assert not (project_copy / "site").exists()


def test_without_strict_the_same_problem_is_a_warning(project_copy: Path) -> None:
    page = project_copy / "docs" / "es" / f"{PAGE}.md"
    page.write_text(page.read_text("utf-8") + "\n[roto](no-existe.md)\n", "utf-8")
    built = run_mkdocs(project_copy, "build")
    assert built.returncode == 0
    assert "WARNING" in built.stderr
    assert "broken-link" in built.stderr
    assert (project_copy / "site" / "es" / PAGE / "index.html").is_file()


def test_what_begins_with_a_dot_stays_in_the_site(project_copy: Path) -> None:
    kept = project_copy / "site" / ".git" / "HEAD"
    kept.parent.mkdir(parents=True)
    kept.write_text("ref: refs/heads/pages")
    (project_copy / "site" / "old.html").write_text("old")
    assert run_mkdocs(project_copy, "build").returncode == 0
    assert kept.is_file()
    assert not (project_copy / "site" / "old.html").exists()


def test_one_locale_alone_has_the_same_addresses_and_leaves_the_others(project_copy: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": "1700000000"}
    assert run_mkdocs(project_copy, "build", "-d", "all", **environment).returncode == 0
    for tag in ("es", "en"):
        built = run_mkdocs(project_copy, "build", "-d", "alone", **environment, IMAGEDOCS_LOCALE=tag)
        assert built.returncode == 0, built.stderr
    assert differing(filecmp.dircmp(project_copy / "all" / "es", project_copy / "alone" / "es")) == []
    alone = (project_copy / "alone" / PAGE / "index.html").read_bytes()
    assert alone == (project_copy / "all" / PAGE / "index.html").read_bytes()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"IMAGEDOCS_LOCALE": "xx"}, 'there is no locale "xx" in locales/locales.yaml'),
        ({"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH is not a number of seconds since 1970"),
    ],
    ids=["a locale that is not", "an epoch that is no number"],
)
def test_what_cannot_be_built_is_one_sentence(
    project_copy: Path, environment: dict[str, str], sentence: str
) -> None:
    built = run_mkdocs(project_copy, "build", **environment)
    assert built.returncode == 1
    assert sentence in built.stderr
    assert "Traceback" not in built.stderr


def test_properdocs_builds_the_same_site(project_copy: Path, site: Path) -> None:
    page = project_copy / "docs" / "es" / f"{PAGE}.md"
    built = run_mkdocs(project_copy, "build", "--strict", "-f", "mkdocs.yml", program="properdocs")
    assert built.returncode == 0, built.stderr
    for file in (f"{PAGE}/index.html", f"es/{PAGE}/index.html", "ja/index.html"):
        ours, theirs = ((root / file).read_text("utf-8") for root in (site, project_copy / "site"))
        generator = r'<meta name="generator" content="[^"]*">'
        assert re.sub(generator, "", ours) == re.sub(generator, "", theirs)
    page.write_text(page.read_text("utf-8") + "\n[roto](no-existe.md)\n", "utf-8")
    broken = run_mkdocs(project_copy, "build", "--strict", "-f", "mkdocs.yml", program="properdocs")
    assert broken.returncode == 1
    assert "broken-link" in broken.stderr


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(address: str, text: str, seconds: float = 150) -> None:
    """Until the page at `address` holds `text`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if text in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.2)  # asking again, not waiting in hope: the loop ends as soon as the text is there
    pytest.fail(f"{address} does not show {text!r} after {seconds} s")


def test_the_preview_follows_edits_of_docs_catalog_includes_and_locales(project_copy: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    server = subprocess.Popen(
        command, cwd=project_copy, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        concept = f"http://127.0.0.1:{port}/es/concept-prebuilt-docker-images-inference/"
        wait_for(concept, "minimal-py312-inference")
        edit(project_copy / "docs/es/concept-prebuilt-docker-images-inference.md", r"\Z", "\nUNA-EDICION\n")
        wait_for(concept, "UNA-EDICION")
        edit(project_copy / "catalog/images.yaml", r"name: Ubuntu", "name: Ubuntu-EDITED")
        wait_for(concept, "Ubuntu-EDITED")
        edit(
            project_copy / "includes/aml-inference-list-prebuilt-docker-images.md.j2",
            r"\Z",
            "\nTEMPLATE-EDITED\n",
        )
        wait_for(concept, "TEMPLATE-EDITED")
        edit(
            project_copy / "locales/es/LC_MESSAGES/messages.po",
            r'(?<=msgid "Native libraries"\nmsgstr ").*(?=")',
            "BIBLIO-EDITED",
        )
        wait_for(concept, "BIBLIO-EDITED")
    finally:
        server.terminate()
        server.wait(20)


def edit(file: Path, pattern: str, replacement: str) -> None:
    changed, count = re.subn(pattern, replacement, file.read_text("utf-8"), count=1)
    assert count == 1, pattern
    file.write_text(changed, "utf-8")
