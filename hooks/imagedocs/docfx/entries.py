"""A table of contents as it is written, `TOC.yml`, `toc.json` or `toc.md`: entries with their places.

What the entries lead to is not looked at here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from imagedocs.docfx.files import Written
from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.nodes import Mapping, Node, Refused, Scalar, Sequence, describe, read_yaml

NAMES = tuple(f"{stem}.{form}" for form in ("md", "json", "yml") for stem in ("TOC", "toc", "Toc"))
"""File names of a table of contents, in the order in which they are looked for."""

FIELDS = ("href", "topicHref", "tocHref", "uid")
"""What an entry may lead to."""

_NAMES = ("text", "text_special", "code_inline", "html_inline")
"""Tokens of Markdown that are the name of an entry: `List<T>` is no HTML there."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(slots=True)
class Entry:
    name: str
    position: Position
    targets: dict[str, Written] = field(default_factory=dict[str, Written])
    """By the name of the field (`FIELDS`)."""
    items: "list[Entry]" = field(default_factory=list["Entry"])


def is_toc(path: str) -> bool:
    """Whether the file's name is that of a table of contents."""
    return path.rpartition("/")[2].lower() in ("toc.md", "toc.json", "toc.yml")


def read_entries(path: str, text: str) -> tuple[list[Entry], tuple[Problem, ...]]:
    """The entries of the file `path`, and what is wrong with its form."""
    if path.lower().endswith(".md"):
        return _read_headings(path, text)
    if not text.strip():
        return [], ()
    root, problems = read_yaml(path, text)
    findings = Findings(path)
    if isinstance(root, Mapping):  # the whole may have metadata beside its items
        root = root.get("items")
    entries = list(_read_list(root, findings)) if root is not None else []
    return entries, (*problems, *findings.sorted())


def _read_list(node: Node, findings: Findings) -> Iterator[Entry]:
    if not isinstance(node, Sequence):
        if not _is_nothing(node):
            message = f"expected a list of entries, found {describe(node)}"
            findings.add(node, Rule.WRONG_TYPE, message, 'write "- name: …" for each')
        return
    for item in node.items:
        if isinstance(item, Mapping):
            yield _read_entry(item, findings)
        elif not _is_nothing(item):
            message = f"expected an entry with a name, found {describe(item)}"
            findings.add(item, Rule.WRONG_TYPE, message, 'write "- name: …"')


def _read_entry(node: Mapping, findings: Findings) -> Entry:
    name = node.get("name")
    text = _text(node, "name", findings)
    entry = Entry(text.value if text else "", findings.at(node))
    for key in FIELDS:
        if target := _text(node, key, findings):
            entry.targets[key] = target
    if not text and not isinstance(name, Sequence | Mapping) and "uid" not in entry.targets:
        findings.add(name or node, Rule.MISSING_FIELD, 'the field "name" is missing')
    items = node.get("items")
    if items is not None:
        entry.items = list(_read_list(items, findings))
    return entry


def _text(node: Mapping, key: str, findings: Findings) -> Written | None:
    value = node.get(key)
    if value is None or _is_nothing(value):
        return None
    if not isinstance(value, Scalar):
        findings.add(value, Rule.WRONG_TYPE, f"expected text, found {describe(value)}")
        return None
    return Written(value.value.strip(), findings.at(value))


def _is_nothing(node: Node) -> bool:
    """Left out, or refused with a problem of its own."""
    return isinstance(node, Refused) or (
        isinstance(node, Scalar) and (not node.value.strip() or node.reads_as == "null")
    )


def _read_headings(path: str, text: str) -> tuple[list[Entry], tuple[Problem, ...]]:
    """`# [name](target)`, one on a line; the number of `#` is the level, and may go beyond 6."""
    findings = Findings(path)
    if front_matter := _FRONT_MATTER.match(text):
        text = _blank(front_matter) + text[front_matter.end() :]
    entries: list[Entry] = []
    parents: list[Entry] = []
    top = 0
    for number, line in enumerate(_COMMENT.sub(_blank, text).split("\n"), 1):
        if not line.strip():
            continue
        place = Position(path, number, 1)
        rest = line.lstrip("#")
        level = len(line) - len(rest)
        entry = _read_heading(line, level, place) if level and rest[:1] in ("", " ", "\t") else None
        if entry is None:
            message = "a line of toc.md is neither a name nor one link behind # and a space"
            findings.add(place, Rule.INVALID_TOC_SYNTAX, message, 'write "# [name](page.md)"')
            continue
        if not entry.name and "uid" not in entry.targets:
            findings.add(place, Rule.MISSING_FIELD, "there is no name behind this #")
        top = top or level
        depth = level - top
        if not 0 <= depth <= len(parents):
            last = top + len(parents) - 1
            message = (
                f"the level goes from {last} to {level}"
                if depth > 0
                else f"the level is above the first, {top}"
            )
            hint = f"write {'#' * (top if depth < 0 else last + 1)} here"
            findings.add(place, Rule.INVALID_TOC_LEVEL, message, hint)
            depth = max(0, min(depth, len(parents)))
        (parents[depth - 1].items if depth else entries).append(entry)
        parents[depth:] = [entry]
    return entries, findings.sorted()


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _read_heading(line: str, level: int, place: Position) -> Entry | None:
    """`None` for what is neither text nor one link."""
    from imagedocs.markdown.syntax.grammar import grammar  # here: most tables of contents are YAML or JSON

    content = line[level:].strip()
    closed = content.rstrip("#")
    if not closed or closed[-1] in " \t":
        content = closed.rstrip()
    at = Position(place.path, place.line, line.index(content, level) + 1)
    tokens = grammar().parseInline(content, {})[0].children or []
    links = [token for token in tokens if token.type == "link_open"]
    uids = [token for token in tokens if token.type == "xref"]
    name = "".join(token.content for token in tokens if token.type in _NAMES)
    entry = Entry(name.strip(), place)
    if not links and not uids:
        return entry
    if len(links) + len(uids) > 1 or (
        links and (tokens[0] is not links[0] or tokens[-1].type != "link_close")
    ):
        return None
    if uids:
        entry.targets["uid"] = Written(uids[0].info, at)
        return entry
    href = str(links[0].attrs.get("href", ""))
    kind, text = ("uid", href[5:]) if href.lower().startswith("xref:") else ("href", href)
    if text:
        entry.targets[kind] = Written(text, at)
    return entry
