"""The pages of images on the built site: in each language, with what other pages have, made again when they change."""

import json
import re
from pathlib import Path

import pytest

from conftest import run_imagedocs, run_mkdocs
from small_project import small_project
from test_image_pages import CATALOG, WITH_PAGES

HOME = "# Home\n\n[Web](images/web.md#tags), [all](images/index.md)\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(
        tmp_path_factory.mktemp("images"),
        {
            "mkdocs.yml": WITH_PAGES.replace(
                "site_url:", "repo_url: https://github.com/acme/docs\nsite_url:"
            ),
            "catalog/images.yaml": CATALOG,
            "docs/en/index.md": HOME,
        },
    )
    build = run_mkdocs(folder, "build", "--strict")
    assert build.returncode == 0, build.stderr
    return folder


def page(folder: Path, path: str) -> str:
    return (folder / "site" / path / "index.html").read_text("utf-8")


def test_each_image_has_a_page_in_each_language(built: Path) -> None:
    for locale in ("", "es/"):
        for place, title in (
            ("web", "minimal-py312-inference"),
            ("old", "minimal-ubuntu20.04-py38-cpu-inference"),
        ):
            assert re.search(
                rf'<h1[^>]*><span translate="no">{re.escape(title)}<', page(built, f"{locale}images/{place}")
            )
    assert "Con soporte técnico" in page(built, "es/images/web")
    assert "Not translated" not in page(built, "es/images/web")


def test_pages_lead_to_them_and_back(built: Path) -> None:
    assert re.search(r'<a href="images/web/#tags">', page(built, "."))
    html = page(built, "images/old")
    assert re.search(r'class="md-path__item">\s*<a href="\.\./" class="md-path__link">', html)
    assert re.search(r'<a href="\.\./web/">minimal-py312-inference</a>', html)
    line = CATALOG.splitlines().index(next(each for each in CATALOG.splitlines() if "id: old" in each)) + 1
    address = f"https://github.com/acme/docs/edit/master/catalog/images.yaml#L{line}"
    assert f'<a href="{address}">' in html


def test_search_engines_know_them(built: Path) -> None:
    html = page(built, "es/images/web")
    assert 'hreflang="en" href="https://imagedocs.example/images/web/"' in html
    assert '<meta name="description" content="minimal-py312-inference: Una imagen de contenedor' in html
    assert "https://imagedocs.example/es/images/old/" in (built / "site/es/sitemap.xml").read_text("utf-8")


def test_the_search_has_them(built: Path) -> None:
    index = json.loads((built / "site/es/search/search_index.json").read_text("utf-8"))
    found = [entry["location"] for entry in index["docs"] if "ubuntu20.04" in entry["title"]]
    assert found == ["images/old/"]


def test_the_search_says_first_how_an_image_stands_and_knows_no_commands(built: Path) -> None:
    index = json.loads((built / "site/search/search_index.json").read_text("utf-8"))
    texts = {entry["location"]: entry["text"] for entry in index["docs"]}
    assert texts["images/old/"].startswith("<p>Withdrawn</p>")
    assert texts["images/web/"].startswith("<p>Supported</p>")
    assert [command for command in ("docker pull", "FROM ", "curl ") if command in texts["images/old/"]] == []


def test_they_are_made_again_when_the_catalog_or_the_template_changes(built: Path) -> None:
    again = run_mkdocs(built, "build", "--strict")
    assert "Unchanged since the last build: en, es" in again.stderr
    catalog = built / "catalog/images.yaml"
    catalog.write_text(CATALOG.replace("until: 2025-09-24", "until: 2025-09-23"), "utf-8")
    template = built / "includes/image-index.md.j2"
    template.write_text(
        "# Every image\n\n{% for image in images %}\n* {{ image.id }}\n{% endfor %}\n", "utf-8"
    )
    assert run_mkdocs(built, "build").returncode == 0
    assert "September 23, 2025" in page(built, "images/old")
    assert "23 de septiembre de 2025" in page(built, "es/images/old")
    assert "Every image" in page(built, "es/images")


def test_a_project_without_templates_has_the_pages_of_the_library(built: Path) -> None:
    (built / "includes/image-index.md.j2").unlink()
    (built / "includes/image.md.j2").unlink()
    assert run_imagedocs(built, "messages").returncode == 0
    build = run_mkdocs(built, "build", "--strict")
    assert build.returncode == 0, build.stderr
    assert "Todas las imágenes" in page(built, "es/images")
    assert "Con soporte técnico" in page(built, "es/images/web")
