"""The file of the registry manifest on disk."""

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
