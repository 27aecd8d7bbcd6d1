"""Every kind of page, judged by all rules of axe-core: in light and dark, narrow and wide, at rest and in use."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

from imagedocs.locales import load_locales
from sampling import sample

pytestmark = pytest.mark.browser

LOCALES = [locale.url for locale in load_locales(Path(__file__).parent.parent)[0].published]
KINDS = {
    "the start page": "",
    "the list": "concept-prebuilt-docker-images-inference/",
    "all images": "images/",
    "an image": "images/minimal-ubuntu22.04-py39-cpu-inference/",
    "an image that was withdrawn": "images/minimal-ubuntu18.04-py37-cuda11.0.3-gpu-inference/",
    "what changed": "changes/",
    "the list of an earlier day": "changes/2022-11-04/",
    "an article": "tag-policy/",
    "an article with numbered steps": "how-to-extend-prebuilt-docker-image-inference/",
    "a page for contributors": "contribute/",
    "the coverage of translations": "translations/",
    "a page that is not there": "404.html",
}
ONLY_IN_ENGLISH = {"the rules": "rules/", "a rule": "rules/broken-link/"}
SCHEMES = ("light", "dark")
WIDTHS = (360, 1280)

ALL_RULES = """() => axe.run({
  runOnly: {type: "rule", values: axe.getRules().map((rule) => rule.ruleId)},
  resultTypes: ["violations"],
})"""


def pages() -> list[tuple[str, str, str]]:
    """Return locale, kind and colour scheme of each page; `make test` tries each kind once, half of them in Spanish and
    half in English, half of each in the dark."""
    kinds = [*KINDS, *ONLY_IN_ENGLISH]
    tried = {kind: (("", "es")[n % 2], SCHEMES[n // 2 % 2]) for n, kind in enumerate(KINDS)}
    tried |= {kind: ("", scheme) for kind, scheme in zip(ONLY_IN_ENGLISH, SCHEMES, strict=True)}
    everywhere = [
        (url, kind, scheme)
        for kind in kinds
        for url in (LOCALES if kind in KINDS else ("",))
        for scheme in SCHEMES
    ]
    return sample(everywhere, lambda page: (page[0], page[2]) == tried[page[1]])


def violations(page: Page) -> list[str]:
    """Return what axe-core finds on a page as it is now: rule, element and reason, once each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(ALL_RULES)["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.fixture
def open_page(
    context_with: Callable[..., BrowserContext], site: Path, serve_folder: Callable[[Path], str]
) -> Iterator[Callable[..., Page]]:
    """A function that opens a page of the site in a window of its own."""
    pages: list[Page] = []
    address = serve_folder(site)

    def open_at(url: str, path: str, width: int = 1280, scheme: Any = "light") -> Page:
        page = context_with().new_page()
        pages.append(page)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/".join(filter(None, [address, url, path])), wait_until="networkidle")
        page.add_style_tag(content="*, ::before, ::after { transition: none !important }")  # colours at once
        return page

    yield open_at
    for page in pages:
        page.close()


@pytest.mark.parametrize(("url", "kind", "scheme"), pages())
def test_axe_finds_nothing(open_page: Callable[..., Page], url: str, kind: str, scheme: str) -> None:
    page = open_page(url, (KINDS | ONLY_IN_ENGLISH)[kind], scheme=scheme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)  # until scripts have followed
        assert violations(page) == [], f"at {width} px"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_what_opens(open_page: Callable[..., Page], width: int, scheme: str) -> None:
    page = open_page("", KINDS["an article"], width, scheme)
    page.keyboard.press("/")
    page.keyboard.type("digest")
    page.locator(".md-search-result__item").first.wait_for()
    page.wait_for_timeout(100)  # Material fades it in
    assert violations(page) == [], "while searching"
    page.keyboard.press("Escape")
    page.locator(".md-select button").focus()
    page.wait_for_timeout(100)
    assert violations(page) == [], "while choosing a language"


def test_axe_finds_what_is_wrong(open_page: Callable[..., Page]) -> None:
    page = open_page("", "")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=x><a href=x></a>')"
    )
    assert {each.partition(":")[0] for each in violations(page)} == {"image-alt", "link-name"}


def test_what_scrolls_has_a_name_and_each_name_once(open_page: Callable[..., Page]) -> None:
    page = open_page("", "rules/", 360)
    names = page.locator("article [role=region][tabindex='0']").evaluate_all(
        "(boxes) => boxes.map((box) => box.getAttribute('aria-label'))"
    )
    assert len(names) > 1
    assert all(names)
    assert len(set(names)) == len(names)
