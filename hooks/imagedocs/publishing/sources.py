"""Sources of facts, as readers can follow them."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from imagedocs.registry import FROM_REGISTRY

_COMMIT = re.compile(
    r"(?P<name>[A-Za-z0-9][\w-]{0,38}/[\w.-]{1,100})@(?P<commit>[0-9a-f]{7,40})(?::(?P<path>\S.*))?", re.ASCII
)
_GITHUB = "https://github.com"
PUBLIC_FILE: Final = "a public file"
"""What a source says, maybe with more behind it, of a file whose address is not recorded."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact is from."""

    text: str
    """What a reader sees; empty when the registry itself said so."""
    address: str = ""
    """Where a reader finds it; empty when no address is known."""
    rest: str = ""
    """What follows the linked text."""

    @property
    def is_registry(self) -> bool:
        """Whether the registry itself said so."""
        return not self.text

    @property
    def is_public_file(self) -> bool:
        """Whether it is a file that anyone may read, of which no more is recorded."""
        return self.text == PUBLIC_FILE


def origin_of(source: str) -> Origin:
    """Return the origin that the record or the catalog names.

    `owner/name@commit:path` is a file on GitHub, of which a reader sees repository and commit: a path may be long.
    """
    if source == FROM_REGISTRY:
        return Origin("")
    if source == PUBLIC_FILE or source.startswith(f"{PUBLIC_FILE} "):
        return Origin(PUBLIC_FILE, rest=source.removeprefix(PUBLIC_FILE))
    found = _COMMIT.match(source)
    if found is None:
        return Origin(source)
    name, commit, path = found["name"], found["commit"], found["path"]
    shown = f"{name}@{commit}"
    if path is None:
        return Origin(shown, f"{_GITHUB}/{name}/commit/{commit}", source[found.end() :])
    return Origin(shown, f"{_GITHUB}/{name}/blob/{commit}/{quote(path)}")
