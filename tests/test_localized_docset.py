"""Documentation sets with four localizations, each built as one site: one of our own, and other people's, as it is."""

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from conftest import ROOT, run_imagedocs, run_mkdocs
from crawling import Crawl, CrawledPage
from imagedocs.locales import load_locales
from needs import CORPUS
from sampling import full
from small_project import small_project

BASE = "https://imagedocs.example/"
LANGUAGES = ("en", "de", "es", "ja", "zh-Hans")
LOCALES = """\
version: 1
default: {default}
locales:
  en: {{name: English, babel: en, material: en, search: {{language: en, inflections: true}}}}
  de: {{name: Deutsch, babel: de, material: de, search: {{language: de, inflections: true}}}}
  es: {{name: Español, babel: es, material: es, search: {{language: es, inflections: true}}}}
  ja: {{name: 日本語, babel: ja, material: ja, search: {{segmentation: characters}}}}
  zh-Hans: {{name: 简体中文, babel: zh_Hans, material: zh, search: {{segmentation: characters}}}}
"""

WORDS = {
    "en": ("Storage", "Limits", "Write once", "Read often"),
    "de": ("Speicher", "Grenzwerte", "Einmal schreiben", "Oft lesen"),
    "es": ("Almacenamiento", "Límites", "Escribir una vez", "Leer a menudo"),
    "ja": ("ストレージ", "制限", "一度書き込む", "何度も読み取る"),
    "zh-Hans": ("存储", "限制", "写入一次", "经常读取"),
}
ARTICLE = """\
---
title: {0}
---
# <a name="{name}"></a>{0}

> [!NOTE]
> {2}. [{1}](#limits), [{0}](absent.md), [{3}](index.md)

![{2}](media/absent.png)

## <a name="limits"></a>{1}

| {0} | {1} |
|---|---|
| {2} | 1 |
| {3} | 2 |

1. {2}

   ```python
   write(1)
   ```

1. {3}

   - `read(1)`
   - **{1}**

# [{2}](#tab/write)

{2}.

# [{3}](#tab/read)

{3}.

---

[!INCLUDE [{1}](includes/absent.md)]
"""
OWN = {
    "index": ("en", "de", "es", "ja", "zh-Hans"),
    "accounts": ("en", "de", "es", "ja", "zh-Hans"),
    "disks": ("en", "es"),
    "files": ("en",),
    "keys": ("de", "ja"),  # no longer in English
}
"""Name of an article of our own → the languages that have it."""


@dataclass(frozen=True)
class Size:
    """How much a documentation set has at least of what the tests look at."""

    articles: int
    localized: int
    """Articles that are in several languages, counted in each."""
    fallbacks: int
    problems: int


OWN_SIZE = Size(articles=5, localized=8, fallbacks=6, problems=30)
REAL_SIZE = Size(articles=31, localized=14, fallbacks=11, problems=101)


@dataclass
class Docset:
    size: Size
    articles: dict[str, set[str]]
    """By language, the names of its articles."""
    default: str
    site: Path
    said: str
    """What the build has said."""
    checked: str
    crawl: Crawl = field(init=False)

    def __post_init__(self) -> None:
        self.crawl = Crawl(self.site, BASE)

    def page(self, tag: str, name: str) -> CrawledPage:
        folder = "" if tag == self.default else f"{tag.lower()}/"
        return self.crawl.pages[f"{BASE}{folder}{name}/".replace("/index/", "/")]

    def shown(self, name: str) -> dict[str, str]:
        """By language of the site in which there is a page of this name: the language that it is shown in."""
        own = [tag for tag in LANGUAGES if name in self.articles[tag]]
        if self.default in own:
            return {tag: tag if tag in own else self.default for tag in LANGUAGES}
        return {tag: tag for tag in own}


def own_articles() -> dict[str, bytes]:
    return {
        f"docs/{tag}/{name}.md": ARTICLE.format(*WORDS[tag], name=name).encode()
        for name, tags in OWN.items()
        for tag in tags
    }


def real_articles(folder: Path) -> dict[str, bytes]:
    return {f"docs/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in folder.rglob("*.md")}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(("own", "en"), id="our own articles"),
        pytest.param(
            ("real", "en"),
            marks=[pytest.mark.corpus, full],
            id="real articles, English first, whose articles are not those of the localizations",
        ),
        pytest.param(
            ("real", "es"),
            marks=[pytest.mark.corpus, full],
            id="real articles, Spanish first, which has what the others have",
        ),
    ],
)
def docset(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Docset:
    articles, default = request.param
    root = tmp_path_factory.mktemp("docset")
    files = own_articles() if articles == "own" else real_articles(CORPUS / "learn-articles")
    files["locales/locales.yaml"] = LOCALES.format(default=default).encode()
    for tag in ("de", "ja", "zh_Hans"):
        shutil.copytree(ROOT / "locales" / tag, root / "locales" / tag)
    small_project(root, files)
    if default == "es":
        (root / "docs/es/index.md").write_text("# Inicio\n", "utf-8")
    built = run_mkdocs(root, "build")
    assert built.returncode == 0, built.stderr
    names = {tag: {path.stem for path in (root / "docs" / tag).glob("*.md")} for tag in LANGUAGES}
    checked = run_imagedocs(root, "check").stdout
    size = OWN_SIZE if articles == "own" else REAL_SIZE
    return Docset(size, names, default, root / "site", built.stderr, checked)


def test_no_page_of_any_language_is_lost(docset: Docset) -> None:
    assert "Traceback" not in docset.said
    names = set().union(*docset.articles.values())
    assert len(names) >= docset.size.articles
    expected = {docset.page(tag, name).address for name in names for tag in docset.shown(name)}
    coverage = {address for address in docset.crawl.pages if address.endswith("/translations/")}
    assert set(docset.crawl.pages) - coverage == expected
    assert len(docset.crawl.not_found) == len(LANGUAGES)


def test_each_page_is_in_the_language_that_it_says(docset: Docset) -> None:
    registry = load_locales(docset.site.parent)[0]
    for name in set().union(*docset.articles.values()):
        for tag, shown in docset.shown(name).items():
            page = docset.page(tag, name)
            locale = registry.get(tag)
            assert locale
            assert (page.lang, page.open_graph_locale) == (tag, locale.open_graph)
            assert page.is_indexed == (tag == shown)
            assert page.notices == (tag != shown)
            assert [lang for lang, _ in page.foreign] == ([shown] if tag != shown else [])
            assert page.canonical == docset.page(shown, name).address
            if name != "index":  # the title of the first page is the site's
                assert page.title_lang == (shown if tag != shown else None)


def test_alternates_and_sitemaps_are_of_the_real_translations(docset: Docset) -> None:
    for name in set().union(*docset.articles.values()):
        shown = docset.shown(name)
        own = {tag: docset.page(tag, name).address for tag, of in shown.items() if tag == of}
        expected = own | ({"x-default": own[docset.default]} if docset.default in own else {})
        for tag, of in shown.items():
            assert docset.page(tag, name).alternates == (expected if tag == of else {})
    found = docset.crawl.sitemap_addresses()
    assert found == {page.address: page.alternates for page in docset.crawl.pages.values() if page.is_indexed}


class Counting(HTMLParser):
    """What stands in the article of a page."""

    KINDS = ("h1", "h2", "h3", "h4", "table", "tr", "pre", "li", "img", "div.tabbed-block", "div.admonition")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(html[html.index("<article") : html.index("</article>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        for kind in (tag, *(f"{tag}.{name}" for name in classes)):
            self.found[kind] += kind in self.KINDS


def counted(docset: Docset, tag: str, name: str) -> Counter[str]:
    file = docset.site / docset.page(tag, name).address.removeprefix(BASE) / "index.html"
    return +Counting(file.read_text("utf-8")).found


def test_localizations_of_an_article_have_the_same_parts_and_anchors(docset: Docset) -> None:
    seen = 0
    for name in sorted(set().union(*docset.articles.values()) - {"index"}):
        own = [tag for tag in LANGUAGES if name in docset.articles[tag]]
        if len(own) < 2:
            continue
        seen += len(own)
        first = own[0]
        for tag in own[1:]:
            assert counted(docset, tag, name) == counted(docset, first, name), f"{name} in {tag} and {first}"
            ids = {each: docset.page(each, name).ids for each in (tag, first)}
            assert anchors(ids[tag]) == anchors(ids[first])
    assert seen >= docset.size.localized


def anchors(ids: set[str]) -> set[str]:
    return {each for each in ids if re.fullmatch(r"[a-z0-9][a-z0-9-]*", each)}


def test_a_fallback_page_has_all_that_its_source_has(docset: Docset) -> None:
    pairs = [
        (tag, shown, name)
        for name in set().union(*docset.articles.values())
        for tag, shown in docset.shown(name).items()
        if tag != shown
    ]
    assert len(pairs) >= docset.size.fallbacks
    for tag, shown, name in pairs:
        notice = Counter({"div.admonition": 0})
        assert counted(docset, tag, name) == counted(docset, shown, name) + notice, (tag, name)


def test_what_is_missing_in_the_set_is_all_that_is_wrong_with_it(docset: Docset) -> None:
    """Each link that is called broken leads to a file that is not in the set; nothing else is an error."""
    problems = re.findall(
        r"^(docs/\S+?):\d+:\d+: (error|warning): (\S+): (.*)$", docset.checked, re.MULTILINE
    )
    assert len(problems) >= docset.size.problems
    root = docset.site.parent
    absent = {"broken-link", "broken-image", "include-not-found", "invalid-code"}
    for path, _, rule, message in problems:
        _, tag, article = path.split("/")
        if rule == "translation-orphan":
            assert article.removesuffix(".md") not in docset.articles[docset.default]
            continue
        if rule == "translation-pin":  # made from a version of which nothing is known here
            assert tag != docset.default
            continue
        assert rule in absent, (path, rule, message)
        named = re.search(r'there is no file "([^"]+)"', message)
        if named:
            assert not (root / unquote(named[1])).exists(), (path, message)
    for line in docset.checked.splitlines():
        assert line.removesuffix(" ") in docset.said or ": " not in line, "the build says the same"
