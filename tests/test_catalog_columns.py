"""A catalog that declares its own columns: what its images must say, and what its templates can show."""

import json
from datetime import date

import jsonschema
import pytest

from imagedocs.catalog import Absence, Status, load_catalog
from imagedocs.catalog.schema import render_catalog_schema as render_schema
from imagedocs.locales import Formats, Messages
from imagedocs.publishing import template_filters, template_values
from imagedocs.rendering import Template

COLUMNS = """\
version: 1
registry: registry.example
columns: [python, base, ports]
images:
  - id: web
    repository: team/web
    tag: "1.0"
    python: "3.12"
    attributes:
      base: Alpine | 3.20
      ports: ["80", "443"]
  - id: job
    repository: team/job-py311-gpu
    tag: "2.0"
    python: unknown
    attributes: {base: none, ports: not-applicable}
"""
DAY = date(2026, 11, 24)


def problems_of(text: str) -> list[str]:
    return [str(problem) for problem in load_catalog("c.yaml", text, DAY)[1]]


def test_images_say_what_the_columns_ask_and_no_more() -> None:
    catalog, problems = load_catalog("c.yaml", COLUMNS, DAY)
    assert problems == ()
    assert catalog.columns == ("python", "base", "ports")
    web, job = catalog.images
    assert web.attributes == {"base": "Alpine | 3.20", "ports": ("80", "443")}
    assert job.attributes == {"base": Absence.NONE, "ports": Absence.NOT_APPLICABLE}
    assert (web.python, web.os, web.packages) == ("3.12", Absence.UNKNOWN, Absence.UNKNOWN)
    assert (web.status, web.framework.is_none, web.listed_on(DAY)) == (Status.SUPPORTED, True, True)
    assert web.at("attributes.base").line == 10


def test_templates_show_the_columns() -> None:
    catalog, _ = load_catalog("c.yaml", COLUMNS, DAY)
    text = (
        "{% for image in images %}\n"
        "| {{ image.reference|code }} | {{ image.python|known }} |"
        "{% for column in columns if column in image.attributes %} {{ image.attributes[column]|listed }} |{% endfor %}\n\n"
        "{% endfor %}\n"
    )
    filters = template_filters(Messages(), Formats("en"))
    rendered = Template("t.md.j2", text, Messages(), filters).render(template_values(catalog, DAY))
    assert rendered.problems == ()
    assert [line for line in rendered.text.splitlines() if line] == [
        r"| `registry.example/team/web:1.0` | 3.12 | Alpine \| 3.20 | 80<br>443 |",
        "| `registry.example/team/job-py311-gpu:2.0` | Not documented | None | Not applicable |",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("base: Alpine | 3.20", "bsae: Alpine", [
            '10:7: error: unknown-key: unknown key "bsae"; did you mean "base"?']),
        ('    python: "3.12"\n', "", ['5:5: error: missing-field: the field "python" is missing']),
        ("    attributes: {base: none, ports: not-applicable}\n", "", [
            ('12:5: error: missing-field: the column "base" is missing; write it below attributes; unknown, none and '
            "not-applicable are answers too"),
            ('12:5: error: missing-field: the column "ports" is missing; write it below attributes; unknown, none and '
            "not-applicable are answers too")]),
        ('["80", "443"]', "[80]", [
            '11:15: error: unquoted-value: YAML reads 80 as a number, not as text; write "80"']),
        ('["80", "443"]', "[]", [
            ("11:14: error: wrong-type: expected a text or a list of texts, found a list")]),
        ("columns: [python, base, ports]", "columns: [pyhton, base, ports]", [
            '3:11: error: unknown-name: there is no column "pyhton"; did you mean "python"?']),
        ("[python, base, ports]", "[python, base, ports, base]", [
            '3:32: error: duplicate-key: the column "base" stands twice; remove one of them']),
        ("[python, base, ports]", "[python, base, ports, tag]", [
            '3:32: error: unknown-name: "tag" is a field of every image, not a column; remove it']),
        ("[python, base, ports]", "[python, base, ports, Size]", [
            ('3:32: error: wrong-type: expected the name of a column, of lower-case letters, digits and underscores, '
            'found "Size"; write "size"')]),
        ("[python, base, ports]", "[python, base, ports, os]", [
            '1:1: error: missing-field: the field "systems" is missing',
            '5:5: error: missing-field: the field "os" is missing',
            '12:5: error: missing-field: the field "os" is missing']),
    ],
)  # fmt: skip
def test_what_is_wrong_with_columns_is_said_at_its_place(old: str, new: str, expected: list[str]) -> None:
    assert old in COLUMNS
    assert problems_of(COLUMNS.replace(old, new, 1)) == [f"c.yaml:{line}" for line in expected]


def test_attributes_need_their_columns() -> None:
    text = COLUMNS.replace("columns: [python, base, ports]", "columns: [python]").replace(
        "base: none, ports: not-applicable", ""
    )
    assert problems_of(text) == [
        f'c.yaml:{line}:7: error: unknown-key: unknown key "{name}": the catalog has no column of that name; '
        f"add columns: [{name}] to the catalog"
        for line, name in ((10, "base"), (11, "ports"))
    ]


def test_the_schema_knows_columns() -> None:
    validator = jsonschema.Draft7Validator(json.loads(render_schema()))
    image = {
        "id": "web",
        "repository": "team/web",
        "tag": "1.0",
        "attributes": {"base": ["a"], "size": "1 MB"},
    }
    catalog = {"version": 1, "registry": "registry.example", "columns": ["base", "size"], "images": [image]}
    assert [error.message for error in validator.iter_errors(catalog)] == []
    del catalog["columns"]
    assert {error.json_path for error in validator.iter_errors(catalog)} == {"$", "$.images[0]"}
