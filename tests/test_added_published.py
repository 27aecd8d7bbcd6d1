"""What a site that imagedocs is added to publishes for subscribers and programs, and that it does so only when asked."""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import pytest

from added_project import Built, added_site, build_added
from draw_pictures import PICTURES
from imagedocs.plugin.dry_run import problems_of
from imagedocs.plugin.page_texts import PageTexts
from test_added_sites import same_trees

LIST = "<!-- imagedocs: list -->"
ADDRESS = "https://docs.example.org/team/"
ALL: dict[str, object] = {
    "images": {"prefix": "pictures"},
    "changes": {"prefix": "news"},
    "data": {"prefix": "facts"},
    "badges": {"prefix": "signs"},
    "feeds": {"prefix": "told"},
    "owner": "example.org,2026",
    "llms": True,
    "head": {"card": "assets/card.png", "card_alt": "Two \"ships\" & <more>"},
    "contributors": ["/inside.md"],
}  # fmt: skip
PAGES = {
    "index.md": "# Home\n\nSee [the list](list.md#web) and [the inside](inside.md).\n\n[The image](pictures/web.md)\n",
    "list.md": f"# List\n\n{LIST}\n",
    "inside.md": "# For us\n",
}
OFF: dict[str, object] = dict.fromkeys(
    ("images", "changes", "data", "badges", "feeds", "llms", "robots", "head"), False
)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772366400")  # 2026-03-01


def built(
    folder: Path, asked: Mapping[str, object], pages: Mapping[str, str] = PAGES, **settings: Any
) -> Built:
    file = added_site(folder, pages, **{"site_url": ADDRESS, "extra": {"imagedocs": dict(asked)}, **settings})
    card = folder / "docs/assets/card.png"
    card.parent.mkdir(parents=True, exist_ok=True)
    card.write_bytes(next(iter(PICTURES)).read_bytes())
    return build_added(file)


class Head(HTMLParser):
    """Reads the links, the properties and the data of a page's head."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str, str]] = []
        self.metas: dict[str, list[str]] = {}
        self.data: list[Any] = []
        self._is_data = False
        self.feed(html.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "alternate" and "type" in given:
            self.links.append((given["type"], given.get("title", ""), given["href"]))
        elif tag == "meta" and "property" in given:
            self.metas.setdefault(given["property"], []).append(given["content"])
        self._is_data = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data.append(json.loads(data))
            self._is_data = False


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_what_is_not_asked_for_changes_no_byte(tmp_path: Path, theme: str) -> None:
    sites = [
        built(
            tmp_path / name,
            OFF,
            {"index.md": "# P\n", "a.md": "# A\n"},
            theme={"name": theme},
            plugins=plugins,
        ).site
        for name, plugins in (("without", ["search"]), ("with", ["search", "imagedocs"]))
    ]
    same_trees(*sites)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Built:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1772366400")
        return built(tmp_path_factory.mktemp("whole"), ALL)


def test_everything_lies_where_the_settings_say(whole: Built) -> None:
    assert whole.warnings == []
    for place in (
        "pictures/web/index.html",
        "news/index.html",
        "facts/v0/images.json",
        "signs/web.svg",
        "told/images.atom",
    ):
        assert (whole.site / place).is_file(), place
    for usual in ("images", "changes", "api", "badges", "feeds"):
        assert not (whole.site / usual).exists(), usual


def test_each_page_for_readers_is_a_text_that_links_to_texts(whole: Built) -> None:
    home = whole.page("index.md")
    assert f"[the list]({ADDRESS}list/index.md)" in home
    assert f"[the inside]({ADDRESS}inside/)" in home
    assert "registry.example.com/team/web:2.0" in whole.page("list/index.md")
    assert "stylesheet" not in whole.page("list/index.md")
    assert whole.page("pictures/web/index.md").startswith("# web\n")
    texts = sorted(path.relative_to(whole.site).as_posix() for path in whole.site.rglob("*.md"))
    assert texts == [
        "index.md", "list/index.md", "news/index.md", "pictures/index.md", "pictures/old/index.md", "pictures/web/index.md",
    ]  # fmt: skip


def test_the_texts_are_listed(whole: Built) -> None:
    text = whole.page("llms.txt")
    assert text.startswith("# Ours\n")
    listed = re.findall(r"\]\(([^)]*)\)", text)
    assert sorted(listed) == sorted(
        f"{ADDRESS}{path.relative_to(whole.site).as_posix()}" for path in whole.site.rglob("*.md")
    )
    assert (
        text.index("list/index.md")
        < text.index("pictures/web/index.md")
        < text.index("## Optional")
        < text.index("pictures/old")
    )


def test_heads_lead_to_feeds_and_texts(whole: Built) -> None:
    expected = {
        "index.html": [("text/markdown", "", "index.md")],
        "inside/index.html": [],
        "list/index.html": [
            ("text/markdown", "", "index.md"),
            ("application/atom+xml", "What changed: Ours", "../told/images.atom"),
        ],
        "news/index.html": [
            ("text/markdown", "", "index.md"),
            ("application/atom+xml", "What changed: Ours", "../told/images.atom"),
        ],
        "pictures/web/index.html": [
            ("text/markdown", "", "index.md"),
            ("application/atom+xml", "What changed: web", "../../told/images/web.atom"),
            ("application/atom+xml", "What changed: Ours", "../../told/images.atom"),
        ],
    }  # fmt: skip
    for place, links in expected.items():
        assert Head(whole.page(place)).links == links, place
        for kind, _, href in links:
            target = (whole.site / place).parent / href
            assert target.is_file(), (place, href)
            if "atom" in kind:
                assert not feedparser.parse(target.read_bytes()).bozo


def test_pages_made_from_the_catalog_say_what_they_are(whole: Built) -> None:
    head = Head(whole.page("pictures/web/index.html"))
    assert head.metas["og:title"] == ["web"]
    assert head.metas["og:url"] == [f"{ADDRESS}pictures/web/"]
    assert head.metas["og:image"] == [f"{ADDRESS}assets/card.png"]
    assert head.metas["og:image:alt"] == ['Two "ships" & <more>']
    (data,) = head.data
    article, way = data["@graph"]
    assert (article["@type"], article["url"]) == ("TechArticle", f"{ADDRESS}pictures/web/")
    assert [step["item"] for step in way["itemListElement"]] == [
        ADDRESS, f"{ADDRESS}pictures/", f"{ADDRESS}pictures/web/",
    ]  # fmt: skip
    for place in ("index.html", "list/index.html"):  # these are the theme's
        assert Head(whole.page(place)).metas == {}
        assert Head(whole.page(place)).data == []


def test_a_theme_with_heads_of_its_own_keeps_them(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "main.html").write_text(
        '{% extends "base.html" %}{% block extrahead %}<meta property="og:title" content="Theirs">{% endblock %}'
    )
    theme = {"name": "mkdocs", "custom_dir": "mine"}
    site = built(tmp_path, {"images": True, "head": True}, {"index.md": "# P\n"}, theme=theme)
    head = Head(site.page("images/web/index.html"))
    assert head.metas == {"og:title": ["Theirs"]}
    assert len(head.data) == 1


def test_material_is_kept_from_asking_feeds_for_a_sitemap(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False}
    site = built(tmp_path, ALL, theme=theme)
    assert site.warnings == []
    assert 'link.rel="alternate data"' in site.page("list/index.html")
    assert "alternate data" not in site.page("inside/index.html")


def test_texts_cannot_leave_the_head(tmp_path: Path) -> None:
    name = "</title></head><script>x=1</script>\"'"
    site = built(tmp_path, {**ALL, "head": True}, site_name=name)
    html = site.page("pictures/web/index.html")
    ours = html[
        html.index('<link rel="alternate"') : html.index("</head>", html.index("application/ld+json"))
    ]
    assert "<script>x" not in ours
    head = Head(f"{ours}</head>")
    assert head.metas["og:site_name"] == [name]
    assert head.links[-1][1] == f"What changed: {name}"
    assert head.data[0]["@graph"][0]["isPartOf"]["name"] == name


@pytest.mark.parametrize(
    ("asked", "pages", "expected"),
    [
        ({"llms": True}, {"llms.txt": "mine"}, "llms.txt is not made from the catalog: llms.txt is there; write llms: false"),
        (
            {"feeds": {"prefix": "news"}, "owner": "example.org,2026"},
            {"news/images.atom": "mine"},
            "news/images.atom is not made from the catalog: news/images.atom is there; give feeds another prefix",
        ),
        ({"head": {"card": "no.png"}}, {}, 'there is no file "no.png" in the site; put it into the folder of the pages'),
        ({"head": {"card": "a.png"}}, {"a.png": "GIF89a"}, '"a.png" is no PNG file; save the picture as PNG'),
        ({"headers": True}, {}, "headers has no effect in a site that imagedocs does not build; remove it"),
        ({"lastmod": True}, {}, "lastmod has no effect in a site that imagedocs does not build; remove it"),
        (
            {"head": {"touch_icon": "a.png"}},
            {"a.png": "x"},
            "head.touch_icon has no effect in a site that imagedocs does not build; remove it",
        ),
    ],
    ids=["llms.txt", "a feed", "no card", "no picture", "headers", "lastmod", "icon"],
)  # fmt: skip
def test_what_cannot_be_published_is_a_problem(
    tmp_path: Path, asked: dict[str, object], pages: dict[str, str], expected: str
) -> None:
    site = built(tmp_path, asked, {"index.md": "# P\n", **pages})
    assert [each.partition("error: ")[2].partition(": ")[2] for each in site.warnings] == [expected]
    for place, text in pages.items():
        assert site.page(place) == text


def test_each_language_of_a_site_has_its_own(tmp_path: Path) -> None:
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    pages = {"index.md": f"# P\n\n{LIST}\n", "index.de.md": f"# S\n\n{LIST}\n\n[Bild](images/web.md)\n"}
    asked = {"images": True, "feeds": True, "owner": "example.org,2026", "llms": True, "head": True}
    site = built(
        tmp_path, asked, pages, plugins=["imagedocs", {"i18n": {"languages": languages}}],
        theme={"name": "material", "font": False},
    )  # fmt: skip
    assert site.warnings == []
    assert f"{ADDRESS}de/index.md" in site.page("de/llms.txt")
    assert f"{ADDRESS}de/index.md" not in site.page("llms.txt")
    assert f"({ADDRESS}de/images/web/index.md)" in site.page("de/index.md")
    links = Head(site.page("de/images/web/index.html")).links
    assert [href for _, _, href in links] == [
        "index.md",
        "../../feeds/images/web.atom",
        "../../feeds/images.atom",
    ]
    assert (site.site / "de/feeds/images/web.atom").is_file()
    assert Head(site.page("de/images/web/index.html")).data[0]["@graph"][0]["inLanguage"] == "de"


def test_a_check_makes_no_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(PageTexts, "make", lambda _, place: made.append(place) or b"x")
    file = added_site(tmp_path, PAGES, site_url=ADDRESS, extra={"imagedocs": {**ALL, "head": True}})
    assert problems_of(file) == []
    assert made == []
    assert build_added(file).page("list/index.md") == "x"
    assert "list.md" in made
