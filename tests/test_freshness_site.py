"""What readers of translations are told: above a page, below it, and on the page about translations."""

import re
from html import unescape
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.project import Project
from imagedocs.project.translations import accept
from small_project import DAY, small_project

SOURCE = "# Page\n\nThe tag is old.\n\nA.\n\n```bash\nls <b>\n```\n\n1. One\n1. Two\n"
SPANISH = (
    '---\ntranslation: machine\n---\n# <a name="page"></a>Página\n\nLa etiqueta es vieja.\n\nUn.\n\n'
    "```bash\nls <b>\n```\n\n1. Uno\n1. Dos\n"
)
HOME = '<a name="home"></a>'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an outdated page, a fresh one, one by people, one that is not translated, one of one language."""
    files = {
        "docs/en/page.md": SOURCE,
        "docs/es/page.md": SPANISH,
        "docs/es/index.md": f"---\ntranslation: human\n---\n# {HOME}Inicio\n\nTexto.\n",
        "docs/en/other.md": "# Other\n",
        "docs/es/local.md": "# Local\n",
    }
    root = small_project(tmp_path_factory.mktemp("project"), files)
    accept(Project.load(root, DAY), ["docs/es"])
    edited = SOURCE.replace("is old", r'is "\<new>" & good').replace("ls <b>", "ls <i>").replace("A.\n\n", "")
    (root / "docs/en/page.md").write_text(edited.replace("1. One\n1. Two", "1. Two\n1. One"), "utf-8")
    text = (root / "docs/es/page.md").read_text("utf-8")
    (root / "docs/es/page.md").write_text(text.replace("Un.\n\n", ""), "utf-8")
    result = run_mkdocs(root, "build")
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("translation-") == 4
    return root / "site"


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(built: Path, place: str) -> str:
    return (built / place / "index.html").read_text("utf-8")


def test_an_outdated_page_says_what_has_changed(built: Path) -> None:
    html = page(built, "es/page")
    banner = html[html.index("imagedocs-notice") : html.index("</aside>")]
    assert '<a href="../../page/" hreflang="en">Leer el original en inglés.</a>' in banner
    assert re.findall(r"<dt>(.*?)</dt>", banner) == [
        "Ha cambiado en el original",
        "Ya no está en el original",
        "Ha cambiado en el original",
        "En otro lugar del original",
    ]
    assert re.findall(r'<dd lang="en" dir="ltr">(.*?)</dd>', banner, re.DOTALL) == [
        "The tag is<del> old</del><ins> &#34;&lt;new&gt;&#34; &amp; good</ins>.",
        "<del>A.</del>",
        "<pre><code>ls &lt;<del>b</del><ins>i</ins>&gt;</code></pre>",
        "One",
    ]
    assert banner.count("<details") == banner.count("<summary>") == 1
    assert "Mostrar las diferencias" in banner


@pytest.mark.parametrize("place", ["page", "es", "es/local", "es/translations", "translations"])
def test_a_page_that_is_not_outdated_has_no_banner(built: Path, place: str) -> None:
    assert "imagedocs-changes" not in page(built, place)


def test_readers_learn_who_translated(built: Path) -> None:
    assert "Esta página la han traducido personas." in page(built, "es")
    assert "Esta página se ha traducido automáticamente." in page(built, "es/page")
    assert "imagedocs-provenance" not in page(built, "page")
    assert "imagedocs-provenance" not in page(built, "es/local")


def test_the_page_about_translations_is_in_every_language(built: Path) -> None:
    english, spanish = (page(built, place) for place in ("translations", "es/translations"))
    assert "Spanish 2 (67%) 1 1 1" in text_of(english)
    assert "español 2 (67 %) 1 1 1" in text_of(spanish).replace("\xa0", " ")
    rows = re.findall(r"<tr><td>(?:<a[^>]*>)?<code>(.*?)</td>\s*<td>(.*?)</td>", spanish)
    assert [(text_of(place), state) for place, state in rows] == [
        ("page.md", "el código no es el del original"),
        ("other.md", "aún sin traducir"),
    ]
    assert '<a href="../es/page/"><code>page.md</code></a>' in english
    assert '<a href="../../es/page/"><code>page.md</code></a>' in spanish
    assert 'hreflang="es" href="https://imagedocs.example/es/translations/"' in english
    assert '<h1 id="translations">' in spanish


@pytest.mark.parametrize(("place", "href"), [("es/page", "../translations/"), ("", "translations/")])
def test_every_page_leads_to_it(built: Path, place: str, href: str) -> None:
    footer = page(built, place).rpartition("md-copyright")[2]
    assert f'<a href="{href}">' in footer


def test_an_edit_of_the_source_fails_no_strict_build_and_a_loss_in_the_translation_does(
    tmp_path: Path,
) -> None:
    files = {"docs/en/page.md": SOURCE, "docs/es/page.md": SPANISH}
    root = small_project(tmp_path, files)
    accept(Project.load(root, DAY), ["docs/es/page.md"])
    cosmetic = SOURCE.replace("The tag is old.", "The *tag*\nis old.")
    (root / "docs/en/page.md").write_text(cosmetic, "utf-8")
    assert run_mkdocs(root, "build", "--strict").returncode == 0
    (root / "docs/en/page.md").write_text(cosmetic.replace("old", "new"), "utf-8")
    stale = run_mkdocs(root, "build", "--strict")
    assert stale.returncode == 0, stale.stderr
    assert "imagedocs-notice" in page(root / "site", "es/page")
    (root / "docs/es/page.md").write_text(
        (root / "docs/es/page.md").read_text("utf-8").replace("Un.\n\n", ""), "utf-8"
    )
    failed = run_mkdocs(root, "build", "--strict")
    assert failed.returncode == 1
    assert "translation-incomplete" in failed.stderr


def test_a_project_may_have_its_own_page_of_that_name(tmp_path: Path) -> None:
    root = small_project(tmp_path, {"docs/en/translations.md": "# Our own\n"})
    assert run_mkdocs(root, "build").returncode == 0
    assert "Our own" in page(root / "site", "translations")
