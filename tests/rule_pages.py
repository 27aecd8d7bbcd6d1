"""The pages of the rules, `docs/en/rules/`, as a test reads them: the code of the example and that of the fix."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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
