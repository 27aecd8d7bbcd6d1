"""Parts for some versions of a product, in a browser."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from conftest import run_mkdocs
from small_project import small_project

pytestmark = pytest.mark.browser

VERSIONS = {"monikers": [{"moniker_name": name, "product_name": "p"} for name in ("v1", "v2")]}
DOCFX = {"monikerDefinition": "versions.json", "monikerRange": {"**": ">= v1"}, "view": "v2"}
PAGE = "# Home\n\n" + "".join(
    f'::: moniker range="{name}"\nFor {name}.\n::: moniker-end\n\n' for name in ("v1", "v2", ">= v1")
)


def test_the_address_says_which_version_is_shown(
    tmp_path: Path, context_with: Callable[..., BrowserContext]
) -> None:
    files = {
        "docfx.json": json.dumps({"build": DOCFX}),
        "versions.json": json.dumps(VERSIONS),
        "index.md": PAGE,
    }
    folder = small_project(tmp_path, {f"docs/en/{name}": text for name, text in files.items()})
    result = run_mkdocs(folder, "build", "--strict")
    assert result.returncode == 0, result.stderr
    home = (folder / "site" / "index.html").as_uri()
    shown: dict[str, list[bool]] = {}
    for query in ("", "?view=v1", "?view=v2", "?view=v9"):
        page = context_with().new_page()
        page.goto(home + query, wait_until="load")
        page.wait_for_timeout(200)
        shown[query] = [part.is_visible() for part in page.query_selector_all(".moniker")]
        page.close()
    assert shown == {
        "": [False, True, True],
        "?view=v1": [True, False, True],
        "?view=v2": [False, True, True],
        "?view=v9": [False, True, True],
    }
