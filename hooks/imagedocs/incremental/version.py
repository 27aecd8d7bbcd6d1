"""Tell apart versions of what results depend on besides the project: imagedocs, Python and the installed packages."""

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from imagedocs.parts import parts

_LIBRARY = Path(__file__).parent.parent


@cache
def library_version(project: Path | None = None) -> str:
    """Return a text that differs whenever a file of imagedocs, or the version of a package or of Python, differs.

    Files of imagedocs that belong to a `project`, where imagedocs itself is developed, are left out unless they are
    code: results record that they read them.
    """
    digest = blake2b(sys.version.encode(), digest_size=16)
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue  # it is not there, or an archive
        packages = sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
        digest.update("\n".join(packages).encode())
    own = parts()
    besides = (each for each in (own.theme, own.templates) if not project or not each.is_relative_to(project))
    for folder in (_LIBRARY, own.hooks, *besides):
        for parent, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                if folder == own.theme or name.endswith((".py", ".json", ".j2")):
                    digest.update(f"\n{os.path.relpath(parent, folder)}/{name}\n".encode())
                    with open(os.path.join(parent, name), "rb") as file:
                        digest.update(file.read())
    return digest.hexdigest()
