"""Hand-written lists in, a catalog and everything that is doubtful out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from posixpath import commonpath
from typing import Final

from imagedocs.importing.bullets import read_bullets
from imagedocs.importing.columns import find_columns, find_lost
from imagedocs.importing.comparison import ReadList, compare
from imagedocs.importing.data_files import DataFile, is_data_file
from imagedocs.importing.delimited import read_delimited
from imagedocs.importing.doubts import doubts, find_contradictions
from imagedocs.importing.entries import Entry
from imagedocs.importing.html_tables import read_html_tables
from imagedocs.importing.markdown_tables import read_markdown_tables
from imagedocs.importing.rendering import render_entries
from imagedocs.importing.rows import RowReader
from imagedocs.importing.stanzas import StanzaReader, is_stanza_file
from imagedocs.importing.tables import ListFile, Table
from imagedocs.importing.trees import TreeReader
from imagedocs.markdown.syntax.lines import split_front_matter
from imagedocs.problems import Position, Problem, Rule, Severity
from imagedocs.references.grammar import DEFAULT_TAG
from imagedocs.suggestions import shown

MOST_CHARACTERS: Final = 1024 * 1024
MOST_ROWS: Final = 5000
"""Of one file; people write no longer lists."""
UNKNOWN_REGISTRY: Final = "registry.invalid"
"""Written where no registry is known; it can never be one (RFC 6761)."""

_DATE = re.compile(
    r"^(?:[\w-]+\.)*date:[ \t]*[\"']?(?:(\d{4}-\d\d-\d\d)|(\d\d)/(\d\d)/(\d{4}))\b", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Imported:
    entries: tuple[Entry, ...]
    """Each image once, as it stands in the first list that has it."""
    problems: tuple[Problem, ...]
    """Sorted."""
    catalog: str
    """The text of a catalog with the entries."""


def read_lists(files: Sequence[ListFile], *, as_of: date, registry: str = "") -> Imported:
    """Read lists of images from Markdown, HTML, CSV, JSON, YAML and stanzas, and compare them.

    `registry` (`host` or `host/namespace`) is that of images that a list names without one. `as_of` is
    written as the day since when an image is listed where neither the file nor `ListFile.day` says one.
    """
    problems: list[Problem] = []
    lists: list[ReadList] = []
    host, _, namespace = registry.partition("/")
    parts: list[ReadList] = []
    for file in files:
        read = _read(file, host, namespace, as_of)
        problems += read.problems
        (parts if read.is_part else lists).append(ReadList(file.path, read.entries))
    if parts:
        folder = commonpath([part.path for part in parts])
        lists.append(ReadList(folder or parts[0].path, tuple(e for part in parts for e in part.entries)))
    if len(lists) > 1:
        problems += compare(lists)
    entries = _merge(lists)
    chosen = _registry(entries)
    left_out = [entry for one in lists for entry in one.entries if entry.contradictions]
    catalog = render_entries(entries, chosen or UNKNOWN_REGISTRY, as_of, left_out)
    unique = dict.fromkeys(sorted(problems, key=lambda problem: problem.sort_key))
    return Imported(entries, tuple(unique), catalog)


@dataclass(frozen=True, slots=True)
class _Read:
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    is_part: bool = False
    """The file has one image, or one repository: all such files together are a list."""


def _read(file: ListFile, host: str, namespace: str, as_of: date) -> _Read:
    if len(file.text) > MOST_CHARACTERS:
        message = f"the file has more than {MOST_CHARACTERS} characters"
        return _Read((), (Problem(Position(file.path), Rule.UNREADABLE_FILE, message),))
    day_problems: list[Problem] = []
    if file.day is None:
        file = replace(file, day=_day(file, day_problems, as_of))
    problems: list[Problem] = []
    is_data = file.path.lower().endswith((".yml", ".yaml")) and is_data_file(file.text)
    is_part = is_data or is_stanza_file(file.text)
    if is_data:
        data = DataFile(file, host or UNKNOWN_REGISTRY, namespace)
        entries = tuple(data.entries())
        problems += data.findings.problems
        if entries and not host:
            message = f"the file names no registry; {UNKNOWN_REGISTRY} is written"
            problems.append(Problem(entries[0].position, Rule.MISSING_FIELD, message, "name the registry"))
    elif is_part:
        stanzas = StanzaReader(file, host, namespace)
        entries = tuple(stanzas.entries())
        problems += stanzas.problems
    else:
        entries = tuple(_from_tables(file, registry=host, namespace=namespace, problems=problems))
    entries = find_contradictions(entries)
    if not entries:
        if all(problem.severity is Severity.SUGGESTION for problem in problems):
            message = "there is no list of images in this file"
            hint = "name each image as in registry.example/team/name:tag"
            problems.append(Problem(Position(file.path), Rule.IMPORT_NOTHING_FOUND, message, hint))
        return _Read((), tuple(problems), is_part)
    undated = any(entry.day is None for entry in entries)
    return _Read(entries, (*problems, *doubts(entries), *(day_problems if undated else ())), is_part)


def _from_tables(file: ListFile, registry: str, namespace: str, problems: list[Problem]) -> Iterator[Entry]:
    count = 0
    lost: list[Problem] = []
    for table in _tables(file, problems):
        found = find_columns(table, file.path)
        if not found:
            lost += find_lost(table)
        for columns in found:
            reader = RowReader(file, table, columns, registry, namespace)
            for entry in reader.entries():
                yield entry
                count += 1
                if count == MOST_ROWS:
                    message = f"the file has more than {MOST_ROWS - 1} rows; the others are not read"
                    problems.append(Problem(entry.position, Rule.UNREADABLE_FILE, message, "divide the file"))
                    break
            problems += (*columns.problems, *reader.problems)
            if count == MOST_ROWS:
                return
    problems += lost


def _tables(file: ListFile, problems: list[Problem]) -> Iterator[Table]:
    suffix = file.path.lower().rpartition(".")[2]
    if suffix in ("html", "htm"):
        yield from read_html_tables(file.path, file.text)
    elif suffix in ("csv", "tsv"):
        yield from read_delimited(file, problems)
    elif suffix in ("json", "yaml", "yml"):
        reader = TreeReader(file)
        yield from reader.tables()
        problems += reader.problems
    else:
        tables = tuple(read_markdown_tables(file))
        yield from tables
        if not any(
            find_columns(table, file.path) for table in tables
        ):  # bullets may speak of images in passing
            yield from read_bullets(file, problems)


def _day(file: ListFile, problems: list[Problem], as_of: date) -> date | None:
    """The date in the front matter, if it can be read in one way only."""
    front_matter, _, _ = split_front_matter(file.text)
    match = _DATE.search(front_matter or "")
    reason = "nothing says since when the list has its images"
    if match:
        texts = [match[1]] if match[1] else []
        if match[2]:
            month, day = (match[2], match[3]) if int(match[2]) <= 12 else (match[3], match[2])
            is_clear = int(match[2]) > 12 or int(match[3]) > 12 or match[2] == match[3]
            texts = [f"{match[4]}-{month}-{day}"] if is_clear else []
        for text in texts:
            try:
                return date.fromisoformat(text)
            except ValueError:
                reason = f"there is no day {text}"
        if not texts:
            reason = f"{shown(match[0].partition(':')[2].strip())} can be read as two days"
    problems.append(
        Problem(
            Position(file.path),
            Rule.IMPORT_CELL_DOUBTFUL,
            f"{reason}; {as_of} is written",
            "name the day of the list",
        )
    )
    return None


_Key = tuple[str, str, str]


def _merge(lists: Iterable[ReadList]) -> tuple[Entry, ...]:
    """Each image once, with the first day of all lists; entries in the wrong row are left out.

    An image is known by its first tag. A further tag that moves from release to release stays with the first that has
    it, unless it is the first tag of another.
    """
    found: dict[_Key, Entry] = {}
    for one in lists:
        for entry in one.entries:
            if entry.contradictions:
                continue
            first = found.setdefault(_key(entry, entry.reference.tag or DEFAULT_TAG), entry)
            if entry.day and (first.day is None or entry.day < first.day):
                found[_key(entry, entry.reference.tag or DEFAULT_TAG)] = replace(first, day=entry.day)
    taken = set(found)
    for key, entry in found.items():
        more = [tag for tag in entry.more_tags if _key(entry, tag) not in taken]
        taken.update(_key(entry, tag) for tag in more)
        found[key] = replace(entry, more_tags=tuple(more))
    return tuple(found.values())


def _key(entry: Entry, tag: str) -> _Key:
    return entry.reference.name, tag, entry.reference.digest or ""


def _registry(entries: Iterable[Entry]) -> str:
    """That of most images; of equals the first."""
    counts = Counter(entry.reference.domain for entry in entries)
    return max(counts, key=counts.__getitem__, default="")
