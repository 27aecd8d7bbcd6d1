"""Templates: what they print is Markdown, and they can neither reach out nor run away."""

from collections.abc import Iterable

import pytest
from markdown_it import MarkdownIt

from imagedocs.rendering import MAX_SOURCE, Markdown, Rendered, Template, code, sandbox, stacked


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

    def language_of(
        self, message: str, context: str | None = None, number: int | None = None
    ) -> tuple[str, str] | None:
        return None


class Untranslated(Plain):
    """Messages of a language that has a translation of one."""

    def language_of(
        self, message: str, context: str | None = None, number: int | None = None
    ) -> tuple[str, str] | None:
        return None if message == "Known" else ("en", "ltr")


def rendered(template: str, **values: object) -> Rendered:
    return Template("includes/x.md.j2", template, Plain()).render(values)


def text_of(markdown: str) -> str:
    """What a reader sees of a paragraph."""
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    for reference, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(reference, character)
    return html.removeprefix("<p>").removesuffix("</p>\n")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{ _('A。') }}\n{{ _('B。') }}\n", "A。B。\n"),
        ("{{ _('A。') }} {{ _('B。') }}", "A。B。"),
        ("{{ _('日：') }} {% if true %}{{ _('B。') }}{% endif %}", "日：B。"),
        ("{{ _('A.') }}\n{{ _('B.') }} C\n", "A.\nB. C\n"),
        ("{{ _('A。') }}\n\n{{ _('B。') }}\n", "A。\n\nB。\n"),
        ("{{ _('**A。**') }} {{ _('B。') }}", "**A。** B。"),
        ("{{ value }} {{ value }}", "&lt;b&gt;。&lt;b&gt;。"),
    ],
)
def test_sentences_have_the_space_of_their_script_between_them(written: str, expected: str) -> None:
    found = rendered(f"{{% filter sentences %}}\n{written}{{% endfilter %}}\nend", value="<b>。")
    assert found.problems == ()
    assert found.text == f"{expected}end"


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
    "a field that is not there": ("\n\n{{ value.nothing }}", 3, 'a value of the kind str has no "nothing"'),
    "a list printed": ("a\n{{ range(3)|list }}", 2, "a list is no text; write what it holds with |join"),
    "a list as text": ("{{ [1]|string }}", 1, "the filter string is for text, not for a list"),
    "lists that hold each other": (
        "{% set x = [1] %}" + "{% set x = [x, x] %}" * 99 + "{{ x|first|length }}",
        1,
        "too large a list",
    ),
    "mappings that hold each other": (
        "{% set x = {} %}" + "{% set x = {'a': x, 'b': x} %}" * 99,
        1,
        "too large a list",
    ),
    "tuples that hold each other": (
        "{% set x = (1,) %}" + "{% set x = (x, x) %}" * 99 + "{{ {x: 1}|length }}",
        1,
        "too large a list",
    ),
    "arguments without names": (
        "{% macro m() %}{{ varargs }}{% endmacro %}{{ m(1) }}",
        1,
        "varargs is not for use",
    ),
    "squares of squares": ("{% set x = 9 %}" + "{% set x = x * x %}" * 99, 1, "too large a number"),
    "a sum of lists": ("{{ [[1], [2]]|sum(start=[]) }}", 1, "sums are of numbers"),
    "a formatted width": ("{{ '{:>999999999}'.format(1) }}", 1, "is unsafe"),
    "a block": ("{% block a %}{% endblock %}", 1, "cannot take in another one"),
    "a filter misspelt": ("{{ 1|strng }}{{ 2|strng }}", 1, 'there is no filter "strng"'),
    "a field misspelt": (
        "{{ range(3).strat }}",
        1,
        'a value of the kind range has no "strat"; did you mean "start"?',
    ),
    "a name misspelt": ("{{ valu }}", 1, '"valu" is not defined'),
    "a sentence without its value": (
        '{{ _("%(name)s") }}',
        1,
        "has the placeholder %(name)s, and nothing is given for it",
    ),
    "Python's own attributes": ("{{ value.__class__.__mro__ }}", 1, "is unsafe"),
    "a method that makes text long": ("{{ value.ljust(999999999) }}", 1, "is unsafe"),
    "the filter attr": ("{{ value|attr('__class__') }}", 1, 'there is no filter "attr"'),
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
        monkeypatch.setattr(sandbox, "MAX_SECONDS", 1)
    result = rendered(template, value="x" * 100)
    assert result.text == ""
    assert any(message in problem.message for problem in result.problems), result.problems
    assert line in [problem.position.line for problem in result.problems]


def test_each_line_knows_the_line_that_made_it() -> None:
    template = "a\n{% for i in range(2) %}\nb {{ i }}\n{% endfor %}\n{% trans n=2 %}\none\n{% pluralize %}\nmany\n{% endtrans %}\nc\n"
    result = rendered(template)
    assert lines_of(result) == [("a", 1), ("b 0", 3), ("b 1", 3), ("manyc", 4), ("", 11)]


def test_what_macros_and_blocks_print_is_printed_as_it_is() -> None:
    template = (
        "{% macro bold(text) %}**{{ text }}**{% endmacro %}{{ bold('a*b') }} "
        "{% set mark %}`{{ 'x'|upper }}`{% endset %}{{ mark }} "
        "{% filter upper %}*{{ 'a|b' }}*{% endfilter %} "
        "{% macro box() %}> {{ caller() }}{% endmacro %}{% call box() %}*{{ 'c_d' }}*{% endcall %}"
    )
    assert rendered(template).text == "**a\\*b** `X` *A\\|B* > *c\\_d*"


@pytest.mark.parametrize(
    ("template", "message", "hint"),
    [
        ("{{ valu }}", '"valu" is not defined', 'did you mean "value"?'),
        ("{{ 1|strng }}{{ 2|strng }}", 'there is no filter "strng"', 'did you mean "string"?'),
        (
            "{{ zzz }}",
            '"zzz" is not defined',
            "the names there are: gettext, ngettext, npgettext, pgettext, range, value",
        ),
    ],
)
def test_the_nearest_name_is_offered(template: str, message: str, hint: str) -> None:
    assert [(each.message, each.hint) for each in rendered(template, value=1).problems] == [(message, hint)]


def test_marks_of_lines_are_not_the_template_s_to_write() -> None:
    result = rendered("a\n\ue0007\ue001b\n\ue000" + "9" * 5000 + "\ue001c\n")
    assert len(result.lines) == result.text.count("\n") + 1
    assert result.problems == ()


def lines_of(result: Rendered) -> list[tuple[str, int]]:
    texts: Iterable[str] = result.text.split("\n")
    return list(zip(texts, result.lines, strict=True))


def test_a_constant_is_put_into_the_words_of_each_language() -> None:
    """One compiled template is for all languages, so nothing of a language is in it."""
    said = [
        Template(
            "includes/x.md.j2", '{{ "x"|spoken }}', Plain(), {"spoken": lambda _, word=word: Markdown(word)}
        )
        .render({})
        .text
        for word in ("one", "uno")
    ]
    assert said == ["one", "uno"]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('{{ _("Known") }}', "Known"),
        ('{{ _("New %(a)s.", a="x") }} {{ _("Known") }}', '<span lang="en" dir="ltr">New x.</span> Known'),
        ('| {{ ngettext("a", "b", 2) }} |', '| <span lang="en" dir="ltr">b</span> |'),
        ('---\ntitle: {{ _("New") }}\n---\n', "---\ntitle: New\n---\n"),
        ('## {{ _("New") }}', "## New"),
    ],
)
def test_what_has_no_translation_names_its_language(template: str, expected: str) -> None:
    assert Template("includes/x.md.j2", template, Untranslated()).render({}).text == expected
