"""What `imagedocs init` writes for columns with types and for several registries."""

import json
from datetime import date

import jsonschema
import pytest

from imagedocs.catalog import load_catalog
from imagedocs.locales import Formats, Messages
from imagedocs.problems import CannotRun
from imagedocs.publishing import template_filters, template_values
from imagedocs.rendering import Template
from imagedocs.starting import Beginning, begin
from plain_yaml import read_plain

DAY = date(2026, 11, 24)
IMAGES = """
  - id: web
    repository: team/web
    tag: "2"
    attributes: {size: 1234.5, since: 2026-03-01, base: docker.io/debian:12}
  - id: old
    registry: docker.io
    repository: team/old
    tag: "1"
    status: deprecated
    replacement: web
    attributes: {size: 7, since: unknown, base: none}
"""


def begun(*columns: str, registries: tuple[str, ...] = ("quay.io", "docker.io")) -> dict[str, str]:
    return {**begin(Beginning("Images", registries, ("en",), columns, DAY.year))}


def test_the_catalog_has_the_types_and_the_schema_knows_them() -> None:
    files = begun("size:number", "since:date", "base:image")
    text = files["catalog/images.yaml"].replace(" []\n", IMAGES)
    catalog, problems = load_catalog("catalog/images.yaml", text, DAY)
    assert problems == ()
    assert catalog.registry_hosts == ("quay.io", "docker.io")
    validator = jsonschema.Draft7Validator(json.loads(files["catalog/images.schema.json"]))
    assert [error.message for error in validator.iter_errors(read_plain(text))] == []
    wrong = read_plain(text.replace("size: 7", "size: seven"))
    assert [error.json_path for error in validator.iter_errors(wrong)] == ["$.images[1].attributes.size"]


def test_the_table_says_what_is_deprecated_and_puts_numbers_on_the_right() -> None:
    files = begun("size:number", "since:date", "base:image")
    text = files["catalog/images.yaml"].replace(" []\n", IMAGES)
    catalog, _ = load_catalog("catalog/images.yaml", text, DAY)
    filters = template_filters(Messages(), Formats("de"))
    template = Template("images.md.j2", files["includes/images.md.j2"], Messages(), filters)
    rendered = template.render(template_values(catalog, DAY, form="table"))
    assert rendered.problems == ()
    assert [line for line in rendered.text.splitlines() if line.startswith("|")] == [
        "| Image | Size | Since | Base |",
        "|---|---:|---|---|",
        "| `quay.io/team/web:2` | 1.234,5 | 1. März 2026 | `docker.io/library/debian:12` |",
        "| `docker.io/team/old:1`<br>Deprecated<br>Use `quay.io/team/web:2` instead. | 7 | Not documented | None |",
    ]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (
            "size:numbr",
            "the column 'size:numbr' has a type that it can't have; what is in size can be text, list",
        ),
        (
            "python:text",
            "the column 'python:text' has a type that it can't have; what is in python is checked already",
        ),
        ("platforms", "every image has 'platforms', or may have it; it is no column"),
        ("registry", "every image has 'registry', or may have it; it is no column"),
    ],
)
def test_what_cannot_be_a_column_is_refused(column: str, message: str) -> None:
    with pytest.raises(CannotRun) as refused:
        begun(column)
    assert str(refused.value).startswith(message)
