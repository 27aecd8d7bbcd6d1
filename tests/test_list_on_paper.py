"""The list and the page of an image, printed on A4: what the PDF says, in every language."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from imagedocs.locales import load_locales
from printing import plain, printed, texts_of
from sampling import sample

pytestmark = pytest.mark.browser

URLS = [locale.url for locale in load_locales(Path(__file__).parent.parent)[0].published]
LIST = "concept-prebuilt-docker-images-inference/"
IMAGE = "images/minimal-ubuntu22.04-py39-cpu-inference/"
SUPPORTED = (
    "minimal-ubuntu22.04-py39-cpu-inference",
    "minimal-ubuntu22.04-py39-cuda11.8-gpu-inference",
    "minimal-py312-inference",
)


@pytest.fixture(scope="module")
def open_page(
    context_with: Callable[..., BrowserContext], site: Path, serve_folder: Callable[[Path], str]
) -> Iterator[Callable[[str, str], Page]]:
    """A function that opens a page of a language."""
    address = serve_folder(site)
    page = context_with().new_page()

    def open_at(url: str, path: str) -> Page:
        page.goto("/".join(filter(None, [address, url, path])), wait_until="load")
        return page

    yield open_at
    page.close()


@pytest.mark.parametrize("url", URLS)
def test_each_image_of_the_list_is_whole_and_the_choice_left_out(
    open_page: Callable[[str, str], Page], url: str
) -> None:
    page = open_page(url, f"{LIST}?accelerator=gpu")
    told = page.locator(".imagedocs-fit output").inner_text()
    assert "1 / 3" in told
    paper = printed(page)
    blocks = texts_of(page, ".imagedocs-image :is(h3, p, code)")
    assert len(blocks) > 5 * len(SUPPORTED)
    assert [text for text in blocks if text not in paper] == []
    for image in SUPPORTED:
        assert f"dockerpullmcr.microsoft.com/azureml/{image}:latest" in paper
    assert [
        fact for fact in ("Python3.9", "Python3.12", "Ubuntu22.04", "CUDA11.8") if fact not in paper
    ] == []
    choice = [plain(told), *texts_of(page, ".imagedocs-choices button")]
    assert [text for text in choice if text in paper] == []


@pytest.mark.parametrize("url", sample(URLS, lambda url: url in ("", "es")))
def test_the_page_of_an_image_is_whole(open_page: Callable[[str, str], Page], url: str) -> None:
    page = open_page(url, IMAGE)
    paper = printed(page)
    parts = texts_of(page, "article :is(h1, h2, p, li, th, td, summary, pre code)")
    assert len(parts) > 100, "tags that are folded away on the screen too"
    assert [text for text in parts if text not in paper] == []
