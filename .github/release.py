"""Decide whether a tag may be released, and print what its version changes.

    python .github/release.py v0.1.0

The tag must be that of the version in `hooks/imagedocs/__init__.py`, and the first entry of the changelog must be that of
this version, with the day of its release. Exit status: 0 if the tag may be released; 1 if not, with a line for each reason.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSION_FILE = "hooks/imagedocs/__init__.py"
CHANGELOG = "CHANGELOG.md"
ENTRY = re.compile(r"^## \[(?P<version>[^]]+)\] - (?P<day>.+)$")


def version_of(root: Path) -> str:
    """Return the version that the package of the checkout at `root` has."""
    text = (root / VERSION_FILE).read_text("utf-8")
    (version,) = re.findall(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    return version


def entry_of(root: Path, version: str) -> tuple[str, list[str]]:
    """Return the text of the changelog about `version`, and what keeps this from being released."""
    lines = (root / CHANGELOG).read_text("utf-8").splitlines()
    headings = [number for number, line in enumerate(lines) if line.startswith("## ")]
    if not headings:
        return "", [f"{CHANGELOG}: has no entry; write: ## [{version}] - {date.today().isoformat()}"]  # noqa: DTZ011  # the day where the release is made
    first, *others = headings
    text = "\n".join(lines[first + 1 : others[0] if others else None]).strip()
    found = ENTRY.match(lines[first])
    return text, [f"{CHANGELOG}:{first + 1}: {reason}" for reason in _amiss(found, version, text)]


def _amiss(found: re.Match[str] | None, version: str, text: str) -> Iterator[str]:
    if not found or found["version"] != version:
        yield f"the first entry is not that of {version}; write: ## [{version}] - <the day of its release>"
    elif not _is_day(found["day"]):
        yield f'"{found["day"]}" is not the day of a release; write it as 2026-03-16'
    if not text:
        yield "the entry says nothing"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def main(tag: str, root: Path = ROOT) -> int:
    version = version_of(root)
    text, reasons = entry_of(root, version)
    if tag != f"v{version}":
        reasons.insert(
            0, f'{VERSION_FILE}: the version is {version}, whose tag is "v{version}" and not "{tag}"'
        )
    for reason in reasons:
        print(reason, file=sys.stderr)
    if not reasons:
        print(text)
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
