"""What readers do with pages of Microsoft Learn's dialect: switch tabs and zones, with and without JavaScript."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from conftest import run_mkdocs
from small_project import small_project

pytestmark = pytest.mark.browser

TABS = """\
# Tabs

# [Linux](#tab/linux)

First of Linux.

# [Windows](#tab/windows)

First of Windows.

---

Between.

# [Linux](#tab/linux)

Second of Linux.

# [Windows](#tab/windows)

Second of Windows.

---

# [Shell](#tab/shell/linux)

Shell on Linux.

# [Shell](#tab/shell/windows)

Shell on Windows.

---
"""
ZONES = """\
---
zone_pivot_groups: langs
---
# Zones

::: zone pivot="java"

For Java.

::: zone-end

::: zone pivot="python"

For Python.

::: zone-end
"""
GROUPS = """\
groups:
- id: langs
  title: Language
  prompt: Choose a language
  pivots:
  - id: java
    title: Java
  - id: python
    title: Python
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[[Path], str]) -> str:
    files = {"docs/en/tabs.md": TABS, "docs/en/zones.md": ZONES, "docs/en/zone-pivot-groups.yml": GROUPS}
    root = small_project(tmp_path_factory.mktemp("learn"), files)
    result = run_mkdocs(root, "build", "--strict", IMAGEDOCS_LOCALE="en")
    assert result.returncode == 0, result.stderr
    return serve_folder(root / "site")


@pytest.fixture
def page(context_with: Callable[..., BrowserContext]) -> Iterator[Page]:
    page = context_with().new_page()
    yield page
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.close()


def shown(page: Page) -> list[str]:
    """The paragraphs that a reader sees, in their order."""
    return [each.inner_text() for each in page.query_selector_all("article p") if each.is_visible()]


LINUX = ["First of Linux.", "Between.", "Second of Linux.", "Shell on Linux."]
WINDOWS = ["First of Windows.", "Between.", "Second of Windows.", "Shell on Windows."]


def test_tabs_of_a_page_are_switched_together(page: Page, address: str) -> None:
    page.goto(f"{address}/tabs/")
    assert shown(page) == LINUX
    page.get_by_text("Windows", exact=True).nth(1).click()
    assert shown(page) == WINDOWS
    assert urlsplit(page.url).query == "tabs=windows,shell"
    page.reload()
    assert shown(page) == WINDOWS


def test_tabs_are_switched_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/tabs/")
    page.locator('input[data-tab="linux"]').first.focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == WINDOWS


@pytest.mark.parametrize(("query", "expected"), [("linux", LINUX), ("windows", WINDOWS), ("none", LINUX)])
def test_an_address_chooses_tabs(page: Page, address: str, query: str, expected: list[str]) -> None:
    page.goto(f"{address}/tabs/?tabs={query}")
    assert shown(page) == expected


def test_one_zone_is_shown_and_remembered(page: Page, address: str) -> None:
    page.goto(f"{address}/zones/")
    assert shown(page) == ["For Java."]
    page.get_by_label("Choose a language").select_option("Python")
    assert shown(page) == ["For Python."]
    assert urlsplit(page.url).query == "pivots=python"
    page.goto(f"{address}/zones/")
    assert shown(page) == ["For Python."]
    page.goto(f"{address}/zones/?pivots=java")
    assert shown(page) == ["For Java."]


def test_without_javascript_all_can_be_read(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zones/")
    assert [text for text in shown(page) if text.startswith("For")] == ["For Java.", "For Python."]
    page.goto(f"{address}/tabs/")
    page.get_by_text("Windows", exact=True).first.click()
    assert shown(page)[:3] == ["First of Windows.", "Between.", "Second of Linux."]
    context.close()
