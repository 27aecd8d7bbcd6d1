"""Lists in HTML, in YAML data files and in the stanzas of official images."""

from dataclasses import replace
from datetime import date

from imagedocs.catalog import Catalog, load_catalog
from imagedocs.importing import Imported, ListFile, read_lists

DAY = date(2026, 3, 1)
HOST = "registry.example"


def read(path: str, text: str, registry: str = "") -> Imported:
    return read_lists([ListFile(path, text, DAY)], as_of=DAY, registry=registry)


def shown(imported: Imported) -> list[str]:
    return [str(problem) for problem in imported.problems]


def catalog(imported: Imported) -> Catalog:
    loaded, found = load_catalog("images.yaml", imported.catalog)
    assert found == ()
    return loaded


HTML = f"""\
<h2 id="x">Images</h2>
<table>
<thead><tr><th>Framework</th><th>Framework version</th><th>CPU/GPU</th><th>Packages</th><th>Image</th></tr></thead>
<tbody>
<tr><td rowspan="2">Flow</td><td>1.5</td><td>CPU</td>
  <td>numpy&gt;=1.16.0<br>pandas==1.1</td><td><code>{HOST}/flow-1.5-cpu:1</code></td></tr>
<tr><td>2.4</td><td>GPU</td><td>NA</td><td><code>{HOST}/flow-2.4-gpu</code></td></tr>
<tr><td>None</td><td colspan=1>NA</td><td>CPU</td><td>NA</td><td>{HOST}/minimal-cpu:1</td></tr>
</tbody></table>
"""


def test_an_html_table() -> None:
    imported = read("list.html", HTML)
    assert shown(imported) == [
        (
            f"list.html:7:50: warning: import-tag-missing: {HOST}/flow-2.4-gpu has no tag; latest is written, as Docker "
            f'reads it; write "{HOST}/flow-2.4-gpu:latest"'
        )
    ]
    assert [
        (i.framework.name, i.framework_version, i.accelerator.kind, str(i.reference))
        for i in catalog(imported).images
    ] == [
        ("Flow", "1.5", "cpu", f"{HOST}/flow-1.5-cpu:1"),
        ("Flow", "2.4", "gpu", f"{HOST}/flow-2.4-gpu:latest"),
        ("No framework", "not-applicable", "cpu", f"{HOST}/minimal-cpu:1"),
    ]


def test_an_html_table_inside_markdown() -> None:
    imported = read("list.md", f"# Title\n\ntext\n\n{HTML}\nmore\n")
    assert [problem.position.line for problem in imported.problems] == [11]
    assert len(imported.entries) == 3


DATA = """\
framework: PyTorch
version: "2.9"
accelerator: gpu
python: py312
cuda: cu130
os: ubuntu22.04
platform: ec2
ga: "2025-10-15"
tags:
  - "2.9.0-gpu-py312-cu130-ubuntu22.04-ec2"
  - "2.9-gpu-py312-ec2"
announcements:
  - "Introduced"
packages:
  python: "3.12"
  torchvision: "0.24.0"
  cuda: "13.0"
  cudnn: "9.13.0.50"
  efa: "1.44.0"
"""
PATH = "docs/data/pytorch-training/2.9-gpu-ec2.yml"


def test_a_data_file() -> None:
    imported = read(PATH, DATA, "public.example/containers")
    assert shown(imported) == [
        (
            f'{PATH}:7:1: suggestion: import-not-taken: what the file says of "platform", "announcements" has no place '
            "in the catalog and is left out"
        ),
    ]
    (image,) = catalog(imported).images
    assert (image.full_repository, image.tags) == (
        "public.example/containers/pytorch-training",
        ("2.9.0-gpu-py312-cu130-ubuntu22.04-ec2", "2.9-gpu-py312-ec2"),
    )
    assert (image.framework.name, image.framework_version, image.python) == ("PyTorch", "2.9", "3.12")
    assert (image.accelerator.cuda, image.accelerator.version_of("cudnn")) == ("13.0", "9.13.0.50")
    assert [str(library) for library in image.libraries] == ["efa 1.44.0"]
    assert str(image.os) == "Ubuntu 22.04"
    assert image.listed.start == date(2025, 10, 15)
    assert image.sources["listed.from"] == f"{PATH}:8: ga"


def test_no_data_file_is_lost_by_a_tag_that_moves() -> None:
    files = [
        ListFile(
            f"data/x/{name}.yml", DATA.replace("2.9.0-gpu", f"{name}-gpu").replace('"2.9-gpu', f'"{tag}-gpu')
        )
        for name, tag in (("2.9.0", "2.9"), ("2.9.1", "2.9"), ("2.9.2", "2.9.1"))
    ]
    files[1] = replace(files[1], text=f"{files[1].text}ecr_repository: named\n")
    tail, more = "gpu-py312-cu130-ubuntu22.04-ec2", "gpu-py312-ec2"
    imported = read_lists(files, as_of=date(2026, 1, 1), registry="public.example")
    assert [(image.repository, image.tags) for image in catalog(imported).images] == [
        ("x", (f"2.9.0-{tail}", f"2.9-{more}")),
        ("named", (f"2.9.1-{tail}", f"2.9-{more}")),
        ("x", (f"2.9.2-{tail}", f"2.9.1-{more}")),
    ]
    files[1] = replace(files[1], text=files[1].text.replace("ecr_repository", "note"))
    imported = read_lists(files, as_of=date(2026, 1, 1), registry="public.example")
    assert [image.tags for image in catalog(imported).images] == [
        (f"2.9.0-{tail}", f"2.9-{more}"),
        (f"2.9.1-{tail}",),
        (f"2.9.2-{tail}", f"2.9.1-{more}"),
    ]


def test_what_is_wrong_with_a_data_file() -> None:
    text = (
        'framework: PyTorch\nversion: 2.10\naccelarator: gpu\ntags:\n  - "2.13.0 cu133:X"\n  - ok\n'
        "framework: Twice\n"
    )
    assert shown(read(PATH, text)) == [
        f"{PATH}:1:1: warning: import-cell-doubtful: nothing says CPU or GPU; CPU is written",
        f'{PATH}:2:10: error: unquoted-value: YAML reads 2.10 as a number, not as text; write "2.10"',
        f'{PATH}:3:1: error: unknown-key: unknown key "accelarator"; did you mean "accelerator"?',
        (
            f'{PATH}:5:5: error: image-reference-invalid: "2.13.0 cu133:X" is no tag; a tag is letters, digits, dots, '
            "dashes and underscores"
        ),
        f"{PATH}:6:5: error: missing-field: the file names no registry; registry.invalid is written; name the registry",
        f'{PATH}:7:1: error: duplicate-key: the key "framework" stands twice; first on line 1; remove one of them',
    ]


def test_a_data_file_without_tags() -> None:
    assert shown(read(PATH, "framework: A\n", "r.example")) == [
        f'{PATH}:1:1: error: missing-field: the field "tags" is missing'
    ]


STANZAS = """\
# generated
Maintainers: Somebody <s@example.org> (@s)
GitRepo: https://git.example/x.git

Tags: 3.13-alpine3.20, 3-alpine, alpine
SharedTags: 3.13
Architectures: amd64, arm64v8
GitCommit: cc33e53ccd8b33288eb3fbce9fd3bc308272c162

Tags: 3.13-bookworm
Directory: bookworm
"""


def test_stanzas() -> None:
    imported = read("library/flow", STANZAS)
    assert shown(imported) == [
        (
            "library/flow: warning: import-cell-doubtful: the stanzas say nothing of framework, accelerator, Python and "
            "packages; none, CPU and unknown are written; check the entries"
        ),
        (
            "library/flow: suggestion: import-not-taken: Architectures, SharedTags have no place in the catalog and are "
            "left out"
        ),
        'library/flow:5:7: suggestion: import-not-taken: of 3 tags only the first, "3.13-alpine3.20", is taken',
    ]
    images = catalog(imported).images
    assert [str(image.reference) for image in images] == [
        "docker.io/library/flow:3.13-alpine3.20",
        "docker.io/library/flow:3.13-bookworm",
    ]
    assert [image.id for image in images] == ["flow-3.13-alpine3.20", "flow-3.13-bookworm"]
    assert str(images[0].os) == "Alpine Linux 3.20"
    assert images[0].sources["os"] == "the name of the tag"


def test_a_stanza_with_a_wrong_tag() -> None:
    assert shown(read("library/flow", STANZAS.replace("3.13-bookworm", "3.13 bookworm, .x")))[3:] == [
        'library/flow:10:7: error: image-reference-invalid: ".x" is no tag',
        'library/flow:10:7: error: image-reference-invalid: "3.13 bookworm" is no tag',
    ]
