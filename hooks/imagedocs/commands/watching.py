"""`imagedocs check --watch`: check again on each save, until the author stops it."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from imagedocs.errors import CannotRun
from imagedocs.programs import typable

FOLDERS = ("docs", "includes", "catalog", "locales")
"""Where people write. Of the project's own folder, the files are watched, and nothing below it."""

PAUSE = 0.1
"""Seconds without a change before a check begins: an editor saves in several steps."""
_CHANGES = frozenset({"created", "modified", "deleted", "moved"})


class _Changes(FileSystemEventHandler):
    """Notes which files have changed."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.noted = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES or event.is_directory:
            return
        # A name that begins with a dot, or ends like a backup, is an editor's own.
        for path in (event.src_path, event.dest_path):
            name = os.path.basename(os.fsdecode(path))
            if name and not name.startswith(".") and not name.endswith(("~", ".swp", ".tmp")):
                self.paths.add(os.fsdecode(path))
                self.noted.set()

    def wait(self) -> set[str]:
        """The paths that have changed, once nothing changes any more."""
        self.noted.wait()
        while self.noted.is_set():
            self.noted.clear()
            self.noted.wait(PAUSE)
        paths, self.paths = self.paths, set()
        return paths


def watch(root: Path, check: Callable[[], int]) -> int:
    """Call `check` now and after each change of the project in `root`; gives its last status when the author
    presses Ctrl-C.

    Raises CannotRun where the first check cannot be done, or the system watches no more files.
    """
    changes = _Changes()
    observer = Observer()
    watched: set[Path] = set()

    def begin() -> None:
        """Also watch folders that are new."""
        for folder in (root, *(root / name for name in FOLDERS)):
            if folder.is_dir() and folder not in watched:
                observer.schedule(changes, str(folder), recursive=folder != root)
                watched.add(folder)

    try:
        begin()
        observer.start()
    except OSError as error:
        raise CannotRun(f"the system watches no more files: {error.strerror}") from error
    status = 0
    try:
        status = check()  # whatever is saved meanwhile is noted already
        while True:
            click.echo("watching; Ctrl-C ends", err=True)
            paths = changes.wait()
            begin()
            names = sorted(os.path.relpath(path, root) for path in paths)
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            click.echo(f"\n{names[0] if names else 'something'}{more} changed", err=True)
            try:
                status = check()
            except CannotRun as error:  # half-way through a save or a rename; the next one may be whole
                click.echo(f"imagedocs: {typable(str(error))}", err=True)
                status = 2
    except KeyboardInterrupt:
        return status
    finally:
        observer.stop()
        observer.join()
