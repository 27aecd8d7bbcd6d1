"""Code with colours, in the markup that Material's style sheet expects.

Where a site configures `pymdownx.highlight`, that extension's own class does it, as configured. Without it,
and for all but numbered lines, Pygments is called directly: a formatter for each block costs more than the
colouring of a short one.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from typing import Protocol, cast

from markdown import Markdown
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name  # pyright: ignore[reportUnknownVariableType]  # its options
from pygments.util import ClassNotFound
from pymdownx.highlight import (  # pyright: ignore[reportMissingTypeStubs]  # it has no types
    Highlight,
    HighlightExtension,
)

from imagedocs.markdown.sheet import Code

_LEXERS = {
    "azure-cli": "bash",
    "azurecli": "bash",
    "azurepowershell": "powershell",
    "cmd": "bat",
    "dotnetcli": "bash",
    "output": "text",
    "url": "text",
    "usql": "sql",
}
"""Pygments' name for what authors of that world call a language."""

_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[ \t]*([\w+#-]{1,39})", re.MULTILINE)
"""The beginning of a block of code, and what says its language."""

_KEPT_BLOCKS = 512
_LONGEST_KEPT = 20_000
_LONGEST_COLOURED = 200_000
"""In characters; longer code is shown without colours."""


class Highlighter(Protocol):
    """The part of `pymdownx.highlight.Highlight` that is used here."""

    def highlight(
        self,
        src: str,
        language: str,
        css_class: str,
        *,
        hl_lines: list[int],
        linestart: int,
        title: str | None,
        id_value: str,
        code_block_count: int,
    ) -> str: ...


def site_highlighter(md: Markdown) -> Highlighter | None:
    """What `pymdownx.highlight` is configured to, where a site has it."""
    for extension in md.registeredExtensions:
        if isinstance(extension, HighlightExtension):
            settings = extension.get_pymdownx_highlight_settings()
            own = {name: value for name, value in settings.items() if name not in ("css_class", "_enabled")}
            return extension.get_pymdownx_highlighter()(md, **own)
    return None


def code_html(code: Code, highlighter: Highlighter | None, number: int) -> str:
    """`code` as HTML; `number` tells the blocks of a page apart."""
    if highlighter is None and code.first_number:
        highlighter = cast("Highlighter", Highlight(None))
    if highlighter is None:
        return _kept_html(code) if len(code.content) <= _LONGEST_KEPT else _html(code)
    html = highlighter.highlight(
        _source(code),
        _lexer_name(code),
        "highlight",
        hl_lines=list(code.marked_lines),
        linestart=code.first_number or -1,
        title=escape(code.title) if code.title else None,
        id_value=escape(code.id),
        code_block_count=number,
    )
    return html.replace('class="highlight"', _opening(code), 1)


def _source(code: Code) -> str:
    return code.content.removesuffix("\n") if code.content.strip() else ""


def _lexer_name(code: Code) -> str:
    if len(code.content) > _LONGEST_COLOURED:
        return "text"
    return _pygments_name(code.lexer or code.language)


def _pygments_name(language: str) -> str:
    language = language.lower()
    return _LEXERS.get(language, language)


def _opening(code: Code) -> str:
    """The attributes of the element around the code."""
    classes = [f"language-{code.language}", *code.classes] if code.language else code.classes
    words = " ".join(escape(name) for name in (*classes, "highlight"))
    data = f' data-interactive="{escape(code.interactive)}"' if code.interactive else ""
    data += f' data-highlight="{escape(code.highlight)}"' if code.highlight else ""
    return f'class="{words}"{data}'


@cache
def _known_lexer(name: str) -> Lexer | None:
    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        return None


def load_lexers(texts: Iterable[str]) -> None:
    """Load the lexers of the languages that these pages name, for all processes that are forked later: a language has up
    to a hundred regular expressions to compile."""
    for name in sorted({_pygments_name(name) for text in texts for name in _FENCE.findall(text)}):
        _known_lexer(name)


_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


def _html(code: Code) -> str:
    name = _lexer_name(code)
    lexer = _known_lexer(name) if name and len(name) < 40 else None  # names that authors make up are not kept
    source = _source(code)
    if source and (lexer or code.marked_lines):
        formatter = _FORMATTER
        if code.marked_lines:
            formatter = HtmlFormatter[str](nowrap=True, hl_lines=list(code.marked_lines))
        tokens = (lexer or get_lexer_by_name("text", stripnl=False)).get_tokens(source)
        parts = _Parts()
        formatter.format(tokens, parts)
        html = parts.text()
    else:
        html = escape(source, quote=False) + ("\n" if source else "")
    identifier = f' id="{escape(code.id)}"' if code.id else ""
    title = f'<span class="filename">{escape(code.title)}</span>' if code.title else ""
    return f"<div {_opening(code)}{identifier}>{title}<pre><span></span><code>{html}</code></pre></div>"


_kept_html = lru_cache(_KEPT_BLOCKS)(_html)


class _Parts:
    """What Pygments writes into."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def write(self, text: str, /) -> int:
        self._parts.append(text)
        return len(text)

    def text(self) -> str:
        return "".join(self._parts)
