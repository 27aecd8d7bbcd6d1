"""Tabs, code from files, triple colons, zones, cross references: what readers get, and what authors hear."""

import re
from pathlib import Path

import pytest

from imagedocs.markdown.labels import LABELS
from markdown_files import Files, document, html, parsed, problems

FILES = {
    "docs/en/code.py": "import os\n# <main>\ndef main():\n    # <inner>\n    print(1)\n    # </inner>\n# </main>\n\tx\n",
    "docs/en/region.cs": "class A\n{\n    #region one\n    int b;\n    #endregion\n}\n",
    "docs/en/empty.py": "",
    "docs/en/book.ipynb": '{"cells": [{"metadata": {"name": "a"}, "source": ["x = 1\\n", "y"]}, {"metadata": {"name": "b"}, '
    '"source": "z"}, {"metadata": {"name": "b"}, "source": "z"}]}',
    "docs/en/no.ipynb": "[1]",
    "docs/en/i.png": "",
    "docs/en/zone-pivot-groups.yml": "groups:\n- id: langs\n  title: Language\n  prompt: Choose a language\n  pivots:\n"
    "  - {id: py, title: Python}\n  - {id: cs, title: C#}\n",
}  # fmt: skip


def flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)


def code(text: str) -> list[tuple[str, str]]:
    """Language and content of each block of code."""
    page = parsed(text, FILES)
    return [(raw.language, raw.content) for raw in page.raw if hasattr(raw, "language")]


# tabs


def tabs(text: str) -> list[tuple[str, list[str], list[str]]]:
    """For each group: the shown ids, the labels, the texts."""
    found = []
    for group in parsed(text).root.iter("div"):
        if "tabbed-set" not in (group.get("class") or ""):
            continue
        inputs = [child for child in group if child.tag == "input"]
        labels = [
            " ".join(label.itertext())
            for label in next(c for c in group if c.get("class") == "tabbed-labels")
        ]
        blocks = [
            " ".join("".join(b.itertext()).split())
            for b in next(c for c in group if c.get("class") == "tabbed-content")
        ]
        chosen = [i.get("data-tab") for i in inputs if i.get("checked")]
        found.append((",".join(chosen), labels, blocks))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# [A](#tab/a)\n1\n## [B](#tab/b)\n2\n\n---\n\nend", [("a", ["A", "B"], ["1", "2"])], id="up to a rule"),
        pytest.param("# [A](#tab/a)\n1\n# [B](#tab/b)\n2", [("a", ["A", "B"], ["1", "2"])], id="up to the end"),
        pytest.param('# <a name="x"></a>[A](#tab/a)\n1', [("a", ["A"], ["1"])], id="with an anchor before it"),
        pytest.param("- x\n\n  # [A](#tab/a)\n\n  1\n\n  ***\n\ny", [("a", ["A"], ["1"])], id="in a list"),
        pytest.param(
            "# [A](#tab/a)\n1\n- # [C](#tab/c)\n\n  2\n\n# [B](#tab/b)\n3",
            [("a", ["A", "B"], ["1 C2", "3"]), ("c", ["C"], ["2"])],
            id="within one another",
        ),
        pytest.param("# [A](#tab/a+b)\n1", [("a+b", ["A"], ["1"])], id="for two ids"),
        pytest.param("# [A](#tab/a/)\n1", [("a", ["A"], ["1"])], id="with a slash behind the id"),
        pytest.param("# A [x](#tab/a)\n1", [], id="not with text beside the link"),
        pytest.param("# [A](#tab/a b)\n1", [], id="not with a space in the id"),
    ],
)  # fmt: skip
def test_tabs(text: str, expected: list[tuple[str, list[str], list[str]]]) -> None:
    assert tabs(text) == expected


def test_a_tab_with_a_condition_is_hidden_until_it_is_met() -> None:
    text = "# [L](#tab/linux)\n1\n# [W](#tab/win)\n2\n\n---\n\n# [B](#tab/b/win)\n3\n# [C](#tab/c/linux)\n4\n\n---\n"
    root = parsed(text).root
    inputs = [(i.get("data-tab"), i.get("data-condition"), i.get("data-hidden"), i.get("checked")) for i in root.iter("input")]  # fmt: skip
    assert inputs == [
        ("linux", None, None, "checked"),
        ("win", None, None, None),
        ("b", "win", "true", None),
        ("c", "linux", None, "checked"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# [A](#tab/a)\n1\n# [B](#tab/a)\n2", ["3:3: warning: invalid-tab-group: the tab a stands twice in its group; give each tab an id of its own"], id="twice the same id"),
        pytest.param("# [A](#tab/a)\n1\n\n---\n\n# [A](#tab/a)\n1\n# [B](#tab/b)\n2", ["6:3: warning: invalid-tab-group: the tab a stands in groups of different tabs, which cannot be switched together; give both groups the same tabs; they differ in b"], id="groups of different tabs"),
        pytest.param("# [A](#tab/a/x)\n1", ["1:3: warning: invalid-tab-group: no tab of the group is shown at first; give one tab no condition"], id="nothing shown"),
    ],
)  # fmt: skip
def test_problems_of_tabs(text: str, expected: list[str]) -> None:
    assert problems(text) == [f"docs/en/x.md:{line}" for line in expected]


# code from files


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[!code[a](code.py?name=main)]", [("", "def main():\n    print(1)")], id="a tag without the tags in it"),
        pytest.param("[!code-Python[](code.py#INNER)]", [("Python", "print(1)")], id="a tag in any case, its indent removed"),
        pytest.param("[!code-cs[](region.cs?name=one)]", [("cs", "int b;")], id="a region"),
        pytest.param("[!code-py[](code.py#L1-L2)]", [("py", "import os\n# <main>")], id="lines by fragment"),
        pytest.param("[!code-py[](code.py?range=1,5&dedent=2)]", [("py", "import os\n  print(1)")], id="ranges, with a dedent"),
        pytest.param("[!code-py[](code.py?start=8)]", [("py", "x")], id="from a line on, tabs as spaces"),
        pytest.param(":::code source=\"code.py\" id=\"inner\":::", [("python", "print(1)")], id="triple colon, language from the name"),
        pytest.param(":::code language=\"azurecli-interactive\" source=\"code.py\" range=\"1\":::", [("azurecli", "import os")], id="interactive"),
        pytest.param("[!notebook-python[](book.ipynb?name=a)]", [("python", "x = 1\ny")], id="a cell of a notebook"),
        pytest.param("text [!code[a](code.py)]", [], id="only on a line of its own"),
    ],
)  # fmt: skip
def test_code_from_files(text: str, expected: list[tuple[str, str]]) -> None:
    assert code(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[!code[a](no.py)]", "1:11: error: codesnippet-not-found: there is no file no.py to show code of", id="missing"),
        pytest.param("[!code[a](code.py?name=no)]", "1:11: error: tag-not-found: code.py has no part named 'no'; mark it there with <no> and </no> in comments", id="no such tag"),
        pytest.param("[!notebook-py[](no.ipynb?name=a)]", "1:17: error: not-notebook-content: no.ipynb is no notebook", id="no notebook"),
        pytest.param("[!notebook-py[](book.ipynb?name=c)]", "1:17: error: tag-not-found: book.ipynb has no cell named 'c'", id="no such cell"),
        pytest.param("[!notebook-py[](book.ipynb?name=b)]", "1:17: error: multiple-tags-with-same-name: book.ipynb has more than one cell named 'b'", id="two such cells"),
        pytest.param(":::code language=\"py\":::", "1:1: error: invalid-code: :::code is shown as text: it needs source=\"…\"", id="no source"),
        pytest.param(":::code source=\"no.py\":::", "1:17: error: invalid-code: there is no file no.py to show code of", id="no file"),
        pytest.param("- :::code source=\"region.unknown\" color=\"x\":::", "1:3: error: invalid-code: :::code is shown as text: it has no attribute color", id="unknown attribute"),
        pytest.param(":::code source=\"code.py\" range=\"90-\":::", "1:17: error: invalid-code: no line of code.py is shown", id="nothing chosen"),
    ],
)  # fmt: skip
def test_problems_of_code(text: str, expected: str) -> None:
    assert problems(text, FILES) == [f"docs/en/x.md:{expected}"]


def test_a_missing_snippet_leaves_a_visible_box() -> None:
    made = flat(html("[!code[a](no.py)]", label=lambda word, _: {"Warning": "Advertencia"}.get(word, word)))
    assert '<div class="admonition warning"><p class="admonition-title">Advertencia</p>' in made


def test_files_of_snippets_are_links_of_the_page() -> None:
    links = document("[!code[a](code.py?name=main)]", FILES).links
    assert [(link.kind.value, link.target, link.path) for link in links] == [
        ("snippet", "code.py", "docs/en/code.py")
    ]


# images, videos


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(':::image source="i.png" alt-text="A":::', '<p><img alt="A" class="border" src="i.png" /></p>', id="on a line of its own"),
        pytest.param('a :::image type="icon" source="i.png" border="false"::: b', '<p>a <img alt="" role="presentation" src="i.png" /> b</p>', id="an icon within a line"),
        pytest.param(':::image source="i.png" alt-text="A" lightbox="b.png":::', '<p><a class="glightbox" href="b.png"><img alt="A" class="border" src="i.png" /></a></p>', id="with a larger one"),
        pytest.param(':::image type="complex" source="i.png" alt-text="A":::\n    Long.\n:::image-end:::', '<p><img alt="A" aria-describedby="0-0" class="border" src="i.png" /></p><div class="visually-hidden" id="0-0"><div class="highlight"><pre><span></span><code>Long.</code></pre></div></div>', id="with a long description"),
        pytest.param("[![A](i.png)](b.png#lightbox)", '<p><a class="glightbox" href="b.png"><img alt="A" src="i.png" /></a></p>', id="a lightbox by link"),
        pytest.param('![A](i.png){ width="300" .wide }', '<p><img alt="A" class="wide" src="i.png" width="300" /></p>', id="attributes of an image"),
        pytest.param("[A](https://x.org){ .md-button onclick=x }", '<p><a class="md-button" href="https://x.org">A</a></p>', id="attributes of a link, none that acts"),
        pytest.param("> [!VIDEO https://youtu.be/abc]", '<div class="embeddedvideo"><iframe allowfullscreen="true" aria-label="Video" loading="lazy" src="https://www.youtube-nocookie.com/embed/abc?rel=0"></iframe></div>', id="a video"),
        pytest.param("> [!VIDEO https://youtu.be/abc]\n>\n> ", '<div class="embeddedvideo"><iframe allowfullscreen="true" aria-label="Video" loading="lazy" src="https://www.youtube-nocookie.com/embed/abc?rel=0"></iframe></div>', id="a video and empty lines"),
    ],
)  # fmt: skip
def test_images_and_videos(text: str, expected: str) -> None:
    assert flat(html(text, FILES)) == expected


def test_an_image_without_a_text_stays_text() -> None:
    text = 'a\n\n   :::image source="i.png":::'
    assert "<p>:::image source=" in html(text)
    assert problems(text) == [
        "docs/en/x.md:3:4: error: invalid-image: :::image is shown as text: it needs alt-text=\"…\" for those who cannot see it"
    ]  # fmt: skip


def test_places_of_images_and_what_they_link_to() -> None:
    text = 'a :::image source="i.png" alt-text="A" lightbox="b.png"::: b\n\n- ![A](c.png)'
    assert [
        (link.target, f"{link.position.line}:{link.position.column}") for link in document(text).links
    ] == [
        ("i.png", "1:20"),
        ("b.png", "1:20"),
        ("c.png", "3:8"),
    ]


# zones, columns, monikers, no-loc, xref

PIVOTS = "---\nzone_pivot_groups: langs\n---\n# T\n"


def test_zones_have_the_names_of_their_pivots() -> None:
    text = PIVOTS + '::: zone pivot="py"\na\n::: zone-end\n::: zone pivot="cs"\nb\n::: zone-end\n'
    made = flat(html(text, FILES))
    assert (
        '<div class="zone has-pivot" data-pivot="py"><p class="zone-title">Python</p><p>a</p></div>' in made
    )
    assert made.startswith(
        '<h1 id="t">T</h1><div class="zone-pivots" data-label="Choose a language" data-pivots='
    )
    assert problems(text, FILES) == []


@pytest.mark.parametrize(
    ("place", "name"),
    [
        pytest.param("docs/en/zone-pivot-groups.yml", "", id="at the root of the docs"),
        pytest.param("docs/en/a/zone-pivot-groups.yml", "", id="in a folder around the page"),
        pytest.param("docs/en/a/pivots.yml", "data-set/a/pivots.json", id="by the name that the site publishes"),
        pytest.param("docs/en/a/b/pivots.json", "pivots.json", id="in JSON"),
    ],
)  # fmt: skip
def test_places_of_the_list_of_pivots(place: str, name: str) -> None:
    text = PIVOTS.replace("---\n#", f"zone_pivot_group_filename: {name}\n---\n#") if name else PIVOTS
    text += '::: zone pivot="py"\na\n::: zone-end\n::: zone pivot="cs"\nb\n::: zone-end\n'
    files = {place: FILES["docs/en/zone-pivot-groups.yml"]}
    assert problems(text, files, "docs/en/a/b/x.md") == []
    missing = name.rpartition("/")[2].replace(".json", ".yml") or "zone-pivot-groups.yml"
    message = f"there is no pivot group langs: there is no {missing} here or in a folder around"
    assert problems(text, {}, "docs/en/a/b/x.md") == [
        f"docs/en/a/b/x.md:1:1: warning: pivot-group-not-found: {message}"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(PIVOTS + '::: zone pivot="go"\na\n::: zone-end', ["5:17: warning: pivot-id-not-found: no group of the page has a pivot go; it has py, cs"], id="a pivot of no group"),
        pytest.param(PIVOTS.replace("langs", "os") + '::: zone pivot="py"\na\n::: zone-end', ["1:1: warning: pivot-group-not-found: there is no pivot group os in zone-pivot-groups.yml"], id="a group that is not there"),
        pytest.param('::: zone target="docs"\na', ["1:1: error: invalid-zone: :::zone: nothing ends it; write ::: zone-end on a line of its own"], id="no end"),
        pytest.param('::: zone target="docs"\n::: zone pivot="a"\nb\n::: zone-end', ["2:1: error: invalid-zone: :::zone is shown as text: a zone cannot stand in a zone"], id="in a zone"),
        pytest.param('::: moniker range="a"\n::: moniker-end x\n::: moniker-end', ["2:1: error: invalid-moniker-range: :::moniker is shown as text: text follows the end of the moniker"], id="text behind the end"),
    ],
)  # fmt: skip
def test_problems_of_zones(text: str, expected: list[str]) -> None:
    assert problems(text, FILES) == [f"docs/en/x.md:{line}" for line in expected]


def test_what_stands_in_columns_is_no_code() -> None:
    text = ':::row:::\n    :::column span="2":::\n        **a**\n    :::column-end:::\n    :::column span="":::\n        b\n    :::column-end:::\n:::row-end:::\n\nc'
    assert flat(html(text)) == (
        '<section class="row"><div class="column span2"><p><strong>a</strong></p></div>'
        '<div class="column"><p>b</p></div></section><p>c</p>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('a :::no-loc text="Azure *x*"::: b', '<p>a <span class="no-loc notranslate" dir="ltr" lang="en-us">Azure *x*</span> b</p>', id="no-loc"),
        pytest.param('a :::No-Loc text="x"::: b', '<p>a :::No-Loc text="x"::: b</p>', id="no-loc in another case"),
        pytest.param("<xref:known.uid>", '<p><a href="https://x.org/k">Known</a></p>', id="a known uid"),
        pytest.param("<xref:System.Tuple%601.Item%2A?displayProperty=nameWithType>", '<p><xref href="System.Tuple%601.Item%2A?displayProperty=nameWithType"><code>System.Tuple`1.Item</code></xref></p>', id="an unknown uid, as one reads it"),
        pytest.param("@known.uid.", '<p><a href="https://x.org/k">Known</a>.</p>', id="in short, before a full stop"),
        pytest.param("a@b.org", "<p>a@b.org</p>", id="no uid in an address"),
        pytest.param("[a](/azure/b) ![](/c.png)", '<p><a href="https://learn.microsoft.com/es-es/azure/b">a</a> <img alt="" src="https://learn.microsoft.com/es-es/c.png" /></p>', id="what begins with a slash is of the learn site"),
        pytest.param("[a](/en-us/b)", '<p><a href="https://learn.microsoft.com/en-us/b">a</a></p>', id="a language that an author has chosen stays"),
        pytest.param("[a](x%20y.md?tabs=b#c%20d) [e](f g)", '<p><a href="x%20y.md?tabs=b#c%20d">a</a> [e](f g)</p>', id="addresses are encoded once"),
        pytest.param("[a](b\\c.md)", '<p><a href="b/c.md">a</a></p>', id="backslashes divide folders"),
    ],
)  # fmt: skip
def test_small_constructs(text: str, expected: str) -> None:
    made = html(text, learn_locale="es-es", xrefs={"known.uid": ("https://x.org/k", "Known")})
    assert flat(made) == expected


def test_a_link_to_the_root_of_the_docs() -> None:
    files = Files({"docs/en/sub/b.md": ""}, root="docs/en")
    assert 'href="../sub/b.md#c"' in html("[b](~/sub/b.md#c)", path="docs/en/other/x.md", sources=files)


def test_every_label_that_is_asked_for_is_listed() -> None:
    asked: set[str] = set()

    def label(word: str, _: str) -> str:
        asked.add(word)
        return word

    kinds = (
        "note",
        "tip",
        "warning",
        "important",
        "caution",
        "info",
        "danger",
        "example",
        "bug",
        "quote",
        "abstract",
    )
    text = "".join(
        f"!!! {kind}\n    a\n\n> [!{kind}]\n> a\n\n" for kind in (*kinds, "success", "failure", "question")
    )
    html(text + "a[^1]\n\n[^1]: b\n\n[!code[a](no.py)]\n\n> [!VIDEO https://youtu.be/a]\n", label=label)
    assert asked == set(LABELS)


@pytest.mark.parametrize(
    ("text", "made", "expected"),
    [
        pytest.param("<div>\n\na\n\n</div>", "<div><p>a</p></div>", [], id="over several blocks"),
        pytest.param("a</div></div>", "<p>a</p>", ["1:2: warning: unbalanced-html: </div> closes nothing that is open; delete it", "1:8: warning: unbalanced-html: </div> closes nothing that is open; delete it"], id="ends of nothing"),
        pytest.param("<details>\n\na", "<details><p>a</p></details>", ["1:1: warning: unbalanced-html: nothing closes this <details>; write \"</details>\" behind its content"], id="no end"),
        pytest.param('a <a name="x"/> b', '<p>a <a name="x"></a> b</p>', [], id="ended by itself"),
        pytest.param("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</ul>", [], id="ends that HTML leaves out"),
    ],
)  # fmt: skip
def test_raw_html_ends_on_its_page(text: str, made: str, expected: list[str]) -> None:
    assert flat(html(text)) == made
    assert problems(text) == [f"docs/en/x.md:{line}" for line in expected]


def test_every_label_is_there_for_translators() -> None:
    messages = (Path(__file__).parent.parent / "locales/messages.pot").read_text("utf-8")
    assert [label for label in LABELS if f'msgid "{label}"\n' not in messages] == []
