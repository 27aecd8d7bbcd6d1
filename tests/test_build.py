"""`mkdocs build` and `mkdocs serve`: whole, in one step, the same every time."""

import filecmp
import os
import re
import shutil
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
from sampling import full
from small_project import small_project

PAGE = "tag-policy"
LIST = "images"
INCLUDE = "[!INCLUDE [list](../../includes/aml-inference-list-prebuilt-docker-images.md)]\n"
FILES = {
    f"docs/en/{PAGE}.md": "# Tags\n\n[Images](images.md) have a `tag`.\n",
    f"docs/es/{PAGE}.md": '# <a name="tags"></a>Etiquetas\n\nLas [imágenes](images.md) tienen una.\n',
    f"docs/en/{LIST}.md": f"# Images\n\n{INCLUDE}",
    f"docs/es/{LIST}.md": f'# <a name="images"></a>Imágenes\n\n{INCLUDE}',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with two pages in two languages, to be built and broken."""
    return small_project(tmp_path, FILES)


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


def test_a_page_that_is_not_there_leads_to_all_images(site: Path) -> None:
    for url in published(site.parent):
        text = (site / url / "404.html").read_text("utf-8").partition("<h1>")[2].partition("</p>")[0]
        assert f'<a href="{(Path("/") / url / "images").as_posix()}/">' in text, url


def test_nothing_is_left_beside_the_site(site: Path) -> None:
    assert not [name for name in os.listdir(site.parent) if name.startswith(".site")]


def test_two_builds_are_the_same_byte_for_byte(project: Path) -> None:
    """Two processes in two places: with sets in another order, in another folder, zone and language, and for others to read or not."""
    other = project.with_name("in a folder, größer")
    shutil.copytree(project, other, symlinks=True)
    here = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}
    there = {
        "PYTHONHASHSEED": "2",
        "TZ": "America/Los_Angeles",
        "LC_ALL": "POSIX",
        "LANG": "de_DE.ISO-8859-1",
    }
    for folder, mask, environment in ((project, 0o022, here), (other, 0o077, there)):
        environment |= {"SOURCE_DATE_EPOCH": "1700000000", "IMAGEDOCS_CACHE": "off"}
        old = os.umask(mask)
        try:
            built = run_mkdocs(folder, "build", "-d", "same", new_process=True, **environment)
        finally:
            os.umask(old)
        assert built.returncode == 0, built.stderr
    assert (project / "same/feeds/images.atom").is_file()
    assert differing(filecmp.dircmp(project / "same", other / "same")) == []


@full
def test_two_builds_of_our_own_site_are_the_same_byte_for_byte(project_copy: Path) -> None:
    test_two_builds_are_the_same_byte_for_byte(project_copy)


def differing(comparison: "filecmp.dircmp[str]") -> list[str]:
    own = [*comparison.left_only, *comparison.right_only, *comparison.diff_files, *comparison.funny_files]
    return own + [name for below in comparison.subdirs.values() for name in differing(below)]


def test_a_strict_build_that_fails_leaves_the_last_site(project: Path) -> None:
    marker = project / "site" / "marker"
    marker.parent.mkdir()
    marker.write_text("the last good site")
    page = project / "docs" / "es" / f"{PAGE}.md"
    page.write_text(page.read_text("utf-8") + "\n[roto](no-existe.md)\n", "utf-8")
    line = page.read_text("utf-8").count("\n")

    built = run_mkdocs(project, "build", "--strict")

    assert built.returncode == 1
    assert (
        f'docs/es/{PAGE}.md:{line}:8: error: broken-link: there is no file "docs/es/no-existe.md"'
        in built.stderr
    )
    assert "Traceback" not in built.stderr
    assert marker.read_text() == "the last good site"
    assert os.listdir(project / "site") == ["marker"]


def test_quiet_does_not_hide_what_strict_fails_for(project: Path) -> None:
    page = project / "docs" / "en" / "index.md"
    page.write_text(page.read_text("utf-8") + "\n[broken](nope.md)\n", "utf-8")
    built = run_mkdocs(project, "-q", "build", "--strict")
    assert built.returncode == 1
    assert "1 problems in strict mode; leave out -q to see them" in built.stderr
    assert not (project / "site").exists()


def test_without_strict_the_same_problem_is_a_warning(project: Path) -> None:
    page = project / "docs" / "es" / f"{PAGE}.md"
    page.write_text(page.read_text("utf-8") + "\n[roto](no-existe.md)\n", "utf-8")
    built = run_mkdocs(project, "build")
    assert built.returncode == 0
    assert "WARNING" in built.stderr
    assert "broken-link" in built.stderr
    assert (project / "site" / "es" / PAGE / "index.html").is_file()


def test_what_begins_with_a_dot_stays_in_the_site(project: Path) -> None:
    kept = project / "site" / ".git" / "HEAD"
    kept.parent.mkdir(parents=True)
    kept.write_text("ref: refs/heads/pages")
    (project / "site" / "old.html").write_text("old")
    assert run_mkdocs(project, "build").returncode == 0
    assert kept.is_file()
    assert not (project / "site" / "old.html").exists()


def test_one_locale_alone_has_the_same_addresses_and_leaves_the_others(project: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": "1700000000"}
    assert run_mkdocs(project, "build", "-d", "all", **environment).returncode == 0
    for tag in ("es", "en"):
        built = run_mkdocs(project, "build", "-d", "alone", **environment, IMAGEDOCS_LOCALE=tag)
        assert built.returncode == 0, built.stderr
    assert differing(filecmp.dircmp(project / "all" / "es", project / "alone" / "es")) == []
    alone = (project / "alone" / PAGE / "index.html").read_bytes()
    assert alone == (project / "all" / PAGE / "index.html").read_bytes()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"IMAGEDOCS_LOCALE": "xx"}, 'there is no locale "xx" in locales/locales.yaml'),
        ({"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH is not a number of seconds since 1970"),
    ],
    ids=["a locale that is not", "an epoch that is no number"],
)
def test_what_cannot_be_built_is_one_sentence(
    project: Path, environment: dict[str, str], sentence: str
) -> None:
    built = run_mkdocs(project, "build", **environment)
    assert built.returncode == 1
    assert sentence in built.stderr
    assert "Traceback" not in built.stderr


def test_properdocs_builds_the_same_site(tmp_path: Path) -> None:
    project = small_project(tmp_path, FILES, with_hooks=True)
    page = project / "docs" / "es" / f"{PAGE}.md"
    assert run_mkdocs(project, "build", "-d", "ours").returncode == 0
    built = run_mkdocs(
        project, "build", "--strict", "-f", "mkdocs.yml", program="properdocs", new_process=True
    )
    assert built.returncode == 0, built.stderr
    for file in ("index.html", f"{PAGE}/index.html", f"es/{PAGE}/index.html", f"es/{LIST}/index.html"):
        ours, theirs = ((project / root / file).read_text("utf-8") for root in ("ours", "site"))
        generator = r'<meta name="generator" content="[^"]*">'
        assert re.sub(generator, "", ours) == re.sub(generator, "", theirs)
    page.write_text(page.read_text("utf-8") + "\n[roto](no-existe.md)\n", "utf-8")
    broken = run_mkdocs(
        project, "build", "--strict", "-f", "mkdocs.yml", program="properdocs", new_process=True
    )
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


def test_the_preview_follows_edits_of_docs_catalog_includes_and_locales(project: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    server = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        concept = f"http://127.0.0.1:{port}/es/{LIST}/"
        wait_for(concept, "minimal-py312-inference")
        edit(project / f"docs/es/{LIST}.md", r"\Z", "\nUNA-EDICION\n")
        wait_for(concept, "UNA-EDICION")
        edit(project / "catalog/images.yaml", r"name: Ubuntu", "name: Ubuntu-EDITED")
        wait_for(concept, "Ubuntu-EDITED")
        edit(
            project / "includes/aml-inference-list-prebuilt-docker-images.md.j2",
            r"\Z",
            "\nTEMPLATE-EDITED\n",
        )
        wait_for(concept, "TEMPLATE-EDITED")
        edit(
            project / "locales/es/LC_MESSAGES/messages.po",
            r'(?<=msgid "Made with %\(program\)s"\nmsgstr ").*(?=")',
            "HECHO-EDITED %(program)s",
        )
        wait_for(concept, "HECHO-EDITED")
    finally:
        server.terminate()
        server.wait(20)


def edit(file: Path, pattern: str, replacement: str) -> None:
    changed, count = re.subn(pattern, replacement, file.read_text("utf-8"), count=1)
    assert count == 1, pattern
    file.write_text(changed, "utf-8")
