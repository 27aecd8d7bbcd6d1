"""What a frame is made from: which files the project has, and what those hold that are no pages. While that is the
same, so is the frame."""

import os
from collections.abc import Callable
from datetime import date
from hashlib import blake2b

from imagedocs.cache.memory import Memory
from imagedocs.checks.records import from_bytes, read, to_bytes, write
from imagedocs.files.tree import Tree
from imagedocs.judging.frame import Frame

_FOLDERS = ("catalog", "docs", "hooks", "includes", "locales")
_BESIDE_PAGES = (".yml", ".yaml", ".json")
_TEMPLATES = (".j2", ".html")
_OF_A_SET = (
    "docfx.json",
    "docfx.yml",
    "xrefmap.yml",
    "xrefmap.json",
    ".openpublishing.redirection.json",
    "redirections.yml",
    "redirections.json",
    ".openpublishing.publish.config.json",
)
"""Files of a documentation set, in the project's folder or in a locale's."""


def remembered_frame(
    memory: Memory, tree: Tree, tags: tuple[str, ...], as_of: date, make: Callable[[], Frame]
) -> Frame:
    """The frame of the locales `tags` (none: all that are published) on a day; made where it is not remembered."""
    key = frame_key(tree, tags, as_of)
    kept = memory.get("frame", "", key)
    frame = read(Frame, from_bytes(kept)) if kept is not None else None
    if frame is None or any(tree.digest(path) != known for path, known in frame.others.items()):
        frame = make()
        memory.put("frame", "", key, to_bytes(write(frame)))
    return frame


def frame_key(tree: Tree, tags: tuple[str, ...], as_of: date) -> str:
    """Two frames with the same key are the same: of the locales `tags` (none: all that are published), on a day.

    Of pages no more counts than that they are there, and their front matter; tables of contents count whole. Files
    that others name are not in it: see `Frame.others`.
    """
    digest = blake2b(f"{as_of}\n{' '.join(tags)}\n{os.path.realpath(tree.root)}".encode(), digest_size=16)
    paths = [path for folder in _FOLDERS for path in tree.walk(folder)]
    digest.update("\n".join(paths).encode("utf-8", "surrogatepass"))
    homes = dict.fromkeys("/".join(path.split("/", 2)[:2]) for path in tree.walk("docs"))
    hidden = [f"{home}/{name}" for home in homes for name in _OF_A_SET]
    for path in ("mkdocs.yml", *_OF_A_SET, *hidden, *filter(lambda path: _counts(tree, path), paths)):
        digest.update(f"\n{path} {tree.digest(path)}".encode("utf-8", "surrogatepass"))
    for path in (*tree.walk("docs"), *tree.walk("includes")):
        if path.endswith(".md"):
            digest.update(tree.head(path))
    return digest.hexdigest()


def _counts(tree: Tree, path: str) -> bool:
    """Whether a frame depends on what the file holds."""
    folder = path.partition("/")[0]
    if folder in ("catalog", "locales"):
        return True
    if folder == "hooks":
        return path.endswith(".py")
    if folder == "includes":
        return path.endswith(_TEMPLATES) or path.endswith(_BESIDE_PAGES)
    if path.endswith(".md"):
        return path.lower().endswith("/toc.md")
    return path.endswith(_BESIDE_PAGES)
