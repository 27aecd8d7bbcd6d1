"""One mistake is one problem: what follows from it is not reported too, and what it hides today is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import copy_project, shorten_rules
from imagedocs.check.checking import check, collect_site
from imagedocs.problems import Severity
from imagedocs.project import Project
from small_project import DAY, ROOT, small_project

CATALOG, MANIFEST, LOCALES = "catalog/images.yaml", "catalog/registry.json", "locales/locales.yaml"
TEMPLATE = "includes/aml-inference-list-prebuilt-docker-images.md.j2"
IMAGE_TEMPLATE = "includes/image.md.j2"
GOOD = '"mcr.microsoft.com/azureml/minimal-py312-inference": {\n  "20260316.v1": {'
PAGE = "docs/en/contribute.md"
"""A page that most languages fall back to."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_project(tmp_path_factory.mktemp("cascades"))
    shorten_rules(folder)
    return folder


def problems_of(root: Path, *tags: str) -> list[str]:
    loaded = Project.load(root, DAY)
    found = check(loaded, collect_site(loaded, tags))
    return [str(problem) for problem in found if problem.severity is not Severity.SUGGESTION]


def with_edit(root: Path, path: str, change: Callable[[str], str], *tags: str) -> list[str]:
    file = root / path
    whole = file.read_text("utf-8")
    changed = change(whole)
    assert changed != whole
    file.write_text(changed, "utf-8")
    try:
        return problems_of(root, *tags)
    finally:
        file.write_text(whole, "utf-8")


def places(lines: list[str]) -> list[str]:
    """Without line and column, which move as the files grow."""
    return [
        f"{line.partition(':')[0]}: {line.partition('r: ')[2] or line.partition('g: ')[2]}" for line in lines
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (MANIFEST, f'{GOOD}"seen"', f'{GOOD}"digest": "sha256:1", "seen"', "wrong-type: digest: expected a digest such as sha256: and 64 lower-case hexadecimal digits"),
        (MANIFEST, f'{GOOD}"seen": [{{"date": "2026-04-08"', f'{GOOD}"seen": [{{"date": "2026-04-31"', 'invalid-date: seen: "2026-04-31" is no day; write a day such as 2021-05-25'),
        (MANIFEST, f'{GOOD}"seen"', f'{GOOD}"size": "1 MB", "seen"', "wrong-type: size: expected a number of bytes"),
        (CATALOG, "version: 2\n", "version: 3\n", "newer-version: the file is of version 3; this imagedocs reads up to version 2; use a newer imagedocs"),
        (CATALOG, "registry: mcr.microsoft.com\n", "registry: https://mcr.microsoft.com\n", 'image-reference-invalid: expected the host of a registry, found "https://mcr.microsoft.com"; write the host alone'),
        (LOCALES, "babel: es\n", "babel: es_XX\n", 'locale-unknown: Babel knows no "es_XX"; try "es", or "es_" and a region'),
        (LOCALES, "  es:\n", "  Es:\n", 'locale-tag: the tag "Es" is not in its usual case; write "es"'),
        (TEMPLATE, "{% endfor %}\n</div>\n\n{% endfor %}", "{% endfor %}\n</div>\n\n", "template-error: Encountered unknown tag 'endif'. You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for 'endfor' or 'else'. The innermost block that needs to be closed is 'for'"),
        (TEMPLATE, "{% for image in images %}", "{% for image in imagse %}", 'template-error: "imagse" is not defined; did you mean "images"?'),
        (TEMPLATE, "image.reference|code", "image.refrence|code", 'template-error: a value of the kind Row has no "refrence"; did you mean "reference"?'),
        (TEMPLATE, "image.os|known", "image.os|knwn", 'template-error: there is no filter "knwn"; did you mean "known"?'),
        (TEMPLATE, "else framework.name", "else framework.nme", 'template-error: a value of the kind Framework has no "nme"; did you mean "name"?'),
        (TEMPLATE, "image.environment|known", "image.envronment|known", 'template-error: a value of the kind Row has no "envronment"; did you mean "environment"?'),
        (IMAGE_TEMPLATE, "|---|---|{%", "|---|{%", "template-error: this looks like a table and is none; write as many cells in the line of hyphens (1) as in the header (2)"),
        ("mkdocs.yml", "  - tag-policy.md\n", "  - /tag-policy.md\n", 'nav-page-missing: the navigation names "/tag-policy.md", and there is no such page; did you mean "tag-policy.md"?'),
    ],
    ids=[
        "a digest of a tag that pages name", "a day of a tag that pages name", "a size of a tag that pages name", "a newer catalog",
        "no registry", "a locale that the glossary names too", "a tag that the glossary names too", "a template without its sentences",
        "a name in a template", "a field in a template", "a filter in a template", "a field of images with a framework, of which none is listed now",
        "a field of a column that was dropped in 2022", "a table of each image that is none", "a page as an address",
    ],
)  # fmt: skip
def test_one_mistake_is_one_problem(project: Path, path: str, old: str, new: str, expected: str) -> None:
    tags = () if path == LOCALES else ("en", "es")
    assert places(with_edit(project, path, lambda text: text.replace(old, new, 1), *tags)) == [
        f"{path}: {expected}"
    ]


@pytest.mark.parametrize("form", ["table", "blocks", None])
def test_a_broken_table_of_a_template_is_reported_where_a_page_shows_it(
    tmp_path: Path, form: str | None
) -> None:
    shown = TEMPLATE.removesuffix(".j2") + (f"?form={form}" if form else "")
    whole = (ROOT / TEMPLATE).read_text("utf-8")
    broken = whole.replace("|---|---|---|---|{%", "|---|---|---|{%", 1)
    assert broken != whole
    files = {"docs/en/index.md": f"# Home\n\n[!INCLUDE [list](../../{shown})]\n", TEMPLATE: broken}
    message = (
        f"{TEMPLATE}: template-error: this looks like a table and is none; "
        "write as many cells in the line of hyphens (6) as in the header (7)"
    )
    assert places(problems_of(small_project(tmp_path, files))) == ([message] if form == "table" else [])


def test_a_link_to_the_page_of_an_image_is_not_blamed_for_the_catalog(project: Path) -> None:
    links = "\n[x](images/nothing.md) [y](images/minimal-py312-inference.md)\n"
    file = project / PAGE
    whole = file.read_text("utf-8")
    file.write_text(whole + links, "utf-8")
    try:
        found = problems_of(project, "en")
        wrong = with_edit(
            project, CATALOG, lambda text: text.replace('python: "3.12"', "python: three"), "en"
        )
    finally:
        file.write_text(whole, "utf-8")
    assert [line.split(": ")[2] for line in found] == ["broken-link"]
    assert {line.partition(":")[0] for line in wrong} == {CATALOG}


def test_without_repositories_pages_are_not_blamed(project: Path) -> None:
    found = with_edit(project, MANIFEST, lambda text: text.replace('"repositories"', '"repos"', 1), "en")
    assert [line.split(": ")[2] for line in found] == ["missing-field", "unknown-key"]


@pytest.mark.parametrize(
    "tags", [(), ("en",), ("fr",), ("fr", "en", "ja")], ids=lambda tags: " ".join(tags) or "all"
)
def test_a_page_that_others_fall_back_to_is_judged_once(project: Path, tags: tuple[str, ...]) -> None:
    broken = "\n[x](nothing.md) [y](#nothing) [z](../es/index.md)\n\n`mcr.microsoft.com/azureml/minimal-py312-inference:1.x`\n"
    found = with_edit(project, PAGE, lambda text: text + broken, *tags)
    assert [line.split(": ")[2] for line in found] == [
        "broken-link", "broken-anchor", "link-leaves-locale", "image-tag-unknown"
    ]  # fmt: skip
    assert all(line.startswith(f"{PAGE}:") for line in found)


def test_a_mistake_in_an_included_file_is_one_with_all_its_places(tmp_path: Path) -> None:
    files = {
        "docs/en/index.md": "# Home\n\n[!INCLUDE [x](../../includes/x.md)]\n\n[!INCLUDE [x](../../includes/x.md)]\n",
        "docs/es/other.md": "# Otra\n\n[!INCLUDE [x](../../includes/x.md)]\n",
        "includes/x.md": "[x](nothing.png)\n",
    }
    root = small_project(tmp_path, files)
    loaded = Project.load(root, DAY)
    (problem,) = [p for p in check(loaded, collect_site(loaded)) if p.rule.label == "broken-link"]
    assert str(problem.position) == "includes/x.md:1:5"
    assert [str(place) for place in problem.included_from] == [
        "docs/en/index.md:3:15", "docs/en/index.md:5:15", "docs/es/other.md:3:15"
    ]  # fmt: skip
