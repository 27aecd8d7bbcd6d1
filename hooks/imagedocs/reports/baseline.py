"""A baseline: the problems that a project already had when it adopted the checks.

A JSON file with one entry for each known problem, to be committed. A known problem is recognized by its path,
rule, message and the text of its line, so that it may move. What is fixed is reported, so that the file shrinks.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from imagedocs.findings import Findings
from imagedocs.problems import Position, Problem, Rule
from imagedocs.reports.fingerprints import Key, key_of
from imagedocs.reports.surroundings import ReadLine, in_order
from imagedocs.retired import RETIRED, retired_rule
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import Fields, root_fields
from imagedocs.yaml.nodes import Scalar, read_yaml

VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """Problems that are known and all alike."""

    key: Key
    count: int
    position: Position
    """Of the entry in the baseline's file."""


@dataclass(frozen=True, slots=True)
class Baseline:
    path: str
    """Relative to the project; for the problems."""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """What a baseline makes of the problems of a run."""

    left: tuple[Problem, ...]
    """The problems that are not known, and one for each entry that is stale."""
    known: int
    """How many problems the baseline hides."""


def write_baseline(problems: Iterable[Problem], read_line: ReadLine, kept: Iterable[Entry] = ()) -> str:
    """The text of a baseline's file that hides exactly `problems`, and what the entries that are `kept` do."""
    counts = Counter(key_of(problem, read_line) for problem in problems)
    for entry in kept:
        counts[entry.key] += entry.count
    entries = [
        {"path": key.path, "rule": key.rule, "message": key.message, "text": key.text, "count": counts[key]}
        for key in sorted(counts)
    ]
    lines = ",\n".join(f"    {json.dumps(entry, ensure_ascii=False)}" for entry in entries)
    body = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "problems": {body}\n}}\n'


def read_baseline(path: str, data: str | bytes) -> tuple[Baseline, tuple[Problem, ...]]:
    """The baseline in `data`, and what is wrong with it (JSON is YAML, so the places are known)."""
    root, problems = read_yaml(path, data)
    findings = Findings(path, list(problems))
    fields = root_fields(root, findings)
    if fields is None:
        return Baseline(path), findings.sorted()
    version = fields.whole("version")
    if version > VERSION:
        message = f"the baseline is of version {version}; this imagedocs reads versions up to {VERSION}"
        findings.add(fields.at("version"), Rule.NEWER_VERSION, message, "update imagedocs")
        return Baseline(path), findings.sorted()
    entries: list[Entry] = []
    for entry in fields.mappings("problems", required=True):
        key = Key(entry.text("path"), entry.text("rule"), entry.text("message"), _line_of(entry))
        number = entry.whole("count", default=1)
        entry.finish()
        entries.append(Entry(key, number, findings.at(entry.mapping)))
    fields.finish()
    first = {entry.key.rule: entry.position for entry in reversed(entries)}
    notes = (note for name, position in sorted(first.items()) if (note := retired_rule(name, position)))
    return Baseline(path, tuple(entries)), (*findings.sorted(), *notes)


def _line_of(entry: Fields) -> str:
    """The text of the line, which may be empty."""
    node = entry.node("text")
    return node.value if isinstance(node, Scalar) else ""


def apply_baseline(
    problems: Iterable[Problem],
    baseline: Baseline,
    read_line: ReadLine,
    looked: Callable[[str, str], bool] = lambda _path, _rule: True,
) -> Applied:
    """Take the known problems out of `problems`; of more than are known, the last ones are left.

    `looked` says of a path and the name of a rule whether this run looked for it: else an entry is not stale.
    """
    allowed: Counter[Key] = Counter()
    for entry in baseline.entries:
        allowed[entry.key] += entry.count
    left: list[Problem] = []
    known = 0
    for problem in in_order(problems):
        key = key_of(problem, read_line)
        if allowed[key] > 0:
            allowed[key] -= 1
            known += 1
        else:
            left.append(problem)
    for entry in baseline.entries:
        if (
            allowed[entry.key] > 0
            and entry.key.rule not in RETIRED
            and looked(entry.key.path, entry.key.rule)
        ):
            left.append(_stale(entry, allowed[entry.key]))
            allowed[entry.key] = 0
    return Applied(in_order(left), known)


def _stale(entry: Entry, number: int) -> Problem:
    key = entry.key
    what = f"{key.path}: {key.rule}: {shown(key.message, 160)}"
    if number < entry.count:
        message = f"{number} of the {entry.count} known problems no longer occur: {what}"
        hint = f'write "count": {entry.count - number}'
    else:
        message = f"a known problem no longer occurs: {what}"
        hint = "remove the entry"
    return Problem(entry.position, Rule.BASELINE_STALE, message, hint)
