"""Read `mkdocs.yml` with all that MkDocs lets stand there: tags, anchors, aliases and merge keys.

The tree and its limits are those of `imagedocs.yaml.nodes`, which refuses these in the files of imagedocs.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import yaml

from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.nodes import MAX_NODES, Mapping, Node, Open, Refused, Scalar, Sequence, TreeBuilder

PATH: Final = "mkdocs.yml"
KEY: Final = "(key)"
"""Last part of the path of a key."""

_ENVIRONMENT: Final = "!ENV"


def read_configuration(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree of `mkdocs.yml`, and what is wrong with its syntax. Where it is empty or no YAML there is no tree.

    A value from the environment (`!ENV`) is `Refused`: what is found must be the same on every machine. The tag of any
    other value is passed over. A node that an alias names again is the same object, and an alias within what it names
    is text. `INHERIT` is a key like any other.
    """
    findings = Findings(PATH)
    root = _ConfigurationBuilder(findings, "the file").build(text)
    return (None if findings.problems else root), findings.sorted()


class _ConfigurationBuilder(TreeBuilder):
    loader = yaml.SafeLoader
    """The parser that MkDocs uses, which reads some tags and line breaks otherwise than libyaml."""
    syntax_error = "is not YAML: "

    def __init__(self, findings: Findings, what: str) -> None:
        super().__init__(findings, what)
        self._anchored: dict[str, Node] = {}
        self._open: set[str] = set()
        """Anchors of nodes whose end has not come yet."""
        self._merged = 0

    def meet(self, event: yaml.NodeEvent, where: Position) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is None:
            return
        if event.anchor in self._anchored or event.anchor in self._open:
            self._add(where, f"found duplicate anchor {event.anchor}")
        self._open.add(event.anchor)

    def alias(self, event: yaml.AliasEvent, where: Position) -> Node:
        name = event.anchor or ""
        if name not in self._anchored and name not in self._open:
            self._add(where, f"found undefined alias {name}")
        return self._anchored.get(name) or Scalar(f"*{name}", where.line, where.column, plain=False)

    def scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> Node:
        is_plain = not event.style and event.tag != "tag:yaml.org,2002:str"
        node = Scalar(event.value, line, column, plain=is_plain)
        return self._tagged(node, event.anchor, event.tag)

    def close(self, closed: Open) -> Node:
        return self._tagged(super().close(closed), closed.anchor, closed.tag)

    def entries(self, pairs: Iterable[tuple[Node, Node]]) -> Iterator[tuple[Scalar, Node]]:
        """Yield the entries as MkDocs has them: the last of a key counts, and what is merged comes before all."""
        merged: list[tuple[Scalar, Node]] = []
        own: list[tuple[Scalar, Node]] = []
        for key, value in pairs:
            if isinstance(key, Scalar) and key.reads_as == "merge":
                given = value.items if isinstance(value, Sequence) else (value,)
                for each in reversed(given):
                    merged += self._merge(each)
            elif isinstance(key, Scalar):
                own.append((key, value))
        yield from {key.value: (key, value) for key, value in (*merged, *own)}.values()

    def add_nothing(self) -> None:
        """Leave it to MkDocs to say what is missing."""

    def _merge(self, node: Node) -> tuple[tuple[Scalar, Node], ...]:
        entries = node.entries if isinstance(node, Mapping) else ()
        before = self._merged
        self._merged += len(entries)
        if before <= MAX_NODES < self._merged:
            self._add(Position(PATH, node.line, node.column), f"more than {MAX_NODES} entries are merged")
        return entries if self._merged <= MAX_NODES else ()

    def _add(self, where: Position, message: str) -> None:
        self.findings.add(where, Rule.YAML_SYNTAX, f"{self.syntax_error}{message}")

    def _tagged(self, node: Node, anchor: str | None, tag: str | None) -> Node:
        if tag == _ENVIRONMENT:
            node = Refused(node.line, node.column)
        if anchor is not None:
            self._open.discard(anchor)
            self._anchored[anchor] = node
        return node


def value_at(node: Node | None, key: str) -> Node | None:
    """Return the value of a key; `None` where the node is no mapping or has no such key."""
    return node.get(key) if isinstance(node, Mapping) else None


def names_in(node: Node | None) -> Iterator[str]:
    """Yield the names in a setting such as `plugins`: a list of names, each of which may have options, or a mapping of
    names to options."""
    for entry in node.items if isinstance(node, Sequence) else [node]:
        if isinstance(entry, Mapping):
            yield from (key.value for key, _ in entry.entries)
        elif isinstance(entry, Scalar):
            yield entry.value


def theme_folder(root: Node | None) -> str:
    """Return `theme.custom_dir`, the folder of the project's own templates; empty where there is none."""
    theme = root.get("theme") if isinstance(root, Mapping) else None
    folder = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    return folder.value if isinstance(folder, Scalar) else ""


def scalars(root: Node | None) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Yield the scalars below `root` with the keys that lead to them; a key itself is at the path of its mapping and
    `KEY`.

    Each node is met once: what aliases name again may grow without bound.
    """
    nodes: list[tuple[tuple[str, ...], Node | None]] = [((), root)]
    seen: set[int] = set()
    while nodes:
        path, node = nodes.pop()
        if isinstance(node, Scalar):
            yield path, node
        elif isinstance(node, Sequence) and id(node) not in seen:
            nodes += [(path, item) for item in reversed(node.items)]
        elif isinstance(node, Mapping) and id(node) not in seen:
            for key, value in reversed(node.entries):
                nodes += [((*path, key.value), value), ((*path, KEY), key)]
        seen.add(id(node))
