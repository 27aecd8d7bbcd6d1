"""Collect what the catalog says to readers in sentences: known issues, and the headings of columns and groups."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from imagedocs.locales.files import read_project_file
from imagedocs.locales.po import Entry, PoString
from imagedocs.locales.po_reader import MAX_BYTES
from imagedocs.problems import Position, Problem
from imagedocs.yaml.nodes import Mapping, Node, Scalar, Sequence, read_yaml

CATALOG_PATH: Final = "catalog/images.yaml"
CONTEXT: Final = "catalog"
"""Context of these messages."""

_ISSUES = ("known_issues", "*", "text")
_PLACES: Final = (
    ("columns", "*", "title"),
    ("groups", "*", "title"),
    ("groups", "*", *_ISSUES),
    ("images", "*", *_ISSUES),
)
"""Where such texts stand: `*` is any item of a list, or any value of a mapping."""
_COMMENTS: Final = {
    "title": "heading that the catalog gives",
    "text": "what goes wrong with a tag of an image",
}


def catalog_entries(root: Path) -> Iterator[Entry]:
    """Yield the texts of the catalog of the project at `root`; what is wrong with it is its own reader's to report."""
    content = read_project_file(root, CATALOG_PATH, MAX_BYTES)
    if isinstance(content, Problem) or not any(word in content for word in (b"title", b"known_issues")):
        return
    tree, _ = read_yaml(CATALOG_PATH, content)
    for place in _PLACES:
        for text in _at(tree, place):
            if text.value.strip():
                position = Position(CATALOG_PATH, text.line)
                yield Entry(
                    msgid=PoString(text.value, position),
                    strings=(PoString("", position),),
                    context=PoString(CONTEXT, position),
                    extracted_comments=(_COMMENTS[place[-1]],),
                    locations=(CATALOG_PATH,),
                )


def _at(node: Node | None, place: tuple[str, ...]) -> Iterator[Scalar]:
    if not place:
        if isinstance(node, Scalar):
            yield node
        return
    match node:
        case Sequence() if place[0] == "*":
            for item in node.items:
                yield from _at(item, place[1:])
        case Mapping() if place[0] == "*":
            for _, value in node.entries:
                yield from _at(value, place[1:])
        case Mapping():
            yield from _at(node.get(place[0]), place[1:])
        case _:
            pass
