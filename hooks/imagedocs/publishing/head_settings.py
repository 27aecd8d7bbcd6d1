"""Read what a project wants in the heads of its pages, in `mkdocs.yml` below `extra.imagedocs.head`."""

from dataclasses import dataclass, field

from imagedocs.findings import Findings
from imagedocs.problems import Position
from imagedocs.yaml.fields import Flag, Schema, Text, wrong_type
from imagedocs.yaml.nodes import Mapping, Node, Scalar
from imagedocs.yaml.records import Field, Record

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
