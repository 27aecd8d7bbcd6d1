"""A site whose navigation is a table of contents: built, and checked."""

import re
from pathlib import Path

import pytest

from conftest import run_mkdocs
from small_project import CONFIG, problems_of, small_project

PAGES = {
    "mkdocs.yml": CONFIG.replace("    - navigation.prune\n", ""),
    "docs/en/TOC.yml": """\
- name: Start
  href: index.md
- name: Guides
  href: guides/
- name: Learn
  href: /azure/x
- name: List<T>
  items:
  - name: Deep
    href: deep.md
""",
    "docs/en/guides/toc.md": "# [One](one.md)\n# [Two](two.md)\n## [Deep](../deep.md)\n",
    "docs/en/guides/one.md": "# One\n\nText [x](../deep.md).\n",
    "docs/en/guides/two.md": "# Two\n\nText.\n",
    "docs/en/deep.md": "# Deep\n\nText.\n",
    "docs/es/toc.md": "# [Inicio](index.md)\n# [Guías](guides/)\n",
    "docs/es/index.md": "# Inicio\n\nTexto.\n",
    "docs/es/guides/one.md": "# Uno\n\nTexto.\n",
}


def navigation(html: str) -> list[str]:
    """Names and links of the main navigation, in order, each run of equal ones once."""
    start = html.index("md-nav--primary")
    main = html[start : html.index("md-content", start)].split('data-md-component="toc"')[0]
    found = re.findall(
        r'<a href="([^"]+)" class="md-nav__link|md-ellipsis">\s*(?:<span[^>]*>\s*)*([^\s][^\n]*?)\s*<', main
    )
    words = [href or name for href, name in found]
    return [word for number, word in enumerate(words) if not number or words[number - 1] != word]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(tmp_path_factory.mktemp("toc"), PAGES)
    result = run_mkdocs(folder, "build", "--strict")
    assert result.returncode == 0, result.stderr
    return folder


def test_each_locale_has_its_own_navigation(built: Path) -> None:
    assert navigation((built / "site/index.html").read_text("utf-8")) == [
        *(".", "Start", "Guides", "guides/one/", "One", "Two", "guides/two/", "Two", "deep/", "Deep"),
        *("https://learn.microsoft.com/en-us/azure/x", "Learn", "List&lt;T&gt;", "deep/", "Deep"),
    ]
    assert navigation((built / "site/es/index.html").read_text("utf-8")) == [
        *(".", "Inicio", "Guías", "guides/one/", "One", "Two", "guides/two/", "Two", "deep/", "Deep")
    ]


def test_tables_of_contents_are_no_part_of_the_site(built: Path) -> None:
    names = [path.relative_to(built / "site").as_posix() for path in (built / "site").rglob("*")]
    assert not [name for name in names if re.search(r"\btoc\b", name.lower()) and "stylesheets" not in name]
    assert [line for line in problems_of(built, suggestions=True) if "translation-unpinned" not in line] == []


def test_what_is_wrong_with_it_is_found_by_build_and_check(built: Path, tmp_path: Path) -> None:
    wrong = {**PAGES, "docs/es/toc.md": "# [Inicio](index.md)\n### [Guías](guides/)\n# [Falta](dep.md)\n"}
    folder = small_project(tmp_path, wrong)
    expected = [
        "docs/es/toc.md:2:1: error: invalid-toc-level: the level goes from 1 to 3; write ## here",
        (
            'docs/es/toc.md:3:3: error: nav-page-missing: the navigation names "dep.md", a page that does not '
            'exist; did you mean "deep.md"?'
        ),
    ]
    assert problems_of(folder) == expected
    result = run_mkdocs(folder, "build")
    lines = [line.partition("imagedocs: ")[2] for line in result.stderr.splitlines()]
    assert [line for line in lines if "toc.md" in line] == expected


def test_with_nav_in_the_configuration_files_of_that_name_are_pages(tmp_path: Path) -> None:
    config = CONFIG + "nav:\n- index.md\n- toc.md\n"
    small_project(tmp_path, {"mkdocs.yml": config, "docs/en/toc.md": "# About toc.md\n\n#no\n\nText.\n"})
    assert problems_of(tmp_path) == [
        'docs/en/toc.md:3:1: warning: heading-space: a heading needs a space behind its #; write "# "'
    ]
