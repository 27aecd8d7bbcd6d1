"""`imagedocs compare`: what changed between two built sites, as those see it who use them."""

import json
import shutil
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from conftest import run_imagedocs, run_mkdocs
from imagedocs.commands.compare import FORMS
from imagedocs.comparing import FORMATS, Addresses, compare_sites
from imagedocs.locales.catalog_texts import CATALOG_PATH as CATALOG
from small_project import CONFIG, small_project

Pages = Mapping[str, str]

BEFORE = {
    "mkdocs.yml": CONFIG.replace("    publisher:", "    data: {prefix: api}\n    publisher:"),
    "docs/en/index.md": "# Home\n\nText with a [link](tags.md).\n",
    "docs/en/tags.md": "# Tags\n\nOne.\n\nTwo.\n",
    "docs/es/tags.md": "# Etiquetas\n\nUno.\n",
    "docs/en/gone.md": "# Gone\n\nFor now.\n",
    "docs/en/same.md": "# Same\n\nAlways.\n",
}
AFTER = {
    "docs/en/index.md": "# Home\n\nText with a [link](same.md).\n",
    "docs/en/tags.md": "# Tags\n\nOne.\n\nThree.\n\nFour.\n",
    "docs/en/new.md": "# A <b>*new*</b> page\n\nText.\n",
    "docs/en/assets/data.csv": "a,b\n",
    "mkdocs.yml": "site_name: Another name\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two sites: before and after changes of its pages, and of the name that each page shows."""
    folder = small_project(tmp_path_factory.mktemp("project"), BEFORE)
    assert run_mkdocs(folder, "build", "-q", "-d", "old").returncode == 0
    (folder / "docs/en/gone.md").unlink()
    config = (folder / "mkdocs.yml").read_text("utf-8")
    renamed = config.replace("site_name: Prebuilt container images\n", AFTER["mkdocs.yml"])
    assert renamed != config
    catalog = (folder / CATALOG).read_text("utf-8")
    changed = catalog.replace('python: "3.12"', 'python: "3.13"')
    assert changed != catalog
    for path, text in {**AFTER, "mkdocs.yml": renamed, CATALOG: changed}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    assert run_mkdocs(folder, "build", "-q", "-d", "new").returncode == 0
    return folder


def site(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def page(body: str, language: str = "en", title: str = "T") -> str:
    """A page as a theme of anybody's makes it."""
    return f'<!doctype html><html lang="{language}"><head><title>{title}</title></head><body>{body}</body></html>'


def changes(folder: Path, old: Pages, new: Pages) -> list[str]:
    """The lines that are printed of pages, images and files of two sites."""
    found = compare_sites(site(folder / "old", old), site(folder / "new", new))
    lines = FORMATS["text"](found, Addresses()).splitlines()
    return [" ".join(line.split()) for line in lines if line.startswith("  ")]


def test_pages_of_two_builds_differ_by_what_readers_see(built: Path) -> None:
    printed = run_imagedocs(built, "compare", "old", "new")
    assert (printed.returncode, printed.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in printed.stdout.splitlines()]
    assert lines[0].startswith(
        "1 page added; 3 pages changed; 1 page removed; 1 image changed; 1 data file added; "
    )
    assert "/ all 2 languages: changed (1 link)" in lines
    assert "/new/ all 2 languages: added" in lines
    assert "/gone/ all 2 languages: removed" in lines
    (tags,) = (line for line in lines if line.startswith("/tags/"))
    assert tags.startswith(
        "/tags/ en: changed (+2 −1)"
    )  # in Spanish, a note that the English page has changed
    assert any(line.startswith("/translations/ all 2 languages: changed") for line in lines)
    assert "assets/data.csv added in 2 languages" in lines
    assert not any("/same/" in line for line in lines)


def test_a_report_for_a_pull_request_links_to_the_preview_and_to_sources(built: Path) -> None:
    options = ("--new-url", "https://preview.example/7/", "--old-url", "https://docs.example", "--source-url")
    printed = run_imagedocs(
        built, "compare", "old", "new", "--format", "markdown", *options, "https://git.example/b"
    )
    assert (printed.returncode, printed.stderr) == (0, "")
    html = MarkdownIt("gfm-like", {"linkify": False}).render(printed.stdout)
    for address, text in (
        ("https://preview.example/7/", "Home"),
        ("https://preview.example/7/new/", "A new page"),
        ("https://docs.example/gone/", "Gone"),
        ("https://git.example/b/docs/en/new.md", "source"),
        ("https://preview.example/7/assets/data.csv", "assets/data.csv"),
    ):
        assert f'<a href="{address}">{text}</a>' in html
    assert "gone.md" not in html


def test_a_program_reads_the_same(built: Path) -> None:
    printed = run_imagedocs(built, "compare", "old", "new", "--format", "json")
    document = json.loads(printed.stdout)
    assert list(document) == ["version", "pages", "images", "data", "others"]
    found = {entry["path"]: entry for entry in document["pages"]}
    (english,) = found["tags/index.html"]["languages"]
    assert english == {
        "language": "en",
        "path": "tags/index.html",
        "change": "changed",
        "added": 2,
        "removed": 1,
        "links": 0,
    }
    places = [(one["language"], one["path"]) for one in found["new/index.html"]["languages"]]
    assert places == [("en", "new/index.html"), ("es", "es/new/index.html")]
    assert document["images"] == [
        {"id": "minimal-py312-inference", "change": "changed", "fields": ["python"]}
    ]
    assert {"path": "assets/data.csv", "change": "added", "languages": 2} in document["data"]
    assert {"path": "api/v0/images.json", "change": "changed", "languages": 1} in document["data"]


def test_a_build_does_not_differ_from_itself(built: Path) -> None:
    printed = run_imagedocs(built, "compare", "new", "new", "--format", "markdown")
    assert "Nothing that readers or their programs get has changed." in printed.stdout
    assert "|" not in printed.stdout


def test_the_formats_are_those_that_there_are() -> None:
    assert set(FORMS) == set(FORMATS)


CASES: dict[str, tuple[str, str, list[str]]] = {
    "a text": ("<main><p>a</p></main>", "<main><p>b</p></main>", ["/ changed (+1 −1)"]),
    "a menu": ("<main><nav><a href=x>a</a></nav><p>t</p></main>", "<main><nav>b</nav><p>t</p></main>", []),
    "around the main part": ("a<main><p>t</p></main>z", "b<main><p>t</p></main>y", []),
    "a page without a main part": (
        "<header>a</header><p>t</p>",
        "<header>b</header><p>u</p>",
        ["/ changed (+1 −1)"],
    ),
    "a class": ("<main><p>t</p></main>", '<main><p class="x">t</p></main>', []),
    "blanks": ("<main><p>t u</p></main>", "<main><p>\n t\n  u</p>\n</main>", []),
    "emphasis": ("<main><p>t u</p></main>", "<main><p>t <b>u</b></p></main>", []),
    "a hidden part": (
        "<main><div hidden><div>a</div></div>t</main>",
        "<main><div hidden>b</div>t</main>",
        [],
    ),
    "a program": ("<main><script>a</script>t</main>", "<main><script>b</script>t</main>", []),
    "the order": ("<main><p>a</p><p>b</p></main>", "<main><p>b</p><p>a</p></main>", ["/ changed (order)"]),
    "a picture": ("<main><img src=a alt=t></main>", "<main><img src=b alt=t></main>", ["/ changed (1 link)"]),
    "what a picture says": ("<main><img alt=t></main>", "<main><img alt=u></main>", ["/ changed (+1 −1)"]),
    "unclosed": ("<main><nav>a<p>t", "<main><nav>b<p>t", []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_counts_as_a_change(name: str, tmp_path: Path) -> None:
    old, new, expected = CASES[name]
    assert changes(tmp_path, {"index.html": page(old)}, {"index.html": page(new)}) == expected


def leading(address: str) -> str:
    return f'<!doctype html><meta http-equiv="refresh" content="0; url={address}"><p>Over there</p>'


def test_pages_that_only_lead_on_are_no_pages(tmp_path: Path) -> None:
    home = {"index.html": page("<main>h</main>")}
    old = home | {
        "a/index.html": page("<main>t</main>"),
        "b/index.html": leading("../a/"),
        "c/index.html": leading("../a/"),
    }
    new = home | {
        "a/index.html": leading("../b/"),
        "b/index.html": page("<main>t</main>"),
        "d/index.html": leading("../a/"),
    }
    assert changes(tmp_path, old, new) == ["/a/ replaced by a page that leads on", "/b/ added"]


def test_a_page_of_several_languages_is_one_line(tmp_path: Path) -> None:
    """A folder is that of a language only if its first page is in it."""
    old = {
        "index.html": page("h"),
        "pt-br/index.html": page("i", "pt-BR"),
        "de/index.html": page("not German"),
        "x.html": page("<p>a</p>"),
        "pt-br/x.html": page("<p>b</p>", "pt-BR"),
        "de/x.html": page("<p>c</p>"),
    }
    new = old | {
        "x.html": page("<p>a</p><p>new</p>"),
        "pt-br/x.html": page("<p>b</p><p>novo</p>", "pt-BR"),
        "de/x.html": page("<p>d</p>"),
    }
    assert changes(tmp_path, old, new) == [
        "/de/x.html en: changed (+1 −1)",
        "/x.html all 2 languages: changed (+1)",
    ]


class Tags(HTMLParser):
    """Collect the names of all elements, and the addresses of links."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]


HOSTILE = (
    "<script>alert(1)</script> [x](javascript:x) ![i](https://evil.example/i.png) | cell | ` code` **b** "
    "https://evil.example www.evil.example @everyone someone@evil.example #1 &lt;b&gt; \x1b[31m \u202eright"
)


def test_titles_and_names_of_files_are_only_text(tmp_path: Path) -> None:
    title = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    odd = "a`b|c](x)<i>[d].json"
    pages = {"index.html": page("h"), "n/index.html": page(f"<main><h1>{title}</h1></main>"), odd: "{}"}
    found = compare_sites(site(tmp_path / "old", {"index.html": page("h")}), site(tmp_path / "new", pages))
    for addresses in (Addresses(), Addresses(new="https://preview.example")):
        markdown = FORMATS["markdown"](found, addresses)
        assert "\x1b" not in markdown
        assert "\u202e" not in markdown
        assert not any(name in markdown for name in ("@everyone", "www.evil", "https://evil"))
        reader = Tags()
        reader.feed(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown))
        assert reader.names <= {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "a"}
        assert all(address.startswith("https://preview.example/") for address in reader.addresses)
        rows = [line for line in markdown.splitlines() if line.startswith("|")]
        assert {line.count("|") for line in rows} == {3, 4}
    text = FORMATS["text"](found, Addresses())
    assert all(character.isprintable() or character == "\n" for character in text)


IMAGES = {
    "images": [
        {"id": "a", "status": "supported", "python": "3.12"},
        {"id": "b", "status": "supported"},
        {"id": "c", "status": "withdrawn"},
        {"id": "e", "status": "supported", "pages": {"en": "https://old.example/e/"}},
    ]
}


def test_images_are_compared_by_the_data_that_sites_publish(tmp_path: Path) -> None:
    later = {
        "images": [
            {"id": "a", "status": "supported", "python": "3.13"},
            {"id": "b", "status": "withdrawn"},
            {"id": "d", "status": "deprecated"},
            {"id": "e", "status": "supported", "pages": {"en": "https://new.example/e/"}},
        ]
    }
    path, home = "api/v0/images.json", {"index.html": page("h")}
    old, new = home | {path: json.dumps(IMAGES)}, home | {path: json.dumps(later)}
    expected = ["a changed: python", "b withdrawn", "c removed", "d added", f"{path} changed"]
    assert changes(tmp_path, old, new) == expected


@pytest.mark.parametrize("which", ["old", "new", "none"])
def test_without_data_of_both_sites_nothing_is_said_of_images(which: str, tmp_path: Path) -> None:
    home = {"index.html": page("h")}
    for name in ("old", "new"):
        site(tmp_path / name, home | ({"images.json": json.dumps(IMAGES)} if name == which else {}))
    found = compare_sites(tmp_path / "old", tmp_path / "new")
    assert found.images is None
    assert "Images were not compared" in FORMATS["markdown"](found, Addresses())


def test_a_long_report_ends_before_it_is_too_long(tmp_path: Path) -> None:
    pages = {f"p{number}/index.html": page(f"<main><h1>{'long ' * 400}</h1></main>") for number in range(400)}
    home = {"index.html": page("h")}
    found = compare_sites(site(tmp_path / "old", home), site(tmp_path / "new", home | pages))
    markdown = FORMATS["markdown"](found, Addresses())
    assert "400 pages added" in markdown
    assert "… and 200 more." in markdown
    assert len(markdown.encode()) < 900_000


@pytest.mark.parametrize("what", ["missing", "empty"])
def test_a_folder_without_a_site_is_said_in_a_sentence(what: str, built: Path) -> None:
    (built / "empty").mkdir(exist_ok=True)
    printed = run_imagedocs(built, "compare", what, "new")
    assert (printed.returncode, printed.stdout) == (2, "")
    assert printed.stderr.startswith(f"imagedocs: {what} ")
    assert "Traceback" not in printed.stderr


@pytest.mark.parametrize("address", ["javascript:x", "https://x/ y", "https://x/)[y"])
def test_only_addresses_of_the_web_are_links(address: str, built: Path) -> None:
    printed = run_imagedocs(built, "compare", "old", "new", "--new-url", address)
    assert (printed.returncode, "is no address" in printed.stderr) == (2, True)


def test_links_out_of_a_site_are_not_followed(tmp_path: Path) -> None:
    secret = site(tmp_path / "elsewhere", {"secret.json": "{}"}) / "secret.json"
    for name in ("old", "new"):
        site(tmp_path / name, {"index.html": page("h")})
    try:
        (tmp_path / "new/data.json").symlink_to(secret)
        (tmp_path / "new/folder").symlink_to(tmp_path, target_is_directory=True)
    except OSError:  # Windows, without the right to make links
        shutil.copy(tmp_path / "old/index.html", tmp_path / "new/index.html")
    assert compare_sites(tmp_path / "old", tmp_path / "new").is_empty
