# pyright: standard
# MkDocs is typed in parts only.
"""Watch a project's files for a preview through the system's events, without polling."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_CHANGES = ("created", "modified", "deleted", "moved")
"""Kinds of events that change a file; others come from reading files."""
_DELAY = 0.02
"""Seconds without another change after which a save counts as complete."""


def watch_by_events(server: LiveReloadServer, root: Path) -> None:
    """Replace the observer that looks at every file twice a second by one that the system tells of changes."""

    class Handler(FileSystemEventHandler):
        """Handler that asks for a build when a file has changed, and not when it was read."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in _CHANGES and not (event.is_directory and event.event_type == "modified"):
                _ask_for_build(server)

    class Events(Observer):  # type: ignore[misc, valid-type]  # a variable: watchdog sets it to the class for this system
        def schedule(self, event_handler: object, path: str, **named: Any) -> Any:
            """Watch with our handler: MkDocs' own would start a build because the last one has read files."""
            return super().schedule(Handler(), path, **named)

    class Again(FileSystemEventHandler):
        """Handler that watches a folder again after it was away, as when a branch is switched."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            path = os.path.abspath(os.fsdecode(event.dest_path or event.src_path))
            if event.event_type in ("created", "moved") and path in server._watched_paths:
                with suppress(KeyError, OSError):
                    observer.unschedule(server._watch_refs.pop(path))
                del server._watched_paths[path]
                server.watch(path)
                _ask_for_build(server)

    observer: Any = Events()  # MkDocs says that it polls, and asks no more of it than this one can do
    watched, server._watched_paths = server._watched_paths, {}
    server._watch_refs.clear()
    server.observer = observer
    server.build_delay = _DELAY
    for path in watched:
        server.watch(path)
    super(Events, observer).schedule(Again(), str(root), recursive=False)


def _ask_for_build(server: LiveReloadServer) -> None:
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()
