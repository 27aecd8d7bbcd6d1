"""Formulas between dollar signs, and emoji by their names."""

import pytest

from imagedocs.markdown.document import TextKind
from markdown_files import document, html

SHOWN = [
    ("a $x^2$ b", r"a \(x^2\) b"),
    ("($a_b$), $c$.", r"(\(a_b\)), \(c\)."),
    ("$$x$$", r"\(x\)"),
    ("$ x $", r"\(x\)"),
    (r"$a\$b$", r"\(a\$b\)"),
    ("$5 and $10", "$5 and $10"),
    ("US$5-$6", "US$5-$6"),
    ("$HOME:$PATH", "$HOME:$PATH"),
    (r"\$a\$", "$a$"),
    ("$$a$", "$$a$"),
    ("$$$a$$$", "$$$a$$$"),
    ("$ $", "$ $"),
    ("`$a$`", "<code>$a$</code>"),
    ("$<b>&amp;$", r"\(&lt;b&gt;&amp;amp;\)"),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN, ids=[text for text, _ in SHOWN])
def test_formulas_in_a_line(text: str, expected: str) -> None:
    made = html(text).replace('<span class="math">', "").replace("</span>", "")
    assert made == f"<p>{expected}</p>"


def test_a_formula_on_lines_of_its_own() -> None:
    box = '<div class="math">\n\\[\na *b*\n\nc\n\\]\n</div>'
    assert html("Text\n$$\na *b*\n\nc\n$$\nText") == f"<p>Text</p>\n{box}\n<p>Text</p>"
    assert '<li><div class="math">\n\\[\na\n\\]\n</div>' in html("- $$\n  a\n  $$\n").replace("<p></p>", "")


@pytest.mark.parametrize(
    "text", ["$$\nopen\n", "- $$\n  a\n\n$$\n", "    $$\n    a\n    $$\n", "$$ a\nb\n$$ c\n"]
)
def test_a_block_that_nothing_closes_is_text(text: str) -> None:
    assert '<div class="math">' not in html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":rocket: a :+1:", "🚀 a 👍"),
        ("| a |\n| - |\n| :heavy_check_mark: |", "✔"),
        ("a:rocket: 10:100:20 :no_such_name: :rocket:b", "a:rocket: 10:100:20 :no_such_name: :rocket:b"),
        ("`:rocket:`", ":rocket:"),
    ],
    ids=["names", "in a table", "no names", "code"],
)
def test_emoji(text: str, expected: str) -> None:
    assert expected in html(text).replace("\ufe0f", "")


def test_what_is_looked_at_is_what_is_written() -> None:
    found = document("a :rocket: b").texts
    assert [(text.kind, text.content, text.position.column) for text in found] == [
        (TextKind.PROSE, "a :rocket: b", 1)
    ]
