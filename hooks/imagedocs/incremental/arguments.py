"""The arguments of a run, which its results depend on beside the project's files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from imagedocs.incremental.reads import note


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments with which a project is looked at. Results note those that they ask for: questions of the kind
    "argument"."""

    as_of: date
    """The day that counts as today."""
    directory_urls: bool | None = None
    """Overrides what `mkdocs.yml` says, unless it is `None`."""

    def note(self, name: str) -> None:
        """Note that a result depends on the argument `name`."""
        note("argument", name, self._answer(name))

    def answerers(self) -> dict[str, Callable[[str], str]]:
        """Return what answers such questions, for `Cache.answer_by`."""
        return {"argument": self._answer}

    def _answer(self, name: str) -> str:
        return str(getattr(self, name, ""))
