"""The real lists: the defects that people found in them years later are found at once."""

from datetime import date
from pathlib import Path

import pytest

from imagedocs.catalog import load_catalog
from imagedocs.importing import Imported, ListFile, read_lists

DAY = date(2026, 3, 1)
INCLUDE = "aml-inference-list-prebuilt-docker-images.md"
ARTICLE = "concept-prebuilt-docker-images-inference.md"
WITH_LISTS = {
    f"en-US/2021-05-25a/{ARTICLE}": 10,
    f"en-US/2021-05-25b/{ARTICLE}": 9,
    f"en-US/2021-06/{ARTICLE}": 9,
    f"en-US/2022-07-14b/{INCLUDE}": 12,
    f"en-US/2024-04-08/{ARTICLE}": 4,
    f"en-US/2025-09-24/{ARTICLE}": 3,
    f"es-ES/2021-05-25/{ARTICLE}": 9,
    f"es-ES/2021-10-09/{INCLUDE}": 9,
    f"de-DE/2021-06-09/{ARTICLE}": 9,
    f"de-DE/2021-10-09/{INCLUDE}": 9,
    f"ja-JP/2021-10-09/{INCLUDE}": 9,
    f"zh-CN/2021-08-25/{ARTICLE}": 9,
    f"zh-CN/2021-10-09/{INCLUDE}": 9,
}
"""File → how many rows its list has (packed ones unpacked)."""

pytestmark = pytest.mark.corpus


def read(corpus: Path, *names: str) -> Imported:
    folder = corpus / "prebuilt-images"
    return read_lists([ListFile(name, (folder / name).read_text("utf-8"), DAY) for name in names], as_of=DAY)


def found(imported: Imported, *rules: str) -> list[str]:
    return [str(problem) for problem in imported.problems if problem.rule.label in rules]


@pytest.mark.parametrize(("name", "rows"), WITH_LISTS.items())
def test_every_row_is_read_and_can_be_loaded(corpus: Path, name: str, rows: int) -> None:
    imported = read(corpus, name)
    mismatched = found(imported, "import-image-mismatch")
    assert len(imported.entries) + len(mismatched) == rows
    catalog, problems = load_catalog("images.yaml", imported.catalog)
    assert problems == ()
    assert len(catalog.images) == len(imported.entries)


def test_c1_a_cell_that_one_locale_has_otherwise(corpus: Path) -> None:
    names = [f"{locale}/2021-10-09/{INCLUDE}" for locale in ("de-DE", "es-ES", "ja-JP", "zh-CN")]
    differences = found(read(corpus, *names), "import-difference")
    assert [text for text in differences if "packages" in text and "1.20" in text] == [
        (
            f"es-ES/2021-10-09/{INCLUDE}:25:15: warning: import-difference: packages of "
            'mcr.microsoft.com/azureml/tensorflow-1.15-ubuntu18.04-py37-cpu-inference: "numpy==1.20.1" here, '
            f'"numpy=1.20.1" in de-DE/2021-10-09/{INCLUDE}:25 and 2 other lists'
        )
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (f"en-US/2021-05-25a/{ARTICLE}", "42:344"),
        (f"en-US/2021-05-25b/{ARTICLE}", "44:50"),
        (f"es-ES/2021-05-25/{ARTICLE}", "47:50"),
    ],
)
def test_c2_an_image_in_the_wrong_row(corpus: Path, name: str, place: str) -> None:
    (problem,) = found(read(corpus, name), "import-image-mismatch")
    image = "mcr.microsoft.com/azureml/{}-ubuntu18.04-py37-cpu-inference:latest"
    assert problem.startswith(
        f"{name}:{place}: error: import-image-mismatch: {image.format('xgboost-0.9')} stands in"
    )
    assert problem.endswith(f'did you mean "{image.format("tensorflow-2.4")}"?')


@pytest.mark.parametrize("name", [name for name in WITH_LISTS if "06-09" in name or "10-09" in name])
def test_no_image_of_the_mended_lists_is_in_the_wrong_row(corpus: Path, name: str) -> None:
    assert found(read(corpus, name), "import-image-mismatch", "import-tag-missing", "duplicate-image") == []


def test_d4_what_is_no_requirement(corpus: Path) -> None:
    name = f"en-US/2021-06/{ARTICLE}"
    problems = found(read(corpus, name), "invalid-requirement")
    assert problems[0] == (
        f'{name}:38:36: error: invalid-requirement: "numpy=1.20.1" is not a requirement; did you mean "numpy==1.20.1"?'
    )
    assert [text.partition("requirement: ")[2] for text in problems[1:]] == [
        '"pandas~=1.1.x" is not a requirement; did you mean "pandas~=1.1.0"?'
    ] * 5


def test_d5_a_missing_tag_an_empty_cell_and_two_spellings(corpus: Path) -> None:
    name = f"en-US/2022-07-14b/{INCLUDE}"
    imported = read(corpus, name)
    image = "mcr.microsoft.com/azureml/pytorch-1.10-ubuntu18.04-py37-cpu-inference"
    assert found(imported, "import-tag-missing") == [
        (
            f"{name}:36:60: warning: import-tag-missing: {image} has no tag; latest is written, as Docker reads it; "
            f'write "{image}:latest"'
        )
    ]
    assert found(imported, "import-cell-doubtful") == [
        (
            f"{name}:38:12: warning: import-cell-doubtful: the cell for the packages of this image is empty; "
            "write what it has, or NA"
        )
    ]
    assert len(found(imported, "import-spelling")) == 5


def test_vintages_are_compared(corpus: Path) -> None:
    old, new = f"en-US/2024-04-08/{ARTICLE}", f"en-US/2025-09-24/{ARTICLE}"
    assert [
        text.partition("difference: ")[2] for text in found(read(corpus, old, new), "import-difference")
    ] == [
        f"the list has no row for mcr.microsoft.com/azureml/minimal-py312-inference; {new}:45 has",
        f"the list has no row for mcr.microsoft.com/azureml/minimal-ubuntu20.04-py38-cpu-inference; {old}:41 has",
        f"the list has no row for mcr.microsoft.com/azureml/minimal-ubuntu20.04-py38-cuda11.6.2-gpu-inference; {old}:42 has",
    ]
