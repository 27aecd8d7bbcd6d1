"""What results depend on besides the project's files: this library, Python, and the packages installed beside it."""

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from imagedocs.parts import parts

_LIBRARY = Path(__file__).parent.parent


@cache
def library_version() -> str:
    """Another one whenever a source of the library, or the version of a package or of Python, is another."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue  # it is not there, or an archive
        packages = sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
        digest.update("\n".join(packages).encode())
    for folder in (_LIBRARY, parts().hooks, parts().theme, parts().templates):
        for parent, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                if name.endswith((".py", ".json", ".html", ".j2")):
                    digest.update(f"\n{os.path.relpath(parent, folder)}/{name}\n".encode())
                    with open(os.path.join(parent, name), "rb") as file:
                        digest.update(file.read())
    return digest.hexdigest()
