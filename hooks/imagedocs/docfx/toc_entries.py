"""What a table of contents says: `TOC.yml` (https://dotnet.github.io/docfx/docs/table-of-contents.html) and
`toc.md`, whose headings are the entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imagedocs.findings import Findings
from imagedocs.markdown import Document, Source, parse
from imagedocs.markdown.sources import Sources
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml_fields import wrong_type
from imagedocs.yaml_nodes import Mapping, Node, Scalar, Sequence

from imagedocs.docfx.files import read_tree

_LINKS = ("href", "tocHref", "topicHref", "uid")
_ALIASES = {"homepage": "topicHref", "topicUid": "uid"}


@dataclass(frozen=True, slots=True)
class Written:
    """A value, and where it stands."""

    value: str
    position: Position


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as it is written."""

    name: str
    position: Position
    links: dict[str, Written]
    """By key: `href`, `tocHref`, `topicHref`, `uid`."""
    children: "tuple[Entry, ...]"


def read_entries(source: Source, sources: Sources) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries of the table of contents in `source`, and what is wrong with its form."""
    if source.path.lower().endswith(".md"):
        if source.problems:
            return (), source.problems
        return _from_headings(parse(source, sources).document)
    root, problems = read_tree(source)
    findings = Findings(source.path)
    entries = tuple(_from_nodes(_list_of(root, findings), findings))
    return entries, (*problems, *findings.sorted())


def _list_of(root: Node | None, findings: Findings) -> tuple[Node, ...]:
    """The items of a file: it is a list, or has one under `items`."""
    node = root.get("items") if isinstance(root, Mapping) else root
    if isinstance(node, Sequence):
        return node.items
    place = node or root
    if place is not None:
        wrong_type(place, "a list of entries", findings)
    return ()


def _from_nodes(nodes: Iterable[Node], findings: Findings) -> Iterator[Entry]:
    for node in nodes:
        if not isinstance(node, Mapping):
            wrong_type(node, "an entry such as `name: Overview`", findings)
            continue
        texts = {key: written for key, written in _texts(node, findings)}
        name = texts.get("name") or texts.get("displayName")
        links = {key: texts[key] for key in _LINKS if key in texts}
        items = node.get("items")
        children = items.items if isinstance(items, Sequence) else ()
        if isinstance(items, Mapping) or (isinstance(items, Scalar) and items.value):
            wrong_type(items, "a list of entries", findings)
        if name is None and not any(key in links for key in ("href", "topicHref", "uid")):
            findings.add(node, Rule.MISSING_FIELD, 'the field "name" is missing')
        elif not links and not children:
            message = f"the entry {shown(name.value if name else '')} leads nowhere"
            findings.add(node, Rule.MISSING_FIELD, message, 'write "href:" or "items:"')
        yield Entry(
            name.value if name else "",
            findings.at(node),
            links,
            tuple(_from_nodes(children, findings)),
        )


def _texts(node: Mapping, findings: Findings) -> Iterator[tuple[str, Written]]:
    """The entry's name and links. Numbers are names too (`name: 1.10`); empty values are none."""
    for key, value in node.entries:
        name = _ALIASES.get(key.value, key.value)
        if name not in ("name", "displayName", *_LINKS):
            continue
        if not isinstance(value, Scalar):
            wrong_type(value, "text", findings)
        elif value.value.strip() and value.reads_as != "null":
            yield name, Written(" ".join(value.value.split()), findings.at(value))


@dataclass(slots=True)
class _Open:
    """A heading whose entries below it have not all come yet."""

    level: int
    name: str
    position: Position
    links: dict[str, Written]
    children: list[Entry]

    def closed(self) -> Entry:
        return Entry(self.name, self.position, self.links, tuple(self.children))


def _from_headings(document: Document) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    by_line = {(link.position.path, link.position.line): link for link in document.links}
    headings = {(heading.position.path, heading.position.line) for heading in document.headings}
    for text in document.texts:
        place = (text.position.path, text.position.line)
        if place not in headings and text.content.strip():
            headings.add(place)  # once a line is enough
            message = f"{shown(text.content.strip(), 40)} is not part of a heading"
            hint = "write an entry as # [Name](page.md)"
            problems.append(Problem(text.position, Rule.INVALID_TOC_SYNTAX, message, hint))
    root = _Open(0, "", Position(document.path), {}, [])
    stack = [root]
    for heading in document.headings:
        while stack[-1].level >= heading.level:
            closed = stack.pop()
            stack[-1].children.append(closed.closed())
        if heading.level > stack[-1].level + 1:
            message = f"a heading of level {heading.level} stands below one of level {stack[-1].level}"
            hint = f"write {'#' * (stack[-1].level + 1)} in front of it"
            problems.append(Problem(heading.position, Rule.INVALID_TOC_LEVEL, message, hint))
        link = by_line.get((heading.position.path, heading.position.line))
        links = {"href": Written(link.target, link.position)} if link else {}
        stack.append(_Open(heading.level, heading.text, heading.position, links, []))
    while len(stack) > 1:
        closed = stack.pop()
        stack[-1].children.append(closed.closed())
    return tuple(root.children), tuple(problems)
