"""Judge `markdown_extensions` in `mkdocs.yml` of a site whose pages the dialect of imagedocs reads: most extensions of
Python-Markdown have no effect there."""

from collections.abc import Iterator
from typing import Final

import yaml

from imagedocs.markdown.options import Headings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.configuration import PATH, value_at
from imagedocs.yaml.nodes import Mapping, Node, Scalar, Sequence

DIALECT: Final = "imagedocs.markdown"
_STANDARD: Final = "markdown.extensions."
_READ = "delete it: imagedocs.markdown reads them itself"
_NO_FORM = "delete it"
_WITHOUT_EFFECT: Final = {
    "abbr": 'delete it, and write <abbr title="…"> on the pages',
    "admonition": _READ,
    "attr_list": "delete it: imagedocs.markdown reads attributes of headings, links, images and code itself",
    "codehilite": 'write "pymdownx.highlight", or delete it: code has colors without it',
    "def_list": _READ,
    "extra": "delete it: imagedocs.markdown reads what it has itself, but for abbreviations",
    "fenced_code": _READ,
    "footnotes": _READ,
    "legacy_attrs": _NO_FORM,
    "legacy_em": _NO_FORM,
    "md_in_html": "delete it: imagedocs.markdown reads Markdown in HTML behind an empty line",
    "meta": "delete it: metadata between lines of --- is read without it",
    "nl2br": "delete it, and write a backslash at the end of a line for a line break",
    "sane_lists": "delete it: lists are read as CommonMark has them",
    "smarty": "delete it, and write the characters themselves: “ ” – …",
    "tables": _READ,
    "wikilinks": "delete it, and write [text](page.md)",
    "pymdownx.arithmatex": "delete it: imagedocs.markdown reads $x$ and $$x$$ itself",
    "pymdownx.betterem": "delete it: emphasis is read as CommonMark has it",
    "pymdownx.blocks.admonition": 'delete it, and write "> [!NOTE]"',
    "pymdownx.blocks.caption": "delete it, and write the caption as a paragraph",
    "pymdownx.blocks.definition": 'delete it, and write ": definition" below the term',
    "pymdownx.blocks.details": 'delete it, and write "??? note" or <details>',
    "pymdownx.blocks.html": "delete it, and write HTML",
    "pymdownx.blocks.tab": 'delete it, and write "# [Tab](#tab/tab)"',
    "pymdownx.bracketspan": 'delete it, and write <span class="…">',
    "pymdownx.caret": "delete it, and write <sup> and <ins>",
    "pymdownx.critic": "delete it, and write the text as it is to be",
    "pymdownx.details": _READ,
    "pymdownx.emoji": "delete it: imagedocs.markdown reads GitHub's names of emoji itself, and has no icons by name",
    "pymdownx.escapeall": _NO_FORM,
    "pymdownx.extra": "delete it: imagedocs.markdown reads what it has itself, but for abbreviations",
    "pymdownx.fancylists": "delete it: lists are read as CommonMark has them",
    "pymdownx.inlinehilite": "delete it: code in a line has one color",
    "pymdownx.keys": "delete it, and write <kbd>Ctrl</kbd>+<kbd>C</kbd>",
    "pymdownx.magiclink": "delete it: addresses become links without it; other links are written [text](address)",
    "pymdownx.mark": "delete it, and write <mark>",
    "pymdownx.progressbar": "delete it, and write the number",
    "pymdownx.quotes": 'delete it: imagedocs.markdown reads "> [!NOTE]" itself',
    "pymdownx.saneheaders": "delete it: a heading needs a space behind its # without it",
    "pymdownx.smartsymbols": "delete it, and write the characters themselves: © ½ →",
    "pymdownx.snippets": "delete it, and write [!INCLUDE [title](path.md)] or [!code-python[](path.py)]",
    "pymdownx.superfences": "delete it: imagedocs.markdown reads code in lists and quotes itself, and draws no diagrams",
    "pymdownx.tabbed": 'delete it, and write "# [Tab](#tab/tab)"',
    "pymdownx.tasklist": _READ,
    "pymdownx.tilde": "delete it: ~~text~~ is read without it; write <sub> for lowered text",
    "callouts": 'delete it: imagedocs.markdown reads "> [!NOTE]" itself',
    "del_ins": "delete it, and write <del> and <ins>",
    "github-callouts": 'delete it: imagedocs.markdown reads "> [!NOTE]" itself',
    "markdown_captions": "delete it, and write the caption as a paragraph",
    "markdown_gfm_admonition": 'delete it: imagedocs.markdown reads "> [!NOTE]" itself',
    "markdown_grid_tables": "delete it, and write tables with | or in HTML",
    "markdown_include.include": "delete it, and write [!INCLUDE [title](path.md)]",
    "md_mermaid": "delete it, and write a picture",
    "mdx_breakless_lists": "delete it: a list needs no empty line before it without it",
    "mdx_include": "delete it, and write [!INCLUDE [title](path.md)]",
    "mdx_linkify": "delete it: addresses become links without it",
    "mdx_math": "delete it: imagedocs.markdown reads $x$ and $$x$$ itself",
    "mdx_subscript": "delete it, and write <sub>",
    "mdx_superscript": "delete it, and write <sup>",
    "mdx_truly_sane_lists": "delete it: lists are read as CommonMark has them",
    "mkdocs-click": "delete it, and write the text itself",
    "mkdocs-typer": "delete it, and write the text itself",
    "neoteroi.cards": "delete it, and write a list, or :::row",
    "neoteroi.spantable": "delete it, and write tables with | or in HTML",
    "neoteroi.timeline": "delete it, and write a list",
    "plantuml_markdown": "delete it, and write a picture",
}
"""Extension -> what to do instead. Others may have an effect: those that change what was rendered."""

_SLUGS: Final = {
    "name:markdown.extensions.toc.slugify": "ascii",
    "name:markdown.extensions.toc.slugify_unicode": "unicode",
    "object/apply:pymdownx.slugs.slugify": "pymdownx",
}
"""Tag of the option `slugify`, behind `!!python/` -> name for it."""


def check_extensions(root: Node | None, path: str = PATH) -> Iterator[Problem]:
    """Yield a problem for each extension without effect, at its name in the configuration at the project path `path`."""
    names = [*_names(value_at(root, "markdown_extensions"))]
    if DIALECT not in {each.value for each in names}:
        return
    for each in names:
        if hint := _WITHOUT_EFFECT.get(each.value.removeprefix(_STANDARD)):
            message = f"the extension {each.value} has no effect, since {DIALECT} reads the pages"
            position = Position(path, each.line, each.column)
            yield Problem(position, Rule.EXTENSION_WITHOUT_EFFECT, message, hint)


def read_headings(root: Node | None, text: str, path: str = PATH) -> tuple[Headings, tuple[Problem, ...]]:
    """Return how the extension `toc` makes anchors of headings, and the problem with a function that can't be called
    without the site's own code."""
    options = next(
        (
            value
            for entry in _entries(value_at(root, "markdown_extensions"))
            if isinstance(entry, Mapping)
            for key, value in entry.entries
            if key.value.removeprefix(_STANDARD) == "toc"
        ),
        None,
    )
    separator, marker = _text(options, "separator", "-"), _text(options, "marker", "[TOC]")
    slugify = value_at(options, "slugify")
    if slugify is None:
        return Headings(separator=separator, marker=marker), ()
    tag, position = _tag_of_slugify(text, path)
    function = _SLUGS.get(tag.partition(":python/")[2], "")
    if not function:
        message = "the function that toc has for slugify isn't called, so headings have anchors as on GitHub"
        hint = "write slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}"
        return Headings(separator=separator, marker=marker), (
            Problem(position, Rule.EXTENSION_WITHOUT_EFFECT, message, hint),
        )
    words = value_at(slugify, "kwds")
    headings = Headings(
        function,
        separator,
        _text(words, "case", "none"),
        _text(words, "normalize", "NFC"),
        _text(words, "percent_encode", "").lower() in ("true", "yes", "on"),
        marker,
    )
    return headings, ()


def _entries(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,) if node is not None else ()


def _names(node: Node | None) -> Iterator[Scalar]:
    for entry in _entries(node):
        if isinstance(entry, Mapping):
            yield from (key for key, _ in entry.entries)
        elif isinstance(entry, Scalar):
            yield entry


def _text(node: Node | None, key: str, default: str) -> str:
    value = value_at(node, key)
    return value.value if isinstance(value, Scalar) else default


def _tag_of_slugify(text: str, path: str) -> tuple[str, Position]:
    """Return the tag of the value of the key `slugify`, and its place. The tree of the configuration has no tags."""
    is_key = False
    for event in yaml.parse(text, yaml.SafeLoader):
        if is_key and isinstance(event, yaml.NodeEvent):
            mark = event.start_mark
            place = Position(path, mark.line + 1, mark.column + 1) if mark else Position(path)
            return str(getattr(event, "tag", "") or ""), place
        is_key = isinstance(event, yaml.ScalarEvent) and event.value == "slugify"
    return "", Position(path)
