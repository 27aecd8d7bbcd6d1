"""Questions by which a reader finds an image, the facts of its block, and what all images share: from any catalog."""

import re
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT
from imagedocs.catalog import Catalog, load_catalog
from imagedocs.locales import Formats, Messages
from imagedocs.publishing import template_filters, template_values
from imagedocs.publishing.choices import MAX_ANSWERS, MAX_QUESTIONS, questions_for
from imagedocs.registry.manifest import load_manifest
from imagedocs.rendering import Template
from small_project import problems_of, small_project

DAY = date(2026, 11, 29)
TEMPLATE = "includes/aml-inference-list-prebuilt-docker-images.md.j2"
HEAD = "version: 2\nregistry: registry.example\n"
FIELDS = {
    "framework": "frameworks: {torch: {name: Torch}, none: {name: No framework}}\n",
    "os": "systems: {debian: {name: Debian}}\n",
    "accelerator": "accelerators: {rocm: {name: ROCm}}\n",
}


def catalog_of(columns: str, *images: str, head: str = "") -> Catalog:
    """A catalog of these columns, with an image for each text of fields; ids are letters."""
    names = re.findall(r"[a-z_]+", columns)
    tables = "".join(text for name, text in FIELDS.items() if name in names)
    own = [name for name in names if name not in (*FIELDS, "python", "packages")]
    entries = ""
    for number, fields in enumerate(images):
        parts = re.split(r"; ", fields)
        inside = [part for part in parts if part.split(":")[0] in own]
        outside = [part for part in parts if part not in inside]
        entries += f"  - id: image-{number}\n    repository: team/image-{number}\n    tag: latest\n"
        entries += "".join(f"    {part}\n" for part in outside if part)
        entries += "    attributes: {" + ", ".join(inside) + "}\n" if inside else ""
    text = f"{HEAD}columns: [{columns}]\n{tables}{head}images:\n{entries}"
    catalog, problems = load_catalog("catalog/images.yaml", text, DAY)
    assert [str(problem) for problem in problems] == []
    return catalog


def asked(catalog: Catalog) -> dict[str, list[str]]:
    questions, _ = questions_for(catalog, catalog.listed_on(DAY))
    return {question.key: [answer.value for answer in question.answers] for question in questions}


def rendered(catalog: Catalog, record: str = "", form: str = "blocks") -> str:
    manifest, _ = load_manifest("catalog/registry.json", record or '{"version": 1, "repositories": {}}')
    filters = template_filters(Messages(), Formats("en"))
    template = Template(TEMPLATE, (ROOT / TEMPLATE).read_text("utf-8"), Messages(), filters)
    found = template.render(template_values(catalog, DAY, manifest, form))
    assert found.problems == ()
    return found.text


@pytest.mark.parametrize(
    ("columns", "images", "expected"),
    [
        pytest.param("python", ['python: "3.12"', 'python: "3.9"'], {"python": ["3.9", "3.12"]}, id="by number"),
        pytest.param("python", ['python: "3.9"', 'python: "3.9"'], {}, id="one answer is no question"),
        pytest.param("python", ['python: "3.9"', "python: unknown"], {}, id="not known is no answer"),
        pytest.param(
            "python",
            ['python: "3.9"', "python: unknown", "python: none"],
            {"python": ["3.9", "none", "unknown"]},
            id="but one may ask for it where there is a question",
        ),
        pytest.param(
            "accelerator",
            ["accelerator: {kind: gpu, cuda: '12.4'}", "accelerator: {kind: rocm}", "accelerator: {kind: cpu}"],
            {"accelerator": ["cpu", "gpu", "rocm"]},
            id="any accelerator",
        ),
        pytest.param(
            "accelerator",
            ["accelerator: {kind: gpu, cuda: '12.4'}", "accelerator: {kind: gpu, cuda: '11.8'}"],
            {"cuda": ["11.8", "12.4"]},
            id="versions of its software",
        ),
        pytest.param(
            "framework, os",
            [
                "framework: none; os: {name: debian, version: '12'}",
                "framework: {name: torch, version: '2'}; os: {name: debian, version: '9'}",
            ],
            {"framework": ["torch", "none"], "os": ["debian-9", "debian-12"]},
            id="frameworks in the order of the catalog",
        ),
        pytest.param(
            "ports", ['ports: ["80", "443"]', 'ports: ["80"]'], {"ports": ["80", "443"]}, id="several values"
        ),
        pytest.param(
            "base",
            [f'base: "b{number}"' for number in range(9)],
            {},
            id="a question that each image answers in its own way is none",
        ),
        pytest.param(
            "base",
            [f'base: "b{number % 9}"' for number in range(30)],
            {"base": [f"b{number}" for number in range(9)]},
            id="many answers",
        ),
        pytest.param(
            "base", [f'base: "b{number // 2}"' for number in range(2 * MAX_ANSWERS + 2)], {}, id="too many"
        ),
    ],
)  # fmt: skip
def test_questions_are_made_from_the_catalog(
    columns: str, images: list[str], expected: dict[str, list[str]]
) -> None:
    assert asked(catalog_of(columns, *images)) == expected


def test_marks_join_questions_and_images() -> None:
    catalog = catalog_of(
        "python, ports", 'python: "3.9"; ports: ["80", "443"]', 'python: "3.12"; ports: ["80"]'
    )
    questions, marks = questions_for(catalog, catalog.images)
    assert [(answer.value, answer.mark, answer.count) for each in questions for answer in each.answers] == [
        ("3.9", "m1-1", 1), ("3.12", "m1-2", 1), ("80", "m2-1", 2), ("443", "m2-2", 1),
    ]  # fmt: skip
    assert marks == {"image-0": ("m1-1", "m2-1", "m2-2"), "image-1": ("m1-2", "m2-1")}


def test_the_style_sheet_knows_every_mark() -> None:
    style = (ROOT / "includes/theme/assets/stylesheets/imagedocs.css").read_text("utf-8")
    rule = ".imagedocs-list:has(.m{0}-{1}:checked) .imagedocs-item:not(.m{0}-{1})"
    marks = [(question + 1, answer + 1) for question in range(MAX_QUESTIONS) for answer in range(MAX_ANSWERS)]
    assert [mark for mark in marks if rule.format(*mark) not in style] == []
    assert f":not(.m{MAX_QUESTIONS + 1}-1)" not in style


def test_there_are_as_many_questions_as_the_style_sheet_knows() -> None:
    names = [f"c{letter}" for letter in "abcdefgh"]
    images = ["; ".join(f'{name}: "{value}"' for name in names) for value in "12"]
    assert len(asked(catalog_of(", ".join(names), *images))) == MAX_QUESTIONS


def test_what_is_the_same_for_all_is_a_sentence() -> None:
    text = rendered(catalog_of("python, base", 'python: "3.12"; base: "A"', 'python: "3.12"; base: "B"'))
    assert "The same for all of them: Python **3.12**." in text
    assert text.count("Python") == 1
    assert "Base: A" in text


def test_many_answers_are_a_list_that_opens() -> None:
    catalog = catalog_of("base", *(f'base: "b{number % 9}"' for number in range(30)))
    text = rendered(catalog)
    assert text.count("<select") == 1
    assert 'type="radio"' not in text
    assert text.count("<option") == 10


def test_no_text_of_a_catalog_becomes_markup() -> None:
    hostile = '"\\"><img src=x onerror=alert(1)> `a` *b*"'
    text = rendered(catalog_of("base", f"base: {hostile}", 'base: "b"'))
    assert "<img" not in text
    assert 'value="&quot;&gt;&lt;img src=x onerror=alert(1)&gt; `a` *b*"' in text
    assert r"Base: \"&gt;" not in text
    assert r"\`a\` \*b\*" in text


RECORD = """{"version": 1, "repositories": {"registry.example/team/image-0": {
 "20260101.v1": {"seen": [{"date": "2026-02-01", "source": "registry"}]},
 "20260201.v1": {"seen": [{"date": "2026-03-01", "source": "a/b@c:d"}, {"date": "2027-01-01", "source": "x"}]},
 "20260301.v1": {"seen": [{"source": "a/b@c:d"}]}
}}}"""
ISSUE = "known_issues: [{tag: 20260301.v1, text: It *crashes*., since: 2026-03-02, source: x}]"


@pytest.mark.parametrize(
    ("fields", "record", "expected"),
    [
        ("", RECORD, "Newest good tag on record: `20260301.v1`, day not recorded."),
        (ISSUE, RECORD, "Newest good tag on record: `20260201.v1`, last seen on March 1, 2026."),
        (ISSUE, RECORD, "Don't use `20260301.v1`.\nIt \\*crashes\\*.\nKnown since March 2, 2026."),
        (ISSUE, RECORD, "The registry was last asked for their tags on February 1, 2026."),
        ("", RECORD.replace("20260", "v20260"), ""),
        ("", RECORD.replace("20260101.v1", "latest").replace("20260", "v20260"),
         "`latest` was last seen on February 1, 2026."),
        ("", "", ""),
        ("status: deprecated", "", 'imagedocs-deprecated">Deprecated</p>'),
        ("support: {until: 2027-01-01, source: x}", "", "Support ends on December 31, 2026 (32 days left)."),
        ("support: {until: 2026-01-01, source: x}", "", "Support ended on December 31, 2025."),
    ],
)  # fmt: skip
def test_a_block_says_what_is_on_record(fields: str, record: str, expected: str) -> None:
    text = rendered(catalog_of("python", f'python: "3.12"; {fields}'), record)
    assert expected in text
    if not expected:
        assert "imagedocs-evidence" not in text


def test_a_start_page_warns_of_the_tag_that_it_pulls() -> None:
    bad = ISSUE.replace("tag: 20260301.v1", "tag: latest")
    for issue, is_told in ((ISSUE, False), (bad, True)):
        brief = rendered(catalog_of("python", f'python: "3.12"; {issue}'), RECORD, "brief")
        assert ("Don't use `latest`.\nIt \\*crashes\\*.\nKnown since March 2, 2026." in brief) is is_told
        assert ("imagedocs-issue" in brief) is is_told


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a/x:1", "a/y:1"], ["x", "y"]),
        (["a/x:1", "a/x:2", "a/y:1"], ["x:1", "x:2", "y"]),
        (["a/x:1", "b/x:1"], ["a/x:1", "b/x:1"]),
    ],
)
def test_titles_are_as_short_as_they_can_be(names: list[str], expected: list[str]) -> None:
    text = HEAD + "columns: [python]\nimages:\n"
    for number, name in enumerate(names):
        repository, _, tag = name.partition(":")
        text += f'  - {{id: i{number}, repository: {repository}, tag: "{tag}", python: "3"}}\n'
    catalog, problems = load_catalog("c.yaml", text, DAY)
    assert problems == ()
    assert (
        re.findall(
            r'^### <a name="i\d"></a><span translate="no">(.*)</span>$', rendered(catalog), re.MULTILINE
        )
        == expected
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("list.md?form=table", []),
        ("list.md?form=blocks", []),
        ("list.md?form=tabel", ['there is no form "tabel" of a template; did you mean "table"?']),
        ("list.md?form=", ['there is no form "" of a template; write ?form=blocks or ?form=brief or ?form=table']),
        ("note.md?form=table", ["../../includes/note.md is no template: it has one form only; delete ?form=table"]),
        ("list.md?as-of=2026-03-16", []),
        ("list.md?form=table&as-of=2026-03-16", []),
        ("list.md?as-of=2026-02-30", ['"2026-02-30" is no day; write a day, as in ?as-of=2026-03-16']),
        ("list.md?as-of=", ['"" is no day; write a day, as in ?as-of=2026-03-16']),
    ],
)  # fmt: skip
def test_an_include_names_a_form_and_a_day_that_there_are(
    tmp_path: Path, target: str, expected: list[str]
) -> None:
    files = {
        "docs/en/index.md": f"# Home\n\n[!INCLUDE [x](../../includes/{target})]\n",
        "includes/list.md.j2": "In the form {{ form }}.\n",
        "includes/note.md": "Note.\n",
    }
    problems = problems_of(small_project(tmp_path, files))
    place = "docs/en/index.md:3:15: warning: include-invalid: "
    assert problems == [f"{place}{each}" for each in expected]


def test_both_forms_of_a_template_are_tried(tmp_path: Path) -> None:
    files = {"includes/list.md.j2": '{% if form == "table" %}{{ as_of.nothing }}{% endif %}\n{{ 1 + "a" }}\n'}
    (first, *rest) = problems_of(small_project(tmp_path, files))
    assert first.startswith("includes/list.md.j2:1: error: template-error:")
    assert [each.partition(": ")[0] for each in rest] == ["includes/list.md.j2:2"]
