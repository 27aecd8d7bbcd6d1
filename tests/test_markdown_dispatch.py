"""Rules that are not tried on a line would not have been for it."""

import re
from collections.abc import MutableMapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline

from imagedocs.markdown.syntax import grammar as module
from imagedocs.markdown.syntax.grammar import grammar

INLINE = ["text", "a_b_c", "**", "*", "_", "`", "``", "[", "](u)", "]", "![", "[^1]", "[r]", "<", ">", "<b>", "</b>", "<https://x.yz>", "<xref:a.b>", "@uid", "@", "https://a.bc/d", "http", "://", "www.a.bc", "ww", "w", ":smile:", ":", ":::no-loc text=\"x\":::", ":::image source=\"a.png\" alt-text=\"b\":::", "[!INCLUDE [x](y.md)]", "$x$", "$", "$$", "{#id .c}", "{", "&amp;", "&", "~~", "~", "\\", "\\*", "!", "(", ")", "漢字", "é", "\n", "  \n"]  # fmt: skip
PIECES = ["text", "é 漢字", "# h", "===", "---", "- x", "+ z", "1. y", "> q", "| a | b |", "a | b", "|---|---|", "--- | ---", "```", "~~~", "!!! note", "??? x", ":::zone a:::", "[!INCLUDE [x](y.md)]", "[!code-x[y](z)]", "> [!NOTE]", "<div>", "</div>", "$$", "[^1]: f", "[r]: /u", ":   def", "* * *", "\t", "    ", "  ", "\n", "\n\n"]  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> MarkdownIt:
    """The parser that tries all rules everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "dispatch", lambda _: None)
        patch.setattr(module, "dispatch_inline", lambda _: None)
        parser = grammar.__wrapped__()
    parser.inline.tokenize = partial(ParserInline.tokenize, parser.inline)
    return parser


def tokens(parser: MarkdownIt, text: str) -> list[MutableMapping[str, Any]]:
    return [token.as_dict() for token in parser.parse(text, {})]


def test_a_line_of_letters_is_tried_by_few_rules() -> None:
    tried: list[str] = []
    parser = grammar.__wrapped__()
    rules: Any = parser.block.ruler.getRules("")[0]
    rules._of_letters = tuple(
        lambda *given, rule=rule: tried.append(getattr(rule, "__name__", "")) or rule(*given)
        for rule in rules._of_letters
    )
    parser.parse("text", {})
    assert len(tried) == 5
    assert not {"fence", "heading", "list_block", "hr"} & {*tried}


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "\n"])), max_size=25))
def test_what_is_read_is_the_same(plain: MarkdownIt, pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece for pair in pieces for piece in pair)
    assert tokens(grammar(), text) == tokens(plain, text)


@given(st.lists(st.tuples(st.sampled_from(INLINE), st.sampled_from(["", " "])), max_size=25))
def test_what_is_read_within_a_line_is_the_same(plain: MarkdownIt, pieces: list[tuple[str, str]]) -> None:
    text = "[r]: /u\n\n" + "".join(piece for pair in pieces for piece in pair)
    assert tokens(grammar(), text) == tokens(plain, text)


def test_and_on_our_pages(plain: MarkdownIt) -> None:
    pages = [*(Path(__file__).parent.parent / "docs").rglob("*.md")]
    assert len(pages) > 50
    for page in pages:
        text = re.sub(r"\A---\n.*?\n---\n", "", page.read_text("utf-8"), flags=re.DOTALL)
        assert tokens(grammar(), text) == tokens(plain, text), page
