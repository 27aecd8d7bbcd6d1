"""Whole HTML documents are read as a browser reads them, in time in proportion to their length."""

import time
from collections.abc import Callable, Iterator

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page

from imagedocs.html_documents import Tag, Text, read_document

ANCHORS: dict[str, tuple[str, set[str]]] = {
    "ids, and names of links": ('<p id="a"><a name="b"><a id=c name=d>', {"a", "b", "c", "d"}),
    "the name of another element": ('<input name="a"><meta name="b"><p name="c" id="d">', {"d"}),
    "empty, or without a value": ('<p id="" class><p id><a name="">', set()),
    "no blank between attributes": ("""<p id="a"class="x"><p class='x'id=b>""", {"a", "b"}),
    "attributes of a framework": (
        '<b @click="x > 1" id="a"><i *ngIf="y" id="b"></i><u [c]="d" (e)="f" :g.h="i" #j id="c">',
        {"a", "b", "c"},
    ),
    "values without quotes": ("<p class=a/b?c=d&e id=a><p id=b/><p id=c>", {"a", "b/", "c"}),
    "blanks around the sign": ("<p id = 'a'><p id\n=\n'b'><p\tid=\t\"c\"\n>", {"a", "b", "c"}),
    "blanks within a value": ("<p id=' a b '>", {" a b "}),
    "capital letters": ("<P ID=Big><A NAME=Link>", {"Big", "Link"}),
    "character references": ("<p id='&uuml;&#65;&#x62;&lt;'><p id=a&amp;b>", {"üAb<", "a&b"}),
    "an attribute that is there twice": ("<p id=first id=second ID=third>", {"first"}),
    "a sign within a value": ('<p title="a > b < c" id="a"><p title=\'<p id="no">\'>', {"a"}),
    "a slash between attributes": ("<p/id=a/><br/id='b'/class=x>", {"a/", "b"}),
    "an equals sign that begins a name": ("<p =x id=a>", {"a"}),
    "a quote that stands alone": ("""<p " id=a ' ><p id=b">""", {"a", 'b"'}),
    "an NUL": ("<p id=a\0b><p \0 id=c>", {"a\ufffdb", "c"}),
    "a comment": ("<!-- <p id=no> --><p id=a><!--><p id=b><!---><p id=c>", {"a", "b", "c"}),
    "other ends of comments": ("<!-- <p id=no> --!><p id=a><!-- -- > <p id=no> --><p id=b>", {"a", "b"}),
    "a comment that nothing closes": ("<p id=a><!-- <p id=no> -- >", {"a"}),
    "declarations": (
        "<!doctype html><?x <p id=no?><p id=a><![CDATA[<p id=no>]]><![if x]><p id=b><!x><p id=c>",
        {"a", "b", "c"},
    ),
    "the text of programs and styles": (
        "<script>'<p id=no>'</script><p id=a><style>/* <p id=no> */</STYLE><p id=b>",
        {"a", "b"},
    ),
    "text that holds no tags": (
        "<textarea><p id=no></textarea><p id=a><iframe><p id=no></iframe><p id=b>",
        {"a", "b"},
    ),
    "a program that nothing closes": ("<p id=a><script>'<p id=no>'", {"a"}),
    "a template": (
        "<template id=a><p id=no><template></template><p id=no></template><p id=b></template>",
        {"a", "b"},
    ),
    "a tag that nothing closes": ("<p id=a><p id=no class='", {"a"}),
    "a quote that nothing closes": ("<p id=a><p id=b class='><p id=no>", {"a"}),
    "an end tag that nothing closes": ("<p id=a></p <p id=no", {"a"}),
    "an end tag with attributes": ("</p id=no><p id=a></ <p id=no><p id=b>", {"a", "b"}),
    "signs that begin no tag": ("1 < 2 <3 <<p id=a> </> &<p id=b>", {"a", "b"}),
}


@pytest.mark.parametrize(("html", "expected"), ANCHORS.values(), ids=ANCHORS)
def test_anchors(html: str, expected: set[str]) -> None:
    assert read_document(html).anchors() == expected


@pytest.fixture(scope="module")
def empty_page(context_with: Callable[..., BrowserContext]) -> Iterator[Page]:
    page = context_with(java_script_enabled=True).new_page()
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("html", "expected"), ANCHORS.values(), ids=ANCHORS)
def test_a_browser_finds_the_same_anchors(empty_page: Page, html: str, expected: set[str]) -> None:
    found = empty_page.evaluate(
        """html => {
            const page = new DOMParser().parseFromString(html, "text/html")
            const names = Array.from(page.querySelectorAll("a[name]"), each => each.name)
            return Array.from(page.querySelectorAll("[id]"), each => each.id).concat(names)
        }""",
        html,
    )
    assert {*found} - {""} == expected


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p id=a>", "<P ID='b'", '<div id="c"class=x>', "<a name=d>", "<a", "<span", " id=e", " id", "=", '"', "'",
            ">", "<", "/", "</p>", "</", "<!--", "-->", "--!>", "->", "-", "!", "<!", "<?", "<!doctype html>",
            "<![CDATA[", "]]>", "<script>", "</script>", "<style>", "</style>", "<title>", "</title>", "<textarea>",
            "</textarea>", " ", "\n", "\t", "x", "&amp;", "&uuml;", "&#65;", "&", "@click='a'", '*ngIf="b"', "\0",
        ]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_any_markup_has_the_anchors_that_the_standard_gives_it(markup: str) -> None:
    markup = f"<body>{markup}"
    found: set[str] = set()
    for element in html5lib.parse(markup, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str):
            found |= {element.get("id") or "", (element.get("name") if element.tag == "a" else "") or ""}
    assert read_document(markup).anchors() == found - {""}


def test_places_of_tags_and_texts() -> None:
    html = "<p>\n\n  one &amp; two<br/>\n<!-- x -->\n three</P>&lt;<td a=b\n c>&nbsp;x<script>no</script>"
    expected = [
        Tag("p", closing=False, attributes={}, line=1, column=1),
        Text("\n\n  one & two", 3, 3),
        Tag("br", closing=False, attributes={}, line=3, column=16),
        Text("\n", 4, 1),
        Text("\n three", 5, 2),
        Tag("p", closing=True, attributes={}, line=5, column=7),
        Text("<", 5, 11),
        Tag("td", closing=False, attributes={"a": "b", "c": ""}, line=5, column=15),
        Text("\xa0x", 6, 4),
        Tag("script", closing=False, attributes={}, line=6, column=11),
        Tag("script", closing=True, attributes={}, line=6, column=21),
    ]
    document = read_document(html)
    assert list(document.pieces) == expected
    assert document.raw_texts == ("no",)


UNITS = [
    "<", "<!--", "<![", "<![CDATA[", "<!", "<?", "&", "&#", "&amp", "<a", "<a ", "<a b='", '<a b="', "<a b=", "<a/",
    "</", "</a", "</a '", "<!-- -", "--!", "<script>", "<script></", "</script ", "<title>", "<template>", "<p id=a>",
]  # fmt: skip


@pytest.mark.parametrize("start", ["", "<a ", "<a b=", "<script>"])
@pytest.mark.parametrize("unit", UNITS)
def test_time_is_in_proportion_to_the_length(unit: str, start: str) -> None:
    text = start + unit * (300_000 // len(unit))
    before = time.process_time()
    read_document(text)
    assert time.process_time() - before < 3  # 0.3 s; tens of minutes where each is read again to the end
