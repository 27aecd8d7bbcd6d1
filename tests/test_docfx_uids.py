"""Links by uid: to the pages that name themselves, and to what maps know."""

from pathlib import Path

import pytest

from imagedocs.docfx.uids import page_uids
from markdown_files import Files, html, problems
from small_project import problems_of, small_project

PAGE = "---\ntitle: Deep page\nuid: deep.page\n---\n# Deep\n\n## Part\n\nText.\n"
XREFS = {
    "deep.page": ("~/docs/en/sub/deep.md", "Deep page"),
    "far": ("https://far.example/x?y#z", "Far & away"),
    "a&b": ("https://and.example/", "And"),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<xref:deep.page>", '<a href="sub/deep.md">Deep page</a>'),
        ("[text](xref:deep.page#part)", '<a href="sub/deep.md#part">text</a>'),
        ("@deep.page", '<a href="sub/deep.md">Deep page</a>'),
        ("[text](xref:far)", '<a href="https://far.example/x?y#z">text</a>'),
        ("[text](xref:far?displayProperty=name#w)", '<a href="https://far.example/x?y#w">text</a>'),
        ("<xref:far>", '<a href="https://far.example/x?y#z">Far &amp; away</a>'),
        ("[text](xref:a%26b)", '<a href="https://and.example/">text</a>'),
    ],
    ids=[
        "a page by its title",
        "a page by a text, with a fragment",
        "the short form",
        "another site",
        "a query of ours, and a fragment instead of the map's",
        "a name with an ampersand",
        "percent-encoded",
    ],
)
def test_links_by_uid(text: str, expected: str) -> None:
    files = {"docs/en/sub/deep.md": PAGE}
    assert html(text, files, xrefs=XREFS, sources=Files(files)) == f"<p>{expected}</p>"
    assert problems(text, files, xrefs=XREFS) == []


def test_a_uid_that_nobody_knows_is_said() -> None:
    assert html("[text](xref:deep.pge)", xrefs=XREFS) == '<p><a href="xref:deep.pge">text</a></p>'
    assert problems("[text](xref:deep.pge)", xrefs=XREFS) == [
        "docs/en/x.md:1:8: warning: xref-not-found: no page and no xrefmap.yml of this project has the uid deep.pge; write a link with an address, or note in xrefmap.yml where it leads"
    ]


def test_uids_of_pages() -> None:
    texts = {
        "docs/en/a.md": PAGE,
        "docs/es/b.md": "---\nuid: b\ntitle: 1\n---\n",
        "docs/en/c.md": "---\nuid: [deep]\n---\n",
        "docs/en/d.md": "uid: d\n",
        "docs/en/e.md": "---\nuid: deep.page\n---\n",
        "docs/en/f.md": "---\nuid: {\n---\n",
    }
    places = {path.partition("/")[2][3:]: path for path in texts} | {"g.md": "docs/en/none.md"}
    assert page_uids(places, Files(texts).read) == {
        "deep.page": ("~/a.md", "Deep page"),
        "b": ("~/b.md", "1"),
    }


def test_in_a_project(tmp_path: Path) -> None:
    index = "# Home\n\n<xref:deep.page>, [x](xref:deep.page) and [y](xref:deep.pge).\n"
    small_project(tmp_path, {"docs/en/index.md": index, "docs/en/sub/deep.md": PAGE})
    assert problems_of(tmp_path) == [
        (
            "docs/en/index.md:3:47: warning: xref-not-found: no page and no xrefmap.yml of this project has the uid deep.pge; "
            "write a link with an address, or note in xrefmap.yml where it leads"
        )
    ]
