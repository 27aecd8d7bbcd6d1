"""What the heads of pages say to programs that show links, to search engines, home screens and browsers."""

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from conftest import run_mkdocs
from draw_pictures import PICTURES
from imagedocs.locales import load_locales
from imagedocs.publishing.heads import size_of_png
from small_project import CONFIG, problems_of, small_project

HOST = "https://imagedocs.example/"
LANGUAGES = {locale.tag for locale in load_locales(Path(__file__).parent.parent)[0].published}
WORDS = {
    "WebSite": {"name", "url", "inLanguage", "description"},
    "TechArticle": {
        *("headline", "description", "inLanguage", "url", "dateModified", "image", "isPartOf"),
    },
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
"""Types of schema.org that pages use -> their properties there; ratings, offers and authors are not among them."""


class Head(HTMLParser):
    """Reads what the head of a page says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, list[str]] = {}
        self.links: dict[str, str] = {}
        self.data: list[Any] = []
        self.scripts = 0
        self.language = ""
        self._in: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        elif tag == "meta" and (name := given.get("property") or given.get("name")):
            self.metas.setdefault(name, []).append(given.get("content") or "")
        elif tag == "link":
            self.links.setdefault(given.get("rel") or "", given.get("href") or "")
        elif tag == "script":
            self.scripts += 1
            self._in = [] if given.get("type") == "application/ld+json" else None

    def handle_data(self, data: str) -> None:
        if self._in is not None:
            self._in.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._in is not None:
            self.data.append(json.loads("".join(self._in)))
            self._in = None

    def one(self, name: str) -> str:
        (value,) = self.metas[name]
        return value


def read(page: Path) -> Head:
    return Head(page.read_text("utf-8"))


@pytest.fixture(scope="module")
def heads(site: Path) -> Mapping[str, Head]:
    """Address -> head of each page that search engines may list."""
    found = {
        page.parent.relative_to(site).as_posix(): read(page) for page in sorted(site.rglob("index.html"))
    }
    return {
        f"{HOST}{place}/".replace("/./", "/"): head
        for place, head in found.items()
        if "robots" not in head.metas
    }


def test_open_graph_is_complete(heads: Mapping[str, Head], site: Path) -> None:
    assert len(heads) > 400
    for address, head in heads.items():
        assert head.one("og:url") == head.links["canonical"] == address
        assert head.one("og:title")
        assert head.one("og:site_name")
        assert head.one("og:type") == (
            "website" if head.one("og:title") == head.one("og:site_name") else "article"
        )
        assert head.one("og:locale").partition("_")[0] == head.language.partition("-")[0]
        assert head.one("twitter:card") == "summary_large_image"
        assert head.one("og:image:alt")
        picture = site / urlsplit(head.one("og:image")).path.lstrip("/")
        size = (int(head.one("og:image:width")), int(head.one("og:image:height")))
        assert size == (1200, 630) == size_of_png(picture.read_bytes())
    assert {head.language for head in heads.values()} == LANGUAGES


def test_pages_of_readers_have_a_description_of_their_own(heads: Mapping[str, Head]) -> None:
    described: dict[tuple[str, str], str] = {}
    for address, head in heads.items():
        if "/rules/" in address or address.endswith("/translations/"):
            continue
        text = head.one("description")
        assert head.one("og:description") == text
        assert 40 <= len(text) <= 320 or head.language[:2] in ("ja", "ko", "zh"), text
        assert described.setdefault((head.language, text), address) == address
    said = heads[f"{HOST}de/images/minimal-ubuntu18.04-py37-cpu-inference/"].one("description")
    assert "Python 3.7" in said
    assert "8. April 2024" in said


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all things that a document of JSON-LD speaks of."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for each in value.values():
            yield from things(each)
    elif isinstance(value, list):
        for each in value:
            yield from things(each)


def test_linked_data_is_of_the_page(heads: Mapping[str, Head]) -> None:
    for address, head in heads.items():
        (data,) = head.data
        assert data["@context"] == "https://schema.org"
        for thing in things(data):
            assert thing.keys() - {"@type", "@context"} <= WORDS[thing["@type"]], address
            assert all(thing.values())
        kinds = {thing["@type"]: thing for thing in things(data)}
        assert kinds["WebSite"]["name"] == head.one("og:site_name")
        if head.one("og:type") == "website":
            assert (data["@type"], data["url"]) == ("WebSite", address)
            continue
        article = kinds["TechArticle"]
        assert article["url"] == address
        assert article["inLanguage"] == head.language
        assert article["headline"] == head.one("og:title")
        steps = kinds["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == [*range(1, len(steps) + 1)]
        assert all(step["item"] in heads for step in steps)
        assert steps[-1]["item"] == address
        assert steps[0]["item"] == kinds["WebSite"]["url"]
    path = heads[f"{HOST}es/images/minimal-py312-inference/"].data[0]["@graph"][1]["itemListElement"]
    assert [step["item"].removeprefix(f"{HOST}es/") for step in path] == [
        "",
        "images/",
        "images/minimal-py312-inference/",
    ]


def test_pages_that_nobody_should_list_have_no_linked_data(site: Path) -> None:
    head = read(site / "404.html")
    assert head.data == []
    assert "og:title" not in head.metas
    assert [
        place for page in site.rglob("*.html") if (place := read(page)).metas.get("robots") and place.data
    ] == []


def test_pictures_are_those_of_their_sources(site: Path) -> None:
    for picture, (_, width, height) in PICTURES.items():
        content = picture.read_bytes()
        assert size_of_png(content) == (width, height)
        assert len(content) < 30_000
    assert read(site / "ja/index.html").links["apple-touch-icon"] == "../assets/images/touch-icon.png"
    assert read(site / "ja/index.html").links["icon"] == "../assets/images/imagedocs.svg"


@pytest.mark.browser
def test_the_browser_has_the_colour_of_the_header(browser: Browser, site: Path, serve_folder: Any) -> None:
    """Before scripts have run, as the system wants it; then as the reader has chosen."""
    shown = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
    color = """() => [...document.querySelectorAll("meta[name=theme-color]")]
        .find((meta) => !meta.media || matchMedia(meta.media).matches).content"""
    address = serve_folder(site)
    for scripts in (False, True):
        for scheme in ("light", "dark"):
            context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts)  # type: ignore[arg-type]  # one of the words it takes
            page = context.new_page()
            page.goto(f"{address}/tag-policy/")
            if not scripts:
                said = page.locator(f'meta[name=theme-color][media*="{scheme}"]').get_attribute("content")
                assert said == {"light": "#1f3a5f", "dark": "#1b2d47"}[scheme]
                context.close()
                continue
            page.wait_for_function(f"({color})() && !document.querySelector('meta[name=theme-color][media]')")
            for _ in range(4):  # the system's, light, dark, and the system's again
                assert rgb(page.evaluate(color)) == page.evaluate(shown)
                assert page.evaluate(shown) in ("rgb(31, 58, 95)", "rgb(27, 45, 71)")
                page.locator("label[for^=__palette]:visible").click()
                page.wait_for_timeout(400)
            context.close()


def rgb(color: str) -> str:
    number = int(color.removeprefix("#"), 16)
    return f"rgb({number >> 16}, {number >> 8 & 255}, {number & 255})"


HOSTILE = '</script><script>alert("1")</script> & "<!--'
PAGES = {
    "docs/en/index.md": "# Home\n\n[Sharp](sharp.md)\n",
    "docs/en/sharp.md": (
        f"---\ntitle: {json.dumps(HOSTILE)}\ndescription: {json.dumps(HOSTILE)}\nms.date: 03/20/2026\n---\n# Sharp\n"
    ),
}
OWN_HEAD = "    head: {card: card.png, card_alt: Two boxes}\n"


def project(folder: Path, head: str, *, address: bool = True) -> Path:
    config = CONFIG[: CONFIG.index("    head:")] + head + CONFIG[CONFIG.index("    headers:") :]
    if not address:
        config = config.replace("site_url:", "# site_url:")
    root = small_project(folder, PAGES | {"mkdocs.yml": config})
    (root / "docs/en/card.png").write_bytes(next(iter(PICTURES)).read_bytes())
    return root


def built(root: Path) -> Path:
    result = run_mkdocs(root, "build")
    assert result.returncode == 0, result.stderr
    return root / "site"


def test_texts_of_pages_stay_texts(tmp_path: Path) -> None:
    site = built(project(tmp_path, OWN_HEAD))
    plain, sharp = read(site / "index.html"), read(site / "sharp/index.html")
    assert sharp.scripts == plain.scripts
    article = sharp.data[0]["@graph"][0]
    assert article["headline"] == sharp.one("og:title") == HOSTILE
    assert article["description"] == sharp.one("og:description") == HOSTILE
    assert article["dateModified"] == "2026-03-20"
    assert sharp.one("og:image") == f"{HOST}card.png"
    assert sharp.one("og:image:alt") == "Two boxes"
    assert (site / "card.png").is_file()


def test_a_site_without_an_address_claims_none(tmp_path: Path) -> None:
    site = built(project(tmp_path, OWN_HEAD, address=False))
    head = read(site / "sharp/index.html")
    assert not {"og:url", "og:image", "og:image:alt"} & head.metas.keys()
    assert head.one("twitter:card") == "summary"
    assert [thing["@type"] for thing in things(head.data)] == ["TechArticle", "WebSite"]
    assert not any("url" in thing for thing in things(head.data))


def test_heads_are_left_to_a_site_that_does_not_ask_for_them(tmp_path: Path) -> None:
    site = built(project(tmp_path, ""))
    head = read(site / "sharp/index.html")
    assert {name for name in head.metas if name.startswith("og:")} <= {"og:locale", "og:locale:alternate"}
    assert not {"twitter:card", "theme-color"} & head.metas.keys()
    assert head.data == []


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("{card: none.png}", 'broken-image: there is no file "none.png" in the site'),
        ("{touch_icon: fake.png}", 'broken-image: "fake.png" is no PNG file'),
        ("{card: ../card.png}", "wrong-type"),
        ("{card: card.svg}", "wrong-type"),
        ("{colors: {light: navy}}", "wrong-type"),
        ("{colour: navy}", "unknown-key"),
        ("often", "wrong-type"),
    ],
)
def test_what_cannot_be_shown_is_a_problem(tmp_path: Path, head: str, message: str) -> None:
    root = project(tmp_path, f"    head: {head}\n")
    (root / "docs/en/fake.png").write_bytes(b"GIF89a" + b"\0" * 40)
    problems = [str(problem) for problem in problems_of(root)]
    (found,) = [problem for problem in problems if problem.startswith("mkdocs.yml:")]
    assert message in found, problems
