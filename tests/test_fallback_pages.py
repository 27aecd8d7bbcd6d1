"""Pages that a language does not have: what readers are told, where they can help, and what is marked as foreign."""

import re
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.project import Project
from imagedocs.project.new_files import new_file_address
from imagedocs.project.translations import status
from small_project import CONFIG, DAY, LOCALES, small_project

FILES = {
    "docs/en/contribute.md": "# Contribute\n\n## Add a translation\n",
    "docs/en/sub/page.md": "# A page\n\n## A section\n\nText.\n",
    "docs/en/rules/one.md": "# one\n\nText.\n",
    "docs/es/index.md": "# Inicio\n",
    "locales/locales.yaml": LOCALES.replace("default: en", "default: en\nuntranslated: [rules/]"),
}
GITHUB = "repo_url: https://github.com/org/site\nedit_uri: edit/main/docs/\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_project(tmp_path_factory.mktemp("project"), FILES | {"mkdocs.yml": CONFIG + GITHUB})
    result = run_mkdocs(root, "build", "--strict")
    assert result.returncode == 0, result.stderr
    return root / "site"


def html(site: Path, place: str) -> str:
    return (site / place / "index.html").read_text("utf-8")


def notice(text: str) -> str:
    match = re.search(r'<aside class="admonition info imagedocs-notice".*?</aside>', text, re.DOTALL)
    assert match
    return " ".join(match[0].split())


def test_a_page_that_is_not_translated_yet_says_so_and_where_to_translate_it(built: Path) -> None:
    text = notice(html(built, "es/sub/page"))
    assert "Aún sin traducir" in text
    assert "Esta página se muestra en inglés, porque aún no hay traducción." in text
    address = "https://github.com/org/site/new/main/docs/es/sub?filename=page.md"
    assert f'<a href="{address}">Traducir esta página.</a>' in text
    assert '<a href="../../../es/contribute/#add-a-translation">Cómo se traduce una página.</a>' in text
    assert (built / "es/contribute/index.html").is_file()


def test_a_page_that_need_not_be_translated_asks_for_nothing(built: Path) -> None:
    text = notice(html(built, "es/rules/one"))
    assert "Sin traducir" in text
    assert "Esta página solo está disponible en inglés." in text
    assert "<a " not in text
    assert "(sin traducir)" in html(built, "es/rules/one")


def test_what_is_in_another_language_says_which(built: Path) -> None:
    text = html(built, "es/sub/page")
    assert text.count('<span lang="en" dir="ltr">A section</span>') == 2  # the contents, in both menus
    assert 'data-md-component="header-topic" lang="en" dir="ltr">' in text
    menu = html(built, "es")
    assert '<span lang="en" dir="ltr">Contribute</span>' in menu
    assert 'class="md-status md-status--untranslated" title="aún sin traducir"' in menu
    footer = menu.partition('<footer class="md-footer">')[2]
    assert '<div class="md-ellipsis"><span lang="en" dir="ltr">Contribute</span></div>' in footer
    assert '<span lang="en" dir="ltr">A' not in html(built, "sub/page")


def test_no_search_engine_is_told_of_it(built: Path) -> None:
    for place in ("es/sub/page", "es/rules/one"):
        text = html(built, place)
        source = f"https://imagedocs.example/{place.removeprefix('es/')}/"
        assert '<meta name="robots" content="noindex, follow">' in text
        assert f'<link rel="canonical" href="{source}">' in text
        assert not re.search(r"<link[^>]*hreflang", text)
    assert (built / "es/sitemap.xml").read_text("utf-8").count(
        "<url>"
    ) == 2  # the home page, and the coverage


def test_pages_that_need_not_be_translated_are_not_missing(built: Path) -> None:
    spanish = status(Project.load(built.parent, DAY)).locales[0]
    assert [page.path for page in spanish.pages] == [
        "docs/es/contribute.md",
        "docs/es/index.md",
        "docs/es/sub/page.md",
    ]
    assert "rules" not in re.sub(r"<nav.*?</nav>", "", html(built, "translations"), flags=re.DOTALL)


def test_without_a_repository_readers_learn_how_it_is_done(tmp_path: Path) -> None:
    root = small_project(tmp_path, FILES)
    assert run_mkdocs(root, "build").returncode == 0
    assert re.findall(r'<a href="([^"]*)"', notice(html(root / "site", "es/sub/page"))) == [
        "../../../es/contribute/#add-a-translation"
    ]


def test_the_address_of_an_editor_is_that_of_the_file_that_is_shown(tmp_path: Path) -> None:
    config = CONFIG.replace("    - content.code.copy\n", "    - content.action.edit\n") + GITHUB
    root = small_project(tmp_path, FILES | {"mkdocs.yml": config})
    assert run_mkdocs(root, "build").returncode == 0
    for place, file in (
        ("es", "es/index.md"),
        ("es/sub/page", "en/sub/page.md"),
        ("sub/page", "en/sub/page.md"),
    ):
        assert f'href="https://github.com/org/site/edit/main/docs/{file}"' in html(root / "site", place)
    assert "/edit/main" not in html(root / "site", "translations")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ("https://github.com/o/r/edit/main/docs/en/a/b.md", "https://github.com/o/r/new/main/docs/es/a?filename=b.md"),
        ("https://github.com/o/r/edit/main/en/a/b.md", "https://github.com/o/r/new/main/es/a?filename=b.md"),
        ("https://gitlab.com/g/s/r/-/edit/main/d/en/a/b.md", "https://gitlab.com/g/s/r/-/new/main/d/es/a?file_name=b.md"),
        ("https://gitlab.com/g/r/edit/master/docs/en/a/b.md", "https://gitlab.com/g/r/-/new/master/docs/es/a?file_name=b.md"),
        ("https://github.com/o/r/blob/main/docs/en/a/b.md", ""),
        ("https://example.com/edit/main/docs/en/a/b.md", ""),
        ("https://github.com/o/r/edit/main/docs/other.md", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_where_a_file_is_made(edit: str, expected: str) -> None:
    assert new_file_address(edit, "en/a/b.md", "es/a/b.md") == expected


def test_names_that_addresses_cannot_hold_are_quoted() -> None:
    edit = "https://github.com/o/r/edit/main/docs/en/a%20b.md"
    assert new_file_address(edit, "en/a b.md", "pt-BR/a b.md").endswith("/docs/pt-BR?filename=a%20b.md")


def test_without_an_address_of_the_site_the_page_for_what_is_not_there_stays_in_its_language(
    tmp_path: Path,
) -> None:
    config = re.sub(r"^site_url:.*\n", "", CONFIG, flags=re.MULTILINE)
    files = {"docs/es/index.md": "# Inicio\n\nTexto.\n", "docs/es/solo.md": "# Solo\n\nTexto.\n"}
    root = small_project(tmp_path, {**files, "mkdocs.yml": config})
    result = run_mkdocs(root, "build")
    assert result.returncode == 0, result.stderr
    assert "broken-link" not in result.stderr
    found = {
        place: set(re.findall(r'href="([^"]*/|/)" class="md-nav__link', (root / place).read_text("utf-8")))
        for place in ("site/404.html", "site/es/404.html")
    }
    assert "/es/solo/" in found["site/es/404.html"]
    assert all(address.startswith("/es/") for address in found["site/es/404.html"])
    assert not any(address.startswith("/es/") for address in found["site/404.html"])
