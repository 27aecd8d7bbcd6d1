"""Cells that name several values: the one that the image's own name says is taken, and none otherwise."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from imagedocs.importing.names import cuda_in, python_in, system_in
from imagedocs.suggestions import shown

_RANGE = re.compile(r"[<>+^]|[0-9]\s*(?:[-–—~]|\.\.|…|to\b)\s*v?[0-9]+\.")
"""What says "from … to …" or "at least" in a cell of versions."""
_PYTHON = re.compile(
    r"(?<![\w.])(?:py(?:thon)?[ -]?([23])\.?([0-9]{1,2})|([23])\.([0-9]{1,2}))(?![0-9])", re.ASCII
)
_CUDA = re.compile(r"(?<![\w.])(?:cu(?:da)?[ -]?)?(?:([0-9]{1,2}(?:\.[0-9]+)+)|(?<=cu)([0-9]{3}))(?![0-9])")
_PARTS = re.compile(r"[,;/|、，]|\band\b|\bor\b")
_NUMBER = re.compile(r"v?([0-9]+(?:\.[0-9]+)*)")


def _pythons(text: str) -> list[str]:
    return [f"{m[1] or m[3]}.{m[2] or m[4]}" for m in _PYTHON.finditer(text.lower())]


def _cudas(text: str) -> list[str]:
    return [m[1] or f"{m[2][:2]}.{m[2][2]}" for m in _CUDA.finditer(text.lower())]


def _systems(text: str) -> list[str]:
    """Each as `ubuntu 22.04`; a number alone belongs to the system before it."""
    found: list[str] = []
    for part in _PARTS.split(text.lower()):
        name, version = system_in(part)
        number = _NUMBER.fullmatch(part.strip())
        if name:
            found.append(f"{name} {version}")
        elif number and found:
            found.append(f"{found[-1].partition(' ')[0]} {number[1]}")
    return found


@dataclass(frozen=True, slots=True)
class Fact:
    """How cells say a fact of which an image has one."""

    what: str
    values: Callable[[str], list[str]]
    one: Callable[[str], str]


PYTHON: Final = Fact(
    "Python versions", _pythons, lambda text: python_in(text) or python_in(f"py{text}") or text
)
CUDA: Final = Fact(
    "CUDA versions", _cudas, lambda text: cuda_in("".join(text.lower().split())) or text.removeprefix("v")
)
SYSTEM: Final = Fact("operating systems", _systems, lambda text: " ".join(system_in(text)).strip())


@dataclass(frozen=True, slots=True)
class Choice:
    value: str = ""
    """Empty for unknown."""
    is_by_name: bool = False
    message: str = ""
    """That not all of what the cell says is taken."""


def choose(fact: Fact, text: str, named: str) -> Choice:
    """The one value of a cell, or what the image's name says (`named`) where the cell is empty or has several."""
    if not text:
        return Choice(named, bool(named))
    values = list(dict.fromkeys(fact.values(text)))
    is_range = fact is not SYSTEM and _RANGE.search(text) is not None
    if len(values) < 2 and not is_range:
        return Choice(fact.one(text))
    several = f"{shown(text)} is more than one of the {fact.what}"
    if named and (is_range or any(is_same(named, value) for value in values)):
        return Choice(named, True, f"{several}; {named} is taken, as the image's name says")
    return Choice("", False, f"{several}, and the image's name says none of them; unknown is written")


def is_same(one: str, other: str) -> bool:
    """Whether two versions say the same, more or less exactly: 12.8 and 12.8.0."""
    shorter, longer = sorted((one.split("."), other.split(".")), key=len)
    return longer[: len(shorter)] == shorter
