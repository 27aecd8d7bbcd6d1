"""YAML as a small tree with positions, and no surprises: no aliases, tags, merge keys or guessed types.

Reads libyaml's events without recursion, so that neither depth nor size of a file costs more than the
file itself. Whatever is wrong with the content is a `Problem`, never an exception.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import yaml

from imagedocs.findings import Findings, Placed, conflict
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_DEPTH: Final = 32
MAX_NODES: Final = 250_000
_TOO_DEEP: Final = (f"more than {MAX_DEPTH} nested levels", "write it with fewer levels")

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
    root = _build(text, findings, what) if text is not None else None
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
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - text.rfind("\n", 0, bad.start())
        message = f"the character U+{ord(bad[0]):04X} is not allowed in YAML"
        findings.add(Position(findings.path, line, column), Rule.YAML_SYNTAX, message, "remove it")
        return None
    return text


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    line: int
    column: int
    is_mapping: bool
    nodes: list[Node] = field(default_factory=list[Node])
    """Of a mapping: keys and values in turn."""


def _build(text: str, findings: Findings, what: str) -> Node | None:
    stack: list[_Open] = [_Open(0, 0, is_mapping=False)]
    nodes = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            where = _position(event.start_mark, findings.path)
            line, column = where.line, where.column
            if isinstance(event, yaml.NodeEvent):
                nodes += 1
                _refuse_extras(event, where, findings)
            if len(stack) > MAX_DEPTH or nodes > MAX_NODES or findings.full:
                limit, hint = f"more than {MAX_NODES} values", "remove some of them"
                if len(stack) > MAX_DEPTH:
                    limit, hint = _TOO_DEEP
                findings.add(where, Rule.YAML_SYNTAX, f"{what} has {limit}", hint)
                return None
            match event:
                case yaml.DocumentStartEvent() if stack[0].nodes:
                    findings.add(
                        where, Rule.YAML_SYNTAX, "a second document begins here", "keep one document a file"
                    )
                    break
                case yaml.AliasEvent():
                    stack[-1].nodes.append(Refused(line, column))
                case yaml.ScalarEvent():
                    # A value left out after a key stands, for libyaml, right behind the colon.
                    stack[-1].nodes.append(Scalar(event.value, line, column, plain=not event.style))
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    stack.append(_Open(line, column, isinstance(event, yaml.MappingStartEvent)))
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    closed = stack.pop()
                    stack[-1].nodes.append(_close(closed, findings))
                case _:
                    pass
    except yaml.YAMLError as error:
        _add_syntax_problem(error, text, findings, what)
        return None
    if not stack[0].nodes:
        findings.add(Position(findings.path), Rule.YAML_SYNTAX, "there is nothing in this file")
        return None
    return stack[0].nodes[0]


def _position(mark: Placed | None, path: str) -> Position:
    return Position(path) if mark is None else Position(path, mark.line + 1, mark.column + 1)


def _refuse_extras(event: yaml.NodeEvent, where: Position, findings: Findings) -> None:
    if isinstance(event, yaml.AliasEvent):
        findings.add(
            where, Rule.YAML_SYNTAX, f"aliases such as *{event.anchor} are not read", "write the value out"
        )
        return
    if event.anchor is not None:
        findings.add(where, Rule.YAML_SYNTAX, f"anchors such as &{event.anchor} are not read", "remove it")
    tag: str | None = getattr(event, "tag", None)
    if tag is not None:
        name = tag.replace("tag:yaml.org,2002:", "!!", 1)
        findings.add(where, Rule.YAML_SYNTAX, f"tags such as {shown(name)[1:-1]} are not read", "remove it")


def _close(closed: _Open, findings: Findings) -> Node:
    if not closed.is_mapping:
        return Sequence(tuple(closed.nodes), closed.line, closed.column)
    return Mapping(tuple(_entries(closed.nodes, findings)), closed.line, closed.column)


def _entries(nodes: list[Node], findings: Findings) -> Iterator[tuple[Scalar, Node]]:
    first: dict[str, Scalar] = {}
    for key, value in zip(nodes[::2], nodes[1::2], strict=True):
        if not isinstance(key, Scalar):
            if not isinstance(key, Refused):
                hint = "put text with braces or brackets in quotes"
                findings.add(key, Rule.YAML_SYNTAX, f"a key must be a word, not {describe(key)}", hint)
        elif key.reads_as == "merge":
            findings.add(key, Rule.YAML_SYNTAX, "merge keys (<<) are not read", "write the entries out")
        elif key.value in first:
            message = f"the key {shown(key.value)} stands twice; first on line {first[key.value].line}"
            findings.add(key, Rule.DUPLICATE_KEY, message, "remove one of them")
        else:
            first[key.value] = key
            yield key, value


_BEGUN_EARLIER = (
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)
"""Of these, libyaml names the place where it gave up; the author looks for the place where it began."""

_HINTS = {
    "found character that cannot start any token": "put the text in quotes; indent with spaces, not tabs",
    "mapping values are not allowed in this context": "put text with a colon and a space in quotes, or check the indent",
    "found unexpected end of stream": "close the quote",
    "did not find expected ',' or ']'": "close the list with ]",
    "did not find expected ',' or '}'": "close the mapping with }",
    "did not find expected key": "check the indent of this line and of the one before",
    "did not find expected '-' indicator": "check the indent of this line and of the one before",
    "found unknown escape character": "use single quotes for text with backslashes",
}


def _add_syntax_problem(error: yaml.YAMLError, text: str, findings: Findings, what: str) -> None:
    if left := conflict(findings.path, text):
        findings.add(left, Rule.YAML_SYNTAX, "a merge left a conflict here", "keep one of the two sides")
        return
    problem = getattr(error, "problem", None) or "the file cannot be read"
    # The parser in Python words some of these otherwise.
    problem = str(problem).partition(", but ")[0]
    mark = getattr(error, "problem_mark", None)
    if problem in _BEGUN_EARLIER:
        mark = getattr(error, "context_mark", None) or mark
    where = _position(mark, findings.path)
    if "nesting depth" in problem:  # PyYAML since 6.0.4 has a limit of its own, and scans ahead to it
        limit, hint = _TOO_DEEP
        findings.add(where, Rule.YAML_SYNTAX, f"{what} has {limit}", hint)
        return
    context = getattr(error, "context", None)
    message = f"{context}: {problem}" if context else problem
    findings.add(where, Rule.YAML_SYNTAX, shown(message, 200)[1:-1], _HINTS.get(problem, ""))
