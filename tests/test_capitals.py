"""Names that not every system keeps: in capitals alone they differ, or they are no text."""

import os
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.checks.capitals import check_capitals
from imagedocs.checks.site import LocaleSite, Site
from small_project import problems_of, small_project

KEEP = "in capitals alone: Windows, macOS and some hosts keep one of the two; give it another name"
JOIN = "Windows, macOS and some hosts make one folder of the two; give it another name"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param(
            ["a.md", "b.md", "straße.md", "strasse.md", "a/b.md", "b/a.png", "index.md"], [], id="names apart"
        ),
        pytest.param(
            ["Tags.md", "tags.md"], [f"tags.md: differs from docs/en/Tags.md {KEEP}"], id="two pages"
        ),
        pytest.param(
            ["README.md", "readme.md"],
            [f"readme.md: differs from docs/en/README.md {KEEP}"],
            id="two pages whose addresses differ",
        ),
        pytest.param(
            ["media/a.PNG", "media/a.png"],
            [f"media/a.png: differs from docs/en/media/a.PNG {KEEP}"],
            id="two pictures",
        ),
        pytest.param(
            ["x/A.md", "x/B.md", "x/a.md", "x/b.md"],
            [f"x/a.md: differs from docs/en/x/A.md {KEEP}", f"x/b.md: differs from docs/en/x/B.md {KEEP}"],
            id="two pairs in a folder",
        ),
        pytest.param(
            ["caf\u00e9.md", "cafe\u0301.md"],
            [f"caf\u00e9.md: differs from docs/en/cafe\u0301.md {KEEP}"],
            id="accents written in two ways",
        ),
        pytest.param(
            ["Guide/a.md", "Guide/c.md", "guide/b.md", "guide/c.md", "guide/sub/d.md"],
            [f'guide/b.md: is published in "guide/", and docs/en/Guide/a.md in "Guide/": {JOIN}'],
            id="two folders, told once",
        ),
        pytest.param(
            ["Pic.md", "pic/a.png"],
            [f'pic/a.png: is published in "pic/", and docs/en/Pic.md in "Pic/": {JOIN}'],
            id="a page and a folder",
        ),
        pytest.param(
            ["DE/a.md", "es/a.md"],
            [f'DE/a.md: is published in "DE/", and the pages in de in "de/": {JOIN}'],
            id="a folder and that of a language",
        ),
    ],
)
def test_names_that_differ_in_capitals_alone(places: list[str], expected: list[str]) -> None:
    site = Site((LocaleSite(("en",), {place: f"docs/en/{place}" for place in places}, {}),))
    found = [str(problem) for problem in check_capitals(site, {"de": "de", "es": "es"})]
    assert found == [
        f"docs/en/{place}: warning: path-case-conflict:{rest}"
        for place, _, rest in (line.partition(":") for line in expected)
    ]


def test_a_check_and_a_build_report_them_alike(tmp_path: Path) -> None:
    files = {f"docs/en/{name}.md": f"# {name}\n\nText.\n" for name in ("B", "Tags", "b")}
    files |= {
        "docs/es/tags.md": "# Etiquetas\n\nTexto.\n",
        "includes/Note.md": "x\n",
        "includes/note.md": "y\n",
    }
    project = small_project(tmp_path, files)
    expected = [
        f"docs/en/b.md: warning: path-case-conflict: differs from docs/en/B.md {KEEP}",
        f"docs/es/tags.md: warning: path-case-conflict: differs from docs/en/Tags.md {KEEP}",
        f"includes/note.md: warning: path-case-conflict: differs from includes/Note.md {KEEP}",
    ]
    assert [line for line in problems_of(project) if "path-case" in line] == expected
    built = run_mkdocs(project, "build", "--strict")
    assert built.returncode == 1
    assert [
        line.partition("imagedocs: ")[2] for line in built.stderr.splitlines() if "path-case" in line
    ] == expected


@pytest.mark.posix
def test_a_name_that_is_no_text_is_a_problem_in_a_check_and_a_build(tmp_path: Path) -> None:
    project = small_project(tmp_path, {"docs/en/good.md": "# Good\n\nText.\n"})
    Path(os.fsdecode(os.fsencode(project / "docs/en") + b"/b\xff.md")).write_bytes(b"# Bad\n\nText.\n")
    says = "error: unreadable-file: has a name that is no text in the encoding of the system; "
    hint = "give it another name, or set PYTHONUTF8=1"
    assert problems_of(project) == [f"docs/en/b\udcff.md: {says}{hint}"]
    built = run_mkdocs(project, "build", "--strict")
    assert built.returncode == 1
    assert f"docs/en/b\\udcff.md: {says}{hint}" in built.stderr
    assert "Traceback" not in built.stderr
