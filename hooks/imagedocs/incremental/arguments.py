"""Hold the arguments of a run, on which its results depend besides the project's files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from imagedocs.incremental.reads import note


@dataclass(frozen=True, slots=True)
class Arguments:
    """Arguments of a run. A result records those that it asks for, as questions of the kind "argument"."""

    as_of: date
    """Day that counts as today."""
    directory_urls: bool | None = None
    """Value that overrides `use_directory_urls` in `mkdocs.yml`; `None` for no override."""

    def note(self, name: str) -> None:
        """Note that a result depends on the argument `name`."""
        note("argument", name, self._answer(name))

    def answerers(self) -> dict[str, Callable[[str], str]]:
        """Return the function that answers such questions, for `Cache.answer_by`."""
        return {"argument": self._answer}

    def _answer(self, name: str) -> str:
        return str(getattr(self, name, ""))
