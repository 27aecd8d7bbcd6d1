"""The packages of a cell: Python's as requirements, native libraries apart."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from packaging.requirements import InvalidRequirement, Requirement

from imagedocs.catalog.kinds import LONGEST_REQUIREMENT, RequirementText
from imagedocs.findings import Findings
from imagedocs.importing.tables import Piece
from imagedocs.problems import Position, Problem, Rule
from imagedocs.yaml.nodes import Scalar

NATIVE: Final = frozenset(("cuda", "cudnn", "nccl", "efa", "openmpi", "tensorrt", "gdrcopy", "ffmpeg"))
"""Libraries that are no Python packages of these names."""

MOST_PACKAGES: Final = 500
"""Of one image."""

_NATIVE = re.compile(r"([A-Za-z]+)\s*(?:==|=|:)?\s*v?([0-9]+(?:\.[0-9A-Za-z]+)*(?:[-+_][0-9A-Za-z.]+)?)")
_CONTINUES = re.compile(r"\s*[<>=!~]")


@dataclass(slots=True)
class Packages:
    sound: list[str] = field(default_factory=list[str])
    """Requirements as they are written."""
    unsound: list[str] = field(default_factory=list[str])
    """What is no requirement: it is left out."""
    native: dict[str, str] = field(default_factory=dict[str, str])
    said: list[str] = field(default_factory=list[str])
    """All of them, without differences of spacing."""
    problems: list[Problem] = field(default_factory=list[Problem])


def read_packages(pieces: Iterable[Piece]) -> Packages:
    packages = Packages()
    for piece in pieces:
        for text, position in _split(piece):
            if len(packages.said) == MOST_PACKAGES:
                message = f"the image has more than {MOST_PACKAGES} packages; the others are left out"
                packages.problems.append(Problem(position, Rule.IMPORT_CELL_DOUBTFUL, message))
                return packages
            packages.said.append("".join(text.split()))
            native = _NATIVE.fullmatch(text)
            if native and native[1].lower() in NATIVE:
                packages.native[native[1].lower()] = native[2]
                continue
            findings = Findings(position.path)
            node = Scalar(text, position.line, position.column, plain=False)
            if RequirementText().read(node, findings) is not None:
                packages.sound.append(text)
            else:
                packages.unsound.append(text)
            packages.problems += findings.problems
    return packages


def spelling(text: str) -> str:
    """What two spellings of the same requirement have in common; the text itself when it is none."""
    try:
        return str(Requirement(text)) if len(text) <= LONGEST_REQUIREMENT else text
    except InvalidRequirement:
        return text


def _split(piece: Piece) -> Iterator[tuple[str, Position]]:
    """The requirements in a piece: a comma divides them, unless what follows goes on with a version."""
    start = 0
    parts = re.split(r"([,;、，])", piece.text)
    text = parts[0]
    for separator, part in zip(parts[1::2], parts[2::2], strict=True):
        if separator != ";" and _CONTINUES.match(part):
            text += separator + part
            continue
        yield from _stripped(text, start, piece.position)
        start += len(text) + 1
        text = part
    yield from _stripped(text, start, piece.position)


def _stripped(text: str, start: int, position: Position) -> Iterator[tuple[str, Position]]:
    if content := text.strip():
        column = position.column + start + len(text) - len(text.lstrip())
        yield content, Position(position.path, position.line, column)
