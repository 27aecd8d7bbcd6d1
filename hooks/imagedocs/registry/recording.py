"""The file of the registry manifest on disk."""

import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from imagedocs.errors import CannotRun
from imagedocs.registry.manifest import Manifest, load_manifest
from imagedocs.registry.manifest_reader import MAX_BYTES


def read_manifest_file(path: Path, shown: str) -> Manifest:
    """The manifest at `path`, an empty one where there is no file. `shown` names it in messages.

    Raises CannotRun when anything in it is wrong: what was misread would be lost in the next writing.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        raise CannotRun(f"{shown} cannot be read: {error.strerror}") from error
    manifest, problems = load_manifest(shown, data)
    for problem in problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise CannotRun(f"{problem}{more}")
    return manifest or Manifest()


@contextmanager
def hold(path: Path) -> Generator[None]:
    """Let no other imagedocs write the file meanwhile, where the system has locks of folders: none is left behind."""
    try:
        import fcntl
    except ImportError:  # Windows; whoever reads the file just before writing it loses next to nothing
        yield
        return
    with ExitStack() as stack:
        with suppress(OSError):  # no locks there, or no folder: who writes next says what is wrong with it
            path.parent.mkdir(parents=True, exist_ok=True)
            folder = os.open(path.parent, os.O_RDONLY)
            stack.callback(os.close, folder)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
