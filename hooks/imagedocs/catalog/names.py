"""What a repository's name says of the image, and where the entry says otherwise.

The name is read by its parts (`tensorflow-2.4-ubuntu18.04-py37-cuda11.0.3-gpu-inference`), each for itself, with
the words of the catalog's own tables. A name that says nothing contradicts nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from imagedocs.catalog.facts import CPU, GPU, Absence, Accelerator, AcceleratorKind
from imagedocs.catalog.images import Framework, Image, OperatingSystem

_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*", re.ASCII)
_PYTHON = re.compile(r"py(?:thon)?(?:([0-9])([0-9]*)|([0-9]+(?:\.[0-9]+)+))", re.ASCII)
_CUDA = re.compile(r"cuda([0-9]+(?:\.[0-9]+)*)?", re.ASCII)
_GENERAL = (CPU.id, GPU.id)
"""Kinds that a name may say beside a more exact one: `gpu` in `rocm6.2-gpu`."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a name says; `None` where it says nothing."""

    framework: Framework | None = None
    framework_version: str | None = None
    system: str | None = None
    system_version: str | None = None
    python: str | None = None
    kind: str | None = None
    """Of the accelerator."""
    kind_version: str | None = None
    """Of the accelerator's own software; of CUDA for `gpu`."""


def read_name(
    name: str,
    frameworks: Iterable[Framework],
    systems: Iterable[str],
    accelerators: Iterable[AcceleratorKind] = (CPU, GPU),
) -> Said:
    """Read the last part of a repository with the names of the frameworks, operating systems and accelerators that
    there are."""
    framework, version, rest = _framework(name, frameworks)
    system = system_version = python = kind = kind_version = None
    tokens: dict[str, str] = {}
    for each in accelerators:
        if each.id not in _GENERAL:
            tokens.setdefault(each.token, each.id)
    for part in rest.split("-"):
        if found := _PYTHON.fullmatch(part):
            python = found[3] or (f"{found[1]}.{found[2]}" if found[2] else found[1])
        elif found := _CUDA.fullmatch(part):
            kind, kind_version = GPU.id, found[1]
        elif part in _GENERAL:
            kind = part if kind in (None, *_GENERAL) else kind
        elif special := _special(part, tokens):
            kind, kind_version = special
        else:
            for one in systems:
                if part.startswith(one) and _VERSION.fullmatch(part.removeprefix(one)):
                    system, system_version = one, part.removeprefix(one)
    return Said(framework, version, system, system_version, python, kind, kind_version)


def _special(part: str, tokens: Mapping[str, str]) -> tuple[str, str | None] | None:
    """Return the kind that a part of a name begins with the token of, and the version after it."""
    for token, kind in tokens.items():
        rest = part.removeprefix(token)
        if part.startswith(token) and (not rest or _VERSION.fullmatch(rest)):
            return kind, rest or None
    return None


def _framework(name: str, frameworks: Iterable[Framework]) -> tuple[Framework | None, str | None, str]:
    """The framework whose token the name begins with, its version, and the rest of the name."""
    for framework in sorted(frameworks, key=lambda one: -len(one.token)):
        found = re.match(rf"{re.escape(framework.token)}-?({_VERSION.pattern})?(?:-|$)", name, re.ASCII)
        if found:
            return framework, found[1], name[found.end() :]
    return None, None, name


@dataclass(frozen=True, slots=True)
class Contradiction:
    field: str
    """The entry's field that says otherwise; the repository, when most of the entry is about another image."""
    message: str
    hint: str


def contradictions(
    image: Image,
    frameworks: Iterable[Framework],
    systems: Iterable[str],
    accelerators: Iterable[AcceleratorKind] = (CPU, GPU),
) -> Iterator[Contradiction]:
    """Where an entry says something else than the name of its repository."""
    said = read_name(image.name, frameworks, systems, accelerators)
    if said.framework is not None and said.framework != image.framework:
        named, here = said.framework.name, image.framework.name
        if said.framework_version is None or _agree(said.framework_version, image.framework_version):
            yield _contradiction("framework.name", "the framework", named, here, said.framework.id)
        else:
            message = (
                f"the repository is one of {named} {said.framework_version}, and the entry is for {here}"
            )
            version = "" if isinstance(image.framework_version, Absence) else f" {image.framework_version}"
            yield Contradiction("repository", f"{message}{version}", "name this image's own repository")
    elif said.framework_version is not None and not _agree(said.framework_version, image.framework_version):
        what = f"{image.framework.name}"
        yield _contradiction("framework.version", what, said.framework_version, image.framework_version, None)
    if said.system is not None and said.system_version is not None:
        yield from _system(image.os, said.system, said.system_version)
    if said.python is not None and not _agree(said.python, image.python):
        yield _contradiction("python", "Python", said.python, image.python, None)
    yield from _accelerator(image.accelerator, said)


def _accelerator(accelerator: Accelerator, said: Said) -> Iterator[Contradiction]:
    kind = accelerator.kind
    if said.kind is None or kind == Absence.UNKNOWN:
        return
    if said.kind == GPU.id and said.kind_version is None and kind != CPU.id:
        return  # hardware of another kind may be called a GPU
    if said.kind != kind:
        yield _contradiction("accelerator.kind", "the accelerator", said.kind, kind, said.kind)
    elif said.kind_version is not None and kind == GPU.id and not _agree(said.kind_version, accelerator.cuda):
        yield _contradiction("accelerator.cuda", "CUDA", said.kind_version, accelerator.cuda, None)
    elif (
        said.kind_version is not None
        and kind != GPU.id
        and not _agree(said.kind_version, accelerator.version)
    ):
        version = accelerator.version
        yield _contradiction("accelerator.version", accelerator.name, said.kind_version, version, None)


def _system(os: OperatingSystem | Absence, system: str, version: str) -> Iterator[Contradiction]:
    if isinstance(os, Absence):
        return
    if os.id != system:
        yield _contradiction("os.name", "the operating system", system, os.id, system)
    elif not _agree(version, os.version):
        yield _contradiction("os.version", os.name, version, os.version, None)


def _contradiction(field: str, what: str, named: str, here: str, expected: str | None) -> Contradiction:
    message = f"{what} is {named} by the repository's name and {here} here"
    typed = expected or f'"{named}"'
    return Contradiction(field, message, f"write {typed}, or name another repository")


def _agree(named: str, here: str | Absence) -> bool:
    """Whether two versions say the same as far as both say something: 3.7 and 3.7.9, but not 1.1 and 1.10."""
    if here is Absence.UNKNOWN:
        return True
    return all(one == other for one, other in zip(named.split("."), here.split("."), strict=False))
