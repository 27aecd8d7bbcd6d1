"""The JSON Schemas: as committed, as the loaders read, as editors find them, and as the site publishes them."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from imagedocs.checks.allowed_images import read_allowed_images
from imagedocs.external.allowances import read_allowances
from imagedocs.locales import load_glossary, load_locales
from imagedocs.locales.glossary import read_glossary
from imagedocs.locales.locale_file import read_locales
from imagedocs.problems import Problem
from imagedocs.schemas import published_schemas, render_schemas
from imagedocs.yaml.fields import Fields
from imagedocs.yaml.records import COMMAND
from plain_yaml import read_plain

ROOT = Path(__file__).parent.parent
SCHEMAS = render_schemas((ROOT / "catalog/images.yaml").read_bytes())

LOCALES = """\
version: 1
default: en
locales:
  en: {name: English, babel: en, material: en, search: {language: en, segmentation: words, inflections: true}}
  pt-BR: {name: Português, babel: pt_BR, material: pt-BR, url: br, fallback: [en], direction: ltr, published: false}
  es: {name: Español, babel: es, material: es, pseudo: expanded}
"""
GLOSSARY = "version: 1\nkeep: [Docker]\nterms:\n  image: {es: [imagen, imágenes], de: Image}\n"
ALLOWED = "version: 1\nallow:\n  - {image: registry.example/a/b, reason: soon, until: 2027-01-31}\n"
EXTERNAL = "version: 1\nallow:\n  - {url: https://example.org/, reason: a login, until: 2027-01-31}\n"


@pytest.mark.parametrize("path", SCHEMAS)
def test_the_committed_schemas_are_those_that_the_tables_give(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == SCHEMAS[path], f"{path} is out of date; run: {COMMAND}"


def records(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All parts of a schema that name fields."""
    if "properties" in schema and "required" in schema:
        yield schema
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from records(schema[key])
    for part in (*schema.get("properties", {}).values(), *schema.get("anyOf", ())):
        yield from records(part)


@pytest.mark.parametrize("path", SCHEMAS)
def test_they_are_draft_07_and_explain_every_field(path: str) -> None:
    schema = json.loads(SCHEMAS[path])
    jsonschema.Draft7Validator.check_schema(schema)
    for record in records(schema):
        assert all("$ref" in field or field["description"] for field in record["properties"].values())
        # Which libraries an accelerator has is the catalog's to say, but for the kinds that every catalog has.
        closed = (record["additionalProperties"], record.get("then", {}).get("additionalProperties"))
        assert any(each is False for each in closed) or "allOf" in record


OWN_LOCALES = load_locales(ROOT)[0]


def read_own_glossary(text: str) -> tuple[object, tuple[Problem, ...]]:
    return read_glossary(text, OWN_LOCALES)


READERS: list[tuple[str, str, Callable[[str], tuple[object, tuple[Problem, ...]]]]] = [
    ("locales/locales.schema.json", LOCALES, read_locales),
    ("locales/glossary.schema.json", GLOSSARY, read_own_glossary),
    ("catalog/allowed-images.schema.json", ALLOWED, lambda text: read_allowed_images("a.yaml", text)),
    ("catalog/external-links.schema.json", EXTERNAL, lambda text: read_allowances("e.yaml", text)),
]


def schema_errors(path: str, text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(json.loads(SCHEMAS[path]))
    return [error.json_path for error in validator.iter_errors(read_plain(text))]


@pytest.mark.parametrize(("path", "text", "read"), READERS, ids=[path for path, _, _ in READERS])
def test_reader_and_schema_know_the_same_fields(
    path: str,
    text: str,
    read: Callable[[str], tuple[object, tuple[Problem, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the reader asks a mapping for is in the schema, and the other way round."""
    asked: set[frozenset[str]] = set()
    finish = Fields.finish

    def spy(self: Fields) -> None:
        asked.add(frozenset(self._asked))
        finish(self)

    monkeypatch.setattr(Fields, "finish", spy)
    assert [str(problem) for problem in read(text)[1]] == []
    assert schema_errors(path, text) == []
    assert asked == {frozenset(record["properties"]) for record in records(json.loads(SCHEMAS[path]))}


@pytest.mark.parametrize(
    ("path", "text", "old", "new"),
    [
        ("locales/locales.schema.json", LOCALES, "babel: es", "babble: es"),
        ("locales/locales.schema.json", LOCALES, "material: es", "material: spanish"),
        ("locales/locales.schema.json", LOCALES, "pt-BR: {", "pt_BR: {"),
        ("locales/locales.schema.json", LOCALES, "url: br", "url: /br/"),
        ("locales/locales.schema.json", LOCALES, "published: false", "published: no way"),
        ("locales/glossary.schema.json", GLOSSARY, "keep: [Docker]", "keep: Docker"),
        ("locales/glossary.schema.json", GLOSSARY, "de: Image", "de: 7"),
        ("catalog/allowed-images.schema.json", ALLOWED, ", reason: soon", ""),
        ("catalog/allowed-images.schema.json", ALLOWED, "2027-01-31", "next year"),
        ("catalog/external-links.schema.json", EXTERNAL, "url:", "link:"),
    ],
)  # fmt: skip
def test_schema_and_reader_refuse_the_same(path: str, text: str, old: str, new: str) -> None:
    assert old in text
    broken = text.replace(old, new, 1)
    read = next(read for name, _, read in READERS if name == path)
    assert read(broken)[1]
    assert schema_errors(path, broken)


@pytest.mark.parametrize("path", ["catalog/images.yaml", "locales/locales.yaml", "locales/glossary.yaml"])
def test_files_name_their_schema_and_are_right_by_it(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert modeline
    schema = (ROOT / path).parent / modeline[1]
    assert schema.relative_to(ROOT).as_posix() in SCHEMAS
    assert schema_errors(schema.relative_to(ROOT).as_posix(), text) == []
    assert load_locales(ROOT)[1] == load_glossary(ROOT, load_locales(ROOT)[0])[1] == ()


def test_the_site_publishes_them_once(site: Path) -> None:
    found = {path.name: path.read_text("utf-8") for path in (site / "schemas").iterdir()}
    assert found == published_schemas()
    assert len(found) == len(SCHEMAS) + 1
    assert [path.relative_to(site).as_posix() for path in site.rglob("schemas")] == ["schemas"]
