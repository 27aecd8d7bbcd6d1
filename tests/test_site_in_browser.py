"""The built site as readers meet it: in a browser, wide and narrow, light and dark, with and without JavaScript."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from imagedocs.locales import load_locales
from sampling import sample

pytestmark = pytest.mark.browser

CONCEPT = "concept-prebuilt-docker-images-inference/"
URLS = [locale.url for locale in load_locales(Path(__file__).parent.parent)[0].published]


def below(url: str, page: str) -> str:
    return f"/{url}/{page}" if url else f"/{page}"


@pytest.fixture(scope="module")
def address(site: Path, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(site)


@pytest.fixture
def failures() -> list[str]:
    return []


@pytest.fixture
def open_page(
    context_with: Callable[..., BrowserContext], address: str, failures: list[str]
) -> Iterator[Callable[..., Page]]:
    """A function that opens a page of the site; what fails on the way is noted in `failures`."""
    pages: list[Page] = []

    def open_at(path: str, *, width: int = 1280, scripts: bool = True, dark: bool = False) -> Page:
        context = context_with(java_script_enabled=scripts, color_scheme="dark" if dark else "light")
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("requestfailed", lambda request: failures.append(f"{request.failure}: {request.url}"))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((address, "data:")) else failures.append(request.url)
            ),
        )
        page.on(
            "response",
            lambda answer: (
                failures.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
            ),
        )
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(address + path, wait_until="networkidle")
        return page

    yield open_at
    for page in pages:
        page.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("url", sample(URLS, lambda url: url in ("", "ja")))
def test_the_list_is_on_the_page_in_each_language(
    open_page: Callable[..., Page], failures: list[str], url: str, scripts: bool, width: int
) -> None:
    page = open_page(below(url, CONCEPT), width=width, scripts=scripts)
    blocks = page.locator(".imagedocs-image")
    assert blocks.count() == 3
    for block, image in zip(blocks.all(), ("ubuntu22.04-py39-cpu", "cuda11.8-gpu", "py312"), strict=True):
        command = block.locator("pre code")
        assert "docker pull mcr.microsoft.com/azureml/minimal-" in command.inner_text()
        assert image in command.inner_text()
        assert command.evaluate("code => code.scrollWidth <= code.clientWidth"), (
            "the whole command is in view"
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert failures == []


@pytest.mark.parametrize("url", sample(URLS, lambda url: url in ("", "ja")))
def test_each_page_says_which_language_it_is_in(open_page: Callable[..., Page], url: str) -> None:
    page = open_page(below(url, CONCEPT))
    tag = url or "en"
    assert (page.locator("html").get_attribute("lang") or "").lower() == tag
    canonical = page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert canonical.endswith(below(url, CONCEPT))


def test_a_page_that_is_not_translated_says_so(open_page: Callable[..., Page], failures: list[str]) -> None:
    page = open_page("/es/adopt/")
    assert page.locator(".imagedocs-notice").is_visible()
    assert page.locator("article div[lang=en] h1").inner_text().startswith("Use it for")
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex, follow"
    assert page.locator("link[hreflang]").count() == 0
    assert not re.search("/es/", page.locator("link[rel=canonical]").get_attribute("href") or "/es/")
    assert failures == []


def test_the_switcher_stays_on_the_page_and_keeps_the_fragment(open_page: Callable[..., Page]) -> None:
    page = open_page(below("", CONCEPT) + "#next-steps")
    page.locator(".md-select button").focus()
    link = page.locator(".md-select__link[hreflang=es]")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/es/{CONCEPT}#next-steps")
    assert page.locator("#next-steps").inner_text().startswith("Pasos siguientes")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_switcher_opens_with_the_keyboard(open_page: Callable[..., Page], scripts: bool) -> None:
    page = open_page(below("", CONCEPT), scripts=scripts)
    page.locator(".md-select button").focus()
    page.wait_for_timeout(400)  # Material fades the list in, in 250 ms
    assert page.locator(".md-select__link[hreflang=es]").is_visible()


def test_an_address_that_is_not_gets_the_page_of_its_language(open_page: Callable[..., Page]) -> None:
    page = open_page("/es/nada-aqui/")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator("h1").inner_text() == "No se encontró la página"


@pytest.mark.parametrize("url", ["", "es"])
def test_a_page_that_is_not_there_leads_to_first_pages(open_page: Callable[..., Page], url: str) -> None:
    page = open_page(below(url, "404.html"))
    links = page.locator("a.md-select__link").evaluate_all(
        "all => all.map((link) => link.getAttribute('href'))"
    )
    assert links == [f"/{other}/" if other else "/" for other in URLS]
    assert page.locator("article p a").first.get_attribute("href") == below(url, "")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("url", sample(URLS, lambda url: url in ("", "ja")))
def test_nothing_but_the_page_itself_is_missing_at_an_address_that_is_not(
    open_page: Callable[..., Page], failures: list[str], address: str, url: str, scripts: bool
) -> None:
    missing = below(url, "no/such/page/")
    page = open_page(missing, scripts=scripts)
    assert failures == [f"404: {address}{missing}"]
    assert (page.locator("html").get_attribute("lang") or "").lower() == (url or "en")


@pytest.mark.parametrize("path", ["rules/broken-link/", "contribute/", "translations/", CONCEPT])
@pytest.mark.parametrize("url", sample(URLS, lambda url: url in ("", "ja")))
def test_pages_need_no_scripts(
    open_page: Callable[..., Page], failures: list[str], url: str, path: str
) -> None:
    page = open_page(below(url, path), scripts=False)
    assert page.locator("article h1").inner_text()
    assert page.locator(".md-select__link").count() == len(URLS)
    assert failures == []


@pytest.mark.parametrize("url", sample(URLS, lambda url: url == "es"))
def test_every_page_of_a_language_loads_without_a_failed_request(
    open_page: Callable[..., Page], failures: list[str], site: Path, url: str
) -> None:
    home, others = site / url, {site / other for other in URLS if other != url and other}
    pages = [path.parent for path in home.rglob("index.html") if others.isdisjoint(path.parents)]
    pages = [folder for folder in pages if "rules" not in folder.parts]
    images = sorted(folder for folder in pages if folder.parent.name == "images")
    pages = [folder for folder in pages if folder not in images[2:]]  # which are of one template
    assert len(pages) > 5
    found: list[str] = []
    for folder in pages:
        page = open_page(f"/{folder.relative_to(site).as_posix()}/".replace("/./", "/"), dark=True)
        found += failures
        page.close()
        failures.clear()  # a browser calls aborted what it still reads when a page is closed
    assert found == []


@pytest.mark.parametrize("url", sample(URLS, lambda url: url == "fr"))
def test_no_page_scrolls_sideways(open_page: Callable[..., Page], address: str, site: Path, url: str) -> None:
    home, others = site / url, {site / other for other in URLS if other != url and other}
    pages = [path.parent for path in home.rglob("index.html") if others.isdisjoint(path.parents)]
    pages = [folder for folder in pages if "rules" not in folder.parts]
    page = open_page(below(url, ""))
    wide: list[tuple[str, int]] = []
    for place in (f"/{folder.relative_to(site).as_posix()}/".replace("/./", "/") for folder in pages):
        page.goto(address + place, wait_until="load")
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((place, width))
    assert wide == []
