# pyright: standard
# MkDocs is typed in parts only.
"""Build a site that imagedocs was added to, as far as its pages, and write the problems instead of a site.

`python -m imagedocs.plugin.dry_run CONFIGURATION RESULT` runs as a process of its own: the site's plugins and hooks are
programs, and may print what they like.
"""

import logging
import sys
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import event_priority

from imagedocs.checks.records import to_bytes, write
from imagedocs.plugin.added import AddedPages
from imagedocs.problems import Position, Problem, Rule


class _DoneError(BaseException):
    """Signal that everything has been checked. No handler of MkDocs or a plugin takes it for an error of a build."""


class _Stop:
    """Handler that ends a build before it writes a page."""

    @event_priority(-1_000_000)
    def on_env(self, env: object, **_: object) -> None:
        raise _DoneError


def problems_of(file: Path) -> list[Problem]:
    """Return the problems with the site of a configuration file. A build that fails is a problem itself."""
    said = _Said()
    logging.getLogger("mkdocs").addHandler(said)
    with tempfile.TemporaryDirectory() as folder:
        try:
            config = load_config(str(file), site_dir=folder)
        except (Abort, MkDocsException, SystemExit) as error:
            return [_failure(file, said, error)]
        try:
            config.plugins.on_startup(command="build", dirty=False)
            config.plugins["imagedocs (end of the check)"] = _Stop()  # type: ignore[assignment]  # as MkDocs does with hooks
            build(config)
        except _DoneError:
            return [*said.problems(file.name), *_found(config)]
        except (Abort, MkDocsException, SystemExit) as error:
            return [_failure(file, said, error)]
    return []


def _failure(file: Path, said: "_Said", error: BaseException) -> Problem:
    message = said.last_error or " ".join(str(error).split()) or type(error).__name__
    return Problem(Position(file.name), Rule.BUILD_FAILED, f"MkDocs cannot build the site: {message}")


def _found(config: MkDocsConfig) -> list[Problem]:
    for plugin in config.plugins.values():
        if isinstance(plugin, AddedPages):
            return [*plugin.found]
    return []


class _Said(logging.Handler):
    """Handler that keeps the warnings of MkDocs and of other plugins."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    @property
    def last_error(self) -> str:
        """Text of the last error."""
        texts = [each.getMessage() for each in self._records if each.levelno >= logging.ERROR]
        return " ".join(texts[-1].split()) if texts else ""

    def problems(self, path: str) -> list[Problem]:
        """Return a problem for each warning that a strict build would fail for, but ours, which are known."""
        return [
            Problem(Position(path), Rule.BUILD_WARNING, " ".join(each.getMessage().split()))
            for each in self._records
            if not each.getMessage().startswith("imagedocs: ")
        ]


if __name__ == "__main__":
    found = problems_of(Path(sys.argv[1]))
    Path(sys.argv[2]).write_bytes(to_bytes([write(each) for each in found]))
