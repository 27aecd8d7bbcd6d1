"""Parts of pages for some versions of a product, and what docfx has besides in the text of pages."""

import pytest

from docfx_case import DocSet
from imagedocs.markdown import Source, parse
from imagedocs.problems import Rule
from markdown_files import html


def test_headings_of_different_ranges_follow_nothing_of_one_another() -> None:
    parts = '# T\n\n::: moniker range="{}"\n## A\n\nText\n::: moniker-end\n\n::: moniker range=">= v2"\n#### B\n\nText\n::: moniker-end\n'
    for text, level in (("v1", 1), (">= v2", 2)):
        problems = DocSet({"a.md": parts.format(text)}).documents["docs/en/a.md"].problems
        [message] = [each.message for each in problems if each.rule is Rule.HEADING_SKIPPED]
        assert message.endswith(f"level {level}")


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
    text = "".join(f'::: moniker range="{name}"\nText\n::: moniker-end\n\n' for name in ("v1", ">= v2"))
    docset = DocSet({"a.md": text})
    root = parse(Source("docs/en/a.md", text), docset.sources, page=docset.options).root
    assert [[child.text for child in part] for part in root] == [["v1", "Text"], [">= v2", "Text"]]
    assert [part.get("hidden") for part in root] == [None, None]
