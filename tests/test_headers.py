"""The headers that a build writes for hosts: the built site works with them, and they allow nothing that it doesn't use."""

import functools
import http.server
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from conftest import ROOT, run_mkdocs
from imagedocs.build.page_sources import sources_of_css, sources_of_html
from small_project import CONFIG, problems_of, small_project
from test_accessibility import KINDS, ONLY_IN_ENGLISH

SITE = "https://docs.example/"
CONCEPT = "concept-prebuilt-docker-images-inference/"


def read_headers(text: str) -> dict[str, dict[str, str]]:
    """Read a file `_headers` as Netlify and Cloudflare Pages do: pattern of addresses -> headers."""
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        assert len(line) <= 2000, "Cloudflare Pages reads no longer lines"
        if not line[0].isspace():
            current = found.setdefault(line.strip(), {})
            continue
        name, colon, value = line.strip().partition(": ")
        assert colon
        current[name] = value
    return found


class _Host(http.server.SimpleHTTPRequestHandler):
    """Host that sends the headers which the site has in its file."""

    headers_of_site: dict[str, str]

    def end_headers(self) -> None:
        for name, value in self.headers_of_site.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    """Address of the built site, on a host that sends exactly what its file says."""
    headers = read_headers((site / "_headers").read_text("utf-8"))
    assert [*headers] == ["/*"]
    handler = type("Host", (_Host,), {"headers_of_site": headers["/*"]})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(browser: Browser, host: str) -> Iterator[tuple[Page, list[str]]]:
    """A page in which a Spanish reader visits the host, and what the browser refuses there."""
    context = browser.new_context(locale="es", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    refused: list[str] = []

    def refuse(said: str) -> None:
        refused.append(said)

    page.expose_function("refuse", refuse)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => refuse(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`))"
    )
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    yield page, refused
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("url", ["", "ja/"])
def test_nothing_on_any_kind_of_page_is_refused(host: str, reader: tuple[Page, list[str]], url: str) -> None:
    page, refused = reader
    for kind, path in (KINDS | ({} if url else ONLY_IN_ENGLISH)).items():
        answer = page.goto(f"{host}/{url}{path}", wait_until="load")
        assert answer is not None
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert page.evaluate("document.body.dataset.mdColorScheme"), kind
        assert refused == [], kind


@pytest.mark.browser
def test_everything_works(host: str, reader: tuple[Page, list[str]]) -> None:
    page, refused = reader
    page.goto(f"{host}/{CONCEPT}")
    page.locator("input[name=accelerator][value=gpu]").check(force=True)
    assert page.locator(".imagedocs-image:visible").count() == 1
    page.locator(".imagedocs-image:visible .md-code__button").first.click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("docker pull mcr.microsoft.com/")
    page.locator("label[for^=__palette]:visible").click()  # light
    page.locator("label[for^=__palette]:visible").click()  # dark
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.locator(".imagedocs-offer a").click()
    page.wait_for_url(f"{host}/es/{CONCEPT}*")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.keyboard.press("/")
    page.keyboard.type("minimal-py312")
    page.keyboard.press("Shift")
    page.locator('.md-search-result__item a[href*="/es/images/minimal-py312"]').first.wait_for()
    page.goto(f"{host}/es/translations/")
    cell = page.locator(".imagedocs-right").first
    assert cell.evaluate("(cell) => getComputedStyle(cell).textAlign") == "right"
    assert refused == []


@pytest.mark.browser
def test_what_no_page_has_is_refused(host: str, reader: tuple[Page, list[str]]) -> None:
    page, refused = reader
    page.goto(f"{host}/{CONCEPT}")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hurt = 1'}))"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.hurt") is None
    assert any(said.startswith("script-src-elem inline") for said in refused)


def test_styles_need_no_exception(site: Path) -> None:
    headers = read_headers((site / "_headers").read_text("utf-8"))["/*"]
    assert "; style-src 'self'; " in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize(
    ("title", "begin"), [("headers.conf", "add_header"), ("site-headers.conf", "Header always set")]
)
def test_other_servers_get_the_same_by_the_command_on_the_page(site: Path, title: str, begin: str) -> None:
    page = (ROOT / "docs/en/publish.md").read_text("utf-8")
    (command,) = re.findall(rf"^(sed .*) > {re.escape(title)}$", page, re.MULTILINE)
    made = subprocess.run(
        ["sh", "-c", command], cwd=site.parent, capture_output=True, text=True, check=True
    ).stdout
    ending = " always;" if begin == "add_header" else ""
    headers = read_headers((site / "_headers").read_text("utf-8"))["/*"]
    assert made.splitlines() == [f'{begin} {name} "{value}"{ending}' for name, value in headers.items()]


@pytest.mark.parametrize(
    ("html", "sources"),
    [
        ('<script src="a.js"></script><img src="/b.png"><img src="https://docs.example/c.png">', {}),
        ('<script type="application/ld+json">{}</script>', {}),
        ("<script>a</script>", {"script-src": {"'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"}}),
        ('<code>&lt;p style="color: red"&gt;</code><!-- <script>a</script> -->', {}),
        ('<p style="a">', {"style-src-attr": {"'unsafe-hashes'", "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"}}),
        ("<p onclick=a>", {"script-src-attr": {"'unsafe-hashes'", "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"}}),
        ("<style>a</style>", {"style-src": {"'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"}}),
        ('<IFRAME title="a>b" SRC="https://video.example/player?id=1">', {"frame-src": {"https://video.example"}}),
        ('<img srcset="//a.example/1.png 1x, https://b.example/2.png 2x">', {"img-src": {"https://a.example", "https://b.example"}}),
        ('<link rel=stylesheet href="https://fonts.example/css?a&amp;b">', {"style-src": {"https://fonts.example"}}),
        ('<link rel="preconnect" href="https://files.example" crossorigin>', {"font-src": {"https://files.example"}}),
        ('<a href="https://github.com/o/r" class="md-source" data-md-component="source">', {"connect-src": {"https://api.github.com"}}),
        ('<a href="https://elsewhere.example/">', {}),
    ],
)  # fmt: skip
def test_what_pages_use_is_allowed(html: str, sources: dict[str, set[str]]) -> None:
    assert sources_of_html(html, SITE) == sources


def test_what_style_sheets_use_is_allowed() -> None:
    css = '@import "https://a.example/a.css"; b { background: url(https://c.example/d.svg) } e { mask: url(f.svg) }'
    assert sources_of_css(css, SITE) == {
        "style-src": {"https://a.example"},
        "img-src": {"https://c.example"},
        "font-src": {"https://c.example"},
    }


def project(folder: Path, headers: str, files: dict[str, str] | None = None) -> Path:
    config = CONFIG.replace(
        next(line for line in CONFIG.splitlines() if line.startswith("    headers:")), headers
    ).replace("https://imagedocs.example/", "https://docs.example/images/")
    config = re.sub("    robots: .*\n", "", config)  # which counts at the root of a host only
    pages = {
        "docs/en/index.md": "# Home\n",
        "docs/en/other.md": "# Other\n",
        "docs/es/index.md": "# Inicio\n",
    }
    return small_project(folder, pages | (files or {}) | {"mkdocs.yml": config})


def test_the_file_is_the_same_after_any_build(tmp_path: Path) -> None:
    root = project(tmp_path, "    headers: {connect-src: [https://api.example]}")
    file = root / "site/_headers"

    def build(*options: str) -> str:
        result = run_mkdocs(root, "build", *options)
        assert result.returncode == 0, result.stderr
        return file.read_text("utf-8")

    first = build()
    assert [*read_headers(first)] == ["/images/*"]
    assert "connect-src 'self' https://api.example;" in first
    assert build() == first, "nothing has changed"
    page = root / "docs/es/index.md"
    page.write_text("# Inicio\n\n![](https://pictures.example/a.png)\n", "utf-8")
    changed = build()
    assert "img-src 'self' data: https://pictures.example;" in changed
    assert build("--clean") == changed
    page.write_text("# Inicio\n", "utf-8")
    assert build() == first
    config = root / "mkdocs.yml"
    config.write_text(re.sub("    headers: .*", "    headers: false", config.read_text("utf-8")), "utf-8")
    assert run_mkdocs(root, "build").returncode == 0
    assert not file.exists()


def test_a_file_of_the_project_stays(tmp_path: Path) -> None:
    root = project(tmp_path, "    headers: true", {"docs/en/_headers": "/*\n  X-Own: yes\n"})
    assert any("docs/en/_headers" in line and "page-collision" in line for line in problems_of(root))
    assert run_mkdocs(root, "build").returncode == 0
    assert (root / "site/_headers").read_text("utf-8") == "/*\n  X-Own: yes\n"


@pytest.mark.parametrize(
    "value", ["{img-src: https://a.example}", '{img-src: ["a; script-src *"]}', "{image-src: []}", "maybe"]
)
def test_what_is_no_setting_is_a_problem(tmp_path: Path, value: str) -> None:
    root = project(tmp_path, f"    headers: {value}")
    (found,) = [line for line in problems_of(root) if line.startswith("mkdocs.yml:")]
    assert re.search("wrong-type|unknown-key", found)
