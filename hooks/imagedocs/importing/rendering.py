"""Entries written as a catalog, `catalog/images.yaml`."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from imagedocs.catalog.facts import Absence
from imagedocs.catalog.form import VERSION
from imagedocs.catalog.images import NO_FRAMEWORK
from imagedocs.importing.doubts import is_version, slug
from imagedocs.importing.entries import Entry
from imagedocs.importing.names import ACCELERATORS, SYSTEMS
from imagedocs.importing.own_columns import declared, name_columns, said, value_text
from imagedocs.references.grammar import DEFAULT_TAG
from imagedocs.suggestions import shown

_ACCELERATED: Final = ("cuda", "cudnn", "nccl")


def render_entries(
    entries: Iterable[Entry], registry: str, as_of: date, left_out: Iterable[Entry] = ()
) -> str:
    """The text of a catalog of `entries`, in their order by framework; `registry` is that of most of them.

    What is `left_out` stands in comments, for a person to decide.
    """
    found = tuple(entries)
    key_of = _keys(found)
    frameworks = _frameworks(found, key_of)
    own = name_columns(found)
    systems = sorted({entry.system[0] for entry in found if entry.system[0]})
    lines = [f"version: {VERSION}", f"registry: {value_text(registry)}"]
    kinds = [kind for kind in ACCELERATORS if any(entry.kind == kind for entry in found)]
    lines += declared(own)
    lines += ["", "accelerators:"] if kinds else []
    for kind in kinds:
        name, token = ACCELERATORS[kind]
        also = f", token: {token}" if token != kind else ""
        lines.append(f"  {kind}: {{name: {value_text(name)}{also}}}")
    lines.append("")
    lines.append("frameworks:" if frameworks else "frameworks: {}")
    for key, (name, token) in frameworks.items():
        also = f", token: {value_text(token)}" if token and token != key else ""
        lines.append(f"  {key}: {{name: {value_text(name)}{also}}}")
    lines += ["", "systems:" if systems else "systems: {}"]
    lines += [f"  {name}: {{name: {value_text(SYSTEMS[name])}}}" for name in systems]
    lines += ["", "images:" if found else "images: []"]
    ids = _ids(found)
    keys = list(frameworks)
    order = sorted(range(len(found)), key=lambda i: keys.index(key_of[found[i].framework]))
    for i in order:
        other = found[i].reference.domain.lower()
        other = "" if other == registry.lower() else other
        lines += _image(found[i], ids[i], other, key_of[found[i].framework], as_of)
        lines += said(own, found[i])
    for entry in left_out:
        reasons = ", and ".join(entry.contradictions)
        place = f"{entry.position.path}:{entry.position.line}"
        lines.append(f"  # left out: {shown(f'{entry.reference} ({place}): {reasons}', 500)[1:-1]}")
    return "\n".join(lines) + "\n"


def _keys(entries: tuple[Entry, ...]) -> Mapping[str, str]:
    """Name of a framework → its key; names of other letters than Latin ones have numbers."""
    keys = {"": NO_FRAMEWORK}
    unnamed = 0
    for name in dict.fromkeys(entry.framework for entry in entries if entry.framework):
        keys[name] = slug(name)
        if not any(c.isalpha() for c in keys[name]) or keys[name] == NO_FRAMEWORK:
            unnamed += 1
            keys[name] = f"framework-{unnamed}"
    return keys


def _frameworks(entries: tuple[Entry, ...], key_of: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Key → the name as it was first written, and how most names of its images begin."""
    names: dict[str, str] = {}
    tokens: dict[str, Counter[str]] = {}
    for entry in entries:
        key = key_of[entry.framework]
        names.setdefault(key, entry.framework or "No framework")
        if entry.framework and (token := entry.name_facts.framework):
            tokens.setdefault(key, Counter())[token] += 1
    found: dict[str, tuple[str, str]] = {}
    taken = set(names)
    for key, name in names.items():
        token = tokens[key].most_common(1)[0][0] if key in tokens else ""
        if token in taken - {key}:
            token = ""
        taken.add(token)
        found[key] = (name, token)
    return found


def _ids(entries: tuple[Entry, ...]) -> list[str]:
    """The name of each image; with its tag, and then a number, where that is not unique."""
    names = Counter(_id(entry.name) for entry in entries)
    taken: set[str] = set()
    ids: list[str] = []
    for entry in entries:
        name = _id(entry.name)
        wanted = name if names[name] == 1 else _id(f"{name}-{entry.reference.tag or DEFAULT_TAG}")
        unique, number = wanted, 1
        while unique in taken:
            number += 1
            unique = f"{wanted}-{number}"
        taken.add(unique)
        ids.append(unique)
    return ids


def _id(text: str) -> str:
    return re.sub(r"[^a-z0-9.-]+", "-", text.lower()).strip(".-") or "image"


def _image(entry: Entry, image_id: str, other_registry: str, framework_key: str, as_of: date) -> list[str]:
    place = f"{entry.position.path}:{entry.position.line}"
    reference = entry.reference
    lines = [f"  - id: {value_text(image_id)}"]
    if other_registry:
        lines.append(f"    registry: {value_text(other_registry)}")
    lines.append(f"    repository: {value_text(reference.path)}")
    tag = value_text(reference.tag or DEFAULT_TAG)
    if entry.more_tags:
        lines.append(f"    tags: [{', '.join((tag, *map(value_text, entry.more_tags)))}]")
    else:
        lines.append(f"    tag: {tag}")
    if reference.digest:
        lines.append(f"    digest: {value_text(reference.digest)}")
    version = _version(entry.framework_version)
    framework = f"{{name: {framework_key}, version: {version}}}" if entry.framework else "none"
    lines.append(f"    framework: {framework}")
    gpu = entry.kind == "gpu"
    named = [
        f"{name}: {_version(entry.libraries[name])}"
        for name in _ACCELERATED
        if name in entry.libraries and gpu
    ]
    lines.append(f"    accelerator: {{{', '.join((f'kind: {entry.kind}', *named))}}}")
    system, system_version = entry.system
    lines.append(
        f"    os: {{name: {system}, version: {_version(system_version)}}}" if system else "    os: unknown"
    )
    lines.append(f"    python: {_version(entry.python)}")
    lines += _packages(entry.packages)
    lines += [f"      # left out, no requirement: {shown(text)[1:-1]}" for text in entry.left_out]
    others = {name: text for name, text in entry.libraries.items() if name not in _ACCELERATED}
    if others:
        lines.append(f"    libraries: {_mapping({name: _version(text) for name, text in others.items()})}")
    environment = entry.environment
    named_environment = isinstance(environment, Absence)
    lines.append(
        f"    environment: {environment if named_environment else _mapping({'name': value_text(environment)})}"
    )
    lines.append(f"    listed: {{from: {(entry.day or as_of).isoformat()}}}")
    lines += ["    status: supported", "    sources:", f"      repository: {value_text(place)}"]
    lines += [f"      {name}: {value_text(source)}" for name, source in sorted(_sources(entry, gpu).items())]
    return lines


def _sources(entry: Entry, gpu: bool) -> Mapping[str, str]:
    sources = {name: source for name, source in entry.sources.items() if gpu or name != "accelerator.cuda"}
    if entry.day is None:
        sources["listed.from"] = "the day of the import; the list says none"
    return sources


def _packages(packages: tuple[str, ...] | Absence) -> list[str]:
    if isinstance(packages, Absence):
        return [f"    packages: {packages}"]
    if not packages:
        return [f"    packages: {Absence.UNKNOWN}"]
    return ["    packages:", *(f"      - {value_text(text)}" for text in packages)]


def _mapping(values: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{value_text(key)}: {value}' for key, value in values.items())}}}"


def _version(text: str) -> str:
    return json.dumps(text) if is_version(text) else str(Absence.UNKNOWN)
