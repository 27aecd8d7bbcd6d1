"""The catalog against every hand-written list: what it says of a day is what the list of that day said.

Each difference is one of the documented defects, named by its number, with the very text on both sides and the
very files. There is no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT
from imagedocs.catalog import Absence, Catalog, Image, load_catalog
from vintages import FACTS, List, Row, dump_lists, load_lists, read_lists, read_rows, write_list

XGBOOST = "mcr.microsoft.com/azureml/xgboost-0.9-ubuntu18.04-py37-cpu-inference"


@dataclass(frozen=True)
class Difference:
    image: str
    """The id of the catalog's image."""
    field: str
    listed: str
    ours: str


def rows_2021(languages: str) -> tuple[str, ...]:
    """The files of 2021 in these languages."""
    files = {
        "en": ("en-US/2021-05-25b/{c}", "en-US/2021-06/{c}"),
        "draft": ("en-US/2021-05-25a/{c}",),
        "de": (
            "de-DE/2021-06-09/{c}",
            "de-DE/2021-06-21/{c}",
            "de-DE/2021-09-03/{c}",
            "de-DE/2021-10-09/{i}",
        ),
        "es": (
            "es-ES/2021-05-25/{c}",
            "es-ES/2021-06-09/{c}",
            "es-ES/2021-06-21/{c}",
            "es-ES/2021-09-03/{c}",
            "es-ES/2021-10-09/{i}",
        ),
        "ja": ("ja-JP/2021-06-21/{c}", "ja-JP/2021-10-09/{i}"),
        "zh": ("zh-CN/2021-06-21/{c}", "zh-CN/2021-08-25/{c}", "zh-CN/2021-10-09/{i}"),
    }
    return tuple(file for language in languages.split() for file in files[language])


V1 = ("en-US/2021-05-25b/{c}", "es-ES/2021-05-25/{c}")
V4 = ("en-US/2022-07-14b/{i}",)
LATER = ("en-US/2024-04-08/{c}", "en-US/2025-09-24/{c}")

CPU = "-ubuntu18.04-py37-cpu-inference"
GPU = "-ubuntu18.04-py37-cuda11.0.3-gpu-inference"

PANDAS = ("pandas~=1.1.x", "pandas~=1.1.0")
SPACES = ("numpy >= 1.16.0", "numpy>=1.16.0")

# Number of the defect in the facts → the differences that are it, and the files that have them.
DEFECTS: list[tuple[str, Difference, tuple[str, ...]]] = [
    # The row of TensorFlow 2.4 on the CPU points at the image of XGBoost.
    ("C2", Difference(f"tensorflow-2.4{CPU}", "repository", XGBOOST, f"…/tensorflow-2.4{CPU}"), (*V1, *rows_2021("draft"))),
    # One equals sign, in every language but Spanish; then `==` with spaces, in English.
    ("C1, D4", Difference(f"tensorflow-1.15{CPU}", "packages", "numpy=1.20.1", "numpy==1.20.1"), rows_2021("draft en de ja zh")),
    ("D5", Difference(f"tensorflow-1.15{CPU}", "packages", "pandas == 0.25.1", "pandas==0.25.1"), V4),
    ("D5", Difference(f"tensorflow-1.15{CPU}", "packages", "numpy == 1.20.1", "numpy==1.20.1"), V4),
    # A version that is none.
    ("D4", Difference(f"tensorflow-2.4{CPU}", "packages", *PANDAS), (*rows_2021("draft en de es ja zh"), *V4)),
    ("D4", Difference(f"tensorflow-2.4{GPU}", "packages", *PANDAS), (*rows_2021("draft en de es ja zh"), *V4)),
    ("D4", Difference(f"pytorch-1.7{CPU}", "packages", *PANDAS), rows_2021("draft en de es ja zh")),
    ("D4", Difference(f"sklearn-0.24.1{CPU}", "packages", *PANDAS), (*rows_2021("draft en de es ja zh"), *V4)),
    ("D4", Difference(f"onnxruntime-1.6{CPU}", "packages", *PANDAS), rows_2021("draft en de es ja zh")),
    ("D4", Difference(f"xgboost-1.4{CPU}", "packages", *PANDAS), rows_2021("draft")),
    # Spaces here and there.
    ("D5", Difference(f"tensorflow-2.4{GPU}", "packages", *SPACES), (*rows_2021("draft en de es ja zh"), *V4)),
    ("D5", Difference(f"pytorch-1.10{CPU}", "packages", *SPACES), V4),
    ("D5", Difference(f"pytorch-1.10{CPU}", "packages", "pandas >= 1.1, < 1.2", "pandas>=1.1,<1.2"), V4),
    ("D5", Difference(f"pytorch-1.9{CPU}", "packages", *SPACES), V4),
    ("D5", Difference(f"pytorch-1.9{CPU}", "packages", "pandas >= 1.1, < 1.2", "pandas>=1.1,<1.2"), V4),
    ("D5", Difference(f"lightgbm-3.2{CPU}", "packages", "numpy>=1.16.0, <1.20", "numpy>=1.16.0,<1.20"), V4),
    ("D5", Difference(f"lightgbm-3.2{CPU}", "packages", "pandas>=1.1, <1.2", "pandas>=1.1,<1.2"), V4),
    # No tag, and an empty cell.
    ("D5", Difference(f"pytorch-1.10{CPU}", "tag", "None", "latest"), V4),
    ("D5", Difference(f"pytorch-1.9{GPU}", "packages", "()", "unknown"), V4),
    # The draft of 2021-05-25 heads its row "None", the lists since November 2022 have another heading (V5).
    ("V0", Difference(f"minimal{CPU}", "anchor", "none", "no-framework"), rows_2021("draft")),
    *(
        ("V5", Difference(image, "anchor", "inference-minimal-base-images", "no-framework"), files)
        for image, files in {
            "minimal-ubuntu20.04-py38-cpu-inference": LATER[:1],
            "minimal-ubuntu20.04-py38-cuda11.6.2-gpu-inference": LATER[:1],
            "minimal-ubuntu22.04-py39-cpu-inference": LATER,
            "minimal-ubuntu22.04-py39-cuda11.8-gpu-inference": LATER,
            "minimal-py312-inference": LATER[1:],
        }.items()
    ),
    # The earlier of two states of one day has an image that the later has not: listed from = until (V0, D10).
    ("V0, D10", Difference(f"xgboost-1.4{CPU}", "listed", "2021-05-25", "a draft only"), rows_2021("draft")),
]  # fmt: skip


def with_names(file: str) -> str:
    return file.format(
        c="concept-prebuilt-docker-images-inference.md", i="aml-inference-list-prebuilt-docker-images.md"
    )


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    found, problems = load_catalog("catalog/images.yaml", (ROOT / "catalog" / "images.yaml").read_bytes())
    assert problems == ()
    return found


@pytest.fixture(scope="module")
def lists() -> list[List]:
    return load_lists()


def packages_differences(row: Row, image: Image) -> Iterator[tuple[str, str]]:
    if isinstance(image.packages, Absence):
        expected = {Absence.NOT_APPLICABLE: None}.get(image.packages, ("a value",))
        if row.packages != expected:
            yield str(row.packages), image.packages.value
        return
    native = {library.name.lower(): library.version for library in image.accelerator.libraries}
    python = [text for text in row.packages or () if text.partition("==")[0].lower() not in native]
    for text in row.packages or ():
        name, _, version = text.partition("==")
        if name.lower() in native and native[name.lower()] != version:
            yield text, f"{name}=={native[name.lower()]}"
    ours = [package.requirement for package in image.packages]
    for index in range(max(len(python), len(ours))):
        typed, written = (side[index] if index < len(side) else "" for side in (python, ours))
        if typed != written:
            yield typed, written


def row_differences(row: Row, image: Image) -> Iterator[Difference]:
    fields = {
        "anchor": (row.anchor, image.framework.anchor),
        "version": (row.version, None if image.framework.is_none else image.framework_version),
        "accelerator": (row.accelerator, image.accelerator.kind.upper()),
        "tag": (row.tag, image.tag),
    }
    if row.repository != image.full_repository:
        yield Difference(image.id, "repository", row.repository, f"…/{image.name}")
    yield from (
        Difference(image.id, field, str(listed), str(ours))
        for field, (listed, ours) in fields.items()
        if listed != ours
    )
    for typed, written in packages_differences(row, image):
        yield Difference(image.id, "packages", typed, written)


def differences(listed: List, catalog: Catalog) -> Iterator[Difference]:
    images = {image.full_repository: image for image in catalog.listed_on(listed.day)}
    shown: set[str] = set()
    for row in listed.rows:
        image = images.get(row.repository) or draft_image(row, listed, catalog)
        if image.id in shown or row.environment not in (None, image_environment(image, listed)):
            # The path is another row's: the curated environment says which image is meant.
            image = next(one for one in images.values() if image_environment(one, listed) == row.environment)
        shown.add(image.id)
        if image.full_repository not in images:
            yield Difference(image.id, "listed", str(listed.day), "a draft only")
        yield from row_differences(row, image)
        if row.environment != image_environment(image, listed):
            yield Difference(
                image.id, "environment", str(row.environment), str(image_environment(image, listed))
            )
    for image in images.values():
        if image.id not in shown:
            yield Difference(image.id, "listed", "no row", "listed")


def draft_image(row: Row, listed: List, catalog: Catalog) -> Image:
    """The image of a row that only a draft of that day had."""
    image = catalog.of_repository(row.repository)[0]
    assert image.listed.start == image.listed.until == listed.day
    return image


def image_environment(image: Image, listed: List) -> str | None:
    environment = image.environment_on(listed.day)
    return None if isinstance(environment, Absence) else environment.name


def test_every_difference_is_a_documented_defect(lists: list[List], catalog: Catalog) -> None:
    found = {(listed.path, difference) for listed in lists for difference in differences(listed, catalog)}
    documented = {(with_names(file), difference) for _, difference, files in DEFECTS for file in files}
    assert sorted(map(str, found - documented)) == []
    assert sorted(map(str, documented - found)) == []


@pytest.mark.corpus
def test_the_facts_are_those_of_the_texts(corpus: Path, lists: list[List]) -> None:
    assert read_lists(corpus / "prebuilt-images") == lists


def test_the_facts_are_written_as_they_are_read(lists: list[List]) -> None:
    assert FACTS.read_text("utf-8") == dump_lists(lists)


def test_a_list_can_be_written_from_its_facts(lists: list[List]) -> None:
    for listed in lists:
        assert tuple(read_rows(write_list(listed.rows))) == listed.rows, listed.path


def test_every_list_is_read_whole(lists: list[List]) -> None:
    assert {listed.path: len(listed.rows) for listed in lists} == {
        with_names(file): rows
        for files, rows in (
            (rows_2021("draft"), 10),
            (rows_2021("en de es ja zh"), 9),
            (V4, 12),
            (LATER[:1], 4),
            (LATER[1:], 3),
        )
        for file in files
    }


def test_rows_stand_in_the_order_of_the_list(lists: list[List], catalog: Catalog) -> None:
    for listed in lists:
        ours = [image.full_repository for image in catalog.listed_on(listed.day)]
        typed = [row.repository for row in listed.rows if row.repository in ours]
        if listed.path == with_names(V4[0]):
            # This list alone begins with the images without framework, and has TensorFlow 2.4 before 1.15: one
            # order cannot hold both. Its other rows stand as there.
            others = [name for name in typed if "tensorflow" not in name and "minimal" not in name]
            assert others == [name for name in ours if name in others]
        else:
            wrong = ours[1] if listed.path in map(with_names, (*V1, *rows_2021("draft"))) else None
            # Where the path of one row is that of another image (C2), the row stands for the image missing.
            typed = [wrong if index == 1 and wrong else name for index, name in enumerate(typed)]
            assert typed == ours, listed.path


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "### A b\n\nV | P | K | M\n --- | --- | --- | --- |\nNA | CPU | NA | `r.example/x:1`\n",
            [Row("a-b", None, "CPU", None, "r.example/x", "1", None)],
            id="no outer pipes",
        ),
        pytest.param(
            '### <a name="n"></a>X\n\n| V | P | K | M | E |\n|---|---|---|---|---|\n'
            "| 1.2 | GPU | a==1 </br> b >= 2, < 3 | `r.example/x` | e |\n",
            [Row("n", "1.2", "GPU", ("a==1", "b >= 2, < 3"), "r.example/x", None, "e")],
            id="outer pipes, an anchor, no tag",
        ),
        pytest.param(
            "F | V | P | K | M | E\n--- | --- | --- | --- | --- | --- |\n"
            "T </p> | 1 </p> 2 </p> | CPU </p> GPU </p> | a=1 </br></p> b==2 </br> </p> | `r.example/x:1` </p> "
            "`r.example/y:1` </p> | e </p> f </p> |\n",
            [
                Row("t", "1", "CPU", ("a=1",), "r.example/x", "1", "e"),
                Row("t", "2", "GPU", ("b==2",), "r.example/y", "1", "f"),
            ],
            id="several images packed into one row",
        ),
        pytest.param(
            "V | P | K | M\n--- | --- | --- | ---\n1 | CPU | | `r.example/x:1`\n",
            [Row("", "1", "CPU", (), "r.example/x", "1", None)],
            id="an empty cell",
        ),
    ],
)
def test_lists_of_every_form_are_read(table: str, expected: list[Row]) -> None:
    assert list(read_rows(table)) == expected
