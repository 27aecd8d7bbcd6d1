"""`content` of `docfx.json`: what it leaves out, and where files are published."""

import json
from pathlib import Path

import pytest

from conftest import run_mkdocs
from imagedocs.project import Project
from sampling import full
from small_project import CONFIG, DAY, problems_of, small_project

GROUPS = """groups:
- id: os
  title: OS
  prompt: Choose
  pivots:
  - {id: linux, title: Linux}
"""
PIVOTS = '# P\n\n::: zone pivot="linux"\n\nText.\n\n::: zone-end\n'
EXCLUDES = {"content": [{"files": ["**/*.md"], "exclude": ["**/includes/**", "drafts/**"]}]}
DEEPER = {
    "content": [{"files": "**/*.md", "src": "sub", "exclude": "drafts/**"}, {"files": "sub/drafts/kept.md"}]
}
OF_PROJECT = {"content": [{"files": ["**/*.md"], "src": "docs/en", "exclude": ["drafts/*.md"]}]}


def project(folder: Path, build: object, files: dict[str, str], config: str = "docs/en/docfx.json") -> Path:
    return small_project(folder, {config: json.dumps({"build": build}), "docs/en/index.md": "# I\n", **files})


@pytest.mark.parametrize(
    ("build", "config", "left_out", "kept"),
    [
        (EXCLUDES, "docs/en/docfx.json", "drafts/a.md", "sub/a.md"),
        (EXCLUDES, "docs/en/docfx.json", "sub/includes/a.md", "includes.md"),
        (EXCLUDES, "docs/en/docfx.json", "drafts/a.md", "drafts/a.png"),
        (DEEPER, "docs/en/docfx.json", "sub/drafts/a.md", "drafts/a.md"),
        (DEEPER, "docs/en/docfx.json", "sub/drafts/a.md", "sub/drafts/kept.md"),
        (OF_PROJECT, "docfx.json", "drafts/a.md", "a.md"),
    ],
)
def test_what_is_excluded_is_no_page(
    tmp_path: Path, build: object, config: str, left_out: str, kept: str
) -> None:
    files = {f"docs/en/{left_out}": "draft\n", f"docs/en/{kept}": "# K\n", "docs/es/drafts/a.md": "draft\n"}
    found = Project.load(project(tmp_path, build, files, config), DAY)
    for locale in found.locales.published:
        places = found.overlay(locale).files
        assert (left_out in places, kept in places) == (False, True)


def test_pages_include_what_is_excluded_and_no_link_leads_there(tmp_path: Path) -> None:
    files = {
        "docs/en/a.md": "# A\n\n[!INCLUDE [x](includes/x.md)]\n\n[d](drafts/d.md)\n",
        "docs/en/includes/x.md": "x\n",
        "docs/en/drafts/d.md": "d\n",
    }
    assert problems_of(project(tmp_path, EXCLUDES, files)) == [
        (
            "docs/en/a.md:5:5: error: broken-link: docs/en/drafts/d.md is left out of the site by exclude in"
            " docfx.json"
        )
    ]


@pytest.mark.parametrize(
    ("named", "head"),
    [
        ({"globalMetadata": {"zone_pivot_group_filename": "zones/x/groups.yml"}}, ""),
        ({"globalMetadata": {"zone_pivot_group_filename": "zones/x/groups.json"}}, ""),
        ({"fileMetadata": {"zone_pivot_group_filename": {"**/*.md": "zones/x/groups.yml"}}}, ""),
        ({}, "zone_pivot_group_filename: zones/x/groups.json\n"),
    ],
    ids=["for all pages", "by the name that is published", "for some pages", "by the page"],
)
def test_pivot_groups_are_found_where_they_are_published_from(
    tmp_path: Path, named: dict[str, object], head: str
) -> None:
    content = [
        {"files": ["**/*.md"], "dest": "."},
        {"files": ["groups.yml"], "src": "lists", "dest": "zones/x"},
    ]
    files = {
        "docs/en/lists/groups.yml": GROUPS,
        "docs/en/sub/p.md": f"---\nzone_pivot_groups: os\n{head}---\n{PIVOTS}",
    }
    assert problems_of(project(tmp_path, {"content": content, **named}, files)) == []


def test_of_two_pivot_groups_with_one_id_the_first_counts(tmp_path: Path) -> None:
    page = f"---\nzone_pivot_groups: os\n---\n{PIVOTS}"
    files = {
        "docs/en/zone-pivot-groups.yml": f"{GROUPS}- id: os\n  title: Again\n",
        "docs/en/p.md": page,
        "docs/en/q.md": page,
    }
    (found,) = problems_of(small_project(tmp_path, files))
    assert found.startswith(
        'docs/en/zone-pivot-groups.yml:7:7: warning: yaml-duplicate-key: the pivot group "os" is listed twice,'
        " and only the first one counts"
    )


@full
def test_a_dead_part_in_a_table_of_contents_is_one_problem_of_the_build_too(tmp_path: Path) -> None:
    text = "- {name: One, href: a.md}\n- {name: Part, href: 'a.md#part'}\n- {name: No, href: 'a.md#no'}\n- {name: I, href: index.md}\n"
    files = {
        "docs/en/a.md": "# A\n\n## Part\n\nx\n",
        "docs/en/toc.yml": text,
        "docs/en/drafts/d.md": "d\n",
        "mkdocs.yml": CONFIG,
    }
    root = project(tmp_path, EXCLUDES, files)
    expected = "docs/en/toc.yml:3:20: error: broken-anchor: docs/en/a.md has no anchor"
    (found,) = problems_of(root)
    assert found.startswith(expected)
    built = run_mkdocs(root, "build")
    said = [line for line in built.stderr.splitlines() if "anchor" in line or "broken-link" in line]
    assert len(said) == 1
    assert expected in said[0]
    html = (root / "site/index.html").read_text("utf-8")
    assert 'href="a/#part"' in html
    assert not (root / "site/drafts").exists()
