"""`imagedocs snapshot`: replaces the recorded answers in the registry manifest by those of the live registry.

What was learned before an interruption is kept: the manifest is whole after every repository, and the file is
replaced in one step. What somebody else wrote into it meanwhile is kept too.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from imagedocs.problems import CannotRun
from imagedocs.references import InvalidReferenceError, as_meant, parse_name
from imagedocs.registry.access import Access
from imagedocs.registry.changes import Change, compare_manifests, count_changes
from imagedocs.registry.headers import printable
from imagedocs.registry.maintenance.merge import merge_manifests
from imagedocs.registry.manifest import Manifest, dump_manifest
from imagedocs.registry.oci import OciRegistries
from imagedocs.registry.recording import hold, read_manifest_file
from imagedocs.registry.refresh import Depth, Refresh
from imagedocs.registry.verdicts import ALL_EXIST, SOMETHING_UNKNOWN
from imagedocs.writing import write_file

SAVE_SECONDS = 10
"""How much work a killed run may lose."""


@dataclass(frozen=True, slots=True)
class SnapshotOptions:
    """What a person can ask of a snapshot."""

    as_of: date
    access: Access = field(default_factory=Access)
    depth: Depth = field(default_factory=Depth)
    dry_run: bool = False
    """Show the difference and write nothing."""
    claims: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """Tags and digests that the project's files name, by repository."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What came of it."""

    changes: tuple[Change, ...]
    unanswered: dict[str, str]
    """Of which repository or reference the registry said nothing, and why: their records are as before."""
    notes: dict[str, list[str]]
    interrupted: bool = False
    manifest: Manifest = field(default_factory=Manifest, repr=False)

    @property
    def exit_status(self) -> int:
        """0, or 3 when the registry would not say something or the work was not done to its end."""
        return SOMETHING_UNKNOWN if self.unanswered or self.interrupted else ALL_EXIST

    def lines(self) -> list[str]:
        """The report for people: changes, notes, what is not known, a count. Printable."""
        notes = [f"note: {name}: {note}" for name in sorted(self.notes) for note in self.notes[name]]
        silent = [f"unknown: {name}: {self.unanswered[name]}" for name in sorted(self.unanswered)]
        end = ["interrupted: what was done until then is kept"] if self.interrupted else []
        return [*map(str, self.changes), *notes, *silent, *end, count_changes(self.changes)]


def take_snapshot(
    path: Path,
    shown: str,
    repositories: Iterable[str],
    options: SnapshotOptions,
    progress: Callable[[int, int, str], None] | None = None,
) -> Snapshot:
    """Refresh `repositories` (`registry.example/team/x`) in the manifest at `path`, which messages call `shown`.

    `progress` gets how many repositories are done, of how many, and the last one's name. Raises CannotRun.
    """
    names = sorted({_checked(name) for name in repositories})
    file = _File(path, shown)
    refresh = Refresh(file.recorded, options.as_of, options.depth, options.claims)
    saved_at = time.monotonic()

    def on_progress(name: str) -> None:
        nonlocal saved_at
        if progress:
            progress(len(refresh.done), len(names), name)
        if not options.dry_run and time.monotonic() - saved_at > SAVE_SECONDS:
            file.save(refresh)
            saved_at = time.monotonic()

    refresh.progress = on_progress
    interrupted = False
    try:
        asyncio.run(_run(refresh, names, options.access))
    except KeyboardInterrupt:
        interrupted = True
    if not options.dry_run:
        file.save(refresh)
    fresh = refresh.result()
    changes = compare_manifests(file.recorded, fresh)
    return Snapshot(changes, refresh.unanswered, refresh.notes, interrupted, fresh)


class _File:
    """The file of the manifest, which others may write too while this run lasts."""

    def __init__(self, path: Path, shown: str) -> None:
        self._path = path
        self._shown = shown
        self._version = self._find_version()
        self._is_shared = False
        self.recorded = read_manifest_file(path, shown)

    def _find_version(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def save(self, refresh: Refresh) -> None:
        """Write what is done so far, together with what others have written since the file was read."""
        manifest = refresh.result()
        with hold(self._path):
            self._is_shared = self._is_shared or self._find_version() != self._version
            if self._is_shared:
                merge = merge_manifests(self.recorded, manifest, read_manifest_file(self._path, self._shown))
                manifest = merge.manifest
                for each in merge.conflicts:
                    said = f"somebody else has recorded {each.theirs.digest} meanwhile; this is not kept"
                    refresh.say(f"{each.repository}:{each.key}", [said])
            write_file(self._path, dump_manifest(manifest), self._shown)
            self._version = self._find_version()


async def _run(refresh: Refresh, names: list[str], access: Access) -> None:
    async with OciRegistries(access) as registries:
        await refresh.run(names, registries)


def _checked(name: str) -> str:
    try:
        if parse_name(name).domain:
            return as_meant(parse_name(name)).name
    except InvalidReferenceError:
        pass
    raise CannotRun(
        f'"{printable(name)}" is not a repository with its registry, such as registry.example/team/x'
    )
