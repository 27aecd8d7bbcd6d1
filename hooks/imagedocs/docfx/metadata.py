"""The metadata that `docfx.json` gives to pages: `globalMetadata` to all, `fileMetadata` to those of a pattern."""

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from imagedocs.docfx.content import Content, leaves_out, read_content, source_of
from imagedocs.docfx.patterns import MAX_PATTERNS, Pattern, read_pattern
from imagedocs.findings import Findings
from imagedocs.markdown.front_matter import read_day
from imagedocs.yaml.fields import Fields, wrong_type
from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import Node, Scalar, Sequence

KEYS: Final = ("title", "description", "author", "ms.author", "ms.date")
"""What a page shows of it. Others (`template`, `search`) have a meaning of their own for the theme."""

_PIVOT_FILE: Final = "zone_pivot_group_filename"
_IN_LOCALE = re.compile(r"docs/[^/]+/")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one `docfx.json` says."""

    folder: str = ""
    """Where it lies, with a slash at the end; its patterns count from there."""
    everywhere: Mapping[str, str] = field(default_factory=dict[str, str])
    by_pattern: tuple[tuple[Pattern, str, str], ...] = ()
    """Pattern, key, value; of those that match, the last one counts."""
    alerts: tuple[str, ...] = ()
    """Further kinds of alerts, in capitals."""
    content: tuple[Content, ...] = ()
    """What is published, and where."""
    pivot_files: tuple[str, ...] = ()
    """Published addresses of the lists of pivot groups that pages are given."""

    def place(self, path: str) -> str:
        """The project's file `path`, counted from the folder; a page of a translation as the one that it is of."""
        if path.startswith(self.folder):
            return path.removeprefix(self.folder)
        in_locale = _IN_LOCALE.match(path)
        return path[in_locale.end() :] if in_locale and _IN_LOCALE.fullmatch(self.folder) else path

    def leaves_out(self, path: str) -> bool:
        """Whether the project's file `path` is no part of the site."""
        return bool(self.content) and leaves_out(self.content, self.place(path))

    def published_from(self, address: str) -> str:
        """The path, from the docs folder of a locale on, of the file that is published at `address`."""
        path = self.folder + source_of(self.content, address)
        in_locale = _IN_LOCALE.match(path)
        return path[in_locale.end() :] if in_locale else path

    def of(self, path: str) -> Mapping[str, str]:
        """The metadata of the project's file `path`."""
        place = self.place(path)
        matching = ((key, value) for pattern, key, value in self.by_pattern if pattern.matches(place))
        return {**self.everywhere, **dict(matching)}


def metadata_of(fields: Fields, folder: str, findings: Findings) -> Metadata:
    """What the settings of a documentation set, whose files lie in `folder`, give to pages."""
    everywhere: dict[str, str] = {}
    by_pattern: list[tuple[Pattern, str, str]] = []
    if (every := fields.mapping_of("globalMetadata")) is not None:
        everywhere = dict(_values(every, findings))
    if (some := fields.mapping_of("fileMetadata")) is not None:
        by_pattern = list(_patterns(some, findings))
    engine = fields.mapping_of("markdownEngineProperties")
    kinds = engine.mapping_of("alerts") if engine else None
    alerts = tuple(key.value.upper() for key, _ in kinds.mapping.entries) if kinds else ()
    named = [every.node(_PIVOT_FILE)] if every is not None else []
    if some is not None and isinstance(of_files := some.node(_PIVOT_FILE), MappingNode):
        named += (value for _, value in of_files.entries)
    pivot_files = tuple(dict.fromkeys(each.value for each in named if isinstance(each, Scalar)))
    return Metadata(folder, everywhere, tuple(by_pattern), alerts, read_content(fields), pivot_files)


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
    `author`, and `revision_date` with the day as `write_day` has it. All of it is text."""
    for key, value in given.items():
        if front_matter.get(key) is None:
            front_matter[key] = value
    if front_matter.get("author") is None and front_matter.get("ms.author") is not None:
        front_matter["author"] = front_matter["ms.author"]
    day = read_day(front_matter.get("ms.date"))
    if day is not None:
        front_matter.setdefault("revision_date", write_day(day))
