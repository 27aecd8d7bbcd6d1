"""Read pages for the images that they name, without rendering them: no plugin and no extension of the site runs."""

import os
from collections.abc import Iterator
from pathlib import Path

from pathspec import GitIgnoreSpec

from imagedocs.files.places import is_text
from imagedocs.markdown.document import Document, Text, TextKind
from imagedocs.problems import Position
from imagedocs.site_markdown.fences import end_of_fence, language_of_fence

MAX_BYTES = 8 * 1024 * 1024
"""Size of the largest page that is read."""
_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx")
"""Names of pages, as MkDocs has them, and of those of Docusaurus."""
_NOT_OURS = frozenset({"node_modules", "site-packages", "vendor"})
"""Folders with pages of other projects."""


def pages_in(folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of each page in a docs folder; the paths are relative to `root`."""
    yield from _pages(sorted(folder.rglob("*")), folder, root)


def pages_below(root: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of each page in a folder that no configuration describes. Hidden folders are left out, and
    what its `.gitignore` lists: what other programs have installed or built."""
    try:
        ignored = GitIgnoreSpec.from_lines((root / ".gitignore").read_text("utf-8-sig").splitlines())
    except (OSError, ValueError):
        ignored = GitIgnoreSpec.from_lines([])
    paths: list[Path] = []
    for folder, folders, names in os.walk(root):
        here = Path(folder).relative_to(root)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _NOT_OURS
            and not ignored.match_file(f"{(here / name).as_posix()}/")
        )
        paths += (
            Path(folder, name) for name in sorted(names) if not ignored.match_file((here / name).as_posix())
        )
    yield from _pages(paths, root, root)


def _pages(paths: list[Path], folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    for path in paths:
        if path.suffix.lower() not in _ENDINGS or not is_text(str(path)) or not path.is_file():
            continue
        if path.stat().st_size > MAX_BYTES or not path.resolve().is_relative_to(folder.resolve()):
            continue
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, ValueError):
            continue  # the build says so
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        yield name, text


def document_of(path: str, text: str) -> Document:
    """Return the document of a page with its texts: each line of prose, and each block of code."""
    lines = text.split("\n")
    texts: list[Text] = []
    number = 0
    while number < len(lines):
        end = end_of_fence(lines, number)
        if end is None:
            if lines[number].strip():
                texts.append(Text(TextKind.PROSE, lines[number], Position(path, number + 1, 1)))
            number += 1
        else:
            code = "\n".join(lines[number + 1 : end])
            language = language_of_fence(lines[number])
            texts.append(Text(TextKind.CODE_BLOCK, code, Position(path, number + 2, 1), language=language))
            number = end + 1
    return Document(path, texts=tuple(texts))
