"""The catalog: what is read from a good file, what is said of each way to break it, and the schema."""

import json
from datetime import date

import jsonschema
import pytest

from conftest import ROOT
from damage import damaged
from imagedocs.catalog import Absence, Catalog, Environment, Library, OperatingSystem, Status, load_catalog
from imagedocs.catalog.facts import GPU, Accelerator
from imagedocs.catalog.images import Listing, Package
from imagedocs.catalog.names import read_name
from imagedocs.catalog.schema import render_catalog_schema as render_schema
from imagedocs.problems import Position
from imagedocs.yaml.nodes import Mapping, Node, Scalar, Sequence, read_yaml
from sampling import full

GOOD = """\
version: 1
registry: registry.example

frameworks:
  tensor: {name: Tensor}
  sci-kit: {name: Sci Kit, token: sk}
  none: {name: No framework, token: bare, anchor: no-framework}

systems:
  ubuntu: {name: Ubuntu}
  debian: {name: Debian}

images:
  - id: bare-new
    repository: ml/bare-ubuntu22.04-py310-cpu
    tag: latest
    framework: none
    accelerator: {kind: cpu}
    os: {name: ubuntu, version: "22.04"}
    python: "3.10"
    packages: not-applicable
    environment: unknown
    listed: {from: 2022-01-31}
    status: supported
  - id: tensor-gpu
    repository: ml/tensor-2.4-ubuntu18.04-py37-cuda11.0.3-gpu
    tag: "20210906"
    framework: {name: tensor, version: "2.4"}
    accelerator: {kind: gpu, cuda: "11.0.3", cudnn: "8.0"}
    os: {name: ubuntu, version: "18.04"}
    python: "3.7"
    packages:
      - numpy==1.20.1
      - Sci_Kit >= 0.24, < 1
    libraries: {libgomp: "1.0", openmpi: unknown}
    environment: {name: Env-tensor, until: 2022-01-31}
    listed: {from: 2021-05-25, until: 2022-01-31}
    status: removed
    replacement: bare-new
    sources:
      accelerator.cudnn: a Dockerfile
"""

TODAY = date(2026, 11, 24)


def load(text: str | bytes, as_of: date | None = TODAY) -> tuple[Catalog, list[str]]:
    catalog, problems = load_catalog("c.yaml", text, as_of)
    return catalog, [str(problem) for problem in problems]


def test_a_good_catalog_is_read_whole() -> None:
    catalog, problems = load(GOOD)
    assert problems == []
    assert [image.id for image in catalog.images] == ["tensor-gpu", "bare-new"]
    tensor, bare = catalog.images
    assert str(tensor.reference) == "registry.example/ml/tensor-2.4-ubuntu18.04-py37-cuda11.0.3-gpu:20210906"
    assert tensor.full_repository == "registry.example/ml/tensor-2.4-ubuntu18.04-py37-cuda11.0.3-gpu"
    assert (tensor.framework.name, tensor.framework_version) == ("Tensor", "2.4")
    versions = {"cuda": "11.0.3", "cudnn": "8.0", "nccl": Absence.UNKNOWN}
    assert tensor.accelerator == Accelerator(GPU, versions=versions)
    assert tensor.accelerator.libraries == (Library("CUDA", "11.0.3"), Library("cuDNN", "8.0"))
    assert tensor.os == OperatingSystem("ubuntu", "Ubuntu", "18.04")
    assert str(tensor.os) == "Ubuntu 18.04"
    assert tensor.packages == (Package("numpy", "numpy==1.20.1"), Package("sci-kit", "Sci_Kit >= 0.24, < 1"))
    assert tensor.libraries == (Library("libgomp", "1.0"), Library("openmpi", Absence.UNKNOWN))
    assert tensor.environment == Environment("Env-tensor", date(2022, 1, 31))
    assert tensor.listed == Listing(date(2021, 5, 25), date(2022, 1, 31))
    assert (tensor.status, catalog.replacement(tensor)) == (Status.REMOVED, bare)
    assert tensor.sources == {"accelerator.cudnn": "a Dockerfile"}
    assert tensor.position == Position("c.yaml", 25, 5)
    assert tensor.at("tag") == Position("c.yaml", 27, 10)
    assert tensor.at("listed.until") == Position("c.yaml", 37, 39)
    assert tensor.at("digest") == tensor.position
    assert (bare.framework.is_none, bare.framework.anchor) == (True, "no-framework")
    assert bare.framework_version is Absence.NOT_APPLICABLE
    assert bare.packages is Absence.NOT_APPLICABLE
    assert bare.accelerator.cuda is Absence.NOT_APPLICABLE
    assert catalog.of_repository(bare.full_repository) == (bare,)


def test_time_travel() -> None:
    catalog, _ = load(GOOD)
    tensor, bare = catalog.images
    day_before, day_after = date(2022, 1, 30), date(2022, 1, 31)
    assert catalog.listed_on(date(2021, 5, 24)) == ()
    assert catalog.listed_on(date(2021, 5, 25)) == (tensor,)
    assert catalog.listed_on(day_before) == (tensor,)
    assert catalog.listed_on(day_after) == (bare,)
    assert tensor.status_on(day_before) is Status.SUPPORTED
    assert tensor.status_on(day_after) is Status.REMOVED
    assert tensor.environment_on(day_before) == Environment("Env-tensor", day_after)
    assert tensor.environment_on(day_after) is Absence.UNKNOWN
    assert catalog.by_framework(day_before) == ((tensor.framework, (tensor,)),)


def test_a_draft_is_never_listed() -> None:
    catalog, problems = load(
        GOOD.replace("{from: 2021-05-25, until: 2022-01-31}", "{from: 2021-05-25, until: 2021-05-25}")
    )
    assert problems == []
    assert catalog.listed_on(date(2021, 5, 25)) == ()


D = "sha256:" + "0" * 64
T = "ml/tensor-2.4-ubuntu18.04-py37-cuda11.0.3-gpu"
B = "ml/bare-ubuntu22.04-py310-cpu"

BROKEN = [
    # fields
    ("a key that is misspelt", "    python: \"3.7\"", "    pyhton: \"3.7\"", [
        '31:5: error: unknown-key: unknown key "pyhton"; did you mean "python"?']),
    ("a key of the file that is misspelt", "registry: ", "registery: ", [
        '2:1: error: unknown-key: unknown key "registery"; did you mean "registry"?']),
    ("a key inside a field that is misspelt", "cudnn:", "cuddn:", [
        '29:46: error: unknown-key: unknown key "cuddn"; did you mean "cudnn"?']),
    ("a key like nothing", "    status: removed", "    status: removed\n    zzz: 1", [
        ('39:5: error: unknown-key: unknown key "zzz"; expected one of: id, group, registry, repository, tag, tags, '
        "digest, platforms, framework, accelerator, os, python, packages, libraries, environment, listed, status, support, "
        "known_issues, replacement, attributes, sources")]),
    ("a tag left out", '    tag: "20210906"\n', "", ['25:5: error: missing-field: the field "tag" is missing']),
    ("a tag left empty", '    tag: "20210906"', "    tag:", ["27:9: error: wrong-type: expected a tag, found nothing"]),
    ("a number that is no text", 'version: "2.4"', "version: 2.10", [
        '28:40: error: unquoted-value: YAML reads 2.10 as a number, not as text; write "2.10"']),
    ("a tag that is a number", 'tag: "20210906"', "tag: 20210906", [
        '27:10: error: unquoted-value: YAML reads 20210906 as a number, not as text; write "20210906"']),
    ("Python as a number", 'python: "3.10"', "python: 3.10", [
        '20:13: error: unquoted-value: YAML reads 3.10 as a number, not as text; write "3.10"']),
    ("a list for a text", 'tag: "20210906"', "tag: [a]", ["27:10: error: wrong-type: expected a tag, found a list"]),
    ("a text for a list", "packages: not-applicable", "packages: numpy", [
        '21:15: error: wrong-type: expected a list, unknown, none or not-applicable, found "numpy"']),
    ("a word for absence that is misspelt", "packages: not-applicable", "packages: not-aplicable", [
        ("21:15: error: wrong-type: expected a list, unknown, none or not-applicable, found "
        '"not-aplicable"; did you mean "not-applicable"?')]),
    ("a text for a mapping", "framework: none", "framework: tensor", [
        '17:16: error: wrong-type: expected a mapping or none, found "tensor"; write {name: …, version: …}']),
    ("an empty list", "    packages: not-applicable", "    packages: []", [
        "21:15: error: wrong-type: the list of packages is empty; write none, unknown or not-applicable"]),
    ("a word that is no version", 'python: "3.10"', "python: newest", [
        '20:13: error: invalid-version: expected a version such as "3.10", found "newest"']),
    # parts of references
    ("a tag with characters that no tag has", 'tag: "20210906"', 'tag: "2.13.0 cu133:AMZN"', [
        ('27:10: error: image-reference-invalid: expected a tag, found "2.13.0 cu133:AMZN"; '
        "a tag is letters, digits, dots, dashes and underscores")]),
    ("a repository in capitals", f"repository: {B}", "repository: ml/Bare-ubuntu22.04-py310-cpu", [
        ('15:17: error: image-reference-invalid: expected a repository within the registry, found '
        '"ml/Bare-ubuntu22.04-py310-cpu"; write it in lower case, without host and tag')]),
    ("a repository with its tag", f"repository: {B}", f"repository: {B}:latest", [
        (f'15:17: error: image-reference-invalid: expected a repository within the registry, found "{B}:latest"; '
        "write it in lower case, without host and tag")]),
    ("a digest that is too short", "    framework: none", "    digest: sha256:abc\n    framework: none", [
        '17:13: error: image-reference-invalid: expected a digest, found "sha256:abc"; write sha256: and 64 digits']),
    ("a registry with a path", "registry: registry.example", "registry: registry.example/ml", [
        ('2:11: error: image-reference-invalid: expected the host of a registry, found "registry.example/ml"; '
        "write the host alone")]),
    # packages
    ("one equals sign", "numpy==1.20.1", "numpy=1.20.1", [
        '33:9: error: invalid-requirement: "numpy=1.20.1" is not a requirement; did you mean "numpy==1.20.1"?']),
    ("a letter for a version", "numpy==1.20.1", "pandas~=1.1.x", [
        '33:9: error: invalid-requirement: "pandas~=1.1.x" is not a requirement; did you mean "pandas~=1.1.0"?']),
    ("a letter in an exact version", "numpy==1.20.1", "pandas==1.1.x", [
        '33:9: error: invalid-requirement: "pandas==1.1.x" is not a requirement; did you mean "pandas==1.1.*"?']),
    ("an operator the wrong way round", "numpy==1.20.1", "numpy=>1.20", [
        '33:9: error: invalid-requirement: "numpy=>1.20" is not a requirement; did you mean "numpy>=1.20"?']),
    ("a space for an operator", "numpy==1.20.1", "numpy 1.20", [
        '33:9: error: invalid-requirement: "numpy 1.20" is not a requirement; did you mean "numpy==1.20"?']),
    ("nothing like a requirement", "numpy==1.20.1", "the usual ones!", [
        ('33:9: error: invalid-requirement: "the usual ones!" is not a requirement; '
        "write a name and its versions, for example numpy>=1.16.0")]),
    ("a comma in a list in brackets", "packages: not-applicable", "packages: [numpy>=1,<2]", [
        '21:25: error: invalid-requirement: "<2" is not a requirement; put a requirement with a comma in quotes']),
    ("the same package twice, spelt differently", "numpy==1.20.1", "sci.kit==0.24", [
        "34:9: error: duplicate-package: sci-kit stands twice; first on line 33; remove one of them"]),
    ("a native library as a package", "numpy==1.20.1", "CUDA==11.0.3", [
        "33:9: error: catalog-contradiction: cuda is a native library, not a Python package; write it in accelerator"]),
    ("a library of the accelerator elsewhere", "libgomp", "NCCL", [
        "35:16: error: catalog-contradiction: NCCL belongs to the accelerator; write it in accelerator"]),
    # dates
    ("a day that does not exist", "from: 2022-01-31", "from: 2022-02-30", [
        "23:20: error: invalid-date: there is no day 2022-02-30; the last day of that month is 2022-02-28"]),
    ("a day of another form", "from: 2022-01-31", "from: 01/31/2022", [
        '23:20: error: invalid-date: expected a day such as 2021-05-25, found "01/31/2022"']),
    ("until before from", "{from: 2021-05-25, until: 2022-01-31}", "{from: 2021-05-25, until: 2021-05-24}", [
        "37:39: error: catalog-dates: until 2021-05-24 is before from 2021-05-25; swap them"]),
    ("removed without a day", ", until: 2022-01-31}\n    status", "}\n    status", [
        "38:13: error: catalog-dates: a removed image needs the day on which it left the list; add until to listed"]),
    ("supported but gone", "status: removed", "status: supported", [
        ("38:13: error: catalog-dates: the image is supported here, but left the list on 2022-01-31; "
        "write removed, or take until away")]),
    ("a status like nothing", "status: removed", "status: retired", [
        '38:13: error: wrong-type: expected a status (supported, deprecated or removed), found "retired"']),
    # names
    ("a framework that is not in the table", "name: tensor,", "name: tensr,", [
        '28:23: error: unknown-name: there is no framework "tensr"; did you mean "tensor"?']),
    ("an operating system that is not in the table", "os: {name: ubuntu, version: \"22.04\"}", "os: {name: ubunto, version: \"22.04\"}", [
        '19:16: error: unknown-name: there is no operating system "ubunto"; did you mean "ubuntu"?']),
    ("an accelerator like nothing", "accelerator: {kind: cpu}", "accelerator: {kind: tpu}", [
        '18:25: error: wrong-type: expected an accelerator (cpu or gpu), found "tpu"; did you mean "gpu"?']),
    ("no entry for images without a framework", "  none: {name: No framework, token: bare, anchor: no-framework}\n", "", [
        '16:16: error: unknown-name: the table frameworks has no entry "none" for images without one; add it']),
    ("a version of no framework", "framework: none", 'framework: {name: none, version: "1"}', [
        ("17:23: error: catalog-contradiction: an image without a framework has no version of it; "
        "write framework: none")]),
    ("two frameworks with one token", "sci-kit: {name: Sci Kit, token: sk}", "sci-kit: {name: Sci Kit, token: tensor}", [
        '6:35: error: duplicate-key: "tensor" has the token "tensor" already; give it another token']),
    # replacements
    ("a replacement that does not exist", "replacement: bare-new", "replacement: bare-nwe", [
        '39:18: error: catalog-replacement: there is no image "bare-nwe"; did you mean "bare-new"?']),
    ("a replacement of itself", "replacement: bare-new", "replacement: tensor-gpu", [
        "39:18: error: catalog-replacement: the image is its own replacement; name another one"]),
    ("a replacement that is removed", "listed: {from: 2022-01-31}\n    status: supported", "listed: {from: 2022-01-31, until: 2023-01-31}\n    status: removed", [
        '39:18: error: catalog-replacement: the replacement "bare-new" is removed itself; name a supported image']),
    ("replacements in a circle", "status: supported", "status: deprecated\n    replacement: tensor-gpu", [
        '25:18: error: catalog-replacement: the replacement "tensor-gpu" leads back here; name a supported image',
        '40:18: error: catalog-replacement: the replacement "bare-new" leads back here; name a supported image']),
    # duplicates
    ("an id that stands twice", "id: tensor-gpu", "id: bare-new", [
        '25:9: error: duplicate-image: the id "bare-new" stands twice; first on line 14; give it another id']),
    ("a reference that stands twice", f'{T}\n    tag: "20210906"', f"{B}\n    tag: latest", [
        ("26:17: error: duplicate-image: registry.example/ml/bare-ubuntu22.04-py310-cpu:latest stands twice; "
        "first as bare-new on line 14; remove one of them, or name its tag"),
        ("28:23: error: catalog-contradiction: the framework is No framework by the repository's name and Tensor "
        "here; write none, or name another repository"),
        ('29:25: error: catalog-contradiction: the accelerator is cpu by the repository\'s name and gpu here; '
        "write cpu, or name another repository"),
        ("30:33: error: catalog-contradiction: Ubuntu is 22.04 by the repository's name and 18.04 here; "
        'write "22.04", or name another repository'),
        ("31:13: error: catalog-contradiction: Python is 3.10 by the repository's name and 3.7 here; "
        'write "3.10", or name another repository')]),
    ("a key that stands twice", '    python: "3.7"', '    python: "3.7"\n    python: "3.8"', [
        '32:5: error: duplicate-key: the key "python" stands twice; first on line 31; remove one of them']),
    # contradictions with the repository's name
    ("the image of another framework", f"repository: {T}", "repository: ml/sk-0.9-ubuntu18.04-py37-cuda11.0.3-gpu", [
        ("26:17: error: catalog-contradiction: the repository is one of Sci Kit 0.9, and the entry is for Tensor 2.4; "
        "name this image's own repository")]),
    ("another version of the framework", 'version: "2.4"', 'version: "2.40"', [
        ("28:40: error: catalog-contradiction: Tensor is 2.4 by the repository's name and 2.40 here; "
        'write "2.4", or name another repository')]),
    ("another Python", 'python: "3.10"', 'python: "3.9"', [
        ("20:13: error: catalog-contradiction: Python is 3.10 by the repository's name and 3.9 here; "
        'write "3.10", or name another repository')]),
    ("another release of the operating system", 'version: "22.04"', 'version: "20.04"', [
        ("19:33: error: catalog-contradiction: Ubuntu is 22.04 by the repository's name and 20.04 here; "
        'write "22.04", or name another repository')]),
    ("another operating system", 'os: {name: ubuntu, version: "22.04"}', 'os: {name: debian, version: "12"}', [
        ("19:16: error: catalog-contradiction: the operating system is ubuntu by the repository's name and debian "
        "here; write ubuntu, or name another repository")]),
    ("GPU for CPU", "accelerator: {kind: cpu}", 'accelerator: {kind: gpu, cuda: "11.8"}', [
        ("18:25: error: catalog-contradiction: the accelerator is cpu by the repository's name and gpu here; "
        "write cpu, or name another repository")]),
    ("CPU with CUDA", "accelerator: {kind: cpu}", 'accelerator: {kind: cpu, cuda: "11.8"}', [
        "18:36: error: catalog-contradiction: an image for the CPU has no cuda; remove it, or write kind: gpu"]),
    ("another CUDA", 'cuda: "11.0.3"', 'cuda: "11.6.2"', [
        ("29:36: error: catalog-contradiction: CUDA is 11.0.3 by the repository's name and 11.6.2 here; "
        'write "11.0.3", or name another repository')]),
    # the file
    ("a newer version", "version: 1\n", "version: 3\n", [
        ("1:10: error: newer-version: the file is of version 3; this imagedocs reads up to version 2; "
        "use a newer imagedocs")]),
    ("a source of no field", "accelerator.cudnn: a Dockerfile", "accelerator.cudn: a Dockerfile", [
        '41:7: error: unknown-key: unknown key "accelerator.cudn"; did you mean "accelerator.cudnn"?']),
    ("an image that is no mapping", "images:\n", "images:\n  - just a name\n", [
        '14:5: error: wrong-type: expected a mapping, found "just a name"']),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), [pytest.param(*case[1:], id=case[0]) for case in BROKEN])
def test_what_is_wrong_is_said_at_its_place(old: str, new: str, expected: list[str]) -> None:
    assert GOOD.count(old) >= 1
    catalog, problems = load(GOOD.replace(old, new, 1))
    assert problems == [f"c.yaml:{line}" for line in expected]
    assert len(catalog.images) <= 2


def test_good_entries_survive_and_all_problems_come_in_one_run() -> None:
    text = (
        GOOD.replace('python: "3.7"', "python: 3.7")
        .replace("numpy==", "numpy=")
        .replace("status: removed", "")
    )
    catalog, problems = load(text)
    assert [image.id for image in catalog.images] == ["bare-new"]
    assert len(problems) == 3


def test_a_replacement_that_is_broken_itself_is_not_called_missing() -> None:
    catalog, problems = load(GOOD.replace('python: "3.10"', "python: 3.10"))
    assert [image.id for image in catalog.images] == ["tensor-gpu"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("status: removed", "status: *x", "38:13"),
        ("{from: 2021-05-25, until: 2022-01-31}", "*x", "37:13"),
        ('version: "2.4"', "version: *x", "28:40"),
        ('python: "3.7"', "python: *x", "31:13"),
    ],
)
def test_an_alias_is_refused_wherever_it_stands(old: str, new: str, place: str) -> None:
    catalog, problems = load(GOOD.replace(old, new, 1))
    assert (
        problems[0]
        == f"c.yaml:{place}: error: yaml-syntax: aliases such as *x are not read; put the text in quotes"
    )
    assert [image.id for image in catalog.images] == ["bare-new"]


def test_no_damage_is_an_exception() -> None:
    assert all(len(load(text)[0].images) <= 3 for text in damaged(GOOD, 600))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("version: 1\n", id="only a version"),
        pytest.param(GOOD[:400], id="cut off"),
        pytest.param("- a\n- b\n", id="a list"),
        pytest.param("just text\n", id="a text"),
        pytest.param("images: {}\n", id="images as a mapping"),
        pytest.param(GOOD.partition("images:")[0] + "images: []\n", id="no images"),
        pytest.param(b"\x00\xff\xfe\x80" * 1000, id="binary"),
        pytest.param(GOOD.encode("utf-16"), id="UTF-16"),
        pytest.param("images:\n" + "  - {}\n" * 1_000, id="many empty entries"),
        pytest.param("images:\n" + "  - {}\n" * 60_000, id="60,000 empty entries", marks=full),
        pytest.param("images:\n  - " + "{id: " * 10_000, id="deep"),
        pytest.param(GOOD + "".join(f"    k{n}: v\n" for n in range(2_000)), id="many unknown keys"),
        pytest.param(
            GOOD + "".join(f"    k{n}: v\n" for n in range(100_000)), id="100,000 unknown keys", marks=full
        ),
        pytest.param(GOOD.replace("numpy==1.20.1", "numpy" + "=" * 500_000), id="a long requirement"),
        pytest.param(GOOD.replace("numpy==1.20.1", "a" + "[" * 250), id="brackets in a requirement"),
        pytest.param(GOOD.replace("id: bare-new", "id: " + "a-" * 500_000), id="a long id"),
        pytest.param(GOOD.replace("{name: Tensor}", '{name: "\\u0000\\e[31m"}'), id="control characters"),
        pytest.param(
            GOOD.replace("version: 1\n", "version: " + "9" * 5000 + "\n"), id="a number of 5000 digits"
        ),
        pytest.param("version: ²\n", id="a digit that is none"),
    ],
)
def test_a_hostile_catalog_ends_in_problems(text: str | bytes) -> None:
    _, problems = load(text)
    assert problems


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tensor-2.4-ubuntu18.04-py37-cpu", "tensor 2.4 ubuntu 18.04 3.7 cpu None"),
        ("tensor1.6-py3.7-inference-cpu", "tensor 1.6 None None 3.7 cpu None"),
        ("bare-py312-cuda12.4", "none None None None 3.12 gpu 12.4"),
        ("bare-py312", "none None None None 3.12 None None"),
        ("bare-py3", "none None None None 3 None None"),
        ("tensorserver-21.02-py38", "None None None None 3.8 None None"),
        ("base-2004", "None None None None None None None"),
        ("pypy-ubuntu", "None None None None None None None"),
        ("skating-cpux", "None None None None None None None"),
    ],
)
def test_a_name_says_what_its_parts_say(name: str, expected: str) -> None:
    catalog, _ = load(GOOD)
    said = read_name(name, catalog.frameworks, ("ubuntu", "debian"))
    framework = said.framework.id if said.framework else None
    parts = (
        said.framework_version,
        said.system,
        said.system_version,
        said.python,
        said.kind,
        said.kind_version,
    )
    assert " ".join(map(str, (framework, *parts))) == expected


# --- the project's own catalog, and its schema ---


def plain(node: Node) -> object:
    """A tree as an editor's YAML reader sees it, for the schema."""
    match node:
        case Mapping():
            return {key.value: plain(value) for key, value in node.entries}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar() if node.reads_as == "number":
            return json.loads(node.value)
        case Scalar():
            return node.value
        case _:
            raise AssertionError(node)


def schema_errors(text: str) -> list[str]:
    root, problems = read_yaml("c.yaml", text)
    assert root is not None
    assert problems == ()
    validator = jsonschema.Draft7Validator(json.loads(render_schema()))
    return [error.json_path for error in validator.iter_errors(plain(root))]


def test_the_schema_is_draft_07_and_explains_every_field() -> None:
    schema = json.loads(render_schema())
    jsonschema.Draft7Validator.check_schema(schema)
    image = schema["properties"]["images"]["items"]
    assert all(field["description"] for field in image["properties"].values())
    assert image["additionalProperties"] is False


def test_the_schema_accepts_what_the_loader_accepts() -> None:
    assert schema_errors(GOOD) == []
    assert schema_errors((ROOT / "catalog" / "images.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('version: "2.4"', "version: 2.10", "$.images[1].framework"),
        ('python: "3.10"', "python: 3.10", "$.images[0].python"),
        ("status: removed", "status: retired", "$.images[1].status"),
        ("numpy==1.20.1", "numpy=1.20.1", "$.images[1].packages"),
        ("    tag: latest\n", "", "$.images[0]"),
        ("cudnn:", "cuddn:", "$.images[1].accelerator"),
        ("from: 2022-01-31", "from: soon", "$.images[0].listed.from"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(old: str, new: str, path: str) -> None:
    assert schema_errors(GOOD.replace(old, new, 1)) == [path]


def test_the_projects_catalog_has_no_problem() -> None:
    catalog, problems = load((ROOT / "catalog" / "images.yaml").read_bytes())
    assert problems == []
    assert len(catalog.images) == 20
    assert [image.id for image in catalog.listed_on(TODAY)] == [
        "minimal-ubuntu22.04-py39-cpu-inference",
        "minimal-ubuntu22.04-py39-cuda11.8-gpu-inference",
        "minimal-py312-inference",
    ]
