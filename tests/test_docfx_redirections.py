"""`.openpublishing.redirection.json`: what is read of it, where each page leads, and what links make of that."""

import json
from pathlib import Path

import pytest

from imagedocs.check.checking import check, collect_site
from imagedocs.docfx.redirections import read_redirections
from imagedocs.docfx.redirects import Redirect, read_redirects, render_redirect
from imagedocs.fixes import apply_fixes
from imagedocs.markdown import Source
from imagedocs.project import Project
from sampling import full
from small_project import DAY, problems_of, small_project

ROOT = ".openpublishing.redirection.json"
EN = f"docs/en/{ROOT}"
TAGS = ("en", "es")


def entry(source: str, url: str = "new.md", key: str = "source_path") -> dict[str, str]:
    return {key: source, "redirect_url": url}


def listed(*entries: object) -> str:
    return json.dumps({"redirections": entries}, indent=0)


def read(text: str, path: str = EN, existing: tuple[str, ...] = ()):
    return read_redirections([Source(path, text)], TAGS, existing.__contains__)


@pytest.mark.parametrize(
    ("path", "written", "expected"),
    [
        (EN, entry("old.md"), ("en", "old.md")),
        (EN, entry("a/../b/old.md"), ("en", "b/old.md")),
        (EN, entry("b\\old.md"), ("en", "b/old.md")),
        (EN, entry("landing.yml"), ("en", "landing.md")),
        (EN, {"Source_Path": "old.md", "redirect_URL": "x.md"}, ("en", "old.md")),
        (ROOT, entry("docs/es/old.md"), ("es", "old.md")),
        (ROOT, entry("/docs/es/old.md", key="source_path_from_root"), ("es", "old.md")),
        (EN, entry("/docs/es/old.md", key="source_path_from_root"), ("es", "old.md")),
        (f"docs/en/a/{ROOT}", entry("b/old.md"), ("en", "a/b/old.md")),
        (f"docs/en/a/{ROOT}", entry("/b/old.md", key="source_path_from_root"), ("en", "b/old.md")),
    ],
    ids=[
        "a path from the file's folder",
        "a path with dots",
        "a path of Windows",
        "a landing page in YAML",
        "capitals in keys",
        "a path from the project",
        "a path from the root",
        "a path from the root in a language's folder",
        "a path in a folder further down",
        "a path from the root of a documentation set",
    ],
)
def test_the_page_that_is_no_longer_there(path: str, written: object, expected: tuple[str, str]) -> None:
    found, problems = read(listed(written), path)
    assert problems == ()
    assert [(each.tag, each.place) for each in found] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            listed(entry("old.md"), entry("old.md", "x.md")),
            (
                f'8:16: error: redirection-conflict: "docs/en/old.md" is redirected twice; first at {EN}:4:16;'
                " remove one of them"
            ),
        ),
        (
            listed(entry("there.md")),
            (
                '4:16: warning: redirected-file-not-removed: "docs/en/there.md" is still there, so nobody is led on'
                " from it; remove the file, or the redirection"
            ),
        ),
        (
            listed({"source_path": "a.md", "source_path_from_root": "/docs/en/a.md", "redirect_url": "b"}),
            (
                "5:26: error: source-path-conflict: a redirection has both source_path and source_path_from_root;"
                " keep one of them"
            ),
        ),
        (
            listed(entry("docs/en/a.md", key="source_path_from_root")),
            (
                '4:26: warning: redirection-path-syntax-error: "docs/en/a.md" does not begin with a slash, as a path'
                ' from the root does; write "/docs/en/a.md", or source_path'
            ),
        ),
        (
            listed(entry("/a.md")),
            (
                '4:16: warning: redirection-path-syntax-error: "/a.md" begins with a slash; write'
                " source_path_from_root, or a relative path"
            ),
        ),
        (
            listed(entry("../../../a.md")),
            (
                '4:16: warning: redirection-path-syntax-error: "../../../a.md" is no page of the site; write a path'
                " below docs/en/"
            ),
        ),
        (
            listed(entry("../xx/a.md")),
            (
                '4:16: warning: redirection-path-syntax-error: "../xx/a.md" is no page of the site; write a path'
                " below docs/en/"
            ),
        ),
        (
            listed(entry(".git/HEAD.md")),
            (
                '4:16: warning: redirection-path-syntax-error: ".git/HEAD.md" is no page of the site; write a path'
                " below docs/en/"
            ),
        ),
        (
            listed(entry("<a>*.md")),
            (
                '4:16: warning: path-invalid: the path "<a>*.md" has the character <, which no path may have;'
                " write the path of the page that is no longer there"
            ),
        ),
        (
            listed(entry("a.png")),
            (
                '4:16: error: redirection-invalid: "a.png" is no page, and only pages can be redirected;'
                " write a path that ends in .md"
            ),
        ),
        (
            listed(entry("sub/toc.yml")),
            (
                '4:16: error: redirection-invalid: "sub/toc.yml" is no page, and only pages can be'
                " redirected; write a path that ends in .md"
            ),
        ),
        (listed({"source_path": "a.md"}), '3:1: error: missing-field: the field "redirect_url" is missing'),
        (listed({"redirect_url": "a.md"}), '3:1: error: missing-field: the field "source_path" is missing'),
        (
            listed({"source_path": 5, "redirect_url": "a.md"}),
            "4:16: error: wrong-type: expected text, found the number 5",
        ),
        (
            listed("a.md"),
            '3:1: error: wrong-type: expected a redirection with source_path and redirect_url, found "a.md"',
        ),
        ("{}", '1:1: error: missing-field: the field "redirections" is missing'),
        ("[]", "1:1: error: wrong-type: expected a mapping, found a list"),
        ('{"redirections": [}', "1:19: error: json-syntax: is not JSON: expecting value"),
        ("[" * 100_000, " error: json-syntax: is nested too deeply"),
    ],
    ids=[
        "a page twice",
        "a page that is still there",
        "two paths",
        "a path from the root without a slash",
        "a relative path with a slash",
        "a path out of the project",
        "a language that does not exist",
        "a hidden folder",
        "characters that no name has",
        "a picture",
        "a table of contents",
        "no new address",
        "no old path",
        "a number",
        "no mapping",
        "nothing",
        "a list",
        "no JSON",
        "a nest of brackets",
    ],
)
def test_what_is_wrong_with_the_file(text: str, expected: str) -> None:
    _, problems = read(text, existing=("docs/en/there.md",))
    assert [str(problem).removeprefix(f"{EN}:") for problem in problems] == [expected]


FILES = {place: f"docs/en/{place}" for place in ("new.md", "index.md", "f/index.md", "f/x.md", "pic.png")}


def led(*entries: dict[str, str], chain: tuple[str, ...] = ("en",), site_url: str = "https://x.example/y/"):
    found, problems = read(listed(*entries))
    assert problems == ()
    redirects, problems = read_redirects(
        found, chain, FILES, site_url, lambda address: f"https://learn.example/en-us{address}"
    )
    return redirects, [str(problem).removeprefix(f"{EN}:") for problem in problems]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("new.md", Redirect("new.md")),
        ("./new", Redirect("new.md")),
        ("f/", Redirect("f/index.md")),
        ("f/x.md?tabs=a#b", Redirect("f/x.md", "?tabs=a#b")),
        ("/y/new/", Redirect("new.md")),
        ("/y/f/x.html", Redirect("f/x.md")),
        ("/y/", Redirect("index.md")),
        ("https://x.example/y/f/#z", Redirect("f/index.md", "#z")),
        ("https://x.example/other", Redirect(address="https://x.example/other")),
        ("/azure/new", Redirect(address="https://learn.example/en-us/azure/new")),
        ("https://z.example/ä b", Redirect(address="https://z.example/%C3%A4%20b")),
    ],
    ids=[
        "a file",
        "a file without its ending",
        "a folder",
        "what follows the file",
        "a path from the host's root to a page of the site",
        "an HTML file",
        "the first page",
        "the whole address of a page of the site",
        "the whole address of what is no page of the site",
        "a path from the learn site's root",
        "an address to be encoded",
    ],
)
def test_where_a_page_leads(url: str, expected: Redirect) -> None:
    assert led(entry("old.md", url)) == ({"old.md": expected}, [])


@pytest.mark.parametrize("site_url", ["https://x.example", "https://x.example/", "http://[", "x", ""])
def test_whatever_the_address_of_the_site_is(site_url: str) -> None:
    assert led(entry("a.md", "/new"), site_url=site_url) == ({"a.md": Redirect("new.md")}, [])


def test_a_relative_url_counts_from_the_old_page() -> None:
    assert led(entry("f/old.md", "x.md"), entry("f/g.md", "../new.md"))[0] == {
        "f/old.md": Redirect("f/x.md"),
        "f/g.md": Redirect("new.md"),
    }


def test_chains_are_followed_to_their_end() -> None:
    redirects, problems = led(
        entry("a.md", "b.md"), entry("b.md", "c.md#x"), entry("c.md", "new.md"), entry("d.md", "/y/e/"),
        entry("e.md", "https://z.example/"),
    )  # fmt: skip
    assert problems == []
    assert redirects == {
        "a.md": Redirect("new.md", "#x"),
        "b.md": Redirect("new.md", "#x"),
        "c.md": Redirect("new.md"),
        "d.md": Redirect(address="https://z.example/"),
        "e.md": Redirect(address="https://z.example/"),
    }


def test_circles_lead_nowhere_and_are_told_once() -> None:
    redirects, problems = led(
        entry("x.md", "a.md"), entry("a.md", "b.md"), entry("b.md", "a.md"), entry("s.md", "s.md")
    )
    assert redirects == {}
    assert problems == [
        "9:17: error: circular-redirection: the redirection leads in a circle: a.md leads to b.md leads to a.md",
        "17:17: error: circular-redirection: the redirection leads in a circle: s.md leads to s.md",
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "nwe.md",
            (
                '5:17: error: broken-link: the redirection leads to "nwe.md", and there is no such page;'
                ' did you mean "new.md"?'
            ),
        ),
        (
            "../../../etc/passwd",
            '5:17: error: broken-link: the redirection leads to "../../../etc/passwd", and there is no such page',
        ),
        (
            "#part",
            '5:17: error: broken-link: the redirection leads to "#part", and there is no such page',
        ),
        (
            "java\tscript:alert(1)",
            "5:17: warning: unsafe-address: an address with javascript: is not shown; use an https address or a path",
        ),
    ],
    ids=["a page that is not there", "a path out of the project", "no page at all", "a script"],
)
def test_redirections_to_nowhere(url: str, expected: str) -> None:
    assert led(entry("old.md", url)) == ({}, [expected])


def test_a_language_has_its_own_redirections_and_those_it_falls_back_to() -> None:
    text = listed(entry("docs/en/a.md"), entry("docs/en/b.md"), entry("docs/es/a.md", "f/x.md"))
    found, _ = read(text, ROOT)
    english, _ = read_redirects(found, ("en",), FILES, "", str)
    spanish, _ = read_redirects(found, ("es", "en"), {**FILES, "b.md": "docs/es/b.md"}, "", str)
    assert english == {"a.md": Redirect("new.md"), "b.md": Redirect("new.md")}
    assert spanish == {"a.md": Redirect("f/x.md")}


@pytest.mark.parametrize("count", [1_000, pytest.param(20_000, marks=full)])
def test_a_chain_of_many_leads_to_its_end(count: int) -> None:
    found, _ = read(listed(*(entry(f"{n}.md", f"{n + 1}.md") for n in range(count))))
    redirects, problems = read_redirects(found, ("en",), {f"{count}.md": ""}, "", str)
    assert (len(redirects), problems) == (count, ())
    assert redirects["0.md"] == Redirect(f"{count}.md")


def test_the_page_that_leads_on_escapes_what_it_is_given() -> None:
    html = render_redirect('x"><script>', "https://x/?a&b", "en", "Moved:")
    assert "x&quot;&gt;&lt;script&gt;" in html
    assert "https://x/?a&amp;b" in html
    assert html.count("<script>") == 1


PAGES = {
    EN: listed(
        entry("old.md"), entry("gone.md", "https://z.example/"), entry("part.md", "new.md#part"),
        entry("form.md", "form.pdf"),
        entry("f/index.md", "../new.md"),
    ),
    "docs/en/new.md": "# New\n\n## Part\n\nText.\n",
    "docs/en/sub/x.md": "# X\n\nText.\n",
    "docs/en/form.pdf": "",
    "docs/es/index.md": "# Inicio\n\nTexto.\n",
}  # fmt: skip


def found(folder: Path) -> list[str]:
    """The problems of a project, without those that have nothing to do with addresses."""
    lines = problems_of(folder, suggestions=True)
    return [line for line in lines if "translation-unpinned" not in line]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[x](../old.md)", ["old.md", "new.md"]),
        ("[x](../old.md#part)", ["old.md#part", "new.md#part"]),
        ("[x](../old.md?tabs=a#part)", ["old.md?tabs=a#part", "new.md?tabs=a#part"]),
        ("[x](~/old.md#part)", ["~/old.md#part", "new.md#part"]),
        ("[x](../part.md)", ["part.md", "new.md#part"]),
        ("[x](../../f/)", ["../../f/", "../new.md"]),
        ("[x](../gone.md#any)", []),
        ("[x](../form.md#page=2)", []),
    ],
    ids=[
        "a page",
        "a place in a page",
        "what follows the name stays",
        "a path from the docs folder",
        "a redirection to a place",
        "an address",
        "a page that is elsewhere now",
        "a place in what is no page",
    ],
)
def test_links_to_former_pages_are_sound(tmp_path: Path, written: str, expected: list[str]) -> None:
    folder = small_project(tmp_path, {**PAGES, "docs/en/sub/x.md": f"# X\n\n{written}\n"})
    assert problems_of(folder) == []
    lines = [
        f'docs/en/sub/x.md:3:5: suggestion: link-redirected: "{up(old)}" leads to a page that has moved to'
        f' docs/en/new.md; write "{up(new)}"'
        for old, new in [expected]
    ] if expected else []  # fmt: skip
    assert found(folder) == lines


def up(path: str) -> str:
    return path if path.startswith(("..", "~")) else f"../{path}"


def test_an_anchor_is_looked_for_in_the_new_page(tmp_path: Path) -> None:
    folder = small_project(tmp_path, {**PAGES, "docs/en/sub/x.md": "# X\n\n[x](../old.md#prat)\n"})
    assert found(folder) == [
        'docs/en/sub/x.md:3:5: error: broken-anchor: docs/en/new.md has no anchor "prat"; did you mean "#part"?'
    ]


def test_fix_writes_the_new_name(tmp_path: Path) -> None:
    text = "# X\r\n\r\n[x](../old.md#part) [y](../part.md) [z][z]\r\n\r\n[z]: ../old.md 'title'\r\n"
    folder = small_project(tmp_path, {**PAGES, "docs/en/sub/x.md": text.encode()})
    project = Project.load(folder, DAY)
    changes = list(apply_fixes(folder, check(project, collect_site(project))))
    assert [str(change) for change in changes] == [
        'docs/en/sub/x.md:3:5: fixed: link-redirected: "../old.md" is now "../new.md"',
        'docs/en/sub/x.md:5:6: fixed: link-redirected: "../old.md" is now "../new.md"',
    ]
    expected = text.replace("../old.md", "../new.md")
    assert (folder / "docs/en/sub/x.md").read_bytes() == expected.encode()
    assert [line for line in problems_of(folder, suggestions=True) if "old.md" in line] == []


def test_the_projects_and_the_languages_files_are_read_together(tmp_path: Path) -> None:
    files = {**PAGES, ROOT: listed(entry("docs/en/old.md"), entry("docs/en/new.md"))}
    assert problems_of(small_project(tmp_path, files)) == [
        (
            f'{ROOT}:8:16: warning: redirected-file-not-removed: "docs/en/new.md" is still there, so nobody is led on'
            " from it; remove the file, or the redirection"
        ),
        (
            f'{EN}:4:16: error: redirection-conflict: "docs/en/old.md" is redirected twice; first at {ROOT}:4:16;'
            " remove one of them"
        ),
    ]


def test_a_symbolic_link_out_of_the_project_is_no_page_that_is_still_there(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("# Outside\n", "utf-8")
    folder = small_project(tmp_path / "project", {**PAGES, ROOT: listed(entry("docs/en/away.md"))})
    (folder / "docs/en/away.md").symlink_to(outside)
    assert [line for line in problems_of(folder) if "still there" in line] == []


def test_renames_and_redirections_as_mappings() -> None:
    text = "renames:\n  a.md: b.md\nredirections:\n  c.yml: /x/y\n"
    found, problems = read(text, "docs/en/redirections.yml")
    assert problems == ()
    assert [(each.place, each.url.value) for each in found] == [
        ("a.md", "b.md"),
        ("c.md", "/x/y"),
    ]


def test_what_docfx_takes_and_json_has_not() -> None:
    text = '{"redirections": [ // old\n{"source_path": "a.md", "redirect_url": "http://x/y", /* z */ },\n]}'
    found, problems = read(text)
    assert problems == ()
    assert [each.url.value for each in found] == ["http://x/y"]


def test_one_page_can_be_redirected_for_each_version() -> None:
    entries = [{**entry("a.md"), "monikers": versions} for versions in ("v1", ["v2"], ["v3", "v1"])]
    _, problems = read(listed(*entries))
    assert problems == ()


@pytest.mark.parametrize(
    "name",
    [
        ".openpublishing.redirection.json",
        ".openpublishing.redirection.aks.json",
        "x.openpublishing.redirection-2.json",
    ],
)
def test_each_folder_may_have_lists_of_redirections(tmp_path: Path, name: str) -> None:
    root = small_project(
        tmp_path,
        {
            f"docs/en/a/b/{name}": listed(entry("old.md", "../../x.md")),
            "docs/en/x.md": "# X\n\n[o](a/b/old.md)\n",
        },
    )
    project = Project.load(root, DAY)
    assert project.docset(project.locales.default).redirects == {"a/b/old.md": Redirect("x.md")}
    assert not [problem for problem in problems_of(root) if "x.md" in problem]
