"""Zone pivots: what readers may choose between, from `zone-pivot-groups.yml`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from imagedocs.markdown.options import DocumentOptions
from imagedocs.markdown.sources import Sources
from imagedocs.problems import Position, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import Node, Scalar, Sequence, read_yaml

FILE = "zone-pivot-groups.yml"
_LONGEST = 1_000_000
_MOST_FOLDERS = 32


@dataclass(frozen=True, slots=True)
class PivotGroup:
    id: str
    title: str
    prompt: str
    pivots: Mapping[str, str]
    """Titles by id, in order."""


def group_ids(front_matter: Mapping[str, Any]) -> tuple[str, ...]:
    """The groups that a page's `zone_pivot_groups` names."""
    value = front_matter.get("zone_pivot_groups")
    if isinstance(value, str):
        return tuple(part for part in value.replace(",", " ").split() if part)
    if isinstance(value, list):
        return tuple(str(part) for part in cast("list[object]", value))
    return ()


def group_file(front_matter: Mapping[str, Any]) -> str:
    """The name of the list of groups, without a folder, that a page's `zone_pivot_group_filename` gives. It names
    what the site publishes, `data-explorer/zone-pivot-groups.json`: its source is YAML."""
    value = front_matter.get("zone_pivot_group_filename")
    name = value.replace("\\", "/").rpartition("/")[2] if isinstance(value, str) else ""
    return f"{name.rpartition('.')[0] or name}.yml" if name else FILE


def group_targets(front_matter: Mapping[str, Any], page: str, options: DocumentOptions) -> Iterator[str]:
    """The files in which a page's groups may be listed: that of the documentation set, or the one that the page names
    by its published address; then those in the folders around the page."""
    value = front_matter.get("zone_pivot_group_filename")
    named = value.replace("\\", "/") if isinstance(value, str) else ""
    for place in (named,) if named else options.pivot_files:
        yield from _forms(f"~/{place}")
    for folder, source in options.published_from.items() if named else ():
        if named.startswith(folder):
            yield from _forms(f"~/{source}{named.removeprefix(folder)}")
    yield from _around(page, group_file(front_matter))


def _forms(path: str) -> tuple[str, str]:
    stem = path.rpartition(".")[0] or path
    return f"{stem}.yml", f"{stem}.json"


def find_groups(
    sources: Sources, page: str, targets: Iterable[str], report: Callable[[Position, Rule, str], None]
) -> Mapping[str, PivotGroup] | None:
    """All groups of the first of the files `targets` that is there; `None` when there is no readable one."""
    for target in targets:
        path = sources.find(target, page)
        source = sources.read(path) if path else None
        if source is None or len(source.text) > _LONGEST:
            continue
        root, _ = read_yaml(path or "", source.text)
        if root is None:
            return None
        found: dict[str, PivotGroup] = {}
        for position, group in _groups(root, path or ""):
            known = found.setdefault(group.id, group)
            if known is not group:
                message = f"the pivot group {shown(group.id)} is listed twice, and only the first one counts"
                report(position, Rule.YAML_DUPLICATE_KEY, message)
        return found
    return None


def _around(page: str, name: str) -> Iterator[str]:
    for stem in (name, name.removesuffix(".yml") + ".json"):
        for level in range(min(page.count("/"), _MOST_FOLDERS)):
            yield "../" * level + stem
        yield f"~/{stem}"


def _mappings(node: Node | None) -> Iterable[MappingNode]:
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, MappingNode):
            yield item


def _text(node: MappingNode, key: str) -> str:
    value = node.get(key)
    return value.value if isinstance(value, Scalar) else ""


def _groups(root: Node, path: str) -> Iterable[tuple[Position, PivotGroup]]:
    if not isinstance(root, MappingNode):
        return
    for group in _mappings(root.get("groups")):
        pivots = {_text(pivot, "id"): _text(pivot, "title") for pivot in _mappings(group.get("pivots"))}
        place = group.get("id") or group
        position = Position(path, place.line, place.column)
        yield position, PivotGroup(_text(group, "id"), _text(group, "title"), _text(group, "prompt"), pivots)
