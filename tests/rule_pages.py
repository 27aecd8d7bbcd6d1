"""The pages of the rules, `docs/en/rules/`, as a test reads them: the code of the example and that of the fix. Beside them,
the catalog and the record that the examples are about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent.parent / "docs" / "en" / "rules"

_FENCE = re.compile(r"(`{3,})([^`\n]*)$")


@dataclass(frozen=True)
class Block:
    """A block of code."""

    language: str
    text: str


@dataclass(frozen=True)
class RulePage:
    label: str
    example: tuple[Block, ...]
    fix: tuple[Block, ...]


def read_pages() -> Mapping[str, RulePage]:
    """The page of each rule, by its name."""
    files = (file for file in sorted(PAGES.glob("*.md")) if file.stem != "index")
    return {file.stem: _read(file) for file in files}


def _read(file: Path) -> RulePage:
    sections: dict[str, list[Block]] = {}
    heading, fence, language = "", "", ""
    body: list[str] = []
    for line in file.read_text("utf-8").splitlines():
        match = _FENCE.match(line)
        if not fence and match:
            fence, language, body = match[1], match[2].strip(), []
        elif fence and line.rstrip() == fence:
            sections.setdefault(heading, []).append(Block(language, "".join(f"{each}\n" for each in body)))
            fence = ""
        elif fence:
            body.append(line)
        elif line.startswith("## "):
            heading = line.removeprefix("## ")
    return RulePage(file.stem, tuple(sections.get("Example", ())), tuple(sections.get("Fix", ())))


def _entry(name: str, status: str) -> str:
    python = '"3.12"' if name.endswith("py312") else "unknown"
    return (
        f"  - {{id: {name}, repository: team/{name}, tag: latest, framework: none, accelerator: {{kind: cpu}}, os: unknown,"
        f" python: {python}, packages: unknown, environment: not-applicable, status: {status}}}\n"
    )


GOOD_DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CATALOG = (
    "version: 2\nregistry: registry.example.com\nframeworks:\n  none: {name: No framework}\nsystems: {}\nimages:\n"
    + _entry(
        "base",
        "supported, listed: {from: 2025-01-01}, known_issues: [{tag: 20260309.v1, text: It stops., since: 2026-03-12,"
        " fixed_in: 20260316.v1, source: a test}]",
    )
    + _entry("scorer", "supported, listed: {from: 2025-01-01}")
    + _entry("scorer-py312", "supported, listed: {from: 2025-01-01}")
    + _entry("scorer-py39", "deprecated, replacement: scorer-py312, listed: {from: 2025-01-01}")
    + _entry(
        "scorer-py37", "removed, replacement: scorer-py312, listed: {from: 2025-01-01, until: 2026-01-01}"
    )
)

SEEN = {"seen": [{"date": "2026-03-16", "source": "a test"}]}
MANIFEST: Mapping[str, Any] = {
    "version": 1,
    "repositories": {
        **{
            f"registry.example.com/team/{name}": {"latest": SEEN}
            for name in ("scorer-py312", "scorer-py39", "scorer-py37")
        },
        "registry.example.com/team/base": {"latest": SEEN, "20260309.v1": SEEN, "20260316.v1": SEEN},
        "registry.example.com/team/scorer": {
            "latest": SEEN,
            "1.4.0-cu12": SEEN,
            "1.4.0": {"digest": GOOD_DIGEST, **SEEN},
            "1.3.0": {"gone": "2026-03-02", "evidence": "withdrawn by its makers"},
            "@sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752": SEEN,
        },
    },
}
"""The images that examples name, and what is on record of them."""
