"""imagedocs beside other plugins of MkDocs, each the real one: nothing sound is called wrong, and nothing is lost."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from added_project import Built, added_site, build_added
from sampling import sample

LIST = "<!-- imagedocs: list -->"
BIN = Path(sys.executable).parent
MATERIAL = {"name": "material", "font": False}


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772366400")  # 2026-03-01


def built(folder: Path, pages: dict[str, str], plugins: list[object], **settings: object) -> Built:
    """Build a site with other plugins."""
    return build_added(added_site(folder, pages, plugins=plugins, **settings))


def told(site: Built) -> list[str]:
    """Return place and rule of each warning, and whatever is said by others."""
    return [
        re.sub(r"^imagedocs: (\S+): \w+: ([a-z-]+): .*", r"\1 \2", warning, flags=re.DOTALL)
        for warning in site.warnings
    ]


def test_macros(tmp_path: Path) -> None:
    page = f"---\ntitle: T\n---\n# P {{{{ 1 + 1 }}}}\n\n{LIST}\n\n[made](no{{{{ 1 }}}}.md)\n\n[written](gone.md)\n"
    site = built(tmp_path, {"index.md": page}, ["macros", "imagedocs"])
    assert told(site) == ["docs/index.md broken-link", "docs/index.md:10:11 broken-link"]
    assert "a plugin (macros) put them there" in site.warnings[0]
    assert "team/web:2.0" in site.page()


def test_a_page_without_text(tmp_path: Path) -> None:
    site = built(tmp_path, {"index.md": "# P\n\n[e](e.md)\n", "e.md": "---\ntitle: E\n---\n"}, ["imagedocs"])
    assert told(site) == []


def test_awesome_nav(tmp_path: Path) -> None:
    pages = {"index.md": f"# P\n\n{LIST}\n", "a/b.md": "# B\n", "a/.nav.yml": "nav: [b.md]\n"}
    site = built(tmp_path, pages, ["imagedocs", "awesome-nav"], extra={"imagedocs": {"images": True}})
    assert told(site) == []
    assert (site.site / "images/web/index.html").exists()


def test_redirects(tmp_path: Path) -> None:
    page = '# P\n\n<a href="old/">lands</a>\n\n[doesn\'t](old.md)\n'
    plugins = ["imagedocs", {"redirects": {"redirect_maps": {"old.md": "new.md"}}}]
    site = built(tmp_path, {"index.md": page, "new.md": "# N\n"}, plugins)
    assert told(site) == ["docs/index.md:5:11 broken-link"]
    assert 'write "new.md"' in site.warnings[0]


def test_generated_files(tmp_path: Path) -> None:
    program = f"import mkdocs_gen_files\nwith mkdocs_gen_files.open('g.md', 'w') as f: f.write('# G\\n\\n[b](no.md)\\n\\n{LIST}\\n')\n"
    (tmp_path / "gen.py").write_text(program)
    site = built(
        tmp_path, {"index.md": "# P\n\n[g](g.md)\n"}, ["imagedocs", {"gen-files": {"scripts": ["gen.py"]}}]
    )
    assert told(site) == ["mkdocs.yml broken-link"]
    assert "g.md, made by the plugin" in site.warnings[0]
    assert "team/web:2.0" in site.page("g/index.html")


def test_material_blog_and_tags(tmp_path: Path) -> None:
    pages = {
        "index.md": "# P\n\n[post](blog/posts/a.md) [part](blog/posts/a.md#x)\n",
        "blog/index.md": "# Blog\n",
        "blog/posts/a.md": f"---\ndate: 2026-01-01\ntags: [a]\n---\n# Post\n\nx\n\n<!-- more -->\n\n{LIST}\n\n[h](../../index.md)\n",
    }  # fmt: skip
    site = built(tmp_path, pages, ["imagedocs", "blog", "tags"], theme=MATERIAL)
    assert told(site) == ["docs/index.md:3:32 broken-anchor"]
    assert "team/web:2.0" in site.page("blog/2026/01/01/post/index.html")


def test_static_i18n(tmp_path: Path) -> None:
    pages = {
        "index.md": f"# P\n\n{LIST}\n\n[a](a.md)\n", "index.de.md": f"# S\n\n{LIST}\n\n[a](a.md)\n",
        "a.md": "# A\n", "a.de.md": "# A\n\n[x](no.md)\n",
    }  # fmt: skip
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    plugins = ["imagedocs", {"i18n": {"languages": languages}}]
    site = built(tmp_path, pages, plugins, theme=MATERIAL, extra={"imagedocs": {"images": True}})
    assert told(site) == ["docs/a.de.md:3:5 broken-link"]
    assert ("Supported" in site.page(), "Unterstützt" in site.page()) == (True, False)
    assert ("Supported" in site.page("de/index.html"), "Unterstützt" in site.page("de/index.html")) == (
        False,
        True,
    )
    assert "Unterstützt" in site.page("de/images/web/index.html")


def test_include_markdown(tmp_path: Path) -> None:
    pages = {
        "index.md": f'# P\n\n{{% include-markdown "part.txt" %}}\n\n{LIST}\n',
        "part.txt": "[n](no.md)\n",
    }
    site = built(tmp_path, pages, ["imagedocs", "include-markdown"])
    assert told(site) == ["docs/index.md broken-link"]
    assert "team/web:2.0" in site.page()


def test_literate_nav(tmp_path: Path) -> None:
    pages = {
        "index.md": f"# P\n\n{LIST}\n",
        "part/index.md": "# Part\n\n[wrong](no.md)\n",
        "SUMMARY.md": "* [Home](index.md)\n* [Part](part/)\n* [Images](images/index.md)\n",
    }
    plugins = ["literate-nav", "imagedocs"]
    site = built(tmp_path, pages, plugins, theme=MATERIAL, extra={"imagedocs": {"images": True}})
    assert told(site) == ["docs/part/index.md:3:9 broken-link"]
    assert re.search(r'href="images/"[^>]*>\s*<span class="md-ellipsis">\s*Images', site.page())


VERSIONS = [[("1.0", "2.0")], [("1.0", "2.0"), ("2.0", "2.1")]]
"""Versions of a site, each with a tag that it lists."""


@pytest.mark.parametrize("versions", sample(VERSIONS, lambda versions: len(versions) == 1), ids=len)
def test_mike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, versions: list[tuple[str, str]]) -> None:
    """Each version of a site has its own list, pages and addresses."""
    home = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "NO_MKDOCS_2_WARNING": "1",
        "PATH": f"{BIN}:{os.environ['PATH']}",
    }
    for name in ("AUTHOR", "COMMITTER"):
        home |= {f"GIT_{name}_NAME": "n", f"GIT_{name}_EMAIL": "n@example.org"}
    for key, value in home.items():
        monkeypatch.setenv(key, value)
    settings = {"images": True, "data": True, "feeds": True, "badges": True, "owner": "example.org,2026"}
    added_site(
        tmp_path, {"index.md": f"# P\n\n{LIST}\n"}, plugins=["mike", "imagedocs"], theme=MATERIAL,
        site_url="https://example.org/team/", extra={"imagedocs": settings},
    )  # fmt: skip

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("git", "init", "-q", "-b", "main")
    catalog = tmp_path / "catalog/images.yaml"
    for version, tag in versions:
        catalog.write_text(catalog.read_text("utf-8").replace('tag: "2.0"', f'tag: "{tag}"'), "utf-8")
        run("git", "add", "-A", ":!site")
        run("git", "commit", "-q", "-m", version)
        run("mike", "deploy", version)
    for version, tag in versions:
        assert f"team/web:{tag}" in run("git", "show", f"gh-pages:{version}/index.html")
        assert f"team/web:{tag}" in run("git", "show", f"gh-pages:{version}/images/web/index.html")
        for file in ("feeds/images.atom", "feeds/images.ics", "api/v0/images.json", "images/web/index.html"):
            text = run("git", "show", f"gh-pages:{version}/{file}").replace("\r\n ", "")
            found = {match[1] for match in re.finditer(r"https://example\.org/team/([^/\"<]*/)", text)}
            assert found == {f"{version}/"}, file
