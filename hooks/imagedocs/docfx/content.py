"""What `docfx.json` publishes, and where: `files`, `exclude`, `src` and `dest` of its `content`."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from imagedocs.docfx.patterns import Pattern, read_pattern
from imagedocs.yaml.fields import Fields
from imagedocs.yaml.nodes import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Content:
    """One entry of `content`. Paths count from the folder of `docfx.json`."""

    files: tuple[Pattern, ...]
    exclude: tuple[Pattern, ...]
    source: str = ""
    """Folder with a slash at the end, from which the patterns count; empty for that of `docfx.json`."""
    destination: str = ""
    """Folder, written so too, in which the files are published."""

    def takes(self, path: str) -> bool:
        """Return whether the entry names the file at this path, and doesn't leave it out."""
        return self._matches(self.files, path) and not self._matches(self.exclude, path)

    def leaves_out(self, path: str) -> bool:
        """Return whether the entry names the file at this path, and leaves it out."""
        return self._matches(self.files, path) and self._matches(self.exclude, path)

    def _matches(self, patterns: tuple[Pattern, ...], path: str) -> bool:
        place = path.removeprefix(self.source)
        return path.startswith(self.source) and any(each.matches(place) for each in patterns)


def leaves_out(content: tuple[Content, ...], path: str) -> bool:
    """Return whether a page or a table is excluded, and no other entry takes it."""
    is_page = path.endswith((".md", ".yml"))
    return (
        is_page
        and any(each.leaves_out(path) for each in content)
        and not any(each.takes(path) for each in content)
    )


def source_of(content: tuple[Content, ...], address: str) -> str:
    """Return the path of the file that is published at an address."""
    moved = (
        each for each in content if each.source != each.destination and address.startswith(each.destination)
    )
    nearest = max(moved, key=lambda each: len(each.destination), default=None)
    return nearest.source + address.removeprefix(nearest.destination) if nearest else address


def read_content(build: Fields) -> tuple[Content, ...]:
    """Read the entries that are of the right form; docfx itself reports others."""
    return tuple(_entries(build.node("content")))


def _entries(node: Node | None) -> Iterator[Content]:
    for entry in node.items if isinstance(node, Sequence) else ():
        if isinstance(entry, Mapping):
            files, exclude = (tuple(_patterns(entry.get(key))) for key in ("files", "exclude"))
            source, destination = (_folder(entry.get(key)) for key in ("src", "dest"))
            yield Content(files, exclude, source, destination)


def _patterns(node: Node | None) -> Iterator[Pattern]:
    for each in node.items if isinstance(node, Sequence) else (node,):
        pattern = read_pattern(each.value) if isinstance(each, Scalar) else None
        if pattern:
            yield pattern


def _folder(node: Node | None) -> str:
    path = node.value.replace("\\", "/").strip("/") if isinstance(node, Scalar) else ""
    path = posixpath.normpath(path or ".")
    return "" if path == "." else f"{path}/"
