"""Links across languages, in includes, and on sites of other forms: what is found, where, and what a browser says."""

import re
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.check.checking import check, collect_site
from imagedocs.problems import Severity
from imagedocs.project import Project
from link_cases import read_marked
from site_judge import BuiltSite
from small_project import DAY, LOCALES, small_project

FILES: dict[str, str | bytes] = {
    "locales/locales.yaml": LOCALES.replace("default: en", "default: en\nsingle_language: [/reference/]"),
    "docs/en/reference/one.md": "# One\n\n## Part\n\n[x](../setup.md#install) ![y](one.png)\n",
    "docs/en/reference/one.png": b"",
    "docs/en/reference/both.md": "# Both\n\n[x](one.md)\n",
    "docs/es/reference/both.md": "# Ambos\n\n## Dos\n\n[x](one.md#part)\n",
    "docs/en/setup.md": '# Set up\n\n## Install\n\nText.\n\n## Next\n\n<a name="extra"></a> Text.\n',
    "docs/es/setup.md": "# Configurar\n\n## Instalar\n\nTexto.\n\n## Next\n\nTexto.\n",
    "docs/en/only-en.md": "# Only\n\n## Part\n\nText.\n",
    "docs/es/solo-es.md": "# Solo\n\n## Parte\n\nTexto.\n",
    "docs/en/img.png": b"",
    "docs/es/index.md": "# Inicio\n\nTexto.\n",
    "docs/es/media/propia.png": b"",
}

IN_SPANISH = {
    "a translated page": "[x](../setup.md)",
    "a page that is not translated": "[x](../only-en.md) [y](../only-en.md#part) [z](«broken-anchor»../only-en.md#parte)",
    "a page of this language alone": "[x](../solo-es.md#parte)",
    "the English page's file": "[x](«link-leaves-locale»../../en/setup.md)",
    "the English page's file, not translated": "[x](«link-leaves-locale»../../en/only-en.md)",
    "an English file that is not there": "[x](«broken-link»../../en/stup.md)",
    "the English page's address": "[x](«~link-leaves-locale»../../../setup/)",
    "the English address of a page that is not translated": "[x](../../../only-en/)",
    "the own page's address": "[x](../../setup/) [y](/es/setup/) [z](https://imagedocs.example/es/setup/)",
    "the English page from the root": "[x](«~link-leaves-locale»/setup/)",
    "the English page with the site's name": "[x](«~link-leaves-locale»https://imagedocs.example/setup/)",
    "an address of no language": "[x](«~broken-link»/en/setup/)",
    "an own address that is not there": "[x](«~broken-link»/es/stup/) [y](«broken-link»https://imagedocs.example/es/stup/)",
    "an anchor of the translation": "[x](../setup.md#instalar)",
    "an anchor that only the source has": "[x](«broken-anchor»../setup.md#install)",
    "a name that only the source has": "[x](«broken-anchor»../setup.md#extra)",
    "an anchor of both": "[x](../setup.md#next)",
    "an anchor of none": "[x](«broken-anchor»../setup.md#nothing)",
    "an anchor of the English page": "[x](«~link-leaves-locale»../../../setup/#install)",
    "a picture that is shared": "![x](../img.png) ![y](../media/propia.png)",
    "the English picture's file": "![x](«link-leaves-locale»../../en/img.png)",
    "the English picture's address": "![x](../../../img.png)",
    "the home page": "[x](../index.md) [y](../../)",
    "an included page": "[!INCLUDE [x](../../../includes/t/good.md)]",
    "an included page that is translated": "[!INCLUDE [x](../../../includes/t/translated.md)]",
    "a page in one language": "[x](../reference/one.md) [y](../reference/one.md#part) [z](«broken-anchor»../reference/one.md#parte)",
    "a page in one language from the docs folder": "[x](~/reference/one.md#part) [y](«broken-link»~/reference/two.md)",
    "a page in one language as HTML": '<a href="../reference/one.md#part">x</a> <a href="«broken-link»../reference/on.md">y</a>',
    "a picture in one language": "![x](../reference/one.png) ![y](«~broken-image»../reference/one.md)",
    "an address that leads to one language": "[x](../../reference/one/#part) [y](/es/reference/one/) [z](«broken-anchor»https://imagedocs.example/es/reference/one/#parte)",
    "a page of a folder in one language that is translated": "[x](../reference/both.md#dos)",
    "an included page that links to one language": "[!INCLUDE [x](../../../includes/t/single.md)]",
    "from the docs folder": "[x](~/setup.md#next) [y](~/only-en.md)",
}
IN_ENGLISH = {
    "the Spanish page's file": "[x](«link-leaves-locale»../../es/setup.md)",
    "the Spanish page's address": "[x](«~link-leaves-locale»../../es/setup/)",
    "the Spanish page with the site's name": "[x](«~link-leaves-locale»https://imagedocs.example/es/setup/)",
    "a page that only Spanish has": "[x](«~broken-link»../../es/solo-es/) [y](/es/solo-es/) [z](«broken-anchor»../../es/solo-es/#nada)",
    "the file of a page that only Spanish has": "[x](«link-leaves-locale»../../es/solo-es.md)",
    "the Spanish home page": "[x](«~link-leaves-locale»../../es/)",
    "the own page with the site's name": "[x](https://imagedocs.example/setup/)",
}

INCLUDES: dict[str, str | bytes] = {
    "includes/t/good.md": "[x](../../docs/en/setup.md#next) ![y](media/x.png)\n",
    "includes/t/media/x.png": b"",
    "includes/t/single.md": "[x](../../docs/en/reference/one.md#part)\n",
    "includes/t/translated.md": "[x](../../docs/en/setup.md#next)\n",
    "includes/es/t/translated.md": "[x](../../docs/es/setup.md#instalar) ![y](media/x.png)\n",
}


CASES = {
    f"docs/{tag}/c/{number}.md": (name, read_marked(f"# Case\n\n{marked}\n"))
    for tag, cases in (("es", IN_SPANISH), ("en", IN_ENGLISH))
    for number, (name, marked) in enumerate(cases.items(), 0 if tag == "es" else 100)
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {path: text for path, (_, (text, _, _)) in CASES.items()}
    return small_project(tmp_path_factory.mktemp("links"), {**FILES, **INCLUDES, **pages})


def found_in(project: Path) -> dict[str, list[str]]:
    loaded = Project.load(project, DAY)
    found: dict[str, list[str]] = {}
    for each in check(loaded, collect_site(loaded)):
        if each.severity is not Severity.SUGGESTION:
            place = f"{each.position.line}:{each.position.column} {each.rule}"
            found.setdefault(each.position.path, []).append(place)
    return found


def test_across_languages(project: Path) -> None:
    found = found_in(project)
    wrong = {
        name: (expected, found.get(path, []))
        for path, (name, (_, expected, _)) in CASES.items()
        if found.get(path, []) != expected
    }
    assert wrong == {}
    assert {path for path in found if path.startswith("includes/")} == set()


@pytest.fixture(scope="module")
def built(project: Path) -> BuiltSite:
    result = run_mkdocs(project, "build", SOURCE_DATE_EPOCH="1774000000")
    assert result.returncode == 0, result.stderr
    return BuiltSite(project / "site")


def test_a_browser_says_the_same_across_languages(built: BuiltSite) -> None:
    wrong: dict[str, object] = {}
    for path, (name, (_, _, count)) in CASES.items():
        page = path.removeprefix("docs/en/").removeprefix("docs/").removesuffix(".md") + "/index.html"
        if len(dead := built.dead(page)) != count:
            wrong[name] = dead
    assert wrong == {}
    assert {page: built.dead_elsewhere(page) for page in built.pages if built.dead_elsewhere(page)} == {}


def test_a_page_in_one_language_is_written_once_and_its_other_addresses_lead_there(built: BuiltSite) -> None:
    number = list(IN_SPANISH).index("a page in one language")
    page = (built.folder / f"es/c/{number}/index.html").read_text("utf-8")
    assert '<a href="../../../reference/one/#part" hreflang="en">y</a>' in page
    small = (built.folder / "es/reference/one/index.html").read_text("utf-8")
    assert len(small) < 1000
    assert "Esta página solo está disponible en inglés." in small
    assert '<meta http-equiv="refresh" content="0; url=../../../reference/one/">' in small
    assert "location.replace(document.links[0].href+location.hash)" in small
    assert not (built.folder / "es/reference/one.png").exists()
    assert "Ambos" in (built.folder / "es/reference/both/index.html").read_text("utf-8")
    assert "reference/one" not in (built.folder / "es/search/search_index.json").read_text("utf-8")
    assert "es/reference/one" not in (built.folder / "es/sitemap.xml").read_text("utf-8")


def test_the_same_without_folders_for_addresses_and_for_one_language(project: Path, tmp_path: Path) -> None:
    """What the build is told of addresses counts, not `mkdocs.yml` alone."""
    number = list(IN_SPANISH).index("a page in one language")
    for name, option, expected in (
        ("files", "--no-directory-urls", "../../reference/one.html"),
        ("folders", "--use-directory-urls", "../../../reference/one/"),
    ):
        result = run_mkdocs(project, "build", option, "-d", str(tmp_path / name), IMAGEDOCS_LOCALE="es")
        assert result.returncode == 0, result.stderr
        pages = [
            *(tmp_path / name).rglob(f"c/{number}.html"),
            *(tmp_path / name).rglob(f"c/{number}/index.html"),
        ]
        assert f'<a href="{expected}" hreflang="en">' in pages[0].read_text("utf-8")
        assert f"c/{number}.md:3:" not in result.stderr.replace("broken-anchor", "")


def test_what_to_write_in_a_translation(project: Path) -> None:
    loaded = Project.load(project, DAY)
    hints = {each.hint for each in check(loaded, collect_site(loaded))}
    assert 'add {#install} to "## Instalar" at docs/es/setup.md:3:4' in hints
    assert 'write <a name="extra"></a> there, as at docs/en/setup.md:9:10' in hints


def test_links_to_pages_in_another_language_are_marked(built: BuiltSite) -> None:
    folder = built.folder
    number = list(IN_SPANISH).index("a page that is not translated")
    page = (folder / f"es/c/{number}/index.html").read_text("utf-8")
    assert re.findall(r'<a href="../../only-en/[^>]* hreflang[^>]*>', page) == [
        '<a href="../../only-en/" hreflang="en">',
        '<a href="../../only-en/#part" hreflang="en">',
        '<a href="../../only-en/#parte" hreflang="en">',
    ]
    number = list(IN_SPANISH).index("a translated page")
    page = (folder / f"es/c/{number}/index.html").read_text("utf-8")
    assert '<a href="../../setup/">x</a>' in page
