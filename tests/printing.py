"""Pages as a browser prints them, read back from the PDF."""

import unicodedata
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

_RADICALS = str.maketrans("⺠⻅⻆⻉⻋⻓⻔⻚⻛⻜⻢⻥⻦⻩⻬⻰", "民见角贝车长门页风飞马鱼鸟黄齐龙")
"""Simplified radicals, which Unicode doesn't decompose, and the characters that look like them."""


def plain(text: str) -> str:
    """Return a text without spaces, ligatures and radicals: lines break elsewhere on paper, and a PDF names the glyphs
    that were drawn, of which a CJK font has one for a character and its radical."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_RADICALS).split())


def printed(page: Page) -> str:
    """Return the text of a page on A4, as `plain` has it."""
    reader = PdfReader(BytesIO(page.pdf(format="A4")))
    return plain("\n".join(sheet.extract_text() for sheet in reader.pages))


def texts_of(page: Page, selector: str) -> list[str]:
    """Return the texts of elements, without the signs that link to headings."""
    texts = page.locator(selector).evaluate_all(
        """all => all.map((each) => {
            const copy = each.cloneNode(true)
            copy.querySelectorAll(".headerlink, .md-code__nav").forEach((sign) => sign.remove())
            return copy.textContent
        })"""
    )
    return [text for text in map(plain, texts) if text]
