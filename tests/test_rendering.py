"""Templates: what they print is Markdown, and they can neither reach out nor run away."""

import time
from collections.abc import Iterable

import pytest
from markdown_it import MarkdownIt

from imagedocs import rendering
from imagedocs.rendering import MAX_SOURCE, Markdown, Rendered, code, render, stacked


class Plain:
    """Messages of a language that is the source's own."""

    def gettext(self, message: str, /) -> str:
        return message

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        return singular if n == 1 else plural

    def pgettext(self, context: str, message: str, /) -> str:
        return message

    def npgettext(self, context: str, singular: str, plural: str, n: int, /) -> str:
        return singular if n == 1 else plural


def rendered(template: str, **values: object) -> Rendered:
    return render("includes/x.md.j2", template, Plain(), values)


def text_of(markdown: str) -> str:
    """What a reader sees of a paragraph."""
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    for reference, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(reference, character)
    return html.removeprefix("<p>").removesuffix("</p>\n")


@pytest.mark.parametrize(
    "value",
    [
        "a|b", "a*b*c", "_x_", "`x`", "<b>x</b>", "[x](y)", "a\\b", "~~x~~", "# x", "1. x", "- x", "+ x", "> x",
        "&copy;", "x & y", "2.10", "12)", "=", "numpy>=1.16,<2", "![x](y)", "http://x.example/a_b_c", "* x",
    ],
)  # fmt: skip
def test_a_value_is_shown_as_it_is(value: str) -> None:
    assert text_of(rendered("{{ value }}", value=value).text) == value


@pytest.mark.parametrize("value", ["a", "a|b", "`", "``x`", "a``b", "<x>", "\\", "a\\|b"])
def test_code_survives_a_table_cell(value: str) -> None:
    html = MarkdownIt("commonmark").enable("table").render(f"| h |\n|---|\n| {code(value)} |\n")
    shown = html.partition("<td><code>")[2].partition("</code></td>")[0]
    assert shown.replace("&lt;", "<").replace("&gt;", ">") == value


def test_values_stand_one_below_the_other() -> None:
    assert stacked(["a|b", Markdown("`c`")]) == "a\\|b<br>`c`"


def test_a_sentence_is_markdown_and_what_is_put_into_it_is_not() -> None:
    assert rendered('{{ _("Use `%(name)s`: %(why)s", name="x", why="a*b") }}').text == "Use `x`: a\\*b"


HOSTILE = {
    "a name that is not defined": ("\n{{ imgaes }}", 2, '"imgaes" is not defined'),
    "a second one": ("{{ a }}{{ b }}", 1, '"b" is not defined'),
    "a field that is not there": ("\n\n{{ value.nothing }}", 3, "has no attribute 'nothing'"),
    "Python's own attributes": ("{{ value.__class__.__mro__ }}", 1, "is unsafe"),
    "a method that makes text long": ("{{ value.ljust(999999999) }}", 1, "is unsafe"),
    "the filter attr": ("{{ value|attr('__class__') }}", 1, "No filter named 'attr'"),
    "a module": ("{% import 'os' as os %}", 1, "cannot take in another one"),
    "another template": ("{% include '../../etc/passwd' %}", 1, "cannot take in another one"),
    "a base": ("{% extends 'x' %}", 1, "cannot take in another one"),
    "multiplied text": ("{{ 'x' * 999999999 }}", 1, "the operator *"),
    "a power": ("{{ 9 ** 9999999 }}", 1, "the operator **"),
    "a format": ("{{ '%999999999d' % 1 }}", 1, "the operator %"),
    "loops without end": (
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        1,
        "steps",
    ),
    "recursion": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 0, "nested too deeply"),
    "doubling": ("{% set x = 'xxxxxxxx' %}" + "{% set x = x ~ x %}" * 60, 1, "prints more than"),
    "doubling by blocks": (
        "{% set x %}xxxxxxxx{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 60,
        1,
        "prints more than",
    ),
    "doubling by plus": ("{% set x = 'xxxxxxxx' %}" + "{% set x = x + x %}" * 60, 1, "prints more than"),
    "a long join": ("{{ range(99999)|join(value) }}", 1, "prints more than"),
    "squares of squares": ("{% set n = 2 %}" + "{% set n = n * n %}" * 60, 1, "numbers that are too large"),
    "rounds that are long": (
        "{% for i in range(99999) %}{% set n = range(99999)|sum %}{% endfor %}",
        1,
        "takes more than 1 seconds",
    ),
    "rounds that are long and print": (
        "{% for i in range(99999) %}{{ range(99999)|sort|length }}{% endfor %}",
        1,
        "takes more than 1 seconds",
    ),
    "division by zero": ("{{ 1 / 0 }}", 1, "ZeroDivisionError"),
    "a tag that is not closed": ("{% if value %}", 1, "Unexpected end of template"),
    "deep brackets": ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", 0, "nested too deeply"),
    "a template of megabytes": ("x" * (MAX_SOURCE + 1), 0, "longer than"),
}


@pytest.mark.parametrize(("template", "line", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_a_template_may_not_do_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, template: str, line: int, message: str
) -> None:
    if "seconds" in message:
        monkeypatch.setattr(rendering, "MAX_SECONDS", 1)
    start = time.monotonic()
    result = rendered(template, value="x" * 100)
    assert result.text == ""
    assert any(message in problem.message for problem in result.problems), result.problems
    assert line in [problem.position.line for problem in result.problems]
    assert time.monotonic() - start < 20, "far above any machine's noise: it would be hours without the bound"


def test_each_line_knows_the_line_that_made_it() -> None:
    template = "a\n{% for i in range(2) %}\nb {{ i }}\n{% endfor %}\n{% trans n=2 %}\none\n{% pluralize %}\nmany\n{% endtrans %}\nc\n"
    result = rendered(template)
    assert lines_of(result) == [("a", 1), ("b 0", 3), ("b 1", 3), ("manyc", 4), ("", 11)]


def lines_of(result: Rendered) -> list[tuple[str, int]]:
    texts: Iterable[str] = result.text.split("\n")
    return list(zip(texts, result.lines, strict=True))
