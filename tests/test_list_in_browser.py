"""The list of images as readers use it: they choose by answers, come back, follow a link, print."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from imagedocs.locales import load_locales
from sampling import sample

pytestmark = pytest.mark.browser

CONCEPT = "concept-prebuilt-docker-images-inference/"
URLS = [locale.url for locale in load_locales(Path(__file__).parent.parent)[0].published]
GPU = "minimal-ubuntu22.04-py39-cuda11.8-gpu-inference"
NEWEST = "minimal-py312-inference"
WIDTH_OF_A4 = 718
"""Pixels between Chromium's margins."""


@pytest.fixture(scope="module")
def address(site: Path, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(site)


@pytest.fixture
def open_list(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_at(rest: str = "", *, url: str = "", scripts: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/{url}{'/' if url else ''}{CONCEPT}{rest}", wait_until="load")
        return page

    yield open_at
    for context in contexts:
        context.close()


def shown(page: Page) -> list[str]:
    """Ids of the images that are not hidden."""
    blocks = page.locator(".imagedocs-image").all()
    return [block.locator("h3").get_attribute("id") or "" for block in blocks if block.is_visible()]


def read_aloud(page: Page) -> str:
    """The texts of the accessibility tree, those of the style sheet included."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    texts = [
        node["name"]["value"] for node in tree["nodes"] if node.get("role", {}).get("value") == "StaticText"
    ]
    return " ".join("".join(f"{text} " for text in texts).split())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_hides_what_it_does_not_fit(open_list: Callable[..., Page], scripts: bool) -> None:
    page = open_list(scripts=scripts)
    assert len(shown(page)) == 3
    page.get_by_role("radio", name="Any").first.focus()
    page.keyboard.press("ArrowRight")  # CPU
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="GPU").is_checked()
    assert shown(page) == [GPU]
    assert page.get_by_role("group", name="Accelerator").is_visible()
    assert "Images that fit: 1 / 3" in read_aloud(page)
    assert f"docker pull mcr.microsoft.com/azureml/{NEWEST}:latest" not in read_aloud(page)
    page.get_by_role("radio", name="3.12").check(force=True)
    assert shown(page) == []
    none = "No image fits this choice." if scripts else "Images that fit: 0 / 3"
    assert none in read_aloud(page)
    page.get_by_role("button", name="Show all images").click()
    assert len(shown(page)) == 3


def test_the_choice_is_in_the_address(open_list: Callable[..., Page]) -> None:
    page = open_list("?tab=x#no-framework")
    page.evaluate("scrollTo(0, 0)")  # the header is above the answers otherwise
    page.get_by_role("radio", name="GPU").check(force=True)
    assert page.url.endswith(f"{CONCEPT}?tab=x&accelerator=gpu#no-framework")
    page.get_by_role("link", name="All tags and sources").click()
    page.wait_for_url(f"**/images/{GPU}/")
    page.go_back(wait_until="load")
    expect(page.locator("output")).to_have_text("Images that fit: 1 / 3")
    assert shown(page) == [GPU]
    page.get_by_role("button", name="Show all images").click()
    expect(page).to_have_url(f"{page.url.partition('?')[0]}?tab=x#no-framework")


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("?accelerator=gpu", [GPU]),
        ("?accelerator=tpu&python=%22%5D", None),
        (f"?accelerator=gpu#{NEWEST}", [GPU, NEWEST]),
    ],
    ids=["an answer", "no answer", "a link to an image that is hidden shows it"],
)
def test_an_address_makes_the_choice(
    open_list: Callable[..., Page], rest: str, expected: list[str] | None
) -> None:
    page = open_list(rest)
    assert len(shown(page)) == 3 if expected is None else shown(page) == expected
    assert page.locator("fieldset:not(:has(:checked))").count() == 0


def test_another_language_keeps_the_choice(open_list: Callable[..., Page]) -> None:
    page = open_list("?h=image&tab=x#no-framework")
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("radio", name="GPU").check(force=True)
    page.locator(".md-select button").focus()
    page.locator(".md-select__link[hreflang=de]").press("Enter")
    page.wait_for_url(f"**/de/{CONCEPT}?tab=x&accelerator=gpu#no-framework")
    expect(page.locator("output")).to_have_text("Passende Images: 1 / 3")
    assert shown(page) == [GPU]


@pytest.mark.parametrize("url", sample(URLS, lambda url: url in ("", "de")))
def test_each_block_is_whole_on_paper(open_list: Callable[..., Page], url: str) -> None:
    page = open_list("?accelerator=gpu", url=url, width=WIDTH_OF_A4)
    page.emulate_media(media="print")
    assert len(shown(page)) == 3
    assert page.locator(".imagedocs-choices").is_hidden()
    cut = page.locator(".imagedocs-image :is(h3, p, code)").evaluate_all(
        f"all => all.filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth "
        f"|| each.getBoundingClientRect().right > {WIDTH_OF_A4}).map((each) => each.textContent)"
    )
    assert cut == []
    text = page.locator(".imagedocs-list").inner_text()
    assert [word for word in ("3.9", "3.12", "22.04", "11.8", f"{GPU}:latest") if word not in text] == []
