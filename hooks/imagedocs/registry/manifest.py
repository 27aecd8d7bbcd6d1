"""`catalog/registry.json`: the recorded answers, one tag a line, so that two people's changes merge.

    {"version": 1, "repositories": {
     "registry.example/team/web": {
      "20260316.v1": {"digest": "sha256:…", "seen": [{"date": "2026-04-08", "source": "…"}]},
      "@sha256:…": {"seen": [{"source": "…"}]},
      "20260101.v1": {"gone": "never-seen", "evidence": "…"}
     }
    }}

A key is a tag, or `@` and a digest. Sorted, ASCII, without a time stamp: it would conflict in every merge.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, cast

from imagedocs.problems import Problem
from imagedocs.registry import Gone, Platform, Repository, Sighting, TagFacts
from imagedocs.registry.manifest_reader import Entry, read_entries

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """A `Registry` of recorded answers."""

    by_name: Mapping[str, Repository] = field(default_factory=dict[str, Repository])

    def repositories(self) -> tuple[str, ...]:
        return tuple(sorted(name for name, repository in self.by_name.items() if repository.exists))

    def repository(self, name: str) -> Repository | None:
        return self.by_name.get(name)


def load_manifest(path: str, data: str | bytes) -> tuple[Manifest | None, tuple[Problem, ...]]:
    """The manifest, and what is wrong with it; `path` is for the problems.

    Good entries survive bad ones. `None` when the file cannot be read to its end, or is of a newer version.
    """
    entries, problems = read_entries(path, data, VERSION)
    return None if entries is None else Manifest(_by_name(entries)), problems


def _by_name(entries: Iterable[Entry]) -> dict[str, Repository]:
    found: dict[str, tuple[dict[str, TagFacts], dict[str, TagFacts], dict[str, Gone]]] = {}
    for entry in entries:
        tags, digests, gone = found.setdefault(entry.repository, ({}, {}, {}))
        digest = entry.key.removeprefix("@") if entry.key.startswith("@") else None
        if "gone" in entry.values:
            gone[digest or entry.key] = _gone(entry.values)
        elif digest:
            digests[digest] = _facts(entry.values)
        else:
            tags[entry.key] = _facts(entry.values)
    return {name: Repository(*parts) for name, parts in found.items()}


def _facts(values: Mapping[str, object]) -> TagFacts:
    """The entry's values are of the right types: the reader saw to that."""
    platforms = values.get("platforms")
    seen = cast("Iterable[Mapping[str, str]]", values.get("seen", ()))
    eol = cast("str | None", values.get("eol"))
    return TagFacts(
        digest=cast("str | None", values.get("digest")),
        media_type=cast("str | None", values.get("mediaType")),
        size=cast("int | None", values.get("size")),
        created=cast("str | None", values.get("created")),
        end_of_life=date.fromisoformat(eol) if eol else None,
        platforms=None if platforms is None else tuple(sorted(_platforms(platforms), key=_order)),
        seen=tuple(
            Sighting(item["source"], date.fromisoformat(item["date"]) if "date" in item else None)
            for item in seen
        ),
    )


def _platforms(values: object) -> Iterator[Platform]:
    """Yield the platforms of an image, by name or, where there are several entries for one, as a list."""
    if isinstance(values, dict):
        named = cast("Mapping[str, Mapping[str, object]]", values).items()
    else:
        named = [(str(each["platform"]), each) for each in cast("Iterable[Mapping[str, object]]", values)]
    for name, each in named:
        yield Platform(
            name,
            cast("str | None", each.get("digest")),
            cast("int | None", each.get("bytes"))
            or None,  # an image of 0 bytes was one whose size isn't known
            str(each.get("osVersion", "")),
        )


def _order(platform: Platform) -> tuple[str, str, str]:
    return platform.name, platform.os_version, platform.digest or ""


def _gone(values: Mapping[str, object]) -> Gone:
    since = cast("str", values["gone"])
    return Gone(
        since=None if since == "never-seen" else date.fromisoformat(since),
        evidence=cast("str", values.get("evidence", "")),
        digest=cast("str | None", values.get("digest")),
    )


def dump_manifest(manifest: Manifest) -> str:
    """The file's text: the same for the same facts, whoever writes it."""
    blocks = [_block(name, manifest.by_name[name]) for name in sorted(manifest.by_name)]
    return f'{{"version": {VERSION}, "repositories": {{\n' + ",\n".join(blocks) + "\n}}\n"


def _block(name: str, repository: Repository) -> str:
    entries: dict[str, object] = {tag: _plain_facts(facts) for tag, facts in repository.tags.items()}
    entries |= {f"@{digest}": _plain_facts(facts) for digest, facts in repository.digests.items()}
    entries |= {f"@{key}" if ":" in key else key: _plain_gone(gone) for key, gone in repository.gone.items()}
    lines = [f"  {json.dumps(key)}: {json.dumps(entries[key])}" for key in sorted(entries)]
    return f" {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n }"


def _plain_facts(facts: TagFacts) -> dict[str, object]:
    values: dict[str, object | None] = {
        "digest": facts.digest,
        "mediaType": facts.media_type,
        "size": facts.size,
        "created": facts.created,
        "eol": facts.end_of_life.isoformat() if facts.end_of_life else None,
        "platforms": None if facts.platforms is None else _plain_platforms(facts.platforms),
        "seen": [
            _present({"date": sighting.day.isoformat() if sighting.day else None, "source": sighting.source})
            for sighting in facts.seen
        ]
        or None,
    }
    return _present(values)


def _plain_platforms(platforms: Iterable[Platform]) -> object:
    entries = [
        (
            each.name,
            _present({"digest": each.digest, "bytes": each.bytes, "osVersion": each.os_version or None}),
        )
        for each in sorted(platforms, key=_order)
    ]
    named = dict(entries)
    return named if len(named) == len(entries) else [{"platform": name, **values} for name, values in entries]


def _plain_gone(gone: Gone) -> dict[str, object]:
    since = gone.since.isoformat() if gone.since else "never-seen"
    return _present({"digest": gone.digest, "gone": since, "evidence": gone.evidence or None})


def _present(values: Mapping[str, object | None]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}
