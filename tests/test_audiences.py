"""Readers of the list and those who look after it: each has a menu, and what is not for readers is not in their way."""

import json
import re
from pathlib import Path

import pytest

from conftest import run_mkdocs
from small_project import CONFIG, LOCALES, problems_of, small_project

NAV = """\
nav:
  - index.md
  - Guides:
      - guides/use.md
      - guides/write.md
  - help/index.md
  - reference/index.md
  - guides/last.md
not_in_nav: /reference/*.md
"""
CONTRIBUTORS = "    contributors: [/help/, /reference/, guides/write.md, /translations.md]\n"
CONFIG = CONFIG.replace("    - navigation.prune\n", "")
FILES = {
    "locales/locales.yaml": LOCALES.replace("default: en", "default: en\nsingle_language: [/reference/]"),
    "docs/en/guides/use.md": "# Use\n\nWords for readers.\n",
    "docs/en/guides/write.md": "# Write\n\nWords for contributors.\n",
    "docs/en/guides/last.md": "# Last\n",
    "docs/en/help/index.md": "# Help us\n",
    "docs/en/reference/index.md": "# Reference\n\n[One](one.md)\n",
    "docs/en/reference/one.md": "# One\n",
    "docs/es/index.md": "# Inicio\n",
    "docs/es/help/index.md": '# <a name="help-us"></a>Ayuda\n',
}
READERS = ["Home", "Guides", "Use", "Last"]
THEIRS = ["Home", "Guides", "Write", "Help us", "Reference", "Translations"]
THEIRS_IN_SPANISH = ["Inicio", "Guides", "Write", "Ayuda", "Reference", "Traducciones"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = CONFIG.replace("  imagedocs:\n", f"  imagedocs:\n{CONTRIBUTORS}", 1) + NAV
    root = small_project(tmp_path_factory.mktemp("project"), FILES | {"mkdocs.yml": config})
    result = run_mkdocs(root, "build")
    assert result.returncode == 0, result.stderr
    warnings = [line for line in result.stderr.splitlines() if line.startswith("WARNING")]
    assert all("messages-out-of-date" in line for line in warnings), (
        warnings
    )  # "Guides" is in no file of sentences
    return root / "site"


def menu(site: Path, page: str) -> list[str]:
    """The titles of the menu beside a page."""
    html = (site / page).read_text("utf-8")
    html = html.partition('<nav class="md-nav md-nav--primary')[2].partition('<div class="md-sidebar')[0]
    html = re.sub(r'<nav class="md-nav md-nav--secondary.*?</nav>', "", html, flags=re.DOTALL)
    texts = re.findall(r'<span class="md-ellipsis">(.*?)</span>\s*(?:<|$)', html, re.DOTALL)
    return [*dict.fromkeys(" ".join(re.sub(r"<[^>]*>", "", text).split()) for text in texts)]


def way(site: Path, page: str) -> list[str]:
    """The addresses of the previous and the next page."""
    html = (site / page).read_text("utf-8")
    return re.findall(r'<a href="([^"]*)" class="md-footer__link', html)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("index.html", READERS),
        ("guides/use/index.html", READERS),
        ("404.html", READERS),
        ("help/index.html", THEIRS),
        ("guides/write/index.html", THEIRS),
        ("reference/one/index.html", THEIRS),
        ("translations/index.html", THEIRS),
        ("es/index.html", ["Inicio", "Guides", "Use", "Last"]),
        ("es/help/index.html", THEIRS_IN_SPANISH),
    ],
)
def test_each_audience_has_its_menu(built: Path, page: str, expected: list[str]) -> None:
    assert menu(built, page) == expected


def test_a_menu_links_to_a_page_that_exists_in_one_language(built: Path) -> None:
    html = (built / "es/help/index.html").read_text("utf-8")
    assert '<a href="../../reference/" class="md-nav__link">' in html
    assert '<span lang="en" dir="ltr">Reference</span>' in html


def test_no_page_leads_on_to_one_for_the_other_audience(built: Path) -> None:
    assert way(built, "guides/use/index.html") == ["../..", "../last/"]
    assert way(built, "guides/write/index.html") == ["../../help/"]
    assert way(built, "help/index.html") == ["../guides/write/", "../reference/"]
    assert way(built, "es/help/index.html") == ["../guides/write/", "../translations/"]


def test_readers_find_no_page_for_contributors(built: Path) -> None:
    for folder in ("", "es/"):
        index = json.loads((built / folder / "search/search_index.json").read_text("utf-8"))
        places = {entry["location"].partition("#")[0] for entry in index["docs"]}
        assert places >= {"guides/use/", "guides/last/"}
        assert not [
            place for place in places if place.startswith(("help", "reference", "guides/w", "transl"))
        ]
    sitemap = (built / "sitemap.xml").read_text("utf-8")
    listed = re.findall(r"<loc>https://imagedocs.example/(.*?)</loc>", sitemap)
    assert [place for place in listed if not place.startswith("images")] == [
        "",
        "guides/last/",
        "guides/use/",
    ]


def test_one_door_leads_to_them(built: Path) -> None:
    for page, href, text in (
        ("index.html", "guides/write/", "For contributors"),
        ("guides/use/index.html", "../write/", "For contributors"),
        ("es/index.html", "guides/write/", "Para colaboradores"),
        ("404.html", "/guides/write/", "For contributors"),
    ):
        footer = (
            (built / page).read_text("utf-8").partition('<div class="md-copyright">')[2].partition("</div>\n")
        )
        assert f'<a href="{href}">{text}</a>' in footer[0] + footer[2], page


def test_without_the_setting_there_is_one_menu(tmp_path: Path) -> None:
    root = small_project(tmp_path, FILES | {"mkdocs.yml": CONFIG + NAV})
    assert run_mkdocs(root, "build").returncode == 0
    assert menu(root / "site", "help/index.html") == menu(root / "site", "index.html")
    html = (root / "site/index.html").read_text("utf-8")
    assert "For contributors" not in html
    assert '<a href="translations/">Translations</a>' in html
    assert "help/" in (root / "site/sitemap.xml").read_text("utf-8")


def test_a_page_is_made_again_when_its_audience_changes(tmp_path: Path) -> None:
    """A build takes over only what stays the same."""
    root = small_project(tmp_path, FILES | {"mkdocs.yml": CONFIG + NAV})
    assert run_mkdocs(root, "build").returncode == 0
    config = CONFIG.replace("  imagedocs:\n", "  imagedocs:\n    contributors: [/help/]\n", 1) + NAV
    (root / "mkdocs.yml").write_text(config, "utf-8")
    assert run_mkdocs(root, "build").returncode == 0
    assert menu(root / "site", "help/index.html") == ["Home", "Help us"]
    assert "Help us" not in menu(root / "site", "guides/use/index.html")


def test_a_pattern_that_is_none_is_a_problem(tmp_path: Path) -> None:
    config = CONFIG.replace("  imagedocs:\n", '  imagedocs:\n    contributors: ["!"]\n', 1)
    root = small_project(tmp_path, {"mkdocs.yml": config})
    assert [problem.partition(": ")[2] for problem in problems_of(root) if "mkdocs.yml" in problem] == [
        'error: wrong-type: "!" is no pattern as in a .gitignore file; write a folder, "rules/", or a page, "/a.md"'
    ]
