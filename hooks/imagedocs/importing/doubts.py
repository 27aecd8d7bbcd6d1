"""What is doubtful in one list, once all its rows are read: images in the wrong row, doubles, missing tags."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from imagedocs.catalog.facts import Absence
from imagedocs.importing.entries import Entry
from imagedocs.importing.names import ACCELERATORS
from imagedocs.importing.requirements import spelling
from imagedocs.importing.vocabulary import Column
from imagedocs.problems import Problem, Rule
from imagedocs.references import with_tag
from imagedocs.references.grammar import DEFAULT_TAG
from imagedocs.suggestions import shown

_ALIKE = 0.6
_MOST_FRAMEWORKS = 50
"""With which a name is compared; no list has more."""
_VERSION = re.compile(r"[0-9]+(?:\.[0-9A-Za-z]+)*(?:[-+_][0-9A-Za-z.]+)?")


def is_version(text: str) -> bool:
    """Whether the catalog takes `text` for a version."""
    return _VERSION.fullmatch(text) is not None


def slug(name: str) -> str:
    """`scikit-learn` for "SciKit-Learn"."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split())


def find_contradictions(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """`entries` with what speaks against each: its image's name, and the environment beside it."""
    found = tuple(entries)
    tokens: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry in found:
        if entry.framework and (token := entry.name_facts.framework):
            tokens[slug(entry.framework)][token] += 1
    prefix = _environment_prefix(found)
    return tuple(
        replace(entry, contradictions=tuple(_contradictions(entry, tokens, prefix))) for entry in found
    )


def _contradictions(entry: Entry, tokens: dict[str, Counter[str]], prefix: str | None) -> Iterator[str]:
    name = entry.name_facts
    if entry.framework and name.framework:
        own = slug(entry.framework)
        # A name that is like no framework of the list may be anything (resnet, under "Vision").
        others = any(
            _alike(other, name.framework) for other in islice(tokens, _MOST_FRAMEWORKS) if other != own
        )
        rare = tokens[own].most_common(1)[0][1] > tokens[own][name.framework]
        if not _alike(own, name.framework) and (others or rare):
            yield f"the row is of {entry.framework}, the image's name says {name.framework}"
        versions = (name.framework_version, entry.framework_version)
        if all(versions) and not _same_version(*versions):
            yield f"the row is of version {versions[1]}, the name says {versions[0]}"
    is_general = name.kind == "gpu" and entry.kind in ACCELERATORS
    if name.kind and name.kind != entry.kind and not is_general and "accelerator.kind" not in entry.sources:
        yield f"the row is of {entry.kind.upper()}, the name says {name.kind}"
    if prefix is not None and (expected := _expected_name(entry, prefix)) and expected != entry.name:
        yield f"its environment is that of {expected}"


@lru_cache(4096)
def _alike(framework: str, token: str) -> bool:
    joined = framework.replace("-", "")
    return token in joined or joined in token or SequenceMatcher(None, joined, token).ratio() >= _ALIKE


def _same_version(one: str, other: str) -> bool:
    """0.24 and 0.24.1 say the same, more or less exactly."""
    shorter, longer = sorted((one.split("."), other.split(".")), key=len)
    return longer[: len(shorter)] == shorter


def _environment_prefix(entries: tuple[Entry, ...]) -> str | None:
    """What most environments have before the name of their image, when most have the image's name at all."""
    named = [(e.environment, e.name) for e in entries if _is_name(e.environment)]
    prefixes = Counter(env.removesuffix(name) for env, name in named if name and env.endswith(name))
    if not prefixes or sum(prefixes.values()) * 2 <= len(named):
        return None
    return prefixes.most_common(1)[0][0]


def _expected_name(entry: Entry, prefix: str) -> str:
    environment = entry.environment
    if not _is_name(environment) or not environment.startswith(prefix):
        return ""
    return environment.removeprefix(prefix)


def _is_name(environment: str | Absence) -> bool:
    return not isinstance(environment, Absence) and " " not in environment


def doubts(entries: Iterable[Entry]) -> Iterator[Problem]:
    """The problems of one list, of entries that went through `find_contradictions`."""
    found = tuple(entries)
    prefix = _environment_prefix(found)
    first: dict[str, Entry] = {}
    for entry in found:
        if entry.contradictions:
            yield _mismatch(entry, prefix)
            continue
        if entry.reference.tag is None and entry.reference.digest is None:
            message = f"{entry.repository} has no tag; {DEFAULT_TAG} is written, as Docker reads it"
            tagged = with_tag(entry.reference, DEFAULT_TAG)
            yield Problem(entry.position, Rule.IMPORT_TAG_MISSING, message, f'write "{tagged}"')
        key = str(entry.reference)
        if key in first:
            message = f"{key} stands in two rows; first on line {first[key].position.line}"
            yield Problem(entry.position, Rule.DUPLICATE_IMAGE, message, "remove one of them")
        else:
            first[key] = entry
        yield from _odd_versions(entry)
        yield from _framework_by_heading(entry)
    yield from _spellings(found)


def _framework_by_heading(entry: Entry) -> Iterator[Problem]:
    """A heading that nothing in the image's name is like may be no framework at all."""
    heading = entry.said.get(Column.FRAMEWORK)
    if not entry.framework or not entry.framework_is_heading or heading is None:
        return
    own = slug(entry.framework)
    if not own or not any(_alike(own, word) for word in re.split(r"[^a-z0-9]+", entry.name) if len(word) > 2):
        message = f"{shown(entry.framework)} is taken for the framework of {entry.repository}, whose name says nothing of it"
        yield Problem(heading.position, Rule.IMPORT_CELL_DOUBTFUL, message, "check the framework")


def _odd_versions(entry: Entry) -> Iterator[Problem]:
    versions = [(Column.VERSION, entry.framework_version), (Column.PYTHON, entry.python)]
    versions += [(Column.CUDA, version) for version in entry.libraries.values()]
    for column, version in versions:
        if version and not is_version(version):
            place = entry.said.get(column)
            message = f"{shown(version)} is no version; unknown is written"
            yield Problem(place.position if place else entry.position, Rule.IMPORT_CELL_DOUBTFUL, message)
    if entry.kind == "cpu" and (names := sorted(entry.libraries.keys() & {"cuda", "cudnn", "nccl"})):
        message = f"an image for the CPU has no {' and no '.join(names)}; it is left out"
        yield Problem(entry.position, Rule.IMPORT_CELL_DOUBTFUL, message, "check the accelerator")


def _mismatch(entry: Entry, prefix: str | None) -> Problem:
    message = f"{entry.reference} stands in the wrong row: {', and '.join(entry.contradictions)}"
    expected = _expected_name(entry, prefix) if prefix is not None else ""
    hint = "check the image; the entry is left out"
    if expected and expected != entry.name:
        path = f"{entry.reference.path.rpartition('/')[0]}/{expected}".lstrip("/")
        hint = f'did you mean "{replace(entry.reference, path=path)}"?'
    return Problem(entry.position, Rule.IMPORT_IMAGE_MISMATCH, message, hint)


def _spellings(entries: tuple[Entry, ...]) -> Iterator[Problem]:
    """Requirements that are written in two ways: the rarer way is reported once for each row."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for text in entry.packages if isinstance(entry.packages, tuple) else ():
            spellings[_key(text)][text] += 1
    for entry in entries:
        for text in entry.packages if isinstance(entry.packages, tuple) else ():
            usual = spellings[_key(text)].most_common(1)[0][0]
            if usual != text:
                place = entry.said.get(Column.PACKAGES)
                message = f"{shown(text)} is elsewhere in this list written {shown(usual)}"
                position = place.position if place else entry.position
                yield Problem(position, Rule.IMPORT_SPELLING, message, f'write "{usual}"')


def _key(text: str) -> str:
    return spelling(text).lower()
