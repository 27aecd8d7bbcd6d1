"""Images in trees of data: rows of JSON, the services of compose files, the values of Helm charts."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from imagedocs.importing.columns import is_image
from imagedocs.importing.tables import Cell, ListFile, Piece, Table
from imagedocs.problems import Position, Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.nodes import Mapping, Node, Scalar, Sequence, read_yaml

_FOLLOWED: Final = ("anchors such", "aliases such", "tags such", "merge keys")
_REGISTRY: Final = ("registry", "imageRegistry", "host")
_VARIABLE = re.compile(r"\$\{(\w+)(?::?-([^{}$]*))?\}|\$(\w+)|\{\{.{0,200}?\}\}")
_MOST_CELLS: Final = 50_000


@dataclass(slots=True)
class TreeReader:
    """Reads one file; what is wrong or left out is in `problems`."""

    file: ListFile
    problems: list[Problem] = field(default_factory=list[Problem])
    registry: str = ""
    """For images that are named without one, as charts name it once for all."""
    _cells: int = 0

    def tables(self) -> Iterator[Table]:
        root, found = read_yaml(self.file.path, self.file.text)
        not_followed = [problem for problem in found if problem.message.startswith(_FOLLOWED)]
        self.problems += (problem for problem in found if not problem.message.startswith(_FOLLOWED))
        if not_followed:
            message = "what is repeated by anchors, aliases, tags or merge keys is not read"
            self.problems.append(Problem(not_followed[0].position, Rule.IMPORT_NOT_TAKEN, message))
        if root is not None:
            if self.file.path.lower().endswith(".json"):
                yield from self._tables_of_objects(root)
            else:
                yield from self._table_of_images(root)

    def _place(self, node: Node) -> Position:
        return Position(self.file.path, node.line, node.column)

    def _cell(self, node: Node) -> Cell:
        """A value, or several as pieces."""
        self._cells += 1
        nodes = node.items if isinstance(node, Sequence) else (node,)
        pieces = tuple(
            Piece(" ".join(each.value.split()), self._place(each))
            for each in nodes
            if isinstance(each, Scalar) and each.value.strip() and each.reads_as != "null"
        )
        return Cell((pieces,) if pieces else (), self._place(node))

    def _tables_of_objects(self, root: Node) -> Iterator[Table]:
        """A table for each list of objects, for objects by their names, and for a list of texts."""
        waiting: deque[Node] = deque([root])
        while waiting and self._cells < _MOST_CELLS:
            node = waiting.popleft()
            children = (
                node.items
                if isinstance(node, Sequence)
                else tuple(value for _, value in node.entries)
                if isinstance(node, Mapping)
                else ()
            )
            objects = [child for child in children if isinstance(child, Mapping)]
            if isinstance(node, Sequence) and objects:
                yield self._table(node, [self._row(each) for each in objects])
            elif isinstance(node, Sequence):
                cells = [self._cell(child) for child in children if isinstance(child, Scalar)]
                if any(is_image(cell.text) for cell in cells):
                    yield self._table(node, [{"Image": cell} for cell in cells])
            elif objects and len(objects) == len(children) and any(map(_has_image, objects)):
                yield self._table(node, [self._row(each) for each in objects])
            elif isinstance(node, Mapping) and _has_image(node):
                yield self._table(node, [self._row(node)])
            else:
                waiting += children

    def _row(self, mapping: Mapping) -> dict[str, Cell]:
        """Key → cell; what is nested has the keys of both, and the parts of an image's name are put together."""
        row: dict[str, Cell] = {}
        used: tuple[str, ...] = ()
        if image := self._parts(mapping):
            row["Image"], used = image
        for key, node in mapping.entries:
            if key.value in used:
                continue
            if isinstance(node, Mapping):
                if (nested := self._parts(node)) and "Image" not in row:
                    row["Image"] = nested[0]
                    continue
                for inner, value in node.entries:
                    if not isinstance(value, Mapping):
                        row[f"{key.value} {inner.value}"] = self._cell(value)
            else:
                row[key.value] = self._cell(node)
        return row

    def _table(self, node: Node, rows: Iterable[dict[str, Cell]]) -> Table:
        rows = list(rows)
        place = self._place(node)
        keys = list(dict.fromkeys(key for row in rows for key in row))[:100]
        header = tuple(Cell(((Piece(key, place),),), place) for key in keys)
        nothing = Cell((), place)
        cells = tuple(tuple(row.get(key, nothing) for key in keys) for row in rows)
        return Table(None, header, cells, place)

    def _table_of_images(self, root: Node) -> Iterator[Table]:
        """The images of a compose file, of a chart's values, or of a manifest, in the order of the file."""
        if isinstance(root, Mapping) and isinstance(everywhere := root.get("global"), Mapping):
            self.registry = _text(everywhere, _REGISTRY)[0]
        cells: list[Cell] = []
        waiting: list[tuple[str, Node]] = [("", root)]
        while waiting:
            key, node = waiting.pop()
            if isinstance(node, Mapping):
                if found := self._parts(node):
                    cells.append(found[0])
                else:
                    waiting += ((name.value, value) for name, value in reversed(node.entries))
            elif isinstance(node, Sequence):
                waiting += ((key, item) for item in reversed(node.items))
            elif isinstance(node, Scalar) and (
                (key == "image" and node.value) or (key.lower().endswith("image") and is_image(node.value))
            ):
                cells.append(self._image(node.value, node))
        cells = [cell for cell in cells if cell.text]
        if cells:
            unique = {cell.text: cell for cell in reversed(cells)}
            yield self._table(
                root, [{"Image": unique[text]} for text in dict.fromkeys(c.text for c in cells)]
            )

    def _parts(self, mapping: Mapping) -> tuple[Cell, tuple[str, ...]] | None:
        """The image that `registry`, `repository`, `tag` and `digest` name together, and their keys."""
        repository, place = _text(mapping, ("repository",))
        if not repository or not ({key.value for key, _ in mapping.entries} & {"tag", "digest", *_REGISTRY}):
            return None
        registry = _text(mapping, _REGISTRY)[0] or self.registry
        tag, digest = _text(mapping, ("tag",))[0], _text(mapping, ("digest",))[0]
        text = f"{registry}/{repository}" if registry else repository
        text += f":{tag}" if tag else ""
        text += f"@{digest}" if digest else ""
        return self._image(text, place or mapping), ("repository", "tag", "digest", *_REGISTRY)

    def _image(self, text: str, node: Node) -> Cell:
        """The image, with the defaults of its variables; empty where one has none."""
        place = self._place(node)
        missing = [m[0] for m in _VARIABLE.finditer(text) if m[2] is None]
        if missing:
            message = (
                f"{shown(text)} has {shown(missing[0])}, whose value is not in this file; it is left out"
            )
            hint = "write the image out"
            self.problems.append(Problem(place, Rule.IMPORT_CELL_DOUBTFUL, message, hint))
            return Cell((), place)
        meant = _VARIABLE.sub(lambda m: m[2], text)
        if meant != text:
            message = f"{shown(text)} is read as {shown(meant)}, by the defaults of its variables"
            self.problems.append(Problem(place, Rule.IMPORT_CELL_DOUBTFUL, message, "check the image"))
        return Cell(((Piece(meant, place),),), place)


def _text(mapping: Mapping, keys: Iterable[str]) -> tuple[str, Node | None]:
    """The first of the keys that holds a text, and where."""
    for key in keys:
        node = mapping.get(key)
        if isinstance(node, Scalar) and node.value.strip() and node.reads_as != "null":
            return node.value.strip(), node
    return "", None


def _has_image(mapping: Mapping) -> bool:
    texts = (node.value for _, node in mapping.entries if isinstance(node, Scalar))
    return mapping.get("repository") is not None or any(is_image(text) for text in texts)
