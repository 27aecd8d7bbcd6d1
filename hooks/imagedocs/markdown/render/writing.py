"""What a construct needs of the writer of blocks that it is part of."""

from collections.abc import Callable
from typing import Protocol
from xml.etree.ElementTree import Element

from imagedocs.markdown.fragments import Fragment
from imagedocs.markdown.render.inlines import Inlines
from imagedocs.markdown.sheet import Sheet

Handler = Callable[[int, Element], int]
"""Writes what begins at a token, and gives the number of the token behind it."""


class BlockWriter(Protocol):
    """`Blocks`, as seen by what it hands tokens to."""

    sheet: Sheet
    inlines: Inlines
    fragment: Fragment

    def write(self, start: int, end: int, parent: Element) -> None: ...

    def write_inside(self, index: int, parent: Element) -> int: ...

    def code(self, content: str, first: int, language: str) -> None: ...
