"""Forms of Material for MkDocs on pages that are there before imagedocs: its own Markdown would print them."""

import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from imagedocs.markdown import Source, parse
from imagedocs.markdown.targets import NoSources
from imagedocs.problems import Problem, Rule

_MOST_PAGES: Final = 1_000
_LONGEST: Final = 500_000
_NO_PAGES: Final = frozenset(["node_modules", "site", "venv", "__pycache__"])
_MATERIAL: Final = re.compile(
    r'readers see "((?:={2,3}|;?-+8<-|\+\+|:\w+-|/{3}|\{|\^|~|\*\[|::: |\[\[).*)" as it is written'
)


def name_habits(root: Path) -> str:
    """Return a sentence about the pages in a folder that use these forms, and what to do; empty when none does."""
    found = [(path, problem) for path in _pages(root) if (problem := _first(root, path)) is not None]
    if not found:
        return ""
    path, problem = found[0]
    match = _MATERIAL.match(problem.message)
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return (
        f"Pages written for Material for MkDocs are here ({path}:{problem.position.line}{others}): imagedocs.markdown "
        f"shows {match[1] if match else ''} to readers as it is. To keep such pages as they are, take imagedocs.markdown "
        "out of markdown_extensions, so that Python-Markdown reads them: see adopt.md, Add it to a site that you have."
    )


def _pages(root: Path) -> Iterator[str]:
    def walk() -> Iterator[str]:
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(each for each in folders if each[:1] != "." and each not in _NO_PAGES)
            for name in sorted(names):
                if name.endswith(".md"):
                    yield Path(folder, name).relative_to(root).as_posix()

    return islice(walk(), _MOST_PAGES)


def _first(root: Path, path: str) -> Problem | None:
    """Return the first of these forms on a page."""
    try:
        text = (root / path).read_bytes()[:_LONGEST].decode("utf-8", "replace")
    except OSError:
        return None
    problems = parse(Source(path, text), NoSources()).document.problems
    return next(
        (each for each in problems if each.rule is Rule.LITERAL_MARKUP and _MATERIAL.match(each.message)),
        None,
    )
