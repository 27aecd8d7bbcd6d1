"""Names as long as a disk takes them, and paths longer than Windows took them for long."""

from pathlib import Path

from conftest import run_imagedocs, run_mkdocs
from small_project import problems_of, small_project

DEEP = "/".join(f"{number}{'x' * 40}" for number in range(8))
LONG = "n" * 251
"""With its ending, this is one byte short of the 255 that file systems have in common."""


def test_a_project_with_long_paths_is_checked_built_and_edited(tmp_path: Path) -> None:
    home = f"# Home\n\n[x]({LONG}.md) [y]({DEEP}/page.md)\n\n[!INCLUDE [x](../../includes/{LONG}.md)]\n"
    project = small_project(
        tmp_path,
        {
            "docs/en/index.md": home,
            f"docs/en/{DEEP}/page.md": f"# Page\n\n[home]({'../' * 8}index.md) ![a picture]({LONG}.png)\n",
            f"docs/en/{DEEP}/{LONG}.png": b"x",
            f"docs/en/{LONG}.md": "# Long\n\nText.\n",
            f"docs/es/{LONG}.md": '# <a name="long"></a>Largo\n\nTexto.\n',
            f"includes/{LONG}.md": "Text.\n",
        },
    )
    assert problems_of(project) == []
    accepted = run_imagedocs(project, "status", "--accept", f"docs/es/{LONG}.md")
    assert (accepted.returncode, accepted.stdout) == (0, f"pinned docs/es/{LONG}.md\n")
    for _ in ("anew", "from what was kept"):
        built = run_mkdocs(project, "build", "--strict")
        assert built.returncode == 0, built.stderr
        assert (project / f"site/es/{LONG}/index.html").is_file()
        assert (project / f"site/{DEEP}/{LONG}.png").is_file()
