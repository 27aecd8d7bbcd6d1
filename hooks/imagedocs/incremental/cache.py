"""Keep results of this run and of earlier ones, each with the record of what it was made from."""

from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from imagedocs.incremental.interruption import give_way
from imagedocs.incremental.reads import Question, note_all, recording
from imagedocs.incremental.store import Entry, load, save
from imagedocs.incremental.unsaved import has_unsaved

Answer = Callable[[str], str | None]
"""Function that answers a question of one kind, given its name; `None` when the question no longer makes sense."""


@dataclass(frozen=True, slots=True)
class Made:
    """Result that was just made, with the questions that it asked. It can be sent to another process."""

    result: bytes
    answers: Mapping[Question, str]


class Kept(NamedTuple):
    """Result that a cache keeps, in the form in which a process sends it to another."""

    kind: str
    name: str
    made: Made
    given: str


def make(call: Callable[[], bytes], derived: frozenset[str] = frozenset()) -> Made:
    """Make a result and record what it asks; see `Reads` for `derived`."""
    with recording(derived) as reads:
        result = call()
    return Made(result, reads.answers)


class Cache:
    """Results by kind and name.

    A result is reused while it was asked for with the same arguments (`given`) and each question that it asked has
    the same answer. Each question is answered once in the life of this object, which stands for one moment.
    """

    def __init__(self, file: Path | None = None, version: str = "") -> None:
        """Read the results in `file`. Without one, nothing outlives this object. Results that were written under
        another `version` are not read."""
        self._file = file
        self._version = version
        self._entries: dict[tuple[str, str], Entry] = load(file, version) if file is not None else {}
        self._answerers: dict[str, Answer] = {}
        self._now: dict[Question, str | None] = {}
        self._held: dict[int, bool] = {}
        """Number of a record's object -> whether its answers are still the same."""
        self._used: set[tuple[str, str]] = set()
        self._has_changed = False
        self._gathered: list[Kept] | None = None

    def answer_by(self, answerers: Mapping[str, Answer]) -> None:
        """Use these functions to answer questions of their kinds. A result that asked a question of another kind is
        made again."""
        self._answerers.update(answerers)

    def cached(
        self,
        kind: str,
        name: str,
        call: Callable[[], bytes],
        given: str = "",
        derived: frozenset[str] = frozenset(),
    ) -> bytes:
        """Return the result of this kind and name; make it with `call` when none is kept, or when it was made from
        something else. `given` says what `call` was handed; see `Reads` for `derived`."""
        kept = self.find(kind, name, given)
        if kept is None:
            made = make(call, derived)
            self.keep(kind, name, made, given)
            return made.result
        return kept

    def find(self, kind: str, name: str, given: str = "") -> bytes | None:
        """Return the result that is kept; `None` when it was made from something else, or when there is none."""
        give_way()
        entry = self._entries.get((kind, name))
        if entry is None or entry.given != given or not self._holds(entry.answers):
            return None
        self._used.add((kind, name))
        note_all(entry.answers)
        return bytes(entry.result)

    def answers(self, kind: str, name: str) -> Mapping[Question, str]:
        """Return the record of a result that is kept; none without one."""
        entry = self._entries.get((kind, name))
        return entry.answers if entry is not None else {}

    def keep(self, kind: str, name: str, made: Made, given: str = "") -> None:
        """Keep a result that has been made."""
        self._entries[kind, name] = Entry(given, made.answers, made.result)
        self._held[id(made.answers)] = True  # it was made a moment ago
        self._used.add((kind, name))
        self._has_changed = True
        if self._gathered is not None:
            self._gathered.append(Kept(kind, name, made, given))

    @contextmanager
    def gathering(self) -> Generator[list[Kept]]:
        """Return a list of everything that is kept within a `with` statement."""
        self._gathered = kept = list[Kept]()
        yield kept
        self._gathered = None

    def use(self, kind: str, names: Iterable[str]) -> None:
        """Keep results of a kind in the file even if nobody asks for them, because others were made from them."""
        self._used.update((kind, name) for name in names)

    def refresh(self) -> None:
        """Forget all answers, so that every question is asked again: something may have changed."""
        self._now.clear()
        self._held.clear()

    def made_from(self, kind: str, questions: Collection[Question]) -> set[str]:
        """Return the names of the results of a kind that asked one of these questions."""
        return {
            name
            for (each, name), entry in self._entries.items()
            if each == kind and any(question in entry.answers for question in questions)
        }

    def save(self, keep: Iterable[str] = ()) -> None:
        """Write the file if something has changed. Results that nobody asked for are dropped, except those of the kinds
        `keep`. If the file can't be written, it stays as it is, and the next run does the work again. What was made from
        unsaved texts is not written."""
        if has_unsaved():
            return
        kept = set(keep)
        left = {key: entry for key, entry in self._entries.items() if key in self._used or key[0] in kept}
        if self._file is not None and (self._has_changed or len(left) < len(self._entries)):
            save(self._file, self._version, left)
            self._has_changed = False

    def _holds(self, answers: Mapping[Question, str]) -> bool:
        held = self._held.get(id(answers))  # results that were made from the same share the object
        if held is None:
            held = self._are_those_of_now(answers)
            self._held[id(answers)] = held
        return held

    def _are_those_of_now(self, answers: Mapping[Question, str]) -> bool:
        known = self._now
        for question, answer in answers.items():
            now = known[question] if question in known else self._ask(question)
            if now != answer:
                return False
        return True

    def _ask(self, question: Question) -> str | None:
        kind, name = question
        call = self._answerers.get(kind)
        self._now[question] = now = call(name) if call is not None else None
        return now
