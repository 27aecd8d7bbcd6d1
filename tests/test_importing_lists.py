"""Importing what the real lists say: their rows, in tables of our own, with the mistakes that they had.

`test_importing_corpus` imports the texts themselves where they are beside the clone.
"""

from collections import Counter
from datetime import date

import pytest

from imagedocs.catalog import load_catalog
from imagedocs.importing import Imported, ListFile, read_lists
from vintages import LIST_FILES, List, load_lists, write_list

DAY = date(2026, 3, 1)
INCLUDE, ARTICLE = LIST_FILES
LISTS = {listed.path: listed for listed in load_lists()}

IMAGE = "mcr.microsoft.com/azureml/{}-ubuntu18.04-py37-cpu-inference:latest"


def imported(*lists: List) -> Imported:
    files = [ListFile(listed.path, write_list(listed.rows), DAY) for listed in lists]
    return read_lists(files, as_of=DAY)


def messages(found: Imported, rule: str) -> list[str]:
    return [str(each).partition(f" {rule}: ")[2] for each in found.problems if each.rule.label == rule]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(
            f"en-US/2021-05-25b/{ARTICLE}",
            {"import-image-mismatch": 1, "invalid-requirement": 6, "import-spelling": 1},
            id="an image in the wrong row (C2), and requirements that are none (D4)",
        ),
        pytest.param(
            f"es-ES/2021-05-25/{ARTICLE}",
            {"import-image-mismatch": 1, "invalid-requirement": 5, "import-spelling": 1},
            id="the same, with one requirement right (C1)",
        ),
        pytest.param(
            f"de-DE/2021-10-09/{INCLUDE}",
            {"invalid-requirement": 6, "import-spelling": 1},
            id="no image in the wrong row",
        ),
        pytest.param(
            f"en-US/2022-07-14b/{INCLUDE}",
            {
                "import-tag-missing": 1,
                "import-cell-doubtful": 1,
                "invalid-requirement": 3,
                "import-spelling": 5,
            },
            id="an image without a tag, an empty cell and two spellings (D5)",
        ),
        pytest.param(f"en-US/2024-04-08/{ARTICLE}", {}, id="the list of 2024, without a mistake"),
        pytest.param(f"en-US/2025-09-24/{ARTICLE}", {}, id="the list of 2025, without a mistake"),
    ],
)
def test_every_row_is_read_and_every_mistake_is_found(path: str, expected: dict[str, int]) -> None:
    found = imported(LISTS[path])
    assert Counter(problem.rule.label for problem in found.problems) == expected
    assert len(found.entries) == len(LISTS[path].rows) - expected.get("import-image-mismatch", 0)
    catalog, problems = load_catalog("images.yaml", found.catalog)
    assert (len(catalog.images), problems) == (len(found.entries), ())


def test_the_image_that_belongs_in_a_row_is_named() -> None:
    (message,) = messages(imported(LISTS[f"en-US/2021-05-25b/{ARTICLE}"]), "import-image-mismatch")
    assert message == (
        f"{IMAGE.format('xgboost-0.9')} stands in the wrong row: the row is of tensorflow, the image's name says "
        "xgboost, and the row is of version 2.4, the name says 0.9, and its environment is that of "
        "tensorflow-2.4-ubuntu18.04-py37-cpu-inference; did you mean "
        f'"{IMAGE.format("tensorflow-2.4")}"?'
    )


def test_a_cell_that_differs_in_one_language_is_named_with_the_others() -> None:
    lists = [LISTS[f"{locale}/2021-10-09/{INCLUDE}"] for locale in ("de-DE", "es-ES", "ja-JP", "zh-CN")]
    (message,) = messages(imported(*lists), "import-difference")
    assert message == (
        f'packages of {IMAGE.format("tensorflow-1.15").removesuffix(":latest")}: "numpy==1.20.1" here, '
        f'"numpy=1.20.1" in de-DE/2021-10-09/{INCLUDE}:8 and 2 other lists'
    )
