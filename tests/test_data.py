"""The list as data: the JSON by its own schema, the table by RFC 4180, each value by the catalog and the record."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from imagedocs.locales import load_locales
from imagedocs.project import Project
from imagedocs.project.published import files_of, publication
from small_project import CONFIG, problems_of, small_project

ROOT = Path(__file__).parent.parent
DAY = date(2026, 3, 20)
WITH_DATA = CONFIG.replace("  imagedocs:\n", "  imagedocs:\n    data: true\n")

CATALOG = """\
version: 2
registry: ghcr.io
columns:
  - python
  - os
  - packages
  - {name: note, type: text}
  - {name: price, type: number}
  - {name: built, type: date}
  - {name: home, type: link}
  - {name: parts, type: list}
systems: {debian: {name: Debian}}
images:
  - id: web
    repository: acme/web
    tags: ["2.0", "2"]
    python: "3.12"
    os: {name: debian, version: "12"}
    packages: [numpy==1.26.4]
    attributes:
      note: "=HYPERLINK(\\"https://evil.example\\",\\"x\\"), \\"quoted\\""
      price: -1.50
      built: 2026-02-28
      home: {url: https://example.org/web, text: The web}
      parts: ["@a", b]
    listed: {from: 2026-01-02, until: 2026-06-01}
    support: {until: 2026-05-01, source: a mail}
    known_issues:
      - {tag: "2.0", text: It crashes., since: 2026-03-01, source: "acme/web@0123456789:x.md", fixed_in: "2.1"}
      - {tag: "1.9", text: It will crash., since: 2026-04-01, source: a mail}
  - id: old
    repository: acme/old
    tag: latest
    python: unknown
    os: unknown
    packages: not-applicable
    attributes: {note: none, price: unknown, built: unknown, home: unknown, parts: unknown}
    status: removed
    listed: {from: 2025-01-01, until: 2026-01-02}
    replacement: web
"""
RECORD: Mapping[str, Any] = {
    "version": 1,
    "repositories": {
        "ghcr.io/acme/web": {
            "2.0": {
                "digest": "sha256:" + "a" * 64,
                "platforms": {"linux/amd64": {"bytes": 1234}},
                "seen": [
                    {"date": "2026-01-03", "source": "acme/x@0123456789:Dockerfile"},
                    {"date": "2026-02-03", "source": "registry"},
                    {"date": "2026-03-30", "source": "registry"},
                ],
            },
            "3.0": {"seen": [{"date": "2026-03-25", "source": "registry"}]},
            "@sha256:" + "b" * 64: {"seen": [{"source": "a list"}]},
            "1.0": {"gone": "2026-02-03"},
        }
    },
}


def made(folder: Path, day: date = DAY, site_url: str = "https://list.example/") -> dict[str, bytes]:
    project = Project.load(folder, day)
    given = publication(project, project.locales.default, site_url)
    files = files_of(project, given).files
    return {
        place.removeprefix("api/v0/"): make() for place, make in files.items() if place.startswith("api/")
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("data")
    texts = {
        "mkdocs.yml": WITH_DATA,
        "catalog/images.yaml": CATALOG,
        "catalog/registry.json": json.dumps(RECORD),
    }
    small_project(folder, texts)
    assert Project.load(folder, DAY).problems == ()
    return made(folder)


def closed(schema: object) -> object:
    """Return a schema that has no place for fields that it doesn't name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **found} if "properties" in found else found


def fields(schema: object) -> Iterator[str]:
    """Yield the name of each field that a schema knows, at any depth."""
    if isinstance(schema, list):
        for each in schema:
            yield from fields(each)
    elif isinstance(schema, dict):
        yield from schema.get("properties", ())
        for each in schema.values():
            yield from fields(each)


@pytest.mark.parametrize("folder", [locale.tag for locale in load_locales(ROOT)[0].published])
def test_the_page_names_every_field(files: Mapping[str, bytes], folder: str) -> None:
    page = (ROOT / f"docs/{folder}/data.md").read_text("utf-8")
    names = {*fields(json.loads(files["schema.json"]))}
    assert len(names) > 60
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def errors(schema: object, value: object) -> list[str]:
    checker = jsonschema.FormatChecker()
    return [
        error.message
        for error in jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(value)
    ]


def validate(files: Mapping[str, bytes]) -> None:
    schema = json.loads(files["schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    exact = closed(schema)
    whole = json.loads(files["images.json"])
    one_of = {**schema, "$ref": "#/$defs/image", "required": []}
    one_exact = {"$defs": exact["$defs"], "$ref": "#/$defs/image"}
    assert errors(schema, whole) == []
    assert whole.pop("$schema") == "schema.json"
    assert errors(exact, whole) == []
    assert whole["total"] == len(whole["images"]) > 0
    for image in whole["images"]:
        single = json.loads(files[f"images/{image['id']}.json"])
        assert errors(one_of, single) == []
        assert single.pop("$schema") == "../schema.json#/$defs/image"
        assert single == image
        assert errors(one_exact, single) == []


def test_the_data_conforms_to_its_schema_which_names_all_of_it(files: Mapping[str, bytes]) -> None:
    validate(files)
    assert json.loads(files["schema.json"])["$id"] == "https://list.example/api/v0/schema.json"
    wrong = json.loads(files["images.json"])
    del wrong["images"][0]["digest"]
    assert errors(json.loads(files["schema.json"]), wrong) == ["'digest' is a required property"]


def test_the_data_of_our_own_list_conforms_and_says_what_catalog_and_record_say() -> None:
    found = made(ROOT)
    validate(found)
    project = Project.load(ROOT, DAY)
    images = {each["id"]: each for each in json.loads(found["images.json"])["images"]}
    assert list(images) == [image.id for image in project.catalog.images]
    for image in project.catalog.images:
        data = images[image.id]
        assert data["image"] == f"{image.registry}/{image.repository}"
        assert (data["status"] == "withdrawn") == (not image.listed_on(DAY))
        assert project.manifest is not None
        repository = project.manifest.repository(image.full_repository)
        seen = {
            tag: facts
            for tag, facts in (repository.tags if repository else {}).items()
            if any(each.day is None or each.day <= DAY for each in facts.seen)
        }
        assert {each["tag"] for each in data["tags_on_record"]} == set(seen)
        for each in data["tags_on_record"]:
            known = [seen.day for seen in seen[each["tag"]].seen if seen.day and seen.day <= DAY]
            if known:
                assert each["first_seen"]["date"] == min(known).isoformat()
                assert each["last_seen"]["date"] == max(known).isoformat()
    assert images["minimal-py312-inference"]["tags_on_record"], "the record has tags of this image"


def test_each_fact_is_told_with_its_day_and_its_source(files: Mapping[str, bytes]) -> None:
    whole = json.loads(files["images.json"])
    assert (whole["as_of"], whole["list_changed"], whole["language"]) == ("2026-03-20", "2026-01-02", "en")
    web, old = whole["images"]
    assert web["status"] == "supported"
    assert web["listed"] == {"from": "2026-01-02", "until": "2026-06-01"}
    assert web["references"] == ["ghcr.io/acme/web:2.0", "ghcr.io/acme/web:2"]
    assert web["promise"]["until"] == "2026-05-01"
    assert web["support"] == {"is_supported": True, "last_certain_day": "2026-04-30"}
    assert web["known_issues"] == [
        {
            "tags": ["2.0"],
            "text": "It crashes.",
            "since": "2026-03-01",
            "fixed_in": "2.1",
            "source": {
                "text": "acme/web@0123456789:x.md",
                "url": "https://github.com/acme/web/blob/0123456789/x.md",
            },
        }
    ]
    (tag,) = web["tags_on_record"]
    assert (tag["tag"], tag["is_documented"], tag["known_issue"]) == ("2.0", True, "It crashes.")
    assert (tag["digest"], tag["platforms"]) == (
        "sha256:" + "a" * 64,
        [{"name": "linux/amd64", "digest": None, "bytes": 1234}],
    )
    assert tag["first_seen"]["date"] == "2026-01-03"
    assert tag["first_seen"]["source"]["url"] == "https://github.com/acme/x/blob/0123456789/Dockerfile"
    assert tag["last_seen"] == {"date": "2026-02-03", "source": {"text": "registry", "url": None}}
    assert [each["digest"] for each in web["digests_on_record"]] == ["sha256:" + "b" * 64]
    assert web["gone"] == [{"tag": "1.0", "digest": None, "since": "2026-02-03", "source": None}]
    assert web["record"] == {"newest": "2026-02-03", "asked": "2026-02-03", "tags": 2}
    assert web["replaces"] == [{"id": "old", "reference": "ghcr.io/acme/old:latest"}]
    assert old["status"] == "withdrawn"
    assert old["replaced_by"] == {"id": "web", "reference": "ghcr.io/acme/web:2.0"}
    assert old["support"] == {"is_supported": False, "last_certain_day": "2026-01-01"}


def test_what_is_not_known_is_null_and_says_why(files: Mapping[str, bytes]) -> None:
    web, old = json.loads(files["images.json"])["images"]
    assert (old["python"], old["os"], old["packages"], old["digest"]) == (None, None, None, None)
    assert {name: old["absent"][name] for name in ("python", "os", "packages", "attributes.note")} == {
        "python": "unknown",
        "os": "unknown",
        "packages": "not-applicable",
        "attributes.note": "none",
    }
    assert web["attributes"] == {
        "note": '=HYPERLINK("https://evil.example","x"), "quoted"',
        "price": -1.5,
        "built": "2026-02-28",
        "home": {"url": "https://example.org/web", "text": "The web"},
        "parts": ["@a", "b"],
    }


def test_the_table_is_read_back_and_holds_no_formula(files: Mapping[str, bytes]) -> None:
    text = files["images.csv"].decode("utf-8")
    assert text.count("\r\n") == text.count("\n") == 3
    web, old = csv.DictReader(io.StringIO(text), strict=True)
    assert (web["id"], web["references"], web["is_supported"]) == (
        "web",
        "ghcr.io/acme/web:2.0 ghcr.io/acme/web:2",
        "true",
    )
    assert web["attributes.note"] == '\'=HYPERLINK("https://evil.example","x"), "quoted"'
    assert web["attributes.parts"] == "'@a b"
    assert web["attributes.price"] == "-1.5"
    assert web["known_bad_tags"] == "2.0"
    assert (old["status"], old["listed_until"], old["replaced_by"], old["python"]) == (
        "withdrawn",
        "2026-01-02",
        "web",
        "",
    )
    assert {web["as_of"], old["as_of"]} == {"2026-03-20"}


def test_the_same_project_gives_the_same_bytes_and_another_day_changes_the_index_only(tmp_path: Path) -> None:
    small_project(tmp_path, {"mkdocs.yml": WITH_DATA, "catalog/images.yaml": CATALOG})
    first = made(tmp_path)
    assert made(tmp_path) == first
    changed = {path for path, content in made(tmp_path, date(2026, 3, 21)).items() if content != first[path]}
    assert changed == {"images.json", "images.csv"}


def test_without_an_address_of_the_site_addresses_are_relative_to_its_root(tmp_path: Path) -> None:
    config = WITH_DATA.replace(
        "data: true", "data: {prefix: machine/readable}\n    images: true\n    badges: true"
    )
    config = "".join(line for line in config.splitlines(keepends=True) if not line.startswith("site_url:"))
    small_project(tmp_path, {"mkdocs.yml": config, "catalog/images.yaml": CATALOG})
    project = Project.load(tmp_path, DAY)
    made_files = files_of(project, publication(project, project.locales.default)).files
    web = json.loads(made_files["machine/readable/v0/images/web.json"]())
    assert web["url"] == "machine/readable/v0/images/web.json"
    assert web["pages"] == {"en": "images/web/", "es": "es/images/web/"}
    assert web["badges"] == {"en": "badges/web.svg", "es": "es/badges/web.svg"}
    assert "$id" not in json.loads(made_files["machine/readable/v0/schema.json"]())


def lines(config: str, text: str) -> Iterator[int]:
    yield from (number for number, line in enumerate(config.split("\n"), 1) if text in line)


@pytest.mark.parametrize(
    ("setting", "files", "expected"),
    [
        pytest.param(
            "data: yes please",
            {},
            '{}: error: wrong-type: expected true, false, or a mapping with prefix, found "yes please"',
            id="another type",
        ),
        pytest.param(
            "data: {prefix: /api}",
            {},
            '{}: error: wrong-type: expected a folder such as images, found "/api"',
            id="no folder",
        ),
        pytest.param(
            "data: {prefix: es/api}",
            {},
            '{}: error: page-collision: files cannot be published in "es/api": the pages in es are there; '
            "give data another prefix",
            id="the folder of a language",
        ),
        pytest.param(
            "data: true",
            {"docs/en/api/v0/images.json": "{}"},
            '{}: error: page-collision: "api/v0/images.json" cannot be published: docs/en/api/v0/images.json is there; '
            "give data another prefix, or the file another name",
            id="a file of the project",
        ),
        pytest.param(
            "data: true",
            {"docs/en/api/v0": "x"},
            '{}: error: page-collision: "api/v0/schema.json" and 4 more cannot be published: docs/en/api/v0 is there; '
            "give data another prefix, or the file another name",
            id="a file in place of the folder",
        ),
        pytest.param(
            "data: {prefix: schemas}",
            {"docs/en/schemas/v0/images.json/index.md": "# X\n\nText.\n"},
            '{}: error: page-collision: "schemas/v0/images.json" cannot be published: '
            "docs/en/schemas/v0/images.json/index.md is there; give data another prefix, or the file another name",
            id="a page in the folder of another format",
        ),
        pytest.param("data: false", {"docs/en/api/v0/images.json": "{}"}, "", id="nothing is wanted"),
    ],
)
def test_what_is_wrong_with_the_setting(
    tmp_path: Path, setting: str, files: Mapping[str, str], expected: str
) -> None:
    config = CONFIG.replace("  imagedocs:\n", f"  imagedocs:\n    {setting}\n")
    small_project(tmp_path, {"mkdocs.yml": config, "catalog/images.yaml": CATALOG, **files})
    line = next(lines(config, setting))
    place = f"mkdocs.yml:{line}:{20 if '{' in setting else 11}"
    found = [each for each in problems_of(tmp_path) if each.startswith("mkdocs.yml") or "collision" in each]
    assert found == ([expected.replace("{}:", f"{place}:", 1)] if expected else [])


def test_links_to_data_that_a_mistake_of_the_catalog_hides_are_no_mistakes_of_their_own(
    tmp_path: Path,
) -> None:
    page = "# Home\n\n[Web](api/v0/images/web.json) and [no such image](api/v0/images/wbe.json)\n"
    texts = {"mkdocs.yml": WITH_DATA, "catalog/images.yaml": CATALOG, "docs/en/index.md": page}
    small_project(tmp_path, texts)
    assert [each.partition(";")[0] for each in problems_of(tmp_path) if each.startswith("docs/")] == [
        'docs/en/index.md:3:51: error: broken-link: there is no file "docs/en/api/v0/images/wbe.json"'
    ]
    small_project(tmp_path, {"catalog/images.yaml": CATALOG.replace("  - id: web\n", "  - id: Web\n")})
    assert [each for each in problems_of(tmp_path) if each.startswith("docs/")] == []
