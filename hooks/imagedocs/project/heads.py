"""Look at the pictures that a project wants in the heads of its pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from imagedocs.incremental.reads import read_bytes, remembered
from imagedocs.parts import parts
from imagedocs.problems import Problem, Rule
from imagedocs.publishing.heads import PNG_HEAD, size_of_png
from imagedocs.suggestions import shown

if TYPE_CHECKING:
    from imagedocs.project import Project

OWN_CARD: Final = "assets/images/card.png"
"""Picture of the library's own theme. It has no words on it, and shows what a site of the library is about."""
_LARGEST = 1_000_000
"""Number of bytes in which that picture has room."""


@remembered
def is_own_card(project: "Project") -> bool:
    """Return whether the card is that of the library, of which it is known in all languages what is to be seen on it."""
    head = project.settings.head
    file = _found(project, OWN_CARD) if head and head.card == OWN_CARD else None
    own = parts().theme / OWN_CARD
    return file is not None and (file == own or _content(project, file, _LARGEST) == own.read_bytes())


@remembered
def card_size(project: "Project") -> tuple[int, int] | None:
    """Return width and height of the card; `None` without one, or if it can't be shown."""
    head = project.settings.head
    return _size(project, head.card) if head and head.card else None


def check_head(project: "Project") -> Iterator[Problem]:
    """Yield a problem for each picture that isn't there, or isn't one."""
    head = project.settings.head
    for place, at in ((head.card, head.card_at), (head.touch_icon, head.touch_icon_at)) if head else ():
        if place and _found(project, place) is None:
            message = f"there is no file {shown(place)} in the site"
            hint = f"put it into docs/{project.locales.default.tag}, or name a file of the theme"
            yield Problem(at, Rule.BROKEN_IMAGE, message, hint)
        elif place and _size(project, place) is None:
            yield Problem(at, Rule.BROKEN_IMAGE, f"{shown(place)} is no PNG file", "save the picture as PNG")


def _size(project: "Project", place: str) -> tuple[int, int] | None:
    file = _found(project, place)
    return size_of_png(_content(project, file, PNG_HEAD)) if file else None


def _content(project: "Project", file: Path, most: int) -> bytes:
    """Return at most `most` bytes of a file; none of one that can't be read."""
    try:
        if file.is_relative_to(project.root):
            return read_bytes(project.root, file.relative_to(project.root).as_posix(), most)
        with file.open("rb") as content:
            return content.read(most)
    except OSError:
        return b""


def _found(project: "Project", place: str) -> Path | None:
    """Return the file at a path of the default locale's site: of the project, or of the theme."""
    own = project.overlay(project.locales.default).files.get(place)
    if own is not None:
        return project.root / own
    folder = project.settings.theme_folder
    folders = [project.root / folder] if folder else []
    return next((top / place for top in (*folders, parts().theme) if (top / place).is_file()), None)
