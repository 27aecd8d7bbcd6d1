"""imagedocs added to a MkDocs site that exists: what is put in, what is said, and that nothing else changes."""

import filecmp
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from added_project import CATALOG, RECORD, added_site, build_added
from conftest import run_imagedocs
from imagedocs.commands.sites import site_of
from imagedocs.project import Project
from imagedocs.project.claims import claims_of
from imagedocs.site_markdown.insertion import SIGN

MARKER = "<!-- imagedocs: list -->"
DAY = ("--as-of", "2026-03-01")
EXTENSIONS: dict[str, list[object]] = {
    "MkDocs' own": [],
    "Material's usual": [
        "admonition", "attr_list", "md_in_html", "pymdownx.details", "pymdownx.superfences", "pymdownx.inlinehilite",
        {"pymdownx.tabbed": {"alternate_style": True}}, "pymdownx.keys", "pymdownx.magiclink", "pymdownx.smartsymbols",
        {"pymdownx.highlight": {"anchor_linenums": True}}, "pymdownx.tilde", "footnotes", {"toc": {"permalink": True}},
    ],
    "text that is changed": ["smarty", "nl2br", "sane_lists", "legacy_em", "codehilite", "abbr", "def_list"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772366400")  # 2026-03-01


def text_of(html: str) -> str:
    """Return what a reader sees of HTML, with single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("extensions", EXTENSIONS.values(), ids=EXTENSIONS.keys())
@pytest.mark.parametrize("form", ["", "brief", "table"])
def test_the_list_is_rendered_by_what_the_site_has(
    tmp_path: Path, extensions: list[object], form: str
) -> None:
    page = f"# Images\n\n{MARKER.replace('list', f'list {form}'.rstrip())}\n\nAfter it.\n"
    built = build_added(added_site(tmp_path, {"index.md": page}, markdown_extensions=extensions))
    assert built.warnings == []
    html = built.page().partition('role="main"')[2]
    shown = text_of(html)
    assert "registry.example.com/team/web:2.0" in shown
    assert "team/old:1.0" not in shown
    assert "After it." in shown
    assert "imagedocs:" not in shown, "a sign for an element is not text"
    assert not re.search(r"\*\*|&lt;(?:div|p|article)|\[!", html), "no markup is shown as text"
    assert html.count("<article") == html.count("</article>") == (0 if form == "table" else 1)


def test_the_list_is_below_the_heading_before_it(tmp_path: Path) -> None:
    page = f"# Page\n\n## Images\n\n### These\n\n{MARKER}\n"
    html = build_added(added_site(tmp_path, {"index.md": page})).page()
    assert re.search(r"<h4[^>]*>.*team/web|<h4[^>]*><a name=\"web\">", html)


def test_an_include_asks_for_the_list_too(tmp_path: Path) -> None:
    page = "# Page\n\n[!INCLUDE [images](../includes/images.md)]\n\n[!INCLUDE [other](other.md)]\n"
    html = build_added(added_site(tmp_path, {"index.md": page})).page()
    assert "team/web:2.0" in html
    assert "[!INCLUDE [other](other.md)]" in text_of(html) or "[!INCLUDE" in html, (
        "an include that isn't ours is text"
    )


def test_a_template_of_the_site_is_used(tmp_path: Path) -> None:
    file = added_site(tmp_path, {"index.md": f"# Page\n\n{MARKER}\n"})
    (tmp_path / "includes").mkdir()
    (tmp_path / "includes/images.md.j2").write_text(
        "{% for image in images %}\n* Ours: {{ image.reference|code }}\n{% endfor %}\n"
    )
    assert "Ours: <code>registry.example.com/team/web:2.0</code>" in build_added(file).page()


MARKED = "```\n<!-- imagedocs: list -->\n```\n"


def test_a_marker_in_code_is_text(tmp_path: Path) -> None:
    html = build_added(added_site(tmp_path, {"index.md": f"# Page\n\n{MARKED}\n    {MARKER}\n"})).page()
    assert "team/web" not in html.partition('role="main"')[2].partition("<pre>")[2].partition("</pre>")[0]


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({}, "mkdocs.yaml"),
        ({"docs_dir": "content/pages"}, "mkdocs.yml"),
        ({"use_directory_urls": False}, "mkdocs.yml"),
        ({"plugins": {"imagedocs": {}, "search": {}}}, "site.yml"),
    ],
)  # fmt: skip
def test_any_layout_will_do(tmp_path: Path, settings: dict[str, object], name: str) -> None:
    pages = {
        "index.md": f"# Page\n\n{MARKER}\n",
        "a/b.md": "# B\n\n[home](../index.md#web)\n\n[no](../none.md)\n",
    }
    file = added_site(tmp_path, pages, name=name, extra={"imagedocs": {"images": True}}, **settings)
    built = build_added(file)
    docs = settings.get("docs_dir", "docs")
    assert built.warnings == [
        f'imagedocs: {docs}/a/b.md:5:6: error: broken-link: there is no file "{docs}/none.md"',
    ]
    assert "team/web:2.0" in built.page()
    assert (
        built.site
        / ("images/web.html" if settings.get("use_directory_urls") is False else "images/web/index.html")
    ).exists()


def test_settings_are_inherited(tmp_path: Path) -> None:
    file = added_site(
        tmp_path, {"index.md": f"# Page\n\n{MARKER}\n"}, name="base.yml", extra={"imagedocs": {"images": {"prefix": "list"}}},
    )  # fmt: skip
    child = tmp_path / "mkdocs.yml"
    child.write_text(f"INHERIT: {file.name}\nsite_name: Child\n")
    built = build_added(child)
    assert built.warnings == []
    assert (built.site / "list/web/index.html").exists()


POSITIONS = {
    "inline": ("See [it](nope.md) and [again](nope.md).", [(1, 10), (1, 31)]),
    "with a title": ('See [it](nope.md "Title").', [(1, 10)]),
    "in angle brackets": ("See [it](<no pe.md>).", [(1, 11)]),
    "by reference": ("See [it].\n\n[it]: nope.md", [(3, 7)]),
    "an image": ("![i](nope.png)", [(1, 6)]),
    "a linked image": ("[![i](nope.png)](gone.md)", [(1, 7), (1, 18)]),
    "HTML": ('<p>Text <a href="nope/">x</a></p>', [(1, 18)]),
    "in a table": ("|a|b|\n|-|-|\n|x|[c](nope.md)|", [(3, 8)]),
    "in a list": ("* one\n\n    [c](nope.md)", [(3, 9)]),
    "twin in code": ("`[c](nope.md)` [c](nope.md)", [(1, 20)]),
    "twin in a comment": ("<!-- [c](nope.md) -->\n\n[c](nope.md)", [(3, 5)]),
    "a reference to an image": ("`registry.example.com/team/web:9`", [(1, 2)]),
    "the second of two": (
        "`registry.example.com/team/web:2.0` then `registry.example.com/team/web:9`",
        [(1, 43)],
    ),
    "in a block": ("```console\n$ docker pull registry.example.com/team/web:9\n```", [(2, 15)]),
}


@pytest.mark.parametrize(("text", "places"), POSITIONS.values(), ids=POSITIONS.keys())
@pytest.mark.parametrize("head", ["", "---\ntitle: T\n---\n"], ids=["plain", "with metadata"])
def test_positions_are_those_of_the_source(
    tmp_path: Path, text: str, places: list[tuple[int, int]], head: str
) -> None:
    page = f"{head}# Page\n\n{text}\n"
    built = build_added(added_site(tmp_path, {"index.md": page, "other.md": "# Other\n"}))
    before = head.count("\n") + 2
    found = [
        tuple(map(int, match))
        for each in built.warnings
        for match in re.findall(r"docs/index\.md:(\d+):(\d+): ", each)
    ]
    assert found == [(line + before, column) for line, column in places]
    assert len(built.warnings) == len(places), "MkDocs does not say the same again"


def test_what_is_wrong_with_a_list_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    page = "# P\n\n<!-- imagedocs: lst -->\n\n<!-- imagedocs: list tabel -->\n"
    assert build_added(added_site(tmp_path, {"index.md": page})).warnings == [
        'imagedocs: docs/index.md:3:1: error: include-not-found: imagedocs has nothing called "lst" to put here; did you mean "list"?',
        'imagedocs: docs/index.md:5:1: error: include-not-found: the list has no form "tabel"; did you mean "table"?',
    ]


def test_ignores_hold(tmp_path: Path) -> None:
    page = "# P\n\n<!-- imagedocs-ignore broken-link: comes next week -->\n[a](nope.md)\n"
    built = build_added(added_site(tmp_path, {"index.md": page}))
    assert [each for each in built.warnings if "imagedocs: " in each] == []


def test_without_a_record_nothing_is_called_missing(tmp_path: Path) -> None:
    page = f"# P\n\n{MARKER}\n\n`registry.example.com/team/other:1`\n"
    built = build_added(added_site(tmp_path, {"index.md": page}, record=""), strict=True)
    assert not built.is_aborted
    checked = run_imagedocs(tmp_path, "check", *DAY)
    assert checked.returncode == 0
    assert "record-not-asked: no registry has been asked yet" in checked.stdout


def test_a_page_in_the_place_of_a_generated_one_stays(tmp_path: Path) -> None:
    pages = {"index.md": "# P\n", "images/web.md": "# Mine\n"}
    built = build_added(added_site(tmp_path, pages, extra={"imagedocs": {"images": True, "data": True}}))
    assert "Mine" in built.page("images/web/index.html")
    assert [re.sub(r"; .*", "", each) for each in built.warnings] == [
        "imagedocs: mkdocs.yml:6:13: error: page-collision: images/web.md is not made from the catalog: docs/images/web.md is there"
    ] or len(built.warnings) == 1


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_the_site_is_that_without_us_byte_by_byte(tmp_path: Path, theme: str) -> None:
    pages = {
        "index.md": "# Page -- one\n\n!!! note\n    Text\n\n## Custom / BYO models\n\n[a](a.md#b) ++ctrl++ \"quoted\"\n",
        "a.md": "# A\n\n## B\n\n=== \"Tab\"\n    Text\n",
    }  # fmt: skip
    extensions = [*EXTENSIONS["Material's usual"], "smarty"]
    sites: list[Path] = []
    for name, plugins in (("without", ["search"]), ("with", ["search", "imagedocs"])):
        folder = tmp_path / name
        file = added_site(
            folder, pages, theme={"name": theme}, markdown_extensions=extensions, plugins=plugins
        )
        sites.append(build_added(file).site)
    same_trees(*sites)


def same_trees(left: Path, right: Path) -> None:
    """Fail unless two folders have the same files with the same bytes."""
    files = [
        sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file()) for root in (left, right)
    ]
    assert files[0] == files[1]
    dates = re.compile(r"Build Date UTC : .*")
    for path in files[0]:
        if not filecmp.cmp(left / path, right / path, shallow=False):
            texts = [dates.sub("", (root / path).read_text("utf-8")) for root in (left, right)]
            assert texts[0] == texts[1], path


def test_a_language_of_the_theme_is_spoken(tmp_path: Path) -> None:
    page = {"index.md": f"# Seite\n\n{MARKER}\n"}
    html = build_added(
        added_site(tmp_path, page, theme={"name": "material", "language": "de", "font": False})
    ).page()
    assert "Unterstützt" in html
    assert "Supported" not in html


def test_the_check_says_what_a_strict_build_says(tmp_path: Path) -> None:
    pages = {"index.md": "# P\n\n[a](nope.md) [b](#no) ![c](no.png)\n\n`registry.example.com/team/web:9`\n"}
    file = added_site(tmp_path, pages, nav=["index.md", "gone.md"])
    warned = build_added(file, strict=True)
    assert warned.is_aborted
    checked = run_imagedocs(tmp_path, "check", *DAY)
    assert checked.returncode == 1
    ours = {
        each.removeprefix("imagedocs: ").partition("; ")[0]
        for each in warned.warnings
        if each.startswith("imagedocs: ")
    }
    told = {line.partition("; ")[0] for line in checked.stdout.splitlines()}
    assert ours < told
    (other,) = told - ours
    assert other.startswith("mkdocs.yml: warning: build-warning: ")
    assert "gone.md" in other
    assert (
        "MkDocs builds the site with the plugins and hooks of mkdocs.yml, and writes nothing"
        in checked.stderr
    )
    assert not (tmp_path / "other-site").exists()


def test_a_build_that_fails_is_a_problem(tmp_path: Path) -> None:
    added_site(tmp_path, {"index.md": "# P\n"}, theme={"name": "no-such-theme"})
    checked = run_imagedocs(tmp_path, "check", *DAY)
    assert checked.returncode == 1
    assert checked.stdout.startswith("mkdocs.yml:3:9: error: build-failed: MkDocs cannot build the site: ")
    assert "no-such-theme" in checked.stdout


def test_without_a_build_no_program_of_the_site_runs(tmp_path: Path) -> None:
    page = {"index.md": "# P\n\nUse `registry.example.com/team/web:9`.\n"}
    added_site(tmp_path, page, hooks=["ours.py"])
    (tmp_path / "ours.py").write_text("import pathlib\npathlib.Path('ran').touch()\n")
    checked = run_imagedocs(tmp_path, "check", "--no-build", *DAY)
    assert not (tmp_path / "ran").exists()
    assert re.findall(r"^docs/index\.md:3:6: warning: image-tag-unknown", checked.stdout, re.MULTILINE)
    run_imagedocs(tmp_path, "check", *DAY)
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml"])
def test_the_registry_is_asked_for_what_pages_name(tmp_path: Path, name: str) -> None:
    added_site(tmp_path, {"a/index.md": "# P\n\nUse `registry.example.com/team/other:9`.\n"}, name=name)
    project = Project.load(tmp_path, date(2026, 3, 1))
    claims = {str(claim): str(claim.position) for claim in claims_of(project, site_of(project))}
    assert claims["registry.example.com/team/other:9"] == "docs/a/index.md:3:6"
    assert "registry.example.com/team/web:2.0" in claims


HOSTILE = [
    ["div", {"onclick": "alert(1)", "style": "x", "class": "ours"}],
    ["script", {"src": "https://evil.example/x.js"}],
    ["link", {"rel": "stylesheet", "href": "//evil.example/x.css"}],
    ["link", {"rel": "stylesheet", "href": "https://evil.example/x.css"}],
]


@pytest.mark.parametrize("told", HOSTILE)
def test_a_sign_in_a_text_makes_nothing_that_runs(tmp_path: Path, told: list[object]) -> None:
    sign = f"{SIGN}{json.dumps(told).encode().hex()}"
    html = build_added(added_site(tmp_path, {"index.md": f"# P\n\n{sign}\n\ntext\n"})).page()
    main = html.partition('role="main"')[2]
    assert "onclick" not in main
    assert "evil.example" not in main
    assert 'style="x"' not in main


ADDED = {
    "plugins:\n  - search\n  - macros:\n      module_name: x\n": "plugins:\n  - imagedocs\n  - search\n  - macros:\n      module_name: x\n",
    "plugins:\n- search # s\n": "plugins:\n- imagedocs\n- search # s\n",
    "plugins:\n  search: {}\n": "plugins:\n  imagedocs: {}\n  search: {}\n",
    "plugins: [search, tags]\n": "plugins: [imagedocs, search, tags]\n",
    "plugins: []\n": "plugins: [imagedocs]\n",
    "plugins: {search: {lang: en}}\n": "plugins: {imagedocs: {}, search: {lang: en}}\n",
    "nav: [index.md]": "nav: [index.md]\n\nplugins:\n  - search\n  - imagedocs\n",
    "plugins: # ours\n\n  # first\n  - search\n": "plugins: # ours\n\n  # first\n  - imagedocs\n  - search\n",
    "plugins:\r\n  - search\r\n": "plugins:\r\n  - imagedocs\r\n  - search\r\n",
    "x: !!python/name:os.path\nplugins: [search]\n": "x: !!python/name:os.path\nplugins: [imagedocs, search]\n",
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), ADDED.items())
def test_init_adds_one_line(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_bytes(f"site_name: Ours\n{before}".encode())
    done = run_imagedocs(tmp_path, "init", "--registry", "registry.example.com", "--column", "python")
    assert done.returncode == 0, done.stderr
    assert file.read_bytes().decode() == f"site_name: Ours\n{after}"
    assert "+++ mkdocs.yml" in done.stdout, "what is added is shown"
    assert (tmp_path / "catalog/images.yaml").exists()
    again = run_imagedocs(tmp_path, "init", "--registry", "registry.example.com")
    assert "has imagedocs already; nothing was written" in again.stdout
    assert file.read_bytes().decode() == f"site_name: Ours\n{after}"


@pytest.mark.parametrize(
    "text", ["plugins: search\n", "INHERIT: base.yml\n", "plugins: &p\n  *p\n", "a: [\n"]
)
def test_init_leaves_alone_what_it_does_not_understand(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    done = run_imagedocs(tmp_path, "init", "--registry", "registry.example.com")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (tmp_path / "mkdocs.yml").read_text() == text
    assert not (tmp_path / "catalog").exists()


def test_nothing_of_the_other_kind_of_site_is_loaded() -> None:
    program = (
        "import sys, imagedocs.plugin, imagedocs.plugin.added, imagedocs.plugin.dry_run\n"
        "rooms = ('imagedocs.docfx', 'imagedocs.freshness', 'imagedocs.project', 'imagedocs.build', 'imagedocs.check.',\n"
        "         'imagedocs.markdown.syntax', 'imagedocs.markdown.render', 'imagedocs.markdown.lint')\n"
        "print([name for name in sys.modules if name.startswith(rooms)])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_what_changed_has_pages(tmp_path: Path) -> None:
    file = added_site(
        tmp_path, {"index.md": f"# P\n\n{MARKER}\n"}, extra={"imagedocs": {"images": True, "changes": True}}
    )
    built = build_added(file)
    assert built.warnings == []
    page = built.page("changes/index.html")
    assert "June 1, 2025" in text_of(page)
    day = text_of(built.page("changes/2024-01-10/index.html"))
    assert "This is the list as it stood on January 10, 2024." in day
    assert "team/old:1.0" in day
    assert "team/web:2.0" not in day
    assert "[!INCLUDE" not in day


BAD = """known_issues: [{tag: "2.0", text: It loses messages., since: 2026-02-02, source: https://example.com/1}]"""


def test_no_heading_of_a_page_of_an_image_is_lost(tmp_path: Path) -> None:
    file = added_site(tmp_path, {"index.md": "# P\n"}, extra={"imagedocs": {"images": True}})
    catalog = tmp_path / "catalog/images.yaml"
    catalog.write_text(
        catalog.read_text().replace("listed: {from: 2026-01-10}}", f"listed: {{from: 2026-01-10}}, {BAD}}}")
    )
    html = build_added(file).page("images/web/index.html")
    for heading in ("Pull the image", "Use it in a Dockerfile", "Tags on record", "Look up tags"):
        assert re.search(rf"<h2[^>]*>(?:<a name=[^>]*></a>)?{heading}", html), heading
    shown = text_of(html)
    assert "Warning Don't use 2.0 . It loses messages." in shown


def test_the_catalog_of_the_tests_is_sound(tmp_path: Path) -> None:
    assert "team/web" in CATALOG
    assert "team/web" in RECORD
    assert build_added(added_site(tmp_path, {"index.md": "# P\n"})).warnings == []


def test_names_that_code_puts_together_are_told_where_their_tag_is(tmp_path: Path) -> None:
    page = """# P

```yaml
image:
  registry: registry.example.com
  repository: team/web
  tag: "9"
```

```dockerfile
ARG TAG=8
FROM registry.example.com/team/web:${TAG}
```

``` diff
-FROM registry.example.com/team/web:6
+FROM registry.example.com/team/web:7
```

See <https://registry.example.com/team/web:5>.
"""
    added_site(tmp_path, {"index.md": page}, markdown_extensions=["fenced_code"])
    expected = ["7:9", "12:6", "17:7", "20:14"]
    checked = run_imagedocs(tmp_path, "check", *DAY)
    places = re.findall(
        r"^docs/index\.md:(\d+:\d+): warning: image-tag-unknown", checked.stdout, re.MULTILINE
    )
    assert places == expected, checked.stdout
    quick = run_imagedocs(tmp_path, "check", "--no-build", *DAY)
    places = re.findall(r"^docs/index\.md:(\d+:\d+): warning: image-tag-unknown", quick.stdout, re.MULTILINE)
    assert places == expected, quick.stdout


def test_a_check_without_a_build_heeds_ignores_and_settings(tmp_path: Path) -> None:
    page = """# P

<!-- imagedocs-ignore image-tag-unknown: of last year -->
`registry.example.com/team/web:8`

<!-- imagedocs-ignore broken-link: only a build would find it -->
`registry.example.com/team/web:9`

`registry.example.com/team/old:1.0`
"""
    levels = {"rules": {"image-removed": "suggestion"}}
    added_site(tmp_path, {"index.md": page}, extra={"imagedocs": levels})
    quick = run_imagedocs(tmp_path, "check", "--no-build", *DAY)
    found = re.findall(r"^docs/index\.md:(\d+):\d+: (\w+): ([\w-]+)", quick.stdout, re.MULTILINE)
    expected = [("7", "warning", "image-tag-unknown"), ("9", "suggestion", "image-removed")]
    assert found == expected
    whole = run_imagedocs(tmp_path, "check", *DAY)
    found = re.findall(r"^docs/index\.md:(\d+):\d+: (\w+): ([\w-]+)", whole.stdout, re.MULTILINE)
    assert found == [("6", "warning", "ignore-unused"), *expected]
