"""Feeds, calendars and texts on the built site: read by foreign parsers, in each language, made again when they change."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser
import icalendar
import pytest
import vobject

from atom_rules import faults
from conftest import run_mkdocs
from small_project import CONFIG, problems_of, small_project

ASKED = "    images: true\n    feeds: true\n    owner: example.org,2025\n    llms: true\n    robots: true\n    lastmod: true\n"
SETTINGS = re.compile(r"^    (?:images|feeds|owner|llms|robots|lastmod): .*\n", re.MULTILINE)
PLAIN = SETTINGS.sub("", CONFIG)
WITH_ALL = PLAIN.replace("  imagedocs:\n", f"  imagedocs:\n{ASKED}")
HOSTILE = 'It says <script>alert(1)</script> ]]> & \\"x\\";,\\\\n.'
CATALOG = f"""\
version: 2
registry: mcr.microsoft.com
columns: [python]
images:
  - {{id: web, repository: azureml/minimal-py312-inference, tag: latest, python: "3.12",
     listed: {{from: 2025-09-24}},
     support: {{until: 2027-01-31, since: 2025-10-01, source: a mail}},
     known_issues: [{{tag: 20260401.v1, text: "{HOSTILE}", since: 2026-04-08, source: a mail}}]}}
  - {{id: old, repository: azureml/minimal-ubuntu20.04-py38-cpu-inference, tag: latest, python: "3.8", status: removed,
     listed: {{from: 2022-07-14, until: 2025-09-24}}, replacement: web}}
"""
HOME = """\
---
title: Home
description: Where all begins.
---
# Home

See [other](other.md#part), [this](#home), [Spanish](../es/other.md), [an image](images/web.md#pull) and
[the image](pic.png).

> [!NOTE]
> 1 < 2, *really*.

| a | b |
|---|---|
| `x|y` | <b>z</b> |

```python
print("```")
```

[!INCLUDE [changes](../../includes/facts/changes.md)]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(
        tmp_path_factory.mktemp("feeds"),
        {
            "mkdocs.yml": WITH_ALL,
            "catalog/images.yaml": CATALOG,
            "docs/en/index.md": HOME.replace(", [Spanish](../es/other.md)", ""),
            "docs/en/pic.png": "x",
            "docs/en/other.md": '# Other\n\n## <a name="part"></a>Part\n\n[Home](index.md)\n',
            "includes/facts/changes.md.j2": "{% for each in changes %}{{ each.day|date }} {% endfor %}",
        },
    )
    build = run_mkdocs(folder, "build")
    assert "Traceback" not in build.stderr, build.stderr
    assert build.returncode == 0, build.stderr
    return folder / "site"


def address(site: Path, file: Path) -> str:
    return f"https://imagedocs.example/{file.relative_to(site).as_posix()}"


def test_each_image_has_a_feed_in_each_language(built: Path) -> None:
    found = sorted(file.relative_to(built).as_posix() for file in built.rglob("*.atom"))
    names = ["feeds/images.atom", "feeds/images/old.atom", "feeds/images/web.atom"]
    assert found == sorted([*names, *(f"es/{name}" for name in names)])
    seen: set[str] = set()
    for file in built.rglob("*.atom"):
        content = file.read_bytes()
        assert faults(content, address(built, file)) == []
        read: Any = feedparser.parse(content)
        assert not read.bozo
        assert read.feed.language == ("es" if "es/feeds" in file.as_posix() else "en")
        assert read.feed.author == (
            "Imágenes de contenedor precompiladas"
            if "es/feeds" in file.as_posix()
            else "Prebuilt container images"
        )
        assert read.feed.id not in seen
        seen.add(read.feed.id)
        for link in [read.feed.link, *(entry.link for entry in read.entries)]:
            page = unquote(urlsplit(link).path).removeprefix("/")
            assert (built / page / "index.html").is_file(), link


def test_entries_say_what_happened_with_the_evidence(built: Path) -> None:
    read: Any = feedparser.parse((built / "feeds/images.atom").read_bytes())
    assert [(entry.updated[:10], entry.title) for entry in read.entries[:2]] == [
        ("2026-04-08", "Known issue: minimal-py312-inference:20260401.v1"),
        ("2025-09-24", read.entries[1].title),
    ]
    titles = {entry.title: entry for entry in read.entries}
    gone = titles["Withdrawn: minimal-ubuntu20.04-py38-cpu-inference"]
    assert gone.id == "tag:example.org,2025:en/old/withdrawn/2025-09-24"
    assert (
        'Use <a href="https://imagedocs.example/images/web/">minimal-py312-inference</a> instead.'
        in gone.content[0].value
    )
    issue = read.entries[0].content[0].value
    assert "<script" not in issue
    assert "It says &lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp; &quot;x&quot;;,\\n." in issue
    assert "Source: a mail." in issue
    spanish: Any = feedparser.parse((built / "es/feeds/images/web.atom").read_bytes())
    assert (
        'Origen: <span lang="en"' in spanish.entries[0].content[0].value
        or "Fuente: <span" in spanish.entries[0].content[0].value
    )
    assert {entry.id for entry in spanish.entries}.isdisjoint(entry.id for entry in read.entries)


def test_an_entry_that_comes_due_appears_when_it_is_past(built: Path) -> None:
    read: Any = feedparser.parse((built / "feeds/images.atom").read_bytes())
    assert not [entry for entry in read.entries if entry.title.startswith("No longer supported")]


def test_days_on_which_support_ends_are_in_calendars(built: Path) -> None:
    found = {file.relative_to(built).as_posix() for file in built.rglob("*.ics")}
    assert {"feeds/images.ics", "es/feeds/images/web.ics", "feeds/images/old.ics"} <= found
    for name in found:
        read: Any = vobject.readOne((built / name).read_bytes().decode())
        assert read.validate(raiseException=True)
    calendar: Any = icalendar.Calendar.from_ical((built / "feeds/images.ics").read_bytes())
    days = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    ends = days["en/web/support-ends@example.org"]
    assert ends["DTSTART"].dt == date(2027, 1, 31)
    assert ends["DTSTAMP"].dt.date() == date(2025, 10, 1)
    assert ends["URL"] == "https://imagedocs.example/images/web/"
    assert days["en/old/withdrawn@example.org"]["DTSTART"].dt == date(2025, 9, 24)


def test_pages_lead_to_their_feeds_and_calendars(built: Path) -> None:
    for root in ("", "es/"):
        html = (built / f"{root}images/web/index.html").read_text("utf-8")
        feeds = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" title="([^"]+)" href="([^"]+)">', html
        )
        assert [href for _, href in feeds] == ["../../feeds/images/web.atom", "../../feeds/images.atom"]
        assert f'href="webcal://imagedocs.example/{root}feeds/images/web.ics"' in html
        assert 'href="../../feeds/images/web.atom"' in html
    home = (built / "index.html").read_text("utf-8")
    assert re.findall(r'<link rel="alternate" type="([^"]+)"[^>]*? href="([^"]+)">', home) == [
        ("text/markdown", "index.md"),
        ("application/atom+xml", "feeds/images.atom"),
    ]


def test_each_page_for_readers_has_a_text(built: Path) -> None:
    text = (built / "index.md").read_text("utf-8")
    assert text.startswith("# Home\n\nSee [other](https://imagedocs.example/other/index.md), this, ")
    assert "[an image](https://imagedocs.example/images/web/index.md)" in text
    assert "[the image](https://imagedocs.example/pic.png)" in text
    assert "> **Note**\n>\n> 1 \\< 2, *really*." in text
    assert "| `x\\|y` | **z** |" in text
    assert '````python\nprint("```")\n````' in text
    assert "April 8, 2026" not in text
    assert "September 24, 2025" in text
    assert "{%" not in text
    issue = (built / "images/web/index.md").read_text("utf-8")
    assert "\\<script>alert(1)\\</script>" in issue
    assert not (built / "es/other/index.md").exists()  # shown in English: its text is the English one


def links_of(text: str) -> Iterator[str]:
    yield from re.findall(r"\]\((https://imagedocs\.example/[^)#]*)", text)


def test_every_link_of_texts_leads_somewhere(built: Path) -> None:
    texts = [*built.rglob("*.md"), *built.rglob("llms.txt")]
    assert len(texts) > 8
    checked = 0
    for file in texts:
        for link in links_of(file.read_text("utf-8")):
            target = built / unquote(urlsplit(link).path).removeprefix("/")
            assert (target / "index.html" if link.endswith("/") else target).is_file(), (file, link)
            checked += 1
    assert checked > 20


LINK = re.compile(r"-\s*\[(?P<title>[^\]]+)\]\((?P<url>[^\)]+)\)(?::\s*(?P<desc>.*))?")
"""What the specification's own parser reads (https://llmstxt.org, "parse_llms_file")."""


def test_llms_txt_has_the_form_of_its_specification(built: Path) -> None:
    text = (built / "llms.txt").read_text("utf-8")
    start, *sections = re.split(r"^##\s*(.*?)$", text, flags=re.MULTILINE)
    match = re.match(
        r"^# (?P<title>.+?$)\n+(?:^>\s*(?P<summary>.+?$)$)?\n+(?P<info>.*)", start.strip(), re.M | re.S
    )
    assert match is not None
    assert match["title"] == "Prebuilt container images"
    assert match["summary"].startswith("A list of prebuilt container images")
    found = dict(zip(sections[::2], sections[1::2], strict=True))
    assert [*found] == ["Pages", "Images", "Optional", "Other languages"]
    for links in found.values():
        assert all(LINK.fullmatch(line) for line in links.strip().splitlines())
    assert "- [Home](https://imagedocs.example/index.md): Where all begins." in found["Pages"]
    assert "/images/web/index.md): A container image with Python 3.12." in found["Images"]
    assert "/images/old/index.md)" in found["Optional"]
    assert "- [Español](https://imagedocs.example/es/llms.txt)" in found["Other languages"]
    assert "## Imágenes\n" in (built / "es/llms.txt").read_text("utf-8")


def test_robots_are_led_to_the_sitemap(built: Path) -> None:
    assert (built / "robots.txt").read_text("utf-8").splitlines()[-1] == (
        "Sitemap: https://imagedocs.example/sitemap-index.xml"
    )
    assert (built / "sitemap-index.xml").is_file()
    assert not (built / "es/robots.txt").exists()


def test_without_git_no_day_is_claimed(built: Path) -> None:
    assert "<lastmod>" not in (built / "sitemap.xml").read_text("utf-8")


def test_what_changes_is_made_again_and_the_same_gives_the_same_bytes(built: Path) -> None:
    folder = built.parent

    def files() -> dict[str, bytes]:
        ends = (".atom", ".ics", ".md", ".txt")
        return {
            file.relative_to(built).as_posix(): file.read_bytes()
            for file in built.rglob("*")
            if file.suffix in ends
        }

    before = files()
    catalog = folder / "catalog/images.yaml"
    catalog.write_text(CATALOG.replace("listed: {from: 2025-09-24}", "listed: {from: 2025-09-25}"), "utf-8")
    run_mkdocs(folder, "build")
    changed = {name for name, content in files().items() if before.get(name) != content}
    assert "feeds/images/web.atom" in changed
    assert "es/feeds/images.atom" in changed
    assert "images/web/index.md" in changed
    assert not changed & {"feeds/images/old.atom", "feeds/images/old.ics", "other/index.md", "robots.txt"}
    catalog.write_text(CATALOG, "utf-8")
    again = run_mkdocs(folder, "build", "--clean")
    assert "Traceback" not in again.stderr
    assert files() == before


def asked(*settings: str, site_url: str = "https://imagedocs.example/") -> str:
    lines = "".join(f"    {each}\n" for each in settings)
    config = PLAIN.replace(
        "site_url: https://imagedocs.example/", f"site_url: {site_url}" if site_url else ""
    )
    return config.replace("  imagedocs:\n", f"  imagedocs:\n{lines}")


NO_OWNER = (
    "missing-field: feeds need ids that last for ever, and extra.imagedocs has no owner to make them from; write "
    "owner: imagedocs.example,2026 with a domain of yours, and never change it"
)
OTHER_NAME = "give the file another name, or write"
FOLDER = (
    "missing-field: robots.txt counts at the root of a host only, and site_url has the path /docs/; remove robots, and "
    "write into the robots.txt of the host: Sitemap: https://example.org/docs/sitemap-index.xml"
)
NO_ADDRESS = "there is no site_url; write site_url: https://example.org/"


@pytest.mark.parametrize(
    ("config", "files", "expected"),
    [
        pytest.param(asked("feeds: true"), {}, [NO_OWNER], id="feeds without an owner"),
        pytest.param(
            asked("feeds: true", "owner: example.org,2025", "robots: true", site_url=""),
            {},
            [
                f"missing-field: feeds need the address of the site, and {NO_ADDRESS}",
                f"missing-field: robots.txt needs the address of the site, and {NO_ADDRESS}",
            ],
            id="without an address",
        ),
        pytest.param(
            asked("robots: true", site_url="https://example.org/docs/"),
            {},
            [FOLDER],
            id="robots.txt in a folder",
        ),
        pytest.param(
            asked("llms: true", "robots: true"),
            {"docs/en/robots.txt": "x", "docs/es/LLMS.txt": "x"},
            [
                f'page-collision: "llms.txt" cannot be published: docs/es/LLMS.txt is there; {OTHER_NAME} llms: false',
                f'page-collision: "robots.txt" cannot be published: docs/en/robots.txt is there; {OTHER_NAME} robots: false',
            ],
            id="files of the project",
        ),
        pytest.param(
            asked("owner: example", "robots: {prefix: x}"),
            {},
            [
                'wrong-type: expected true or false, found a mapping',
                'wrong-type: expected a domain',
            ],
            id="settings of another form",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_published_is_a_problem(
    tmp_path: Path, config: str, files: dict[str, str], expected: list[str]
) -> None:
    small_project(tmp_path, {"mkdocs.yml": config, **files})
    found = [each for each in problems_of(tmp_path) if each.startswith("mkdocs.yml")]
    assert len(found) == len(expected), found
    for wanted in expected:
        assert [each for each in found if wanted in each], (wanted, found)


def test_a_site_that_asks_for_nothing_has_nothing(tmp_path: Path) -> None:
    small_project(tmp_path, {"mkdocs.yml": PLAIN})
    run_mkdocs(tmp_path, "build")
    site = tmp_path / "site"
    assert (site / "index.html").is_file()
    ends = (".atom", ".ics", ".md", ".txt")
    assert not [file for file in site.rglob("*") if file.suffix in ends]
    assert 'type="text/markdown"' not in (site / "index.html").read_text("utf-8")


def test_texts_of_a_site_without_an_address_lead_to_each_other(tmp_path: Path) -> None:
    config = asked("llms: true", "images: true", site_url="").replace(
        "docs_dir:", "use_directory_urls: false\ndocs_dir:"
    )
    small_project(
        tmp_path,
        {
            "mkdocs.yml": config,
            "catalog/images.yaml": CATALOG,
            "docs/en/index.md": "# Home\n\n[Part](a/part.md#x), [an image](images/web.md), ![pic](a/p%20q.png)\n",
            "docs/en/a/part.md": "# Part\n\n[Home](../index.md), [file](p%20q.png), [mail](mailto:a@example.org)\n",
            "docs/en/a/p q.png": "x",
            "docs/es/index.md": "# Inicio\n\n[Imagen](images/web.md)\n",
        },
    )
    run_mkdocs(tmp_path, "build")
    site = tmp_path / "site"
    home = "# Home\n\n[Part](a/part.md), [an image](images/web.md), ![pic](a/p%20q.png)\n"
    assert (site / "index.md").read_text("utf-8") == home
    part = "# Part\n\n[Home](../index.md), [file](p%20q.png), [mail](mailto:a@example.org)\n"
    assert (site / "a/part.md").read_text("utf-8") == part
    assert (site / "es/index.md").read_text("utf-8") == "# Inicio\n\n[Imagen](images/web.md)\n"
    assert '<link rel="alternate" type="text/markdown" href="part.md">' in (site / "a/part.html").read_text(
        "utf-8"
    )
    assert "- [English](../llms.txt)" in (site / "es/llms.txt").read_text("utf-8")
    assert "- [Español](es/llms.txt)" in (site / "llms.txt").read_text("utf-8")
    assert "- [Part](a/part.md)" in (site / "llms.txt").read_text("utf-8")
