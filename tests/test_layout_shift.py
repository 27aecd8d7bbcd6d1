"""Pages stay where they are while they load: also for a reader who is offered the page in another language."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route

from sampling import sample
from test_accessibility import KINDS, LOCALES, ONLY_IN_ENGLISH, WIDTHS

pytestmark = pytest.mark.browser

MOST = 0.01
"""Highest cumulative layout shift; a page is called good up to 0.1 (https://web.dev/articles/cls)."""
OBSERVE = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.shifts.push([entry.value, entry.sources.map(({ node }) => node?.className ?? node?.nodeName).join(" ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def be_late(route: Route) -> None:
    """Answer later than the page is painted first."""
    time.sleep(0.3)
    route.continue_()


READERS = {"es": "en"}
"""Locale -> language of a reader who is offered another one there; of all other locales, a Spanish reader is."""


def pages() -> list[tuple[str, str, int]]:
    """Return locale, kind and width; `make test` tries each kind once."""
    everywhere = [(url, kind, width) for kind in KINDS for url in LOCALES for width in WIDTHS]
    tried = {kind: (("", "fr", "ja")[index % 3], kind, WIDTHS[index % 2]) for index, kind in enumerate(KINDS)}
    return [
        *sample(everywhere, lambda page: page == tried[page[1]]),
        *(("", kind, width) for kind in ONLY_IN_ENGLISH for width in WIDTHS),
    ]


@pytest.mark.parametrize(("url", "kind", "width"), pages())
def test_nothing_moves(
    context_with: Callable[..., BrowserContext],
    site: Path,
    serve_folder: Callable[[Path], str],
    url: str,
    kind: str,
    width: int,
) -> None:
    page = context_with(locale=READERS.get(url, "es"), viewport={"width": width, "height": 640}).new_page()
    try:
        page.add_init_script(OBSERVE)
        page.route("**/bundle.*.js", be_late)  # what it changes is seen to change, as on a slow line
        page.goto(
            "/".join(filter(None, [serve_folder(site), url, (KINDS | ONLY_IN_ENGLISH)[kind]])),
            wait_until="networkidle",
        )
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
        shifts = page.evaluate("window.shifts")
        assert sum(value for value, _ in shifts) <= MOST, shifts
        assert page.locator(".imagedocs-offer").count() == (kind not in NOT_OFFERED), (
            "the offer is part of it"
        )
    finally:
        page.close()


NOT_OFFERED = ("a page that is not there", *ONLY_IN_ENGLISH)
"""Pages that exist in no language of their own, or in one only."""
