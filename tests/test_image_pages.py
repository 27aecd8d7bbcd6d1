"""The pages that are generated from the catalog: linked, checked and told of like any page."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import run_imagedocs
from small_project import CONFIG, problems_of, small_project

WITH_PAGES = CONFIG.replace("  imagedocs:\n", "  imagedocs:\n    images: true\n")
CATALOG = """\
version: 2
registry: mcr.microsoft.com
columns: [python]
images:
  - {id: web, repository: azureml/minimal-py312-inference, tag: latest, python: "3.12",
     known_issues: [{tag: 20260401.v1, text: It crashes while it sets up Conda., since: 2026-04-08, source: a mail}]}
  - {id: old, repository: azureml/minimal-ubuntu20.04-py38-cpu-inference, tag: latest, python: "3.8", status: removed,
     listed: {from: 2022-07-14, until: 2025-09-24}, replacement: web}
"""
ADDRESS = "page-collision: has the address of"
RENAME = (
    "which is not shown; give the file another name, or the pages of images another folder: "
    "extra.imagedocs.images.prefix in mkdocs.yml"
)


def project(folder: Path, files: Mapping[str, str]) -> Path:
    return small_project(folder, {"mkdocs.yml": WITH_PAGES, "catalog/images.yaml": CATALOG, **files})


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "docs/en/index.md": "# Home\n\n[Web](images/web.md) and [all](images/index.md), [old](~/images/old.md)\n"
            },
            "",
            id="pages link to generated pages",
        ),
        pytest.param(
            {"docs/en/index.md": "# Home\n\n[Web](images/wbe.md)\n"},
            'docs/en/index.md:3:7: error: broken-link: there is no file "docs/en/images/wbe.md"; did you mean '
            '"images/web.md"?',
            id="a misspelt id is a broken link",
        ),
        pytest.param(
            {"docs/en/index.md": "# Home\n\n[Web](images/web.md#sizes)\n"},
            'docs/en/index.md:3:7: error: broken-anchor: docs/en/images/web.md has no anchor "sizes"; write '
            '<a name="sizes"></a> before the text it should lead to, or link to another anchor',
            id="an anchor that the page does not have is broken",
        ),
        pytest.param(
            {"includes/image.md.j2": "# {{ image.name }}\n\nText.\n\n[Web](wbe-{{ image.id }}.md)\n"},
            'includes/image.md.j2:5: error: broken-link: there is no file "docs/en/images/wbe-old.md"; did you mean "old.md"?',
            id="a broken link in the template is one problem, at its line",
        ),
        pytest.param(
            {"includes/image.md.j2": "# {{ image.name }}\n\nText.\n\n{{ image.identifier }}\n"},
            'includes/image.md.j2:5: error: template-error: a value of the kind ImageValues has no "identifier"',
            id="a mistake in the template is one problem, at its line",
        ),
        pytest.param(
            {"docs/en/images/web.md": "# Mine\n\nText.\n"},
            f'docs/en/images/web.md: error: {ADDRESS} the page of the image web, "images/web/", {RENAME}',
            id="a page with the address of an image's page collides",
        ),
        pytest.param(
            {"docs/es/images/Old/index.md": "# Mine\n\nText.\n"},
            f'docs/es/images/Old/index.md: error: {ADDRESS} the page of the image old, "images/old/", {RENAME}',
            id="a folder collides, in other capitals too",
        ),
        pytest.param(
            {"docs/en/images.md": "# Mine\n\nText.\n"},
            f'docs/en/images.md: error: {ADDRESS} the list of all images, "images/", {RENAME}',
            id="a page with the address of the list of all images collides",
        ),
        pytest.param(
            {"docs/en/index.md": "# Home\n\n![Web](images/web.png)\n", "docs/en/images/web.png": ""},
            "",
            id="pictures in the folder do not collide",
        ),
        pytest.param(
            {"catalog/images.yaml": CATALOG.replace("id: old", "id: index")},
            "catalog/images.yaml:7:10: error: page-collision: the page of this image would be the list of all images, "
            '"images/"; give the image another id',
            id="the id of an image is not index",
        ),
        pytest.param(
            {"catalog/images.yaml": CATALOG.replace("id: old", "id: index.html")},
            "catalog/images.yaml:7:10: error: page-collision: the page of this image would be the list of all images, "
            '"images/"; give the image another id',
            id="the id of an image is not the file of the list of all images",
        ),
        pytest.param(
            {
                "docs/en/images/Web.md": "# Mine\n\nText.\n",
                "docs/en/index.md": "# Home\n\n[!INCLUDE [links](../../includes/links.md)]\n",
                "includes/links.md.j2": "{% for image in images %}\n* {{ image.id|link(image.page) }}\n{% endfor %}\n",
            },
            f'docs/en/images/Web.md: error: {ADDRESS} the page of the image web, "images/web/", {RENAME}',
            id="links of a list to a page that is not shown are no problems of their own",
        ),
        pytest.param(
            {"mkdocs.yml": WITH_PAGES.replace("images: true", "images: {prefix: es/images}")},
            'mkdocs.yml:{line}:22: error: page-collision: the pages of images cannot be in "es/images": the pages in es '
            "are there; give the pages of images another prefix",
            id="the folder of the pages is not that of a language",
        ),
        pytest.param(
            {"mkdocs.yml": WITH_PAGES.replace("images: true", "images: pictures")},
            "mkdocs.yml:{line}:13: error: wrong-type: expected true, false, or a mapping with prefix, "
            'found "pictures"',
            id="the setting is no text",
        ),
        pytest.param(
            {"mkdocs.yml": WITH_PAGES.replace("images: true", "images: {prefix: ../x}")},
            'mkdocs.yml:{line}:22: error: wrong-type: expected a folder such as images, found "../x"',
            id="the folder of the pages is below the site",
        ),
        pytest.param(
            {
                "mkdocs.yml": WITH_PAGES.replace("images: true", "images: {prefix: a/b}"),
                "docs/en/index.md": "# Home\n\n[Web](a/b/web.md)\n",
                "docs/en/images/web.md": "# Mine\n\nText.\n",
            },
            "",
            id="the folder can be another one",
        ),
        pytest.param(
            {
                "mkdocs.yml": WITH_PAGES.replace("images: true", "images: false"),
                "docs/en/images/web.md": "# Mine\n\nText.\n",
            },
            "",
            id="without pages nothing collides",
        ),
    ],
)
def test_generated_pages_are_checked(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    config = files.get("mkdocs.yml", WITH_PAGES)
    line = config[: config.find("    images: ")].count("\n") + 1
    found = [each for each in problems_of(project(tmp_path, files)) if not each.startswith("locales/")]
    assert "\n".join(found) == expected.replace("{line}", str(line))


def test_a_page_is_printed(tmp_path: Path) -> None:
    folder = project(tmp_path, {})
    printed = run_imagedocs(folder, "render", "images/old.md", "--locale", "es", "--as-of", "2024-01-01")
    assert printed.returncode == 0, printed.stderr
    assert '# <span translate="no">minimal-ubuntu20.04-py38-cpu-inference</span>' in printed.stdout
    assert "Con soporte técnico" in printed.stdout, "it was in the list on that day"
