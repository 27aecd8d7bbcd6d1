"""What a crawler finds in the built tree: every page of every locale, its language, and what it tells others."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from conftest import run_mkdocs
from crawling import NAMES, Crawl, CrawledPage, outside
from imagedocs.locales import Locale, LocaleRegistry, load_locales
from sampling import full
from small_project import CONFIG, LOCALES, small_project

FILES = {
    "locales/locales.yaml": LOCALES + "  he: {name: עברית, babel: he, material: he}\n",
    "locales/he/LC_MESSAGES/messages.po": 'msgid ""\nmsgstr "Language: he\\n"\n',
    "docs/en/index.md": "# Home\n\n[Page](sub/page.md#section) [Only](only.md)\n",
    "docs/en/only.md": (
        "---\ndescription: Only in English\n---\n# Only\n\n[Home](index.md)\n\n> [!NOTE]\n> A note.\n\n## The list\n\n"
        "[!INCLUDE [l](../../includes/aml-inference-list-prebuilt-docker-images.md)]\n"
    ),
    "docs/en/includes/part.md": "> [!TIP]\n> Text that is not translated yet.\n\n## A part\n\nThe <b>part</b>.\n",
    "includes/word.md": "words that are not translated",
    "docs/en/sub/index.md": "# Sub\n\n[Page](page.md)\n",
    "docs/en/sub/page.md": "# Page\n\n## Section\n\n[Up](../index.md)\n",
    "docs/es/index.md": "# Inicio\n\n[Página](sub/page.md#section)\n",
    "docs/es/sub/page.md": '# Página\n\n## <a name="section"></a>Sección\n\n[Sub](index.md)\n',
    "docs/es/local.md": "# Local\n",
    "docs/he/sub/index.md": "# עמוד\n\n[!INCLUDE [p](../includes/part.md)]\n\nמילה [!INCLUDE [w](../../../includes/word.md)].\n",
}
VARIANTS = {
    "below a folder": "https://imagedocs.example/base/",
    "without folders": "https://imagedocs.example/",
}


@pytest.fixture(scope="module", params=[pytest.param("our site", marks=full), *VARIANTS])
def crawl(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    if request.param == "our site":
        folder: Path = request.getfixturevalue("site")
        return Crawl(folder, "https://imagedocs.example/")
    base = VARIANTS[request.param]
    config = CONFIG.replace("https://imagedocs.example/", base)
    if request.param == "without folders":
        config += "use_directory_urls: false\n"
    root = small_project(tmp_path_factory.mktemp("site"), FILES | {"mkdocs.yml": config})
    built = run_mkdocs(root, "build")
    assert built.returncode == 0, built.stderr
    return Crawl(root / "site", base)


def registry(crawl: Crawl) -> LocaleRegistry:
    return load_locales(crawl.folder.parent)[0]


def locale_of(crawl: Crawl, page: CrawledPage) -> Locale:
    locales = registry(crawl)
    first = page.address.removeprefix(crawl.base).partition("/")[0]
    return next((locale for locale in locales.published if locale.url == first), locales.default)


def all_pages(crawl: Crawl) -> list[CrawledPage]:
    return [*crawl.pages.values(), *crawl.not_found.values()]


def test_the_whole_site_is_crawled(crawl: Crawl) -> None:
    locales = registry(crawl).published
    tags = [locale_of(crawl, page).tag for page in crawl.pages.values()]
    counts: dict[str, Any] = {locale.tag: tags.count(locale.tag) for locale in locales}
    assert min(counts.values()) >= 5
    assert counts[registry(crawl).default.tag] in (min(counts.values()), max(counts.values()))
    assert len(crawl.not_found) == len(locales)


def test_every_page_says_its_language_and_direction(crawl: Crawl) -> None:
    for page in all_pages(crawl):
        locale = locale_of(crawl, page)
        assert (page.lang, page.direction) == (locale.tag, locale.direction), page.address
        assert page.open_graph_locale == locale.open_graph
        assert page.title.strip()


def test_titles_and_descriptions_are_marked_where_they_are_foreign(crawl: Crawl) -> None:
    for page in all_pages(crawl):
        home_page = page.canonical == crawl.base or page.canonical.endswith("/index.html")
        foreign = page.lang if page.is_indexed or not page.canonical else crawl.pages[page.canonical].lang
        expected = None if foreign == page.lang else foreign
        assert page.description_lang in (expected, None)
        if not home_page:
            assert page.title_lang == expected, page.address


def test_no_text_is_marked_as_another_language(crawl: Crawl) -> None:
    """Seen where the scripts differ: what is marked as English has no other letters, and no Japanese is English.
    (The theme's sentences are not translated into Hebrew, nor ours.)"""
    for page in all_pages(crawl):
        letters = SCRIPTS.get(page.lang)
        if letters is None:
            continue
        source = crawl.pages.get(page.canonical)
        quoted = {text for _, text in source.texts} if source and not page.is_indexed else set[str]()
        for lang, text in page.texts:
            if lang != page.lang:
                is_own = lang in OWN_NAMES or text in quoted  # an example in the source itself
                assert is_own or not re.search(letters, text), (page.address, lang, text)
            elif page.lang != "he" and " " in text and len(re.findall(r"[A-Za-z]{2,}", text)) >= 3:
                assert re.search(letters, text), (page.address, lang, text)


SCRIPTS = {"ja": "[ぁ-ヿ一-鿿]", "zh-Hans": "[一-鿿]", "ko": "[가-힣]", "he": "[א-ת]"}
OWN_NAMES = {"ja", "zh-Hans", "ko", "he"}


def test_every_link_within_the_site_lands(crawl: Crawl) -> None:
    assert crawl.dead_links() == []


def test_nothing_is_loaded_from_elsewhere(crawl: Crawl) -> None:
    assert outside(crawl) == set()


def test_a_page_is_either_found_at_its_own_address_or_at_that_of_its_source(crawl: Crawl) -> None:
    fallbacks = [page for page in crawl.pages.values() if not page.is_indexed]
    assert fallbacks
    for page in crawl.pages.values():
        if page.is_indexed:
            assert page.canonical == page.address
        else:
            source = crawl.pages[page.canonical]
            assert source.is_indexed
            assert source.lang != page.lang


def test_alternates_are_reciprocal_and_only_of_translations(crawl: Crawl) -> None:
    for page in crawl.pages.values():
        if not page.is_indexed:
            assert page.alternates == {}
            continue
        assert page.alternates[page.lang] == page.address
        others = {registry(crawl).get(tag) for tag in page.alternates} - {locale_of(crawl, page), None}
        assert set(page.open_graph_alternates) == {locale.open_graph for locale in others if locale}
        default = page.alternates.get(registry(crawl).default.tag)
        assert page.alternates.get("x-default") == default
        for tag, address in page.alternates.items():
            other = crawl.pages[address]
            assert other.is_indexed
            assert other.alternates == page.alternates
            assert tag in ("x-default", other.lang)


def test_sitemaps_have_each_page_that_is_indexed_and_no_other(crawl: Crawl) -> None:
    found = crawl.sitemap_addresses()
    indexed = [page for page in crawl.pages.values() if page.is_indexed]
    assert found == {page.address: page.alternates for page in indexed if crawl.is_for_readers(page.address)}
    index = ElementTree.fromstring((crawl.folder / "sitemap-index.xml").read_bytes())
    assert len(index.findall("s:sitemap", NAMES)) == len(registry(crawl).published)


def test_foreign_text_is_marked_and_explained(crawl: Crawl) -> None:
    locales = registry(crawl)
    for page in crawl.pages.values():
        if page.is_indexed:
            assert page.foreign == [], page.address
            continue
        source = locale_of(crawl, crawl.pages[page.canonical])
        assert page.foreign == [(source.tag, source.direction)]
        assert page.notices == 1
    assert {locale.tag for locale in locales} >= {page.lang for page in crawl.pages.values()}


def test_the_switcher_leads_to_the_same_page_in_each_language(crawl: Crawl) -> None:
    locales = registry(crawl).published
    for page in crawl.pages.values():
        assert [link["hreflang"] for link in page.switcher] == [locale.tag for locale in locales]
        for link, locale in zip(page.switcher, locales, strict=True):
            there = crawl.pages[urljoin(page.address, link["href"])]
            is_missing = "imagedocs-untranslated" in link["class"]
            assert there.lang == locale.tag
            only = "es" if page.address.endswith(("/local/", "/local.html")) else ""
            only = "en" if f"{crawl.base}rules/" in page.address else only
            if only and locale.tag != only:  # no other has it: they lead to their home
                assert is_missing
                assert there.address == home(crawl, locale)
                continue
            assert is_missing == (not there.is_indexed)
            assert ("aria-current" in link) == (locale.tag == page.lang)


def test_a_page_for_no_address_works_at_any_depth(crawl: Crawl) -> None:
    for page in crawl.not_found.values():
        assert not page.is_indexed, "some hosts serve it as any other page"
        assert page.alternates == {}
        assert page.canonical == ""
        found = [urljoin(page.address, link["href"]) for link in page.switcher]
        assert found == [home(crawl, locale) for locale in registry(crawl).published]


def home(crawl: Crawl, locale: Locale) -> str:
    name = "index.html" if any(page.endswith("/index.html") for page in crawl.pages) else ""
    return f"{crawl.base}{locale.url}/{name}" if locale.url else f"{crawl.base}{name}"
