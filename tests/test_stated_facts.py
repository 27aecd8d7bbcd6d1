"""Facts about images in prose: what contradicts the catalog is found, and nothing that may mean something else."""

from pathlib import Path

import pytest

from imagedocs.catalog import load_catalog
from imagedocs.checks.stated_facts import check_stated_facts
from imagedocs.markdown import Source, parse
from imagedocs.markdown.targets import NoSources

CATALOG = (Path(__file__).parent.parent / "catalog" / "images.yaml").read_bytes()
NEW, OLD, GPU = (
    "minimal-py312-inference",
    "minimal-ubuntu22.04-py39-cpu-inference",
    "minimal-ubuntu22.04-py39-cuda11.8-gpu-inference",
)
TORCH = "pytorch-1.9-ubuntu18.04-py37-cpu-inference"


def found(text: str) -> list[str]:
    catalog, problems = load_catalog("catalog/images.yaml", CATALOG)
    assert problems == ()
    document = parse(Source("docs/en/page.md", f"# Title\n\n{text}\n"), NoSources()).document
    return [
        f"{problem.position.line}:{problem.position.column}: {problem.message}"
        for problem in check_stated_facts(document, catalog)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"`{NEW}` has Python 3.11.", "3:38|Python 3.12|3.11"),
        (f"Python 3.11 for `{NEW}`", "3:8|Python 3.12|3.11"),
        (f"**Python 3.11**: `{OLD}`. The version: **3.10** for `{OLD}`.", "3:|Python 3.9|3.10"),
        (f"The Python version of the image: **3.11** for `{NEW}`, **3.9** for `{OLD}` and `{GPU}`.", "3:36|Python 3.12|3.11"),
        (f"The Python version of the image: **3.12** for `{NEW}`, **3.8** for `{OLD}` and `{GPU}`.", "|Python 3.9|3.8"),
        (f"`{GPU}` (CUDA 12.1)", "|CUDA 11.8|12.1"),
        (f"* `{OLD}` with Ubuntu 20.04", "|Ubuntu 22.04|20.04"),
        (f"| Image | What it has |\n|---|---|\n| one | Python 3.8 for `{NEW}` |", "5:|Python 3.12|3.8"),
        (f"`mcr.microsoft.com/azureml/{NEW}:latest` has Python 3.9", "|Python 3.12|3.9"),
        (f"Image {NEW} has Python 3.9", "3:42|Python 3.12|3.9"),
        (f"`{TORCH}` has PyTorch 1.10.", "|PyTorch 1.9|1.10"),
        (f"> [!TIP]\n> Die Version von Python ist 3.8 für `{OLD}`.", "4:|Python 3.9|3.8"),
        (f"Python のバージョンは、`{NEW}` では **3.11**、`{OLD}` では **3.9** です。", "|Python 3.12|3.11"),
        (f"Python 버전: `{NEW}`는 **3.11**", "|Python 3.12|3.11"),
        (f"Python 版本：`{NEW}` 为 **3.11**", "|Python 3.12|3.11"),
        (f"`{NEW}` comes with Python 3.9.", "|Python 3.12|3.9"),
        (f"`{NEW}` incluye Python 3.9.", "|Python 3.12|3.9"),
        (f"`{NEW}` には Python 3.9 が含まれています。", "|Python 3.12|3.9"),
        (f"The images `{OLD}` and `{GPU}` have Python 3.8.", "|Python 3.9|3.8"),
        (f"`{OLD}` (Python 3.9) → `{NEW}` (Python 3.11)", "|Python 3.12|3.11"),
    ],
)  # fmt: skip
def test_a_version_that_the_catalog_contradicts_is_found(text: str, expected: str) -> None:
    place, fact, written = expected.split("|")
    (one,) = found(text)
    assert one.startswith(place)
    assert one.endswith(f"has {fact} in the catalog, not {written}")


@pytest.mark.parametrize(
    "text",
    [
        f"`{NEW}` has Python 3.12.",
        f"The Python version of the image: **3.12** for `{NEW}`, **3.9** for `{OLD}` and `{GPU}`.",
        f"`{GPU}` has CUDA 11.",
        f"`{GPU}` has CUDA 11.8.0.",
        f"`{NEW}` replaces the images with Python 3.9.",
        f"`{NEW}` doesn't have Python 3.9.",
        f"`{NEW}` no longer has Python 3.9.",
        f"Since Python 3.9 is old, take `{NEW}`.",
        f"Packages for Python 3.9 don't work in `{NEW}`.",
        f"`{NEW}` has Python 3.9 or later.",
        f"`{NEW}` has Python >=3.9 or 3.9+ or 3.9-3.12.",
        f"Python 3.9 and 3.12 for `{OLD}` and `{NEW}`",
        f"`{OLD}` and `{NEW}` have Python 3.12.",
        f"Python is one thing, CUDA another: 11.1 for `{NEW}`.",
        f"`{NEW}` has SciPy 1.14.1.",
        f"`{NEW}` is at version 3.4",
        f"`{NEW}` has Ubuntu 22.04.",
        f"`other-image` has Python 3.7, and `{NEW}` Python 3.12",
        f"| Image | Python |\n|---|---|\n| `{NEW}` | 3.9 |",
        f"```\n{NEW} has Python 3.9\n```",
        f"No Python 3.9 in `{NEW}`.",
        f"`{NEW}` no tiene Python 3.9.",
        f"`{NEW}` hat kein Python 3.9.",
        f"`{NEW}` 没有 Python 3.9。",
        f"`{NEW}` or Python 3.9",
        f"Use Python 3.9 on `{NEW}`.",
        f"In Python 3.9 and in `{NEW}`",
        f"`{NEW}` y el de Python 3.9",
        f"`{NEW}` is of 2026.03 and has Python.",
        f"The Python of 3.9 images in `{NEW}`",
        f"`{NEW}` → Python 3.9",
        f"Is `{NEW}` Python 3.9?",
        f"`{NEW}:20260101.v1` has Python 3.11.",
        f"`{NEW}`: Python 3.12 (`{OLD}`: 3.9)",
        f"{NEW} \ue000 has Python 3.12",
        "`a-b` \ue000\ue001 has Python 3.9",
    ],
)
def test_what_is_right_or_may_mean_something_else_is_not(text: str) -> None:
    assert found(text) == []
