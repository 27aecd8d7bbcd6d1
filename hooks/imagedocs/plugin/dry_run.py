# pyright: standard
# MkDocs is typed in parts only.
"""Build a site that imagedocs was added to, as far as its pages, and write the problems instead of a site.

`python -m imagedocs.plugin.dry_run [--load] CONFIGURATION RESULT` runs as a process of its own: the site's plugins and
hooks are programs, and may print what they like. With `--load` only the configuration is loaded.
"""

import logging
import sys
import tempfile
import traceback
from pathlib import Path

from mkdocs import plugins
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import event_priority

from imagedocs.checks.records import to_bytes, write
from imagedocs.plugin.added import AddedPages
from imagedocs.plugin.said import Said, raised_at
from imagedocs.problems import Problem, Rule


class _DoneError(BaseException):
    """Signal that everything has been checked. No handler of MkDocs or a plugin takes it for an error of a build."""


class _Stop:
    """Handler that ends a build before it writes a page."""

    @event_priority(-1_000_000)
    def on_env(self, env: object, **_: object) -> None:
        raise _DoneError


def problems_of(file: Path, *, builds: bool = True) -> list[Problem]:
    """Return the problems with the site of a configuration file: those of its configuration alone, or unless a mistake
    there prevents it, those of its pages too. A build that fails is a problem itself."""
    said = Said()
    logging.getLogger("mkdocs").addHandler(said)
    with tempfile.TemporaryDirectory() as folder:
        try:
            config = load_config(str(file), site_dir=folder)
            if not builds:
                return said.problems(file, _SETTINGS)
            return _built(file, config, said)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # of a hook or a plugin, too, for which MkDocs has no words
            return _failures(file, said, error)


def _built(file: Path, config: MkDocsConfig, said: Said) -> list[Problem]:
    config.plugins.on_startup(command="build", dirty=False)
    config.plugins["imagedocs (end of the check)"] = _Stop()  # type: ignore[assignment]  # as MkDocs does with hooks
    try:
        build(config)
    except _DoneError:
        return [*said.problems(file, _SETTINGS), *_found(config)]
    return []


_SETTINGS = tuple(name for name, _ in MkDocsConfig._schema)  # pyright: ignore[reportPrivateUsage]


def _failures(file: Path, said: Said, error: BaseException) -> list[Problem]:
    """Return what a build failed for: all mistakes of the configuration, or the error."""
    found = said.problems(file, _SETTINGS)
    if any(each.rule is Rule.BUILD_FAILED for each in found):
        return found
    text = " ".join(str(error).split())
    if isinstance(error, KeyError) and _is_of_events(error):
        text = f'a hook has the function "on_{error.args[0]}", and MkDocs has no such event'
    elif not isinstance(error, (Abort, MkDocsException, SystemExit)):
        text = f"{type(error).__name__}: {text}"
    message = f"MkDocs cannot build the site: {text or type(error).__name__}"
    return [*found, Problem(raised_at(error, file), Rule.BUILD_FAILED, message)]


def _is_of_events(error: BaseException) -> bool:
    return bool(error.args) and traceback.extract_tb(error.__traceback__)[-1].filename == plugins.__file__


def _found(config: MkDocsConfig) -> list[Problem]:
    for plugin in config.plugins.values():
        if isinstance(plugin, AddedPages):
            return [*plugin.found]
    return []


if __name__ == "__main__":
    *options, given, result = sys.argv[1:]
    found = problems_of(Path(given), builds="--load" not in options)
    Path(result).write_bytes(to_bytes([write(each) for each in found]))
