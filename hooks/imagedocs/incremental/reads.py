"""Record what a result asks the project for, so that a later run can ask again and compare.

A question has a kind and a name: `("file", "docs/en/index.md")` asks what a file holds. A function that answers
questions notes each of them with its answer (a short text, mostly a hash) in the recorder that is active, so a
dependency can't be forgotten: what wasn't asked wasn't used. Recorders nest; what an inner one records, the outer one
records too.
"""

import json
import os
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from imagedocs.incremental.unsaved import unsaved_text

Question = tuple[str, str]
"""Kind and name of a question."""
Owner = TypeVar("Owner")
P = ParamSpec("P")
R = TypeVar("R")

DERIVED = frozenset({"coverage", "find", "source"})
"""Kinds of derived questions, which are answered by asking others: which file a link leads to, what an included file
says, how well the site is translated. A recorder can note such a question by itself, and not the questions behind it.
Then a result is made again only if the derived answer changes."""

_RESULTS = "_results_of_"
"""Beginning of the names of the attributes in which an object remembers results about it."""

_MAX_BYTES = 64 * 1024 * 1024
"""Number of the first bytes of a file that are read for its hash."""

_active: list["Reads"] = []
"""Recorders of the results that are being made, the innermost last. A process makes one result at a time: a preview,
which has two threads that build, holds a lock."""


class Reads:
    """Questions that a result asked while it was made, each with its answer."""

    def __init__(self, derived: frozenset[str] = frozenset()) -> None:
        """Record questions of the kinds `derived` as they are asked, and not what is read in order to answer them."""
        self.answers: dict[Question, str] = {}
        self.derived = derived
        self._behind: dict[Question, str] = {}
        """The questions behind derived ones, for an outer recorder that doesn't note derived questions."""
        self._added: dict[int, Mapping[Question, str]] = {}

    def add(self, answers: Mapping[Question, str]) -> None:
        """Record questions that were answered before. Leave out derived questions that this recorder doesn't note: the
        cache has verified their answers, and so has asked the questions behind them here."""
        if id(answers) in self._added:
            return
        self._added[id(answers)] = answers  # kept, so that no other mapping gets its number
        for question, answer in answers.items():
            if question[0] not in DERIVED or question[0] in self.derived:
                self.answers[question] = answer

    def add_inner(self, inner: "Reads") -> None:
        """Record the questions of a result that was made for this one."""
        self.add(inner.answers)
        (self._behind if inner.derived <= self.derived else self.answers).update(inner._behind)

    def ask(self, question: Question, answer: str, behind: "Reads") -> None:
        """Record a derived question, and the questions asked in order to answer it."""
        self.answers[question] = answer
        self._behind.update(behind.answers)


@contextmanager
def recording(derived: frozenset[str] = frozenset()) -> Generator[Reads]:
    """Record every question that is asked within a `with` statement; see `Reads` for `derived`."""
    reads = Reads(derived)
    _active.append(reads)
    try:
        yield reads
    finally:
        _active.remove(reads)
        if _active:
            _active[-1].add_inner(reads)


def begin_recording(derived: frozenset[str] = frozenset()) -> Reads:
    """Start to record, and forget all earlier recorders: those of an aborted build, or of the process that has forked
    this one. `end_recording` stops it."""
    reads = Reads(derived)
    _active[:] = [reads]
    return reads


def end_recording() -> None:
    """Stop recording."""
    _active.clear()


@contextmanager
def unrecorded() -> Generator[None]:
    """Leave unrecorded what is asked within a `with` statement, such as files of the library itself."""
    reads = Reads()
    _active.append(reads)
    try:
        yield
    finally:
        _active.remove(reads)


def note(kind: str, name: str, answer: str) -> None:
    """Note a question and its answer in the active recorder, if there is one."""
    if _active:
        _active[-1].answers[kind, name] = answer


def note_all(answers: Mapping[Question, str]) -> None:
    """Note questions that were asked before in the active recorder, if there is one."""
    if _active:
        _active[-1].add(answers)


def ask(kind: str, name: str, call: Callable[[], R], answer: Callable[[R], str]) -> R:
    """Return the result of `call`. A recorder of questions of this kind notes what `answer` makes of the result; any
    other notes what the call reads."""
    if not _active or kind not in _active[-1].derived:
        return call()
    outer, behind = _active[-1], Reads()
    _active.append(behind)
    try:
        result = call()
        outer.ask((kind, name), answer(result), behind)
    finally:
        _active.remove(behind)
    return result


def remembered(call: Callable[Concatenate[Owner, P], R]) -> Callable[Concatenate[Owner, P], R]:
    """Remember the results of a function or a method in its first argument, with what they were made from.

    A recorder that is active when a result is taken from memory records what the result was made from. The results
    live as long as their owner; `functools.cache` would keep all owners for as long as the process lives.
    """
    name = f"{_RESULTS}{call.__qualname__}"

    @wraps(call)
    def take(owner: Owner, /, *arguments: P.args, **named: P.kwargs) -> R:
        results: dict[Any, tuple[R, Mapping[Question, str]]] = owner.__dict__.setdefault(name, {})
        key = (arguments, *named.items())
        if key not in results:
            with recording() as reads:
                result = call(owner, *arguments, **named)
            results[key] = result, reads.answers
            return result
        result, answers = results[key]
        note_all(answers)
        return result

    return take


def remembered_answers(owner: object) -> dict[Question, str]:
    """Return all questions that the results remembered in `owner` were made from, with their answers."""
    found: dict[Question, str] = {}
    for results in _results_in(owner):
        for _, answers in results.values():
            found.update(answers)
    return found


def forget(owner: object, changed: Collection[Question]) -> None:
    """Forget the results remembered in `owner` that were made from a question whose answer has changed."""
    for results in _results_in(owner):
        for key in [key for key, (_, answers) in results.items() if any(each in answers for each in changed)]:
            del results[key]


def _results_in(owner: object) -> list[dict[Any, tuple[Any, Mapping[Question, str]]]]:
    return [value for name, value in vars(owner).items() if name.startswith(_RESULTS)]


def digest_of_bytes(content: bytes) -> str:
    """Return the hash by which contents are compared: 32 hexadecimal digits."""
    return blake2b(content, digest_size=16).hexdigest()


def read_bytes(root: Path, path: str, most: int) -> bytes:
    """Read at most `most` bytes of the project's file `path`, wherever a symbolic link at its place leads. Raises
    OSError."""
    try:
        content = _read(root, path, max(most, _MAX_BYTES))
    except OSError:
        note("raw", path, "")
        raise
    note("raw", path, digest_of_bytes(content[:_MAX_BYTES]))  # as it is asked for again: see `Tree.answerers`
    return content[:most]


def _read(root: Path, path: str, most: int) -> bytes:
    text = unsaved_text(root, path)
    if text is not None:
        return text[:most]
    with (root / path).open("rb") as file:
        return file.read(most)


def raw_digest(root: Path, path: str) -> str:
    """Return a hash of what the project's file `path` holds, wherever a symbolic link at its place leads; empty when it
    can't be read."""
    try:
        return digest_of_bytes(read_bytes(root, path, _MAX_BYTES))
    except OSError:
        return ""


def leads_inside(root: Path, path: str) -> bool:
    """Return whether a project path leads to a place in the project, through symbolic links too."""
    found = (root / path).resolve().is_relative_to(root.resolve())
    note("leads-inside", path, "1" if found else "")
    return found


def is_file(root: Path, path: str) -> bool:
    """Return whether there is a file at a project path, wherever a symbolic link at its place leads."""
    found = _is_file(root, path)
    note("is-file", path, "1" if found else "")
    return found


def _is_file(root: Path, path: str) -> bool:
    return unsaved_text(root, path) is not None or (root / path).is_file()


def glob(root: Path, pattern: str) -> tuple[str, ...]:
    """Return the project paths of the files that match a pattern of `Path.glob`, sorted."""
    paths = sorted(file.relative_to(root).as_posix() for file in root.glob(pattern) if file.is_file())
    note("glob", pattern, digest_of_bytes("\n".join(paths).encode("utf-8", "surrogatepass")))
    return tuple(paths)


def is_folder(root: Path, path: str) -> bool:
    """Return whether there is a folder at a project path."""
    found = (root / path).is_dir()
    note("is-folder", path, "1" if found else "")
    return found


def variable(name: str) -> str:
    """Return a hash of what a variable of the environment says, or that there is none."""
    found = _of_environment(name)
    note("environment", name, found)
    return found


def _of_environment(name: str) -> str:
    return digest_of_bytes(repr(os.environ.get(name)).encode())


def answerers(root: Path) -> dict[str, Callable[[str], str]]:
    """Return the functions that answer the questions that `is_file`, `is_folder`, `glob` and `variable` note."""

    def of_glob(pattern: str) -> str:
        with recording() as reads:
            glob(root, pattern)
        return reads.answers["glob", pattern]

    return {
        "is-file": lambda path: "1" if _is_file(root, path) else "",
        "is-folder": lambda path: "1" if (root / path).is_dir() else "",
        "glob": of_glob,
        "environment": _of_environment,
    }


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=repr)


def digest_of(*values: object) -> str:
    """Return one hash of values that are texts, numbers, or lists and mappings of such."""
    return digest_of_bytes(_ENCODER.encode(values).encode("utf-8", "surrogatepass"))
