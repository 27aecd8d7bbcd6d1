"""The linter: what it finds, where, and that its edits do what they say."""

import pytest

from imagedocs.markdown import PageOptions, Source, parse
from imagedocs.markdown.sources import Destination
from imagedocs.problems import Edit
from markdown_files import document, problems


def applied(text: str, edits: list[Edit]) -> str:
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column), reverse=True):
        assert edit.line == edit.end_line
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.column - 1] + edit.text + line[edit.end_column - 1 :]
    return "\n".join(lines)


def fixed(text: str) -> str:
    """`text` with all safe edits made."""
    return applied(text, [edit for problem in document(text).problems for edit in problem.fix])


def found(text: str, rule: str) -> list[str]:
    """Line, column and message of each problem of a rule, suggestions counted."""
    return [
        f"{problem.position.line}:{problem.position.column}: {problem.message}"
        for problem in document(text).problems
        if problem.rule.label == rule
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("> [!NOTA]\n> a", "> [!NOTE]\n> a", id="a translated alert"),
        pytest.param("> [! NOTE]\n> a", "> [!NOTE]\n> a", id="a space in an alert"),
        pytest.param("> [NOTE]\n> a", "> [!NOTE]\n> a", id="an alert without its exclamation mark"),
        pytest.param("> !TIP]\n> a", "> [!TIP]\n> a", id="an alert without its bracket"),
        pytest.param("> !WARNING\n> a", "> [!WARNING]\n> a", id="an alert without brackets"),
        pytest.param("> (!NOTE)\n> a", "> [!NOTE]\n> a", id="round brackets of an alert"),
        pytest.param("> [¡NOTE]\n> a", "> [!NOTE]\n> a", id="a Spanish exclamation mark"),
        pytest.param("- x\n\n  > ［！注意］\n  > a", "- x\n\n  > [!NOTE]\n  > a", id="full-width brackets of an alert"),
        pytest.param("see [a] (b.md).", "see [a](b.md).", id="a space inside a link"),
        pytest.param("see ![a b](media/my pic.png).", "see ![a b](<media/my pic.png>).", id="a space in an address"),
        pytest.param("[a](<b c.md>) f(a b.md)", "[a](<b c.md>) f(a b.md)", id="a space that is none of a link's"),
        pytest.param("请看[a]（b.md）。", "请看[a](b.md)。", id="full-width brackets of a link"),
        pytest.param("# [A]（#tab/a）\n1", "# [A](#tab/a)\n1", id="full-width brackets of a tab"),
        pytest.param("# T\n\n##Heading\n\na", "# T\n\n## Heading\n\na", id="a heading without a space"),
        pytest.param("a</br>b", "a<br>b", id="a line break that is none"),
        pytest.param("```\na\n`````", "```\na\n```", id="a long closing fence"),
        pytest.param("> ~~~\n> a\n> ~~~~", "> ~~~\n> a\n> ~~~", id="a long closing fence in a quote"),
        pytest.param("```bash\npip install –r a.txt\n```", "```bash\npip install -r a.txt\n```", id="a dash in a command"),
        pytest.param("run `pip –r a`", "run `pip -r a`", id="a dash in a code span"),
        pytest.param("``` yaml\na: “b”\n```", '``` yaml\na: "b"\n```', id="quotation marks in code"),
        pytest.param("a\u200bb", "ab", id="an invisible character"),
        pytest.param("a\x1bb", "ab", id="a control character"),
        pytest.param("```sh\na\u00a0b\n```", "```sh\na b\n```", id="a hard space in code"),
        pytest.param("```dockerfile\nRUN a \\ \n  && b\n```", "```dockerfile\nRUN a \\\n  && b\n```", id="a space behind a backslash"),
    ],
)  # fmt: skip
def test_safe_edits(text: str, expected: str) -> None:
    assert fixed(text) == expected
    assert fixed(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> [!NOTE]\n> a", id="an alert"),
        pytest.param("array[1] (the first)", id="brackets and a remark"),
        pytest.param("#include is a directive", id="no heading is meant"),
        pytest.param("#1 in line", id="a number"),
        pytest.param("files in docs/**/*.md", id="a pattern"),
        pytest.param("2 ** 3 is 8", id="an operator"),
        pytest.param("```text\n“quoted” –x\n```", id="text in a block of code"),
        pytest.param("```python\nprint('“a”')\n```", id="quotation marks within quotation marks"),
        pytest.param("```bash\n# “a”\nb\n```", id="quotation marks in a comment"),
        pytest.param("```csharp\nf(); // “a”\n```", id="quotation marks in a comment behind code"),
        pytest.param("```bash\nf # –r\n```", id="a dash in a comment"),
        pytest.param("```powershell\nGet-Item –Path “a”\u00a0–Force\n```", id="what PowerShell understands"),
        pytest.param("```console\ncd C:\\a\\ \n```", id="a path of Windows"),
        pytest.param("```console\nGet-AzVM –Status\n```", id="a cmdlet at a prompt"),
        pytest.param("`Get-AzVM –Status` `–ResourceGroupName`", id="a cmdlet and its parameter in a line"),
        pytest.param("```yaml\ntitle: Das „Beispiel“ mit 10\u00a0GB\n```", id="text in YAML"),
        pytest.param('```json\n{"a": "10\u00a0GB"}\n```', id="a space in a string"),
        pytest.param("`a – b`", id="a dash between spaces"),
        pytest.param("می\u200cخواهم", id="a joiner that Persian needs"),
        pytest.param("```\na\n```", id="a block of code"),
        pytest.param("```bash\na \\\n  b\n```", id="a continued line"),
        pytest.param("```powershell\na `\n  b\n```", id="a back-tick at the end"),
        pytest.param("| a | b |\n|---|---|\n| ** | x |", id="two stars in a cell"),
    ],
)
def test_nothing_is_said_of(text: str) -> None:
    assert problems("# T\n\n" + text) == []


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        pytest.param("**注意：**请看", "literal-emphasis", ["1:1: readers see this ** as it stands: it neither opens nor closes bold text"], id="beside CJK punctuation"),
        pytest.param("> [¡ADVERTENCIA!]\n> a", "unknown-alert", ["1:3: [¡ADVERTENCIA!] is no alert, so readers see it as text"], id="an alert with two exclamation marks"),
        pytest.param("> [!HINWEIS] Text", "unknown-alert", ["1:3: [!HINWEIS] is no alert, so readers see it as text"], id="a translated alert before text"),
        pytest.param("```yaml\na:\n\u00a0\u00a0b: 1\n```", "invisible-character", ["3:1: a space that is none to a program stands in the code (U+00A0)", "3:2: a space that is none to a program stands in the code (U+00A0)"], id="spaces that indent nothing"),
        pytest.param("```bash-interactive\ndocker run –it x\n```", "typographic-code", ["2:12: –it begins with a typographic dash, which no program takes for an option"], id="a dash in a block that runs"),
        pytest.param("`docker –it`", "typographic-code", ["1:9: –it begins with a typographic dash, which no program takes for an option"], id="a dash in a line"),
        pytest.param("> [!NOTE]\n> [!HINWEIS] Text", "unknown-alert", ["2:3: [!HINWEIS] is no alert, so readers see it as text"], id="a translated label in an alert"),
        pytest.param("a\n\n- [!TIP]\n  Text", "invalid-note-section", ["3:3: [!TIP] stands in no quote, so readers see it as text"], id="an alert outside a quote"),
        pytest.param('[!div class="nextstepaction"]\n[a](b.md)', "invalid-note-section", ['1:1: [!div class="nextstepaction"] stands in no quote, so readers see it as text'], id="a button outside a quote"),
        pytest.param("[!NOTE](a.md)\n\n[!NOTE] b\n\n> a\n>\n> [!NOTE]\n\n[!INCLUDE [a](b.md)]", "invalid-note-section", [], id="no alert outside a quote"),
        pytest.param("![图]（media/a.png）和[图]（a.md）", "full-width-brackets", ["1:4: a link has full-width brackets, so it is none", "1:21: a link has full-width brackets, so it is none"], id="an image in full-width brackets"),
        pytest.param("[b]: c.md\n===\n\n&#0;\n\n[b]: c.md\n\u00a0", "invalid-note-section", [], id="paragraphs of nothing"),
        pytest.param("> [AZURE.NOTE] Text", "unknown-alert", ["1:3: [AZURE.NOTE] is no alert any more, so readers see it as text"], id="an alert of former times"),
        pytest.param("a [AZURE.INCLUDE [b](b.md)]", "include-invalid", ["1:3: this takes in no file, so readers see it as text"], id="an include of former times"),
        pytest.param("> [!NOTE] Text", "unknown-alert", [], id="an alert before text has a rule of its own"),
        pytest.param("> [!nota](x.md)\n> [!FOO] bar", "unknown-alert", [], id="a link, and a word in brackets"),
        pytest.param("a **b _c** d_", "literal-emphasis", [], id="crossed, and yet bold"),
        pytest.param("x ** text ** y", "literal-emphasis", ["1:3: readers see this ** as it stands: it neither opens nor closes bold text"], id="with spaces inside"),
        pytest.param('<p id="__config">x</p>', "reserved-anchor", ['1:8: the site itself has the anchor "__config"'], id='the id of the settings'),
        pytest.param('<P ID=__search>x</P>', "reserved-anchor", ['1:7: the site itself has the anchor "__search"'], id='an id without quotes'),
        pytest.param('<p id="&#95;_config">x</p>', "reserved-anchor", ['1:8: the site itself has the anchor "__config"'], id='an id with an entity'),
        pytest.param('<label for="__drawer">x</label>', "reserved-anchor", ['1:13: the site itself has the anchor "__drawer"'], id="a label of the theme's own"),
        pytest.param('## A {#__toc}\n\nx', "reserved-anchor", ['1:4: the site itself has the anchor "__toc"'], id='the id of a heading'),
        pytest.param('## <a name="__nav_1"></a>A\n\nx', "reserved-anchor", ['1:13: the site itself has the anchor "__nav_1"'], id='the name before a heading'),
        pytest.param('[x](x.md){#__palette_0}', "reserved-anchor", ['1:2: the site itself has the anchor "__palette_0"'], id='the id of a link'),
        pytest.param('```text {#__consent}\nx\n```', "reserved-anchor", ['1:1: the site itself has the anchor "__consent"'], id='the id of code'),
        pytest.param('## `__config`\n\nx\n\n## `__init__`\n\ny', "reserved-anchor", [], id='names in headings, which get another id'),
        pytest.param('<p id="__init__">x</p>', "reserved-anchor", [], id="an id with underscores of one's own"),
        pytest.param('## <a name="b"></a>B\n\nx\n\n## <a name="b"></a>C\n\ny', "duplicate-anchor", ['5:13: the page has the anchor "b" already, at docs/en/x.md:1:13'], id="an anchor twice"),
        pytest.param("---\nms.openlocfilehash: x\n---\n" + '## <a name="b"></a>B\n\n## <a name="b"></a>B', "duplicate-anchor", [], id="an anchor twice from a pipeline"),
        pytest.param('<span class="sxs-lookup">a</span>', "bilingual-page", ["1:14: the page has two languages side by side, as only a translation portal shows them"], id="two languages"),
        pytest.param("```bash\nRUN a \\\n\n  && b\n```", "continuation-gap", ["3:1: an empty line behind a backslash ends the command, or will"], id="a gap in a command"),
        pytest.param("```\na", "code-block-unclosed", ["1:1: nothing closes the block of code that begins here"], id="an open fence"),
        pytest.param("- ```\n  a\n\nb", "code-block-unclosed", ["1:3: nothing closes the block of code that begins here"], id="an open fence in a list"),
        pytest.param("a [!INCLUDE (x.md)]", "include-invalid", ["1:3: this takes in no file, so readers see it as text"], id="an include without a title"),
        pytest.param("`[!INCLUDE (x.md)]`", "include-invalid", [], id="an include as code"),
        pytest.param("---\ntitle: x\n\n# x\n", "yaml-header-syntax-error", ["1:1: nothing closes the metadata that begins here, so readers see it as text"], id="metadata without an end"),
        pytest.param("---\n\ntitle: x\n", "yaml-header-syntax-error", [], id="a rule, and a line with a colon"),
        pytest.param("<<<<<<< HEAD\na", "merge-conflict", ["1:1: this is the mark of a merge that was not finished"], id="an unfinished merge"),
        pytest.param("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", "merge-conflict", ["2:1: this is the mark of a merge that was not finished"], id="an unfinished merge that makes a heading"),
        pytest.param("| a |\n|---|\n<<<<<<< HEAD\n| b |\n", "merge-conflict", ["3:1: this is the mark of a merge that was not finished"], id="an unfinished merge in a table"),
        pytest.param("[a](C:\\x.md)", "local-file-path", ["1:5: C:\\x.md is a file on somebody's own disk"], id="a path of a disk"),
        pytest.param("[a](b.md&tabs=c)", "invalid-query", ["1:5: a query begins with ?, not with &"], id="an ampersand for a question mark"),
        pytest.param("[a](https://learn.microsoft.com/es-es/azure/)", "hard-coded-locale", ["1:5: the link leads readers of every language to es-es"], id="a locale in a link"),
        pytest.param("[a](/en-us/azure/)", "hard-coded-locale", ["1:5: the link leads readers of every language to en-us"], id="a locale in an address of the learn site"),
        pytest.param("[a](https://docs.microsoft.com/azure/)", "docs-link-absolute", ["1:5: a link to https://learn.microsoft.com names its host"], id="the host of Learn in a link"),
        pytest.param("[a](https://docs.microsoft.com/de-de/azure/)", "docs-link-absolute", ["1:5: a link to https://learn.microsoft.com names its host"], id="the host and a locale of Learn in a link"),
        pytest.param("[a](http://aka.ms/x)", "insecure-link", ["1:5: the link to aka.ms is not encrypted"], id="not encrypted"),
        pytest.param("![](a.png)", "missing-image-alttext", ["1:5: the image a.png has no text for those who cannot see it"], id="no alternative text"),
        pytest.param("![a.png](b/a.png)", "alttext-equal-filename", ["1:10: the alternative text of the image is its file's name, a.png"], id="a file's name for a text"),
        pytest.param("# A\n\n### B\n\nc", "heading-skipped", ['3:5: the heading "B" is of level 3 below one of level 1'], id="a level left out"),
        pytest.param("# A\n\n## B\n\n## C\n\nx", "heading-no-content", ['3:4: nothing stands under the heading "B"'], id="nothing under a heading"),
        pytest.param("a\n\n# B", "h1-not-first", ['3:3: something stands before the heading of level 1, "B"'], id="text before the title"),
        pytest.param("# ![a](/b.png) C\n\nx", "h1-not-first", [], id="a picture in the title"),
        pytest.param("# A\n\n## B\n\n## ![a](/b.png) C\n\nx", "heading-no-content", ['3:4: nothing stands under the heading "B"'], id="a picture in the next heading"),
        pytest.param("# A\n\n# B", "multiple-h1s", ['3:3: the page has a second heading of level 1: "B"'], id="two titles"),
        pytest.param('::: zone target="docs"\n# A\n# B\n::: zone-end', "multiple-h1s", ['3:3: the page has a second heading of level 1: "B"'], id="two titles in a zone"),
        pytest.param("A\n===", "headings-with-underline", ['2:1: the heading "A" is made by a line under it'], id="an underlined heading"),
        pytest.param("a|\n-|\n|x||", "column-header-missing", [], id="cells that are no header"),
        pytest.param("a|b\n-|-\nc|d\nx|y|z", "column-header-missing", ["4:1: this row has more cells than the header, which has 2"], id="a row wider than the header"),
        pytest.param("a|b\n-|-\n`x|y`|z", "column-header-missing", [], id="a pipe in code"),
        pytest.param("| |b|\n|-|-|\n|x|y|", "column-header-missing", ["1:1: a column of the table has no header"], id="no header"),
        pytest.param("x\n\n    code", "code-block-indented", ["3:1: code is made by indentation alone"], id="code by indentation"),
        pytest.param("`x` <Class name> y", "disallowed-html-tag", ["1:5: no reader sees <Class name>"], id="a placeholder"),
        pytest.param("`x` <Class name> y", "unbalanced-html", [], id="a placeholder needs no end"),
        pytest.param("<foo>a</foo>", "disallowed-html-tag", ["1:1: no reader sees <foo>"], id="an element that nobody knows"),
        pytest.param("---\na: 1\na: 2\n---\n# b", "yaml-duplicate-key", ['3:1: the key "a" stands twice; first on line 2'], id="metadata twice"),
        pytest.param("---\na: [\n---\n# b", "yaml-header-syntax-error", ["3:1: while parsing a flow node: did not find expected node content"], id="metadata that is not YAML"),
        pytest.param("---\n- a\n---\n# b", "yaml-header-not-object", ["1:1: the metadata between the --- lines is no list of names with values"], id="metadata without names"),
    ],
)  # fmt: skip
def test_findings(text: str, rule: str, expected: list[str]) -> None:
    assert found(text, rule) == expected


def test_a_rendered_template_is_not_linted() -> None:
    source = Source("includes/a.md.j2", "a</br>b [x] (y.md)", generated=True)

    class One:
        def find(self, target: str, base: str) -> str | None:
            return "includes/a.md.j2"

        def read(self, path: str) -> Source | None:
            return source

        def locate(self, written: str, path: str, source: str, page: str) -> Destination:
            return Destination(path)

    page = parse(Source("docs/en/x.md", "# T\n\n[!INCLUDE [a](a.md)]"), One(), page=PageOptions())
    assert page.document.problems == ()


def test_a_finding_in_a_fragment_says_who_includes_it() -> None:
    files = {"docs/en/a.md": "see [a] (b.md)\n"}
    problem = next(
        p for p in document("# T\n\n[!INCLUDE [a](a.md)]", files).problems if p.rule.label == "link-space"
    )
    assert str(problem.position) == "docs/en/a.md:1:7"
    assert [str(place) for place in problem.included_from] == ["docs/en/x.md:3:15"]
    assert problem.fix == (Edit(1, 7, 1, 15, "](b.md)"),)
