"""Pages made by chance of CommonMark's own pieces: the same elements as plain markdown-it-py makes."""

import random
import re

import html5lib
import pytest
from markdown_it import MarkdownIt

from markdown_files import html

PIECES = [
    "# ", "## ", "\n", "\n\n", "  ", "    ", "\t", "- ", "1. ", "* ", ">", "> ", "> > ", "[a](b.md)", "![a](b.png)", "[a][b]",
    "[b]: c.md\n", "`a`", "``a`b``", "**", "*", "_", "\\", "```py\n", "```\n", "~~~\n", "---\n", "===\n", "***\n", "a", "b c", "(",
    ")", "[", "]", "é", "\n> ", "\n- ", "\n  ", "a|b\n-|-\nc|d\n", "&amp;", "  \n", "foo\n", "+ ", "2) ", "x",
]  # fmt: skip

_OWN = {"label", "input", "span"}
"""What colours and check boxes add."""


def elements(markup: str) -> list:
    """The elements and texts of HTML, without attributes; our box around code left out."""

    def of(element) -> list:
        found = []
        for text, child in [(element.text, None), *((child.tail, child) for child in element)]:
            if child is not None and isinstance(child.tag, str):
                inner = of(child)
                found += inner if child.tag in (*_OWN, "div") else [(child.tag, inner)]
            if text and text.strip():
                found.append(" ".join(text.split()))
        joined = []
        for part in found:
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] = f"{joined[-1]} {part}"
            else:
                joined.append(part)
        return [re.sub(r"\s", "", part) if isinstance(part, str) else part for part in joined]

    return of(html5lib.parseFragment(markup, namespaceHTMLElements=False))


@pytest.mark.parametrize("seed", range(4))
def test_pages_made_by_chance(seed: int) -> None:
    plain = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    chance = random.Random(seed)
    for _ in range(700):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 14)))
        if text.startswith("---"):
            continue  # front matter
        assert elements(html(text)) == elements(plain.render(text)), repr(text)
