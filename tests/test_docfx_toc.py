"""`TOC.yml` and `toc.md` as navigation: what they lead to, and what is wrong with them."""

import json

import pytest

from imagedocs.docfx.toc import MAX_DEPTH, MAX_ITEMS, Surroundings, TocItem, load_toc, to_navigation
from imagedocs.markdown import PageOptions
from markdown_files import PUBLISHER, Files

PAGES = {f"{name}.md": "# Page\n" for name in ("index", "a", "b", "f/index", "f/x")}


def load(text: str, path: str = "toc.yml", files: dict[str, str] | None = None, **options):
    texts = {**PAGES, **(files or {}), path: text}
    around = Surroundings(
        Files(texts), lambda path: path, tuple(PAGES), PageOptions(publisher=PUBLISHER, **options)
    )
    return load_toc(path, around)


def navigation(text: str, path: str = "toc.yml", files: dict[str, str] | None = None, **options) -> object:
    toc = load(text, path, files, **options)
    assert toc.problems == ()
    return to_navigation(toc.items)


def problems(text: str, path: str = "toc.yml", files: dict[str, str] | None = None, **options) -> list[str]:
    return [str(problem) for problem in load(text, path, files, **options).problems]


NESTED = {
    "f/toc.yml": "- name: X\n  href: x.md\n- name: Up\n  href: ../a.md\n",
    "g/TOC.md": "# [Far](../f/x.md)\n",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- name: A\n  href: a.md\n- name: B\n  href: ./b.md#part\n", [{"A": "a.md"}, {"B": "b.md#part"}]),
        ("items:\n- {name: A, href: ~/a.md}\nmetadata: {x: 1}\n", [{"A": "a.md"}]),
        (
            (
                "- name: S\n  expanded: true\n  items:\n  - name: A\n    href: a.md\n  - name: T\n    items:\n"
                "    - name: B\n      href: b.md\n"
            ),
            [{"S": [{"A": "a.md"}, {"T": [{"B": "b.md"}]}]}],
        ),
        (
            "- name: S\n  href: index.md\n  items:\n  - name: A\n    href: a.md\n",
            [{"S": [{"S": "index.md"}, {"A": "a.md"}]}],
        ),
        (
            "- name: S\n  href: a.md\n  items:\n  - name: A\n    href: a.md\n",
            [{"S": [{"A": "a.md"}]}],
        ),
        ("- name: F\n  href: f/toc.yml\n", [{"F": [{"X": "f/x.md"}, {"Up": "a.md"}]}]),
        ("- name: F\n  href: f/\n", [{"F": [{"X": "f/x.md"}, {"Up": "a.md"}]}]),
        ("- name: F\n  href: f\\\n", [{"F": [{"X": "f/x.md"}, {"Up": "a.md"}]}]),
        ("- name: G\n  tocHref: g/?x=y\n", [{"G": [{"Far": "f/x.md"}]}]),
        (
            "- name: G\n  tocHref: g/\n  topicHref: b.md\n",
            [{"G": [{"G": "b.md"}, {"Far": "f/x.md"}]}],
        ),
        ("- name: W\n  href: https://w.example/?a=b\n", [{"W": "https://w.example/?a=b"}]),
        (
            "- name: List<T> & co\n  href: 'https://w.example/\"x'\n",
            [{"List<T> & co": "https://w.example/%22x"}],
        ),
        ("- name: L\n  href: /azure/x\n", [{"L": "https://learn.microsoft.com/es-es/azure/x"}]),
        ("- name: U\n  uid: my.uid\n", [{"U": "https://u.example/"}]),
        ("- name: P\n  uid: a.page\n", [{"P": "a.md"}]),
        ("- uid: my.uid\n", [{"My": "https://u.example/"}]),
        ("- name: 1.10\n  href: a.md\n", [{"1.10": "a.md"}]),
        ("- name: Nothing\n- name: Empty\n  items: []\n  href:\n", []),
        ("### YamlMime:TableOfContent\n- name: A\n  href: a%2Emd\n", [{"A": "a.md"}]),
        ("", []),
    ],
    ids=[
        "pages, and parts of pages",
        "a mapping with items, and a path from the root",
        "sections in sections",
        "a section with a page",
        "a section with a page that is its first item",
        "the table of a folder, by its name",
        "the table of a folder, by the folder",
        "a folder with a backslash",
        "a folder with a query",
        "a folder and a page",
        "another site",
        "names and addresses that would be HTML",
        "an address of the learn site",
        "a uid",
        "a uid of a page here",
        "a uid whose name serves",
        "a name that looks like a number",
        "entries without a target are left out",
        "comments, and percent encoding",
        "an empty file",
    ],
)
def test_navigation_of_yaml(text: str, expected: object) -> None:
    xrefs = {"my.uid": ("https://u.example/", "My"), "a.page": ("~/a.md", "A")}
    assert navigation(text, files=NESTED, learn_locale="es-es", xrefs=xrefs) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# [A](a.md)\n# [B](b.md) #\n", [{"A": "a.md"}, {"B": "b.md"}]),
        ("# S\n## [A](a.md)\n### [B](b.md)\n", [{"S": [{"A": [{"A": "a.md"}, {"B": "b.md"}]}]}]),
        ("---\nx: y\n---\n<!-- no\n# [entry](x.md) -->\n# [A](a.md)\n", [{"A": "a.md"}]),
        ("## Language C#\n### [A](a.md)\n", [{"Language C#": [{"A": "a.md"}]}]),
        (f"{'#' * 19} [A](a.md)\n", [{"A": "a.md"}]),
        ('# [A `b` \\[c\\]](<a.md> "title")\n', [{"A b [c]": "a.md"}]),
        (
            "# [U](xref:my.uid)\n# <xref:my.uid>\n",
            [{"U": "https://u.example/"}, {"My": "https://u.example/"}],
        ),
        ("# [F](f/)\n", [{"F": [{"X": "f/x.md"}, {"Up": "a.md"}]}]),
    ],
    ids=[
        "links",
        "levels",
        "front matter and comments",
        "a name that ends in #",
        "more levels than headings have",
        "code, escapes and a title",
        "uids",
        "a folder",
    ],
)
def test_navigation_of_markdown(text: str, expected: object) -> None:
    xrefs = {"my.uid": ("https://u.example/", "My")}
    assert navigation(text, "toc.md", NESTED, xrefs=xrefs) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "toc.yml",
            "- name: A\n  href: other.md\n- name: B\n  href: idnex.md\n",
            [
                'toc.yml:2:9: error: nav-page-missing: the navigation names "other.md", a page that does not exist',
                (
                    'toc.yml:4:9: error: nav-page-missing: the navigation names "idnex.md", a page that does not '
                    'exist; did you mean "index.md"?'
                ),
            ],
        ),
        (
            "toc.yml",
            "- name: A\n  tocHref: a.md\n- name: B\n  topicHref: f/\n",
            [
                (
                    'toc.yml:2:12: error: invalid-toc-href: tocHref names a table of contents or a folder, and "a.md" '
                    "is neither; write href"
                ),
                (
                    'toc.yml:4:14: error: invalid-topic-href: topicHref names a page, and "f/" is a table of contents; '
                    "write tocHref"
                ),
            ],
        ),
        (
            "toc.yml",
            "- name: A\n  href: none/\n- name: B\n  href: none/toc.yml\n",
            [
                (
                    'toc.yml:2:9: warning: toc-not-found: there is no table of contents in "none/"; '
                    "write a file toc.yml there, or href with a page"
                ),
                'toc.yml:4:9: warning: toc-not-found: there is no table of contents at "none/toc.yml"',
            ],
        ),
        (
            "toc.yml",
            "- name: A\n  items:\n  - name: B\n    href: toc.yml\n",
            [
                (
                    "toc.yml:1:1: error: circular-reference: the tables of contents take in one another: "
                    "toc.yml → toc.yml; remove the entry at toc.yml:4:11"
                )
            ],
        ),
        (
            "toc.yml",
            "- href: a.md\n- just text\n- name: [x]\n- name: X\n  href: {a: b}\n",
            [
                'toc.yml:1:3: error: missing-field: the field "name" is missing',
                (
                    'toc.yml:2:3: error: wrong-type: expected an entry with a name, found "just text"; '
                    'write "- name: …"'
                ),
                "toc.yml:3:9: error: wrong-type: expected text, found a list",
                "toc.yml:5:9: error: wrong-type: expected text, found a mapping",
            ],
        ),
        (
            "toc.yml",
            "items: text\n",
            [
                (
                    'toc.yml:1:8: error: wrong-type: expected a list of entries, found "text"; '
                    'write "- name: …" for each'
                )
            ],
        ),
        (
            "toc.yml",
            "- name: J\n  href: 'javascript:alert(1)'\n",
            [
                (
                    "toc.yml:2:9: warning: unsafe-address: an address with javascript: is not shown; "
                    "use an https address or a path"
                )
            ],
        ),
        (
            "toc.yml",
            "- name: U\n  uid: my.uit\n",
            [
                (
                    'toc.yml:2:8: warning: xref-not-found: nothing is known of the uid "my.uit"; '
                    'did you mean "my.uid"?'
                )
            ],
        ),
        (
            "toc.yml",
            "- name: A\n  href: ../../../etc/passwd\n",
            [
                (
                    'toc.yml:2:9: error: nav-page-missing: the navigation names "../../../etc/passwd", '
                    "a page that does not exist"
                )
            ],
        ),
        (
            "toc.md",
            "#[A](a.md)\n# [A](a.md) [B](b.md)\ntext\n# \n",
            [
                (
                    "toc.md:1:1: error: invalid-toc-syntax: a line of toc.md is neither a name nor one link "
                    'behind # and a space; write "# [name](page.md)"'
                ),
                (
                    "toc.md:2:1: error: invalid-toc-syntax: a line of toc.md is neither a name nor one link "
                    'behind # and a space; write "# [name](page.md)"'
                ),
                (
                    "toc.md:3:1: error: invalid-toc-syntax: a line of toc.md is neither a name nor one link "
                    'behind # and a space; write "# [name](page.md)"'
                ),
                "toc.md:4:1: error: missing-field: there is no name behind this #",
            ],
        ),
        (
            "toc.md",
            "## A\n#### B\n# C\n",
            [
                "toc.md:2:1: error: invalid-toc-level: the level goes from 2 to 4; write ### here",
                "toc.md:3:1: error: invalid-toc-level: the level is above the first, 2; write ## here",
            ],
        ),
    ],
    ids=[
        "pages that are not there",
        "a page for a table, and a table for a page",
        "tables that are not there",
        "a circle",
        "entries that are none",
        "no list",
        "an unsafe address",
        "an unknown uid",
        "a path out of the project",
        "lines that are no entries",
        "levels",
    ],
)
def test_problems(path: str, text: str, expected: list[str]) -> None:
    found = problems(text, path, xrefs={"my.uid": ("https://u.example/", "My")})
    assert found == expected


def test_a_circle_of_files_is_told_at_the_top_of_the_file_that_comes_back() -> None:
    files = {"f/toc.md": "# [B](../g/toc.yml)\n", "g/toc.yml": "- name: C\n  href: ../toc.yml\n"}
    assert problems("- name: A\n  href: f/\n", files=files) == [
        (
            "toc.yml:1:1: error: circular-reference: the tables of contents take in one another: "
            "toc.yml → f/toc.md → g/toc.yml → toc.yml; remove the entry at g/toc.yml:2:9"
        )
    ]


def test_what_is_not_part_of_the_site_is_said() -> None:
    files = Files({"toc.yml": "- {name: A, href: a.md}\n", "a.md": ""})
    toc = load_toc("toc.yml", Surroundings(files, lambda path: None))
    assert [str(problem) for problem in toc.problems] == [
        (
            'toc.yml:1:19: error: nav-page-missing: the navigation names "a.md", '
            "a page that is not part of the site"
        )
    ]
    assert toc.items == (TocItem("A", toc.items[0].position),)


def test_tables_that_take_in_one_another_over_and_over_end() -> None:
    files = {f"t{n}/toc.yml": f"- {{name: x, href: ../t{n + 1}/toc.yml}}\n" * 9 for n in range(12)}
    files["t12/toc.yml"] = "- {name: x, href: ../a.md}\n"
    toc = load("- {name: x, href: t0/toc.yml}\n", files=files)
    assert [problem.message for problem in toc.problems] == [
        f"the table of contents has more than {MAX_ITEMS} entries"
    ]


def test_a_long_chain_of_tables_ends() -> None:
    files = {f"t{n}/toc.yml": f"- {{name: x, href: ../t{n + 1}/toc.yml}}\n" for n in range(500)}
    toc = load("- {name: x, href: t0/toc.yml}\n", files=files)
    assert [problem.message for problem in toc.problems] == ["the table of contents has more than 40 levels"]


@pytest.mark.parametrize(("tables", "is_too_deep"), [(MAX_DEPTH - 1, False), (MAX_DEPTH, True)])
def test_tables_within_tables_end_at_the_limit(tables: int, is_too_deep: bool) -> None:
    files = {f"t{n}/toc.yml": f"- {{name: x, href: ../t{n + 1}/toc.yml}}\n" for n in range(tables)}
    files[f"t{tables}/toc.yml"] = "- {name: x, href: ../a.md}\n"
    found = [problem.message for problem in load("- {name: x, href: t0/toc.yml}\n", files=files).problems]
    assert found == [f"the table of contents has more than {MAX_DEPTH} levels"] * is_too_deep


def test_many_missing_pages_take_no_time() -> None:
    text = json.dumps([{"name": "x", "href": f"mising-page-{n}.md"} for n in range(5000)])
    pages = tuple(f"missing-page-{n}.md" for n in range(2000))
    toc = load_toc("toc.json", Surroundings(Files({"toc.json": text}), lambda path: path, pages))
    assert len(toc.problems) == 5000
    assert toc.problems[0].hint == 'did you mean "missing-page-0.md"?'


def test_each_entry_keeps_its_name_and_its_part() -> None:
    text = (
        "# [One](a.md)\n# [Part two](a.md?tabs=x#part-two)\n# [Uid](xref:a.uid#part-two)\n# [Again](a.md)\n"
        "# [List<T> class](b.md)\n"
    )
    toc = load(text, "toc.md", xrefs={"a.uid": ("~/a.md", "A")})
    assert to_navigation(toc.items, lambda page: page.removesuffix("md")) == [
        {"One": "a.md"},
        {"Part two": "a.?tabs=x#part-two"},
        {"Uid": "a.#part-two"},
        {"Again": "a."},
        {"List<T> class": "b.md"},
    ]
    assert [(page, part, place.line) for page, part, place in toc.parts] == [
        ("a.md", "part-two", 2),
        ("a.md", "part-two", 3),
    ]


def test_an_entry_for_a_former_page_leads_to_what_took_its_place() -> None:
    moved = {"old.md": ("a.md", "#part"), "gone.md": ("", "https://w.example/")}
    text = "- {name: Old, href: old.md}\n- {name: Gone, href: gone.md}\n"
    around = Surroundings(
        Files({**PAGES, "toc.yml": text}), str, tuple(PAGES), moved=lambda path, _: moved.get(path)
    )
    toc = load_toc("toc.yml", around)
    assert toc.problems == ()
    assert to_navigation(toc.items) == [{"Old": "a.md#part"}, {"Gone": "https://w.example/"}]
