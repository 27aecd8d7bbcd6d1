"""The style sheet of lists and pages of images, for sites that have a theme of their own."""

import re
from functools import cache

from imagedocs.parts import parts

PLACE = "assets/stylesheets/imagedocs-list.css"
"""File of the built site that holds it."""
_FILE = "assets/stylesheets/imagedocs.css"
_BEGIN, _END = "/* (lists)", "/* (end of lists) */"
_REM = re.compile(r"(?<![\w.])([0-9]*\.?[0-9]+)rem\b")
_COLORS = """\
:root:not(:has([data-md-color-scheme])) .imagedocs {
  --md-default-bg-color: Canvas;
  --md-default-fg-color: CanvasText;
  --md-default-fg-color--light: CanvasText;
  --md-typeset-a-color: LinkText;
  --md-code-font-family: monospace;
}
"""
"""What the styles take from Material, for pages without it."""


@cache
def list_styles() -> bytes:
    """Return the part of imagedocs' own style sheet that is about lists and pages of images alone."""
    text = (parts().theme / _FILE).read_text("utf-8")
    return text.partition(_BEGIN)[2].partition("*/\n")[2].partition(_END)[0].encode()


@cache
def plain_styles() -> str:
    """Return the same for a page of any other program: there a `rem` is 16 pixels, and 20 in Material's."""
    text = _REM.sub(lambda match: f"{float(match[1]) * 1.25:g}rem", list_styles().decode())
    return f"{_COLORS}{text}"
