"""What a report needs to know of a project."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """What a report needs to know of a project."""

    root: Path
    site_url: str
    default: str
    """The tag of the default locale."""
