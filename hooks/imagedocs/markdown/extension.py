"""The Python-Markdown extension through which MkDocs renders pages with our parser.

MkDocs makes one `markdown.Markdown` for each page from the same extension object. So a hook says before
each page what it is (`extension.page = Page(…)`); afterwards `extension.parsed` has its Document.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from imagedocs.markdown.options import PageOptions
from imagedocs.markdown.sources import Source, Sources
from imagedocs.markdown.targets import NoSources

if TYPE_CHECKING:
    from imagedocs.markdown.inclusion import Fragments
    from imagedocs.markdown.page import Parsed

    _Tree = ElementTree[Element | None]
else:
    _Tree = ElementTree  # which takes no parameters at run time

_FIRST = 1_000_000
"""Priorities: before and after everything else."""
_LAST = -1_000_000

_OF_MARKDOWN = frozenset(
    [
        "abbr",
        "attr_list",
        "blocks_on_inline_end",
        "caption-auto",
        "footnote",
        "footnote-duplicate",
        "hilite",
        "inline",
        "legacyattrs",
        "olist-cleanup",
        "prettify",
        "smart-symbols",
        "smarty",
        "task-list",
        "unescape",
    ]
)
"""Tree processors of Python-Markdown and its extensions that look for Markdown in texts: here these are what readers
see."""
_HOLDS_BLOCKS = frozenset(["blockquote", "dd", "div", "dt", "li", "td", "th"])


@dataclass(frozen=True, slots=True)
class Page:
    """What the extension must know of the page that is converted next."""

    path: str = ""
    """Project-relative path of its file."""
    sources: Sources = field(default_factory=NoSources)
    options: PageOptions = field(default_factory=PageOptions)
    first_line: int = 1
    """The line of the file that the text begins with."""
    fragments: "Fragments | None" = None
    read: Callable[[], Source | None] = lambda: None
    """Reads the page's file, whole, where that is to be parsed instead of the text that is converted."""


@dataclass(slots=True)
class _Conversion:
    """What the parts of the extension tell one another about the page that is converted."""

    page: Page = field(default_factory=Page)
    text: str = ""
    parsed: "Parsed | None" = None


class _Takeover(Preprocessor):
    """Takes the text before anyone else changes it: its positions are those of the file."""

    def __init__(self, md: Markdown, conversion: _Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, lines: list[str]) -> list[str]:
        self._conversion.text = "\n".join(lines)
        return []


class _Parser(BlockParser):
    """Stands where Python-Markdown's block parser stood. Other extensions may register with it, without effect."""

    def __init__(self, md: Markdown, conversion: _Conversion) -> None:
        super().__init__(md)
        self.blockprocessors = md.parser.blockprocessors
        self._conversion = conversion
        self._markers: dict[TocTreeprocessor, str] = {}

    def parseDocument(self, lines: Iterable[str]) -> _Tree:  # noqa: N802  # Python-Markdown's name
        from imagedocs.markdown.page import parse  # here: a build that renders nothing needs no parser

        page = self._conversion.page
        source = page.read()
        parsed = parse(
            source or Source(page.path, self._conversion.text),
            page.sources,
            page=page.options,
            fragments=page.fragments,
            first_line=None if source else page.first_line,
        )
        self._conversion.parsed = parsed
        if len(parsed.holder):
            parsed.root.append(parsed.holder)
        self._drop_readers_of_markdown()
        self._look_for_marker(parsed.root)
        return ElementTree(parsed.root)

    def _drop_readers_of_markdown(self) -> None:
        """Let no extension that was loaded later look for inline Markdown: it would take our placeholders for text."""
        for name in _OF_MARKDOWN:
            self.md.treeprocessors.deregister(name, strict=False)

    def _look_for_marker(self, root: Element) -> None:
        """Let `toc` look for the place that it is to be at, `[TOC]`, only where there is one: it gathers the text of
        each element with all that it is in."""
        for toc in (each for each in self.md.treeprocessors if isinstance(each, TocTreeprocessor)):
            marker = self._markers.setdefault(toc, toc.marker)
            toc.marker = marker if marker and marker in "".join(root.itertext()) else ""
            if toc.marker:
                _keep_around(root, toc.marker)


def _keep_around(root: Element, marker: str) -> None:
    """Prepare the elements that `toc` replaces as a whole, with the text behind them: raw HTML is such text. A list item
    or a cell stays, with the contents in it."""
    for parent in [*root.iter()]:
        for index, child in enumerate(parent):
            if len(child) or (child.text or "").strip() != marker:
                continue
            if child.tag in _HOLDS_BLOCKS:
                SubElement(child, "p").text, child.text = child.text, None
            elif (child.tail or "").strip():
                box = Element("div" if child.tag == "p" else "span")
                box.tail, child.tail = child.tail, None
                box.append(child)
                parent[index] = box


class _RawHtml(Treeprocessor):
    """When all addresses are resolved: takes the stand-ins away and hands the raw HTML to Python-Markdown."""

    def __init__(self, md: Markdown, conversion: _Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, root: Element) -> None:
        parsed = self._conversion.parsed
        if parsed is None:
            return
        from imagedocs.markdown.stash import stash  # as above

        if len(parsed.holder):
            root.remove(parsed.holder)
        stash(self.md, parsed.raw)


class _Headings(Treeprocessor):
    """Gives `toc` the raw HTML of headings, which it makes its titles from."""

    def __init__(self, md: Markdown, conversion: _Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, root: Element) -> None:
        parsed = self._conversion.parsed
        if parsed is not None:
            from imagedocs.markdown.stash import stash_without_addresses  # as above

            stash_without_addresses(self.md, parsed.raw)


class LearnExtension(Extension):
    """`markdown_extensions: [imagedocs.markdown]`"""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._conversion = _Conversion()

    @property
    def page(self) -> Page:
        """The page that is converted next; to be set anew before each."""
        return self._conversion.page

    @page.setter
    def page(self, page: Page) -> None:
        self._conversion.page = page
        self._conversion.parsed = None

    @property
    def parsed(self) -> "Parsed | None":
        """The page that was converted last; `None` when there was nothing in it."""
        return self._conversion.parsed

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        conversion = self._conversion
        md.parser = _Parser(md, conversion)
        md.preprocessors.register(_Takeover(md, conversion), "imagedocs_takeover", _FIRST)
        md.treeprocessors.register(_Headings(md, conversion), "imagedocs_headings", _FIRST)
        md.treeprocessors.register(_RawHtml(md, conversion), "imagedocs_raw_html", _LAST)


def makeExtension(**kwargs: Any) -> LearnExtension:  # noqa: N802  # Python-Markdown's name
    """What Python-Markdown calls for `imagedocs.markdown`."""
    return LearnExtension(**kwargs)
