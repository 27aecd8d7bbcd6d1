"""Read from git what the folder no longer holds: files of other commits, and what other branches name."""

import os
import re
import subprocess
from pathlib import Path
from typing import Final

_GIT: Final = (
    "git",
    "--no-pager",
    *("-c", "log.showSignature=false", "-c", "grep.fallbackToNoIndex=false"),
    *("-c", "protocol.allow=never"),  # a clone without all objects is not completed from the network
)


def committed_file(root: Path, path: str) -> bytes | None:
    """Return the content with which the project's file at `path` was added in any commit of any branch.

    `None` if no commit that is known here has added it, or git isn't there.
    """
    added = _run(
        root, "log", "--all", "-m", "--diff-filter=A", "--no-renames", "--format=%H", "-1", "--", path
    )
    commit = added.decode("ascii", "replace").strip() if added else ""
    return _run(root, "show", f"{commit}:./{path}") if commit else None


def named_in_branches(root: Path, pattern: str, *folders: str) -> set[str]:
    """Return every text matching the basic regular expression `pattern` below `folders` on any branch known here."""
    refs = _run(root, "for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes") or b""
    commits = sorted(set(refs.decode("ascii", "replace").split()))
    if not commits:
        return set()
    found = _run(root, "grep", "-h", "-o", "-I", "-e", pattern, *commits, "--", *folders) or b""
    return set(re.split(r"\s+", found.decode("utf-8", "replace"))) - {""}


def _run(root: Path, *arguments: str) -> bytes | None:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = [*_GIT, *arguments]
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
