"""The metadata that `docfx.json` gives to pages: `globalMetadata` to all, `fileMetadata` to those of a pattern."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Any, Final

from imagedocs.docfx.files import read_tree
from imagedocs.findings import Findings
from imagedocs.markdown.sources import Source, Sources
from imagedocs.problems import Problem
from imagedocs.yaml_fields import Fields, root_fields, wrong_type
from imagedocs.yaml_nodes import Mapping as MappingNode
from imagedocs.yaml_nodes import Node, Scalar, Sequence

NAME = "docfx.json"

KEYS: Final = ("title", "description", "author", "ms.author", "ms.date")
"""What a page shows of it. Others (`template`, `search`) have a meaning of their own for the theme."""

MAX_PATTERNS: Final = 1000
"""That one pattern with braces may stand for."""

_MARKUP = str.maketrans({'"': "&quot;", "<": "&lt;", ">": "&gt;"})

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A path with `*`, `?` and `[…]` within a folder's name, `**` for any folders, and `{a,b}`. Capitals do not
    matter."""

    alternatives: tuple[tuple[str, ...], ...]
    """Split at the slashes."""

    def matches(self, path: str) -> bool:
        names = path.lower().split("/")
        return any(_matches(alternative, names) for alternative in self.alternatives)


def read_pattern(text: str) -> Pattern | None:
    """`None` for one with too many alternatives."""
    open_ones, done = [text.replace("\\", "/").lower().removeprefix("./")], list[str]()
    while open_ones:
        each = open_ones.pop()
        braces = _BRACES.search(each)
        if braces is None:
            done.append(each)
        else:
            choices = braces[1].split(",")
            open_ones += [each[: braces.start()] + choice + each[braces.end() :] for choice in choices]
        if len(open_ones) + len(done) > MAX_PATTERNS:
            return None
    return Pattern(tuple(tuple(each.split("/")) for each in done))


def _matches(pattern: tuple[str, ...], names: list[str]) -> bool:
    """One step for each pair of parts: `reached[n]` says that the parts so far match the first `n` names."""
    reached = [True, *(False for _ in names)]
    for part in pattern:
        if part == "**":
            first = reached.index(True) if True in reached else len(reached)
            reached = [number >= first for number in range(len(reached))]
        else:
            before = reached
            reached = [False, *(before[n] and fnmatchcase(name, part) for n, name in enumerate(names))]
    return reached[-1]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one `docfx.json` says."""

    folder: str
    """Where it lies, with a slash at the end; its patterns count from there."""
    everywhere: Mapping[str, str]
    by_pattern: tuple[tuple[Pattern, str, str], ...] = ()
    """Pattern, key, value; of those that match, the last one counts."""
    alerts: tuple[str, ...] = ()
    """Further kinds of alerts, in capitals."""

    def of(self, path: str) -> Mapping[str, str]:
        """The metadata of the project's file `path`."""
        place = path.removeprefix(self.folder)
        matching = ((key, value) for pattern, key, value in self.by_pattern if pattern.matches(place))
        return {**self.everywhere, **dict(matching)}


def find_metadata(sources: Sources, chain: Iterable[str]) -> Source | None:
    """The `docfx.json` of the first locale of `chain` that has one, or that of the project."""
    candidates = (*(f"docs/{tag}/{NAME}" for tag in chain), NAME)
    return next((source for path in candidates if (source := sources.read(path))), None)


def read_metadata(source: Source) -> tuple[Metadata, tuple[Problem, ...]]:
    """What `docfx.json` says, and what is wrong with it."""
    root, problems = read_tree(source)
    findings = Findings(source.path)
    fields = root_fields(root, findings)
    build = fields.mapping_of("build") if fields else None
    everywhere: dict[str, str] = {}
    by_pattern: list[tuple[Pattern, str, str]] = []
    alerts: tuple[str, ...] = ()
    if build:
        if (every := build.mapping_of("globalMetadata")) is not None:
            everywhere = dict(_values(every, findings))
        if (some := build.mapping_of("fileMetadata")) is not None:
            by_pattern = list(_patterns(some, findings))
        engine = build.mapping_of("markdownEngineProperties")
        kinds = engine.mapping_of("alerts") if engine else None
        alerts = tuple(key.value.upper() for key, _ in kinds.mapping.entries) if kinds else ()
    folder = source.path.removesuffix(NAME)
    return Metadata(folder, everywhere, tuple(by_pattern), alerts), (*problems, *findings.sorted())


def _values(fields: Fields, findings: Findings) -> Iterator[tuple[str, str]]:
    for key in KEYS:
        node = fields.node(key)
        value = None if node is None else _text(node, findings)
        if value:
            yield key, value


def _patterns(fields: Fields, findings: Findings) -> Iterator[tuple[Pattern, str, str]]:
    for key in KEYS:
        values = fields.node(key)
        if values is None:
            continue
        if not isinstance(values, MappingNode):
            wrong_type(values, "a mapping of patterns to values", findings)
            continue
        for written, node in values.entries:
            pattern = read_pattern(written.value)
            value = _text(node, findings)
            if pattern is None:
                wrong_type(written, f"a pattern of at most {MAX_PATTERNS} alternatives", findings)
            elif value is not None:
                yield pattern, key, value


def _text(node: Node, findings: Findings) -> str | None:
    """A value as the page shows it; of several, all."""
    values = node.items if isinstance(node, Sequence) else (node,)
    if not all(isinstance(value, Scalar) for value in values):
        wrong_type(node, "text", findings)
        return None
    texts = [value.value for value in values if isinstance(value, Scalar) and value.reads_as != "null"]
    return ", ".join(" ".join(text.split()) for text in texts)


def complete(
    front_matter: MutableMapping[str, Any], given: Mapping[str, str], write_day: Callable[[date], str]
) -> None:
    """Add to a page's front matter, which has precedence, what is `given` to it, under the names that themes know:
    `author`, and `revision_date` with the day as `write_day` has it.

    Themes write these into the page as they are: what would be markup there is escaped.
    """
    for key, value in given.items():
        if front_matter.get(key) is None:
            front_matter[key] = value.translate(_MARKUP)
    if front_matter.get("author") is None and front_matter.get("ms.author") is not None:
        front_matter["author"] = front_matter["ms.author"]
    for key in ("description", "author"):
        if front_matter.get(key) is not None:
            front_matter[key] = str(front_matter[key]).translate(_MARKUP)
    day = read_day(front_matter.get("ms.date"))
    if day is not None:
        front_matter.setdefault("revision_date", write_day(day))


def read_day(value: object) -> date | None:
    """The day of `ms.date`: 03/16/2026, 2026-03-16, or a day that YAML has read already."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(str(value).strip()[:10], form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None
