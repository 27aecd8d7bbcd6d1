"""`imagedocs snapshot`: replaces the recorded answers in the registry manifest by those of the live registry.

What was learned before an interruption is kept: the manifest is whole after every repository, and the file is
replaced in one step.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from imagedocs.problems import CannotRun
from imagedocs.references import InvalidReferenceError, as_meant, parse_name
from imagedocs.registry.changes import Change, compare_manifests, count_changes
from imagedocs.registry.headers import printable
from imagedocs.registry.manifest import Manifest, dump_manifest
from imagedocs.registry.oci import Access, OciRegistries
from imagedocs.registry.recording import read_manifest_file
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
    recorded = read_manifest_file(path, shown)
    refresh = Refresh(recorded, options.as_of, options.depth, options.claims)
    saved_at = time.monotonic()

    def on_progress(name: str) -> None:
        nonlocal saved_at
        if progress:
            progress(len(refresh.done), len(names), name)
        if not options.dry_run and time.monotonic() - saved_at > SAVE_SECONDS:
            write_file(path, dump_manifest(refresh.result()), shown)
            saved_at = time.monotonic()

    refresh.progress = on_progress
    interrupted = False
    try:
        asyncio.run(_run(refresh, names, options.access))
    except KeyboardInterrupt:
        interrupted = True
    fresh = refresh.result()
    if not options.dry_run:
        write_file(path, dump_manifest(fresh), shown)
    changes = compare_manifests(recorded, fresh)
    return Snapshot(changes, refresh.unanswered, refresh.notes, interrupted, fresh)


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
