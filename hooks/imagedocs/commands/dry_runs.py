"""Let MkDocs say what is wrong with a configuration, in a process of its own: hooks and plugins are programs."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from imagedocs.checks.records import from_bytes, read_all, to_bytes, write
from imagedocs.files.reading import read_source
from imagedocs.incremental.cache import Cache
from imagedocs.incremental.reads import (
    digest_of,
    digest_of_bytes,
    is_file,
    is_folder,
    note,
    raw_digest,
    recording,
)
from imagedocs.problems import CannotRun, Problem
from imagedocs.yaml.configuration import PATH, read_configuration, scalars, value_at
from imagedocs.yaml.nodes import Scalar, Sequence

_FROM_ENVIRONMENT = re.compile(r"!ENV[ \t]+([^#\n]*)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_MOST_INHERITED = 10
"""Number of configuration files that are looked at: each may name another one."""


def run_mkdocs(file: Path, as_of: date, *options: str) -> tuple[Problem, ...]:
    """Return what MkDocs finds in the site of a configuration file, whose plugins and hooks it runs. For the `options`
    see `imagedocs.plugin.dry_run`. Raises CannotRun."""
    noon = datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "problems")
        command = [sys.executable, "-m", "imagedocs.plugin.dry_run", *options, str(file), str(result)]
        done = subprocess.run(command, cwd=file.parent, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace", check=False)  # fmt: skip
        if not result.exists():
            last = next(
                (line for line in reversed(done.stderr.splitlines()) if line.strip()), "it says nothing"
            )
            raise CannotRun(f"MkDocs ended before the check was done: {last.strip()}")
        return tuple(read_all(Problem, from_bytes(result.read_bytes())))


def load_with_mkdocs(root: Path, as_of: date, cache: Cache) -> tuple[Problem, ...]:
    """Return what MkDocs says of `mkdocs.yml` when it loads it. MkDocs is asked again only when the configuration, what it
    names or the environment has changed. A file that is no YAML is left to its own rule."""
    return tuple(
        read_all(Problem, from_bytes(cache.cached("configuration", "", lambda: _loaded(root, as_of))))
    )


def environment_answerers() -> dict[str, Callable[[str], str]]:
    """Return the function that answers questions about variables of the environment, for `Cache.answer_by`."""
    return {"environment": lambda name: digest_of_bytes(repr(os.environ.get(name)).encode())}


_known: dict[str, bytes] = {}
"""What MkDocs has said in this process, by a digest of what it looked at."""


def _loaded(root: Path, as_of: date) -> bytes:
    with recording() as reads:
        is_yaml = _look_at(root, PATH)
    if not is_yaml:
        return to_bytes([])
    looked_at = digest_of({str(question): answer for question, answer in reads.answers.items()})
    if looked_at not in _known:
        found = run_mkdocs(root / PATH, as_of, "--load")
        _known[looked_at] = to_bytes([write(each) for each in found])
    return _known[looked_at]


def _look_at(root: Path, path: str, level: int = 0) -> bool:
    """Ask for all that MkDocs looks at when it loads a configuration file; return whether the file is YAML."""
    text = read_source(root, path).text
    node, problems = read_configuration(text)
    is_folder(root, "docs")
    for _, scalar in scalars(node):
        name = scalar.value
        if 0 < len(name) < 200 and name.isprintable() and not is_file(root, name):
            is_folder(root, name)
    hooks = value_at(node, "hooks")
    for hook in hooks.items if isinstance(hooks, Sequence) else ():
        if isinstance(hook, Scalar) and hook.value.isprintable():
            raw_digest(root, hook.value)
    answer = environment_answerers()["environment"]
    for names in _FROM_ENVIRONMENT.findall(text):
        for name in _NAME.findall(names):
            note("environment", name, answer(name))
    above = value_at(node, "INHERIT")
    if isinstance(above, Scalar) and level < _MOST_INHERITED:
        _look_at(root, os.path.normpath(os.path.join(os.path.dirname(path), above.value)), level + 1)
    return not problems
