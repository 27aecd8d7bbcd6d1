"""Metadata of pages: the YAML between the `---` lines, within the limits of all YAML of a project.

The values are those that MkDocs gives to themes and plugins; MkDocs itself is handed what is read here, so that no
other reader of YAML meets a text that can stop it.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import yaml

from imagedocs.findings import Findings
from imagedocs.markdown.document import ThemeFile
from imagedocs.markdown.sources import Source
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import closest, is_one_slip, shown
from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import Node, Refused, Scalar, Sequence, describe, read_yaml

_LONGEST_NUMBER: Final = 300
"""Characters. A longer number is one by mistake, and Python refuses to write out those of some thousand digits."""

_TEXTS: Final = frozenset(
    [
        "title",
        "author",
        "description",
        "subtitle",
        "status",
        "icon",
        "template",
        "location",
        "breadcrumb_path",
        "monikerRange",
        "uid",
        "_tocRel",
        "robots",
    ]
)
"""Fields that themes and Microsoft Learn print or look up as text: `title: 1.10` is "1.10", and `title: No` is "No"."""
_RESERVED: Final = frozenset(
    [
        "locale",
        "canonical_url",
        "redirect_url",
        "document_id",
        "document_version_independent_id",
        "github_contributors",
        "updated_at",
        "content_git_url",
        "original_content_git_url",
        "original_content_git_url_template",
        "source_url",
        "gitcommit",
        "site_name",
        "depot_name",
        "conceptual",
        "wordCount",
        "rawTitle",
        "_path",
        "_rel",
        "_op_gitContributorInformation",
        "_op_canonicalUrlPrefix",
        "_op_pdfUrlPrefixTemplate",
    ]
)
"""Fields that Microsoft Learn fills in itself, so that what a page says there has no effect."""
_LISTS: Final = frozenset(["hide", "tags"])
"""What themes look through as a list of texts; one text stands for a list with nothing else."""

_TRANSLATORS: Final = ("human", "machine")
_KNOWN: Final = (_TEXTS - {"status", "_tocRel"}) | {
    "hide",
    "tags",
    "status",
    "translation",
    "translated_from",
    "search",
    "robots",
    "zone_pivot_groups",
    "zone_pivot_group_filename",
    "ms.openlocfilehash",
    "ms.sourcegitcommit",
    "ms.translationtype",
    "ms.lasthandoff",
}
"""Fields that imagedocs or a theme reads, which a slip of the keyboard would leave without effect."""

_RULES = {Rule.YAML_SYNTAX: Rule.YAML_HEADER_SYNTAX_ERROR, Rule.DUPLICATE_KEY: Rule.YAML_DUPLICATE_KEY}
_SAYS_NOTHING = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:(?:~|null)[ \t]*\n?)?")
_NO_DIGITS = re.compile("[-+]?0[bx]_+")
_IN_QUOTES = "put it in quotes to write it as text"
_TIMESTAMP = yaml.SafeLoader.timestamp_regexp


def read_front_matter(text: str | None, path: str) -> tuple[Mapping[str, Any], tuple[Problem, ...]]:
    """Return the metadata of the page at `path`, and what is wrong with it.

    `text` is what stands between the `---` lines; `None` where there are none. Metadata that cannot be read to its end
    is empty; a single value that means nothing, such as a day that no calendar has, is the text that was written.
    """
    if text is None or _SAYS_NOTHING.fullmatch(text):
        return {}, ()
    node, problems = _tree_of(text, path)
    findings = Findings(path, [_of_header(problem) for problem in problems])
    if node is None:
        return {}, findings.sorted()
    if not isinstance(node, MappingNode):
        message = "the metadata between the --- lines is no list of names with values"
        findings.add(
            Position(path, 1, 1),
            Rule.YAML_HEADER_NOT_OBJECT,
            message,
            "write `title: …`, one on a line",
        )
        return {}, findings.sorted()
    for key, _ in node.entries:
        if key.value in _RESERVED:
            message = f"the site itself says what {key.value} of a page is"
            findings.add(key, Rule.ATTRIBUTE_RESERVED, message, "remove it")
    _check_names(node, findings)
    values = {key.value: _field_value(key.value, value, findings) for key, value in node.entries}
    return {key: value for key, value in values.items() if value is not _UNFIT}, findings.sorted()


@lru_cache(maxsize=1)
def _tree_of(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the YAML tree of metadata. A build reads those of a page twice in a row: for the theme, and with the
    page."""
    return read_yaml(path, f"\n{text}", "the metadata")  # the first line of the file is ---


def place_of(name: str, text: str | None, path: str) -> Position:
    """Return where the page at `path` has the value of a field of its metadata `text`, else its first character."""
    node, _ = _tree_of(text or "", path)
    value = node.get(name) if isinstance(node, MappingNode) else None
    return Position(path, value.line, value.column) if value else Position(path, 1, 1)


def _check_names(node: MappingNode, findings: Findings) -> None:
    """Report names that are one slip away from those that are read: what they say would have no effect."""
    given = {key.value for key, _ in node.entries}
    for key, value in node.entries:
        name = key.value
        near = "" if name in _KNOWN or len(name) < 5 else closest(name, _KNOWN - given, 0.8)
        if near and near.rstrip("s") != name.rstrip("s") and is_one_slip(name, near):
            findings.add(
                key, Rule.UNKNOWN_KEY, f"nothing reads {shown(name)} of a page", f'did you mean "{near}"?'
            )
        if name == "translation" and isinstance(value, Scalar) and value.value.lower() not in _TRANSLATORS:
            meant = closest(value.value.lower(), _TRANSLATORS, 0.7)
            if meant:
                message = f"expected human or machine for translation, found {shown(value.value)}"
                findings.add(value, Rule.VIOLATE_SCHEMA, message, f'did you mean "{meant}"?')


def theme_files(source: Source, metadata: Mapping[str, Any]) -> Iterator[ThemeFile]:
    """Yield the files of the theme that the metadata of a page names."""
    for kind in ("template", "icon"):
        name = metadata.get(kind)
        if isinstance(name, str) and name:
            header = split_front_matter(source.text)[0]
            yield ThemeFile(kind, name, place_of(kind, header, source.path))


_UNFIT: Final = object()
"""In place of a value that a theme would fail on."""


def _field_value(name: str, node: Node, findings: Findings) -> Any:
    """Return what a field of the metadata means; a theme is given the type that it expects, or nothing."""
    if name in _LISTS:
        items = node.items if isinstance(node, Sequence) else (node,)
        values = [_text(name, item, "texts", findings) for item in items]
        return _UNFIT if _UNFIT in values else [value for value in values if value is not None]
    return _text(name, node, "text", findings) if name in _TEXTS else node_value(node, findings)


def _text(name: str, node: Node, expected: str, findings: Findings) -> Any:
    """Return a scalar as it is written, and nothing as `None`."""
    if isinstance(node, Scalar):
        value = node_value(node, findings)
        return None if value is None else node.value
    if not isinstance(node, Refused):
        findings.add(node, Rule.VIOLATE_SCHEMA, f"expected {expected} for {name}, found {describe(node)}")
    return _UNFIT


def _of_header(problem: Problem) -> Problem:
    where, rule = problem.position, _RULES.get(problem.rule, problem.rule)
    return Problem(
        Position(where.path, where.line or 1, where.column or 1), rule, problem.message, problem.hint
    )


def node_value(node: Node, findings: Findings) -> Any:
    """Return what a node means to a reader of YAML 1.1 such as MkDocs: texts, numbers, days, lists, mappings."""
    match node:
        case Scalar():
            return _scalar_value(node, findings)
        case Sequence():
            return [node_value(item, findings) for item in node.items]
        case MappingNode():
            return {key.value: node_value(value, findings) for key, value in node.entries}
        case Refused():
            return None


def _scalar_value(scalar: Scalar, findings: Findings) -> Any:
    kind = scalar.reads_as
    if kind in ("text", "merge"):
        return scalar.value
    fault, hint = _fault(kind, scalar.value)
    if fault:
        findings.add(scalar, Rule.YAML_HEADER_SYNTAX_ERROR, fault, hint)
        return scalar.value
    loader: Any = yaml.SafeLoader("")  # PyYAML has no types
    tag = loader.resolve(yaml.ScalarNode, scalar.value, (True, False))
    return loader.construct_object(yaml.ScalarNode(tag, scalar.value))


def _fault(kind: str, text: str) -> tuple[str, str]:
    """Return why a plain scalar has the form of a number or a date and is none, and what to write instead."""
    if kind == "date":
        return _date_fault(text)
    if kind == "number":
        if len(text) > _LONGEST_NUMBER:
            return f"a number has at most {_LONGEST_NUMBER} characters", _IN_QUOTES
        if _NO_DIGITS.fullmatch(text):
            return f"{shown(text)} is not a number: it has no digits", _IN_QUOTES
    return "", ""


def _date_fault(text: str) -> tuple[str, str]:
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return "", ""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    written = f"{found['year']}-{month:02}-{day:02}"
    if not year:
        return f"{shown(text)} is not a day: there is no year 0", _IN_QUOTES
    if not 1 <= month <= 12:
        return f"{shown(text)} is not a day: a month is a number from 01 to 12", _IN_QUOTES
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        message = f"{shown(text)} is not a day: {calendar.month_name[month]} {year} has {last} days"
        near = min(max(day, 1), last)
        return message, f"write a day of that month, such as {written[:-2]}{near:02}"
    if found["hour"] is None:
        return "", ""
    hour, minute, second = (int(found[name]) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        return f"{shown(text)} is not a time: the last of a day is 23:59:59", _IN_QUOTES
    if found["tz_sign"] and (int(found["tz_hour"]) > 23 or int(found["tz_minute"] or 0) > 59):
        return f"{shown(text)} is not a time: it is less than 24 hours from UTC", _IN_QUOTES
    return "", ""


def read_day(value: object) -> date | None:
    """Return the day that the metadata of a page gives: 2026-03-20, 03/20/2026 as in sets of Learn, or a day that YAML
    has read already; `None` for anything else."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(str(value).strip()[:10], form).date()  # noqa: DTZ007  # a day is in no zone
        except ValueError:
            continue
    return None
