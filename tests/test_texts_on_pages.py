"""What people write as text is text on every page, character by character, and never markup; in a clone of this project
and in one that `imagedocs init` makes, which has the plugin."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from playwright.sync_api import Browser

from conftest import run_mkdocs
from hostile_site import CATALOG_NAME, MESSAGE, NAME, PLACES, TEXTS, checkout_site, plugin_site
from imagedocs.html_documents import read_document
from sampling import full

IMAGE = TEXTS["an attribute in double quotes"]
THEIR_IDS = ("__config", "__search", "__drawer")


@dataclass(frozen=True)
class Built:
    """A built site, with each page parsed as browsers parse it."""

    folder: Path
    pages: dict[str, Element]

    def texts(self, place: str, *classes: str, within: str = "") -> list[str]:
        """The texts of the elements of the page that have all these classes, below an element of the class `within`."""
        roots = [self.pages[place]] if not within else _of_class(self.pages[place], within)
        return [text_of(each) for root in roots for each in _of_class(root, *classes)]

    def first(self, place: str, path: str) -> Element:
        found = self.pages[place].find(path)
        assert found is not None, f"{place} has no {path}"
        return found

    def meta(self, place: str, name: str) -> str:
        return self.first(place, f".//meta[@name='{name}']").get("content", "")

    def index(self, language: str = "") -> list[dict[str, object]]:
        return json.loads((self.folder / language / "search/search_index.json").read_text("utf-8"))["docs"]


def _of_class(root: Element, *classes: str) -> Iterator[Element]:
    return (each for each in root.iter() if set(classes) <= set((each.get("class") or "").split()))


def text_of(element: Element) -> str:
    return "".join(element.itertext()).strip(" \n\t")


def elements(root: Element) -> Iterator[Element]:
    """Without comments, whose tags are functions."""
    return (each for each in root.iter() if isinstance(each.tag, str))


@pytest.fixture(scope="module")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Path], Path]], Built]:
    @cache
    def build(make: Callable[[Path], Path]) -> Built:
        folder = make(tmp_path_factory.mktemp("hostile"))
        result = run_mkdocs(folder, "build")
        assert result.returncode == 0, result.stderr
        site = folder / "site"
        pages = {
            path.relative_to(site).as_posix().removesuffix("/index.html"): html5lib.parse(
                path.read_text("utf-8"), namespaceHTMLElements=False
            )
            for path in site.rglob("*.html")
        }
        assert len(pages) > 50
        return Built(site, pages)

    return build


@pytest.fixture(params=[checkout_site, plugin_site], ids=["a clone", "the plugin"])
def built(request: pytest.FixtureRequest, build_once: Callable[..., Built]) -> Built:
    return build_once(request.param)


@pytest.fixture
def clone(build_once: Callable[..., Built]) -> Built:
    return build_once(checkout_site)


def test_no_text_becomes_an_element_an_attribute_or_a_script(built: Built) -> None:
    found: list[tuple[str, str]] = []
    for place, root in built.pages.items():
        for each in elements(root):
            attributes = {name.lower(): (value or "").strip().lower() for name, value in each.attrib.items()}
            is_bad = each.tag in ("pwn", "svg") and not each.get("viewBox")
            is_bad |= any(name.startswith("on") or "pwn" in name for name in attributes)
            is_bad |= any(
                value.startswith("javascript:") or value in ("x", "pwn.png")
                for name, value in attributes.items()
                if name in ("href", "src", "action")
            )
            is_data = each.get("type") in ("application/json", "application/ld+json")
            if each.tag == "script" and is_data:
                json.loads(text_of(each))
            is_bad |= each.tag == "script" and not is_data and "pwn" in text_of(each)
            is_bad |= each.tag in ("strong", "em", "code") and text_of(each) in ("pwn", "bold")
            if is_bad:
                found.append((place, f"<{each.tag} {attributes}>"))
    assert found == []


@pytest.mark.parametrize("language", ["", "es/"], ids=["written", "shown in another language"])
@pytest.mark.parametrize("kind", TEXTS)
def test_metadata_are_shown_as_they_are_written(built: Built, kind: str, language: str) -> None:
    text, place = TEXTS[kind], f"{language}{PLACES[kind]}"
    assert text_of(built.first(place, ".//title")) == f"{text} - {NAME}"
    assert built.texts(place, "md-header__topic")[1] == text
    assert built.meta(place, "description") == built.meta(place, "author") == text
    assert built.texts(place, "md-tag") == [text]
    entries = [text_of(each) for each in _of_class(built.pages[place], "md-nav__link--active")]
    assert any(entry.startswith(text) for entry in entries)  # with the subtitle below it
    assert all("pwn" not in name for each in elements(built.pages[place]) for name in each.attrib)


@pytest.mark.parametrize("language", ["", "es/"], ids=["written", "shown in another language"])
@pytest.mark.parametrize("kind", TEXTS)
def test_titles_of_other_pages_are_in_the_menus_as_they_are_written(
    built: Built, kind: str, language: str
) -> None:
    text, places = TEXTS[kind], list(PLACES.values())
    number = places.index(PLACES[kind])
    before = f"{language}{places[number - 1]}" if number else f"{language}{places[1]}"
    assert any(each.startswith(text) for each in built.texts(before, "md-ellipsis", within="md-nav--primary"))
    neighbours = built.texts(before, "md-ellipsis", within="md-footer")
    assert text in neighbours


@pytest.mark.parametrize("language", ["", "es/"], ids=["written", "shown in another language"])
@pytest.mark.parametrize("kind", TEXTS)
def test_headings_are_titles_as_they_are_written(built: Built, kind: str, language: str) -> None:
    text, place = TEXTS[kind].replace("\u2028", " ").replace("\u2029", " "), f"{language}h{PLACES[kind]}"
    assert text_of(built.first(place, ".//title")) == f"{text} - {NAME}"
    assert text_of(built.first(place, ".//h1")).removesuffix("¶") == text
    assert built.texts(place, "md-header__topic")[1] == text
    assert text in built.texts(place, "md-ellipsis", within="md-nav--primary")
    assert f"Of {text}" in built.texts(place, "md-ellipsis", within="md-nav--secondary")


@pytest.mark.parametrize("language", ["", "es"])
@pytest.mark.parametrize("kind", TEXTS)
def test_the_search_has_titles_and_tags_as_they_are_written(built: Built, kind: str, language: str) -> None:
    text = TEXTS[kind].replace("\u2028", " ").replace("\u2029", " ")
    entries = {str(entry["location"]): entry for entry in built.index(language)}
    title = str(entries[f"h{PLACES[kind]}/"]["title"])
    assert (unescape(title), "<" in title) == (text, False)
    (tag,) = entries[f"{PLACES[kind]}/"]["tags"]  # type: ignore[misc]  # a list of texts
    assert (unescape(tag), "<" in tag) == (TEXTS[kind], False)


@pytest.mark.parametrize("place", ["", "es", "404.html", "es/404.html", "p0", "es/p0", "translations"])
def test_the_configuration_is_shown_as_it_is_written(built: Built, place: str) -> None:
    place = place or "index.html"
    assert NAME in text_of(built.first(place, ".//title"))
    assert built.texts(place, "md-header__topic")[0] == NAME
    logo = built.first(place, ".//a[@data-md-component='logo']")
    assert (logo.get("title"), logo.get("aria-label")) == (NAME, NAME)
    assert any(text.startswith(IMAGE) for text in built.texts(place, "md-source__repository"))
    assert [each.get("title") for each in _of_class(built.pages[place], "md-social__link")] == [IMAGE]
    tabs = built.texts(place, "md-tabs__link")
    assert {IMAGE, f"Section {IMAGE}"} <= set(tabs)
    entries = built.texts(place, "md-nav__link", within="md-nav--primary")
    assert {IMAGE, f"Section {IMAGE}"} <= set(entries)


def test_metadata_of_a_documentation_set_are_text(built: Built) -> None:
    assert text_of(built.first("given", ".//title")) == f"{IMAGE} - {NAME}"
    assert built.meta("given", "description") == built.meta("given", "author") == IMAGE


@pytest.mark.parametrize("place", ["old", "es/old"])
def test_a_page_that_leads_on_has_the_address_alone(built: Built, place: str) -> None:
    links = [each.get("href") for each in built.pages[place].iter("a")]
    assert links == ["https://e.example/%22%3E%3Cimg%20src=x%20onerror=pwn()%3E?a&b"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("away0", []),
        ("away1", []),
        ("away2", ['"];pwn()//']),
        ("away3", ["https://e.example/?a&b"]),
    ],
    ids=["a program", "a program with a tab", "the end of a script", "an address"],
)
def test_metadata_that_lead_on_lead_to_an_address(built: Built, place: str, expected: list[str]) -> None:
    assert [each.get("href") for each in built.pages[place].iter("a")] == expected


def test_translators_write_text(clone: Built) -> None:
    assert text_of(clone.first("es/404.html", ".//h1")) == MESSAGE
    assert text_of(clone.first("es/translations", ".//h1")).removesuffix("¶") == MESSAGE
    assert text_of(clone.first("es/translations", ".//title")) == f"{MESSAGE} - {NAME}"
    assert MESSAGE in clone.texts("es/p0", "admonition-title", within="imagedocs-notice")


def test_the_catalog_and_the_names_of_languages_are_text(clone: Built) -> None:
    facts = [text_of(each) for each in clone.pages["list"].iter("strong")]
    assert f"{CATALOG_NAME} 22.04" in facts
    assert "English <pwn>" in clone.texts("p0", "md-select__link")


@pytest.mark.parametrize("place", ["taken", "es/taken"])
def test_nothing_on_a_page_takes_the_place_of_the_themes_own(built: Built, place: str) -> None:
    root = built.pages[place]
    ids = [each.get("id") for each in elements(root)]
    assert [ids.count(each) for each in THEIR_IDS] == [1, 1, 1]
    config = built.first(place, ".//*[@id='__config']")
    assert (config.tag, json.loads(text_of(config))["base"]) == ("script", "..")
    assert [each.tag for each in elements(root) if each.get("data-md-component") == "search"] == ["div"]


def test_the_anchors_of_every_page_are_those_that_browsers_find(built: Built) -> None:
    compared = 0
    for path in built.folder.rglob("*.html"):
        page = built.pages[path.relative_to(built.folder).as_posix().removesuffix("/index.html")]
        expected = {each.get("id") for each in elements(page)} | {each.get("name") for each in page.iter("a")}
        assert read_document(path.read_text("utf-8")).anchors() == expected - {None, ""}, path
        compared += len(expected)
    assert compared > 5 * len(built.pages)


@pytest.mark.browser
@pytest.mark.parametrize(
    "built",
    [pytest.param(checkout_site, marks=full), plugin_site],
    ids=["a clone", "the plugin"],
    indirect=True,
)
def test_nothing_runs_in_a_browser(
    built: Built, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    address = serve_folder(built.folder)
    page = browser.new_page()
    page.add_init_script("window.pwn = () => { window.owned = true }")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for place in (
        "",
        "es/",
        "taken/",
        "translations/",
        "es/p3/",
        "nowhere/",
        *(f"{each}/" for each in PLACES.values()),
    ):
        page.goto(f"{address}/{place}", wait_until="load")
        assert page.evaluate("window.owned") is None, place
    page.goto(f"{address}/{PLACES['words in angle brackets']}/", wait_until="load")
    assert page.title() == f"{TEXTS['words in angle brackets']} - {NAME}"
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("read")
    page.keyboard.press("Shift")  # Material looks at what was typed when a key is let go
    page.locator(".md-search-result__item").first.wait_for()
    titles = page.locator(".md-search-result__link h1").all_inner_texts()
    tags = page.locator(".md-search-result__link h1 ~ nav .md-tag").all_text_contents()
    assert (sorted(titles), tags) == (
        ["Heading p0", TEXTS["words in angle brackets"]],
        [TEXTS["words in angle brackets"]],
    )
    assert page.evaluate("window.owned") is None
    assert not [url for url in asked if url.endswith(("/x", "pwn.png")) or "pwn.example" in url]
    page.close()
