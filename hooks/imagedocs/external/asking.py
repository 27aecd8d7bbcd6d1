"""Ask all addresses that links lead to, remember what they answer, and go on later where it stopped."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from imagedocs.external.addresses import fragments_by_address
from imagedocs.external.allowances import Allowance, allowing
from imagedocs.external.anchors import look_for
from imagedocs.external.answers import FRESH_DAYS, Answer, Answers, Verdict
from imagedocs.external.fetching import Fetcher, Limits
from imagedocs.external.outcomes import Outcome
from imagedocs.markdown.document import Link
from imagedocs.problems import CannotRun

_AT_ONCE = 16
"""Hosts that are asked at the same time, each one address after another."""
_SILENCES = 3
"""After so many addresses in a row without any answer a host is left alone: each of them may take a minute."""


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int
    address: str
    """The one that was asked last."""


def ask_links(
    links: Iterable[Link],
    answers: Answers,
    allowances: Iterable[Allowance] = (),
    *,
    today: date,
    limits: Limits | None = None,
    trusted_hosts: frozenset[str] = frozenset(),
    fresh_days: int = FRESH_DAYS,
    on_answer: Callable[[Progress], None] | None = None,
) -> Answers:
    """`answers` brought up to date for `links`, without the addresses that no link leads to any more.

    Addresses with a fresh good answer or an allowance are not asked. Each new answer is put into `answers` at
    once, before `on_answer` is called, so that whoever is interrupted can write what there is and go on
    later. `trusted_hosts` may be private. Raises CannotRun when no host at all could be found: there is no
    network then.
    """
    allowed = tuple(allowances)
    asked = fragments_by_address(links)
    open_questions = {
        address: fragments
        for address, fragments in asked.items()
        if allowing(address, allowed, today) is None
        and (address not in answers or not answers[address].is_enough(fragments, today, fresh_days))
    }
    run = _Run(answers, today, len(open_questions), on_answer)
    asyncio.run(run.ask_all(open_questions, limits or Limits(), trusted_hosts))
    return {address: answers[address] for address in asked if address in answers}


@dataclass(slots=True)
class _Run:
    answers: Answers
    today: date
    total: int
    on_answer: Callable[[Progress], None] | None
    done: int = 0
    unresolved: int = 0

    async def ask_all(self, questions: dict[str, set[str]], limits: Limits, trusted: frozenset[str]) -> None:
        by_host: defaultdict[str, list[str]] = defaultdict(list)
        for address in questions:
            by_host[urlsplit(address).netloc].append(address)
        slots = asyncio.Semaphore(_AT_ONCE)
        before = dict(self.answers)
        async with Fetcher(limits, trusted) as fetcher, asyncio.TaskGroup() as group:
            for addresses in by_host.values():
                group.create_task(self._ask_host(fetcher, slots, addresses, questions))
        if self.total and self.unresolved == self.total:
            self.answers.clear()
            self.answers.update(before)
            raise CannotRun("none of the hosts could be found; is there a network?")

    async def _ask_host(
        self, fetcher: Fetcher, slots: asyncio.Semaphore, addresses: list[str], questions: dict[str, set[str]]
    ) -> None:
        given_up, silences, no_name = "", 0, False
        for address in addresses:
            if given_up:
                outcome = Outcome(Verdict.BLOCKED, given_up)
            elif silences >= _SILENCES:
                reason = f"its host gave no answer to {silences} other addresses"
                outcome = Outcome(Verdict.SILENT, reason, no_name=no_name)
            else:
                async with slots:
                    outcome = await fetcher.ask(address, page_wanted=bool(questions[address]))
                if outcome.wait is not None and outcome.wait > fetcher.limits.wait:
                    given_up = f"the host asked to wait {min(outcome.wait, 1e9):.0f} s"
                is_silent = outcome.verdict is Verdict.SILENT and not outcome.status
                silences, no_name = silences + 1 if is_silent else 0, outcome.no_name
            self.unresolved += outcome.unresolved
            former = self.answers.get(address)
            self.answers[address] = _answer(outcome, questions[address], former, self.today)
            self.done += 1
            if self.on_answer:
                self.on_answer(Progress(self.done, self.total, address))


def _answer(outcome: Outcome, fragments: set[str], former: Answer | None, today: date) -> Answer:
    is_good = outcome.verdict is Verdict.OK
    silent_since = (former.silent_since if former else None) or today
    return Answer(
        verdict=outcome.verdict,
        checked=today,
        status=outcome.status,
        reason=outcome.reason,
        final=outcome.final,
        last_good=today if is_good else former.last_good if former else None,
        silent_since=silent_since if outcome.verdict is Verdict.SILENT else None,
        fragments=look_for(fragments, outcome.html) if outcome.html is not None else {},
        asked=frozenset(fragments) if is_good else frozenset(),
    )
