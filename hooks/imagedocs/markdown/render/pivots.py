"""Zone pivots: what readers may choose between, from `zone-pivot-groups.yml`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from imagedocs.markdown.sources import Sources
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


def find_groups(sources: Sources, page: str, name: str) -> Mapping[str, PivotGroup] | None:
    """All groups of the list nearest to the page, in its folder or one around it; `None` when there is no readable
    one."""
    for target in _targets(page, name):
        path = sources.find(target, page)
        source = sources.read(path) if path else None
        if source is None or len(source.text) > _LONGEST:
            continue
        root, _ = read_yaml(path or "", source.text)
        if root is None:
            return None
        return {group.id: group for group in _groups(root)}
    return None


def _targets(page: str, name: str) -> Iterator[str]:
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


def _groups(root: Node) -> Iterable[PivotGroup]:
    if not isinstance(root, MappingNode):
        return
    for group in _mappings(root.get("groups")):
        pivots = {_text(pivot, "id"): _text(pivot, "title") for pivot in _mappings(group.get("pivots"))}
        yield PivotGroup(_text(group, "id"), _text(group, "title"), _text(group, "prompt"), pivots)
