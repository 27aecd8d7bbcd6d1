"""Commands in messages, written so that the user can type them where the message is read.

A message says `imagedocs check`, the same on each machine: it is kept in caches and compared. After `make site`,
and in any environment that is not activated, that command is not on the PATH, so whatever prints a message for a
person passes it through `typable`.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace

from imagedocs.problems import Problem

_COMMAND = re.compile(
    r"(?<![\w./\\:-])(?:"
    r"imagedocs(?= (?:check|completion|export|import|init|merge|messages|render|snapshot|status|tags|verify)\b)"
    r"|mkdocs(?= (?:build|serve)\b)"
    r"|pip(?= install\b))"
)


def typable(text: str) -> str:
    """Return `text` with the programs of its commands as they can be typed in the working directory.

    Commands of other programs, and whatever is not one of our commands, stay as they are.
    """
    return _COMMAND.sub(lambda found: way_to(found[0], os.getcwd()), text) if _COMMAND.search(text) else text


def typable_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` with typable commands in their messages and hints."""
    return [
        replace(problem, message=typable(problem.message), hint=typable(problem.hint)) for problem in problems
    ]


def way_to(program: str, folder: str | None = None) -> str:
    """Return how `program` of the running installation is called in a shell.

    That is its name where the PATH leads to it, else its path, relative to `folder` where it is below that; and
    `python -m` where it was installed without scripts.
    """
    for place in (os.path.dirname(os.path.abspath(sys.argv[0])), os.path.dirname(sys.executable)):
        script = shutil.which(program, path=place)
        if script is not None:
            return program if _is_found(program, place) else _shown(script, folder)
    place, python = os.path.split(sys.executable)
    return f"{python if _is_found(python, place) else _shown(sys.executable, folder)} -m {program}"


def _is_found(name: str, place: str) -> bool:
    """Whether the PATH leads from `name` to the folder `place`."""
    found = shutil.which(name)
    return found is not None and _real(os.path.dirname(found)) == _real(place)


def _shown(file: str, folder: str | None) -> str:
    """Return the path of a program as a shell in `folder` takes it."""
    shown = file
    if folder is not None:
        # The folder alone is resolved: the program itself may be a link that leads out of the environment.
        place, name = os.path.split(file)
        for path, top in ((file, folder), (os.path.join(_real(place), name), _real(folder))):
            if path.startswith(os.path.join(top, "")):
                shown = path.removeprefix(os.path.join(top, ""))
                break
    if os.sep == "\\":
        shown = re.sub(r"\.exe$", "", shown, flags=re.IGNORECASE)
    return f'"{shown}"' if " " in shown else shown


def _real(folder: str) -> str:
    return os.path.realpath(folder or os.curdir)
