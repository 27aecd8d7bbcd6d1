"""Read a project's settings for imagedocs itself, in `mkdocs.yml` below `extra.imagedocs`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from imagedocs.findings import Findings
from imagedocs.markdown.publisher import Publisher
from imagedocs.problems import Position, Problem, Rule, Severity
from imagedocs.publishing.formats import ALWAYS, FORMATS
from imagedocs.publishing.head_settings import HeadSetting, HeadSettings
from imagedocs.publishing.header_settings import HeadersSetting
from imagedocs.retired import RETIRED, retired_rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.fields import Choice, Flag, Schema, Text, wrong_type
from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import Node, Scalar
from imagedocs.yaml.records import Field, ListOf, PagePattern, Record

_HOST = r"(?:[a-z0-9-]+\.)+[a-z0-9-]+"
_SITE = Field(
    "site",
    Text("an address such as https://example.org", r"https://[^\s/]+(?:/[^\s/]+)*"),
    "Where addresses lead that begin with /.",
    required=False,
)
_HOSTS = Field("hosts", ListOf(Text("a host", _HOST)), "All hosts of that site.", required=False)
_DOMAINS = Field(
    "domains", ListOf(Text("a domain", _HOST)), "Of sites with a folder for each language.", required=False
)
_PLAYERS = Field(
    "players",
    ListOf(Text("a host, or host?query", rf"{_HOST}(?:\?[\w.=&-]+)?")),
    "Hosts of videos that may be embedded.",
    required=False,
)
_VIDEO = Field(
    "video", Text("an address", r"https://\S+"), "The player's address, up to a video's id.", required=False
)
_PUBLISHER = Field(
    "publisher", Record((_SITE, _HOSTS, _DOMAINS, _PLAYERS, _VIDEO)), "See `Publisher`.", required=False
)
_PREFIX = Field(
    "prefix",
    Text("a folder such as images", r"[a-z0-9][a-z0-9._-]{0,99}(?:/[a-z0-9][a-z0-9._-]{0,99}){0,9}"),
    "The folder of the pages.",
    required=False,
)


@dataclass(frozen=True, slots=True)
class Folder:
    """Folder of generated pages, or of published files."""

    path: str
    """Relative to the site of each locale; empty for its root."""
    at: Position
    """Position of the setting."""
    is_wanted: bool = True
    """False if the setting is `false`."""


@dataclass(frozen=True, slots=True)
class _FolderSetting:
    """Value `false` or `true`, or a mapping with `prefix` where the files need not lie at the root."""

    usual: str
    """Folder, unless `prefix` says otherwise; empty for the root."""

    def read(self, node: Node, findings: Findings) -> Folder | None:
        if isinstance(node, MappingNode) and self.usual:
            read = Record((_PREFIX,)).read(node, findings)
            return Folder(read.get(_PREFIX) or self.usual, findings.at(read.node(_PREFIX))) if read else None
        if not (isinstance(node, Scalar) and node.plain and node.value in ("true", "false")):
            known = "true, false, or a mapping with prefix" if self.usual else "true or false"
            wrong_type(node, known, findings)
            return None
        return Folder(self.usual, findings.at(node), node.value == "true")

    def schema(self) -> Schema:
        return {"anyOf": [Flag().schema(), Record((_PREFIX,)).schema()]} if self.usual else Flag().schema()


IMAGES: Final = "images"
"""Setting of the pages of images, and their usual folder."""
_IMAGES = Field(IMAGES, _FolderSetting(IMAGES), "Whether each image has a page, and where.", required=False)
_OF_FORMATS = {
    each.setting: Field(each.setting, _FolderSetting(each.folder), each.description, required=False)
    for each in FORMATS
    if each.setting != ALWAYS
}
CHANGES: Final = "changes"
"""Setting of the pages that say what changed, and their usual folder."""
_CHANGES = Field(
    CHANGES, _FolderSetting(CHANGES), "Whether pages say what changed, and where.", required=False
)
PAGES: Final = (IMAGES, CHANGES)
"""Settings of generated pages."""
_FOLDERS = (_IMAGES, _CHANGES, *_OF_FORMATS.values())
"""Settings of generated pages and published files."""


@dataclass(frozen=True, slots=True)
class RuleLevels:
    """Severities of problems in this project, by the names of their rules."""

    def read(self, node: Node, findings: Findings) -> dict[str, str] | None:
        if not isinstance(node, MappingNode):
            wrong_type(node, "a mapping", findings)
            return None
        names = [rule.label for rule in Rule]
        found: dict[str, str] = {}
        for key, value in node.entries:
            level = Choice(tuple(Severity)).read(value, findings)
            if note := retired_rule(key.value, findings.at(key)):
                findings.add(note.position, note.rule, note.message, note.hint)
            elif key.value not in names:
                hint = (
                    did_you_mean(key.value, names) or "write the name that a problem shows after its severity"
                )
                findings.add(key, Rule.UNKNOWN_KEY, f"there is no rule {shown(key.value)}", hint)
            elif level is not None:
                found[key.value] = level
        return found

    def schema(self) -> Schema:
        names: Schema = {rule.label: {"enum": list(Severity)} for rule in Rule}
        names |= {name: {"enum": list(Severity), "deprecated": True} for name in RETIRED}
        return {"type": "object", "properties": names, "additionalProperties": False}


_RULES = Field(
    "rules",
    RuleLevels(),
    "How bad problems are, by rule, where the project wants it otherwise.",
    required=False,
)
_CONTRIBUTORS = Field(
    "contributors",
    ListOf(PagePattern()),
    "Pages for those who look after the site, as patterns of a .gitignore file.",
    required=False,
)
_OWNER = Field(
    "owner",
    Text(
        "a domain of yours and a year in which it was yours, such as example.org,2026",
        r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z],[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?",
    ),
    "The domain, and a year in which it was the project's, from which the ids of feeds are made (RFC 4151). They last for "
    "ever: never change it.",
    required=False,
)
_LASTMOD = Field(
    "lastmod",
    Flag(),
    "Whether sitemaps have the day on which the sources of each page were last committed to git.",
    required=False,
)
_HEAD = Field(
    "head",
    HeadSetting(),
    "What the heads of pages say to programs that show links, and to search engines.",
    required=False,
)
_HEADERS = Field(
    "headers",
    HeadersSetting(),
    "Whether to write the headers that a host should send, and sources that they allow besides what pages use.",
    required=False,
)
OWN: Final = Record((_PUBLISHER, *_FOLDERS, _OWNER, _LASTMOD, _RULES, _CONTRIBUTORS, _HEAD, _HEADERS))
"""Fields of `extra.imagedocs`."""


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """Settings below `extra.imagedocs`."""

    publisher: Publisher = field(default_factory=Publisher)
    """See `Publisher`."""
    folders: dict[str, Folder] = field(default_factory=dict[str, Folder])
    """Setting -> folder of the pages of images, and of each kind of published files."""
    problems: tuple[Problem, ...] = ()
    levels: dict[str, str] = field(default_factory=dict[str, str])
    """Name of a rule → the severity that it has in this project."""
    contributors: tuple[str, ...] = ()
    """Patterns of the pages for those who look after the site."""
    owner: str = ""
    """Domain and year, as in `example.org,2026`, from which ids are made that last; empty where it isn't set."""
    lastmod: bool = False
    """True if sitemaps have the day on which the sources of each page were last committed."""
    head: HeadSettings | None = None
    """See `HeadSettings`; `None` if heads are left to the theme."""
    headers: Mapping[str, tuple[str, ...]] | None = None
    """Sources that the headers allow besides, by their directives; `None` if no headers are wanted."""


def read_own_settings(path: str, node: Node | None) -> OwnSettings:
    """Read the node of `extra.imagedocs`; `path` is for the problems."""
    if node is None:
        return OwnSettings()
    findings = Findings(path)
    read = OWN.read(node, findings)
    folders = {each.key: folder for each in _FOLDERS if (folder := read.get(each) if read else None)}
    levels = (read.get(_RULES) if read else None) or {}
    contributors = tuple(pattern for pattern, _ in (read.get(_CONTRIBUTORS) if read else None) or ())
    owner = (read.get(_OWNER) if read else None) or ""
    lastmod = bool(read.get(_LASTMOD) if read else None)
    head, headers = (read.get(_HEAD), read.get(_HEADERS)) if read else (None, None)
    given = read.get(_PUBLISHER) if read else None
    publisher = Publisher()
    if given is not None:
        hosts, domains, players = (
            tuple(text for text, _ in given.get(each) or ()) for each in (_HOSTS, _DOMAINS, _PLAYERS)
        )
        site = (given.get(_SITE) or "").rstrip("/")
        publisher = Publisher(site, hosts, domains, players, given.get(_VIDEO) or "")
    return OwnSettings(
        publisher, folders, findings.sorted(), levels, contributors, owner, lastmod, head, headers
    )
