"""The grammar: CommonMark, GitHub's tables, what MkDocs' users are used to, and the dialect's own rules.

`**` beside CJK punctuation follows CommonMark 0.31, as on Microsoft Learn: `**注意：**请` opens nothing.
That is what authors see at home, and a rule of our own would render their other pages differently; a
finding (`literal-emphasis`) tells them which character to move.

`{…}` has a meaning only at the end of a heading, `## Title {#id .class}`, and directly behind a link, an
image or a code span: braces in prose stay what they are.
"""

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from imagedocs.markdown.syntax import (
    addresses,
    attributes,
    brackets,
    colons,
    emoji,
    formulas,
    marks,
    quotes,
    tables,
)
from imagedocs.markdown.syntax.dispatch import dispatch, dispatch_inline
from imagedocs.markdown.syntax.tokens import Helpers, InlineParser, join_texts

_MAX_NESTING = 100
"""Levels of blocks, and of brackets; deeper ones are text. A level is an `ul` or an `li`."""

_BREAKS_PARAGRAPH: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


class _Grammar(MarkdownIt):
    """Leaves addresses as they are written: they are judged where there is a place to report them."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # markdown-it's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  # markdown-it's name
        return link


def _stops_at_www(terminators: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern for where text may end, which is at `www.` too, and not at every other `w`."""
    return re.compile(f"{terminators.pattern[:-1]}w](?:(?<!w)|(?=ww\\.))")


@cache
def grammar() -> MarkdownIt:
    """The parser. It keeps nothing from one text to the next."""
    md = _Grammar(
        "default", {"html": True, "maxNesting": _MAX_NESTING, "tasklists": True, "store_labels": True}
    )
    md.inline = InlineParser()
    helpers: Any = Helpers()  # which stands for a module
    md.helpers = helpers
    md.disable(["linkify", "replacements", "smartquotes", "text_join"])

    block = md.block.ruler
    block.at("table", tables.table, {"alt": ["paragraph", "reference"]})
    block.at("blockquote", quotes.quote, _BREAKS_PARAGRAPH)
    block.before("table", "include", brackets.include_block, _BREAKS_PARAGRAPH)
    block.before("table", "snippet", brackets.snippet, _BREAKS_PARAGRAPH)

    block.before("table", "colon", colons.colon_block, _BREAKS_PARAGRAPH)
    block.before("table", "formula", formulas.formula_block, _BREAKS_PARAGRAPH)

    inline = md.inline.ruler
    inline.before("link", "colon", colons.colon_inline)
    inline.before("link", "no_loc", colons.no_loc)
    inline.before("autolink", "xref", marks.xref)
    inline.before("autolink", "uid", marks.uid)
    inline.before("link", "include", brackets.include_inline)
    inline.before("link", "formula", formulas.formula)
    inline.before("link", "emoji", emoji.emoji)
    inline.push("attributes", attributes.attributes)
    inline.push("bare_address", addresses.bare_address)
    md.inline.ruler2.at("fragments_join", join_texts)
    md.inline.terminator_re = _stops_at_www(md.inline.terminator_re)
    inline.push("www_address", addresses.www_address)

    md.use(footnote_plugin, inline=False)
    md.use(deflist_plugin)
    md.use(admon_plugin)

    dispatch(md.block)
    dispatch_inline(md.inline)
    return md
