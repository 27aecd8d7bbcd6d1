"""What a project says to imagedocs itself in `mkdocs.yml`, below `extra.imagedocs`."""

from collections.abc import Iterator
from typing import Final

import yaml

from imagedocs.findings import Findings
from imagedocs.markdown.publisher import Publisher
from imagedocs.problems import Problem
from imagedocs.yaml_fields import Text
from imagedocs.yaml_nodes import Mapping, Node, Refused, Scalar, Sequence
from imagedocs.yaml_records import Field, ListOf, Record

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
OWN: Final = Record((_PUBLISHER,))
"""All that may stand there."""

_DEEPEST, _MOST = 20, 1_000
"""Levels and values. More is not ours, or an alias of an alias that grows without bound."""


def read_publisher(path: str, node: yaml.Node | None) -> tuple[Publisher, tuple[Problem, ...]]:
    """From the node of `extra.imagedocs`; `path` is for the problems."""
    if node is None:
        return Publisher(), ()
    findings = Findings(path)
    read = OWN.read(_ours(node, iter(range(_MOST))), findings)
    given = read.get(_PUBLISHER) if read else None
    if given is None or findings.problems:
        return Publisher(), findings.sorted()
    hosts, domains, players = (
        tuple(text for text, _ in given.get(field) or ()) for field in (_HOSTS, _DOMAINS, _PLAYERS)
    )
    site = (given.get(_SITE) or "").rstrip("/")
    return Publisher(site, hosts, domains, players, given.get(_VIDEO) or ""), ()


def _ours(node: yaml.Node, left: Iterator[int], depth: int = 0) -> Node:
    """Return the node as the readers of our own files know it: MkDocs' file may hold more than theirs. `left` counts
    the values that may still come."""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if next(left, None) is None:
        return Refused(line, column)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(str(node.value), line, column, plain=node.style is None)
    if depth < _DEEPEST and isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_ours(item, left, depth + 1) for item in node.value), line, column)
    if depth < _DEEPEST and isinstance(node, yaml.MappingNode):
        entries = ((_ours(key, left, depth + 1), _ours(value, left, depth + 1)) for key, value in node.value)
        return Mapping(tuple((key, value) for key, value in entries if isinstance(key, Scalar)), line, column)
    return Refused(line, column)
