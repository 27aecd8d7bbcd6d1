"""Where the parts of imagedocs lie that are no Python of the library: in an installed package beside it, in a
checkout where they are written."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Parts:
    hooks: Path
    """What MkDocs calls."""
    theme: Path
    """What Material's templates do not do, with styles and scripts."""
    translations: Path
    """The library's own sentences: `<babel id>/LC_MESSAGES/messages.po`."""


@cache
def parts() -> Parts:
    """Those of this imagedocs (`pyproject.toml` says what a package takes along)."""
    library = Path(__file__).parent
    if (library / "hooks").is_dir():
        return Parts(library / "hooks", library / "theme", library / "translations")
    checkout = library.parents[1]
    return Parts(checkout / "hooks", checkout / "includes" / "theme", checkout / "locales")
