"""Versions of a source page: the segments that a translation was made from, kept to be compared with later.

A version is named by the hash of its segments and kept in `locales/sources/<name>.json`, a segment a line. It is
written once and never changed, so that two branches cannot conflict in it; translations of one version in
several languages share the file; and nothing in it depends on where the page lies.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, cast

from imagedocs.files.history import committed_file
from imagedocs.freshness.segments import Kind, Segment, fingerprint
from imagedocs.incremental.reads import is_file
from imagedocs.locales.files import read_project_file
from imagedocs.problems import Problem

FOLDER: Final = "locales/sources"
FORMAT: Final = 1
MAX_BYTES: Final = 32 * 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Version:
    segments: tuple[Segment, ...]

    @cached_property
    def name(self) -> str:
        return fingerprint(self.segments)


def version_path(name: str) -> str:
    return f"{FOLDER}/{name}.json"


def read_version(root: Path, name: str) -> Version | None:
    """Return the version that is kept as `name`, in the folder or in git's history: a branch may have removed what a
    page of another one names. `None` when there is none, or none that is what its name says."""
    if not _NAME.fullmatch(name):
        return None
    if is_file(root, version_path(name)):
        content = read_project_file(root, version_path(name), MAX_BYTES)
        return None if isinstance(content, Problem) else _version(content, name)
    is_file(root, ".git/shallow")  # recorded: with the rest of the history there, a result is made anew
    committed = committed_file(root, version_path(name))
    return _version(committed, name) if committed else None


def _version(content: str | bytes, name: str) -> Version | None:
    try:
        data: object = json.loads(content)
        version = Version(tuple(_segments(data)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return version if version.name == name else None


def _segments(data: object) -> list[Segment]:
    entries = cast("dict[str, Any]", data)["segments"]
    return [
        Segment(
            Kind(entry["kind"]),
            str(entry["text"]),
            int(entry.get("level", 0)),
            tuple(str(link) for link in entry.get("links", ())),
            int(entry.get("steps", 0)),
        )
        for entry in entries
    ]


def write_version(segments: Sequence[Segment]) -> str:
    """The text of the file for a version."""
    lines = [json.dumps(_entry(segment), ensure_ascii=False) for segment in segments]
    body = ",\n".join(f"  {line}" for line in lines)
    return f'{{\n "version": {FORMAT},\n "segments": [\n{body}\n ]\n}}\n'


def _entry(segment: Segment) -> dict[str, object]:
    entry: dict[str, object] = {"kind": segment.kind.value}
    if segment.level:
        entry["level"] = segment.level
    if segment.steps:
        entry["steps"] = segment.steps
    entry["text"] = segment.text
    if segment.links:
        entry["links"] = list(segment.links)
    return entry
