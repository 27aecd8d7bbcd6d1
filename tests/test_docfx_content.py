"""The rules for content that a documentation set names in a file of its own."""

import json
from pathlib import Path

import pytest

from docfx_case import DocSet
from imagedocs.markdown import Source, parse
from markdown_files import html
from small_project import problems_of, small_project

DOCFX = "markdownValidationRules: rules.json\nallowlists: lists.json\n"
LISTS = json.dumps({"microsoft.domain": {"nestedTaxonomy": ["known.example"]}})


def rules(**rule: object) -> str:
    return json.dumps({"group": {"rules": [{"code": "x", **rule}]}})


def found(pages: dict[str, str], docfx: str = DOCFX, **rule: object) -> list[str]:
    files = {"docfx.yml": docfx, "rules.json": rules(**rule), "lists.json": LISTS, **pages}
    return [str(problem).replace("docs/en/", "") for problem in DocSet(files).check_content()]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (
            {"type": "HtmlLinks"},
            'A [b](c.md) <a href="d.md">d</a> <img src="e.png" alt="e">\n',
            [
                'a.md:1:22: suggestion: html-link: the link to "d.md" is written in HTML; write "[text](address)"'
            ],
        ),
        (
            {"type": "PreserveViewNotSet", "severity": "WARNING"},
            (
                "[a](/x?view=v1) [b](https://learn.microsoft.com/x?a=b&view=v1) [c](/x?view=v1&preserve-view=true)\n"
                "[d](https://x.example/y?view=v1) [e](y.md?view=v1)\n"
            ),
            [
                (
                    f"a.md:1:{column}: warning: preserve-view-not-set: the link names a version, which the site forgets"
                    " at the next link; add &preserve-view=true, or leave the version out"
                )
                for column in (5, 21)
            ],
        ),
        (
            {"type": "SensitiveLanguage", "disallowed": ["bad", "bad-word"], "exceptions": ["x/bad"]},
            "A Bad, badly x/bad.\n\n    y bad-word\n",
            [
                'a.md:1:3: suggestion: sensitive-language: "Bad" is a word that no page may use; write another',
                'a.md:3:7: suggestion: sensitive-language: "bad-word" is a word that no page may use; write another',
            ],
        ),
        (
            {"type": "SecureLinks", "domains": ["x.example"], "useDynamicDomains": True},
            "[a](http://www.x.example/) [b](http://known.example/) [c](http://ax.example/) [d](https://x.example/)\n",
            [
                f'a.md:1:{column}: suggestion: insecure-link: the link to {host} is not encrypted; write "https://…"'
                for column, host in ((5, "www.x.example"), (32, "known.example"))
            ],
        ),
        ({"type": "HtmlLinks", "exclude": ["*.md"]}, '<a href="d.md">d</a>\n', []),
        ({"type": "HtmlLinks", "contentTypes": ["toc"]}, '<a href="d.md">d</a>\n', []),
        ({"type": "HtmlLinks", "disabled": True}, '<a href="d.md">d</a>\n', []),
        ({"type": "Unheard"}, '<a href="d.md">d</a>\n', []),
    ],
    ids=lambda each: str(each.get("type")) if isinstance(each, dict) else "",
)
def test_a_page(rule: dict[str, object], text: str, expected: list[str]) -> None:
    assert found({"a.md": text}, **rule) == expected


def test_headings_that_only_one_page_has() -> None:
    pages = {
        "a.md": "# X\n",
        "b.md": "# X\n\n# X\n",
        "c.md": "---\nrobots: noindex\n---\n# X\n",
        "d.md": "# Y\n\n# Y\n",
    }
    hint = "say what only this page is about"
    assert found(pages, type="H1Unique") == [
        f'a.md:1:3: suggestion: duplicate-h1: the heading "X" is that of b.md too; {hint}',
        f'b.md:1:3: suggestion: duplicate-h1: the heading "X" is that of a.md too; {hint}',
        f'b.md:3:3: suggestion: duplicate-h1: the heading "X" is that of a.md too; {hint}',
    ]


def test_titles_that_only_one_page_has() -> None:
    pages = {"a.md": "---\ntitle: X\n---\n", "b.md": "# X\n", "c.md": "# Y\n"}
    hint = "say what only this page is about"
    assert found(pages, type="TitleUnique") == [
        f'a.md:2:8: suggestion: duplicate-titles: the title "X" is that of b.md too; {hint}',
        f'b.md:1:3: suggestion: duplicate-titles: the title "X" is that of a.md too; {hint}',
    ]


VERSIONS = json.dumps({"monikers": [{"moniker_name": name, "product_name": "p"} for name in ("v1", "v2")]})
VERSIONED = DOCFX + "monikerDefinition: versions.json\nmonikerRange: {'**': '>= v1'}\n"


@pytest.mark.parametrize(
    ("rule", "count"), [({}, 2), ({"canonicalVersionOnly": True}, 0)], ids=["all", "newest"]
)
def test_headings_of_the_same_version_are_compared(rule: dict[str, object], count: int) -> None:
    zone = '::: moniker range="{}"\n# X\n::: moniker-end\n'
    pages = {
        "versions.json": VERSIONS,
        "a.md": zone.format("v1"),
        "b.md": zone.format("v1"),
        "c.md": zone.format("v2"),
    }
    assert len(found(pages, VERSIONED, type="H1Unique", **rule)) == count


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
    ] == [
        (
            'docs/en/a.md:1:1: suggestion: moniker-zone-empty: the page is for no version in the range "v1", so nobody'
            " sees this"
        )
    ]


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


@pytest.mark.parametrize(("allowed", "expected"), [(True, 0), (False, 2)])
def test_docfx_json_may_change_some_rules(allowed: bool, expected: int) -> None:
    docfx = DOCFX + "rules:\n  x: {exclude: ['*.md']}\n"
    lines = found({"a.md": '<a href="d.md">d</a>\n'}, docfx, type="HtmlLinks", docfxOverride=allowed)
    assert len(lines) == expected
    if not allowed:
        assert (
            lines[0]
            == "docfx.yml:4:3: warning: rule-override-invalid: the rule x may not be changed here; remove it"
        )


def test_a_project_has_its_own_severities(tmp_path: Path) -> None:
    docfx = {"markdownValidationRules": "rules.json", "rules": {"heading-skipped": "off"}}
    folder = small_project(
        tmp_path,
        {
            "docs/en/docfx.json": json.dumps({"build": docfx}),
            "docs/en/rules.json": rules(type="SetexHeadings", severity="warning"),
            "docs/en/index.md": "Home\n====\n\n### Part\n\nText.\n",
        },
    )
    assert problems_of(folder, suggestions=True) == [
        (
            'docs/en/index.md:2:1: warning: headings-with-underline: the heading "Home" is made by a line under it;'
            ' write "# " before it'
        )
    ]


def test_a_layout_makes_another_kind_of_page() -> None:
    pages = {"a.md": '---\nlayout: Hub\n---\n<a href="d.md">d</a>\n'}
    assert found(pages, type="HtmlLinks", contentTypes=["conceptual"]) == []
    assert len(found(pages, type="HtmlLinks", contentTypes=["hub"])) == 1


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


@pytest.mark.parametrize(
    ("view", "hidden"), [("v1", ["v2"]), ("v2", ["v1"]), ("", [])], ids=["one", "another", "all"]
)
def test_parts_for_other_versions_are_hidden(view: str, hidden: list[str]) -> None:
    docfx = f"monikerDefinition: versions.json\nmonikerRange: {{'a.md': '>= v1', 'b.md': v2}}\nview: {view}\n"
    text = "".join(f'::: moniker range="{name}"\nText\n::: moniker-end\n\n' for name in ("v1", "v2", ">= v1"))
    docset = DocSet({"docfx.yml": docfx, "versions.json": VERSIONS, "a.md": text, "b.md": text})

    def parts(page: str) -> list[tuple[str, bool]]:
        source = Source(f"docs/en/{page}", docset.files[f"docs/en/{page}"])
        root = parse(source, docset.sources, page=docset.options).root
        return [(part.get("data-versions", ""), part.get("hidden") is not None) for part in root]

    assert parts("a.md") == [(name, name in hidden) for name in ("v1", "v2")] + [("v1 v2", False)]
    assert parts("b.md") == [("", False), ("v2", False), ("v2", False)]


def test_a_version_that_is_none_is_said() -> None:
    docset = DocSet({"docfx.yml": "monikerDefinition: versions.json\nview: v3\n", "versions.json": VERSIONS})
    assert docset.config.view("docs/en/a.md") == ""
    assert [str(problem) for problem in docset.problems] == [
        'docs/en/docfx.yml:2:7: error: unknown-name: there is no version "v3"'
    ]
