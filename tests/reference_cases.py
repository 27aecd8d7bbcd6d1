"""What the parser of github.com/distribution/reference answers to some texts, in a form of our own.

`data/image_references.tsv` has a row for each text and a column for each of the parser's functions. The answers are
facts, asked of that parser (its commit 0965666a, with sha256, sha384 and sha512 registered) and recorded beside a
clone (`needs.py`), in many more cases. `python tests/reference_cases.py` derives the file from that record: the short
texts that some function accepts, and those that every function refuses although one would accept them if a single
character were left out; of texts of one shape, the shortest. A test proves that both say the same.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from imagedocs import references
from imagedocs.references import Fault, InvalidReferenceError, Reference, grammar
from needs import CORPUS

FACTS = Path(__file__).parent / "data" / "image_references.tsv"

FUNCTIONS: dict[str, Callable[[str], Reference]] = {
    "Parse": references.parse,
    "ParseNormalizedNamed": references.parse_normalized,
    "WithName": references.parse_name,
}
"""Name in Go → ours."""

FAULTS = {
    "ErrReferenceInvalidFormat": {Fault.FORMAT},
    "ErrNameContainsUppercase": {Fault.UPPERCASE},
    "ErrNameTooLong": {Fault.TOO_LONG},
    "ErrNameEmpty": {Fault.EMPTY},
    "ErrDigestInvalidLength": {Fault.DIGEST_LENGTH},
    "ErrDigestUnsupported": {Fault.DIGEST_ALGORITHM},
    "ErrDigestInvalidFormat": {Fault.DIGEST_FORMAT},
    "other": {Fault.UPPERCASE, Fault.IDENTIFIER},
}
"""Error in Go → ours; Go has no names for two of them."""

SHORT = 40
_SAME = '"'
_HEADER = """\
# Text, and what each function of github.com/distribution/reference makes of it: domain|path|tag|digest, or the fault
# in capitals; " stands for the answer to its left.
# a{64} stands for 64 times the letter a. Derived by `python tests/reference_cases.py`, which says more.
"""


def load_cases() -> dict[str, list[str]]:
    """Return the answers to each text: one of each of `FUNCTIONS`."""
    cases: dict[str, list[str]] = {}
    for line in FACTS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, *answers = (_unpack(cell) for cell in line.split("\t"))
        for index in range(1, len(FUNCTIONS)):
            if answers[index] == _SAME:
                answers[index] = answers[index - 1]
        cases[text] = answers
    return cases


def ask(text: str) -> list[str]:
    """Return what our functions answer, as `load_cases` returns what the others have answered."""
    return [_answer(function, text) for function in FUNCTIONS.values()]


def _answer(function: Callable[[str], Reference], text: str) -> str:
    try:
        reference = function(text)
    except InvalidReferenceError as error:
        return error.fault.name
    parts = (reference.domain, reference.path, reference.tag, reference.digest)
    return "|".join(part or "" for part in parts)


def read_recorded(folder: Path) -> dict[str, list[str]]:
    """Return all that is recorded of the parser's answers, by text."""
    record = json.loads((folder / "reference-cases.json").read_text("utf-8"))
    return {case["input"]: _recorded_answers(case) for case in record["oracle_cases"]}


def _recorded_answers(case: dict[str, Any]) -> list[str]:
    answers: list[str] = []
    for name in FUNCTIONS:
        answer = case[name]
        if answer["ok"]:
            parts = (answer.get(part) or "" for part in ("domain", "path", "tag", "digest"))
            answers.append("|".join(parts))
        elif answer["error"] == "other":
            is_identifier = grammar.is_identifier(case["input"])
            answers.append("IDENTIFIER" if is_identifier else "UPPERCASE")
        else:
            answers.extend(fault.name for fault in FAULTS[answer["error"]])
    return answers


def _chosen(recorded: dict[str, list[str]]) -> Iterator[str]:
    shapes: set[tuple[str, ...]] = set()
    for text, answers in sorted(recorded.items(), key=lambda case: (len(case[0]), case[0])):
        faults = [answer if answer in Fault.__members__ else "" for answer in answers]
        shape = (*faults, _shape(text))
        if "" in faults:
            wanted = len(text) < SHORT or "TOO_LONG" in faults
        else:
            wanted = set(faults) != {"FORMAT"} or _is_nearly_one(text)
        if wanted and shape not in shapes:
            shapes.add(shape)
            yield text


def _shape(text: str) -> str:
    """Return what texts of one kind have in common: runs of letters and digits count as one."""
    text = re.sub("[A-Z]+", "A", re.sub("[a-z0-9]+", "a", text))
    return re.sub(r"(/a)+(?=/a)", "", text)


def _is_nearly_one(text: str) -> bool:
    shorter = (text[:index] + text[index + 1 :] for index in range(len(text)))
    return any(_answer(references.parse, each) not in Fault.__members__ for each in shorter)


def dump_cases(cases: dict[str, list[str]]) -> str:
    """Return the text of the file that `load_cases` reads."""
    lines: list[str] = []
    for text, answers in cases.items():
        shown = [
            _SAME if 0 < index < len(FUNCTIONS) and answer == answers[index - 1] else _pack(answer)
            for index, answer in enumerate(answers)
        ]
        lines.append("\t".join([_pack(text), *shown]))
    return _HEADER + "\n".join([*lines, ""])


def _pack(cell: str) -> str:
    visible = cell.encode("unicode_escape").decode("ascii")
    return re.sub(r"([0-9a-z])\1{7,}", lambda run: f"{run[1]}{{{len(run[0])}}}", visible)


def _unpack(cell: str) -> str:
    whole = re.sub(r"([0-9a-z])\{([0-9]+)\}", lambda run: run[1] * int(run[2]), cell)
    return whole.encode("ascii").decode("unicode_escape")


if __name__ == "__main__":
    recorded = read_recorded(CORPUS)
    FACTS.write_text(dump_cases({text: recorded[text] for text in _chosen(recorded)}), "utf-8")
