"""Questions by which a reader finds an image: which accelerator, which framework, which Python, and the own columns.

The style sheet hides the images that an answer doesn't fit, by classes that question and image share: `m2-1` is the
first answer to the second question. So that it can name all of them beforehand, there are bounds on both.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from imagedocs.catalog import Absence, Catalog, ColumnType, Image
from imagedocs.publishing.facts import FIELDS, NO_FACT

MAX_QUESTIONS: Final = 6
MAX_ANSWERS: Final = 24
"""Answers of a question. One with more answers is none: nobody reads through them."""
MANY: Final = 8
"""Answers that are shown side by side; more of them are a list that opens."""
MANY_QUESTIONS: Final = 3
"""Questions whose answers are shown side by side; where there are more, all of them are lists that open."""
_FEW: Final = 4
"""Answers that are worth a question although each fits one image only."""


_UNIQUE: Final = (ColumnType.DATE, ColumnType.LINK, ColumnType.TAG, ColumnType.TAGS)
"""Types of columns in which hardly two images say the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    value: str
    """How the address of the page names it: `3.12`, `gpu`, `unknown`."""
    shown: object
    """What the reader sees; an `Absence` where the images have no value."""
    mark: str
    """The class of the answer and of the images that it fits."""
    count: int
    """Images that it fits."""


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    """How the address of the page names it: a field of the catalog, or an own column."""
    name: str
    """Heading, in the catalog's language."""
    answers: tuple[Answer, ...]
    is_list: bool = False
    """Show the answers as a list that opens, not side by side."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    key: str
    name: str
    values: Callable[[Image], Iterable[tuple[str, object]]]
    """Answers of an image, by how the address names them: several where it has several, none where the question
    doesn't arise for it."""
    order: Sequence[str] = ()
    """Answers in the order of the catalog; others follow by their numbers and letters."""

    def position(self, value: str, shown: object) -> tuple[bool, int, object]:
        known = self.order.index(value) if value in self.order else len(self.order)
        return isinstance(shown, Absence), known, _natural(str(shown))


def questions_for(
    catalog: Catalog, images: Sequence[Image]
) -> tuple[tuple[Question, ...], Mapping[str, tuple[str, ...]]]:
    """Return the questions for these images, and by the images' ids the marks of the answers that fit them.

    What all images answer in the same way is no question, and neither is what hardly two of them answer alike.
    """
    questions: list[Question] = []
    marks: dict[str, list[str]] = {image.id: [] for image in images}
    for candidate in _candidates(catalog, images):
        if len(questions) == MAX_QUESTIONS:
            break
        given = {image.id: dict(candidate.values(image)) for image in images}
        shown = {value: each for answers in given.values() for value, each in answers.items()}
        if not _is_worth_asking(shown, len(images)):
            continue
        counts = Counter(value for answers in given.values() for value in answers)
        number = len(questions) + 1
        ordered = sorted(shown, key=lambda value: candidate.position(value, shown[value]))
        answers = {
            value: Answer(value, shown[value], f"m{number}-{index}", counts[value])
            for index, value in enumerate(ordered, 1)
        }
        questions.append(Question(candidate.key, candidate.name, tuple(answers.values())))
        for image_id, each in given.items():
            marks[image_id] += (answers[value].mark for value in each)
    is_crowded = len(questions) > MANY_QUESTIONS
    questions = [replace(each, is_list=is_crowded or len(each.answers) > MANY) for each in questions]
    return tuple(questions), {image_id: tuple(each) for image_id, each in marks.items()}


def _is_worth_asking(shown: Mapping[str, object], images: int) -> bool:
    known = [value for value in shown.values() if value not in NO_FACT]
    if len(known) < 2 or len(shown) > MAX_ANSWERS:
        return False
    return len(known) <= _FEW or len(known) * 2 <= images


def _candidates(catalog: Catalog, images: Sequence[Image]) -> Iterator[_Candidate]:
    asked = FIELDS if catalog.columns is None else catalog.columns
    if "accelerator" in asked:
        kinds = [kind.id for kind in catalog.accelerators]
        yield _Candidate("accelerator", "Accelerator", _accelerator, kinds)
    if "framework" in asked:
        frameworks = [framework.id for framework in catalog.frameworks]
        yield _Candidate(
            "framework", "Framework", lambda image: [(image.framework.id, image.framework)], frameworks
        )
    if "python" in asked:
        yield _Candidate("python", "Python", lambda image: [(str(image.python), image.python)])
    if "os" in asked:
        yield _Candidate("os", "Operating system", _system)
    if any(image.platforms for image in images):
        yield _Candidate("platforms", "Platforms", _platforms)
    if "accelerator" in asked:
        for name in dict.fromkeys(
            library.name for image in images for library in image.accelerator.libraries
        ):
            yield _Candidate(_word(name), name, partial(_versions, name))
    for column in catalog.own_columns:
        if column.type not in _UNIQUE:
            yield _Candidate(column.name, column.title, partial(_own, column.name))
    if len({image.registry for image in images}) > 1:
        yield _Candidate("registry", "Registry", partial(_registries, catalog), catalog.registry_hosts)


def _accelerator(image: Image) -> Iterator[tuple[str, object]]:
    kind = image.accelerator.of
    yield kind.id, kind.name or Absence.UNKNOWN


def _system(image: Image) -> Iterator[tuple[str, object]]:
    yield (str(image.os) if isinstance(image.os, Absence) else _word(str(image.os))), image.os


def _platforms(image: Image) -> Iterator[tuple[str, object]]:
    for platform in image.platforms or (Absence.UNKNOWN,):
        yield str(platform), platform


def _registries(catalog: Catalog, image: Image) -> Iterator[tuple[str, object]]:
    names = {each.host: each.name for each in catalog.registries}
    for host in image.hosts:
        yield host, names.get(host) or host


def _versions(name: str, image: Image) -> Iterator[tuple[str, object]]:
    """Yield the version of CUDA, ROCm or the like, of an image that has it."""
    for library in image.accelerator.libraries:
        if library.name == name:
            yield str(library.version), library.version


def _own(name: str, image: Image) -> Iterator[tuple[str, object]]:
    value = image.attributes.get(name, Absence.UNKNOWN)
    for each in value if isinstance(value, tuple) else (value,):
        yield str(each), each


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def _natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Return a key by which 3.9 comes before 3.12."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    return tuple((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)
