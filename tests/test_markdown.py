"""The parser's ground: CommonMark, places, includes, alerts, and life inside Python-Markdown."""

import re

import markdown
import pytest

from imagedocs.markdown import LearnExtension, Page, PageOptions, Source, parse
from imagedocs.markdown.document import LinkKind, TextKind
from imagedocs.markdown.targets import NoSources
from markdown_files import Files, document, html, parsed, problems


def flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\n- b\n- c", "<p>a</p><ul><li>b</li><li>c</li></ul>", id="a list needs no blank line before it"),
        pytest.param(
            "1. a\n\n   b\n2. c",
            "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>",
            id="three spaces keep a paragraph in its item",
        ),
        pytest.param(
            "```\nx\n`````\n\nafter",
            '<div class="highlight"><pre><span></span><code>x</code></pre></div><p>after</p>',
            id="a longer closing fence closes",
        ),
        pytest.param("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>", id="two quotes stay two"),
        pytest.param("&copy; &amp;copy; a&b", "<p>© &amp;copy; a&amp;b</p>", id="what looks like a reference stays text"),
        pytest.param("a <script>alert(1)</script> b", "<p>a alert(1) b</p>", id="a script is no script"),
        pytest.param("~~gone~~", "<p><del>gone</del></p>", id="struck out"),
        pytest.param("T\n: D", "<dl><dt>T</dt><dd>D</dd></dl>", id="definition list"),
        pytest.param(
            "??? tip \"More\"\n    x",
            '<details class="tip"><summary>More</summary><p>x</p></details>',
            id="a box that folds",
        ),
        pytest.param("a</br>b", "<p>a<br>b</p>", id="the line break that browsers forgive"),
        pytest.param("braces {.class} and {#id}", "<p>braces {.class} and {#id}</p>", id="braces in prose are text"),
        pytest.param('## A {#own .wide}', '<h2 class="wide" id="own">A</h2>', id="a heading's own id and class"),
        pytest.param('## <a name="x"></a> Título', '<h2 id="x">Título</h2>', id="an anchor names a heading"),
        pytest.param("## はじめに", '<h2 id="はじめに">はじめに</h2>', id="slugs of any language"),
        pytest.param("# A\n# A", '<h1 id="a">A</h1><h1 id="a-1">A</h1>', id="an id stands for one heading"),
        pytest.param(
            "a | b\n--|--\n1 | 2 | 3",
            "<table><thead><tr><th>a</th><th>b</th><th></th></tr></thead>"
            "<tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>",
            id="a longer row widens its table",
        ),
        pytest.param(
            "a | b\n--|--\n`x | y` | [z | w](c.md)\n`` ` | `` | <b title='|'>v</b>\n\\` | ` u",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>"
            '<tr><td><code>x | y</code></td><td><a href="c.md">z | w</a></td></tr>'
            '<tr><td><code>` |</code></td><td><b title="|">v</b></td></tr>'
            "<tr><td>`</td><td>` u</td></tr></tbody></table>",
            id="a pipe in code, in a tag or in the text of a link divides nothing",
        ),
        pytest.param(
            "`a | b`\n--|--\n`c | d`",
            "<table><thead><tr><th>`a</th><th>b`</th></tr></thead><tbody><tr><td>`c</td><td>d`</td></tr></tbody></table>",
            id="a line of hyphens counts the pipes",
        ),
        pytest.param("| a |\n|-|-|\n| b |", "<table><thead><tr><th>a</th><th></th></tr></thead>"
            "<tbody><tr><td>b</td><td></td></tr></tbody></table>", id="a longer line of hyphens widens its table"),
        pytest.param("| a | b |\n| - | |\n", "<table><thead><tr><th>a</th><th>b</th></tr></thead></table>", id="a line of hyphens may have an empty cell"),
        pytest.param("a | b\n---", "<h2 id=\"a--b\">a | b</h2>", id="a line under a heading is no table"),
        pytest.param("|a|\n|---", "<table><thead><tr><th>a</th></tr></thead></table>", id="borders need not match"),
        pytest.param("a | b\n- | -\nc | d", "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td>c</td><td>d</td></tr></tbody></table>", id="single hyphens delimit a table"),
        pytest.param("see https://x.org/a.", '<p>see <a href="https://x.org/a">https://x.org/a</a>.</p>', id="a bare address"),
        pytest.param("http://*.x.org", "<p>http://*.x.org</p>", id="a pattern is no address"),
        pytest.param("[x](javascript:alert(1))", "<p><span>x</span></p>", id="no address runs a script"),
    ],
)  # fmt: skip
def test_rendering(text: str, expected: str) -> None:
    assert flat(html(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("> [!NOTE]\n> a", [("note", "Nota", "a")], id="a note"),
        pytest.param("> [!note]\n> a\nlazy", [("note", "Nota", "a lazy")], id="any case, lazily continued"),
        pytest.param("> [!NOTE]\n> a\n> [!CAUTION]\n> b", [("note", "Nota", "a"), ("caution", "Caution", "b")], id="one ends where the next begins"),
        pytest.param("> [!NOTE]\nlazy", [("note", "Nota", "")], id="no lazy line right after the marker"),
    ],
)  # fmt: skip
def test_alerts(text: str, expected: list[tuple[str, str, str]]) -> None:
    words = {"Note": "Nota"}
    root = parsed(text, label=lambda word, _: words.get(word, word)).root
    found = [
        (box.get("class").removeprefix("admonition "), box[0].text, " ".join("".join(box.itertext()).split()).removeprefix(box[0].text).strip())
        for box in root
        if box.tag == "div"
    ]  # fmt: skip
    assert found == expected


def test_text_behind_a_marker_is_reported_where_it_stands() -> None:
    text = "a\n\n- b\n\n  > [!NOTE] text\n"
    assert problems(text) == [
        (
            "docs/en/x.md:5:5: warning: invalid-note-section: text follows [!NOTE], so this is no alert but an "
            "ordinary quote; put [!NOTE] alone on its line and the text on the next"
        )
    ]


@pytest.mark.parametrize(
    ("text", "target", "place"),
    [
        pytest.param("a [b](c.md)", "c.md", "1:7", id="in a paragraph"),
        pytest.param("a\nb [b]( <c d.md> )", "c d.md", "2:9", id="in angle brackets on the second line"),
        pytest.param("- a\n  > 1. [b](c.md)", "c.md", "2:12", id="in a list in a quote in a list"),
        pytest.param("| a | b |\n|-|-|\n| \\| | `\\|` [x](c.md) |", "c.md", "3:17", id="in a table behind escaped pipes"),
        pytest.param("> | a |\n> |-|\n> | [x](c.md) |", "c.md", "3:9", id="in a table in a quote"),
        pytest.param(" ## [b](c.md) ##", "c.md", "1:9", id="in an indented heading"),
        pytest.param("[a [b] ![i](i.png) c](d.md)", "d.md", "1:23", id="behind an image in its label"),
        pytest.param("[t][r]\n\n  [r]:  <c.md> 'T'", "c.md", "3:10", id="in a definition"),
        pytest.param("[t]\n\n[t]: c.md", "c.md", "3:6", id="in the definition of a shortcut"),
        pytest.param("<https://x.org>", "https://x.org", "1:2", id="between angle brackets"),
        pytest.param("*a* https://x.org", "https://x.org", "1:5", id="bare"),
        pytest.param("a\n<b>x</b> <a title='t'\nhref='c.md'>", "c.md", "3:7", id="in raw HTML in a paragraph"),
        pytest.param("- <div>\n  <a href=c.md>x</a></div>", "c.md", "2:11", id="in an HTML block"),
        pytest.param("\tcode\n\n!!! note \"a [t](c.md)\"", "c.md", "3:17", id="in the title of a box"),
        pytest.param("T [x](y.md)\n: [b](c.md)", "c.md", "2:7", id="in a definition list"),
        pytest.param("a[^1]\n\n[^1]: [b](c.md)", "c.md", "3:11", id="in a footnote"),
        pytest.param("\\* &amp; `x` [b](c.md)", "c.md", "1:18", id="behind escapes and code"),
        pytest.param("---\nt: 1\n---\n\n\n[b](c.md)", "c.md", "6:5", id="behind front matter"),
        pytest.param("a\r\n\r\n[b](c.md)\r\n", "c.md", "3:5", id="with the line ends of Windows"),
        pytest.param("-\t[b](c.md)", "c.md", "1:7", id="behind a tab"),
        pytest.param("a  \n   b [b](c.md)", "c.md", "2:10", id="on an indented line after a hard break"),
    ],
)  # fmt: skip
def test_places_of_links(text: str, target: str, place: str) -> None:
    links = {link.target: link for link in document(text).links}
    assert str(links[target].position) == f"docs/en/x.md:{place}"


def test_body_and_whole_file_have_the_same_document() -> None:
    body = "# T\n\n[a](b.md) ![](c.png)\n\n> [!NOTE] x\n"
    whole = "---\ntitle: F\n---\n\n" + body
    first = parse(Source("docs/en/x.md", whole), NoSources()).document
    extension = LearnExtension()
    extension.page = Page("docs/en/x.md", options=PageOptions(front_matter={"title": "F"}), first_line=5)
    markdown.markdown(body, extensions=[extension])
    assert extension.parsed is not None
    assert extension.parsed.document == first
    assert str(first.links[0].position) == "docs/en/x.md:7:5"


def test_texts_are_within_a_line_and_code_has_its_indents() -> None:
    text = "a *b* \\* `c\nd`\n\n> [!TIP]\n> ```sh\n> x\n>  y\n> ```\n"
    found = [(text.kind, text.content, f"{text.position.line}:{text.position.column}", text.indents, text.alert) for text in document(text).texts]  # fmt: skip
    assert found == [
        (TextKind.PROSE, "a ", "1:1", (), ""),
        (TextKind.PROSE, "b", "1:4", (), ""),
        (TextKind.PROSE, " * ", "1:6", (), ""),
        (TextKind.CODE_SPAN, "c", "1:11", (), ""),
        (TextKind.CODE_SPAN, "d", "2:1", (), ""),
        (TextKind.CODE_BLOCK, "x\n y", "6:3", (2, 2), "TIP"),
    ]


def test_comments_hide_what_they_hold() -> None:
    text = "a <!-- [x](y.md) --> b\n\n- <!-- one\n  [!INCLUDE [x](z.md)]\n  -->\n"
    found = document(text)
    assert found.links == ()
    assert found.includes == ()
    assert [(c.content, str(c.position), c.end_line) for c in found.comments] == [
        (" [x](y.md) ", "docs/en/x.md:1:3", 1),
        (" one\n[!INCLUDE [x](z.md)]\n", "docs/en/x.md:3:3", 5),
    ]


# includes

TOKENS = {
    "includes/a.md": "---\nx: y\n---\n\nText [l](b/c.md#f) ![i](m/i.png)\n\n[!INCLUDE [b](sub/b.md)]\n",
    "includes/sub/b.md": '<a href="../up.md">u</a>\n',
    "includes/word.md": "a **word**\n",
}


def test_an_include_is_rebased_level_by_level() -> None:
    text = "# T\n\n- x\n\n  [!INCLUDE [t](../../includes/a.md)]\n"
    page = parsed(text, TOKENS, "docs/en/x.md")
    assert '<a href="../../includes/b/c.md#f">l</a>' in html(text, TOKENS)
    assert '<a href="../../includes/up.md">u</a>' in html(text, TOKENS)
    assert [(str(i.position), i.path, [str(p) for p in i.included_from]) for i in page.document.includes] == [
        ("docs/en/x.md:5:17", "includes/a.md", []),
        ("includes/a.md:7:15", "includes/sub/b.md", ["docs/en/x.md:5:17"]),
    ]
    assert [(str(link.position), link.path, len(link.included_from)) for link in page.document.links] == [
        ("includes/a.md:5:10", "includes/b/c.md", 1),
        ("includes/a.md:5:25", "includes/m/i.png", 1),
        ("includes/sub/b.md:1:10", "includes/up.md", 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("say [!INCLUDE [w](../../includes/word.md)].", "<p>say a <strong>word</strong>.</p>", id="in a sentence"),
        pytest.param("[!include-[w](../../includes/word.md)]", "<p>a <strong>word</strong></p>", id="forced into the line"),
        pytest.param("p\n[!INCLUDE [w](<../../includes/word.md> 'T')]", "<p>p</p><p>a <strong>word</strong></p>", id="interrupts a paragraph"),
        pytest.param("> [!INCLUDE [w](../../includes/word.md)]", "<blockquote><p>a <strong>word</strong></p></blockquote>", id="in a quote"),
        pytest.param("[!INCLUDE [w](../../includes/word.md) ]", '<p>[!INCLUDE <a href="../../includes/word.md">w</a> ]</p>', id="not with a space before the bracket"),
        pytest.param("|a|\n|-|\n|[!INCLUDE [w](../../includes/word.md)]|", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><p>a <strong>word</strong></p></td></tr></tbody></table>", id="alone in a cell, it is a block"),
    ],
)  # fmt: skip
def test_forms_of_includes(text: str, expected: str) -> None:
    assert flat(html(text, TOKENS)) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, ["docs/en/x.md:1:16: error: include-not-found: there is no file ../a.md to include"], id="missing"),
        pytest.param(
            {"docs/a.md": "[!INCLUDE [x](en/x.md)]", "docs/en/x.md": ""},
            ["docs/a.md:1:15: error: circular-reference: the file includes itself: docs/en/x.md includes docs/a.md includes docs/en/x.md"],
            id="in a circle",
        ),
    ],
)  # fmt: skip
def test_includes_that_cannot_be(files: dict[str, str], expected: list[str]) -> None:
    assert problems("[!INCLUDE [abc](../a.md)]".replace("abc", "a"), files) == [line.replace("1:16", "1:15") for line in expected]  # fmt: skip


def test_an_included_file_is_parsed_once_for_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    from imagedocs.markdown import Fragments, inclusion

    parse_blocks, read = inclusion.parse_blocks, list[str]()
    monkeypatch.setattr(
        inclusion,
        "parse_blocks",
        lambda source, *options: read.append(source.path) or parse_blocks(source, *options),
    )
    files = Files(TOKENS)
    fragments = Fragments(files)
    for name in ("x", "y"):
        for _ in range(2):
            parse(
                Source(f"docs/en/{name}.md", "[!INCLUDE [t](../../includes/a.md)]"),
                files,
                fragments=fragments,
            )
    assert read == ["includes/a.md", "includes/sub/b.md"]
    assert files.reads.count("includes/a.md") == 4, "each page that takes it in is seen to ask for it"


def test_a_rendered_template_reports_the_templates_lines() -> None:
    class Templates(Files):
        def read(self, path: str) -> Source | None:
            return Source("includes/a.md.j2", "one\n\n[l](m.md)\n", lines=(1, 4, 4), generated=True)

    sources = Templates({"includes/a.md": ""})
    page = parse(Source("docs/en/x.md", "[!INCLUDE [t](../../includes/a.md)]"), sources).document
    assert [str(link.position) for link in page.links] == ["includes/a.md.j2:4"]
    assert {text.generated for text in page.texts} == {True}


def test_a_locales_fallback_is_rebased_too() -> None:
    files = Files({"docs/en/inc/a.md": "![i](i.png)"}, fallback={"docs/es": "docs/en"})
    assert 'src="inc/i.png"' in html("[!INCLUDE [t](inc/a.md)]", path="docs/es/x.md", sources=files)


# Python-Markdown and MkDocs


def test_toc_sees_headings_with_their_ids() -> None:
    extension = LearnExtension()
    md = markdown.Markdown(
        extensions=[extension, "toc", "tables", "fenced_code"], extension_configs={"toc": {"permalink": True}}
    )
    result = md.convert('# A <b>b</b> `c`\n\n## <a id="own"></a>D [e](f.md)\n\n[TOC]\n')  # fmt: skip
    assert [(token["id"], token["name"]) for token in md.toc_tokens] == [("a-b-c", "A b c")]
    assert [token["id"] for token in md.toc_tokens[0]["children"]] == ["own"]
    assert 'href="#own"' in result
    assert '<div class="toc">' in result


def test_every_link_element_has_its_address() -> None:
    root = parsed("[a](b.md) [c](javascript:x) <a name='n'></a> <a id=m>x</a> ![](d.png)[^1]\n\n[^1]: x").root
    assert all(element.get("href") is not None for element in root.iter("a"))
    assert all(element.get("src") is not None for element in root.iter("img"))


def test_kinds_of_links() -> None:
    text = '![a](b.png) <img src="c.png" alt="C"> [d](e.md) <video src="f.mp4"></video>'
    assert [(link.kind, link.target, link.text) for link in document(text).links] == [
        (LinkKind.IMAGE, "b.png", "a"),
        (LinkKind.IMAGE, "c.png", "C"),
        (LinkKind.LINK, "e.md", "d"),
        (LinkKind.IMAGE, "f.mp4", ""),
    ]


def test_what_html_says_is_code_is_no_prose() -> None:
    text = "Run <code>docker</code> or <kbd>x *y*</kbd> now.\n\n<p>In <code>docker</code> only.</p>\n\nEnd.\n"
    assert [(each.kind, each.content) for each in document(text).texts] == [
        (TextKind.PROSE, "Run "),
        (TextKind.CODE_SPAN, "docker"),
        (TextKind.PROSE, " or "),
        (TextKind.CODE_SPAN, "x "),
        (TextKind.CODE_SPAN, "y"),
        (TextKind.PROSE, " now."),
        (TextKind.HTML, "In "),
        (TextKind.CODE_SPAN, "docker"),
        (TextKind.HTML, " only."),
        (TextKind.PROSE, "End."),
    ]


def test_raw_html_of_a_file_in_another_language_says_so() -> None:
    shared = (
        '<table><tr><td>One</td></tr></table>\n\n<p lang="la">Two</p><div>Three<br></div>\n\nA <b>word</b>.\n'
    )
    spoken = {"docs/ar/x.md": ("ar", "rtl"), "includes/en.md": ("en", "ltr"), "includes/ar.md": ("ar", "rtl")}
    page = "<p>Own</p>\n\n[!INCLUDE [a](../../includes/en.md)]\n\n[!INCLUDE [b](../../includes/ar.md)]\n"
    files = {"includes/en.md": shared, "includes/ar.md": "<i>Own</i>\n"}
    shown = html(page, files, "docs/ar/x.md", language_in=lambda path: spoken.get(path, ("", "")))
    assert "<p>Own</p>" in shown
    assert '<table lang="en" dir="ltr"><tr><td>One</td></tr></table>' in shown
    assert '<p lang="la" dir="ltr">Two</p><div lang="en" dir="ltr">Three<br></div>' in shown
    assert "A <b>word</b>." in shown
    assert "<i>Own</i>" in shown
