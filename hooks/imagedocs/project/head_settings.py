"""Read what a project wants in the heads of its pages, in `mkdocs.yml` below `extra.imagedocs.head`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from imagedocs.findings import Findings
from imagedocs.incremental.reads import read_bytes, remembered
from imagedocs.parts import parts
from imagedocs.problems import Position, Problem, Rule
from imagedocs.publishing.heads import PNG_HEAD, size_of_png
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Flag, Schema, Text, wrong_type
from imagedocs.yaml.nodes import Mapping, Node, Scalar
from imagedocs.yaml.records import Field, Record

if TYPE_CHECKING:
    from imagedocs.project import Project

OWN_CARD: Final = "assets/images/card.png"
"""Picture of the library's own theme. It has no words on it, and shows what a site of the library is about."""
_LARGEST = 1_000_000
"""Number of bytes in which that picture has room."""
_PICTURE = Text(
    "a PNG file of the site, such as assets/images/card.png",
    r"(?![./])(?:(?!\.\.)[^\s/\\?#:]+/)*[^\s/\\?#:]+\.png",
)
_COLOR = Text('a colour such as "#1f3a5f"', r"#[0-9A-Fa-f]{6}")
_CARD = Field("card", _PICTURE, "Picture that is shown with links to the site.", required=False)
_CARD_ALT = Field("card_alt", Text("a text"), "What is to be seen on that picture.", required=False)
_TOUCH_ICON = Field("touch_icon", _PICTURE, "Icon of the site on home screens.", required=False)
_LIGHT = Field("light", _COLOR, "Colour of the header on light pages.", required=False)
_DARK = Field("dark", _COLOR, "Colour of the header on dark pages.", required=False)
_COLORS = Field("colors", Record((_LIGHT, _DARK)), "Colours of the browser around pages.", required=False)
_HEAD = Record((_CARD, _CARD_ALT, _TOUCH_ICON, _COLORS))


@dataclass(frozen=True, slots=True)
class HeadSettings:
    """Pictures and colours in the heads of pages, beside what the pages themselves say."""

    card: str = ""
    """Site path of the picture that is shown with links; empty for none."""
    card_at: Position = field(default_factory=lambda: Position("mkdocs.yml"))
    card_alt: str = ""
    """Description of it, in the language of `mkdocs.yml`."""
    touch_icon: str = ""
    """Site path of the icon for home screens; empty for none."""
    touch_icon_at: Position = field(default_factory=lambda: Position("mkdocs.yml"))
    light: str = ""
    """Colour of the browser around light pages; empty for its own."""
    dark: str = ""
    """The same around dark pages."""


@dataclass(frozen=True, slots=True)
class HeadSetting:
    """Value `false` or `true`, or a mapping."""

    def read(self, node: Node, findings: Findings) -> HeadSettings | None:
        if isinstance(node, Mapping):
            read = _HEAD.read(node, findings)
            if read is None:
                return None
            colors = read.get(_COLORS)
            return HeadSettings(
                read.get(_CARD) or "",
                findings.at(read.node(_CARD)),
                read.get(_CARD_ALT) or "",
                read.get(_TOUCH_ICON) or "",
                findings.at(read.node(_TOUCH_ICON)),
                (colors.get(_LIGHT) if colors else "") or "",
                (colors.get(_DARK) if colors else "") or "",
            )
        if not (isinstance(node, Scalar) and node.plain and node.value in ("true", "false")):
            wrong_type(node, "true, false, or a mapping", findings)
            return None
        return HeadSettings() if node.value == "true" else None

    def schema(self) -> Schema:
        return {"anyOf": [Flag().schema(), _HEAD.schema()]}


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
