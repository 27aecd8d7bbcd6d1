"""The Markdown of Microsoft Learn, parsed once: for the reader, and for the checks.

`parse` gives a page's Document and its element tree. `makeExtension` makes the Python-Markdown extension
that MkDocs loads as `markdown_extensions: [imagedocs.markdown]`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imagedocs.markdown.document import Document
    from imagedocs.markdown.extension import LearnExtension, Page, makeExtension
    from imagedocs.markdown.inclusion import Fragments
    from imagedocs.markdown.options import PageOptions
    from imagedocs.markdown.page import parse
    from imagedocs.markdown.sources import Source

__all__ = [
    "Document",
    "Fragments",
    "LearnExtension",
    "Page",
    "PageOptions",
    "Source",
    "makeExtension",
    "parse",
]

_HOMES = {
    "Document": "document",
    "Fragments": "inclusion",
    "LearnExtension": "extension",
    "Page": "extension",
    "PageOptions": "options",
    "Source": "sources",
    "makeExtension": "extension",
    "parse": "page",
}
"""Where each is defined. It is loaded when it is asked for: those who compare what pages hold need no parser, and
those who parse them no Python-Markdown."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
