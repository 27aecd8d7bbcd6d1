"""Zone pivots: what readers may choose between, from `zone-pivot-groups.yml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import yaml

from imagedocs.markdown.fragments import SafeLoader
from imagedocs.markdown.sources import Sources

FILE = "zone-pivot-groups.yml"
_LONGEST = 1_000_000


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


def find_groups(sources: Sources, page: str) -> Mapping[str, PivotGroup] | None:
    """All groups of the docs folder; `None` when there is no readable list of them."""
    for target in (f"~/{FILE}", FILE):
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
