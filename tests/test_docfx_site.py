"""A built site with redirects and metadata; a site without them has no trace of either."""

import json
import re
from pathlib import Path

import pytest

from conftest import run_mkdocs
from small_project import CONFIG, small_project

FILES = {
    "docs/en/.openpublishing.redirection.json": json.dumps(
        {
            "redirections": [
                {"source_path": "old.md", "redirect_url": "sub/new.md"},
                {"source_path": "older.md", "redirect_url": "old.md"},
                {"source_path": "part.md", "redirect_url": "/sub/new#part"},
                {"source_path": "gone.md", "redirect_url": "/azure/gone?a=1&b=2"},
                {"source_path": "sub.md", "redirect_url": "sub/index.md"},
            ]
        }
    ),
    ".openpublishing.redirection.json": json.dumps(
        {"redirections": [{"source_path": "docs/es/viejo.md", "redirect_url": "index.md"}]}
    ),
    "docs/en/docfx.json": json.dumps(
        {"build": {"globalMetadata": {"author": "team"}, "fileMetadata": {"description": {"sub/**": "<Below>"}}}}
    ),
    "docs/en/sub/new.md": "---\nms.date: 03/16/2026\n---\n# New\n\n## Part\n\nText.\n",
    "docs/en/sub/index.md": "# Sub\n\n[a](../old.md#part) [b](../part.md) [c](../gone.md) [d](../sub.md)\n\n[a](~/old.md#part)\n",
    "docs/es/index.md": "---\ndescription: Inicio\nauthor: yo\n---\n# Inicio\n\n[a](old.md) [b](viejo.md) [c](~/old.md)\n",
}  # fmt: skip


def built(folder: Path, files: dict[str, str], *, with_hooks: bool = False) -> Path:
    project = small_project(folder, files, with_hooks=with_hooks)
    result = run_mkdocs(project, "build", SOURCE_DATE_EPOCH="1774000000")
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("docfx"), FILES)


def text(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8")


def test_a_page_that_leads_on_needs_no_javascript(site: Path) -> None:
    assert text(site, "old") == (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>This page has moved:</title>\n'
        '<link rel="canonical" href="https://imagedocs.example/sub/new/">\n<meta name="robots" content="noindex">\n'
        '<meta http-equiv="refresh" content="0; url=../sub/new/">\n</head>\n<body>\n<p>This page has moved: '
        '<a href="../sub/new/">https://imagedocs.example/sub/new/</a></p>\n'
        "<script>location.replace(document.links[0].href+location.hash)</script>\n</body>\n</html>\n"
    )


@pytest.mark.parametrize(
    ("page", "language", "expected"),
    [
        ("older", "en", "../sub/new/"),
        ("part", "en", "../sub/new/#part"),
        ("gone", "en", "https://learn.microsoft.com/en-us/azure/gone?a=1&amp;b=2"),
        ("es/old", "es", "../sub/new/"),
        ("es/viejo", "es", "../"),
        ("es/gone", "es", "https://learn.microsoft.com/es-es/azure/gone?a=1&amp;b=2"),
    ],
    ids=[
        "a page that moved twice",
        "a place in a page",
        "a page of another site",
        "in a language that falls back",
        "of one language only",
        "a page of another site in the reader's language",
    ],
)
def test_where_readers_are_led(site: Path, page: str, language: str, expected: str) -> None:
    html = text(site, page)
    assert f'<html lang="{language}">' in html
    assert f'content="0; url={expected}"' in html
    assert f'<a href="{expected}">' in html


def test_what_is_led_on_from_is_no_page(site: Path) -> None:
    assert not (site / "viejo").exists()
    for file in ("sitemap.xml", "search/search_index.json", "es/sitemap.xml"):
        content = (site / file).read_text("utf-8")
        assert "old" not in content
        assert "viejo" not in content
    assert not list(site.rglob("*.openpublishing*"))
    assert not list(site.rglob("docfx.json"))


def test_a_page_has_precedence_at_its_own_address(site: Path) -> None:
    assert "<h1" in text(site, "sub")


def links(html: str) -> list[str]:
    """Of the paragraph that has them, by their one-letter texts."""
    return re.findall(r'<a href="([^"]*)">[a-d]</a>', html)


def test_links_to_former_pages_lead_there_at_once(site: Path) -> None:
    assert links(text(site, "sub")) == ["new/#part", "../part/", "../gone/", "./", "new/#part"]
    assert links(text(site, "es")) == ["sub/new/", "./", "sub/new/"]


def test_without_directory_addresses_too(tmp_path: Path) -> None:
    site = built(tmp_path, {**FILES, "mkdocs.yml": CONFIG + "use_directory_urls: false\n"})
    assert 'content="0; url=sub/new.html"' in (site / "old.html").read_text("utf-8")
    assert 'content="0; url=index.html"' in (site / "es/viejo.html").read_text("utf-8")
    assert links((site / "sub/index.html").read_text("utf-8"))[0] == "new.html#part"


def head(html: str, name: str) -> list[str]:
    return re.findall(rf'<meta name="{name}" content="([^"]*)">', html)


def test_metadata_is_in_the_head(site: Path) -> None:
    new, home, spanish = text(site, "sub/new"), text(site, "."), text(site, "es")
    assert (head(new, "author"), head(new, "description")) == (["team"], ["&lt;Below&gt;"])
    assert "March 16, 2026" in new
    assert head(home, "author") == ["team"]
    assert "Below" not in home
    assert (head(spanish, "author"), head(spanish, "description")) == (["yo"], ["Inicio"])
    assert "16 de marzo de 2026" in text(site, "es/sub/new")
