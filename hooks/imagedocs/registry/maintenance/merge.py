"""The three-way merge of the registry manifest: by tag, not by line.

Two people who both took a snapshot have changed the same lines with the same truth in mind; a merge by line
conflicts in half of all such pairs, and a union of lines is silently wrong. Here a conflict is left only where
one tag that should stay was given two digests.
"""

import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from imagedocs.problems import CannotRun
from imagedocs.registry import Gone, Repository, Sighting, TagFacts
from imagedocs.registry.manifest import Manifest, dump_manifest
from imagedocs.registry.recording import read_manifest_file
from imagedocs.registry.tag_names import is_fixed
from imagedocs.writing import reason, write_file

MERGED, CONFLICT = 0, 1

DRIVER = "imagedocs-manifest"
ATTRIBUTES = f"catalog/registry.json merge={DRIVER}"
_OURS, _THEIRS = "<<<<<<< ours", ">>>>>>> theirs"

_COMMAND = (
    "{program} merge %O %A %B"
    " || {{ status=$?; test $status = 1 && grep -q '^{ours}$' %A && exit 1;"
    " git merge-file -L ours -L base -L theirs %A %O %B; }}"
)
"""What git gives to a shell. It takes any status but 0 for a conflict that the file shows, so where the program leaves
no conflict in the file, because it is gone or could not read a side, git's own text merge takes its place."""

Record = TagFacts | Gone
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One tag with two digests."""

    repository: str
    key: str
    ours: TagFacts
    theirs: TagFacts

    def __str__(self) -> str:
        return f"{self.repository}:{self.key} is {self.ours.digest} here and {self.theirs.digest} there"


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of it; where there is a conflict, `manifest` has our side."""

    manifest: Manifest
    conflicts: tuple[Conflict, ...] = ()


def merge_manifests(base: Manifest, ours: Manifest, theirs: Manifest) -> Merge:
    """Everything that either side has learned since `base`."""
    merged: dict[str, Repository] = {}
    conflicts: list[Conflict] = []
    for name in sorted({*ours.by_name, *theirs.by_name}):
        sides = [_records(side.by_name.get(name, Repository())) for side in (base, ours, theirs)]
        chosen: dict[str, Record] = {}
        for key in sorted({*sides[1], *sides[2]}):
            was, our, their = (side.get(key) for side in sides)
            record = _merge_record(name, key, was, our, their, conflicts.append)
            if record is not None:
                chosen[key] = record
        if chosen:
            merged[name] = _repository(chosen)
    return Merge(Manifest(merged), tuple(conflicts))


def _records(repository: Repository) -> dict[str, Record]:
    """All entries by tag or digest; nothing is both there and gone."""
    return {**repository.gone, **repository.digests, **repository.tags}


def _repository(records: Mapping[str, Record]) -> Repository:
    facts = {key: record for key, record in records.items() if isinstance(record, TagFacts)}
    return Repository(
        tags={key: record for key, record in facts.items() if ":" not in key},
        digests={key: record for key, record in facts.items() if ":" in key},
        gone={key: record for key, record in records.items() if isinstance(record, Gone)},
    )


def _merge_record(
    name: str,
    key: str,
    base: Record | None,
    ours: Record | None,
    theirs: Record | None,
    on_conflict: Callable[[Conflict], None],
) -> Record | None:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if ours is None or theirs is None:
        return theirs if ours is None else ours  # one side dropped what the other learned more of
    if isinstance(ours, Gone) and isinstance(theirs, Gone):
        return _earlier(ours, theirs)
    if isinstance(ours, Gone):
        return _gone_or_there(ours, theirs)
    if isinstance(theirs, Gone):
        return _gone_or_there(theirs, ours)
    if ours.digest and theirs.digest and ours.digest != theirs.digest:
        newer = _newer(key, ours, theirs)
        if newer is None:
            on_conflict(Conflict(name, key, ours, theirs))
        return newer or ours
    return _join(base if isinstance(base, TagFacts) else TagFacts(), ours, theirs)


def _earlier(ours: Gone, theirs: Gone) -> Gone:
    """The first day on which it was found missing; that it never was there is the least that was known."""
    if ours.since is None or theirs.since is None:
        return theirs if ours.since is None else ours
    return ours if ours.since <= theirs.since else theirs


def _gone_or_there(gone: Gone, facts: object) -> Record:
    """The registry's own "no" outlasts what was learned before it; another digest was pushed after it."""
    assert isinstance(facts, TagFacts)
    return facts if facts.digest and facts.digest != gone.digest and gone.digest else gone


def _newer(key: str, ours: TagFacts, theirs: TagFacts) -> TagFacts | None:
    """Of a tag that moves, the image that was built later; None when that cannot be told."""
    if is_fixed(key) or not ours.created or not theirs.created or ours.created == theirs.created:
        return None
    return max(ours, theirs, key=lambda facts: facts.created or "")


def _join(base: TagFacts, ours: TagFacts, theirs: TagFacts) -> TagFacts:
    """Both sides' knowledge of one image."""
    return TagFacts(
        digest=_pick(base.digest, ours.digest, theirs.digest),
        media_type=_pick(base.media_type, ours.media_type, theirs.media_type),
        size=_pick(base.size, ours.size, theirs.size),
        created=_pick(base.created, ours.created, theirs.created),
        end_of_life=_pick(base.end_of_life, ours.end_of_life, theirs.end_of_life),
        platforms=_pick(base.platforms, ours.platforms, theirs.platforms),
        seen=_join_sightings(ours.seen, theirs.seen),
    )


def _pick(base: T | None, ours: T | None, theirs: T | None) -> T | None:
    """The side that changed it; of two changes ours, unless we know nothing."""
    return theirs if ours is None or ours == base else ours


def _join_sightings(ours: tuple[Sighting, ...], theirs: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
    """The registry's own answer alone, where a side has it; otherwise everybody's."""
    for side in (ours, theirs):
        if any(sighting.source == "registry" for sighting in side):
            return side
    return tuple(dict.fromkeys((*ours, *theirs)))


def render_merge(merge: Merge) -> str:
    """The file's text, with the usual markers of a conflict around the two lines of each."""
    lines = dump_manifest(merge.manifest).splitlines()
    for conflict in merge.conflicts:
        ours, theirs = (_line(conflict, facts) for facts in (conflict.ours, conflict.theirs))
        at = _find(lines, conflict, ours)
        comma = "," if lines[at].endswith(",") else ""
        lines[at : at + 1] = [_OURS, ours + comma, "=======", theirs + comma, _THEIRS]
    return "\n".join(lines) + "\n"


def _line(conflict: Conflict, facts: TagFacts) -> str:
    """The line of one tag, as the manifest writes it."""
    only = Manifest({conflict.repository: _repository({conflict.key: facts})})
    return dump_manifest(only).splitlines()[2]


def _find(lines: list[str], conflict: Conflict, line: str) -> int:
    head = dump_manifest(Manifest({conflict.repository: Repository()})).splitlines()[1]
    start = lines.index(head)
    return next(number for number in range(start, len(lines)) if lines[number].removesuffix(",") == line)


def merge_files(base: Path, ours: Path, theirs: Path) -> tuple[int, Iterator[str]]:
    """Merge `ours` and `theirs` into `ours`, and return the exit status and what to print.

    Raises CannotRun, with `ours` untouched, when a side cannot be read.
    """
    sides = ((base, "the common ancestor"), (ours, "our side"), (theirs, "their side"))
    was, our, their = (_read_side(path, shown) for path, shown in sides)
    merge = merge_manifests(was, our, their)
    write_file(ours, render_merge(merge))
    return (CONFLICT if merge.conflicts else MERGED), map(str, merge.conflicts)


def _read_side(path: Path, shown: str) -> Manifest:
    """The manifest of one side; git gives an empty file where there is no common ancestor."""
    return read_manifest_file(path, shown) if path.exists() and path.stat().st_size else Manifest()


def driver_command(python: str) -> str:
    """Return the shell command by which git merges two records with the imagedocs of the interpreter `python`.

    The interpreter is named by its path: git's shell need not have the environment that imagedocs is installed in.
    With `-P`, a folder `imagedocs` in the checkout is not taken for the library.
    """
    program = f"{shlex.quote(python)} -P -m imagedocs".replace("%", "%%")  # git replaces %O, %A and %B
    return _COMMAND.format(program=program, ours=_OURS)


def install_merge_driver(root: Path) -> None:
    """Make git use the driver in the checkout `root`: its configuration, and a line of `.gitattributes`.

    Raises CannotRun where git cannot be configured.
    """
    import subprocess  # a merge itself needs none

    for key, value in (
        (f"merge.{DRIVER}.name", "registry manifest of imagedocs, by tag"),
        (f"merge.{DRIVER}.driver", driver_command(Path(sys.executable).as_posix())),
    ):
        try:
            command = ["git", "-C", str(root), "config", key, value]
            subprocess.run(command, check=True, capture_output=True)
        except OSError as error:
            raise CannotRun(f"git cannot be run: {reason(error)}") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise CannotRun(f"git cannot be configured in {root}: {said}") from error
    attributes = root / ".gitattributes"
    text = attributes.read_text("utf-8") if attributes.exists() else ""
    if ATTRIBUTES not in text.splitlines():
        separator = "" if not text or text.endswith("\n") else "\n"
        write_file(attributes, f"{text}{separator}{ATTRIBUTES}\n")
