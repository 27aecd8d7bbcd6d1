"""Sites in the pseudo-locales: whatever text is not disguised in them would be English in every language, and
what looks wrong from right to left would look so in Arabic."""

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from conftest import run_mkdocs
from imagedocs.locales import Formats
from imagedocs.project import Project
from pseudo_site import LOCALES, PSEUDO, pseudo_project
from small_project import DAY, ROOT, small_project

READ = {"title", "aria-label", "alt", "placeholder", "data-label"}
"""Attributes whose text readers see or hear."""
SILENT = {"script", "style", "svg", "code", "pre", "kbd", "iframe"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NAMES = {"CPU", "CUDA", "GPU", "Python", "Ubuntu"}
"""What the catalog and the head of its list name, the same in every language."""
CATALOG = Project.load(ROOT, DAY).catalog
_FRAMEWORKS = {image.framework.name for image in CATALOG.images if not image.framework.is_none}
_LIBRARIES = {library.name for image in CATALOG.images for library in image.accelerator.libraries}
_IMAGES = {name for image in CATALOG.images for name in (image.id, image.name)}
_NAME = "|".join(map(re.escape, sorted(_FRAMEWORKS | _LIBRARIES | _IMAGES, key=len, reverse=True)))
NOT_PROSE = re.compile(
    rf"(?<![A-Za-z0-9-])(?:{_NAME})(?![A-Za-z0-9-])|\S+/\S+@[0-9a-f]{{7,40}}\b|https?://\S+"
)
"""Names of images and of what is in them, commits, and addresses: the same in every language too."""


class Reader(HTMLParser):
    """The texts of a page that are in its own language: those marked as another's, and code, are left out."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag
        self.texts: list[str] = []
        self.translations: dict[str, str] = {}
        self._open: list[tuple[str, bool]] = []
        """Each open element, and whether its text is left out."""
        self._is_config = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        silent = (
            tag in SILENT
            or attributes.get("translate") == "no"
            or attributes.get("lang", self.tag) != self.tag
        )
        silent = silent or attributes.get("class") == "filename"  # what a block of code is called: `a/b.yaml`
        silent = silent or (bool(self._open) and self._open[-1][1])
        if not silent and tag == "meta" and attributes.get("name") == "description":
            self.texts.append(attributes["content"])
        if not silent or tag == "iframe":
            self.texts += [value for name, value in attributes.items() if name in READ]
        self._is_config = attributes.get("id") == "__config"
        if tag not in VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        self._is_config = False
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._is_config:
            self.translations = json.loads(data)["translations"]
        elif not (self._open and self._open[-1][1]):
            self.texts.append(data)


def words_of_babel(babel: str) -> set[str]:
    """Babel's names of languages and months, and what it joins lists with. They need no disguise: they are data of CLDR."""
    formats = Formats(babel)
    texts = [
        formats.language("en"),
        formats.language("es"),
        formats.list(["1", "2"]),
        formats.list(["1", "2"], "or"),
    ]
    months = [date(2026, month, 1) for month in range(1, 13)]
    texts += [formats.date(day, length) for day in months for length in ("medium", "long")]
    return set(re.findall(r"\w+", " ".join(texts)))


def hard_coded(texts: list[str], tag: str) -> list[str]:
    """The texts that have a word in plain letters."""
    disguise = r"(?<!\u202e)" if tag == "ar-XB" else ""
    known = NAMES | words_of_babel("en" if tag == "en-XA" else "ar")
    found: list[str] = []
    for text in texts:
        words = re.findall(rf"{disguise}\b[A-Za-z]{{2,}}\b", NOT_PROSE.sub("", text))
        if not set(words) <= known:
            found.append(" ".join(text.split()))
    return found


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sites of both pseudo-locales, each built alone as they are never published."""
    root = pseudo_project(tmp_path_factory.mktemp("pseudo"))
    for tag in PSEUDO:
        built = run_mkdocs(root, "build", IMAGEDOCS_LOCALE=tag)
        assert built.returncode == 0, built.stderr
    return root / "site"


def read(file: Path, tag: str) -> Reader:
    reader = Reader(tag)
    reader.feed(file.read_text("utf-8"))
    return reader


@pytest.mark.parametrize("tag", PSEUDO)
def test_no_text_of_any_page_is_hard_coded(sites: Path, tag: str) -> None:
    pages = [*(sites / tag.lower()).rglob("*.html")]
    assert {"404.html", "everything/index.html", "images/index.html", "translations/index.html"} <= {
        page.relative_to(sites / tag.lower()).as_posix() for page in pages
    }
    found = {page.parent.name: texts for page in pages if (texts := hard_coded(read(page, tag).texts, tag))}
    assert found == {}


@pytest.mark.parametrize("tag", PSEUDO)
def test_what_scripts_say_is_not_hard_coded(sites: Path, tag: str) -> None:
    translations = read(sites / tag.lower() / "index.html", tag).translations
    assert len(translations) > 5
    assert hard_coded(list(translations.values()), tag) == []


def test_a_hard_coded_text_would_be_found(sites: Path) -> None:
    html = '<html lang="en-XA"><p title="Plain">⟦Ţåĝ⟧ <b>made</b></p><p lang="en">Made <i>so</i></p><code>x y</code>'
    reader = Reader("en-XA")
    reader.feed(html)
    assert hard_coded(reader.texts, "en-XA") == ["Plain", "made"]
    assert hard_coded(["py312: minimal-py312-inference", "seen in Azure/a@0123456789"], "en-XA") == [
        "seen in Azure/a@0123456789"
    ]
    assert hard_coded(["No framework", "ONNX Runtime"], "en-XA") == ["No framework"]
    assert hard_coded(["\u200f\u202eTag\u202c\u200f", "Tag"], "ar-XB") == ["Tag"]


@pytest.mark.parametrize("tag", PSEUDO)
def test_the_sites_are_no_part_of_what_is_published(sites: Path, tag: str) -> None:
    html = (sites / tag.lower() / "index.html").read_text("utf-8")
    assert f'<html lang="{tag}"' in html
    assert f'hreflang="{tag}"' not in html


def test_a_whole_build_has_no_pseudo_locale(tmp_path: Path) -> None:
    root = small_project(tmp_path, {"locales/locales.yaml": LOCALES})
    assert run_mkdocs(root, "build").returncode == 0
    assert (root / "site/es/index.html").is_file()
    assert not any((root / "site" / tag.lower()).exists() for tag in PSEUDO)


# from right to left

MIRRORED = [
    "everything",
    "images",
    "images/minimal-ubuntu22.04-py39-cpu-inference",
    "images/tensorflow-2.4-ubuntu18.04-py37-cuda11.0.3-gpu-inference",
    "concept-prebuilt-docker-images-inference",
    "contribute",
    "old",
    "translations",
    "404.html",
]

MEASURE = """() => {
  const rtl = element => getComputedStyle(element).direction === "rtl"
  const all = selector => [...document.querySelectorAll(selector)]
  const visible = element => element.getClientRects().length > 0
  return {
    sideways: document.documentElement.scrollWidth - innerWidth,
    page: rtl(document.body),
    code: all(".md-typeset :is(code, kbd)").filter(element => rtl(element)).length,
    loose: all(".md-typeset :not(pre) > code").filter(element => getComputedStyle(element).unicodeBidi !== "isolate").length,
    bullets: all(".md-typeset :is(ul, ol):not([class], .footnote *)").filter(visible).filter(list => {
      const style = getComputedStyle(list)
      const start = rtl(list) ? style.marginRight : style.marginLeft
      return parseFloat(start) <= 0
    }).length,
    cells: all(".md-typeset td:not([align])").filter(visible).filter(cell => {
      const align = getComputedStyle(cell).textAlign
      return !["start", "-webkit-auto", rtl(cell) ? "right" : "left"].includes(align)
    }).length,
  }
}"""
SOUND = {"sideways": 0, "page": True, "code": 0, "loose": 0, "bullets": 0, "cells": 0}


@pytest.mark.browser
def test_a_mirrored_page_is_in_order(
    sites: Path, context_with: Callable[..., BrowserContext], serve_folder: Callable[[Path], str]
) -> None:
    address = serve_folder(sites)
    page = context_with().new_page()
    for place in MIRRORED:
        page.goto(f"{address}/ar-xb/{place}")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(MEASURE) == SOUND, (place, width)
    page.close()


def dynamic_texts(page: Page) -> list[str]:
    page.set_default_timeout(10_000)
    page.locator(".md-search__input").click()
    found = [page.locator(".md-search-result__meta").inner_text()]
    page.locator(".md-search__input").fill("code strong")
    page.keyboard.press("Shift")
    page.wait_for_selector(".md-search-result__item")
    found.append(page.locator(".md-search-result__meta").inner_text())
    found += page.locator(".md-search-result__more summary").all_inner_texts()
    page.keyboard.press("Escape")
    button = page.locator(".md-code__button, .md-clipboard").first
    found.append(button.get_attribute("title") or button.get_attribute("aria-label") or "")
    return found


@pytest.mark.browser
@pytest.mark.parametrize("tag", PSEUDO)
def test_what_scripts_show_is_disguised(
    sites: Path, context_with: Callable[..., BrowserContext], serve_folder: Callable[[Path], str], tag: str
) -> None:
    page = context_with().new_page()
    page.goto(f"{serve_folder(sites)}/{tag.lower()}/everything/", wait_until="networkidle")
    texts = dynamic_texts(page)
    assert all(texts), texts
    assert hard_coded(texts, tag) == []
    page.close()
