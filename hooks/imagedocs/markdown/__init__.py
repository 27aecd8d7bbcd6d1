"""The Markdown of Microsoft Learn, parsed once: for the reader, and for the checks.

`parse` gives a page's Document and its element tree. `makeExtension` makes the Python-Markdown extension
that MkDocs loads as `markdown_extensions: [imagedocs.markdown]`.
"""

from imagedocs.markdown.document import Document
from imagedocs.markdown.extension import LearnExtension, Page, makeExtension
from imagedocs.markdown.inclusion import Fragments
from imagedocs.markdown.labels import LABELS
from imagedocs.markdown.page import NoSources, Parsed, parse
from imagedocs.markdown.sheet import PageOptions
from imagedocs.markdown.sources import Source, Sources

__all__ = [
    "LABELS",
    "Document",
    "Fragments",
    "LearnExtension",
    "NoSources",
    "Page",
    "PageOptions",
    "Parsed",
    "Source",
    "Sources",
    "makeExtension",
    "parse",
]
