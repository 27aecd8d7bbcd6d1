"""The list in a browser that doesn't know `:has()`, by which an answer hides images: all of them are shown there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from imagedocs.locales import load_locales
from printing import printed
from sampling import sample

pytestmark = pytest.mark.browser

URLS = [locale.url for locale in load_locales(Path(__file__).parent.parent)[0].published]
LIST = "concept-prebuilt-docker-images-inference/"
IMAGES = ("ubuntu22.04-py39-cpu", "ubuntu22.04-py39-cuda11.8-gpu", "py312")
OLD = """
const { supports } = CSS
CSS.supports = (...asked) => !asked.join().includes(":has") && supports.apply(CSS, asked)
for (const prototype of [Document.prototype, Element.prototype]) {
  for (const name of ["querySelector", "querySelectorAll", "matches", "closest"]) {
    const known = prototype[name]
    if (known) prototype[name] = function (selector) {
      if (selector.includes(":has(")) throw new SyntaxError(`not a selector: ${selector}`)
      return known.call(this, selector)
    }
  }
}
"""


def _without_has(route: Route) -> None:
    """Answer with a style sheet in which each `:has()` is a name that no browser knows."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(":has(", ":unknown-to-all("))


@pytest.fixture
def open_list(
    browser: Browser, site: Path, serve_folder: Callable[[Path], str]
) -> Iterator[Callable[..., Page]]:
    """A function that opens the list of a language in such a browser; an error of a script fails the test."""
    address = serve_folder(site)
    errors: list[str] = []
    contexts = []

    def open_at(url: str, *, scripts: bool, width: int) -> Page:
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900})
        contexts.append(context)
        context.add_init_script(OLD)
        context.route("**/*.css", _without_has)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/".join(filter(None, [address, url, f"{LIST}?accelerator=gpu"])), wait_until="load")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert errors == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("url", sample(URLS, lambda url: url == ""))
def test_every_image_is_listed_and_can_be_read(
    open_list: Callable[..., Page], url: str, width: int, scripts: bool
) -> None:
    page = open_list(url, scripts=scripts, width=width)
    blocks = page.locator(".imagedocs-image")
    assert blocks.count() == len(IMAGES)
    for block, name in zip(blocks.all(), IMAGES, strict=True):
        command = block.locator("pre code")
        assert command.is_visible()
        assert (
            command.inner_text().strip()
            == f"docker pull mcr.microsoft.com/azureml/minimal-{name}-inference:latest"
        )
        assert command.evaluate("code => code.scrollWidth <= code.clientWidth")
        assert block.locator(".imagedocs-state").is_visible()
    assert page.locator(".imagedocs-choices").is_hidden(), "a question that changes nothing"
    assert page.locator(".imagedocs-fit").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_links_are_told_by_more_than_their_colour(open_list: Callable[..., Page]) -> None:
    page = open_list("", scripts=True, width=1280)
    lines = page.locator("article :is(p, li) > a:not(.headerlink)").evaluate_all(
        "all => all.map((link) => getComputedStyle(link).textDecorationLine)"
    )
    assert {*lines} == {"underline"}


def test_every_image_is_on_paper(open_list: Callable[..., Page]) -> None:
    paper = printed(open_list("", scripts=True, width=1280))
    assert [name for name in IMAGES if f"minimal-{name}-inference:latest" not in paper] == []
