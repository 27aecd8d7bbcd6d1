"""Files of the theme: there once for all languages, found from every page, and in few files."""

import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest

from conftest import run_mkdocs
from imagedocs.material.search import is_loaded_by_search
from small_project import CONFIG, HOOKS_CONFIG, LOCALES, small_project

CSS = "  - assets/stylesheets/learn.css\n"
FILES = {
    "docs/en/assets/a/b.md": "# Deep\n",
    "docs/es/index.md": "# Inicio\n",
    "docs/es/assets/a/b.md": "# Hondo\n",
    "docs/en/own.css": "p { color: red }\n",
    "look/own/logo.svg": "<svg/>\n",
    "look/main.html": '{% extends "base.html" %}\n{% block footer %}{% if page %}<img src="{{ base_url }}/own/logo.svg">{% endif %}{% endblock %}\n',
}
WITH_A_LOOK = CONFIG.replace("theme:\n", "theme:\n  custom_dir: look\n").replace(CSS, CSS + "  - own.css\n")


def without(*settings: str) -> str:
    """Return the configuration without settings that are mistakes where the site has another address, or none."""
    config, count = re.subn(rf"^    (?:{'|'.join(settings)}): .*\n", "", CONFIG, flags=re.MULTILINE)
    assert count == len(settings)
    return config


VARIANTS = {
    "the plugin": {"mkdocs.yml": CONFIG},
    "the hooks": {"mkdocs.yml": HOOKS_CONFIG},
    "addresses of files": {"mkdocs.yml": CONFIG + "use_directory_urls: false\n"},
    "below a folder": {
        "mkdocs.yml": without("robots").replace(
            "https://imagedocs.example/", "https://imagedocs.example/base/"
        )
    },
    "no address": {
        "mkdocs.yml": without("robots", "feeds").replace("site_url: https://imagedocs.example/\n", "")
    },
    "templates and styles of its own": {**FILES, "mkdocs.yml": WITH_A_LOOK},
}


def assets_of(page: Path) -> list[str]:
    """What a page loads, and the program of its search."""
    html = page.read_text("utf-8")
    pattern = r'<(?:script|img) [^>]*?src="([^"]+)"|<link rel="(?:stylesheet|icon)" href="([^"]+)"|"search": "([^"]+)"'
    return [next(filter(None, groups)) for groups in re.findall(pattern, html)]


def missing(site: Path, base: str = "/") -> list[str]:
    """What pages load that is not there."""
    found: list[str] = []
    for page in site.rglob("*.html"):
        here = urljoin(base, page.relative_to(site).as_posix())
        for asset in assets_of(page):
            there = urljoin(here, asset).removeprefix(base)
            found += [] if (site / there).is_file() else [f"{here}: {asset}"]
    return found


@pytest.mark.parametrize("name", VARIANTS)
def test_every_page_finds_them(tmp_path: Path, name: str) -> None:
    root = small_project(tmp_path, {**FILES, **VARIANTS[name]}, with_hooks=name == "the hooks")
    result = run_mkdocs(root, "build", "--strict")
    assert result.returncode == 0, result.stderr
    site = root / "site"
    if name != "no address":  # then pages for what is not there are at a root that nobody knows
        assert missing(site, "/base/" if name == "below a folder" else "/") == []
    assert len(assets_of(site / ("es/index.html"))) >= 5
    shared = [path.relative_to(site / "es").as_posix() for path in (site / "es").rglob("*") if path.is_file()]
    own = ["own.css", "own/logo.svg"] if "look/main.html" in VARIANTS[name] else ["own.css"]
    assert [path for path in shared if path.endswith((".css", ".js", ".svg", ".png"))] == own
    assert list(site.rglob("*.map")) == []


def test_styles_and_scripts_of_ours_are_one_file_each_in_their_order(tmp_path: Path) -> None:
    files = {**FILES, "mkdocs.yml": WITH_A_LOOK}
    root = small_project(tmp_path, files)
    assert run_mkdocs(root, "build").returncode == 0
    assets = [name.rpartition("/")[2] for name in assets_of(root / "site/index.html")]
    assert [name for name in assets if name.startswith(("learn", "own", "imagedocs.c"))] == [
        "learn.css",
        "own.css",
        "imagedocs.css",
    ]
    (script,) = (root / "site/assets/javascripts").glob("extra.*.js")
    theme = Path(__file__).parent.parent / "includes/theme/assets/javascripts"
    text, place = script.read_text("utf-8"), -1
    for name in ("learn.js", "imagedocs.js"):
        place, before = text.index((theme / name).read_text("utf-8").strip()), place
        assert place > before


def test_a_language_that_is_built_alone_has_them_beside_it(tmp_path: Path) -> None:
    root = small_project(tmp_path, FILES)
    for _ in ("made", "kept"):
        assert run_mkdocs(root, "build", "--strict", IMAGEDOCS_LOCALE="es").returncode == 0
        site = root / "site"
        assert sorted(path.name for path in site.iterdir()) == ["assets", "es"]
        assert missing(site) == []
        shutil.rmtree(site)


def test_the_choice_of_colours_holds_in_every_language(tmp_path: Path) -> None:
    config = CONFIG.replace("https://imagedocs.example/", "https://imagedocs.example/base/")
    root = small_project(tmp_path, FILES | {"mkdocs.yml": config})
    assert run_mkdocs(root, "build").returncode == 0
    for page in ("index.html", "es/index.html", "es/assets/a/b/index.html"):
        assert '__md_scope=new URL("/base/",location)' in (root / "site" / page).read_text("utf-8")


LUNR = "assets/javascripts/lunr/"
PROGRAMS = ("tinyseg.js", "wordcut.js", "min/lunr.it.min.js", "min/lunr.ja.min.js", "min/lunr.th.min.js")
SUPPORT = ("min/lunr.stemmer.support.min.js", "min/lunr.multi.min.js")


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (["en"], []),
        (["en", "it"], ["min/lunr.it.min.js", *SUPPORT]),
        (["ja"], ["tinyseg.js", "min/lunr.ja.min.js", *SUPPORT]),
        (["th"], ["wordcut.js", "min/lunr.th.min.js", *SUPPORT]),
    ],
    ids=lambda value: " ".join(value) if "en" in value else "",
)
def test_only_what_the_search_loads_is_published(languages: list[str], expected: list[str]) -> None:
    files = [LUNR + name for name in (*PROGRAMS, *SUPPORT)]
    assert [place for place in files if is_loaded_by_search(place, languages)] == [
        LUNR + name for name in expected
    ]
    assert is_loaded_by_search("assets/javascripts/bundle.js", languages)


def test_the_stemmer_of_a_language_is_there_once(tmp_path: Path) -> None:
    locales = LOCALES.replace("search: {language: es, inflections: true}", "search: {language: es}")
    assert locales != LOCALES
    root = small_project(tmp_path, FILES | {"locales/locales.yaml": locales})
    assert run_mkdocs(root, "build").returncode == 0
    site = root / "site"
    assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*lunr*.js")) == [
        f"{LUNR}min/lunr.es.min.js",
        f"{LUNR}min/lunr.multi.min.js",
        f"{LUNR}min/lunr.stemmer.support.min.js",
    ]
