"""Links of pages, one by one: what lands, what does not, and what to write instead."""

import random
import re
from difflib import get_close_matches
from pathlib import Path

import pytest

from imagedocs.checks.links import check_links
from imagedocs.checks.site import LocaleSite, Site, SiteFacts
from imagedocs.findings import MAX_PROBLEMS
from imagedocs.markdown import Source, parse
from imagedocs.markdown.targets import NoSources
from imagedocs.suggestions import closest
from small_project import problems_of, small_project

PAGES = {
    "index.md": "# Home\n\n## Part one\n",
    "a/page.md": "# Page\n\n## Überblick {#overview}\n",
    "a/index.md": "# Folder\n",
}


def lines(markdown: str, *, kept: int = 10) -> list[str]:
    """The problems of the links of `a/start.md`, which says `markdown`."""
    texts = {**PAGES, "a/start.md": markdown}
    documents = {
        place: parse(Source(f"docs/es/{place}", text), NoSources()).document for place, text in texts.items()
    }
    files = {place: f"docs/es/{place}" for place in texts} | {"a/b.png": "docs/es/a/b.png"}
    moved = {"a/old.md": ("a/page.md", ""), "a/away.md": ("", "")}
    site = Site((LocaleSite(("es", "en"), files, documents, moved),), SiteFacts(frozenset(("es", "en"))))
    rows = markdown.split("\n")
    found = check_links(
        site, lambda path, line: rows[line - 1] if path.endswith("start.md") and line <= len(rows) else None
    )
    return [str(problem).removeprefix("docs/es/a/start.md") for problem in found][:kept]


@pytest.mark.parametrize(
    "markdown",
    [
        "[x](page.md)", "[x](page.md#overview)", "[x](../index.md#part-one)", "[x](../index.md?tabs=a#part-one)", "[x](../a/page.md)", "[x](p%61ge.md)", "[x](../page/)", "[x](../../)", "[x](../)",
        "# h\n[x](#h) [x](#) [x](#top)", "![x](b.png)", "[x](b.png)", "[x](index.md#:~:text=Folder)",
        "[x](https://h.example/nothing.md) [x](//h.example/y) [x](mailto:a@b.example) [x](/azure/x)", "[x](away.md)",
        "`[x](nothing.md)`", "<!-- [x](nothing.md) -->", "\\[x](nothing.md)",
    ],
)  # fmt: skip
def test_a_link_that_lands_is_none_to_report(markdown: str) -> None:
    assert lines(markdown) == []


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[x](pge.md)", ':1:5: error: broken-link: there is no file "docs/es/a/pge.md"; did you mean "page.md"?'),
        ("[x](Page.md#overview)", ':1:5: error: broken-link: there is no file "docs/es/a/Page.md"; did you mean "page.md#overview"?'),
        ("[x](index.md#part-one)", ':1:5: error: broken-anchor: docs/es/a/index.md has no anchor "part-one"; write <a name="part-one"></a> before the text it should lead to, or link to another anchor'),
        ("[x](page.md#overviw)", ':1:5: error: broken-anchor: docs/es/a/page.md has no anchor "overviw"; did you mean "#overview"?'),
        ("# Here\n[x](#Here)", ':2:5: error: broken-anchor: this page has no anchor "Here"; did you mean "#here"?'),
        ("![x](c.png)", ':1:6: error: broken-image: there is no file "docs/es/a/c.png"; did you mean "b.png"?'),
        ("[x](../../en/index.md)", ':1:5: error: link-leaves-locale: "../../en/index.md" leads to the pages of another language; did you mean "../index.md"?'),
        ("[x](../../../README.md)", ':1:5: error: broken-link: "../../../README.md" leads out of the docs folder'),
        ("[x](../../../../etc/passwd)", ':1:5: error: broken-link: "../../../../etc/passwd" leads out of the project'),
        ("![x](../../../../x.png?y#z)", ':1:6: error: broken-image: "../../../../x.png?y#z" leads out of the project'),
        ("[x]()", ":1:5: error: broken-link: an address is missing here; write the path of a file"),
        ("![x]()", ":1:6: error: broken-image: an address is missing here; write the path of a file"),
        ("![x](page.md)", ':1:6: error: broken-image: "page.md" is a page, not an image'),
        ("[x](../a)", ':1:5: error: broken-link: there is no file "docs/es/a"; did you mean "index.md"?'),
        ("[x](old.md)", ':1:5: suggestion: link-redirected: "old.md" leads to a page that has moved to docs/es/a/page.md; write "page.md"'),
        ('<a href="pge.md">x</a>', ':1:10: error: broken-link: there is no file "docs/es/a/pge.md"; did you mean "page.md"?'),
        ("[x][y]\n\n[y]: pge.md", ':3:6: error: broken-link: there is no file "docs/es/a/pge.md"; did you mean "page.md"?'),
    ],
    ids=lambda value: value if not value.startswith(":") else "",
)  # fmt: skip
def test_a_link_that_does_not_land(markdown: str, expected: str) -> None:
    assert lines(markdown) == [expected]


def test_a_page_of_broken_links_is_looked_through_up_to_a_limit() -> None:
    found = lines("[x](nothing.md)\n" * (MAX_PROBLEMS + 50), kept=1000)
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1] == (
        f": error: too-many-problems: there are more than {MAX_PROBLEMS} problems in this file;"
        " the others are not shown"
    )
    assert len(lines("[x](nothing.md)\n" * MAX_PROBLEMS, kept=1000)) == MAX_PROBLEMS


@pytest.mark.parametrize("seed", range(40), ids=str)
def test_a_page_is_judged_by_its_brief_as_by_its_links(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    paths = ["page.md", "../index.md", "b.png", "old.md", "away.md", "index.md", "../a/page.md", "~/index.md", "page/", "../../en/index.md", "../../../README.md", "", "https://h.example/x", "/x", "p%61ge.md", "b.png.md"]  # fmt: skip
    fragments = ["", "", "#overview", "#part-one", "#nothing", "#top", "#", "#:~:text=x"]
    forms = ["[x]({})", "![x]({})", '<a href="{}">x</a>', "<{}>"]
    for _ in range(10):
        markdown = "# Start\n\n" + "\n\n".join(
            chance.choice(forms).format(chance.choice(paths) + chance.choice(fragments)) for _ in range(2)
        )
        by_brief = lines(markdown)
        with monkeypatch.context() as patch:
            patch.setattr("imagedocs.checks.links.Judge.lacks_nothing", lambda self, brief: False)
            assert lines(markdown) == by_brief


def test_suggestions_are_those_of_difflib() -> None:
    chance = random.Random(0)
    for _ in range(300):
        letters = "abcd-./0"[: chance.choice([2, 4, 8])]
        word, *names = ("".join(chance.choices(letters, k=chance.randrange(1, 12))) for _ in range(12))
        for cutoff in (0.6, 0.75):
            expected = get_close_matches(word, names, 1, cutoff)
            assert [closest(word, names, cutoff)] == (expected or [None])


def test_among_a_thousand_names_that_are_much_alike_the_right_one_is_found() -> None:
    names = [f"part-{number // 50:02}/page-{number:05}.md" for number in range(1000)]
    for word in ("part-07/page-0381.md", "part-07/page-00381", "prt-07/page-00381.md"):
        assert closest(word, names, 0.75) == "part-07/page-00381.md"


def test_an_address_from_the_root_may_be_another_sites(tmp_path: Path) -> None:
    root = small_project(tmp_path, {"docs/en/page.md": "# Page\n\n[x](/learn/more)\n"})
    assert not [line for line in problems_of(root) if "page.md" in line]
    config = root / "mkdocs.yml"
    text, count = re.subn(
        r"^    publisher:.*\n(?:      .*\n)+", "", config.read_text("utf-8"), flags=re.MULTILINE
    )
    assert count == 1
    config.write_text(text, "utf-8")
    (found,) = (line for line in problems_of(root) if "page.md" in line)
    assert found == (
        'docs/en/page.md:3:5: error: broken-link: the site has nothing at "/learn/more"; if it leads to another site, '
        "write the whole address, or that site once as "
        '"extra: {imagedocs: {publisher: {site: https://…}}}" in mkdocs.yml'
    )
