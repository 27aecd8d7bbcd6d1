"""Render what is put into pages as HTML for pages that no Python-Markdown renders."""

from markdown import Markdown

from imagedocs.site_markdown.blocks import InsertedBlocks


def html_of(text: str) -> str:
    """Return Markdown that `insertion.portable` made as HTML."""
    extensions = ["tables", "fenced_code", InsertedBlocks()]
    return Markdown(extensions=extensions, output_format="html").convert(text)
