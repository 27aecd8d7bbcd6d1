"""What a reader loads, in bytes and requests: the site as a whole, a first view, another language, and the search."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

CONCEPT = "concept-prebuilt-docker-images-inference/"
SEARCH = ("search_index.json", "workers/search.")

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 640}, locale="en")
    yield page
    page.close()


class Traffic:
    """The files of the site that a page asks for, each once."""

    def __init__(self, page: Page, site: Path, address: str) -> None:
        self.site, self.address = site, address
        self.files: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        assert request.url.startswith(self.address), f"{request.url} is of another host"
        path = urlsplit(request.url).path.lstrip("/")
        file = f"{path}index.html" if not path or path.endswith("/") else path
        if file not in self.files:
            self.files.append(file)

    def take(self) -> list[str]:
        """Those since the last time that were asked for the first time."""
        taken = self.files[self._seen :]
        self._seen = len(self.files)
        return taken

    _seen = 0

    def weight(self, files: list[str]) -> int:
        """Bytes as a host sends them."""
        return sum(len(gzip.compress((self.site / file).read_bytes(), 6)) for file in files)

    @property
    def searched(self) -> list[str]:
        return [file for file in self.files if any(part in file for part in SEARCH)]


def test_the_whole_site_is_at_most_23_megabytes(site: Path) -> None:
    sizes = {file: file.stat().st_size for file in site.rglob("*") if file.is_file()}
    assert sum(sizes.values()) <= 23_000_000
    assert not [file for file in sizes if file.suffix == ".map"]


def test_a_first_view_is_light_and_another_language_costs_a_page(
    page: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    address = serve_folder(site)
    traffic = Traffic(page, site, address)
    page.goto(f"{address}/{CONCEPT}", wait_until="networkidle")
    first = traffic.take()
    assert len(first) <= 9, first
    assert traffic.weight(first) <= 90_000, first
    for folder in ("es", "ja"):
        page.goto(f"{address}/{folder}/{CONCEPT}", wait_until="networkidle")
        files = traffic.take()
        assert files == [f"{folder}/{CONCEPT}index.html"]
        assert traffic.weight(files) <= 15_000
    assert traffic.searched == []


QUERIES = {"": ("en", "pinned"), "ja/": ("ja", "タグを固定する"), "es/": ("es", "etiquetas")}


@pytest.mark.parametrize("how", ["click", "/", "?q="])
@pytest.mark.parametrize("folder", QUERIES)
def test_the_search_is_loaded_when_the_reader_searches(
    browser: Browser, site: Path, serve_folder: Callable[[Path], str], folder: str, how: str
) -> None:
    language, query = QUERIES[folder]
    address = serve_folder(site)
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale=language)
    traffic = Traffic(page, site, address)
    field = page.locator("[data-md-component=search-query]")
    try:
        page.goto(f"{address}/{'' if folder else 'ja/'}tag-policy/", wait_until="networkidle")
        page.goto(f"{address}/{folder}{CONCEPT}{f'?q={query}' if how == '?q=' else ''}", wait_until="load")
        if how != "?q=":
            page.wait_for_load_state("networkidle")
            assert traffic.searched == []
            if how == "click":
                field.click()
            else:
                page.keyboard.press(how)
            page.keyboard.type(query)
            page.keyboard.press("Shift")  # Material looks at what was typed when a key is let go
        page.wait_for_selector(".md-search-result__item a")
        found = page.locator(".md-search-result__item a").first.get_attribute("href") or ""
        assert f"/{folder}tag-policy/" in found
        assert sorted(file.rpartition("/")[2][:6] for file in traffic.searched) == ["search", "search"]
        assert f"{folder}search/search_index.json" in traffic.searched
    finally:
        page.close()
