"""Pages that mean harm: they end, in time that grows with their length, and say what they leave out."""

import re

import pytest

from growth import assert_in_proportion
from imagedocs.markdown import Source, parse
from markdown_files import Files, document, html, problems
from sampling import full

SIZES = pytest.mark.parametrize("size", [1_600, pytest.param(40_000, marks=full)])

REPEATED = {
    "emphasis opened": "*a ",
    "emphasis of two kinds": "*a _b ",
    "strong opened and closed": "**a ** b",
    "brackets": "[",
    "images": "![",
    "links half done": "[a](",
    "links with titles half done": "[a](b \"",
    "angle brackets": "<",
    "tags half done": "<a b='",
    "comments half done": "<!-- ",
    "processing half done": "<?",
    "declarations half done": "<!A ",
    "colons": ":",
    "triple colons": ":::image ",
    "no-loc half done": ':::no-loc text="',
    "includes half done": "[!include[",
    "includes in a line": "x [!INCLUDE [a](b.md)] ",
    "at signs": "@a.",
    "addresses": "http://a.b/",
    "www": "www.",
    "back-ticks": "`a``",
    "backslashes": "\\",
    "references": "&amp;&#1;&x",
    "quotes inside quotes": "> ",
    "lists inside lists": "- ",
    "numbers": "1. ",
    "hashes": "# ",
    "pipes": "|",
    "braces": "{#a ",
    "footnotes": "[^a] ",
    "tildes": "~~a ",
    "alert markers": "> [!NOTE]\n",
    "quoted markers": "> [!",
    "sections": "> [!div class=\"a\"]\n",
    "fences": "```\n",
    "zones": "::: zone pivot=\"a\"\n",
    "monikers": "::: moniker range=\"a\"\n",
    "rows": ":::row:::\n",
    "columns": ":::row:::\n:::column:::\n",
    "tabs": "# [a](#tab/a)\n",
    "headings": "# a\n",
    "definitions": "a\n: b\n",
    "definitions of links": "[a]: b\n",
    "tables": "a|b\n-|-\n",
    "table rows": "a|b|c\n",
    "HTML blocks": "<div>\n\n",
    "anchors": '<a name="a"></a>\n',
    "boxes": "!!! note\n",
    "spaces": " ",
    "tabulators": "\t",
    "empty lines": "\n",
    "separators": "---\n\n",
    "underlines": "a\n===\n",
    "typographic": "“–a ",
    "star pairs": "a** ",
    "closing brackets": "] (",
    "surrogates of entities": "&#xD800;",
    "snippets": "[!code-a[b](c.d)]\n",
    "notebooks": "[!notebook-a[b](c.d?name=x)]\n",
    "videos": "> [!VIDEO https://youtube.com/embed/a]\n",
}  # fmt: skip


@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in REPEATED.items()])
@SIZES
def test_repetition_takes_work_that_grows_with_length(size: int, piece: str) -> None:
    assert_in_proportion(html, piece * (size // len(piece)))


@pytest.mark.parametrize(
    ("start", "piece", "end"), [("", "`", " a"), ("```\n", "`", " a"), ("", "~", "\t."), ("](", "a ", ")")]
)
@SIZES
def test_what_nearly_ends_takes_work_that_grows_with_length(
    size: int, start: str, piece: str, end: str
) -> None:
    assert_in_proportion(lambda text: html(start + text + end), piece * size)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> " * 5000 + "a", id="quotes"),
        pytest.param("\n".join("  " * n + "- a" for n in range(500)), id="lists"),
        pytest.param("[" * 5000 + "a" + "](b)" * 5000, id="links"),
        pytest.param("![" * 2000 + "a" + "](b)" * 2000, id="images"),
        pytest.param("*a **b " * 3000 + "c** d*" * 3000, id="emphasis"),
        pytest.param("\n".join(f"{'    ' * n}!!! note" for n in range(300)), id="boxes"),
        pytest.param("<div>\n" * 5000 + "a" + "\n</div>" * 5000, id="HTML"),
        pytest.param("::: moniker range=\"a\"\n" * 400 + "a\n" + "::: moniker-end\n" * 400, id="monikers"),
        pytest.param("".join(f"{'> ' * n}[!NOTE]\n" for n in range(1, 200)), id="alerts"),
        pytest.param("---\na: " + "[" * 3000 + "\n---\n# b", id="front matter"),
        pytest.param("---\na: &a [x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a]\n" for n in range(50)) + "---\n# b", id="aliases"),
    ],
)  # fmt: skip
def test_depth_has_a_bottom(text: str) -> None:
    html(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <script src=x></script>",
        "<SCRIPT\n>alert(1)</SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<img src=x\nonerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<a href=' &#1;javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JavaScript&colon;alert(1))",
        "[x]( <java\tscript:alert(1)>)",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        ":::image source=\"javascript:alert(1)\" alt-text=\"x\":::",
        ":::image source=\"a.png\" alt-text=\"x\" link=\"javascript:alert(1)\":::",
        ":::video source=\"javascript:alert(1)\" title=\"x\":::",
        "> [!VIDEO javascript:alert(1)]",
        "> [!div onclick=\"alert(1)\"]\n> x",
        "> [!div style=\"position:fixed\"]\n> x",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
        "<object data=x></object><embed src=x>",
        "<base href=//evil/>",
        "<meta http-equiv=refresh content='0;url=//evil'>",
        "<link rel=stylesheet href=//evil>",
        "<style>*{display:none}</style>",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
        "<x onclick=alert(1)>y</x>",
        "<div/onclick=alert(1)>",
        "<a\tonclick=alert(1)>x</a>",
        "## x {#a onclick=alert(1)}",
        "`x`{onclick=alert(1)}",
        "```python title=\"<script>alert(1)</script>\"\nx\n```",
        "```<script>alert(1)</script>\nx\n```",
        "```py\"onclick=\"alert(1)\nx\n```",
        "<!--><script>alert(1)</script>-->",
        "<!-- --!><script>alert(1)</script>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?x <script>alert(1)</script>",
        "<textarea><script>alert(1)</script>",
        "<noscript><img title='</noscript><script>alert(1)</script>'></noscript>",
        "<a href=x title='\"><script>alert(1)</script>'>x</a>",
        "@\"<script>alert(1)</script>\"",
        "<xref:javascript:alert(1)>",
        "[x](xref:javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "\x02wzxhzdk:0\x03 <b>x</b>",
    ],
)  # fmt: skip
def test_nothing_runs(text: str) -> None:
    made = html(text, files={"docs/en/x.md": ""})
    tags = re.findall(r"<[^>]*>", made)
    assert not re.search(
        r"<(script|style|object|embed|base|meta|link|svg|math|iframe[^>]*srcdoc)\b", made, re.IGNORECASE
    )
    assert not any(
        re.search(r"""\son\w+\s*=(?!.*title=)""", tag) and not re.search(r"""["'][^"']*\son\w+=""", tag)
        for tag in tags
    )
    assert not any(
        re.search(r"""(href|src|action)\s*=\s*["']?\s*(javascript|data:text)""", tag, re.IGNORECASE)
        for tag in tags
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# a" + " " * 100_000 + "b", id="a heading of spaces"),
        pytest.param("# a {" + "#a" * 50_000, id="a heading of ids"),
        pytest.param("a|b\n|-|" + " " * 20_000 + "x", id="a delimiter row of spaces"),
        pytest.param("``` " + "a" * 100_000 + "\n```", id="a long info string"),
        pytest.param("> [!div " + "a" * 100_000 + "]", id="a long section"),
        pytest.param(':::code source="c.py" range="' + " " * 10_000 + 'x":::', id="a range of spaces"),
        pytest.param("```bash\na=“b" + "'" * 100_000 + "\n```", id="quotation marks in code"),
        pytest.param("[a](" + "b/" * 50_000 + "c.md)", id="a long path"),
        pytest.param("]" + "（" + "a." * 50_000, id="a wide bracket"),
        pytest.param("http://" + "a." * 50_000 + "_", id="a long host"),
        pytest.param("<a " + " " * 100_000 + "b", id="a tag of spaces"),
        pytest.param("@" + "a." * 50_000, id="a long uid"),
        pytest.param("{" * 50_000 + "`a`{" + " " * 50_000, id="braces"),
        pytest.param("---\n" + "a: b\n" * 20_000 + "# c", id="metadata without an end"),
        pytest.param('<a href="' + "&#106;" * 20_000 + '">x</a>', id="references in an address"),
        pytest.param("[a](" + "%41" * 30_000 + ")", id="escapes in an address"),
    ],
)  # fmt: skip
def test_long_pieces_are_read(text: str) -> None:
    """A regular expression that goes back and forth in one of them would not end."""
    html(text, {"docs/en/c.py": "a\n"})


@pytest.mark.parametrize("count", [3_000, pytest.param(100_000, marks=full)])
def test_many_includes_are_bounded_with_a_word(count: int) -> None:
    files = {"docs/en/a.md": "a\n"}
    found = problems("[!INCLUDE [a](a.md)]\n" * count, files)
    assert found == [
        ("docs/en/x.md:2001:15: error: too-much: a page takes in at most 2000 files; this include and those after it "
        "are left out")
    ]  # fmt: skip


def test_includes_that_multiply_are_bounded() -> None:
    files = {f"docs/en/{n}.md": f"[!INCLUDE [a]({n + 1}.md)]\n" * 10 for n in range(12)} | {
        "docs/en/12.md": "a" * 1000
    }
    found = problems("[!INCLUDE [a](0.md)]", files)
    assert len(found) == 1
    assert "a page takes in at most 2000 files" in found[0]


def test_a_long_chain_of_includes_ends_with_a_word() -> None:
    files = {f"docs/en/{n}.md": f"{'> ' * 90}[!INCLUDE [a]({n + 1}.md)]\n" for n in range(40)}
    assert any("too-much" in problem for problem in problems("[!INCLUDE [a](0.md)]", files))


@pytest.mark.parametrize(
    "target",
    ["../../../../etc/passwd", "/etc/passwd", "~/../../../etc/passwd", "file:///etc/passwd", "C:/x.md"],
)
def test_only_the_project_is_asked_for_files(target: str) -> None:
    asked: list[str] = []

    class Watched(Files):
        def find(self, target: str, base: str) -> str | None:
            asked.append(target)
            return None

    parse(Source("docs/en/x.md", f"[!INCLUDE [a]({target})]\n\n[!code[a]({target})]\n"), Watched({}))
    assert all(not name.startswith(("file:", "C:")) for name in asked)


@pytest.mark.parametrize("count", [pytest.param(90, id="200 KB"), pytest.param(4500, id="10 MB", marks=full)])
def test_a_large_page(count: int) -> None:
    text = ("Some text. " * 200 + "A *word* with a [link](a.md).\n\n") * count
    assert len(document(text).links) == count


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("#region" + " " * 20_000 + "x", id="a region behind spaces"),
        pytest.param("//" + " " * 20_000 + "<" + " " * 20_000, id="a tag of spaces"),
        pytest.param("// <" + "/" * 20_000 + ">", id="a tag of slashes"),
        pytest.param("# <a>\n" * 5_000, id="many tags"),
        pytest.param("#region a\n" * 5_000, id="many regions"),
    ],
)
def test_code_files_are_read_in_proportion(line: str) -> None:
    assert_in_proportion(lambda text: html("[!code[a](c.py?name=a)]\n", {"docs/en/c.py": text}), line)
