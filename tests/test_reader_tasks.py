"""What readers come to do, from the start page on, in at most two clicks: on a phone and on a desktop."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from imagedocs.locales import load_locales
from sampling import sample

pytestmark = pytest.mark.browser

URLS = [locale.url for locale in load_locales(Path(__file__).parent.parent)[0].published]
CPU = "minimal-ubuntu22.04-py39-cpu-inference"
NEWEST = "minimal-py312-inference"
OLD = "minimal-ubuntu18.04-py37-cpu-inference"
GONE = "pytorch-1.10-ubuntu18.04-py37-cpu-inference"
EVERYWHERE = [(url, width) for url in URLS for width in (360, 1280)]


class Reader:
    """Somebody who has just opened the start page of a language; counts the clicks."""

    def __init__(self, page: Page, start: str) -> None:
        self.page, self.clicks, self.start = page, 0, start
        self.begin()

    def begin(self) -> None:
        """Open the start page with another task in mind."""
        self.clicks = 0
        self.page.goto(self.start, wait_until="load")

    def click(self, selector: str) -> None:
        """Click the first visible element of these."""
        self._count()
        self.page.locator(selector).locator("visible=true").first.click()

    def press(self, selector: str) -> None:
        """Go from one element to the next with the Tab key, and press Enter on the first of these."""
        self._count()
        for _ in range(200):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                expect(self.page.locator(":focus")).to_be_in_viewport()
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"the Tab key does not lead to {selector}")

    def _count(self) -> None:
        self.clicks += 1
        assert self.clicks <= 2

    def state(self) -> str:
        """Return the state of the image whose page is open, by its class."""
        classes = self.page.locator("article .imagedocs-state").get_attribute("class") or ""
        return classes.removeprefix("imagedocs-state imagedocs-")

    def search(self, words: str, image: str) -> None:
        """Open the search, type, and follow the result that is the page of an image."""
        self.click("label[for=__search], .md-search__input")
        self.page.keyboard.type(words)
        self.click(f"a.md-search-result__link[href*='/images/{image}/']")
        self.page.wait_for_url(f"**/images/{image}/*")


@pytest.fixture(scope="module")
def address(site: Path, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(site)


@pytest.fixture
def reader(
    context_with: Callable[..., BrowserContext], address: str, url: str, width: int
) -> Iterator[Reader]:
    page = context_with().new_page()
    page.set_viewport_size({"width": width, "height": 900})
    yield Reader(page, f"{address}/{url}/" if url else f"{address}/")
    page.close()


in_each = pytest.mark.parametrize(
    ("url", "width"), sample(EVERYWHERE, lambda case: case in (("", 360), ("ja", 1280)))
)


@in_each
def test_to_find_an_image_with_pytorch(reader: Reader) -> None:
    expect(reader.page.locator("article p", has_text="PyTorch")).to_be_in_viewport()
    reader.click("article p:has-text('PyTorch') > a")
    reader.page.wait_for_url("**/images/#withdrawn-2022-11-04")
    reader.click(f"article a:text-is('{GONE}')")
    reader.page.wait_for_url(f"**/images/{GONE}/")
    assert reader.state() == "removed"
    expect(reader.page.locator(".admonition.warning", has_text="PyTorch")).to_be_in_viewport()


@in_each
def test_to_search_for_pytorch(reader: Reader) -> None:
    reader.search("PyTorch", GONE)
    assert reader.state() == "removed"


@in_each
def test_to_choose_by_accelerator(reader: Reader) -> None:
    reader.click("article a[href$='concept-prebuilt-docker-images-inference/']")
    reader.click(".imagedocs-choices label:has-text('GPU')")
    assert reader.page.locator(".imagedocs-image").locator("visible=true").count() == 1


@in_each
def test_to_learn_whether_an_image_is_supported(reader: Reader) -> None:
    reader.click(f"article a:text-is('{CPU}')")
    assert reader.state() == "supported"
    expect(reader.page.locator("article .imagedocs-state + p")).to_contain_text("2025")


@in_each
def test_to_pull_by_digest(reader: Reader) -> None:
    reader.click(f"article a:text-is('{CPU}')")
    command = reader.page.locator("pre", has_text=f"docker pull mcr.microsoft.com/azureml/{CPU}@sha256:")
    expect(command).to_have_count(1)  # waits until the page is there


@in_each
def test_to_see_what_changed(reader: Reader) -> None:
    changes = reader.page.locator("#what-changed ~ ul").first
    expect(changes.locator("li")).to_have_count(3)
    assert changes.locator(f"a[href$='images/{NEWEST}/']").count() == 1
    assert reader.clicks == 0


@in_each
def test_to_learn_what_became_of_an_image_in_production(reader: Reader) -> None:
    reader.search(OLD, OLD)
    assert reader.state() == "removed"
    assert reader.page.locator(f".admonition a:text-is('{CPU}')").count() == 1


EACH_WAY = [(url, width, way) for url, width in EVERYWHERE for way in ("click", "press")]


@pytest.mark.parametrize(
    ("url", "width", "way"),
    sample(EACH_WAY, lambda case: case in (("", 360, "press"), ("ja", 1280, "click"))),
)
def test_to_follow_what_changes_and_to_get_the_data(reader: Reader, way: str) -> None:
    page, go = reader.page, getattr(reader, way)

    # What ends soon, and what changed since last month?
    go("article a[href$='changes/']")
    page.wait_for_url("**/changes/")
    expect(page.locator("#coming-up")).to_be_in_viewport()
    days = page.locator("article h3")
    assert days.first.get_attribute("id") == "d2026-04-08"

    # Tell me when something happens to this image.
    reader.begin()
    go(f"article a[href$='images/{NEWEST}/']")
    page.wait_for_url(f"**/images/{NEWEST}/")
    feed = page.locator(f"article a[href$='feeds/images/{NEWEST}.atom']")
    assert page.request.get(feed.evaluate("link => link.href")).ok
    assert page.locator("article a[href^='webcal:']").count() == 1

    # The list as a table.
    reader.begin()
    go("article a[href$='data/']")
    page.wait_for_url("**/data/")
    with page.expect_download() as download:
        go("article a[href$='api/v0/images.csv']")
    assert download.value.suggested_filename == "images.csv"

    # Is my base image withdrawn?
    reader.begin()
    go("article a[href$='images/']")
    page.wait_for_url("**/images/")
    go(f"article a[href$='{GONE}/']")
    page.wait_for_url(f"**/images/{GONE}/")
    assert reader.state() == "removed"
