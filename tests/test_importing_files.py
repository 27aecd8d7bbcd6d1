"""Files that teams have their images in: CSV, TSV, JSON, bullets, compose files, values of charts."""

import json
from datetime import date

import pytest

from imagedocs.catalog import load_catalog
from imagedocs.importing import Imported, ListFile, read_lists

DAY = date(2026, 5, 4)
HOST = "registry.example"


def read(path: str, text: str, registry: str = "") -> Imported:
    imported = read_lists([ListFile(path, text, DAY)], as_of=DAY, registry=registry)
    loaded, problems = load_catalog("images.yaml", imported.catalog)
    assert problems == () or not imported.entries
    assert loaded is not None
    return imported


def references(imported: Imported) -> list[str]:
    return [str(entry.reference) for entry in imported.entries]


def said(imported: Imported, text: str) -> list[str]:
    return [str(problem) for problem in imported.problems if text in problem.message]


@pytest.mark.parametrize(
    ("path", "mark", "start"),
    [
        ("list.csv", ",", ""),
        ("list.csv", ";", ""),
        ("list.csv", "\t", ""),
        ("list.tsv", "\t", ""),
        ("list.csv", "|", "sep=|\r\n"),
    ],
)
def test_a_table_of_a_spreadsheet(path: str, mark: str, start: str) -> None:
    rows = [
        ("Framework", "Framework version", "CPU/GPU", "Image", "Owner"),
        ("Flow", "2.4", "GPU", f"{HOST}/team/flow-2.4:1", '"Data, Ops; ""core""\nand more"'),
        ("", "", "", "", ""),
        ("None", "", "CPU", f"{HOST}/team/base:1", "=1+1"),
    ]
    imported = read(path, start + "\r\n".join(mark.join(row) for row in rows) + "\r\n")
    first, second = imported.entries
    assert (first.framework, first.framework_version, first.kind) == ("Flow", "2.4", "gpu")
    assert first.attributes == {"Owner": ('Data, Ops; "core"', "and more")}
    assert (second.framework, second.kind, second.attributes["Owner"]) == ("", "cpu", ("=1+1",))
    assert second.position.line == (6 if start else 5)


def test_places_in_a_csv_file() -> None:
    imported = read("list.csv", f"Tag,Image\n1.0,{HOST}/web\nnot yet,{HOST}/job\n")
    assert references(imported) == [f"{HOST}/web:1.0", f"{HOST}/job:not"]
    assert [str(entry.position) for entry in imported.entries] == ["list.csv:2:5", "list.csv:3:9"]


def test_a_csv_file_without_a_header() -> None:
    assert references(read("list.csv", f"{HOST}/web:1,CPU\n{HOST}/job:2,GPU\n")) == [
        f"{HOST}/web:1",
        f"{HOST}/job:2",
    ]


def test_a_quote_that_is_not_closed_in_a_csv_file() -> None:
    imported = read("list.csv", f'Image,Owner\n{HOST}/web:1,A\n{HOST}/job:2,"B\n{HOST}/last:3,C\n')
    (problem,) = said(imported, "a quote")
    assert problem.startswith(
        "list.csv:3:24: error: unreadable-file: a quote that is opened in this row is not closed"
    )
    assert references(imported) == [f"{HOST}/web:1"]


@pytest.mark.parametrize(
    "data",
    [
        [{"image": f"{HOST}/web:1", "size": 98}, {"image": f"{HOST}/job:2", "size": None}],
        {"made": "today", "images": [{"image": f"{HOST}/web:1", "size": 98}, {"image": f"{HOST}/job:2"}]},
        {"web": {"image": f"{HOST}/web", "tag": "1", "size": 98}, "job": {"image": f"{HOST}/job:2"}},
        [
            {"image": {"registry": HOST, "repository": "web", "tag": "1"}, "size": 98},
            {"registry": HOST, "repository": "job", "tag": "2"},
        ],
    ],
)
@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_objects_of_json(data: object, indent: int | str | None) -> None:
    imported = read("list.json", json.dumps(data, indent=indent))
    assert references(imported) == [f"{HOST}/web:1", f"{HOST}/job:2"]
    web, job = imported.entries
    assert web.attributes["size"] == ("98",)
    assert job.attributes.get("size", "unknown") == "unknown"


def test_a_list_of_texts_of_json() -> None:
    imported = read("list.json", json.dumps({"images": [f"{HOST}/web:1", f"{HOST}/job:2"]}))
    assert references(imported) == [f"{HOST}/web:1", f"{HOST}/job:2"]


COMPOSE = f"""\
x-all: &all
  restart: always
services:
  web:
    <<: *all
    image: {HOST}/web:${{TAG:-1.4}}
    environment: [A=1]
  db:
    image: postgres:16
  job:
    image: {HOST}/job:$TAG
  built:
    build: .
"""


def test_the_services_of_a_compose_file() -> None:
    imported = read("compose.yaml", COMPOSE)
    assert references(imported) == [f"{HOST}/web:1.4", "docker.io/library/postgres:16"]
    assert said(imported, "by the defaults of its variables")
    (left_out,) = said(imported, "is left out")
    assert left_out.startswith("compose.yaml:11:12:")
    assert '"$TAG"' in left_out
    assert len(said(imported, "anchors, aliases")) == 1
    assert not [problem for problem in imported.problems if problem.rule.label == "yaml-syntax"]


VALUES = f"""\
global: {{imageRegistry: {HOST}}}
image:
  repository: team/web
  tag: "1.10"
sidecar:
  image: {{registry: quay.io, repository: team/side, tag: v2, pullPolicy: Always}}
initImage: {HOST}/init:3
exporter: {{image: "{{{{ .Values.x }}}}/a:1"}}
again: {{image: {HOST}/init:3}}
"""


def test_the_values_of_a_chart() -> None:
    imported = read("values.yaml", VALUES)
    assert references(imported) == [f"{HOST}/team/web:1.10", "quay.io/team/side:v2", f"{HOST}/init:3"]
    assert said(imported, "whose value is not in this file")


BULLETS = f"""\
# Our images

## Web

- `{HOST}/web:1.4` – what people see
  - Size: 98 MB
  - **Python**: 3.12
* [ ] **{HOST}/job:2.0**
1. [`{HOST}/cron:3`](https://example.org/cron)

### {HOST}/base:4

- CUDA: 12.4
- See `docker pull {HOST}/not:this`.

```
- {HOST}/nor:this
```
"""


def test_bullets_and_headings() -> None:
    imported = read("list.md", BULLETS)
    assert references(imported) == [f"{HOST}/web:1.4", f"{HOST}/job:2.0", f"{HOST}/cron:3", f"{HOST}/base:4"]
    web, *_, base = imported.entries
    assert (web.python, web.attributes["Size"], web.attributes["Description"]) == (
        "3.12",
        ("98 MB",),
        ("what people see",),
    )
    assert (base.kind, base.libraries) == ("gpu", {"cuda": "12.4"})
    assert str(web.position) == "list.md:5:3"


def test_bullets_beside_a_table_are_no_list() -> None:
    table = f"| Image | Python |\n|---|---|\n| `{HOST}/web:1` | 3.12 |\n"
    assert references(read("list.md", f"- `{HOST}/old:0` is gone\n\n{table}")) == [f"{HOST}/web:1"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("list.csv", '"' * 5000 + "," * 5000),
        ("list.csv", ""),
        ("list.csv", "\n\n"),
        ("list.json", "[" * 5000),
        ("list.json", json.dumps({"a": [1, [2], {"b": None}]})),
        ("list.json", ""),
        ("compose.yaml", "a: !!python/object/apply:os.system [id]\n"),
        ("compose.yaml", "a: &a [*a, *a]\n"),
        ("compose.yaml", "services: {web: {image: [1, {b: ''}]}}\n"),
        ("list.md", "- `" * 5000),
    ],
)
def test_files_that_are_no_lists_are_told_and_never_raise(path: str, text: str) -> None:
    imported = read(path, text)
    assert imported.entries == ()
    assert any(str(problem.severity) == "error" for problem in imported.problems)
