"""Complete what is being typed, from the names that the last check has seen."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from imagedocs.editor.names import Images, Surroundings

MOST = 300
"""Number of names that are offered at once; the editor asks again when more has been typed."""

_INCLUDE = re.compile(r"\[!INCLUDE\s*\[[^\]\n]*\]\(\s*(?P<begun>[^)\s]*)$", re.IGNORECASE)
_TARGET = re.compile(
    r"""(?:\]\(\s*<?|^\s{0,3}\[[^\]\n]+\]:\s+<?|\b(?:src|href|source|lightbox)\s*=\s*["'])(?P<begun>[^)>"'\s]*)$"""
)
_SHOWN = re.compile(r"""(?:!\[[^\]\n]*\]\(|\b(?:src|source|lightbox)\s*=\s*["'])[^)"']*$""")
"""What takes a picture or code, and no page."""
_IMAGE = re.compile(r"""(?:^|[\s`"'(=|<>,])(?P<begun>[a-z0-9][A-Za-z0-9._:/-]*)$""")
_OTHER_SITE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_SHORTEST = 3
"""Number of letters of a word that may become the name of an image."""


class Kind(Enum):
    """What a name is of."""

    FILE = "file"
    ANCHOR = "anchor"
    IMAGE = "image"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be meant."""

    kind: Kind
    text: str
    """What takes the place of `begun`."""
    begun: str
    """What has been typed of it."""
    detail: str = ""


def complete(before: str, surroundings: Surroundings | None, images: Images) -> list[Candidate]:
    """Return what may follow the beginning of a line."""
    found = _complete(before, surroundings, images)
    return [each for each, _ in zip(found, range(MOST + 1), strict=False)]


def _complete(before: str, surroundings: Surroundings | None, images: Images) -> Iterator[Candidate]:
    include, target = _INCLUDE.search(before), _TARGET.search(before)
    if surroundings is not None and include:
        yield from _fragments(include["begun"], surroundings)
    elif surroundings is not None and target and not _OTHER_SITE.match(target["begun"]):
        yield from _files(target["begun"], surroundings, pages=not _SHOWN.search(before))
    elif named := _IMAGE.search(before):
        yield from _images(named["begun"], images)


def _fragments(begun: str, surroundings: Surroundings) -> Iterator[Candidate]:
    here = posixpath.dirname(posixpath.join(surroundings.folder, surroundings.page))
    for path in surroundings.fragments:
        written = posixpath.relpath(path, here or ".")
        if _fits(written, begun):
            yield Candidate(Kind.FILE, written, begun, path)


def _files(begun: str, surroundings: Surroundings, *, pages: bool) -> Iterator[Candidate]:
    path, mark, fragment = begun.partition("#")
    if mark:
        for anchor in surroundings.anchors.get(surroundings.target(path), ()):
            if fragment.lower() in anchor.lower():
                yield Candidate(Kind.ANCHOR, anchor, fragment)
        return
    for name, project_path in surroundings.files.items():
        written = surroundings.relative(name)
        if not pages and name.endswith(".md"):
            continue
        if name != surroundings.page and _fits(written, begun.removeprefix("./")):
            yield Candidate(Kind.FILE, written, begun, project_path)


def _fits(written: str, begun: str) -> bool:
    """Return whether a path begins as typed, or its last parts do."""
    return written.startswith(begun) or (
        not begun.startswith(".") and f"/{begun}".lower() in f"/{written}".lower()
    )


def _images(begun: str, images: Images) -> Iterator[Candidate]:
    name, colon, tag = begun.rpartition(":")
    if colon and name in images.tags:
        for each in images.tags[name]:
            if each.startswith(tag):
                yield Candidate(Kind.TAG, each, tag, name)
    elif len(begun) >= _SHORTEST:
        for each in images.tags:
            if each.startswith(begun):
                yield Candidate(Kind.IMAGE, each, begun)
