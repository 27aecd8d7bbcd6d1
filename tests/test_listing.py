"""What the list's template is given, and that nothing in a catalog can spoil the tables made of it."""

from copy import deepcopy
from datetime import date

import pytest
from markdown_it import MarkdownIt

from conftest import ROOT
from imagedocs.catalog import Catalog, load_catalog
from imagedocs.locales import Formats, load_locales, messages_of
from imagedocs.publishing import template_filters, template_values
from imagedocs.references import parse
from imagedocs.rendering import Template

TEMPLATE = "includes/aml-inference-list-prebuilt-docker-images.md.j2"
LOCALES = load_locales(ROOT)[0]
DAY = date(2026, 3, 20)

CATALOG = """\
version: 1
registry: registry.example.com
frameworks:
  odd: {name: "A|B *c* <script>alert(1)</script> `d`", token: odd}
  none: {name: No framework, token: minimal, anchor: none}
systems:
  linux: {name: "Li|nux"}
images:
  - id: odd-1.0
    repository: team/odd-1.0
    tag: latest
    framework: {name: odd, version: "1.0"}
    accelerator: {kind: gpu, cuda: "12.4"}
    os: {name: linux, version: "1"}
    python: unknown
    packages: ["a[b,c]>=1,<2; python_version < '3.9'", "d~=1.0"]
    environment: {name: "E|F_g_", until: 2026-06-01}
    listed: {from: 2025-01-01}
    status: deprecated
    replacement: plain
  - id: plain
    repository: team/plain
    tag: "1"
    framework: none
    accelerator: {kind: cpu}
    os: unknown
    python: "3.12"
    packages: none
    environment: unknown
    listed: {from: 2026-01-01}
    status: supported
"""


def catalog_of(text: str) -> Catalog:
    catalog, problems = load_catalog("catalog/images.yaml", text, DAY)
    assert [str(problem) for problem in problems] == []
    return catalog


def rendered(text: str, day: date = DAY, tag: str = "en", form: str = "table") -> str:
    locale = LOCALES.get(tag)
    assert locale is not None
    messages = messages_of(locale, LOCALES, {})
    filters = template_filters(messages, Formats(locale.babel))
    template = Template(TEMPLATE, (ROOT / TEMPLATE).read_text("utf-8"), messages, filters)
    found = template.render(template_values(catalog_of(text), day, None, form))
    assert found.problems == ()
    return found.text


def rows(markdown: str) -> list[list[str]]:
    """The cells of all tables, as a reader sees them."""
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    assert "<script" not in html
    for reference, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(reference, character)
    return [
        [cell.partition("</td>")[0] for cell in row.split("<td>")[1:]] for row in html.split("<tr>") if "<td>" in row
    ]  # fmt: skip


def test_no_text_of_a_catalog_leaves_its_cell() -> None:
    odd, plain = rows(rendered(CATALOG))
    assert odd == [
        "1.0", "GPU", "<code>a[b,c]>=1,<2; python_version < '3.9'</code><br><code>d~=1.0</code>",
        "<code>registry.example.com/team/odd-1.0:latest</code><br>Deprecated. Use <code>registry.example.com/team/plain:1</code> instead.",
        "E|F_g_", "CUDA 12.4", "Li|nux 1", "Not documented",
    ]  # fmt: skip
    assert plain == [
        "Not applicable", "CPU", "None", "<code>registry.example.com/team/plain:1</code>", "Not documented", "3.12"
    ]  # fmt: skip


def test_a_heading_shows_the_framework_s_name_as_it_is() -> None:
    html = MarkdownIt("commonmark").render(rendered(CATALOG))
    assert "A|B *c* &lt;script&gt;alert(1)&lt;/script&gt; `d`</h3>" in html


@pytest.mark.parametrize(
    ("day", "listed", "is_current", "newest"),
    [
        (date(2024, 12, 31), [], False, None),
        (date(2025, 1, 1), ["odd"], False, "registry.example.com/team/odd-1.0:latest"),
        (date(2026, 1, 1), ["odd", "none"], True, "registry.example.com/team/plain:1"),
        (date(9999, 12, 31), ["odd", "none"], True, "registry.example.com/team/plain:1"),
    ],
    ids=["before the first day", "on the first day", "on the day of a change", "ever after"],
)
def test_the_list_of_a_day(day: date, listed: list[str], is_current: bool, newest: str | None) -> None:
    values = template_values(catalog_of(CATALOG), day)
    frameworks = values["frameworks"]
    assert isinstance(frameworks, tuple)
    assert [framework.id for framework, _ in frameworks] == listed
    assert values["is_current"] is is_current
    assert values["newest"] == (parse(newest) if newest else None)


def test_a_column_is_there_on_the_days_on_which_an_image_has_it() -> None:
    assert "Curated environment" in rendered(CATALOG, date(2026, 5, 31))
    assert "Curated environment" not in rendered(CATALOG, date(2026, 6, 1))


def test_an_empty_catalog_renders() -> None:
    text = "version: 1\nregistry: registry.example.com\nframeworks: {}\nsystems: {}\nimages: []\n"
    catalog, _ = load_catalog("catalog/images.yaml", text, DAY)
    values = template_values(catalog, DAY)
    assert (values["frameworks"], values["newest"], values["is_current"]) == ((), None, True)


GONE = """\
version: 1
registry: registry.example.com
columns: [framework]
frameworks: {torch: {name: Torch}, flow: {name: Flow}, none: {name: No framework}}
images:
  - {id: a, repository: team/a, tag: "1", framework: {name: torch, version: "1"}, status: removed, listed: {from: 2024-01-01, until: 2025-01-01}}
  - {id: b, repository: team/b, tag: "1", framework: {name: flow, version: "1"}, status: removed, listed: {from: 2024-01-01, until: 2025-03-01}}
  - {id: c, repository: team/c, tag: "1", framework: none, status: supported}
"""


def test_a_row_has_what_the_catalog_says_of_its_image() -> None:
    values = template_values(catalog_of(CATALOG), DAY, None, "table")
    filters = template_filters(messages_of(LOCALES.default, LOCALES, {}), Formats("en"))

    def show(expression: str) -> tuple[str, list[str]]:
        text = f"{{% for row in images %}}{{{{ {expression} }}}} {{% endfor %}}"
        shown = Template("t.md.j2", text, messages_of(LOCALES.default, LOCALES, {}), filters).render(values)
        return shown.text.strip(), [problem.message for problem in shown.problems]

    assert show("row.id") == ("odd-1.0 plain", [])
    assert show("row.python|known") == show("row.image.python|known") == ("Not documented 3.12", [])
    assert show("row.reference|code")[0].split() == [
        "`registry.example.com/team/odd-1.0:latest`", "`registry.example.com/team/plain:1`",
    ]  # fmt: skip
    assert show("row.accelerator") == ("GPU CPU", [])  # its own, of the same name as the image's
    assert show("row.pyhton")[1] == ['a value of the kind Row has no "pyhton"; did you mean "python"?']
    assert show("row.__class__")[1] != []
    assert show("row.image.__dict__")[1] != []
    assert deepcopy(values["images"]) == values["images"]


def test_the_list_says_since_when_frameworks_are_gone() -> None:
    lines = rendered(GONE, form="blocks").splitlines()
    said = "Since March 1, 2025, no supported image has Torch or Flow."
    assert lines.index(said) < lines.index('<div class="imagedocs-notes">')
    brief = rendered(GONE, form="brief").splitlines()
    assert brief.index(said) < brief.index('<div class="imagedocs-list">')
    back = GONE.replace("framework: none", 'framework: {name: flow, version: "2"}')
    assert (
        "Since January 1, 2025, no supported image has Torch." in rendered(back, form="blocks").splitlines()
    )
