"""Let MkDocs say what is wrong with a configuration, in a process of its own: hooks and plugins are programs."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from imagedocs.checks.records import from_bytes, read_all, to_bytes, write
from imagedocs.incremental.cache import Cache
from imagedocs.incremental.reads import digest_of, recording
from imagedocs.problems import CannotRun, Problem


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


_known: dict[str, bytes] = {}
"""What MkDocs has said in this process, by a digest of what it looked at."""


def _loaded(root: Path, as_of: date) -> bytes:
    from imagedocs.project.loaded_files import look_at

    with recording() as reads:
        is_yaml = look_at(root)
    if not is_yaml:
        return to_bytes([])
    looked_at = digest_of({str(question): answer for question, answer in reads.answers.items()})
    if looked_at not in _known:
        found = run_mkdocs(root / "mkdocs.yml", as_of, "--load")
        _known[looked_at] = to_bytes([write(each) for each in found])
    return _known[looked_at]
