"""YAML as a small tree with positions, and no surprises: no aliases, tags, merge keys or guessed types.

Reads libyaml's events without recursion, so that neither depth nor size of a file costs more than the
file itself. Whatever is wrong with the content is a `Problem`, never an exception.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import yaml

from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.syntax import MAX_DEPTH, TOO_DEEP, add_character, add_syntax_problem, position_of

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_NODES: Final = 250_000

# The parser written in C is 15 times faster; PyYAML has it wherever libyaml was present when it was built.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Control characters, surrogates, byte order marks, and line breaks that editors do not count as such."""

_EXPONENT = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+|0o[0-7]+", re.ASCII)
"""Numbers in YAML 1.2 (what editors read) but not in YAML 1.1."""

_KINDS = {
    "int": "number",
    "float": "number",
    "bool": "boolean",
    "timestamp": "date",
    "null": "null",
    "merge": "merge",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as text: what it means is for the reader of the field to say."""

    value: str
    line: int
    column: int
    plain: bool
    """Written without quotes."""

    @property
    def reads_as(self) -> str:
        """What other readers of YAML make of it: "text", "number", "boolean", "date", "null" or "merge".

        Plain `1.10`, `no`, `2021-01-01` and `~` are not text.
        """
        if not self.plain:
            return "text"
        for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(self.value[:1], ()):
            if pattern.match(self.value):
                return _KINDS.get(tag.rpartition(":")[2], "text")
        return "number" if _EXPONENT.fullmatch(self.value) else "text"


@dataclass(frozen=True, slots=True)
class Sequence:
    items: "tuple[Node, ...]"
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: "tuple[tuple[Scalar, Node], ...]"
    """In the order of the file; each key once."""
    line: int
    column: int

    def get(self, key: str) -> "Node | None":
        return next((value for name, value in self.entries if name.value == key), None)


@dataclass(frozen=True, slots=True)
class Refused:
    """Stands where the file had something that is not read (an alias): its problem is reported already."""

    line: int
    column: int


Node = Scalar | Sequence | Mapping | Refused


def describe(node: Node) -> str:
    """What a node is, for "expected text, found …"."""
    match node:
        case Scalar(value=""):
            return "nothing"
        case Scalar() if node.reads_as == "null":
            return "nothing"
        case Scalar() if node.reads_as in ("number", "boolean", "date"):
            return f"the {node.reads_as} {shown(node.value)[1:-1]}"
        case Scalar():
            return shown(node.value)
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Refused():
            return "an alias"


def read_yaml(
    path: str, data: str | bytes, what: str = "the file"
) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree of the one document in `data`, and what is wrong with it.

    `path` is for the problems, and `what` names the document in them. The tree is `None` when there is no content, or
    when it cannot be read to its end. Otherwise what can be used is there, whatever the problems.
    """
    findings = Findings(path)
    text = _decode(data, findings, what)
    root = TreeBuilder(findings, what).build(text) if text is not None else None
    return root, findings.sorted()


def _decode(data: str | bytes, findings: Findings, what: str) -> str | None:
    nowhere = Position(findings.path)
    if len(data) > MAX_BYTES:
        findings.add(nowhere, Rule.YAML_SYNTAX, f"{what} is larger than {MAX_BYTES // 1024 // 1024} MiB")
        return None
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
            where = Position(findings.path, line, column)
            findings.add(where, Rule.YAML_SYNTAX, "the file is not text in UTF-8", "save it as UTF-8")
            return None
    else:
        text = data
    text = text.removeprefix("\ufeff")
    if bad := _FORBIDDEN.search(text):
        add_character(text, bad.start(), findings)
        return None
    return text


@dataclass(slots=True)
class Open:
    """A mapping or list whose end has not come yet."""

    line: int
    column: int
    is_mapping: bool
    anchor: str | None = None
    tag: str | None = None
    nodes: list[Node] = field(default_factory=list[Node])
    """Of a mapping: keys and values in turn."""


def _has_odd_key(nodes: list[Node]) -> bool:
    """Return whether a mapping has a list or mapping as a key, as `{{ name }}` has: to its author it is a text."""
    return any(isinstance(key, Mapping | Sequence) for key in nodes[::2])


class TreeBuilder:
    """Builder of the tree of one document, with the `anchors` that it has met. It refuses aliases, anchors, tags and merge keys."""

    loader: ClassVar[Any] = _LOADER
    syntax_error: ClassVar[str] = ""
    """Beginning of messages about the syntax."""

    def __init__(self, findings: Findings, what: str) -> None:
        self.findings = findings
        self.what = what
        self.anchors: set[str] = set()

    def build(self, text: str) -> Node | None:
        stack: list[Open] = [Open(0, 0, is_mapping=False)]
        nodes = 0
        findings = self.findings
        try:
            for event in yaml.parse(text, Loader=self.loader):
                where = position_of(event.start_mark, findings.path)
                line, column = where.line, where.column
                if isinstance(event, yaml.NodeEvent):
                    nodes += 1
                    self.meet(event, where)
                if len(stack) > MAX_DEPTH or nodes > MAX_NODES or findings.full:
                    limit, hint = f"more than {MAX_NODES} values", "remove some of them"
                    if len(stack) > MAX_DEPTH:
                        limit, hint = TOO_DEEP
                    findings.add(where, Rule.YAML_SYNTAX, f"{self.what} has {limit}", hint)
                    return None
                match event:
                    case yaml.DocumentStartEvent() if stack[0].nodes:
                        message = "a second document begins here"
                        findings.add(where, Rule.YAML_SYNTAX, message, "keep one document a file")
                        break
                    case yaml.AliasEvent():
                        stack[-1].nodes.append(self.alias(event, where))
                    case yaml.ScalarEvent():
                        # A value left out after a key stands, for libyaml, right behind the colon.
                        stack[-1].nodes.append(self.scalar(event, line, column))
                    case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                        is_mapping = isinstance(event, yaml.MappingStartEvent)
                        stack.append(Open(line, column, is_mapping, event.anchor, event.tag))
                    case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                        closed = stack.pop()
                        node = self.close(closed)
                        if len(stack) > 1 and closed.is_mapping and _has_odd_key(closed.nodes):
                            node = Refused(closed.line, closed.column)
                        stack[-1].nodes.append(node)
                    case _:
                        pass
        except yaml.YAMLError as error:
            add_syntax_problem(error, text, findings, self.what, self.syntax_error)
            return None
        if not stack[0].nodes:
            self.add_nothing()
            return None
        return stack[0].nodes[0]

    def meet(self, event: yaml.NodeEvent, where: Position) -> None:
        """Refuse what every node may have besides its content."""
        if isinstance(event, yaml.AliasEvent):
            return
        is_empty = isinstance(event, yaml.ScalarEvent) and not event.value and not event.style
        quote = "put the text in quotes" if is_empty else ""
        if event.anchor is not None:
            message = f"anchors such as &{event.anchor} are not read"
            self.anchors.add(event.anchor)
            self.findings.add(where, Rule.YAML_SYNTAX, message, quote or "remove it")
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            name = shown(tag.replace("tag:yaml.org,2002:", "!!", 1))[1:-1]
            self.findings.add(
                where, Rule.YAML_SYNTAX, f"tags such as {name} are not read", quote or "remove it"
            )

    def alias(self, event: yaml.AliasEvent, where: Position) -> Node:
        message = f"aliases such as *{event.anchor} are not read"
        hint = "write the value out" if event.anchor in self.anchors else "put the text in quotes"
        self.findings.add(where, Rule.YAML_SYNTAX, message, hint)
        return Refused(where.line, where.column)

    def scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> Node:
        if not event.value and not event.style and (event.anchor or event.tag):
            return Refused(line, column)  # what is refused was meant to be the value
        return Scalar(event.value, line, column, plain=not event.style)

    def close(self, closed: Open) -> Node:
        if not closed.is_mapping:
            return Sequence(tuple(closed.nodes), closed.line, closed.column)
        pairs = zip(closed.nodes[::2], closed.nodes[1::2], strict=True)
        return Mapping(tuple(self.entries(pairs)), closed.line, closed.column)

    def entries(self, pairs: Iterable[tuple[Node, Node]]) -> Iterator[tuple[Scalar, Node]]:
        findings = self.findings
        first: dict[str, Scalar] = {}
        begins: Scalar | None = None
        """The key with which the mapping begins a second time."""
        for key, value in pairs:
            if not isinstance(key, Scalar):
                if not isinstance(key, Refused):
                    hint = "put text with braces or brackets in quotes"
                    findings.add(key, Rule.YAML_SYNTAX, f"a key must be a word, not {describe(key)}", hint)
            elif key.reads_as == "merge" and isinstance(value, Refused):
                pass  # the alias is told already
            elif key.reads_as == "merge":
                findings.add(key, Rule.YAML_SYNTAX, "merge keys (<<) are not read", "write the entries out")
            elif (
                key.value in first
                and key.plain
                and key.column > 1
                and key.value == next(iter(first))
                and len(first) > 1
            ):
                begins = key
                message = f"the key {shown(key.value)} of line {first[key.value].line} begins a second entry without a dash"
                hint = f'write "- {key.value}:", or remove one of them'
                findings.add(key, Rule.DUPLICATE_KEY, message, hint)
            elif key.value in first and begins is not None:
                continue  # told already by the missing dash
            elif key.value in first:
                message = f"the key {shown(key.value)} stands twice; first on line {first[key.value].line}"
                findings.add(key, Rule.DUPLICATE_KEY, message, "remove one of them")
            else:
                first[key.value] = key
                yield key, value

    def add_nothing(self) -> None:
        """Report a file without content."""
        self.findings.add(Position(self.findings.path), Rule.YAML_SYNTAX, "there is nothing in this file")
