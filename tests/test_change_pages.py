"""The pages that say what changed: made from the catalog, linked, checked and told of like the pages of images."""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.catalog import load_catalog
from imagedocs.project import Project
from imagedocs.publishing.image_values import ImageLink
from imagedocs.publishing.timeline import MAX_IMAGES, Timeline, timeline_of
from small_project import CONFIG, problems_of, small_project

SETTINGS = "    images: true\n    changes: true\n    llms: true\n"
WITH_PAGES = CONFIG.replace("  imagedocs:\n", f"  imagedocs:\n{SETTINGS}")
CATALOG = """\
version: 2
registry: mcr.microsoft.com
columns: [python]
images:
  - {id: web, repository: azureml/minimal-py312-inference, tag: latest, python: "3.12", listed: {from: 2025-09-24},
     known_issues: [{tag: 20260401.v1, text: It crashes while it sets up Conda., since: 2026-04-08, source: a mail}]}
  - {id: old, repository: azureml/minimal-ubuntu20.04-py38-cpu-inference, tag: latest, python: "3.8", status: removed,
     listed: {from: 2022-07-14, until: 2025-09-24}, replacement: web}
  - {id: next, repository: azureml/minimal-ubuntu22.04-py39-cpu-inference, tag: latest, python: "3.9",
     support: {until: 2027-01-02, source: a letter}}
"""
HOME = "# Home\n\n[Changed](changes/index.md), [then](changes/2022-07-14.md#images)\n"
ADDRESS = "error: page-collision: has the address of"
RENAME = (
    "which is not shown; give the file another name, or the pages on changes another folder: "
    "extra.imagedocs.changes.prefix in mkdocs.yml"
)
DAY_TEMPLATE = (Path(__file__).parent.parent / "includes/list-of-day.md.j2").read_text("utf-8")
EPOCH = "1796000000"  # 2026-11-30


def project(folder: Path, files: Mapping[str, str]) -> Path:
    config = {"mkdocs.yml": WITH_PAGES, "catalog/images.yaml": CATALOG, "docs/en/index.md": HOME}
    return small_project(folder, {**config, **files})


def line(text: str, begin: str) -> int:
    return next(number for number, each in enumerate(text.splitlines(), 1) if each.startswith(begin))


AT = line(WITH_PAGES, "    changes: ")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, [], id="pages link to them"),
        pytest.param(
            {"docs/en/index.md": "# Home\n\n[Then](changes/2022-07-15.md)\n"},
            [('docs/en/index.md:3:8: error: broken-link: there is no file "docs/en/changes/2022-07-15.md"; did you mean '
             '"changes/2022-07-14.md"?')],
            id="a day on which nothing changed has no page",
        ),
        pytest.param(
            {"docs/en/changes.md": "# Mine\n\nText.\n", "docs/en/index.md": "# Home\n"},
            [f'docs/en/changes.md: {ADDRESS} the page on what changed, "changes/", {RENAME}'],
            id="a file with the address of what changed collides",
        ),
        pytest.param(
            {"docs/es/changes/2022-07-14/index.md": "# Mine\n\nText.\n", "docs/en/index.md": "# Home\n"},
            [(f'docs/es/changes/2022-07-14/index.md: {ADDRESS} the list as it stood on 2022-07-14, "changes/2022-07-14/", '
             f"{RENAME}")],
            id="a file with the address of a day collides",
        ),
        pytest.param(
            {"mkdocs.yml": WITH_PAGES.replace("changes: true", "changes: {prefix: es/news}"), "docs/en/index.md": "# Home\n"},
            [(f'mkdocs.yml:{AT}:23: error: page-collision: the pages on changes cannot be in "es/news": the pages in es are '
             "there; give the pages on changes another prefix")],
            id="the folder is not that of a language",
        ),
        pytest.param(
            {"mkdocs.yml": WITH_PAGES.replace("changes: true", "changes: {prefix: images}"), "docs/en/index.md": "# Home\n"},
            [(f'mkdocs.yml:{AT}:23: error: page-collision: the pages on changes cannot be in "images": a page of images has '
             'the address "images/"; give the pages on changes another prefix')],
            id="the folder is not that of the pages of images",
        ),
        pytest.param(
            {"mkdocs.yml": WITH_PAGES.replace("changes: true", "changes: {prefix: images/web}"), "docs/en/index.md": "# Home\n"},
            [(f'mkdocs.yml:{AT}:23: error: page-collision: the pages on changes cannot be in "images/web": a page of images '
             'has the address "images/web/"; give the pages on changes another prefix')],
            id="nor that of the page of an image",
        ),
        pytest.param(
            {"mkdocs.yml": WITH_PAGES.replace("changes: true", "changes: false"), "docs/en/changes.md": "# Mine\n\nText.\n",
             "docs/en/index.md": "# Home\n\n[Mine](changes.md)\n"},
            [],
            id="without the pages nothing collides",
        ),
        pytest.param(
            {"mkdocs.yml": WITH_PAGES.replace("    images: true\n", "")},
            [],
            id="images need no pages",
        ),
        pytest.param(
            {"includes/second.md.j2": "Text.\n", "docs/en/index.md": "# Home\n\n[Changed](changes/index.md)\n"},
            [],
            id="with two templates nobody knows which one the list has",
        ),
        pytest.param(
            {"includes/list-of-day.md.j2": DAY_TEMPLATE + "[Web](wbe.md)\n", "docs/en/index.md": "# Home\n"},
            [(f'includes/list-of-day.md.j2:{DAY_TEMPLATE.count(chr(10)) + 1}: error: broken-link: there is no file "docs/en/changes/wbe.md"; did you mean '
             '"index.md"?')],
            id="a broken link in the template is one problem, at its line",
        ),
    ],
)  # fmt: skip
def test_pages_on_changes_are_checked(tmp_path: Path, files: Mapping[str, str], expected: list[str]) -> None:
    assert problems_of(project(tmp_path, files)) == expected


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project(tmp_path_factory.mktemp("changes"), {})
    build = run_mkdocs(folder, "build", "--strict", SOURCE_DATE_EPOCH=EPOCH)
    assert build.returncode == 0, build.stderr
    return folder


def page(folder: Path, path: str) -> str:
    return (folder / "site" / path / "index.html").read_text("utf-8")


def text(html: str) -> str:
    """Return the words of the page's article, with single blanks."""
    html = html[html.index("<article") : html.index('<footer class="md-footer')]
    return " ".join(re.sub(r"<[^>]+>", "", html.replace("&para;", "").replace("<li>", " ")).split())


def test_what_changed_is_told_by_day_with_what_is_due_first(built: Path) -> None:
    said = text(page(built, "changes"))
    parts = (
        (
            "What ends soon Known on November 30, 2026: January 2, 2027: "
            "No longer supported: minimal-ubuntu22.04-py39-cpu-inference. Source: a letter."
        ),
        (
            "April 8, 2026 Known issue: minimal-py312-inference. Don't use 20260401.v1. It crashes while it sets up Conda. "
            "Source: a mail."
        ),
        (
            "September 24, 2025 Added: minimal-py312-inference. "
            "Withdrawn: minimal-ubuntu20.04-py38-cpu-inference. Use minimal-py312-inference instead. "
            "The list of September 24, 2025"
        ),
        "July 14, 2022 Added: minimal-ubuntu20.04-py38-cpu-inference. The list of July 14, 2022",
    )
    places = [said.find(part) for part in parts]
    assert -1 not in places, said
    assert places == sorted(places)
    spanish = text(page(built, "es/changes"))
    assert "8 de abril de 2026 Problema conocido: minimal-py312-inference. No use 20260401.v1." in spanish
    assert "La lista del 24 de septiembre de 2025" in spanish


def test_each_event_leads_to_its_image_and_each_day_to_its_list(built: Path) -> None:
    html = page(built, "changes")
    assert (
        '<a href="../images/old/"><span translate="no">minimal-ubuntu20.04-py38-cpu-inference</span></a>'
        in html
    )
    assert '<a href="2022-07-14/">The list of July 14, 2022</a>' in html
    for place in ("images", "images/web"):
        assert re.search(r'<a href="(?:\.\./)+changes/">See what changed\.</a>', page(built, place))


def test_a_timeline_shows_each_image_with_its_days(built: Path) -> None:
    html = page(built, "changes")
    timeline = html[html.index('<div class="imagedocs-timeline"') :]
    rows = re.findall(r"<li>(.*?)</li>", timeline[: timeline.index("</ul>")], re.DOTALL)
    assert [text(f'<article {row}<footer class="md-footer') for row in rows] == [
        "minimal-py312-inference since Sep 24, 2025",
        "minimal-ubuntu20.04-py38-cpu-inference Jul 14, 2022 to Sep 24, 2025",
        "minimal-ubuntu22.04-py39-cpu-inference on days that are not documented",
    ]
    assert all(
        'aria-hidden="true"' in each
        for each in re.findall(r"<svg[^>]*>", timeline[: timeline.index("</ul>")])
    )
    assert rows[0].count("<circle") == 1


def test_the_list_of_a_day_is_marked_as_old_and_says_nothing_of_later(built: Path) -> None:
    html = page(built, "changes/2022-07-14")
    said = text(html)
    assert "This is the list as it stood on July 14, 2022." in said
    assert "docker pull mcr.microsoft.com/azureml/minimal-ubuntu20.04-py38-cpu-inference:latest" in said
    for later in ("minimal-py312", "2025", "2026", "2027", "Use ", "last seen", "replace"):
        assert later not in said.replace("The list of September 24, 2025", ""), later
    assert re.search(r'class="md-path__item">\s*<a href="\.\./" class="md-path__link">', html)


def test_searches_leave_the_lists_of_days_out(built: Path) -> None:
    robots = '<meta name="robots" content="noindex">'
    for locale in ("", "es/"):
        assert robots in page(built, f"{locale}changes/2022-07-14")
        assert robots not in page(built, f"{locale}changes")
        sitemap = (built / f"site/{locale}sitemap.xml").read_text("utf-8")
        assert f"https://imagedocs.example/{locale}changes/</loc>" in sitemap
        assert "2022-07-14" not in sitemap
        index = json.loads((built / f"site/{locale}search/search_index.json").read_text("utf-8"))
        locations = {entry["location"].partition("#")[0] for entry in index["docs"]}
        assert "changes/" in locations
        assert "changes/2022-07-14/" not in locations
        assert (built / f"site/{locale}changes/index.md").is_file()
        assert not (built / f"site/{locale}changes/2022-07-14/index.md").exists()


def test_they_are_made_again_when_the_catalog_changes(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(built, folder, symlinks=True)
    again = run_mkdocs(folder, "build", SOURCE_DATE_EPOCH=EPOCH)
    assert "Unchanged since the last build: en, es" in again.stderr
    catalog = folder / "catalog/images.yaml"
    catalog.write_text(CATALOG.replace("2022-07-14", "2022-07-15"), "utf-8")
    (folder / "docs/en/index.md").write_text("# Home\n\n[Then](changes/2022-07-15.md)\n", "utf-8")
    assert run_mkdocs(folder, "build", SOURCE_DATE_EPOCH=EPOCH).returncode == 0
    assert not (folder / "site/changes/2022-07-14").exists()
    assert "The list of July 15, 2022" in page(folder, "changes/2022-07-15")
    assert "15 de julio de 2022" in page(folder, "es/changes")
    fresh = run_mkdocs(folder, "build", "-d", "fresh", SOURCE_DATE_EPOCH=EPOCH, IMAGEDOCS_CACHE="off")
    assert fresh.returncode == 0
    for path in ("changes", "changes/2022-07-15", "es/changes", "images/old"):
        assert page(folder, path) == (folder / "fresh" / path / "index.html").read_text("utf-8")


def test_a_drawing_of_a_template_neither_runs_nor_loads_anything(tmp_path: Path) -> None:
    drawing = (
        '<svg onload="x()" style="fill:url(https://evil.example/)" width="100%"><script>x()</script>'
        '<use href="https://evil.example/x.svg"></use><foreignobject><b>in</b></foreignobject>'
        '<a href="#x"><animate attributeName="href" values="javascript:x()"></animate></a>'
        '<image href="https://evil.example/y.png"></image><rect x="1%" onclick="x()"></rect></svg>'
    )
    folder = project(tmp_path, {"includes/changes.md.j2": f"# Changed\n\n<div>\n{drawing}\n</div>\n"})
    assert run_mkdocs(folder, "build").returncode == 0
    html = page(folder, "changes")
    drawn = html[html.index('<svg width="100%">') :]
    assert drawn.startswith('<svg width="100%">in<rect x="1%"></rect></svg>')
    assert "evil.example" not in html


DAYS = """\
version: 2
registry: registry.example.com
columns: [python]
images:
"""


def drawn(images: list[str], as_of: date = date(2026, 1, 1)) -> Timeline | None:
    catalog, problems = load_catalog(
        "catalog/images.yaml", DAYS + "".join(f"  - {each}\n" for each in images)
    )
    assert problems == ()
    links = {image.id: ImageLink(image.id, image.name, "") for image in catalog.images}
    return timeline_of(catalog, as_of, links)


def entry(name: str, listed: str) -> str:
    rest = ", status: removed" if "until: 20" in listed and "2027" not in listed else ""
    return f'{{id: {name}, repository: t/{name}, tag: "1", python: "3.12", listed: {{{listed}}}{rest}}}'


def test_bars_lie_on_one_scale() -> None:
    timeline = drawn(
        [
            entry("a", "from: 2024-01-01, until: 2025-01-01"),
            entry("b", "from: 2025-01-01"),
            entry("later", "from: 2026-02-01"),
        ]
    )
    assert timeline is not None
    assert [(each.image.id, each.at, each.width) for each in timeline.bars] == [
        ("b", "50.07%", "49.93%"),
        ("a", "0%", "50.07%"),
    ]
    assert [(each.number, each.at) for each in timeline.years] == [
        (2024, "0%"),
        (2025, "50.07%"),
        (2026, "100%"),
    ]


def test_what_is_to_come_is_on_the_scale_too() -> None:
    timeline = drawn([entry("a", "from: 2025-01-01, until: 2027-01-01")])
    assert timeline is not None
    assert (timeline.bars[0].at, timeline.bars[0].width) == ("0%", "100%")


@pytest.mark.parametrize(
    "images",
    [
        pytest.param(['{id: a, repository: t/a, tag: "1", python: "3.12"}'], id="no day is known"),
        pytest.param([entry("a", "from: 2027-01-01")], id="nothing was listed yet"),
        pytest.param(
            [entry(f"a{n}", "from: 2025-01-01") for n in range(MAX_IMAGES + 1)], id="too many images"
        ),
    ],
)
def test_there_is_no_timeline_without_need(images: list[str]) -> None:
    assert drawn(images) is None


def test_years_are_few_however_long_the_time_is() -> None:
    timeline = drawn([entry("a", "from: 1926-05-01")])
    assert timeline is not None
    assert 2 <= len(timeline.years) <= 10


def test_old_lists_of_our_own_catalog_name_what_they_had() -> None:
    ours = Project.load(Path(__file__).parent.parent, date(2026, 11, 30))
    overlay = ours.overlay(ours.locale("fr"))
    pages = [place for place in overlay.generated.values() if place.startswith("changes/20")]
    assert [place.removesuffix(".md").removeprefix("changes/") for place in sorted(pages)] == [
        "2021-05-25", "2022-07-14", "2022-11-04", "2024-04-08", "2025-09-24"
    ]  # fmt: skip
    source = overlay.read("docs/fr/changes/2021-05-25.md")
    assert source is not None
    assert source.problems == ()
    assert '# <a name="list"></a>La liste du 25 mai 2021' in source.text
    assert source.text.count("* Ajoutée : ") == 9
