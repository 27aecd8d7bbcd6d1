"""Syntax that was printed: found where it stands, with what to write, and not where a page only writes about it."""

import re
from pathlib import Path

import pytest

from conftest import run_imagedocs
from imagedocs.markdown import Source, parse
from imagedocs.markdown.targets import NoSources
from imagedocs.problems import Problem
from markdown_files import document
from rule_pages import read_pages

ROOT = Path(__file__).parent.parent
RULE = "literal-markup"


def found(text: str, **files: str) -> list[Problem]:
    return [each for each in document(text, files).problems if each.rule.label == RULE]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ('=== "Linux"\n\n    a', "1:1", 'write "# [Linux](#tab/linux)"'),
        ('- === "A b"', "1:3", 'write "# [A b](#tab/a-b)"'),
        ('=== ":material-link: C++"', "1:1", 'write "# [C++](#tab/c)"'),
        ('--8<-- "a/b.md"', "1:1", 'write "[!INCLUDE [title](a/b.md)]"'),
        (";--8<-- 'b.py'", "1:1", 'write "[!code-py[](b.py)]"'),
        ("--8<--\nb.md\n--8<--", "1:1", 'write "[!INCLUDE'),
        ('```python\n--8<-- "b.py"\n```', "2:1", 'write "[!code-python[](b.py)]"'),
        ("press ++ctrl+alt+del++ now", "1:7", 'write "<kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd>"'),
        ('press ++cmd+"K"++', "1:7", 'write "<kbd>Cmd</kbd>+<kbd>K</kbd>"'),
        ("a :material-check:{ .green } b", "1:3", "write an emoji"),
        ("| a | b |\n|---|---|\n| c | :octicons-x-16: |", "3:7", "write an emoji"),
        ("(:smile:)", "1:2", 'write "😄"'),
        ("see :man_raising_hand: there", "1:5", 'write "🙋'),
        ("a ==b *c* d== e", "1:3", 'write "<mark>b c d</mark>"'),
        ("これは==強調==です", "1:4", 'write "<mark>強調</mark>"'),
        ("an ^^insert^^", "1:4", 'write "<ins>insert</ins>"'),
        ("H~2~O", "1:2", 'write "<sub>2</sub>"'),
        ("## x^2^", "1:5", 'write "<sup>2</sup>"'),
        ("a ~b c~ d", "1:3", 'write "~~b c~~"'),
        ("~~ a ~~", "1:1", 'write "~~a~~"'),
        ("{++new++}", "1:1", 'write "new"'),
        ("a {--old\nmore--} b", "1:3", "delete it"),
        ("{~~old~>new~~}", "1:1", 'write "new"'),
        ("{==a==}", "1:1", 'write "<mark>a</mark>"'),
        ("a{>>remark<<}", "1:2", 'write "<!-- remark -->"'),
        ("see [[Page name|Text]]", "1:5", 'write "[Text](Page-name.md)"'),
        ("*[OCI]: Open Container", "1:1", 'write "<abbr title="Open Container">OCI</abbr>"'),
        ("a\n{: .lead }", "2:1", 'write the element in HTML: <span class="lead">'),
        ("**a**{ .x }", "1:6", "write the element in HTML"),
        ("## a { data-toc-label='b' }", "1:6", "write the element in HTML"),
        ('## a { id="b.c" }', "1:6", 'write "{#b-c}" at the end of a heading'),
        ("{{ config.name }}", "1:1", "[!INCLUDE"),
        ("a {% if b %} c", "1:3", "[!INCLUDE"),
        ("{!a/b.md!}", "1:1", 'write "[!INCLUDE [title](a/b.md)]"'),
        ("/// warning | Title\ntext\n///", "1:1", 'write "> [!WARNING]"'),
        ("/// details | a\n\ntext\n\n///", "1:1", 'write "> [!NOTE]"'),
        ("::: package.module\n    options:", "1:1", "write the text itself"),
        (":::note\na\n\nb\n:::", "1:1", 'write "> [!NOTE]"'),
        (":::{tip}\na\n:::", "1:1", 'write "> [!TIP]"'),
        ("a\n\n::: zone-end", "3:1", "delete it"),
        (":::row-end:::", "1:1", "delete it"),
        ('a :::image source="b.png" alt-text=c::: d', "1:3", 'write ":::image source="…"'),
        ("> [!TIP\n> a", "1:3", 'write "> [!TIP]"'),
        ("> [TIP!] a", "1:3", 'write "> [!TIP]"'),
        ('> [!div class="nextstepaction"] [a](#t)', "1:3", "write '> [!div"),
        ("> [!VIDEO https://example.com/v] a", "1:3", 'write "> [!VIDEO address]"'),
        ("[!code-python[a](b.py) ]", "1:1", 'write "[!code-python[title](path)]"'),
        ("a [!notebook-python[a](b.ipynb)] c", "1:3", 'write "[!notebook-python[title](path)]"'),
        ("[!INCLUDEssCurrent](b.md)", "1:2", 'write "[!INCLUDE [title](path)]"'),
        ("a [!INCLUDEssCurrent]", "1:3", 'write "[!INCLUDE [title](path)]"'),
        ("[!UICONTROL Save]", "1:1", "write one of NOTE"),
        ("see [a](b.md and so on", "1:5", "write [text](address)"),
        ("[a [b](#t) c](d.md)", "1:1", "write [text](address)"),
        ('[a](b.md "c)', "1:1", "write [text](address)"),
        ("(a)[b.md]", "1:1", 'write "[a](b.md)"'),
        (r"\(b^2\) c", "1:1", 'write "$b^2$"'),
        ("\\[\n\\frac{1}{2}\n\\]", "1:1", 'write "$$'),
        ("$$\nx^3", "1:1", 'write "$$" on the lines before'),
        ("see [TOC] here", "1:5", "put an empty line"),
        ('[=50% "half"]', "1:1", 'write "50%"'),
        ('<div markdown="1">\n*a*\n</div>', "2:1", "put an empty line behind the tag"),
        ("<table><tr><td>**a**</td></tr></table>", "1:16", 'write "<strong>a</strong>"'),
        ("<p>\n[a](b.md)\n</p>", "2:1", "in HTML, Markdown begins behind an empty line"),
        ("```mermaid\ngraph LR\n```", "1:1", "write a picture"),
    ],
)
def test_a_marker_that_was_printed_is_one_problem(text: str, place: str, hint: str) -> None:
    title = "# T\n\n"
    problems = [
        each
        for each in document(title + text).problems
        if each.rule.label in (RULE, "code-block-indented", "unknown-alert", "link-space")
    ]
    line, _, column = place.partition(":")
    assert [(each.rule.label, each.position.line - 2, each.position.column) for each in problems] == [
        (RULE, int(line), int(column))
    ], problems
    assert hint in problems[0].hint


@pytest.mark.parametrize(
    "text",
    [
        'write `=== "Tab"`, `--8<--`, `++keys++`, `:material-x:`, `==a==`, `[!NOTE]`, `::: zone-end` or `[a](b`',
        '```md\n=== "Tab"\n--8<-- "a.md"\n:::note\n```',
        '    === "Tab"\n    ==a==',
        r"\==a== \++ctrl++ \[!NOTE] \:smile: \[[a]] \{{ a }} H\~2~O \*[A]: b",
        "&#61;=a== &#123;{ a }}",
        'say "==a==", “[!NOTE]”, «++ctrl++» and 「:::note」',
        "<code>==a==</code> <kbd>++a++</kbd>\n\n<pre>\n=== \"A\"\n</pre>",
        "C++ and g++, ++i and i++, a == b, x==1 and y==2, numpy==1.0, pandas==2.0",
        "~10 and ~20, 10~20~30, ~/bin and ~/lib, PROGRA~1\\MICRO~1, 3~4日 5~6日",
        "2^10 and 2^20, x^2+y^2, [^a-z]",
        "[[1, 2], [3, 4]], [[ -f x ]], [[:alpha:]], a[0][1], [string](required, default x)",
        "${{ secrets.a }}, ${a}, {:.2f}, {name}, {.NET}, metric{job=\"a\"}, {\"a\": 1}",
        "10:30:15, std::vector::size, arn:aws:iam::1:role, ::1, a:b:c, :param:",
        "f(a)[0], g(x)[i.j], [0,1](see the note)",
        "!!! Attention, what??? /// is a path; a ::: b",
        "[!a-z]*, if [ ! -f x ]; then",
        '> [!NOTE]\n> a\n\n!!! tip "A"\n    b\n\n??? note\n    c\n\n:::row:::\n:::column:::\nd\n:::column-end:::\n:::row-end:::',
        "# [A](#tab/a)\n\na\n\n---\n\n- [ ] b\n- [x] c\n\nd[^1] :smile: $x^2$\n\n[^1]: e\n\n$$\ny^2^\n$$",
        "[a](https://example.com){ .md-button } ![b](b.png){ width=50 } `c`{.py}\n\n## d {#e .f}",
        "<div markdown>\n\n*a* and **b**\n\n</div>\n\n<div markdown=\"1\">\nplain text\n</div>",
        "[TOC]\n\n> [TOC]",
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_is_no_marker(text: str) -> None:
    assert not found(f"# T\n\n{text}")


def test_a_slip_that_another_rule_names_is_not_told_twice() -> None:
    slips = (
        "> [!NOTA]\n> a",
        "> [!NOTE] a",
        "[!IMPORTANT]\na",
        "[a] (b.md)",
        "[a](b c.md)",
        ":::zone pivot=a\nb\n::: zone-end",
        "[!INCLUDE[a] (b.md)]",
        "请看[a]（b.md）。",
    )
    for slip in slips:
        problems = [
            each for each in document(f"# T\n\n{slip}").problems if each.rule.severity != "suggestion"
        ]
        assert len(problems) == 1, problems
        assert problems[0].rule.label != RULE


def test_a_marker_of_an_included_file_has_its_own_place() -> None:
    text = "# T\n\n[!INCLUDE [a](a.md)]\n\nb [!INCLUDE [c](c.md)]"
    files = {"docs/en/a.md": "a\n\n==b==", "docs/en/c.md": "d ++e++"}
    problems = [each for each in document(text, files).problems if each.rule.label == RULE]
    assert [(str(each.position), str(each.included_from[0])) for each in problems] == [
        ("docs/en/a.md:3:1", "docs/en/x.md:3:15"),
        ("docs/en/c.md:1:3", "docs/en/x.md:5:17"),
    ]


def test_none_of_our_own_pages_has_any() -> None:
    pages = sorted((ROOT / "docs").glob("*/**/*.md"))
    assert len(pages) > 200
    for page in pages:
        if "==" in (text := page.read_text("utf-8")) or re.search(r":::|\[\[|\{\{|\+\+|\]\(|:[a-z]+:", text):
            problems = parse(Source(page.name, text), NoSources()).document.problems
            assert not [each for each in problems if each.rule.label == RULE], page


def test_what_the_rule_page_says_to_write_is_no_marker() -> None:
    page = read_pages()[RULE]
    assert len(found(page.example[0].text)) == 6
    assert not found(page.fix[0].text)


HABITS = '# A\n\n=== "Linux"\n\n    `==b==`\n'


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"docs/en/a.md": HABITS, "docs/en/b.md": "# B\n\n++c++\n", ".venv/x.md": HABITS}, 'docs/en/a.md:3 and 1 more): imagedocs.markdown shows === "Linux" to'),
        ({"docs/en/a.md": "# A\n\n`=== \"B\"` and > [!NOTE\n\n[a](b\n"}, ""),
        ({"mkdocs.yml": "site_name: x\n", "docs/a.md": HABITS}, "Python-Markdown reads your pages as before"),
        ({"mkdocs.yml": "site_name: x\nmarkdown_extensions: [imagedocs.markdown]\n", "docs/a.md": HABITS}, "docs/a.md:3): imagedocs.markdown shows"),
        ({"mkdocs.yml": "site_name: x\nmarkdown_extensions: [imagedocs.markdown]\n", "docs/a.md": "# A\n"}, ""),
    ],
    ids=["a new project", "no habits", "a site", "a site that has chosen the dialect", "one without habits"],
)  # fmt: skip
def test_init_says_where_pages_have_the_habits_of_material(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    done = run_imagedocs(tmp_path, "init", "--registry", "ghcr.io")
    assert done.returncode == 0, done.stderr
    lines = [each for each in done.stdout.splitlines() if "Python-Markdown" in each]
    assert len(lines) == bool(said)
    assert said in "".join(lines)
