"""Align the cells of tables by classes, for sites that have a style sheet for them.

A policy that allows no styles but those of the site's own files (`style-src 'self'`) refuses `style` attributes.
"""

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

STYLESHEET = "assets/stylesheets/learn.css"
"""Style sheet that has these classes."""
_CLASSES = {
    f'<{tag} style="text-align: {side};">': f'<{tag} class="imagedocs-{side}">'
    for tag in ("td", "th")
    for side in ("left", "center", "right")
}
"""Tag of a cell as tables of Markdown have it -> the same with a class."""
_AFTER_RAW_HTML = -1


class AlignmentByClass(Extension):
    """Extension that aligns the cells of tables by classes."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Register the postprocessor that replaces the `style` attributes of cells."""
        md.postprocessors.register(_ByClass(md), "imagedocs_alignment", _AFTER_RAW_HTML)


class _ByClass(Postprocessor):
    def run(self, text: str) -> str:
        """Return the HTML of a page with classes in place of styles."""
        for style, by_class in _CLASSES.items():
            text = text.replace(style, by_class)
        return text
