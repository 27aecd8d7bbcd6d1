"""Badges: what they say, in which language, and that they are pictures that anybody can show."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from imagedocs.project import Project
from imagedocs.project.published import files_of, publication
from imagedocs.publishing.formats.badges import BROWN, GREEN, GREY, RED, render_badge
from small_project import CONFIG, small_project

DAY = date(2026, 3, 20)
CATALOG = """\
version: 2
registry: ghcr.io
columns: [python]
images:
  - {id: web, repository: acme/web, tag: "1.0", python: "3.12", listed: {from: 2026-01-02, until: 2027-01-01}}
  - {id: sure, repository: acme/sure, tag: "1.0", python: "3.12", support: {until: 2026-08-02, source: x}}
  - {id: over, repository: acme/over, tag: "1.0", python: "3.12", support: {until: 2026-03-02, source: x}}
  - {id: late, repository: acme/late, tag: "1.0", python: "3.12", status: deprecated}
  - {id: old, repository: acme/old, tag: "1.0", python: "3.8", status: removed,
     listed: {from: 2025-01-01, until: 2025-09-24}}
"""
SVG = "{http://www.w3.org/2000/svg}"


def badges(folder: Path, tag: str) -> dict[str, str]:
    config = CONFIG.replace("  imagedocs:\n", "  imagedocs:\n    badges: true\n")
    small_project(folder, {"mkdocs.yml": config, "catalog/images.yaml": CATALOG})
    project = Project.load(folder, DAY)
    files = files_of(project, publication(project, project.locale(tag))).files
    made = {place: make().decode() for place, make in files.items() if place.startswith("badges/")}
    return {place.removeprefix("badges/").removesuffix(".svg"): text for place, text in made.items()}


def said(picture: str) -> str:
    root = ElementTree.fromstring(picture)
    title = root.findtext(f"{SVG}title")
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert title == root.get("aria-label") == ": ".join(filter(None, texts))
    assert root.get("role") == "img"
    return title or ""


def test_a_badge_says_how_an_image_stands_and_on_which_day_in_each_language(tmp_path: Path) -> None:
    pictures = badges(tmp_path, "en")
    assert {name: said(picture) for name, picture in pictures.items()} == {
        "web": "web: supported, as of Jan 2, 2026",
        "sure": "sure: supported until Aug 1, 2026",
        "over": "over: supported until Mar 1, 2026",
        "late": "late: deprecated, as of Jan 2, 2026",
        "old": "old: withdrawn on Sep 24, 2025",
    }
    colours = {name: re.findall('fill="(#[0-9a-f]{6})"', picture)[1] for name, picture in pictures.items()}
    assert colours == {"web": GREEN, "sure": GREEN, "over": RED, "late": BROWN, "old": RED}
    spanish = badges(tmp_path, "es")
    assert said(spanish["old"]) == "old: retirada el 24 sept 2025"
    assert said(spanish["sure"]) == "sure: con soporte técnico hasta el 1 ago 2026"
    assert 'lang="es"' in spanish["old"]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [GREY, GREEN, BROWN, RED])
def test_white_text_can_be_read_on_each_colour(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


NAMES = [
    pytest.param("web", "supported until Aug 1, 2026", id="English"),
    pytest.param("web", "2026/08/01 までサポート", id="Japanese"),
    pytest.param("事前構築済みイメージ", "提供終了", id="a name in Japanese"),
    pytest.param("mmmmWWWW@@", "llliii...", id="wide and narrow letters"),
    pytest.param("x" * 300, "withdrawn", id="a long name"),
    pytest.param("\"><script>alert('x')</script>&amp;\x00\n", "<b>\u202e", id="a hostile name"),
]


@pytest.mark.parametrize(("label", "message"), NAMES)
def test_any_text_fits_into_its_half(browser: Browser, label: str, message: str) -> None:
    picture = render_badge(label, message, RED, "en")
    said_label = " ".join(label.replace("\x00", "").split())
    title = ElementTree.fromstring(picture).findtext(f"{SVG}title") or ""
    assert title == f"{said_label}: {message.replace(chr(0x202E), '')}"
    page = browser.new_page()
    try:
        page.set_content(f"<body>{picture}")
        assert page.locator("script").count() == 0
        assert page.locator("svg").count() == 1
        boxes = page.evaluate(
            "() => [...document.querySelectorAll('rect, path, text')].map(each => {"
            " const box = each.getBBox(); return [box.x, box.x + box.width] })"
        )
        natural = page.evaluate(
            "() => [...document.querySelectorAll('text')].map(each => {"
            " const fixed = each.textLength.baseVal.value; each.removeAttribute('textLength');"
            " return each.getComputedTextLength() / fixed })"
        )
    finally:
        page.close()
    whole, right, first, second = boxes
    assert whole[0] + 3 <= first[0] < first[1] <= right[0] - 3
    assert right[0] + 3 <= second[0] < second[1] <= right[1] - 3 <= whole[1]
    assert all(0.6 < each < 1.4 for each in natural), natural
