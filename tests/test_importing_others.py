"""Lists as other projects write them: other columns, other languages, notes, tags in a column of their own."""

from datetime import date

import pytest

from imagedocs.catalog import load_catalog
from imagedocs.importing import Imported, ListFile, read_lists

DAY = date(2026, 3, 1)
HOST = "registry.example"
HEX = "14cea493d9a34af32f524e538b8346cf79f3321eff8e708c1e2960462bd8936e"


def read(*texts: str, path: str = "list.md") -> Imported:
    files = [ListFile(f"{n}/{path}" if n else path, text, DAY) for n, text in enumerate(texts)]
    imported = read_lists(files, as_of=DAY)
    _, problems = load_catalog("images.yaml", imported.catalog)
    assert problems == () or not imported.entries
    return imported


def references(imported: Imported) -> list[str]:
    return [str(entry.reference) for entry in imported.entries]


def said(imported: Imported, rule: str) -> list[str]:
    return [str(problem) for problem in imported.problems if problem.rule.label == rule]


@pytest.mark.parametrize(
    ("version", "image"),
    [
        ("Version", "Image"),
        ("版本", "镜像"),
        ("Versionen", "Abbild"),
        ("Версия", "Образ"),
        ("Versione", "Immagine"),
    ],
)
def test_a_column_of_versions_is_the_tag_where_no_image_has_one(version: str, image: str) -> None:
    text = (
        f"# Our images\n\n| {image} | {version} |\n| --- | --- |\n"
        "| team/kafka | 7.4.0 |\n| redis | 7.2-alpine |\n| php | 8.3-cli-alpine |\n"
    )
    imported = read(text)
    assert references(imported) == [
        "docker.io/team/kafka:7.4.0",
        "docker.io/library/redis:7.2-alpine",
        "docker.io/library/php:8.3-cli-alpine",
    ]
    (problem,) = said(imported, "import-column-unknown")
    assert problem.endswith(f'column "{version}" is read as the tag, for no image has one; check the tags')
    assert all(entry.framework == "" for entry in imported.entries)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        pytest.param("Framework version | Image", f"2.4 | {HOST}/team/flow-2.4", id="of a framework"),
        pytest.param("Version | Image", f"2.4 | {HOST}/team/flow-2.4:1", id="beside tags"),
    ],
)
def test_a_column_of_versions_stays_one(header: str, row: str) -> None:
    (entry,) = read(f"### Flow\n\n{header}\n--- | ---\n{row}\n").entries
    assert (entry.framework, entry.framework_version) == ("Flow", "2.4")


@pytest.mark.parametrize(
    ("cell", "expected", "mark"),
    [
        (f"{HOST}/team/flow:1<sup>2</sup>", f"{HOST}/team/flow:1", '"2"'),
        (f"`{HOST}/team/flow:1`[^gpu]", f"{HOST}/team/flow:1", '"gpu"'),
        (f"{HOST}/team/flow:1 ¹", f"{HOST}/team/flow:1", '"¹"'),
        (f"`{HOST}/team/flow:1`\\*".replace("\\", ""), f"{HOST}/team/flow:1", '"*"'),
        (f"~~{HOST}/team/flow:1~~", f"{HOST}/team/flow:1", '"struck through"'),
        (f"<del>{HOST}/team/flow:1</del>", f"{HOST}/team/flow:1", '"struck through"'),
    ],
)
def test_marks_of_notes_are_no_part_of_an_image_and_are_reported(cell: str, expected: str, mark: str) -> None:
    imported = read(f"| Image | CPU/GPU |\n| --- | --- |\n| {cell} | CPU |\n")
    assert references(imported) == [expected]
    assert [text.partition("taken: ")[2] for text in said(imported, "import-not-taken")] == [
        f'"{expected}" has the mark {mark}, which is left out; read what it refers to'
    ]


def test_marks_of_notes_in_an_html_table() -> None:
    text = (
        "<table><tr><th>Image</th><th>CPU/GPU</th></tr>"
        f"<tr><td><s>{HOST}/team/old:1</s></td><td>CPU</td></tr>"
        f"<tr><td>{HOST}/team/flow:latest<sup><a href='#n'>1</a></sup></td><td>GPU</td></tr></table>"
    )
    imported = read(text, path="list.html")
    assert references(imported) == [f"{HOST}/team/old:1", f"{HOST}/team/flow:latest"]
    assert ['"struck through"' in text or '"1"' in text for text in said(imported, "import-not-taken")] == [
        True,
        True,
    ]


def test_an_html_table_with_attributes_and_programs_of_a_framework() -> None:
    text = (
        '<TABLE @click="sort()" x-data=a><tr><th>Image</th><th>CPU/GPU</th></tr><template><tr><td>none</template>'
        f'<tr id="a"class="b"><td [title]="x">{HOST}/team/flow:1<script>"<td>"</script></td><td>GPU</td></table>'
    )
    assert references(read(text, path="list.html")) == [f"{HOST}/team/flow:1"]


def test_a_star_that_belongs_to_a_requirement_stays() -> None:
    imported = read(
        f"| Packages | Image |\n| --- | --- |\n| numpy==1.20.* <br> pandas==1.* | {HOST}/team/flow:1 |\n"
    )
    assert imported.entries[0].packages == ("numpy==1.20.*", "pandas==1.*")


@pytest.mark.parametrize(
    ("cell", "image", "expected"),
    [
        (
            "`latest`, `light`",
            "team/flow",
            ("team/flow:latest", 'of several tags only the first, "latest", is taken'),
        ),
        ("4.20;latest", "team/flow", ("team/flow:4.20", 'of several tags only the first, "4.20", is taken')),
        ("not yet!", "team/flow", ("team/flow:not", 'of several tags only the first, "not", is taken')),
        ("(none yet)", "team/flow", ("team/flow", '"(none yet)" is no tag')),
        (
            "2",
            "team/flow:1",
            ("team/flow:1", 'the image has the tag "1", this cell "2"; the image\'s is taken'),
        ),
        ("1, latest", "team/flow:1", ("team/flow:1", "")),
    ],
)
def test_a_column_of_tags(cell: str, image: str, expected: tuple[str, str]) -> None:
    imported = read(f"| Image | Tag | Device |\n| --- | --- | --- |\n| {HOST}/{image} | {cell} | CPU |\n")
    reference, message = expected
    assert references(imported) == [f"{HOST}/{reference}"]
    messages = [
        text for text in map(str, imported.problems) if "frameworks" not in text and "tag-missing" not in text
    ]
    assert len(messages) == bool(message)
    assert all(message in text for text in messages)


@pytest.mark.parametrize(
    ("cell", "digest", "message"),
    [
        (f"sha256:{HEX}", f"sha256:{HEX}", ""),
        (HEX, f"sha256:{HEX}", ""),
        ("sha256:14cea493…", None, '"sha256:14cea493…" is no digest and is left out'),
    ],
)
def test_a_column_of_digests(cell: str, digest: str | None, message: str) -> None:
    imported = read(f"| Image | Digest |\n| --- | --- |\n| {HOST}/team/flow-cpu:1 | {cell} |\n")
    assert imported.entries[0].reference.digest == digest
    assert any(message in text for text in said(imported, "import-cell-doubtful"))


def test_a_digest_alone_is_no_image() -> None:
    imported = read(f"| Image | Version | Digest |\n| --- | --- | --- |\n| Store | v1 | sha256:{HEX} |\n")
    assert references(imported) == []
    assert [str(problem) for problem in imported.problems] == [
        (
            "list.md: error: import-nothing-found: there is no list of images in this file; name each image as in "
            "registry.example/team/name:tag"
        ),
        (
            'list.md:1:3: suggestion: import-not-taken: column "Image" has no reference to an image; the table is not '
            "read; a reference is like registry.example/team/name:tag"
        ),
    ]


def test_one_column_that_has_image_and_tag() -> None:
    imported = read("| Repository:Tag | Created |\n| --- | --- |\n| alpine:3.16 | 2024-01-27 |\n")
    assert references(imported) == ["docker.io/library/alpine:3.16"]
    assert not any("the image has the tag" in text for text in map(str, imported.problems))


@pytest.mark.parametrize(
    ("cell", "expected", "message"),
    [
        ("Flow 1.12", ("Flow", "1.12"), ""),
        (
            "Flow 1.12 with Faces 4.2",
            ("Flow", "1.12"),
            '"with Faces 4.2" is not taken for a part of the framework, Flow 1.12',
        ),
        ("Flow", ("Flow", ""), ""),
    ],
)
def test_frameworks_with_their_versions(cell: str, expected: tuple[str, str], message: str) -> None:
    imported = read(
        f"| Framework | CPU/GPU | URL |\n| --- | --- | --- |\n| {cell} | CPU | {HOST}/team/flow:1 |\n"
    )
    (entry,) = imported.entries
    assert (entry.framework, entry.framework_version) == expected
    assert any(message in text for text in said(imported, "import-cell-doubtful")) == bool(message)


def test_a_version_that_stands_in_two_columns() -> None:
    header = "| Framework | Glue version | CPU/GPU | URL |\n| --- | --- | --- | --- |\n"
    (entry,) = read(f"{header}| Glue 0.5.2 | 0.5.2 | CPU | {HOST}/team/glue:1 |\n").entries
    assert (entry.framework, entry.framework_version) == ("Glue", "0.5.2")


@pytest.mark.parametrize(
    ("cell", "kind"), [("Yes", "gpu"), ("No", "cpu"), ("Sí", "gpu"), ("否", "cpu"), ("✓", "gpu")]
)
def test_a_column_that_asks_for_gpu(cell: str, kind: str) -> None:
    imported = read(f"| Use with GPU | Image |\n| --- | --- |\n| {cell} | {HOST}/team/flow:1 |\n")
    assert imported.entries[0].kind == kind
    assert not any("neither" in text for text in said(imported, "import-cell-doubtful"))


@pytest.mark.parametrize("cell", ["3.12", "Python 3.12", "py312", "3.12 (py312)"])
def test_pythons(cell: str) -> None:
    imported = read(f"| Python | Image |\n| --- | --- |\n| {cell} | {HOST}/team/flow-cpu:1 |\n")
    assert imported.entries[0].python == "3.12"


HEADERS_OF_OTHERS = {
    "it": "Versione del framework | CPU/GPU | Pacchetti preinstallati | Percorso | Ambiente curato",
    "ru": "Версия платформы | ЦП/GPU | Установленные пакеты | Путь | Проверенная среда",
    "tr": "Çerçeve sürümü | CPU/GPU | Yüklenmiş paketler | Kayıt yolu | Seçilmiş ortam",
    "zh-Hant": "架構版本 | CPU/GPU | 安裝的套件 | 路徑 | 環境",
    "pl": "Wersja platformy | CPU/GPU | Pakiety | Ścieżka | Środowisko",
}
NOTHING_OF_OTHERS = {
    "it": ("Nessun framework", "CPU", "Non applicabile"),
    "ru": ("Без платформы", "ЦП", "Неприменимо"),
    "tr": ("Çerçeve yok", "CPU", "Geçerli değil"),
    "zh-Hant": ("沒有架構", "CPU", "不適用"),
    "pl": ("Brak platformy", "CPU", "Nie dotyczy"),
}


@pytest.mark.parametrize("language", HEADERS_OF_OTHERS)
def test_words_of_other_languages(language: str) -> None:
    header, (heading, kind, nothing) = HEADERS_OF_OTHERS[language], NOTHING_OF_OTHERS[language]
    image = f"{HOST}/team/base-ubuntu22.04-py39-cpu:1"
    imported = read(
        f"### {heading}\n\n{header}\n{' --- |' * 5}\n{nothing} | {kind} | {nothing} | `{image}` | Base\n"
    )
    assert [str(problem) for problem in imported.problems] == []
    (entry,) = imported.entries
    assert (entry.framework, entry.kind, entry.packages, entry.environment) == (
        "",
        "cpu",
        "not-applicable",
        "Base",
    )


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [("Έκδοση", "2.4", "2.4"), ("Job type", "training", ""), ("Έκδοση", "NA", "")],
    ids=["versions", "no versions", "nothing"],
)
def test_a_column_of_an_unknown_name_before_the_accelerator(header: str, cell: str, expected: str) -> None:
    table = f"| {header} | CPU/GPU | Image |\n| --- | --- | --- |\n| {cell} | CPU | {HOST}/team/flow:1 |\n"
    imported = read(f"### Flow\n\n{table}")
    assert imported.entries[0].framework_version == expected
    assert len(said(imported, "import-column-unknown")) == bool(expected)


def test_frameworks_of_other_letters_have_keys_of_their_own_and_are_reported() -> None:
    table = "Version | Image\n--- | ---\n1 | {}/team/{}:1\n"
    imported = read(f"### 画像\n\n{table.format(HOST, 'see')}\n### 音声\n\n{table.format(HOST, 'hear')}")
    catalog, _ = load_catalog("images.yaml", imported.catalog)
    assert [(framework.id, framework.name) for framework in catalog.frameworks] == [
        ("framework-1", "画像"),
        ("framework-2", "音声"),
    ]
    assert sum("is taken for the framework" in text for text in said(imported, "import-cell-doubtful")) == 2


def test_several_tags_of_a_repository_are_compared_one_by_one() -> None:
    header = "| CPU/GPU | Image |\n| --- | --- |\n"
    first = f"{header}| CPU | {HOST}/team/flow:1-cpu |\n| GPU | {HOST}/team/flow:1-gpu |\n"
    second = f"{header}| CPU | {HOST}/team/flow:1-cpu |\n| GPU | {HOST}/team/flow:2-gpu |\n"
    assert said(read(first, second), "import-difference") == [
        f"1/list.md: warning: import-difference: the list has no row for {HOST}/team/flow:1-gpu; list.md:4 has",
        f"list.md: warning: import-difference: the list has no row for {HOST}/team/flow:2-gpu; 1/list.md:4 has",
    ]


DATA = 'framework: Flow\nversion: "2"\naccelerator: gpu\n'


def test_files_of_one_image_each_are_one_list() -> None:
    files = [
        ListFile("data/flow/2-gpu.yml", f'{DATA}tags:\n  - "2-gpu"\n', DAY),
        ListFile("data/wave/2-gpu.yml", f'{DATA}tag: "2-gpu"\n', DAY),
        ListFile("list.md", f"| CPU/GPU | Image |\n| --- | --- |\n| GPU | {HOST}/flow:2-gpu |\n", DAY),
    ]
    alone = read_lists(files[:2], as_of=DAY, registry=HOST)
    assert references(alone) == [f"{HOST}/flow:2-gpu", f"{HOST}/wave:2-gpu"]
    assert [str(problem) for problem in alone.problems] == []
    assert said(read_lists(files, as_of=DAY, registry=HOST), "import-difference") == [
        f"list.md: warning: import-difference: the list has no row for {HOST}/wave; data/wave/2-gpu.yml:4 has"
    ]


def test_images_in_several_columns_are_reported() -> None:
    text = f"| Flow | Wave |\n| --- | --- |\n| {HOST}/flow-cpu:1 | {HOST}/wave-cpu:1 |\n"
    imported = read(text)
    assert references(imported) == [f"{HOST}/flow-cpu:1"]
    assert said(imported, "import-cell-doubtful")[-1] == (
        'list.md:1:10: warning: import-cell-doubtful: column 2 "Wave" names images too, and only those of column 1 are '
        "taken; give each image a row of its own"
    )


def test_images_side_by_side_for_processor_and_accelerator() -> None:
    imported = read(
        "| Framework | CPU image | GPU image |\n| --- | --- | --- |\n"
        f"| Flow 2.4 | {HOST}/flow:2.4 | `{HOST}/flow-big:2.4` |\n| Wave 1 | {HOST}/wave:1 | - |\n"
    )
    assert [(str(e.reference), e.framework, e.kind) for e in imported.entries] == [
        (f"{HOST}/flow:2.4", "Flow", "cpu"),
        (f"{HOST}/wave:1", "Wave", "cpu"),
        (f"{HOST}/flow-big:2.4", "Flow", "gpu"),
    ]
    assert [str(problem) for problem in imported.problems] == []


@pytest.mark.parametrize("separator", [", ", "; ", ",", "、"])
def test_images_divided_by_commas(separator: str) -> None:
    images = [f"{HOST}/flow-cpu:1", f"{HOST}/wave-cpu:1"]
    imported = read(f"| Framework | Image |\n| --- | --- |\n| Flow | {separator.join(images)} |\n")
    assert references(imported) == images
    assert [entry.position.column for entry in imported.entries] == [10, 10 + len(images[0]) + len(separator)]


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        (f"{HOST}/flow-cpu:1 (deprecated)", "write the image alone"),
        (f"docker run --rm {HOST}/flow-cpu:1 bash", "write the image alone"),
        (f"{HOST}/flow-cpu:1 / {HOST}/wave-cpu:1", "give each image a row of its own"),
    ],
)
def test_words_beside_an_image(cell: str, hint: str) -> None:
    rows = f"| {HOST}/a-cpu:1 | CPU |\n| {HOST}/b-cpu:1 | CPU |\n"
    imported = read(f"| Image | CPU/GPU |\n| --- | --- |\n{rows}| {cell} | CPU |\n")
    (problem,) = said(imported, "image-reference-invalid")
    assert problem.endswith(f"is no image: it is not an image reference; {hint}")
    assert len(imported.entries) == 2


@pytest.mark.parametrize("cell", ["-", "NA", "未知", ""])
def test_a_row_whose_image_is_missing(cell: str) -> None:
    imported = read(f"| Image | CPU/GPU |\n| --- | --- |\n| {HOST}/flow-cpu:1 | CPU |\n| {cell} | CPU |\n")
    assert any(
        "the row names no image and is left out" in text for text in said(imported, "import-cell-doubtful")
    )
    assert len(imported.entries) == 1
