"""Names that Windows can't have: reported with the reason and a name that it can have."""

from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.checks.portable import check_portable
from imagedocs.checks.site import LocaleSite, Site
from small_project import problems_of, small_project

FINE = [
    "index.md", "auxiliary.md", "console.md", "com.md", "com10.md", "lpt/a.md", "null.md", ".nojekyll", "a.b.md",
    "my aux.md", "con-1.md", "Ünïcode 名前.md", "nul_.png", "a..b.md", "x.aux", "(a) & 'b'; c=d, e+f!.md", "CONIN.md",
]  # fmt: skip
DEVICES = ["con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt1", "lpt9", "com¹", "LPT²", "Com³", "conin$", "CONOUT$"]  # fmt: skip


def found_in(*places: str) -> list[str]:
    site = Site((LocaleSite(("en",), {place: f"docs/en/{place}" for place in places}, {}),))
    return [str(problem) for problem in check_portable(site)]


def test_names_that_windows_can_have() -> None:
    assert found_in(*FINE) == []


@pytest.mark.parametrize("name", DEVICES)
def test_names_of_devices(name: str) -> None:
    for place, better in ((f"{name}.md", f"{name}-1.md"), (f"{name}.tar.gz", f"{name}-1.tar.gz")):
        (found,) = found_in(f"guide/{place}")
        assert found == (
            f'docs/en/guide/{place}: warning: path-not-portable: Windows can\'t have a file named "{place}": '
            f'{name.upper()} is a device there; write "{better}"'
        )
        assert found_in(f"guide/{better}") == []


@pytest.mark.parametrize(
    ("place", "what", "why", "better"),
    [
        *((f"a{each}b.md", f'Windows can\'t have a file named "a{each}b.md"', f"it contains {each}", "a-b.md") for each in '<>:"|?*\\'),
        ("a\tb.md", 'Windows can\'t have a file named "a\tb.md"', "it contains a control character", "a-b.md"),
        ("a.png.", 'Windows can\'t have a file named "a.png."', "it ends with a dot", "a.png"),
        ("a.png ", 'Windows can\'t have a file named "a.png "', "it ends with a space", "a.png"),
        ("guide./a.md", 'Windows can\'t have a folder named "guide."', "it ends with a dot", "guide"),
        ("guide /sub/a.md", 'Windows can\'t have a folder named "guide "', "it ends with a space", "guide"),
        ("AUX/a.md", 'Windows can\'t have a folder named "AUX"', "AUX is a device there", "AUX-1"),
        ("a/nul .md", 'Windows can\'t have a file named "nul .md"', "NUL is a device there", "nul-1.md"),
        ("a..md", 'is published in a folder named "a.", which Windows can\'t have', "it ends with a dot", "a.md"),
        ("a .md", 'is published in a folder named "a ", which Windows can\'t have', "it ends with a space", "a.md"),
        ("con?.md", 'Windows can\'t have a file named "con?.md"', "it contains ?", "con-.md"),
        ("...", 'Windows can\'t have a file named "..."', "it ends with a dot", "unnamed"),
    ],
)  # fmt: skip
def test_a_name_that_windows_cannot_have(place: str, what: str, why: str, better: str) -> None:
    (line,) = found_in(place)
    assert line.partition("path-not-portable: ")[2] == f'{what}: {why}; write "{better}"'
    assert found_in(better) == []


def test_the_new_name_is_free() -> None:
    found = found_in("a:b.md", "a?b.md", "A-B.md", "aux.md", "aux-1.md", "x./a.md", "x./b.md", "X/a.md")
    assert [line.rpartition("write ")[2] for line in found] == [
        '"a-b-1.md"',
        '"a-b-2.md"',
        '"aux-2.md"',
        '"x-1"',
    ]


def test_a_check_and_a_build_report_them_alike(tmp_path: Path) -> None:
    files = {f"docs/en/{name}.md": f"# {name}\n\nText.\n" for name in ("aux", "b")}
    files |= {"docs/es/aux.md": "# Aux\n\nTexto.\n", "includes/a_b.md": "x\n", "includes/prn.md": "y\n"}
    project = small_project(tmp_path, files)
    expected = [
        f'{path}: warning: path-not-portable: Windows can\'t have a file named "{name}.md": '
        f'{name.upper()} is a device there; write "{name}-1.md"'
        for path, name in (("docs/en/aux.md", "aux"), ("docs/es/aux.md", "aux"), ("includes/prn.md", "prn"))
    ]
    assert [line for line in problems_of(project) if "path-" in line] == expected
    built = run_mkdocs(project, "build", "--strict")
    assert built.returncode == 1
    assert [
        line.partition("imagedocs: ")[2] for line in built.stderr.splitlines() if "path-" in line
    ] == expected
