"""A reader is offered the page in the language that fits best, at the same place, in words of that language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from conftest import run_mkdocs
from small_project import small_project

pytestmark = pytest.mark.browser

TAGS = ("en", "fr-CA", "es-419", "es-ES", "zh-Hant", "zh-TW")
BABEL = {"zh-TW": "zh_Hant_TW"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[[Path], str]) -> str:
    entries = "".join(
        f"  {tag}: {{name: {tag}, babel: {BABEL.get(tag, tag.replace('-', '_'))}, material: {tag[:2]}}}\n"
        for tag in TAGS
    )
    files = {
        "locales/locales.yaml": f"version: 1\ndefault: en\nlocales:\n{entries}",
        **{f"docs/{tag}/index.md": "# Start\n\n## There\n" for tag in TAGS},
    }
    root = small_project(tmp_path_factory.mktemp("offer"), files)
    built = run_mkdocs(root, "build")
    assert built.returncode == 0, built.stderr
    return serve_folder(root / "site")


@pytest.mark.parametrize(
    ("reader", "path", "offered"),
    [
        ("es-ES", "", "es-ES"),
        ("es-MX", "", "es-419"),
        ("zh-TW", "", "zh-TW"),
        ("zh-HK", "", "zh-Hant"),
        ("es-ES", "es-419/", "es-ES"),
        ("es-MX", "es-es/", "es-419"),
        ("es", "es-419/", None),
        ("es-MX", "es-419/", None),
        ("zh-CN", "", None),
        ("fr-FR", "", "fr-CA"),
        ("fr-FR", "fr-ca/", None),
    ],
)
def test_the_best_fit_is_offered(
    context_with: Callable[..., BrowserContext], address: str, reader: str, path: str, offered: str | None
) -> None:
    page = context_with(locale=reader).new_page()
    page.goto(f"{address}/{path}#there")
    offer = page.locator(".imagedocs-offer")
    assert offer.count() == (offered is not None)
    if offered:
        assert offer.get_attribute("lang") == "en", "the sentence itself has no translation here"
        assert (
            page.locator(".imagedocs-offer a").get_attribute("href") == f"{address}/{offered.lower()}/#there"
        )
    page.close()


def test_the_button_speaks_the_language_of_the_offer(
    context_with: Callable[..., BrowserContext], site: Path, serve_folder: Callable[[Path], str]
) -> None:
    page = context_with(locale="es-MX").new_page()
    page.goto(f"{serve_folder(site)}/ja/tag-policy/")
    assert (
        page.locator(".imagedocs-offer[lang=es] button").get_attribute("aria-label") == "No volver a ofrecer"
    )
    page.close()
