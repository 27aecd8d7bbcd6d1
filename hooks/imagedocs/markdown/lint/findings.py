"""What the linter finds in a piece of text."""

from dataclasses import dataclass

from imagedocs.problems import Rule


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters `start` to `end` of a block's text are wrong."""

    start: int
    end: int
    rule: Rule
    message: str
    hint: str = ""
    replacement: str | None = None
    """What to put in their place, where that is safe to do unseen."""
