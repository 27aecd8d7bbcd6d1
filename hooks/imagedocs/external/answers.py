"""What other sites answered: a JSON file, to be committed, with the day of the last good answer."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from imagedocs.findings import Findings
from imagedocs.problems import Problem, Rule
from imagedocs.yaml.fields import Day, Fields, Flag, Text, root_fields
from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import read_yaml

VERSION: Final = 1
FRESH_DAYS: Final = 30
"""How long a good answer is believed."""


class Verdict(StrEnum):
    OK = "ok"
    DEAD = "dead"
    """The site says that there is no such page, or there is no such site."""
    BLOCKED = "blocked"
    """The site does not answer programs (401, 403, 429, 999 and the like): nothing is known."""
    SILENT = "silent"
    """No answer, or one that will pass (500 and up): nothing is known yet."""
    REFUSED = "refused"
    """An address inside a private network: it was not asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    verdict: Verdict
    checked: date
    """When the address was asked last."""
    status: int = 0
    """0 without an answer."""
    reason: str = ""
    """In words, printable."""
    final: str = ""
    """Where permanent redirects lead to, when all of them are permanent; else empty."""
    last_good: date | None = None
    silent_since: date | None = None
    """Since when all answers were silent."""
    fragments: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """Fragment → whether the page has it, as far as that could be seen."""
    asked: frozenset[str] = frozenset()
    """All fragments that were looked for."""

    def is_enough(self, fragments: Iterable[str], today: date, fresh_days: int = FRESH_DAYS) -> bool:
        """Whether it need not be asked again."""
        if self.verdict is Verdict.OK:
            return self.checked > today - timedelta(days=fresh_days) and self.asked.issuperset(fragments)
        return self.checked == today and self.verdict is not Verdict.SILENT


Answers = dict[str, Answer]
"""By address, without fragment."""


def write_answers(answers: Mapping[str, Answer]) -> str:
    """The text of the file: one line for each address, sorted."""
    lines = ",\n".join(f"    {_line(url, answers[url])}" for url in sorted(answers))
    body = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "answers": {body}\n}}\n'


def _line(url: str, answer: Answer) -> str:
    values: dict[str, object] = {
        "url": url,
        "verdict": str(answer.verdict),
        "checked": answer.checked.isoformat(),
    }
    optional: dict[str, object] = {
        "status": answer.status,
        "reason": answer.reason,
        "final": answer.final,
        "last_good": answer.last_good and answer.last_good.isoformat(),
        "silent_since": answer.silent_since and answer.silent_since.isoformat(),
        "fragments": dict(sorted(answer.fragments.items())),
        "asked": sorted(answer.asked),
    }
    values |= {key: value for key, value in optional.items() if value}
    return json.dumps(values, ensure_ascii=False)


def read_answers(path: str, data: str | bytes) -> tuple[Answers, tuple[Problem, ...]]:
    """The answers in a file, and what is wrong with it (JSON is YAML, so the places are known)."""
    root, problems = read_yaml(path, data)
    findings = Findings(path, list(problems))
    fields = root_fields(root, findings)
    answers: Answers = {}
    if fields is None:
        return answers, findings.sorted()
    version = fields.whole("version")
    if version > VERSION:
        message = f"the file is of version {version}; this imagedocs reads versions up to {VERSION}"
        findings.add(fields.at("version"), Rule.NEWER_VERSION, message, "update imagedocs")
        return answers, findings.sorted()
    for entry in fields.mappings("answers", required=True):
        url = entry.text("url")
        answer = _read_answer(entry)
        if url and answer:
            answers[url] = answer
    fields.finish()
    return answers, findings.sorted()


def _read_answer(entry: Fields) -> Answer | None:
    verdict = entry.choice("verdict", tuple(Verdict))
    checked = entry.read("checked", Day())
    fragments: dict[str, bool] = {}
    inner = entry.mapping_of("fragments") if isinstance(entry.node("fragments"), MappingNode) else None
    if inner is not None:
        for key, _ in inner.mapping.entries:
            fragments[key.value] = bool(inner.read(key.value, Flag()))
    answer = (
        Answer(
            Verdict(verdict),
            checked,
            entry.whole("status", default=0),
            entry.text("reason", default=""),
            entry.text("final", default=""),
            entry.read("last_good", Day(), required=False),
            entry.read("silent_since", Day(), required=False),
            fragments,
            frozenset(
                text
                for node in entry.nodes("asked")
                if (text := Text("a fragment").read(node, entry.findings)) is not None
            ),
        )
        if verdict and checked
        else None
    )
    entry.finish()
    return answer
