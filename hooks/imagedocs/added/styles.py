"""The style sheet of lists and pages of images, for sites that have a theme of their own."""

from functools import cache

from imagedocs.parts import parts

PLACE = "assets/stylesheets/imagedocs-list.css"
"""File of the built site that holds it."""
_FILE = "assets/stylesheets/imagedocs.css"
_BEGIN, _END = "/* (lists)", "/* (end of lists) */"


@cache
def list_styles() -> bytes:
    """Return the part of imagedocs' own style sheet that is about lists and pages of images alone."""
    text = (parts().theme / _FILE).read_text("utf-8")
    return text.partition(_BEGIN)[2].partition("*/\n")[2].partition(_END)[0].encode()
