"""Parts of pages for some versions of a product, and what docfx has besides in the text of pages."""

import json
from pathlib import Path

import pytest

from docfx_case import DocSet
from imagedocs.commands.checking import Check
from imagedocs.markdown import Source, parse
from imagedocs.problems import Rule
from markdown_files import html
from small_project import DAY, small_project

VERSIONS = json.dumps({"monikers": [{"moniker_name": name, "product_name": "p"} for name in ("v1", "v2")]})


def test_parts_for_no_version_of_the_page_are_said() -> None:
    docfx = "monikerDefinition: versions.json\nmonikerRange: {'**': v2}\n"
    page = (
        '::: moniker range="v1"\nText\n::: moniker-end\n\n::: moniker range="> v0"\nText\n::: moniker-end\n'
    )
    docset = DocSet({"docfx.yml": docfx, "versions.json": VERSIONS, "a.md": page})
    assert [
        str(problem)
        for document in docset.documents.values()
        for problem in document.problems
        if problem.rule.label == "moniker-zone-empty"
    ] == ['docs/en/a.md:1:1: suggestion: moniker-zone-empty: the page is for no version in the range "v1"']


def test_headings_of_different_versions_follow_nothing_of_one_another() -> None:
    docfx = "monikerDefinition: versions.json\nmonikerRange: {'**': '>= v1'}\n"
    parts = '# T\n\n::: moniker range="{}"\n## A\n\nText\n::: moniker-end\n\n::: moniker range=">= v2"\n#### B\n\nText\n::: moniker-end\n'
    for text, count in (("v1", 1), (">= v1", 1), ("v2", 1)):
        docset = DocSet({"docfx.yml": docfx, "versions.json": VERSIONS, "a.md": parts.format(text)})
        labels = [each.rule.label for each in docset.documents["docs/en/a.md"].problems]
        assert labels.count("heading-skipped") == count
        message = next(
            each.message for each in docset.documents["docs/en/a.md"].problems if "level 4" in each.message
        )
        assert message.endswith("level 1" if text == "v1" else "level 2")


@pytest.mark.parametrize(
    ("label", "expected"), [("**Label**\n", 0), ("---\nx: y\n---\n**L**", 0), ("Label", 1), ("", 1)]
)
def test_a_label_of_a_row_may_be_included(label: str, expected: int) -> None:
    table = "| | A |\n| --- | --- |\n| [!INCLUDE [x](x.md)] | b |\n"
    document = DocSet({"a.md": table, "x.md": label}).documents["docs/en/a.md"]
    assert sum(each.rule.label == "column-header-missing" for each in document.problems) == expected


def test_names_with_signs_stay_together_in_text_from_the_right() -> None:
    text = "C# x, c++. `C#` [F#](a.md) C#m #C C##\n"
    assert html(text, right_to_left=True).count("\u200e") == 3
    assert "\u200e" not in html(text)


def test_readers_see_each_part_with_the_range_that_it_is_for() -> None:
    docfx = "monikerDefinition: versions.json\nmonikerRange: {'a.md': '>= v1'}\nview: v1\n"
    text = "".join(f'::: moniker range="{name}"\nText\n::: moniker-end\n\n' for name in ("v1", ">= v2"))
    docset = DocSet({"docfx.yml": docfx, "versions.json": VERSIONS, "a.md": text})
    root = parse(Source("docs/en/a.md", text), docset.sources, page=docset.options).root
    assert [[child.text for child in part] for part in root] == [["v1", "Text"], [">= v2", "Text"]]
    assert [part.get("hidden") for part in root] == [None, None]


def test_ranges_are_compared_anew_when_the_versions_change(tmp_path: Path) -> None:
    docfx = {"monikerDefinition": "versions.json", "monikerRange": {"**": "v1"}}
    files = {
        "docs/en/docfx.json": json.dumps({"build": docfx}),
        "docs/en/versions.json": VERSIONS,
        "docs/en/x.md": '# X\n\n::: moniker range=">= v2"\nText\n::: moniker-end\n',
    }
    folder = small_project(tmp_path, files)

    def found() -> list[str]:
        check = Check(folder, DAY, (), (), forgets=False)
        return [problem.message for problem in check.problems() if problem.rule is Rule.MONIKER_ZONE_EMPTY]

    message = 'the page is for no version in the range ">= v2"'
    assert [found(), found()] == [[message], [message]]
    docfx["monikerRange"]["**"] = ">= v1"
    (folder / "docs/en/docfx.json").write_text(json.dumps({"build": docfx}), "utf-8")
    assert found() == []
    (folder / "docs/en/versions.json").write_text(VERSIONS.replace("v2", "v0"), "utf-8")
    assert found() == []
    (folder / "docs/en/versions.json").write_text(VERSIONS, "utf-8")
    docfx["monikerRange"]["**"] = "v1"
    (folder / "docs/en/docfx.json").write_text(json.dumps({"build": docfx}), "utf-8")
    assert found() == [message]
