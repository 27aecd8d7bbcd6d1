"""The address in the built page and the verdict on a link agree: a link that no check reports lands, whatever its form.

Each row of the tables is a page of its own. In its text `«rule»` stands in front of a target that is to be reported;
every other target must land on what the row names.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from conftest import run_imagedocs, run_mkdocs
from imagedocs.check.checking import check, collect_site
from imagedocs.files.places import page_file
from imagedocs.project import Project
from link_cases import read_marked
from site_judge import BuiltSite
from small_project import DAY, small_project

FILES: dict[str, str | bytes] = {
    "README.md": "# Not a page of the site\n",
    ".github/x.png": b"x",
    "docs/en/index.md": "# Home\n\nText.\n",
    "docs/es/index.md": "# Inicio\n\nTexto.\n",
    "docs/en/tags.md": "# Tags\n\n## Latest\n\nText.\n",
    "docs/es/tags.md": "# Etiquetas\n\n## Última {#latest}\n\nTexto.\n",
    "docs/en/only.md": "# Only in English\n\n## Latest\n\nText.\n",
    "docs/en/in/deep.md": "# Deep\n\nText.\n",
    "docs/en/a: b.md": "# With a colon\n\nText.\n",
    "docs/en/été.md": "# With accents\n\nText.\n",
    "docs/en/en/tags.md": "# A folder that is called like the locale\n\nText.\n",
    "docs/en/img/a.png": b"x",
    "docs/en/img/a.zip": b"x",
    "docs/es/img/es.png": b"x",
    "includes/own/word.md": "[x](../../docs/en/tags.md#latest) ![y](../../docs/en/img/a.png)\n",
    "includes/own/slip.md": "[x](«broken-link»../../README.md)\n",
    "includes/own/media/x.png": b"x",
    "docs/en/includes/word.md": "[x](../../en/tags.md#latest) ![y](../../../docs/en/img/a.png) [z](../tags.md)\n",
    "docs/en/includes/slip.md": "[x](«link-leaves-locale»../../es/tags.md)\n",
}

TAGS, ONLY, PICTURE, HOME = "tags/", "only/", "img/a.png", ""

IN_ENGLISH: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "the own folder": ("[x](../../en/tags.md) [y](../../en/tags.md#latest)", (TAGS, TAGS)),
    "the own folder by way of docs": ("[x](../../../docs/en/tags.md) [y](../../../docs/en/only.md#latest)", (TAGS, ONLY)),
    "the own folder in a roundabout way": ("[x](./../c/../../en/./tags.md) [y](../../../docs/../docs/en/tags.md)", (TAGS, TAGS)),
    "the folder beside it that has its name": ("[x](../en/tags.md) [y](../../en/en/tags.md)", ("en/tags/", "en/tags/")),
    "a page in a folder": ("[x](../../en/in/deep.md) [y](../in/deep.md)", ("in/deep/", "in/deep/")),
    "the home page": ("[x](../../en/index.md) [y](../../../docs/en/index.md)", (HOME, HOME)),
    "a heading that is not there": ("[x](«broken-anchor»../../en/tags.md#oldest) [y](../../en/tags.md)", (TAGS,)),
    "a page that is not there": ("[x](«broken-link»../../en/gone.md) [y](«broken-link»../../../docs/en/gone.md)", ()),
    "an address below the own folder": ("[x](«broken-link»../../en/tags/)", ()),
    "backslashes": ("[x](..\\\\..\\\\en\\\\tags.md) [y](..\\\\..\\\\..\\\\docs\\\\en\\\\tags.md#latest)", (TAGS, TAGS)),
    "a single backslash": ("[x](..\\en\\tags.md) [y](«broken-link»..\\en\\gone.md)", ("en/tags/",)),
    "percent signs": ("[x](../../en/t%61gs.md) [y](..%2F..%2Fen%2Ftags.md) [z](../../en/%C3%A9t%C3%A9.md)", (TAGS, TAGS, "été/")),
    "a query": ("[x](../../en/tags.md?a=b#latest) [y](../../../docs/en/tags.md?a=b)", (TAGS, TAGS)),
    "a colon in the name": ("[x](<../../en/a: b.md>)", ("a: b/",)),
    "a reference": ("[x][1] [y]\n\n[1]: ../../en/tags.md\n[y]: ../../../docs/en/only.md 'Only'", (TAGS, ONLY)),
    "a reference to nothing": ("[x][1]\n\n[1]: «broken-link»../../en/gone.md", ()),
    "a picture": ("![x](../../en/img/a.png) ![y](../../../docs/en/img/a.png)", (PICTURE, PICTURE)),
    "a picture that is not there": ("![x](«broken-image»../../en/img/b.png)", ()),
    "a download": ("[x](../../en/img/a.zip) [y](../../../docs/en/img/a.zip)", ("img/a.zip", "img/a.zip")),
    "a picture that leads on": ("[![x](../../en/img/a.png)](../../en/tags.md)", (PICTURE, TAGS)),
    "an image of Learn": (':::image type="content" source="../../en/img/a.png" alt-text="x" link="../../en/tags.md":::', (PICTURE, TAGS)),
    "a lightbox of Learn": (':::image type="content" source="../../en/img/a.png" alt-text="x" lightbox="../../../docs/en/img/a.png":::', (PICTURE, PICTURE)),
    "raw HTML": ('<a href="../../en/tags.md#latest">x</a> <img src="../../../docs/en/img/a.png" alt="y">', (TAGS, PICTURE)),
    "raw HTML with a slip": ('<a href="«broken-link»../../en/gone.md">x</a>', ()),
    "raw HTML's srcset": ('<img src="../img/a.png" alt="x" srcset="«broken-image»../../en/img/a.png 2x">', (PICTURE,)),
    "a film": ('<video src="../../en/img/a.zip" poster="../../en/img/a.png"></video>', ("img/a.zip", PICTURE)),
    "a shared picture": ("![x](../../../includes/own/media/x.png)", ("includes/own/media/x.png",)),
    "what is included": ("[!INCLUDE [x](../../../includes/own/word.md)]", (TAGS, PICTURE)),
    "what is included from the docs folder": ("[!INCLUDE [x](../includes/word.md)]", (TAGS, PICTURE, TAGS)),
    "what is included from the own folder": ("[!INCLUDE [x](../../en/includes/word.md)]", (TAGS, PICTURE, TAGS)),
    "what is included has a slip": ("[!INCLUDE [x](../../../includes/own/slip.md)]", ()),
    "what is included from the docs folder has a slip": ("[!INCLUDE [x](../includes/slip.md)]", ()),
    "the docs folder from the root": ("[x](~/tags.md) [y](~\\\\tags.md#latest) [z](%7E/tags.md)", (TAGS, TAGS, TAGS)),
    "the other language": ("[x](«link-leaves-locale»../../es/tags.md)", ()),
    "files of the project that are not published": ("[x](«broken-link»../../../README.md) [y](«broken-link»../../../catalog/images.yaml) ![z](«broken-image»../../../.github/x.png)", ()),
    "out of the project": ("[x](«broken-link»../../../../else.md)", ()),
}  # fmt: skip

IN_SPANISH: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "the own folder": ("[x](../../es/tags.md#latest) [y](../../../docs/es/tags.md)", ("es/tags/", "es/tags/")),
    "the own folder, by a page that is not translated": ("[x](../../es/only.md#latest) [y](../../../docs/es/only.md)", ("es/only/", "es/only/")),
    "a picture": ("![x](../../es/img/es.png) ![y](../../es/img/a.png)", ("es/img/es.png", "es/img/a.png")),
    "the other language": ("[x](«link-leaves-locale»../../en/tags.md) [y](«link-leaves-locale»../../../docs/en/only.md)", ()),
    "what is included": ("[!INCLUDE [x](../../../includes/own/word.md)]", ("es/tags/", "es/img/a.png")),
}  # fmt: skip

AT_THE_TOP = (
    "[x](../en/tags.md#latest) [y](../../docs/en/tags.md) [z](..\\en\\tags.md) ![w](../en/img/a.png)",
    (TAGS, TAGS, TAGS, PICTURE),
)

ROWS = {
    "docs/en/top.md": ("at the top", *AT_THE_TOP),
    **{f"docs/en/c/{n}.md": (name, *row) for n, (name, row) in enumerate(IN_ENGLISH.items())},
    **{
        f"docs/es/d/{n}.md": (f"in Spanish: {name}", *row) for n, (name, row) in enumerate(IN_SPANISH.items())
    },
}
"""By the page's path: the row's name, its text, and where the sound links land."""


def files() -> dict[str, str | bytes]:
    found: dict[str, str | bytes] = {}
    for path, text in {
        **FILES,
        **{path: f"# Case\n\n{text}\n" for path, (_, text, _) in ROWS.items()},
    }.items():
        found[path] = read_marked(text)[0] if isinstance(text, str) else text
    return found


def expected_problems() -> dict[str, list[str]]:
    marked = {**FILES, **{path: f"# Case\n\n{text}\n" for path, (_, text, _) in ROWS.items()}}
    found = {path: read_marked(text)[1] for path, text in marked.items() if isinstance(text, str)}
    return {path: problems for path, problems in found.items() if problems}


def problems_of_links(project: Path) -> dict[str, list[str]]:
    """The problems of links, by the file that they are in."""
    loaded = Project.load(project, DAY)
    found: dict[str, list[str]] = {}
    for each in check(loaded, collect_site(loaded)):
        if each.rule.label.startswith(("broken-", "link-leaves-locale")):
            place = f"{each.position.line}:{each.position.column} {each.rule}"
            found.setdefault(each.position.path, []).append(place)
    return found


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with hooks, as ours; the address of a page is a folder's."""
    return small_project(tmp_path_factory.mktemp("hooks"), files(), with_hooks=True)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that `init` made, with the plugin; the address of a page is a file's."""
    folder = tmp_path_factory.mktemp("plugin")
    result = run_imagedocs(
        folder, "init", "--registry", "registry.example.com", "--locale", "en", "--locale", "es",
        "--site-url", "https://imagedocs.example/",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    for path, content in files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    configuration = folder / "mkdocs.yml"
    text = configuration.read_text("utf-8") + "\nuse_directory_urls: false\n"
    # The crawl below would land on the plain text of a page, which has the address of some other page's source.
    configuration.write_text(text.replace("    llms: true ", "    llms: false "), "utf-8")
    return folder


@pytest.mark.parametrize("kind", ["own", "begun"])
def test_what_is_reported_is_what_does_not_land(kind: str, request: pytest.FixtureRequest) -> None:
    project: Path = request.getfixturevalue(kind)
    assert problems_of_links(project) == expected_problems()
    result = run_mkdocs(project, "build", SOURCE_DATE_EPOCH="1774000000")
    assert result.returncode == 0, result.stderr
    built = BuiltSite(project / "site")
    wrong: dict[str, object] = {}
    for path, (name, text, landings) in ROWS.items():
        _, tag, place = path.split("/", 2)
        prefixes = ("es/",) if tag == "es" else ("", "es/")  # English pages are shown to Spanish readers too
        for prefix in prefixes:
            page = prefix + page_file(place, directory_urls=kind == "own")
            start = "" if tag == "es" else prefix
            expected = sorted(start + address_of(landing, kind) for landing in landings)
            found = sorted(landings_of(built, page))
            if found != expected:
                wrong[f"{name}: {page}"] = found, expected
            number = read_marked(text)[2] + name.endswith("has a slip")
            if len(dead := built.dead(page)) != number:
                wrong[f"{name}: dead: {page}"] = dead
    assert wrong == {}


def test_the_plain_text_of_a_page_is_not_the_page_of_a_source_that_has_its_path(begun: Path) -> None:
    configuration = begun / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("    llms: false ", "    llms: true "), "utf-8")
    try:
        assert "llms: true" in configuration.read_text("utf-8")
        assert problems_of_links(begun) == expected_problems()
    finally:
        configuration.write_text(text, "utf-8")


def landings_of(built: BuiltSite, page: str) -> list[str]:
    """Where the links of a page's text land, relative to the site's root; without those that are dead."""
    base = built.address_of(page)
    links = [
        each for each in built.pages[page].in_content if each[:1] != "#" and not built.is_dead(each, page)
    ]
    return [unquote(urlsplit(urljoin(base, link)).path).removeprefix("/") for link in links]


def address_of(landing: str, kind: str) -> str:
    """The address as a site of this kind has it."""
    if kind == "own":
        return landing
    return f"{landing[:-1]}.html" if landing.endswith("/") else landing or "index.html"
