"""Options of Material's search that a locale chooses."""

from dataclasses import dataclass
from enum import StrEnum


class Segmentation(StrEnum):
    """How running text is cut into what a reader searches for."""

    WORDS = "words"
    """At spaces and punctuation."""
    CHARACTERS = "characters"
    """Chinese characters one by one, since nothing separates words."""


@dataclass(frozen=True, slots=True)
class Search:
    """How a locale's pages are indexed."""

    language: str | None = None
    """The lunr language whose stemmer and stop words are used; `None` for none."""
    segmentation: Segmentation = Segmentation.WORDS
    inflections: bool = False
    """Words are indexed without accents and endings too."""
