"""Draw the site's PNG pictures from their SVG sources, with Chromium: the card of links, and the icon of home screens.

`make pictures` runs this when a source has changed. The pictures are committed: a build draws nothing.
"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "includes/theme/assets/images"
PICTURES = {
    IMAGES / "card.png": (ROOT / ".github/card.svg", 1200, 630),
    IMAGES / "touch-icon.png": (IMAGES / "imagedocs.svg", 180, 180),
}
"""Picture -> its source, and its size."""


def draw(source: Path, width: int, height: int) -> bytes:
    """Return a picture as PNG. Corners are square: home screens round them themselves."""
    svg = source.read_text("utf-8").replace('rx="5" ', "")
    style = "<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_content(f"{style}{svg}")
        picture = page.screenshot(type="png")
        browser.close()
    return picture


if __name__ == "__main__":
    for picture, (source, width, height) in PICTURES.items():
        picture.write_bytes(draw(source, width, height))
        print(picture.relative_to(ROOT))
