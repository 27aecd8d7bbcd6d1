"""Version 2 of the catalog: registries, several tags, accelerators, typed columns, groups, support and known issues."""

import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from imagedocs.catalog import Absence, Catalog, ColumnType, Library, Link, Support, load_catalog
from imagedocs.catalog.facts import Column, Group
from imagedocs.catalog.names import read_name
from imagedocs.catalog.schema import render_catalog_schema
from imagedocs.checks.images import check_catalog_images
from imagedocs.locales import Formats, Messages
from imagedocs.publishing import template_filters
from imagedocs.registry.manifest import load_manifest
from many_images import COUNT, PRIVATE, PUBLIC, catalog_text, registry_text
from plain_yaml import read_plain

DAY = date(2026, 11, 24)

MODEL = """\
version: 2
registry: registry.example
registries: {hub: hub.example}
support: {months: 6, since: 2022-11-04, source: the list}
max_age: 30
columns:
  - accelerator
  - base_image
  - {name: size, title: Size in MB, type: number}
  - {name: ends, type: date}
  - {name: notes, type: link}
  - {name: ports, type: list}
  - {name: owner, type: text}
accelerators:
  rocm: {name: ROCm, libraries: {miopen: MIOpen}}
  neuron: {name: Neuron, token: neuronx}
groups:
  small:
    title: Small images
    tag: latest
    accelerator: {kind: rocm, version: "6.2", miopen: "3.2"}
    attributes: {base_image: Alpine, ports: "80", owner: Team A}
    sources: {accelerator.miopen: a Dockerfile}
images:
  - id: web
    group: small
    registry: hub
    repository: team/web-rocm6.2
    tags: [20260301.v1, latest]
    attributes: {size: 12.5, ends: 2027-01-31, notes: https://docs.example/web, owner: Team B}
    sources: {attributes.size: its manifest}
    known_issues:
      - {tag: 20260301.v1, text: It stops., since: 2026-03-03, fixed_in: 20260308.v1, source: a report}
      - {tags: [20260308.v1, 20260309.v1], text: It is slow., since: 2026-03-10, source: a report}
  - id: job
    group: small
    repository: team/job
    accelerator: {kind: neuron}
    support: none
    attributes:
      size: 7
      ends: unknown
      notes: {url: "HTTP://docs.example/job?a=1&b=2", text: Notes}
      ports: ["80", "443"]
"""


def load(text: str) -> tuple[Catalog, list[str]]:
    catalog, problems = load_catalog("c.yaml", text, DAY)
    return catalog, [str(problem).removeprefix("c.yaml:") for problem in problems]


def test_a_catalog_of_version_2_is_read_whole() -> None:
    catalog, problems = load(MODEL)
    assert problems == []
    web, job = catalog.images
    assert catalog.hosts == {"registry.example", "hub.example"}
    assert (web.registry, job.registry) == ("hub.example", "registry.example")
    assert [str(reference) for reference in web.references] == [
        "hub.example/team/web-rocm6.2:20260301.v1",
        "hub.example/team/web-rocm6.2:latest",
    ]
    assert (web.tag, job.tags) == ("20260301.v1", ("latest",))
    assert [kind.id for kind in catalog.accelerators] == ["cpu", "gpu", "rocm", "neuron"]
    assert (web.accelerator.kind, web.accelerator.name, web.accelerator.is_gpu) == ("rocm", "ROCm", False)
    assert web.accelerator.libraries == (Library("ROCm", "6.2"), Library("MIOpen", "3.2"))
    assert (job.accelerator.name, job.accelerator.version) == ("Neuron", Absence.UNKNOWN)
    assert job.accelerator.libraries == ()
    assert catalog.columns == ("accelerator", "base_image", "size", "ends", "notes", "ports", "owner")
    assert catalog.own_columns[:3] == (
        Column("base_image", "Base image"),
        Column("size", "Size in MB", ColumnType.NUMBER),
        Column("ends", "Ends", ColumnType.DATE),
    )
    assert web.attributes == {
        "base_image": "Alpine",
        "size": Decimal("12.5"),
        "ends": date(2027, 1, 31),
        "notes": Link("https://docs.example/web"),
        "ports": ("80",),
        "owner": "Team B",
    }
    assert job.attributes["notes"] == Link("HTTP://docs.example/job?a=1&b=2", "Notes")
    assert (job.attributes["size"], job.attributes["ends"]) == (7, Absence.UNKNOWN)
    assert web.sources == {"attributes.size": "its manifest", "accelerator.miopen": "a Dockerfile"}
    assert (web.group, catalog.groups) == (Group("small", "Small images"), (Group("small", "Small images"),))
    assert web.support == catalog.support == Support("the list", months=6, since=date(2022, 11, 4))
    assert (job.support, catalog.max_age) == (None, 30)
    first, second = web.known_issues
    assert (first.tags, first.text, first.fixed_in) == (("20260301.v1",), "It stops.", "20260308.v1")
    assert (second.tags, second.fixed_in) == (("20260308.v1", "20260309.v1"), None)
    assert (web.known_issue("20260309.v1"), web.known_issue("latest")) == (second, None)
    assert web.known_issue("20260301.v1", date(2026, 3, 2)) is None
    assert web.known_issue("20260301.v1", date(2026, 3, 3)) == first
    assert web.at("accelerator.miopen").line == 21, "where the group has it"


def test_values_of_columns_are_shown_in_the_readers_language() -> None:
    catalog, _ = load(MODEL)
    listed = template_filters(Messages(), Formats("de"))["listed"]
    assert [str(listed(value)) for value in catalog.images[0].attributes.values()] == [
        "Alpine",
        "12,5",
        "31. Januar 2027",
        "[https://docs.example/web](<https://docs.example/web>)",
        "80",
        "Team B",
    ]
    job = catalog.images[1].attributes
    assert listed(job["notes"]) == "[Notes](<HTTP://docs.example/job?a=1&amp;b=2>)"
    assert (listed(job["ports"]), listed(job["ends"])) == ("80<br>443", "Not documented")


BROKEN = [
    # registries and tags
    ("a registry that is not in the table", "registry: hub", "registry: hbu", [
        '27:15: error: unknown-name: there is no registry "hbu"; did you mean "hub"?']),
    ("a word that is neither a name nor a host", "registry: hub\n", "registry: elsewhere\n", [
        ('27:15: error: unknown-name: there is no registry "elsewhere"; write a host, or one of: hub, '
        "registry.example")]),
    ("a registry with a path", "hub: hub.example", "hub: hub.example/x", [
        ('3:19: error: image-reference-invalid: expected the host of a registry, found "hub.example/x"; '
        "write the host alone")]),
    ("tag and tags", "    tags: [", "    tag: latest\n    tags: [", [
        ("30:11: error: catalog-contradiction: tag and tags stand both here; "
        "write all tags in tags, the first one first")]),
    ("no tag", "[20260301.v1, latest]", "[]", ["29:11: error: wrong-type: expected at least one tag, found a list"]),
    ("a tag twice", "[20260301.v1, latest]", "[latest, latest]", [
        '29:20: error: duplicate-key: the tag "latest" stands twice; remove one of them']),
    ("a tag that is none", "[20260301.v1, latest]", "[a b]", [
        ('29:12: error: image-reference-invalid: expected a tag, found "a b"; '
        "a tag is letters, digits, dots, dashes and underscores")]),
    # accelerators
    ("an accelerator like nothing", "kind: neuron", "kind: quantum", [
        ('38:25: error: wrong-type: expected an accelerator (cpu, gpu, rocm or neuron), found "quantum"; '
        "add it to the table accelerators, or write one of these")]),
    ("a library of another kind", "kind: neuron", 'kind: neuron, miopen: "3"', [
        "38:41: error: catalog-contradiction: Neuron has no miopen; remove it, or write kind: rocm"]),
    ("a library that is misspelt", "miopen: \"3.2\"", "miopne: \"3.2\"", [
        '21:47: error: unknown-key: unknown key "miopne"; did you mean "miopen"?']),
    ("a version of a GPU", "kind: neuron", 'kind: gpu, version: "3"', [
        "38:39: error: catalog-contradiction: GPU has no version; remove it"]),
    ("other libraries for gpu", "rocm: {name: ROCm, ", "gpu: {name: GPU, libraries: {x: X}}\n  rocm: {name: ROCm, ", [
        ("15:31: error: catalog-contradiction: the libraries of gpu are fixed: cuda, cudnn or nccl; "
        "write others in libraries of the image")]),
    ("two kinds with one token", "token: neuronx", "token: rocm", [
        '16:33: error: duplicate-key: "rocm" has the token "rocm" already; give it another token']),
    ("another version than the name says", 'version: "6.2"', 'version: "6.1"', [
        ("21:40: error: catalog-contradiction: ROCm is 6.2 by the repository's name and 6.1 here; "
        'write "6.2", or name another repository')]),
    # columns
    ("a type like nothing", "type: date", "type: day", [
        ('10:24: error: wrong-type: expected a type (text, list, number, date, link, tag, tags, image or images), found "day"')]),
    ("a built-in column with a title", "  - accelerator\n", "  - {name: accelerator, title: X}\n", [
        ('7:12: error: catalog-contradiction: "accelerator" is a field of the catalog\'s form, which has its title '
        "and type already; write accelerator alone")]),
    ("a number in quotes", "size: 12.5", 'size: "12.5"', [
        '30:24: error: wrong-type: expected a number such as 12 or 1.5, without quotes and unit, found "12.5"']),
    ("a number with a unit", "size: 12.5", "size: 12 MB", [
        '30:24: error: wrong-type: expected a number such as 12 or 1.5, without quotes and unit, found "12 MB"']),
    ("a number that is none", "size: 12.5", "size: .inf", [
        "30:24: error: wrong-type: expected a number such as 12 or 1.5, without quotes and unit, found the number .inf"]),
    ("a day that does not exist", "ends: 2027-01-31", "ends: 2027-02-30", [
        "30:36: error: invalid-date: there is no day 2027-02-30; the last day of that month is 2027-02-28"]),
    ("a link that runs code", "notes: https://docs.example/web", "notes: 'javascript:alert(1)'", [
        ('30:55: error: wrong-type: expected an address, found "javascript:alert(1)"; '
        "write one that begins with https:// or http:// and has no blanks")]),
    ("a link with a blank", "notes: https://docs.example/web", "notes: https://docs.example/a b", [
        ('30:55: error: wrong-type: expected an address, found "https://docs.example/a b"; '
        "write one that begins with https:// or http:// and has no blanks")]),
    ("a link that hides its host", "notes: https://docs.example/web", "notes: 'https://docs.example@evil.example/'", [
        ('30:55: error: wrong-type: expected an address, found "https://docs.example@evil.example/"; '
        "write one that begins with https:// or http:// and has no blanks")]),
    ("a list for a text", "owner: Team B", "owner: [Team B]", [
        "30:88: error: wrong-type: expected text, found a list"]),
    # groups
    ("a group that is misspelt", "    group: small\n    registry", "    group: smal\n    registry", [
        '26:12: error: unknown-name: there is no group "smal"; did you mean "small"?']),
    ("a mistake in a group is one", "ports: \"80\", ", "ports: 80, ", [
        '22:45: error: unquoted-value: YAML reads 80 as a number, not as text; write "80"']),
    ("a mistake deep in a group", "{kind: rocm, ", "{knid: rocm, ", [
        '21:19: error: unknown-key: unknown key "knid"; did you mean "kind"?']),
    ("a group with an id", "    title: Small images\n", "    title: Small images\n    id: x\n", [
        ('20:5: error: unknown-key: unknown key "id"; expected one of: title, registry, repository, tag, tags, digest, platforms, framework, '
        "accelerator, os, python, packages, libraries, environment, listed, status, support, known_issues, replacement, "
        "attributes, sources")]),
    ("what neither image nor group says", "base_image: Alpine, ", "", [
        ('30:17: error: missing-field: the column "base_image" is missing; write it below attributes; unknown, none and '
        "not-applicable are answers too"),
        ('41:7: error: missing-field: the column "base_image" is missing; write it below attributes; unknown, none and '
        "not-applicable are answers too")]),
    # support
    ("support without a source", ", source: the list}", "}", ['4:10: error: missing-field: the field "source" is missing']),
    ("support that says nothing", "months: 6, since", "since", [
        "4:10: error: missing-field: support has neither until nor months; write until: DAY, or months: NUMBER"]),
    ("support that says both", "months: 6", "months: 6, until: 2027-01-01", [
        "4:19: error: catalog-contradiction: support has a day, and months too; remove one of them"]),
    ("no month", "months: 6", "months: 0", [
        "4:19: error: wrong-type: expected a number of months from 1 to 1200, found the number 0"]),
    ("months without end", "months: 6", "months: 999999999", [
        "4:19: error: wrong-type: expected a number of months from 1 to 1200, found the number 999999999"]),
    ("support that ends before it begins", "months: 6", "until: 2022-11-04", [
        "4:18: error: catalog-dates: until 2022-11-04 is not after since 2022-11-04; correct one of them"]),
    # known issues
    ("an issue of no tag", "tag: 20260301.v1, text", "text", [
        '33:9: error: missing-field: the field "tag" is missing']),
    ("an issue without what happens", "text: It stops., ", "", [
        '33:9: error: missing-field: the field "text" is missing']),
    ("an issue that is fixed by the tag that has it", "fixed_in: 20260308.v1", "fixed_in: 20260301.v1", [
        ('33:74: error: catalog-contradiction: the tag "20260301.v1" cannot have the issue and be the one that fixes it; '
        "name another tag, or remove fixed_in")]),
    ("an issue with a misspelt field", "since: 2026-03-03", "sicne: 2026-03-03", [
        '33:45: error: unknown-key: unknown key "sicne"; did you mean "since"?']),
    # versions
    ("an older version", "version: 2\n", "version: 1\n", [
        ('1:10: error: newer-version: "registries" on line 3 came with version 2 of the catalog\'s form; '
        "write version: 2")]),
    ("a newer version", "version: 2\n", "version: 3\n", [
        ("1:10: error: newer-version: the file is of version 3; this imagedocs reads up to version 2; "
        "use a newer imagedocs")]),
    ("an image that stands twice by its second tag", "  - id: job\n    group: small\n    repository: team/job\n",
        "  - id: job\n    group: small\n    registry: hub\n    repository: team/web-rocm6.2\n", [
        ("38:17: error: duplicate-image: hub.example/team/web-rocm6.2:latest stands twice; "
        "first as web on line 25; remove one of them, or name its tag"),
        ("39:25: error: catalog-contradiction: the accelerator is rocm by the repository's name and neuron here; "
        "write rocm, or name another repository")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN])
def test_what_is_wrong_is_said_once_at_its_place(old: str, new: str, expected: list[str]) -> None:
    assert old in MODEL
    assert load(MODEL.replace(old, new, 1))[1] == expected


@pytest.mark.parametrize(
    ("line", "new"),
    [
        ("    tag: latest\n", "    tags: [latest]\n"),
        ("    tag: latest\n", "    tag: latest\n    registry: hub\n"),
        ("    tag: latest\n", "    tag: latest\n    known_issues: []\n"),
        ("    tag: latest\n", "    tag: latest\n    support: none\n"),
        ("columns: [base]\n", "columns: [{name: base, type: text}]\n"),
        ("columns: [base]\n", "columns: [base]\naccelerators: {}\n"),
    ],
)
def test_a_field_of_version_2_says_what_to_write(line: str, new: str) -> None:
    old = (
        "version: 1\nregistry: registry.example\ncolumns: [base]\nimages:\n"
        "  - id: web\n    repository: team/web\n    tag: latest\n    attributes: {base: x}\n"
    )
    assert load(old)[1] == []
    problems = load(old.replace(line, new))[1]
    assert problems[0].startswith("1:10: error: newer-version: ")
    assert problems[0].endswith(" came with version 2 of the catalog's form; write version: 2")
    assert [problem for problem in problems[1:] if "unknown-name" not in problem] == []


def test_a_name_says_the_kinds_of_the_catalog() -> None:
    catalog, _ = load(MODEL)
    said = [
        read_name(name, (), (), catalog.accelerators)
        for name in ("a-rocm6.2-gpu", "a-neuronx-cpu", "a-cuda12.4", "a-rocmx")
    ]
    assert [(each.kind, each.kind_version) for each in said] == [
        ("rocm", "6.2"),
        ("neuron", None),
        ("gpu", "12.4"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("groups: {g: {" + ", ".join(f"a{n}: x" for n in range(2000)) + "}}\nimages:\n"
            + "  - {id: i, group: g}\n" * 2000, "smaller groups", id="much in a group, many times"),
        pytest.param("groups: {g: &g {x: *g}}\nimages: [{group: g}]\n", "yaml-syntax", id="a group in itself"),
        pytest.param("groups: [a]\nimages: [{group: a}]\n", "expected a mapping", id="groups as a list"),
        pytest.param("groups: {g: text}\nimages: [{group: g}]\n", "expected a mapping", id="a group that is text"),
        pytest.param("images: [{group: [a]}]\n", "wrong-type", id="a name of a group that is a list"),
        pytest.param("accelerators: {a: {libraries: {kind: K}}}\n", "wrong-type", id="a library named as a field"),
        pytest.param("accelerators: [a]\n", "expected a mapping", id="accelerators as a list"),
        pytest.param("columns: [{title: x}]\nimages: []\n", "missing-field", id="a column without a name"),
        pytest.param("columns: [{name: [x]}]\nimages: []\n", "wrong-type", id="a name of a column that is a list"),
        pytest.param("images: [{known_issues: [{tags: [" + "a, " * 5000 + "]}]}]\n", "missing-field", id="many tags"),
        pytest.param('registries: {x: "a\\e[31m"}\n', "control character", id="control characters"),
    ],
)  # fmt: skip
def test_a_hostile_catalog_ends_in_problems(text: str, word: str) -> None:
    _, problems = load("version: 2\nregistry: registry.example\n" + text)
    assert any(word in problem for problem in problems), problems


def test_the_schema_accepts_what_the_loader_accepts() -> None:
    validator = jsonschema.Draft7Validator(json.loads(render_catalog_schema()))
    for text in (MODEL, catalog_text()):
        data = read_plain(text)
        assert [error.message for error in validator.iter_errors(data)] == []
    data = read_plain(MODEL)
    data["images"][0]["tag"] = "latest"
    data["groups"]["small"]["id"] = "x"
    data["support"]["until"] = "2027-01-01"
    assert {error.json_path for error in validator.iter_errors(data)} == {
        "$.images[0]",
        "$.groups.small",
        "$.support",
    }


def test_a_hundred_images_of_two_registries_lose_nothing() -> None:
    catalog, problems = load(catalog_text())
    assert problems == []
    assert len(catalog.images) == COUNT == 109
    assert {image.registry for image in catalog.images} == {PUBLIC, PRIVATE} == catalog.hosts
    assert {image.accelerator.name for image in catalog.images} == {"CPU", "NVIDIA GPU", "Neuron", "ROCm"}
    assert len({str(reference) for image in catalog.images for reference in image.references}) == 2 * COUNT
    assert all(len(image.attributes) == 5 for image in catalog.images)
    manifest, wrong = load_manifest("r.json", registry_text())
    assert wrong == ()
    assert manifest is not None
    assert [str(problem) for problem in check_catalog_images(catalog, manifest, DAY)] == [
        (
            "c.yaml:64:11: warning: image-tag-known-bad: public.example.com/serving/tensor-2.0-inference:2.0.1-py311 is "
            'known to be bad since 2026-01-10: "It cannot find its models"; write "2.0-py311"'
        )
    ]


def test_a_list_of_names_and_tags_needs_no_columns() -> None:
    text = "version: 2\nregistry: quay.io\nimages:\n  - id: web\n    repository: team/web\n    tag: '1'\n"
    catalog, problems = load_catalog("catalog/images.yaml", text)
    assert problems == ()
    assert catalog.columns == ()
    one = text.replace("images:", "frameworks: {}\nimages:")
    assert load_catalog("catalog/images.yaml", one)[1] != ()  # which is the beginning of another form
