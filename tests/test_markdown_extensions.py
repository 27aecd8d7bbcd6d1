"""Extensions of Python-Markdown beside the dialect: those without effect are said, and none changes what readers see."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import markdown
import pytest
from mkdocs.config import load_config

from imagedocs.markdown import LearnExtension, Page, PageOptions
from imagedocs.markdown.options import Headings
from imagedocs.project.settings import load_settings
from markdown_files import document

RULE = "extension-without-effect"
PAGE = """\
# The "first" page -- (c) 1/2 -->

Text ==a== H~2~O :smile: `"code"` <b>"b"</b> https://example.com [[A]] ++b++ {++c++} {d}{: .e } HTML

- [ ] one
- [x] two

| a | b |
|---|---|
| c | d |

```python
x = "1"
```

Term
: Definition[^1]

[^1]: Note
"""
WITH_EFFECT = {
    "pymdownx.highlight",
    "pymdownx.striphtml",
    "pymdownx.pathconverter",
    "pymdownx.b64",
    "markdown.extensions.toc",
}


def extensions() -> list[str]:
    """Return the names of all extensions that Python-Markdown and PyMdown have."""
    packages = ("markdown.extensions", "pymdownx", "pymdownx.blocks")
    modules = [
        f"{name}.{each.name}" for name in packages for each in iter_modules(import_module(name).__path__)
    ]
    return [each for each in modules if "._" not in each and hasattr(import_module(each), "makeExtension")]


def rendered(text: str, *names: str, page: Page | None = None, **configs: object) -> str:
    extension = LearnExtension()
    extension.page = page or Page(path="docs/en/x.md")
    return markdown.markdown(text, extensions=[extension, *names], extension_configs=configs)  # type: ignore[arg-type]


def settings(folder: Path, extensions: str):
    (folder / "mkdocs.yml").write_text(f"site_name: x\nmarkdown_extensions:\n{extensions}", "utf-8")
    return load_settings(folder)


def test_all_that_python_markdown_and_pymdown_have_is_either_said_or_has_an_effect(tmp_path: Path) -> None:
    names = extensions()
    assert len(names) > 45
    listed = "".join(f"  - {name}\n" for name in ("imagedocs.markdown", *names))
    problems = settings(tmp_path, listed).problems
    said = {names[each.position.line - 4] for each in problems if each.rule.label == RULE}
    assert set(names) - said == WITH_EFFECT
    assert all(each.position.column == 5 and each.hint for each in problems)


@pytest.mark.parametrize("name", [each for each in extensions() if each not in WITH_EFFECT])
def test_what_is_said_to_have_no_effect_has_none(name: str) -> None:
    assert rendered(PAGE, name) == rendered(PAGE)


def test_what_would_put_in_signs_prints_no_placeholders() -> None:
    html = rendered(PAGE, "smarty", "pymdownx.smartsymbols", "pymdownx.snippets", "attr_list")
    assert html == rendered(PAGE)
    assert "wzxhzdk" not in html


def test_names_are_found_in_every_form_of_the_setting(tmp_path: Path) -> None:
    forms = {
        "  - imagedocs.markdown\n  - pymdownx.tabbed:\n      alternate_style: true\n": "4:5",
        "  imagedocs.markdown:\n  smarty:\n": "4:3",
        "  [imagedocs.markdown, markdown.extensions.smarty]\n": "3:24",
    }
    for text, place in forms.items():
        (problem,) = settings(tmp_path, text).problems
        assert f"{problem.position.line}:{problem.position.column}" == place
        assert str(problem.rule) == RULE


def test_nothing_is_said_where_python_markdown_reads_the_pages(tmp_path: Path) -> None:
    assert not settings(tmp_path, "  - smarty\n  - pymdownx.tabbed\n").problems
    assert not settings(
        tmp_path, "  - imagedocs.markdown\n  - toc:\n      permalink: true\n  - own.extension\n"
    ).problems


def test_extensions_that_are_inherited_are_judged_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base/site.yml\nsite_name: x\n", "utf-8")
    (tmp_path / "base/site.yml").write_text("INHERIT: ../all.yml\n", "utf-8")
    (tmp_path / "all.yml").write_text(
        "markdown_extensions:\n  - imagedocs.markdown\n  - smarty\n  - toc:\n      separator: _\n", "utf-8"
    )
    read = load_settings(tmp_path)
    assert [str(each.position) for each in read.problems] == ["all.yml:3:5"]
    assert read.headings.separator == "_"
    (tmp_path / "mkdocs.yml").write_text("INHERIT: all.yml\nmarkdown_extensions: [tables]\n", "utf-8")
    assert not load_settings(tmp_path).problems  # the list in the nearer file takes the place of the other
    (tmp_path / "all.yml").write_text("INHERIT: mkdocs.yml\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: all.yml\n", "utf-8")
    assert not load_settings(tmp_path).problems  # in a circle


HEADINGS = "# Custom / BYO models\n\n## Ä & ß\n\n## Set up\n\n## Set up\n\n[a](#set-up_1)\n"
SLUGS = {
    "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}": "custom--byo-models",
    "!!python/object/apply:pymdownx.slugs.slugify\n        kwds:\n          case: none": "Custom--BYO-models",
    "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower, percent_encode: true}}": "custom--byo-models",
    "!!python/name:markdown.extensions.toc.slugify": "custom-byo-models",
    "!!python/name:markdown.extensions.toc.slugify_unicode": "custom-byo-models",
}


@pytest.mark.parametrize("slugify", SLUGS)
def test_anchors_are_those_that_the_option_slugify_makes(tmp_path: Path, slugify: str) -> None:
    """The checks, what is rendered, and Python-Markdown without us agree."""
    found = settings(tmp_path, f"  - imagedocs.markdown\n  - toc:\n      slugify: {slugify}\n")
    assert not found.problems
    (tmp_path / "docs").mkdir()
    config = load_config(str(tmp_path / "mkdocs.yml"))
    theirs = markdown.Markdown(extensions=["toc"], extension_configs={"toc": config.mdx_configs["toc"]})
    theirs.convert(HEADINGS)
    expected = [theirs.toc_tokens[0], *theirs.toc_tokens[0]["children"]]  # type: ignore[attr-defined]
    anchors = [each.id for each in document(HEADINGS, headings=found.headings).headings]
    assert anchors == [each["id"] for each in expected]
    assert anchors[0] == SLUGS[slugify]
    page = Page(path="docs/en/x.md", options=PageOptions(headings=found.headings))
    html = rendered(HEADINGS, "toc", page=page, toc=config.mdx_configs["toc"])
    assert all(f'id="{anchor}"' in html for anchor in anchors)


def test_a_function_of_the_site_itself_is_not_called(tmp_path: Path) -> None:
    found = settings(tmp_path, "  - imagedocs.markdown\n  - toc:\n      slugify: !!python/name:own.slug\n")
    assert [(str(each.position), each.rule.label) for each in found.problems] == [("mkdocs.yml:5:16", RULE)]
    assert "pymdownx.slugs.slugify" in found.problems[0].hint
    assert found.headings == Headings()


def test_other_options_of_toc_are_heeded(tmp_path: Path) -> None:
    text = "# A b\n\n[TOC]\n\n## C d\n\n### E f\n"
    found = settings(tmp_path, '  - imagedocs.markdown\n  - toc:\n      separator: "_"\n')
    assert [each.id for each in document(text, headings=found.headings).headings] == ["a_b", "c_d", "e_f"]
    html = rendered(text, "toc", toc={"permalink": "#", "baselevel": 2, "toc_depth": "2-3"})
    assert '<h2 id="a-b">A b<a class="headerlink" href="#a-b"' in html
    assert '<h4 id="e-f">' in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[TOC]\n\n<p>Important warning</p>\n\nafter", ["<p>Important warning</p>", "after"]),
        ("[TOC]\n\n```python\nx = 1\n```", ["language-python"]),
        ("[TOC]\n\n<details><summary>s</summary>\n\nb\n\n</details>", ["<summary>s</summary>", "</details>"]),
        ("> [TOC]\n>\n> <p>a</p>", ["<blockquote>", "<p>a</p>"]),
        ("- [TOC]\n\n  <p>a</p>\n- b", ["<li>", "<p>a</p>"]),
        ("- [TOC]\n- b", ["<ul><li><div"]),
        ("| a | b |\n|---|---|\n| [TOC] | c |", ["<td><div", "<td>c</td>"]),
        ("<div>\n\n[TOC]\n\n</div>\n\nb", ["</div>\n<p>b</p>"]),
        ("**[TOC]** and <b>c</b>", ["and <b>c</b>"]),
        ("[TOC]\n\n<p>a</p>\n\n[TOC]\n\n<p>b</p>", ["<p>a</p>", "<p>b</p>"]),
    ],
)
def test_nothing_that_stands_beside_the_list_of_headings_is_lost(text: str, kept: list[str]) -> None:
    html = rendered(f"# T\n\n{text}", "toc")
    assert 'class="toc"' in html
    assert "[TOC]" not in html
    assert all(each in html for each in kept), html


def test_a_marker_of_its_own_for_the_list_of_headings_is_no_literal_markup() -> None:
    text = "# T\n\n[[TOC]]\n"
    assert not document(text, headings=Headings(marker="[[TOC]]")).problems
    assert [each.rule.label for each in document(text).problems] == ["literal-markup"]
