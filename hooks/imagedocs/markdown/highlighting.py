"""Code with colours, in the markup that Material's style sheet expects."""

from functools import lru_cache
from html import escape
from typing import Protocol

from pymdownx.highlight import Highlight

from imagedocs.markdown.sheet import Code

_LEXERS = {
    "azurecli": "bash",
    "azurepowershell": "powershell",
    "azure-cli": "bash",
    "dotnetcli": "bash",
    "cmd": "bat",
    "cs": "csharp",
    "http": "http",
    "kusto": "kusto",
    "output": "text",
    "url": "text",
    "usql": "sql",
    "yml": "yaml",
}
"""Pygments' name for what authors of that world call a language."""

_KEPT_BLOCKS = 512
_LONGEST_KEPT = 20_000
_LONGEST_COLOURED = 200_000
"""In characters; longer code is shown without colours."""


class Highlighter(Protocol):
    def highlight(self, src: str, language: str, *args: object, **options: object) -> str: ...


def _html(code: Code, highlighter: Highlight, number: int) -> str:
    language = (code.lexer or code.language).lower()
    lexer = _LEXERS.get(language, language) if len(code.content) <= _LONGEST_COLOURED else "text"
    classes = [f"language-{code.language}", *code.classes] if code.language else list(code.classes)
    html = highlighter.highlight(
        code.content.removesuffix("\n") if code.content.strip() else "",
        lexer,
        "highlight",
        hl_lines=list(code.marked_lines),
        linestart=code.first_number if code.first_number else -1,
        classes=[],
        id_value=escape(code.id),
        title=escape(code.title) if code.title else None,
        code_block_count=number,
    )
    words = " ".join(escape(name) for name in (*classes, "highlight"))
    data = f' data-interactive="{escape(code.interactive)}"' if code.interactive else ""
    data += f' data-highlight="{escape(code.highlight)}"' if code.highlight else ""
    return html.replace('class="highlight"', f'class="{words}"{data}', 1) if classes or data else html


@lru_cache(_KEPT_BLOCKS)
def _plain_html(code: Code) -> str:
    return _html(code, _PLAIN, 0)


_PLAIN = Highlight(None, use_pygments=True, guess_lang=False, linenums=None)


def code_html(code: Code, highlighter: Highlight | None, number: int) -> str:
    """`code` as HTML; `highlighter` is the one that the site's configuration makes, `number` tells blocks apart."""
    if highlighter is not None:
        return _html(code, highlighter, number)
    return _plain_html(code) if len(code.content) <= _LONGEST_KEPT else _html(code, _PLAIN, number)
