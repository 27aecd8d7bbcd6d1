"""Hand-written lists in Markdown: what is understood, and what is reported as doubtful."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import assert_in_proportion
from imagedocs.catalog import Absence, Catalog, load_catalog
from imagedocs.importing import Imported, ListFile, read_lists
from sampling import full

DAY = date(2026, 3, 1)
HOST = "registry.example"


def read(text: str, path: str = "list.md", *, registry: str = "") -> Imported:
    return read_lists([ListFile(path, text, DAY)], as_of=DAY, registry=registry)


def problems(text: str, path: str = "list.md", *, registry: str = "") -> list[str]:
    return [str(problem).removeprefix(f"{path}:") for problem in read(text, path, registry=registry).problems]


def catalog(imported: Imported) -> Catalog:
    """What was imported, loaded; nothing may be wrong with it."""
    loaded, found = load_catalog("images.yaml", imported.catalog)
    assert found == ()
    return loaded


HEADERS = {
    "en": ("Framework version", "CPU/GPU", "Pre-installed packages", "Image", "Curated environment"),
    "es": ("Versión del marco", "CPU/GPU", "Paquetes preinstalados", "Ruta de acceso", "Entorno mantenido"),
    "de": ("Frameworkversion", "Prozessor", "Vorinstallierte Pakete", "Pfad", "Zusammengestellte Umgebung"),
    "fr": ("Version du framework", "UC/GPU", "Packages préinstallés", "Chemin", "Environnement organisé"),
    "ja": (
        "Framework のバージョン",
        "CPU/GPU",
        "事前インストール済みパッケージ",
        "パス",
        "キュレーション環境",
    ),
    "ko": ("프레임워크 버전", "CPU/GPU", "미리 설치된 패키지", "경로", "큐레이팅된 환경"),
    "zh": ("框架版本", "CPU/GPU", "预安装的包", "路径", "特选环境"),
    "pt": ("Versão da estrutura", "CPU/GPU", "Pacotes pré-instalados", "Caminho", "Ambiente com curadoria"),
}


@pytest.mark.parametrize("outer", [True, False], ids=["with outer pipes", "without outer pipes"])
@pytest.mark.parametrize("language", HEADERS)
def test_header_words_of_eight_languages(language: str, outer: bool) -> None:
    rows = [
        HEADERS[language],
        ("---",) * 5,
        ("2.4", "GPU", "numpy>=1.16.0 </br> CUDA==11.0.3", f"`{HOST}/team/flow-2.4-py37-gpu:1`", "Env-flow"),
    ]
    lines = [" | ".join(row) for row in rows]
    text = "\n".join(["### Flow", "", *(f"| {line} |" if outer else line for line in lines)])
    imported = read(text)
    assert imported.problems == ()
    (image,) = catalog(imported).images
    assert (image.framework.name, image.framework_version, image.accelerator.cuda) == (
        "Flow",
        "2.4",
        "11.0.3",
    )
    assert [str(package) for package in image.packages if not isinstance(image.packages, Absence)] == [
        "numpy>=1.16.0"
    ]
    assert (str(image.reference), image.python) == (f"{HOST}/team/flow-2.4-py37-gpu:1", "3.7")
    assert image.environment != Absence.UNKNOWN
    assert image.sources["repository"] == "list.md:5"
    assert image.sources["python"] == "the name of the image"


def test_headers_in_another_language_are_read_by_place_and_reported() -> None:
    text = (
        "### Flow\n\n"
        "| Leagan creatlaí | CPU/GPU | Réamhshuiteáilte | Cosán MCR | Timpeallacht |\n"
        "| --- | --- | --- | --- | --- |\n"
        f"| 2.4 | CPU | numpy==1.20.1 | {HOST}/t/flow-2.4-cpu:1 | Env |\n"
    )
    assert problems(text) == [
        (
            '3:3: warning: import-column-unknown: column 1 "Leagan creatlaí" is in no language that is known here; '
            "it is read as the framework version by its place; check the entries"
        ),
        (
            '3:62: warning: import-column-unknown: column 5 "Timpeallacht" is in no language that is known here; '
            "it is read as the environment by its place; check the entries"
        ),
    ]
    (image,) = catalog(read(text)).images
    assert str(image.environment) == "Environment(name='Env', until=None)"


TABLE = "### Flow\n\nFramework version | CPU/GPU | Packages | Image\n--- | --- | --- | ---\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(f"2.4 | CPU | numpy==1 | `{HOST}/flow-2.4-cpu:1`", [], id="nothing is doubtful"),
        pytest.param(
            f"2.4 | CPU | numpy=1.20.1 </br> pandas~=1.1.x | `{HOST}/flow-2.4-cpu:1`",
            [
                '5:13: error: invalid-requirement: "numpy=1.20.1" is not a requirement; did you mean "numpy==1.20.1"?',
                '5:32: error: invalid-requirement: "pandas~=1.1.x" is not a requirement; did you mean "pandas~=1.1.0"?',
            ],
            id="what is no requirement",
        ),
        pytest.param(
            f"2.4 | CPU | | `{HOST}/flow-2.4-cpu:1`",
            [
                (
                    "5:12: warning: import-cell-doubtful: the cell for the packages of this image is empty; "
                    "write what it has, or NA"
                )
            ],
            id="an empty cell",
        ),
        pytest.param(
            f"2.4 | CPU | Nicht verfügbar | `{HOST}/flow-2.4-cpu:1`",
            [
                (
                    '5:13: warning: import-cell-doubtful: "Nicht verfügbar" could mean that there are none, '
                    "or that they are not known; unknown is written"
                )
            ],
            id="a word of two meanings",
        ),
        pytest.param(
            f"2.4 | CPU | NA | `{HOST}/flow-2.4-cpu`",
            [
                (
                    f"5:19: warning: import-tag-missing: {HOST}/flow-2.4-cpu has no tag; latest is written, "
                    f'as Docker reads it; write "{HOST}/flow-2.4-cpu:latest"'
                )
            ],
            id="no tag",
        ),
        pytest.param(
            f"2.4 | DPU | NA | `{HOST}/flow-2.4:1`",
            [
                '5:7: warning: import-cell-doubtful: "DPU" is neither CPU nor GPU',
                "5:19: warning: import-cell-doubtful: nothing says whether the image is for CPU or GPU; CPU is written",
            ],
            id="another accelerator",
        ),
        pytest.param(
            f"2.4 | CPU | NA | `{HOST}/Flow-2.4-cpu:1`\n2.4 | CPU | NA | {HOST}/flow-2.4-cpu:1",
            [
                (
                    f'5:19: error: image-reference-invalid: "{HOST}/Flow-2.4-cpu:1" is no image: '
                    "the repository name must be in lower case"
                )
            ],
            id="what is no reference",
        ),
        pytest.param(
            "2.4 | CPU | NA | team/flow-2.4-cpu:1",
            [
                (
                    '5:18: warning: import-cell-doubtful: "team/flow-2.4-cpu:1" names no registry; it is read as '
                    "Docker does, from docker.io; name the registry"
                )
            ],
            id="no registry",
        ),
        pytest.param(
            f"2.4 | CPU | NA | {HOST}/flow-2.4-gpu:1",
            [
                (
                    f"5:18: error: import-image-mismatch: {HOST}/flow-2.4-gpu:1 stands in the wrong row: "
                    "the row is of CPU, the name says gpu; check the image; the entry is left out"
                )
            ],
            id="another accelerator than the name's",
        ),
        pytest.param(
            f"2.4 | CPU | NA | {HOST}/flow-1.9-cpu:1",
            [
                (
                    f"5:18: error: import-image-mismatch: {HOST}/flow-1.9-cpu:1 stands in the wrong row: "
                    "the row is of version 2.4, the name says 1.9; check the image; the entry is left out"
                )
            ],
            id="another version than the name's",
        ),
        pytest.param(
            f"2.4 | CPU | NA | {HOST}/flow-2.4-cpu:1\n2.4 | CPU | NA | {HOST}/flow-2.4-cpu:1",
            [
                (
                    f"6:18: error: duplicate-image: {HOST}/flow-2.4-cpu:1 stands in two rows; first on line 5; "
                    "remove one of them"
                )
            ],
            id="the same image twice",
        ),
        pytest.param(
            f"2.4 | CPU | numpy>=1 | {HOST}/flow-2.4-cpu:1\n2.4 | CPU | numpy >= 1 | {HOST}/flow-2.4-cpu:2",
            [
                (
                    '6:13: suggestion: import-spelling: "numpy >= 1" is elsewhere in this list written "numpy>=1"; '
                    'write "numpy>=1"'
                )
            ],
            id="two spellings",
        ),
        pytest.param(
            f"2.4 | CPU | NA | {HOST}/resnet-2.4-cpu:1",
            [
                (
                    f'1:5: warning: import-cell-doubtful: "Flow" is taken for the framework of {HOST}/resnet-2.4-cpu, '
                    "whose name says nothing of it; check the framework"
                )
            ],
            id="a heading that the name does not repeat",
        ),
        pytest.param(
            f"2.4 | CPU | NA | {HOST}/flow-2.4-cpu:1\n2.5 | CPU | NA |",
            ["6:1: warning: import-cell-doubtful: the row names no image and is left out"],
            id="a row without an image",
        ),
        pytest.param(
            f"new | CPU | NA | {HOST}/flow-cpu:1\n2.4 | CPU | NA | {HOST}/flow-2.4-cpu:1\n2 | CPU | NA | {HOST}/f-flow:1",
            ['5:1: warning: import-cell-doubtful: "new" is no version; unknown is written'],
            id="what is no version",
        ),
    ],
)
def test_what_is_doubtful_in_a_row(row: str, expected: list[str]) -> None:
    assert problems(TABLE + row) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("NA", Absence.NOT_APPLICABLE),
        ("해당 없음", Absence.NOT_APPLICABLE),
        ("None", Absence.NONE),
        ("无", Absence.NONE),
        ("N/D", Absence.UNKNOWN),
        ("—", Absence.UNKNOWN),
        ("", Absence.UNKNOWN),
    ],
)
def test_words_for_nothing(cell: str, expected: Absence) -> None:
    imported = read(f"{TABLE}2.4 | CPU | {cell} | {HOST}/flow-2.4-cpu:1")
    assert catalog(imported).images[0].packages is expected


@pytest.mark.parametrize(
    "cell",
    [
        "numpy>=1.16.0, <1.20 </br> pandas>=1.1, <1.2",
        "numpy>=1.16.0, <1.20<br>pandas>=1.1, <1.2",
        "numpy>=1.16.0, <1.20 <br /> pandas>=1.1, <1.2",
        "numpy>=1.16.0, <1.20, pandas>=1.1, <1.2",
        "`numpy>=1.16.0, <1.20` `</br>`, pandas>=1.1, <1.2 </p>",
        "numpy&gt;=1.16.0, &lt;1.20 </br> pandas&gt;=1.1, &lt;1.2",
    ],
)
def test_separators_of_packages(cell: str) -> None:
    imported = read(f"{TABLE}2.4 | CPU | {cell} | {HOST}/flow-2.4-cpu:1")
    packages = catalog(imported).images[0].packages
    assert not isinstance(packages, Absence)
    assert [str(package) for package in packages] == ["numpy>=1.16.0, <1.20", "pandas>=1.1, <1.2"]


PACKED = (
    "Framework | Version | CPU/GPU | Packages | Image | Environment\n"
    "--- | --- | --- | --- | --- | --- |\n"
    "Flow </p> | 1.5 </p> 2.4 </p> | CPU </p> GPU </p> | a==1 </br> b==1 </br></p> a==2 </br></p> "
    f"| `{HOST}/flow-1.5-cpu:1` </p> `{HOST}/flow-2.4-gpu:1` </p> | E-flow-1.5-cpu </p> E-flow-2.4-gpu </p> |\n"
)


def test_rows_that_are_packed_into_one() -> None:
    imported = read(PACKED)
    assert imported.problems == ()
    assert [
        (str(i.reference), i.framework_version, i.accelerator.kind, str(i.packages))
        for i in catalog(imported).images
    ] == [
        (
            f"{HOST}/flow-1.5-cpu:1",
            "1.5",
            "cpu",
            "(Package(name='a', requirement='a==1'), Package(name='b', requirement='b==1'))",
        ),
        (f"{HOST}/flow-2.4-gpu:1", "2.4", "gpu", "(Package(name='a', requirement='a==2'),)"),
    ]


def test_packed_rows_that_do_not_fit_are_reported() -> None:
    text = PACKED.replace("E-flow-1.5-cpu </p> E-flow-2.4-gpu </p>", "E </p> F </p> G")
    assert problems(text) == [
        (
            "3:176: warning: import-cell-doubtful: the row packs 2 images, but this cell has 3 paragraphs; "
            "give each image a row of its own"
        )
    ]


def test_packages_that_are_not_divided_are_given_to_all_and_reported() -> None:
    text = PACKED.replace("a==1 </br> b==1 </br></p> a==2 </br></p>", "a==1 </br> b==1")
    assert problems(text) == [
        (
            "3:53: warning: import-cell-doubtful: the row packs 2 images, and nothing says which of these packages each "
            "has; all are written; give each image a row of its own"
        )
    ]


def test_an_image_in_the_wrong_row_is_left_out_with_the_right_one_named() -> None:
    text = (
        "## TensorFlow\n\nVersion | CPU/GPU | Image | Environment\n--- | --- | --- | ---\n"
        f"1.15 | CPU | {HOST}/t/tensorflow-1.15-cpu:1 | Env-tensorflow-1.15-cpu\n"
        f"2.4 | CPU | {HOST}/t/xgboost-0.9-cpu:1 | Env-tensorflow-2.4-cpu\n"
        "## XGBoost\n\nVersion | CPU/GPU | Image | Environment\n--- | --- | --- | ---\n"
        f"0.9 | CPU | {HOST}/t/xgboost-0.9-cpu:1 | Env-xgboost-0.9-cpu\n"
    )
    imported = read(text)
    assert [str(problem) for problem in imported.problems] == [
        (
            f"list.md:6:13: error: import-image-mismatch: {HOST}/t/xgboost-0.9-cpu:1 stands in the wrong row: "
            "the row is of TensorFlow, the image's name says xgboost, and the row is of version 2.4, the name says 0.9, "
            f'and its environment is that of tensorflow-2.4-cpu; did you mean "{HOST}/t/tensorflow-2.4-cpu:1"?'
        )
    ]
    assert [image.id for image in catalog(imported).images] == ["tensorflow-1.15-cpu", "xgboost-0.9-cpu"]
    assert "# left out: registry.example/t/xgboost-0.9-cpu:1 (list.md:6)" in imported.catalog


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("date: 2021-05-25", []),
        ('ms.date: "07/14/2022"', []),
        ("date: 25/05/2021", []),
        (
            "date: 05/06/2021",
            [('list.md: warning: import-cell-doubtful: "05/06/2021" can be read as two days; 2026-03-01 is written; '
             "name the day of the list")],
        ),
        (
            "date: 2021-02-30",
            [("list.md: warning: import-cell-doubtful: there is no day 2021-02-30; 2026-03-01 is written; "
             "name the day of the list")],
        ),
        (
            "title: x",
            [("list.md: warning: import-cell-doubtful: nothing says since when the list has its images; "
             "2026-03-01 is written; name the day of the list")],
        ),
    ],
)  # fmt: skip
def test_the_day_of_a_list(front_matter: str, expected: list[str]) -> None:
    text = f"---\n{front_matter}\n---\n{TABLE}2.4 | CPU | NA | {HOST}/flow-2.4-cpu:1"
    imported = read_lists([ListFile("list.md", text)], as_of=DAY)
    assert [str(problem) for problem in imported.problems] == expected


def test_tables_that_are_no_lists_are_none() -> None:
    text = f"| a | b |\n|---|---|\n| and/or | x |\n\n```\n{TABLE}2 | CPU | NA | {HOST}/flow-2:1\n```\n"
    assert problems(text) == [
        (
            " error: import-nothing-found: there is no list of images in this file; "
            "name each image as in registry.example/team/name:tag"
        )
    ]


def test_columns_that_the_form_has_no_field_for_are_kept() -> None:
    text = (
        "| Image | Size | Python version | Ubuntu | Hardware |\n|---|---|---|---|---|\n"
        f"| `docker pull {HOST}/flow:1.0` | 3 GB | 3.12 | 22.04 | NVIDIA GPU |\n"
    )
    imported = read(text)
    assert [str(problem) for problem in imported.problems] == [
        (
            "list.md:1:3: warning: import-cell-doubtful: the list says nothing of frameworks; none is written; "
            "check the entries"
        ),
    ]
    (image,) = catalog(imported).images
    assert (image.python, image.accelerator.kind, image.tag) == ("3.12", "gpu", "1.0")
    assert image.attributes == {"size": "3 GB", "ubuntu": "22.04"}


def test_images_of_several_registries_are_kept() -> None:
    text = (
        f"{TABLE}2.4 | CPU | NA | {HOST}/flow-2.4-cpu:1\n2.5 | CPU | NA | {HOST}/flow-2.5-cpu:1\n"
        "2.6 | CPU | NA | o.example:5000/flow-2.6-cpu:1\n2.7 | Neuron | NA | p.example/flow-2.7-neuronx:1\n"
        "2.8 | GPU | NA | p.example/flow-2.8-rocm6.2-gpu:1\n"
    )
    imported = read(text)
    assert imported.problems == ()
    images = catalog(imported).images
    assert [(image.registry, image.accelerator.name) for image in images] == [
        (HOST, "CPU"),
        (HOST, "CPU"),
        ("o.example:5000", "CPU"),
        ("p.example", "AWS Neuron"),
        ("p.example", "ROCm"),
    ]


def test_a_registry_for_images_that_are_named_without_one() -> None:
    imported = read(f"{TABLE}2.4 | CPU | NA | flow-2.4-cpu:1", registry="r.example:5000/team")
    assert imported.problems == ()
    assert str(catalog(imported).images[0].reference) == "r.example:5000/team/flow-2.4-cpu:1"


def test_a_framework_with_its_version_in_one_cell_and_facts_that_only_the_tag_has() -> None:
    text = (
        "| Framework | Job Type | CPU/GPU | Python Version Options | Example URL |\n|---|---|---|---|---|\n"
        f"| PyTorch 1.12.1 | training | GPU | 3.8 (py38) | {HOST}/pytorch-training:1.12.1-gpu-py38-cu116-ubuntu20.04 |\n"
    )
    imported = read(text)
    assert imported.problems == ()
    (image,) = catalog(imported).images
    assert image.attributes == {"job_type": "training"}
    assert (image.framework.name, image.framework_version, image.python) == ("PyTorch", "1.12.1", "3.8")
    assert (image.accelerator.cuda, str(image.os)) == ("11.6", "Ubuntu 20.04")
    assert (image.sources["os"], image.sources["accelerator.cuda"]) == ("the name of the tag",) * 2


def other(text: str, path: str) -> ListFile:
    return ListFile(path, TABLE + text, DAY)


def test_lists_are_compared() -> None:
    lists = [
        other(f"2.4 | CPU | a==1 | {HOST}/flow-2.4-cpu:1\n2.5 | CPU | NA | {HOST}/flow-2.5-cpu:1", "en.md"),
        other(
            f"2.4 | CPU | a == 1 | {HOST}/flow-2.4-cpu:2\n2.5 | CPU | N/D | {HOST}/flow-2.5-cpu:1", "es.md"
        ),
        other(f"2.4 | CPU | a==2 </br> b==1 | {HOST}/flow-2.4-cpu:1", "de.md"),
    ]
    found = [str(problem) for problem in read_lists(lists, as_of=DAY).problems]
    assert [problem for problem in found if "import-difference" in problem] == [
        f"de.md: warning: import-difference: the list has no row for {HOST}/flow-2.5-cpu; en.md:6 has",
        (
            f'de.md:5:13: warning: import-difference: packages of {HOST}/flow-2.4-cpu: "a==2", "b==1" here, '
            '"a==1" in en.md:5 and 1 other list'
        ),
        f'es.md:5:22: warning: import-difference: tag of {HOST}/flow-2.4-cpu: "2" here, "1" in en.md:5 and 1 other list',
        (
            f'es.md:6:13: warning: import-difference: packages of {HOST}/flow-2.5-cpu: "unknown" here, '
            '"not-applicable" in en.md:6'
        ),
    ]


@pytest.mark.parametrize("path", ["list.md", "list.html", "repo/x.yml", "stanzas"])
@given(
    st.lists(
        st.sampled_from(
            [
                "|",
                "---|---",
                "\n",
                "### Flow",
                "CPU",
                "GPU",
                "1.10",
                "</p>",
                "<br>",
                "numpy=1",
                "a/b:c",
                "`",
                "Image",
                "Tags: a, b",
                "GitRepo: x",
                "tags: [a]",
                "framework: ",
                "<table>",
                "<td rowspan=9>",
                "<tr>",
                "<th>",
                "</table>",
                f"{HOST}/flow-2-cpu:1",
                "no",
                "'",
                '"',
                "\\",
                "{",
                "\x00",
                "\ud800",
                "é",
                "# ",
                "- ",
                "  ",
                ": ",
                "NA",
            ]
        )
    ).map("".join)
)
def test_any_text_is_read_and_what_is_written_can_be_loaded(path: str, text: str) -> None:
    imported = read(f"{TABLE}{text}\n1 | CPU | NA | {HOST}/flow-1-cpu:1" if path == "list.md" else text, path)
    _, found = load_catalog("images.yaml", imported.catalog)
    assert [str(problem) for problem in found if imported.entries] == []


def test_a_large_table_is_read_up_to_a_limit() -> None:
    row = f"2.4 | CPU | numpy==1.20.1 </br> pandas==1 | {HOST}/flow-2.4-cpu:"
    imported = read(TABLE + "\n".join(f"{row}{number}" for number in range(6000)))
    assert len(imported.entries) == 5000
    assert [str(problem) for problem in imported.problems] == [
        (
            "list.md:5004:45: error: unreadable-file: the file has more than 4999 rows; the others are not read; "
            "divide the file"
        )
    ]


SIZES = pytest.mark.parametrize("size", [20_000, pytest.param(1024 * 1024, marks=full)])


ROW = f"Image|Packages\n-|-\n{HOST}/a:b|"


@pytest.mark.parametrize(
    ("start", "piece", "end"),
    [
        pytest.param("", "|a", "\n|---|---\n", id="many columns"),
        pytest.param(f"Image\n|-|\n|{HOST}/a:b", "<", "", id="angle brackets"),
        pytest.param(ROW, "a=1<br>", "", id="many packages"),
        pytest.param("Image|Packages\n-|-\n", f"{HOST}/a:b<br>", "|a==1", id="many images in a cell"),
        pytest.param("", "<table>\n", "", id="tables in tables"),
        pytest.param("", "<table><tr><td rowspan=9999 colspan=9999>", "", id="wide cells"),
        pytest.param(ROW, "[a](", "", id="links that do not end"),
        pytest.param(ROW, ",", "", id="commas"),
        pytest.param("", "x {#", "\n---\n", id="attributes that do not end"),
        pytest.param("# ", "{.}", " {.\n", id="attributes"),
        pytest.param("# ", "#", "a\n", id="number signs"),
        pytest.param("# ", " ", "a\n", id="spaces"),
        pytest.param("", "[", "|a\n-|-\n", id="brackets"),
    ],
)
@SIZES
def test_hostile_markdown_takes_work_in_proportion(size: int, start: str, piece: str, end: str) -> None:
    # Only with its start and its end is a part of the text, too, a table or a heading.
    assert_in_proportion(lambda more: read(start + more + end), piece * (size // len(piece)))


@pytest.mark.parametrize(
    "text", ["<", "<!", "<!--", "</", "<a ", "<a b='", "&", "&#", "<![", "<?", "<script>", "<td>", "<h1>"]
)
@SIZES
def test_hostile_html_takes_work_in_proportion(size: int, text: str) -> None:
    table = "<table><tr><td>"
    assert_in_proportion(lambda more: read(table + more, "list.html"), text * (size // len(text)))
