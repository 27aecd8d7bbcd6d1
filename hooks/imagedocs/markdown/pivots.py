"""Zone pivots: what readers may choose between, from `zone-pivot-groups.yml`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import yaml

from imagedocs.markdown.fragments import SafeLoader
from imagedocs.markdown.sources import Sources

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
        try:
            data = yaml.load(source.text, Loader=SafeLoader)  # noqa: S506  # the C form of the safe loader
        except (yaml.YAMLError, ValueError, RecursionError):
            return None
        return {group.id: group for group in _groups(data)}
    return None


def _targets(page: str, name: str) -> Iterator[str]:
    for stem in (name, name.removesuffix(".yml") + ".json"):
        for level in range(min(page.count("/"), _MOST_FOLDERS)):
            yield "../" * level + stem
        yield f"~/{stem}"


def _mappings(value: object) -> Iterable[dict[str, object]]:
    if isinstance(value, list):
        for item in cast("list[object]", value):
            if isinstance(item, dict):
                yield {str(key): entry for key, entry in cast("dict[object, object]", item).items()}


def _groups(data: object) -> Iterable[PivotGroup]:
    if not isinstance(data, dict):
        return
    for group in _mappings(cast("dict[object, object]", data).get("groups")):
        pivots = {
            str(pivot.get("id", "")): str(pivot.get("title", "")) for pivot in _mappings(group.get("pivots"))
        }
        yield PivotGroup(
            str(group.get("id", "")), str(group.get("title", "")), str(group.get("prompt", "")), pivots
        )
