"""Texts that an editor has not saved yet: they are read in place of what the disk has at their paths."""

import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_texts: dict[str, bytes] = {}
"""Absolute path of each such file -> what it will hold. A process makes one result at a time; see
`imagedocs.incremental.reads`."""


@contextmanager
def unsaved(root: Path, texts: Mapping[str, bytes]) -> Generator[None]:
    """Read these texts, by project path, in place of the files within a `with` statement."""
    before = dict(_texts)
    _texts.update({os.path.join(root, path): text for path, text in texts.items()})
    try:
        yield
    finally:
        _texts.clear()
        _texts.update(before)


def unsaved_text(root: Path, path: str) -> bytes | None:
    """Return the unsaved text of a project file; `None` for a file that is read from the disk."""
    return _texts.get(os.path.join(root, path)) if _texts else None


def unsaved_below(root: Path, folder: str = "") -> Iterator[str]:
    """Yield the project paths of the unsaved files below a folder of the project; of all, without one."""
    start = os.path.join(root, folder, "")
    for name in _texts:
        if name.startswith(start):
            yield os.path.relpath(name, root).replace(os.sep, "/")


def has_unsaved() -> bool:
    """Return whether any text is read in place of a file."""
    return bool(_texts)
