"""The fix of a broken link, where there is exactly one: the same name in other capitals."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from imagedocs.markdown.document import Link, LinkKind
from imagedocs.markdown.targets import is_from_docs, may_be_file, split_fragment, with_slashes
from imagedocs.problems import Edit

ReadLine = Callable[[str, int], str | None]
"""Gives line `n` (from 1) of a project file as it was written."""

_PLAIN = re.compile(r"[^\s%&\\<>()\[\]\"'`?#*_~|]+|(?:~/)?[\w./-]+")
"""Names that are written in a link as they are in the folder."""


def fix_path(link: Link, path: str, right: str, read_line: ReadLine) -> tuple[Edit, ...]:
    """Write the project path `right`, which is like `path` but for capitals and accents, where the link names
    `path`."""
    written = link.target.partition("#")[0].partition("?")[0]
    if not _PLAIN.fullmatch(written) or not _PLAIN.fullmatch(right):
        return ()
    ours, names, wanted = written.split("/"), path.split("/"), right.split("/")
    for number in range(1, 1 + min(len(ours), len(names), len(wanted))):
        if ours[-number] != names[-number]:
            break
        ours[-number] = wanted[-number]
    new = "/".join(ours)
    home = "/".join(names[:2])  # what ~/ stands for: docs/es
    base = home if new.startswith("~/") else posixpath.dirname(link.position.path)
    if posixpath.normpath(posixpath.join(base, new.removeprefix("~/"))) != right:
        return ()
    return _replace(link, 0, written, new, read_line)


def fix_target(link: Link, right: str, read_line: ReadLine) -> tuple[Edit, ...]:
    """Write the relative path `right` where the link names its file."""
    written = link.target.partition("#")[0].partition("?")[0]
    if not _PLAIN.fullmatch(written) or not _PLAIN.fullmatch(right):
        return ()
    return _replace(link, 0, written, right, read_line)


def fix_fragment(link: Link, right: str, read_line: ReadLine) -> tuple[Edit, ...]:
    """Write `right` behind the link's `#`."""
    before, mark, written = link.target.partition("#")
    if not mark or written != link.fragment or not _PLAIN.fullmatch(right):
        return ()
    return _replace(link, len(before) + 1, written, right, read_line)


def with_target(link: Link, target: str, tag: str, page: str) -> Link:
    """Return a link of the file `page` as it would be read if `target` were its address. `tag` is that of the reader's
    locale."""
    path, _, fragment = split_fragment(target)
    name, leads_to = unquote(with_slashes(path)), None
    if link.kind is not LinkKind.RESOURCE and may_be_file(path):
        is_of_page = not link.included_from  # which may be made from a template
        base = posixpath.dirname(page if is_of_page else link.position.path)
        if is_from_docs(path):
            base, name = f"docs/{tag}", name[2:].lstrip("/")
        leads_to = posixpath.normpath(posixpath.join(base, name))
        if leads_to.startswith("../"):
            leads_to = None
    fragment = None if fragment is None else unquote(fragment)
    return replace(link, target=target, path=leads_to, fragment=fragment)


def edited_target(link: Link, edits: tuple[Edit, ...]) -> str:
    """Return the address that a link has after these edits of it."""
    target = link.target
    for edit in sorted(edits, key=lambda edit: -edit.column):
        start, end = edit.column - link.position.column, edit.end_column - link.position.column
        target = target[:start] + edit.text + target[end:]
    return target


def _replace(link: Link, offset: int, old: str, new: str, read_line: ReadLine) -> tuple[Edit, ...]:
    """No edit where the file does not have the target as it is understood: behind escapes, or in a template."""
    place = link.position
    line = read_line(place.path, place.line) or ""
    if place.path.endswith(".j2") or not line.startswith(link.target, place.column - 1):
        return ()
    start = place.column + offset
    return (Edit(place.line, start, place.line, start + len(old), new),)
