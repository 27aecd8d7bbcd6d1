"""What changed in the list: by day, and in words."""

from datetime import date
from pathlib import Path

import pytest

from imagedocs.catalog import load_catalog
from imagedocs.project import Project
from imagedocs.publishing.changes import list_changes
from imagedocs.publishing.events import events

ROOT = Path(__file__).parent.parent
CATALOG = """\
version: 1
registry: registry.example.com
columns: [python]
images:
  - {id: old, repository: team/old, tag: "1", python: "3.9", status: removed, listed: {from: 2024-01-01, until: 2025-01-01}}
  - {id: new, repository: team/new, tag: "1", python: "3.9", status: supported, listed: {from: 2025-01-01}}
  - {id: draft, repository: team/draft, tag: "1", python: "3.9", status: removed, listed: {from: 2025-02-02, until: 2025-02-02}}
  - {id: next, repository: team/next, tag: "1", python: "3.9", status: supported, listed: {from: 2026-01-01}}
  - {id: always, repository: team/always, tag: "1", python: "3.9", status: supported}
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2023, 12, 31), [], id="before the first list"),
        pytest.param(date(2024, 1, 1), ["2024-01-01 +old"], id="on the first day"),
        pytest.param(date(2025, 12, 31), ["2025-01-01 +new -old", "2024-01-01 +old"], id="without a draft"),
        pytest.param(
            date(2026, 1, 1), ["2026-01-01 +next", "2025-01-01 +new -old", "2024-01-01 +old"], id="the newest first"
        ),
    ],
)  # fmt: skip
def test_changes_by_day(day: date, expected: list[str]) -> None:
    catalog, problems = load_catalog("catalog/images.yaml", CATALOG)
    assert problems == ()
    found = list_changes(events(catalog, None, day), {"new": "~/images/new.md"})
    assert [
        " ".join([str(each.day), *(f"+{one.name}" for one in each.added), *(f"-{one.name}" for one in each.withdrawn)])
        for each in found
    ] == expected  # fmt: skip
    assert {one.page for each in found for one in each.added if one.name == "new"} <= {"~/images/new.md"}


def test_a_page_says_what_changed_in_its_language() -> None:
    project = Project.load(ROOT, date(2022, 12, 1))
    overlay = project.overlay(project.locale("es"))
    source = overlay.read("includes/facts/changes.md.j2")
    assert source is not None
    assert source.problems == ()
    first, second, third, more = filter(None, source.text.splitlines())
    assert first.startswith(
        "* **4 de noviembre de 2022**: Agregadas: [`minimal-ubuntu20.04-py38-cuda11.6.2-gpu-"
    )
    assert "[9 imágenes retiradas.](" in first
    assert second.startswith("* **14 de julio de 2022**: [6 imágenes agregadas.](")
    assert third.startswith("* **25 de mayo de 2021**: [")
    assert more == "[Ver todos los cambios.](<~/changes/index.md>)"


def test_a_start_page_shows_the_first_images() -> None:
    project = Project.load(ROOT, date(2026, 11, 29))
    source = project.overlay(project.locale("en")).read(
        "includes/aml-inference-list-prebuilt-docker-images.md.j2?form=brief"
    )
    assert source is not None
    assert source.problems == ()
    assert source.text.count("docker pull") == 3
    assert "<form" not in source.text
