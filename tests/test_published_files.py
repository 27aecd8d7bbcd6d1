"""Files that a site publishes besides its pages: which there are, where they lie, links to them, and what is in their
way."""

import json
from pathlib import Path

import pytest

from conftest import run_mkdocs
from small_project import CONFIG, problems_of, small_project

HOME = """\
# Home

[Here](schemas/images.schema.json), [from everywhere](~/schemas/locales.schema.json) and
[misspelt](schemas/image.schema.json).
"""


def test_pages_in_every_language_link_to_a_file_that_one_site_publishes(tmp_path: Path) -> None:
    small_project(
        tmp_path, {"docs/en/index.md": HOME, "docs/es/other.md": HOME, "docs/en/other.md": "# X\n\nText.\n"}
    )
    found = [each for each in problems_of(tmp_path) if each.startswith("docs/")]
    broken = 'broken-link: there is no file "docs/{}/schemas/image.schema.json"'
    assert [each.partition("; ")[0] for each in found if "translation" not in each] == [
        f"docs/en/index.md:4:12: error: {broken.format('en')}",
        f"docs/es/other.md:4:12: error: {broken.format('es')}",
    ]
    run_mkdocs(tmp_path, "build")
    site = tmp_path / "site"
    assert json.loads((site / "schemas/images.schema.json").read_text("utf-8"))["title"]
    assert not (site / "es/schemas").exists()
    for page, to_root in (("index.html", ""), ("es/index.html", "../"), ("es/other/index.html", "../../")):
        text = (site / page).read_text("utf-8")
        for name in ("images", "locales"):
            assert f'href="{to_root}schemas/{name}.schema.json"' in text, page


@pytest.mark.parametrize(
    ("path", "published"),
    [
        pytest.param("schemas/images.schema.json", '"schemas/images.schema.json"', id="a file"),
        pytest.param(
            "schemas/Images.schema.json", '"schemas/images.schema.json"', id="a file in other capitals"
        ),
        pytest.param(
            "schemas/images.schema.json.md", '"schemas/images.schema.json"', id="a page in such a folder"
        ),
        pytest.param("schemas/images.schema.json/x.png", '"schemas/images.schema.json"', id="a folder"),
        pytest.param(
            "schemas", '"schemas/allowed-images.schema.json" and 5 more', id="a file in place of the folder"
        ),
    ],
)
def test_a_file_of_the_project_is_never_replaced(tmp_path: Path, path: str, published: str) -> None:
    path = f"docs/en/{path}"
    small_project(tmp_path, {path: "# X\n\nText.\n"})
    reason = f"{published} cannot be published: {path} is there; give the file another name"
    found = [each for each in problems_of(tmp_path) if "page-collision" in each]
    assert found == [f"{path}: error: page-collision: {reason}"]


def test_what_the_project_has_is_shown_in_place_of_a_published_file(tmp_path: Path) -> None:
    small_project(tmp_path, {"docs/en/schemas/images.schema.json": '{"mine": true}'})
    done = run_mkdocs(tmp_path, "build")
    assert "page-collision" in done.stderr
    assert (tmp_path / "site/schemas/images.schema.json").read_text("utf-8") == '{"mine": true}'
    assert json.loads((tmp_path / "site/schemas/locales.schema.json").read_text("utf-8"))["title"]


CATALOG = """\
version: 2
registry: ghcr.io
columns: [python]
images:
  - {id: web, repository: acme/web, tag: "1.0", python: "3.12", support: {until: 2027-01-02, source: x}}
"""
SEEN = (
    '{"version": 1, "repositories": {"ghcr.io/acme/web": {"1.0": {"seen": [{"date": "%s", "source": "x"}]}}}}'
)


@pytest.mark.posix
def test_published_files_follow_what_they_are_made_from_though_pages_are_reused(tmp_path: Path) -> None:
    config = CONFIG.replace("  imagedocs:\n", "  imagedocs:\n    data: true\n    badges: {prefix: b}\n")
    record = {"catalog/registry.json": SEEN % "2026-01-01"}
    small_project(tmp_path, {"mkdocs.yml": config, "catalog/images.yaml": CATALOG, **record})
    site = tmp_path / "site"

    def build(day: str) -> tuple[str, str, str]:
        run_mkdocs(tmp_path, "build", SOURCE_DATE_EPOCH=day)
        paths = ("api/v0/images/web.json", "b/web.svg", "es/b/web.svg")
        one, two, three = ((site / path).read_text("utf-8") for path in paths)
        return one, two, three

    first, second = "1774000000", "1800000000"  # in March 2026 and in January 2027
    data, english, spanish = build(first)
    assert "supported until Jan 1, 2027" in english
    assert build(first) == (data, english, spanish)
    (tmp_path / "catalog/registry.json").write_text(SEEN % "2026-02-02", "utf-8")
    newer = build(first)
    assert newer == (data.replace("2026-01-01", "2026-02-02"), english, spanish) != (data, english, spanish)
    sentences = tmp_path / "locales/es/LC_MESSAGES/messages.po"
    words = sentences.read_text("utf-8")
    assert "con soporte técnico hasta el %(date)s" in words
    sentences.write_text(words.replace("con soporte técnico hasta el", "soportada hasta el"), "utf-8")
    told = build(first)
    assert told[:2] == newer[:2]
    assert told[2] != spanish
    assert "soportada hasta el 1 ene 2027" in told[2]
    (tmp_path / "catalog/images.yaml").write_text(CATALOG.replace("2027-01-02", "2027-02-02"), "utf-8")
    assert "supported until Feb 1, 2027" in build(first)[1]
    (tmp_path / "catalog/images.yaml").write_text(CATALOG, "utf-8")
    ended = build(second)
    assert '"is_supported": true' in data
    assert '"is_supported": false' in ended[0]
    assert ended[1] != english
