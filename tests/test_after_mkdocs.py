"""imagedocs in sites that ProperDocs and Zensical build, each the real one."""

import re
import subprocess
import sys
from pathlib import Path

import markdown
import pytest

from added_project import CATALOG, added_site, build_added
from adopting import blocks
from conftest import run_imagedocs

pytestmark = pytest.mark.posix

DAY = "1772366400"  # 2026-03-01
SECTION = "Go on after MkDocs"
MARKER = "<!-- imagedocs: list -->"
PAGES = {
    "index.md": f"# P\n\n## Part\n\n{MARKER}\n\n```text\n{MARKER}\n```\n",
    "tables.md": "# T\n\n[!INCLUDE [images](images.md?form=table)]\n",
}


def run(folder: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / program), *arguments]
    environment = {
        "PATH": "/usr/bin:/bin",
        "SOURCE_DATE_EPOCH": DAY,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that has the extension beside the plugin, as the page says."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    extension, _ = blocks(SECTION)
    file = added_site(tmp_path, PAGES, theme={"name": "material", "language": "de", "font": False})
    file.write_text(
        f"{file.read_text('utf-8')}{extension.text}  - fenced_code\n  - tables\n  - toc\n", "utf-8"
    )
    return tmp_path


def test_zensical_shows_the_same_list(site: Path) -> None:
    plain = build_added(site / "mkdocs.yml")
    assert plain.warnings == []
    expected = {
        place: re.findall(r"[\w./:-]*team/\w+:[\w.]+", plain.page(place))
        for place in ("index.html", "tables/index.html")
    }
    done = run(site, "zensical", "build", "--clean")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    for place, names in expected.items():
        html = (site / "site" / place).read_text("utf-8")
        assert names
        assert re.findall(r"[\w./:-]*team/\w+:[\w.]+", html) == names
    html = (site / "site/index.html").read_text("utf-8")
    assert "Zensical" in html
    assert "<strong>1 Image wird unterstützt</strong>" in html
    assert re.search(r'<article class="imagedocs-image', html)
    assert html.count("imagedocs: list") == 1, "what stands in code stays"
    assert html.count("<style>\n/* The list") == 1
    assert "imagedocs:element" not in html
    assert re.search(r'<nav class="md-nav md-nav--secondary".*?team/web|href="#web"', html, re.DOTALL)


def test_zensical_without_a_configuration_of_mkdocs(tmp_path: Path) -> None:
    _, extension = blocks(SECTION)
    added_site(
        tmp_path,
        {**PAGES, "wrong.md": "# W\n\n`registry.example.com/team/web:3.0`\n\n<!-- imagedocs: lits -->\n"},
    )
    (tmp_path / "mkdocs.yml").unlink()
    (tmp_path / "zensical.toml").write_text(f'[project]\nsite_name = "Z"\n{extension.text}')
    done = run(tmp_path, "zensical", "build", "--clean")
    assert done.returncode == 0, done.stderr
    assert "docs/wrong.md:5:1: error: include-not-found" in done.stdout + done.stderr
    assert "registry.example.com/team/web:2.0" in (tmp_path / "site/tables/index.html").read_text("utf-8")
    checked = run_imagedocs(tmp_path, "check", "--as-of", "2026-03-01")
    assert re.findall(r"^(\S+): (?:error|warning): ([\w-]+)", checked.stdout, re.MULTILINE) == [
        ("docs/wrong.md:3:2", "image-tag-unknown"),
        ("docs/wrong.md:5:1", "include-not-found"),
    ]


def test_the_extension_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any program that uses Python-Markdown, with the extensions that it likes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    added_site(tmp_path, {})
    settings = {"imagedocs.list": {"project": str(tmp_path), "language": "ja"}}
    others: list[list[str]] = [
        [],
        ["extra", "toc"],
        ["pymdownx.superfences", "pymdownx.snippets", "md_in_html"],
    ]
    for extensions in others:
        reader = markdown.Markdown(extensions=["imagedocs.list", *extensions], extension_configs=settings)
        html = reader.convert(f"# P\n\n* a\n\n    {MARKER}\n\n{MARKER.replace('list', 'list brief')}\n")
        assert html.count("<style>") == 1
        assert html.count("1 個のイメージ") == 2
        assert "imagedocs:element" not in html
        assert reader.convert("# Q\n\n> [!NOTE]\n> n\n") == markdown.markdown(
            "# Q\n\n> [!NOTE]\n> n\n", extensions=extensions
        )


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    added_site(tmp_path, {})
    hostile = (
        CATALOG.replace("columns: [python]", "columns: [python, note]")
        .replace(
            'python: "3.12"',
            'python: "3.12", attributes: {note: "<img src=x onerror=alert(1)></style><script>1</script>"}',
        )
        .replace('python: "3.8"', 'python: "3.8", attributes: {note: none}')
    )
    (tmp_path / "catalog/images.yaml").write_text(hostile)
    settings = {"imagedocs.list": {"project": str(tmp_path)}}
    for form in ("list", "list table"):
        text = MARKER.replace("list", form)
        html = markdown.markdown(text, extensions=["imagedocs.list"], extension_configs=settings)
        assert "&lt;img" in html
        assert not re.search(r"<(img|script)", html)


def test_properdocs_builds_the_same_site(site: Path) -> None:
    file = site / "mkdocs.yml"
    file.write_text(f"{file.read_text('utf-8')}extra: {{imagedocs: {{images: true}}}}\n", "utf-8")
    plain = build_added(file)
    expected = {
        place: plain.page(place) for place in ("index.html", "tables/index.html", "images/web/index.html")
    }
    assert all("team/web:2.0" in html for html in expected.values())
    file.rename(site / "properdocs.yml")
    done = run(site, "properdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    generator = re.compile(r'<meta name="generator" content="[^"]*">')
    for place, html in expected.items():
        theirs = (site / "site" / place).read_text("utf-8")
        assert generator.sub("", theirs) == generator.sub("", html)
    (site / "docs/tables.md").write_text("# T\n\n`registry.example.com/team/web:3.0`\n", "utf-8")
    broken = run(site, "properdocs", "build", "--strict")
    assert (broken.returncode, "docs/tables.md:3:2: warning: image-tag-unknown" in broken.stderr) == (1, True)
    checked = run_imagedocs(site, "check", "--as-of", "2026-03-01")
    assert "docs/tables.md:3:2: warning: image-tag-unknown" in checked.stdout
