"""A list of 109 images with columns and groups of its own, and one that is read from right to left, in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conftest import run_mkdocs
from many_images import COUNT, catalog_text, registry_text
from printing import printed, texts_of
from small_project import CONFIG, small_project

pytestmark = pytest.mark.browser

LOCALES = """\
version: 1
default: en
locales:
  en: {name: English, babel: en, material: en, search: {language: en}}
  ar: {name: العربية, babel: ar, material: ar, search: {language: ar}}
"""
INCLUDE = "[!INCLUDE [images](../../includes/aml-inference-list-prebuilt-docker-images.md%s)]\n"
WITH_PAGES = CONFIG.replace("  imagedocs:\n", "  imagedocs:\n    images: {prefix: images}\n", 1)
ON_ROCM = 26
"""Images for that accelerator."""
WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[[Path], str]) -> str:
    files = {
        "mkdocs.yml": WITH_PAGES,
        "catalog/images.yaml": catalog_text(),
        "catalog/registry.json": registry_text(),
        "locales/locales.yaml": LOCALES,
        "docs/en/index.md": '# <a name="images"></a>Images\n\n' + INCLUDE % "",
        "docs/ar/index.md": '# <a name="images"></a>الصور\n\n' + INCLUDE % "",
        "docs/en/table.md": "# Table\n\n" + INCLUDE % "?form=table",
    }
    folder = small_project(tmp_path_factory.mktemp("many"), files)
    built = run_mkdocs(folder, "build")
    assert built.returncode == 0, built.stderr
    return serve_folder(folder / "site")


@pytest.fixture
def open_page(context_with: Callable[..., BrowserContext], address: str) -> Iterator[Callable[..., Page]]:
    pages: list[Page] = []

    def open_at(path: str, width: int = 1280) -> Page:
        page = context_with().new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/{path}", wait_until="load")
        return page

    yield open_at
    for page in pages:
        page.close()


def visible_blocks(page: Page) -> int:
    return page.locator(".imagedocs-image").evaluate_all(
        "all => all.filter((each) => each.getClientRects().length).length"
    )


def too_wide(page: Page) -> list[str]:
    """Return the parts of the list that are wider than their place, and say so of the page. The signs that link to
    headings hang beside these."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.add_style_tag(content=".headerlink { display: none !important }")
    found: list[str] = page.locator(
        ".imagedocs-list :is(h3, h4, p, code, select, legend, article)"
    ).evaluate_all(
        """all => all.filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
            .map((each) => each.outerHTML.slice(0, 200))"""
    )
    return [*found, *(["the page scrolls sideways"] if wide else [])]


@pytest.mark.parametrize(
    "path", ["", "ar/", "images/", "images/tensor-2.0-neuron/", "ar/images/tensor-2.0-neuron/"]
)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_its_place(open_page: Callable[..., Page], path: str, width: int) -> None:
    page = open_page(path, width)
    assert too_wide(page) == []
    if not path.endswith(("images/", "neuron/")):
        assert visible_blocks(page) == COUNT


def test_the_keyboard_goes_through_the_choice(open_page: Callable[..., Page]) -> None:
    page = open_page("", 360)
    names = ["Accelerator", "Framework", "Platform", "Base image", "Registry"]
    page.get_by_role("combobox", name=names[0]).focus()
    page.keyboard.press("R")  # ROCm
    for name in names[1:]:
        page.keyboard.press("Tab")
        expect(page.get_by_role("combobox", name=name)).to_be_focused()
    told = page.locator(".imagedocs-fit output")
    expect(told).to_have_text(f"Images that fit: {ON_ROCM} / {COUNT}")
    assert visible_blocks(page) == ON_ROCM
    groups = page.get_by_role("heading", level=3)
    assert [heading.inner_text().rstrip("¶\n") for heading in groups.all() if heading.is_visible()] == [
        "ROCm"
    ]
    assert page.url.endswith("/?accelerator=rocm")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all images")).to_be_focused()
    page.keyboard.press("Enter")
    expect(told).to_have_text("")
    assert visible_blocks(page) == COUNT


def test_answers_of_own_columns_fit_together(open_page: Callable[..., Page]) -> None:
    page = open_page("?platform=Batch&framework=learn")
    assert page.get_by_role("combobox", name="Platform").input_value() == "Batch"
    shown = [title.inner_text() for title in page.locator("h4").all() if title.is_visible()]
    assert shown
    assert all(title.startswith("learn-") for title in shown)
    assert visible_blocks(page) == len(shown) < 5


def test_an_anchor_leads_to_its_image_from_right_to_left(open_page: Callable[..., Page]) -> None:
    page = open_page("ar/#tree-2.7-rocm", 360)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    heading = page.locator("[id='tree-2.7-rocm']")
    expect(heading).to_be_in_viewport()
    header = page.locator(".md-header").bounding_box()
    place = heading.bounding_box()
    assert header
    assert place
    assert place["y"] >= header["height"], "it is not below the header"
    code = page.locator(".imagedocs-image pre code").evaluate_all(
        "all => all.map((each) => getComputedStyle(each)).map((style) => style.direction + style.textAlign)"
    )
    assert {*code} <= {"ltrleft", "ltrstart"}
    edge = page.locator(".imagedocs-image").first.evaluate(
        "each => [getComputedStyle(each).borderRightWidth, getComputedStyle(each).borderLeftWidth].map(parseFloat)"
    )
    assert edge[0] > edge[1]


def test_no_cell_of_the_table_is_lost_on_paper(open_page: Callable[..., Page]) -> None:
    page = open_page("table/")
    cells = texts_of(page, "article :is(th, td)")
    assert len(cells) > 6 * COUNT
    paper = printed(page)
    assert [cell for cell in cells if cell not in paper] == []
