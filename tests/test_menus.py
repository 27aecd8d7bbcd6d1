"""Pages that no menu leads to: `nav-page-omitted`."""

from pathlib import Path

import pytest

from imagedocs.commands.checking import Check
from small_project import CONFIG, DAY, problems_of, small_project

NAV = CONFIG + "nav:\n  - index.md\n  - Guides:\n      - ./guides/first.md\n"
PAGES = {
    "mkdocs.yml": NAV,
    "docs/en/guides/first.md": "# First\n\nText.\n",
    "docs/en/new.md": "# New\n\nText.\n",
}
TABLE = {"docs/en/TOC.yml": "- {name: First, href: guides/first.md}\n", "mkdocs.yml": CONFIG}
FOUND = "suggestion: nav-page-omitted: no entry of the navigation leads to the page; add it to"
HINT = f"{FOUND} nav in mkdocs.yml, or to not_in_nav if it is meant to be reached by links"
TABLE_HINT = (
    f"{FOUND} a table of contents, or to not_in_nav in mkdocs.yml if it is meant to be reached by links"
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, [f"docs/en/new.md: {HINT}"]),
        ({"docs/es/new.md": "# Nuevo\n\nTexto.\n"}, [f"docs/en/new.md: {HINT}"]),
        ({"docs/es/aside.md": "# Aparte\n\nTexto.\n"}, [f"docs/en/new.md: {HINT}", f"docs/es/aside.md: {HINT}"]),
        ({"mkdocs.yml": NAV + "not_in_nav: |\n  /new.md\n"}, []),
        ({"mkdocs.yml": NAV.replace("exclude_docs: |\n", "exclude_docs: |\n  /new.md\n")}, []),
        ({"mkdocs.yml": NAV + "draft_docs: |\n  /new.md\n"}, []),
        ({"mkdocs.yml": CONFIG}, []),
        ({"mkdocs.yml": NAV.replace("plugins:\n", "plugins:\n  - awesome-nav: {}\n")}, []),
        ({"mkdocs.yml": NAV.replace("  - index.md\n", "  - new.md\n"), "docs/en/404.md": "# Not here\n\nText.\n"}, []),
        ({"docs/en/guides/first.md": "# First\n\n[!INCLUDE [x](../new.md)]\n"}, []),
        ({"mkdocs.yml": NAV + "not_in_nav: new.md\n", "docs/en/guides/includes/x.md": "Text.\n"}, []),
        (TABLE, [f"docs/en/new.md: {TABLE_HINT}"]),
        ({**TABLE, "docs/en/TOC.yml": "- {name: First, href: guides/first.md}\n- {name: New, href: new.md}\n"}, []),
    ],
    ids=[
        "a page", "with a translation", "in one language only", "meant to be in no menu", "excluded", "a draft",
        "without a menu of its own", "with a plugin that makes menus", "the home page and that of errors",
        "a part of another page", "in a folder of fragments", "a table of contents", "in a table of contents",
    ],
)  # fmt: skip
def test_pages_that_no_menu_leads_to(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    folder = small_project(tmp_path, {**PAGES, **files})
    lines = [line for line in problems_of(folder, suggestions=True) if "translation-unpinned" not in line]
    assert [line for line in lines if "nav-page" in line] == expected


def test_a_page_that_another_begins_to_take_in_is_no_page_without_a_menu(tmp_path: Path) -> None:
    folder = small_project(tmp_path, PAGES)

    def found() -> list[str]:
        problems = Check(folder, DAY, (), (), forgets=False).problems()
        return [problem.position.path for problem in problems if problem.rule.label == "nav-page-omitted"]

    assert [found(), found()] == [["docs/en/new.md"], ["docs/en/new.md"]]
    (folder / "docs/en/guides/first.md").write_text("# First\n\n[!INCLUDE [x](../new.md)]\n", "utf-8")
    assert [found(), found()] == [[], []]
    (folder / "mkdocs.yml").write_text(CONFIG + "nav:\n  - index.md\n", "utf-8")
    assert found() == ["docs/en/guides/first.md"]


def test_pages_of_images_need_no_menu(tmp_path: Path) -> None:
    config = NAV.replace("  imagedocs:\n", "  imagedocs:\n    images: true\n") + "not_in_nav: new.md\n"
    assert "images: true" in config
    folder = small_project(tmp_path, {**PAGES, "mkdocs.yml": config})
    assert [line for line in problems_of(folder, suggestions=True) if "nav-page" in line] == []
