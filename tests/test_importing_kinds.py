"""What lists say in more than one way: several values, columns of their own, keys that name the repository."""

from datetime import date

import pytest

from imagedocs.catalog import Catalog, load_catalog
from imagedocs.importing import Imported, ListFile, read_lists

DAY = date(2026, 5, 4)
HOST = "registry.example"


def read(text: str, path: str = "list.md", registry: str = "") -> Imported:
    return read_lists([ListFile(path, text, DAY)], as_of=DAY, registry=registry)


def catalog(imported: Imported) -> Catalog:
    loaded, problems = load_catalog("images.yaml", imported.catalog)
    assert problems == ()
    assert loaded is not None
    return loaded


def said(imported: Imported, rule: str) -> list[str]:
    return [problem.message for problem in imported.problems if problem.rule.label == rule]


@pytest.mark.parametrize(
    ("column", "cell", "tag", "expected"),
    [
        ("Python", "3.9, 3.10, 3.11", "2-py3.10", "3.10"),
        ("Python", "2.7 (py27), 3.6 (py36)", "2-py36", "3.6"),
        ("Python", "3.9<br>3.10", "2", ""),
        ("Python", "3.10+", "2", ""),
        ("Python", ">=3.10", "2-py312", "3.12"),
        ("Python", "3.9 – 3.12", "2", ""),
        ("Python", "python3.9 / python3.10", "2-py3.12", ""),
    ],
)
def test_of_several_versions_of_python_only_the_image_says_which(
    column: str, cell: str, tag: str, expected: str
) -> None:
    imported = read(f"| Image | {column} |\n|---|---|\n| `{HOST}/team/book:{tag}` | {cell} |\n")
    (entry,) = imported.entries
    assert entry.python == expected
    (message,) = [text for text in said(imported, "import-cell-doubtful") if "more than one" in text]
    assert ("unknown is written" in message) is (not expected)
    assert str(catalog(imported).images[0].python) == (expected or "unknown")


@pytest.mark.parametrize(("cell", "expected"), [("3.12", "3.12"), ("Python 3.9", "3.9"), ("py310", "3.10")])
def test_one_version_of_python_is_taken_without_a_word(cell: str, expected: str) -> None:
    imported = read(f"| Image | Python |\n|---|---|\n| `{HOST}/team/book:1` | {cell} |\n")
    assert imported.entries[0].python == expected
    assert not any("more than one" in text for text in said(imported, "import-cell-doubtful"))


@pytest.mark.parametrize(
    ("cell", "tag", "expected"),
    [
        ("Ubuntu 22.04, 24.04", "1", ("", "")),
        ("Ubuntu 22.04 / Debian 12", "1-debian12", ("debian", "12")),
        ("Ubuntu 24.04", "1", ("ubuntu", "24.04")),
    ],
)
def test_of_several_systems_none_is_taken_by_itself(cell: str, tag: str, expected: tuple[str, str]) -> None:
    imported = read(f"| Image | OS |\n|---|---|\n| `{HOST}/team/web:{tag}` | {cell} |\n")
    assert imported.entries[0].system == expected
    catalog(imported)


@pytest.mark.parametrize(
    ("cell", "tag", "kind", "cuda"),
    [
        ("12.4.1", "24.06", "gpu", "12.4.1"),
        ("CUDA 11.8", "24.06", "gpu", "11.8"),
        ("12.0 - 12.8", "24.06-cuda12.8", "gpu", "12.8"),
        ("11.8, 12.1", "24.06", "gpu", ""),
        ("cu118 / cu121", "24.06", "gpu", ""),
        ("n/a", "24.06", "cpu", None),
    ],
)
def test_an_image_whose_row_names_cuda_is_for_the_gpu(
    cell: str, tag: str, kind: str, cuda: str | None
) -> None:
    imported = read(f"| Image | CUDA |\n|---|---|\n| `{HOST}/team/torch:{tag}` | {cell} |\n")
    (entry,) = imported.entries
    assert (entry.kind, entry.libraries.get("cuda")) == (kind, cuda)
    assert ("nothing says whether" in " ".join(said(imported, "import-cell-doubtful"))) is (kind == "cpu")
    catalog(imported)


def test_a_cell_with_two_accelerators_is_doubtful() -> None:
    imported = read(f"| Image | Processor |\n|---|---|\n| `{HOST}/team/web:1` | CPU<br>GPU |\n")
    assert "the cell names several accelerators" in said(imported, "import-cell-doubtful")


def test_columns_that_no_field_is_for_become_columns_of_the_catalog() -> None:
    text = (
        "| Image | Image size | Owner | Ports | 備考 | Sources |\n|---|---|---|---|---|---|\n"
        f"| `{HOST}/team/web:1` | 98 MB | Team: A | 80<br>443 | 予定 | yes |\n"
        f"| `{HOST}/team/job:2` | n/a | | 90 | - | 'x' |\n"
    )
    imported = read(text)
    loaded = catalog(imported)
    web, job = loaded.images
    assert web.attributes == {
        "image_size": "98 MB",
        "owner": "Team: A",
        "ports": ("80", "443"),
        "column": "予定",
        "own_sources": "yes",
    }
    assert [str(job.attributes[name]) for name in ("image_size", "owner", "ports", "column")] == [
        "not-applicable",
        "unknown",
        "90",
        "unknown",
    ]
    assert "title: 備考" in imported.catalog.replace('"', "")
    assert said(imported, "import-not-taken") == []


def test_columns_of_one_list_are_unknown_for_the_images_of_another() -> None:
    files = [
        ListFile("a.md", f"| Image | Owner |\n|---|---|\n| `{HOST}/a:1` | A |\n", DAY),
        ListFile("b.md", f"| Image | Size |\n|---|---|\n| `{HOST}/b:1` | 5 GB |\n", DAY),
    ]
    first, second = catalog(read_lists(files, as_of=DAY)).images
    assert (str(first.attributes["size"]), str(second.attributes["owner"])) == ("unknown", "unknown")


@pytest.mark.parametrize("key", ["ecr_repository", "repository", "image-repo", "gcr_repository"])
def test_a_key_that_names_the_repository_is_heeded(key: str) -> None:
    imported = read(f'{key}: serving\ntags: ["1"]\n', "folder/1.yml", "quay.io/team")
    assert [str(entry.reference) for entry in imported.entries] == ["quay.io/team/serving:1"]


def test_a_repository_may_name_its_registry() -> None:
    imported = read('repository: public.ecr.aws/lab/serving\ntags: ["1"]\n', "folder/1.yml", "quay.io")
    assert [str(entry.reference) for entry in imported.entries] == ["public.ecr.aws/lab/serving:1"]


def test_two_keys_that_name_different_repositories_are_doubtful() -> None:
    imported = read('repository: a\necr_repository: b\ntags: ["1"]\n', "folder/1.yml", "quay.io")
    assert '"ecr_repository" is "b", and "repository" "a"; the latter is taken' in said(
        imported, "import-cell-doubtful"
    )


def test_an_environment_that_no_list_speaks_of_is_unknown() -> None:
    imported = read(f"| Image | Python |\n|---|---|\n| `{HOST}/team/web:1` | 3.12 |\n")
    assert str(catalog(imported).images[0].environment) == "unknown"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("list.md", "# Web\n\n`docker pull web`\n\nTags | OS\n--- | ---\n1.0 | Debian 12\n"),
        (
            "list.html",
            "<table><tr><th>Who</th><th>Image</th></tr><tr><td>A</td><td>reg.&lt;zone&gt;.example/a</td></tr></table>",
        ),
        ("list.md", "Nothing here.\n"),
    ],
)
def test_a_list_in_which_no_image_is_found_is_an_error(path: str, text: str) -> None:
    imported = read(text, path)
    assert said(imported, "import-nothing-found") == ["there is no list of images in this file"]


def test_native_libraries_beside_columns_of_the_list() -> None:
    text = (
        "| Image | Packages | Owner |\n|---|---|---|\n"
        f"| `{HOST}/team/web:1` | tensorrt=8.6<br>numpy==1.26 | A |\n| `{HOST}/team/job:2` | n/a | B |\n"
    )
    web, job = catalog(read(text)).images
    assert (web.attributes, job.attributes) == ({"owner": "A"}, {"owner": "B"})
