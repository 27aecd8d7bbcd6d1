"""Problems of external links, judged from what their sites answered; no network is touched."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from imagedocs.external.addresses import NoAddressError, address_of, is_anchor, is_external, without_user
from imagedocs.external.allowances import Allowance, allowing
from imagedocs.external.answers import Answer, Verdict
from imagedocs.markdown.document import Link
from imagedocs.problems import Edit, Problem, Rule
from imagedocs.suggestions import shown

PATIENCE_DAYS: Final = 3
"""A site that has been silent for so long is taken for gone."""


def judge_links(
    links: Iterable[Link],
    answers: Mapping[str, Answer],
    allowances: Iterable[Allowance],
    today: date,
    read_line: Callable[[str, int], str | None],
) -> tuple[Problem, ...]:
    """The problems of all links to other sites that have an answer, and of the allowances, sorted."""
    allowed = tuple(allowances)
    problems: dict[Problem, None] = {}
    used: set[Allowance] = set()
    for link in links:
        if not is_external(link):
            continue
        try:
            address, fragment = address_of(link.target)
        except NoAddressError as error:
            message = f"{shown(without_user(link.target))} is no address: {error}"
            problems[_problem(link, Rule.EXTERNAL_LINK_BROKEN, message)] = None
            continue
        used.update(one for one in allowed if one.covers(address))
        answer = answers.get(address)
        if answer is None or allowing(address, allowed, today):
            continue
        for problem in _judge(link, address, fragment, answer, today, read_line):
            problems[problem] = None
    problems |= dict.fromkeys(_allowance_problems(allowed, used, today))
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))


def _problem(link: Link, rule: Rule, message: str, hint: str = "", fix: tuple[Edit, ...] = ()) -> Problem:
    return Problem(link.position, rule, message, hint, link.included_from, fix)


def _judge(
    link: Link,
    address: str,
    fragment: str,
    answer: Answer,
    today: date,
    read_line: Callable[[str, int], str | None],
) -> Iterator[Problem]:
    seen = f"it was there on {answer.last_good}" if answer.last_good else ""
    what = f"{shown(address, 200)[1:-1]}: {answer.reason}"
    match answer.verdict:
        case Verdict.DEAD:
            yield _problem(link, Rule.EXTERNAL_LINK_BROKEN, what, seen)
        case Verdict.REFUSED:
            yield _problem(link, Rule.EXTERNAL_LINK_REFUSED, what, "link to a public address")
        case Verdict.BLOCKED:
            yield _problem(link, Rule.EXTERNAL_LINK_UNKNOWN, what, seen or "look at it in a browser")
        case Verdict.SILENT:
            since = answer.silent_since or answer.checked
            if (today - since).days >= PATIENCE_DAYS:
                yield _problem(link, Rule.EXTERNAL_LINK_BROKEN, f"{what}, since {since}", seen)
            else:
                yield _problem(link, Rule.EXTERNAL_LINK_UNKNOWN, what, seen)
        case Verdict.OK:
            if answer.final:
                is_there = answer.fragments.get(fragment) is not False
                yield _moved(link, address, fragment if is_there else "", answer.final, read_line)
            if is_anchor(fragment) and answer.fragments.get(fragment) is False:
                message = f"{shown(answer.final or address, 200)[1:-1]} has no anchor {shown(fragment)}"
                yield _problem(link, Rule.EXTERNAL_ANCHOR_MISSING, message)


def _moved(
    link: Link, address: str, fragment: str, final: str, read_line: Callable[[str, int], str | None]
) -> Problem:
    shown_address = shown(address, 200)[1:-1]
    if _is_start(final) and not _is_start(address):
        message = f"{shown_address} leads for good to the start of {shown(final, 200)}: the page may be gone"
        return _problem(link, Rule.EXTERNAL_LINK_MOVED, message, "look where it is now")
    target = final if not fragment or "#" in final else f"{final}#{fragment}"
    position = link.position
    line = read_line(position.path, position.line) if position.column else None
    begin = position.column - 1
    fix: tuple[Edit, ...] = ()
    if line is not None and line.startswith(link.target, begin) and not set(target) & set(" <>()\"'\\|"):
        # What is replaced must end where the written address ends.
        end = begin + len(link.target)
        if line[end : end + 1] in ("", ")", ">", " ", '"', "'", "\t"):
            fix = (Edit(position.line, position.column, position.line, end + 1, target),)
    message = f"{shown_address} has moved for good"
    return _problem(link, Rule.EXTERNAL_LINK_MOVED, message, f"write {shown(target, 400)}", fix)


def _is_start(address: str) -> bool:
    """Whether an address is that of a site and not of a page on it."""
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _allowance_problems(
    allowances: Iterable[Allowance], used: set[Allowance], today: date
) -> Iterator[Problem]:
    for one in allowances:
        if one not in used:
            message = f"no link leads to {shown(one.url)}"
            yield Problem(one.position, Rule.EXTERNAL_ALLOWANCE_UNUSED, message, "remove the entry")
        elif one.until < today:
            message = f"the allowance of {shown(one.url)} ended on {one.until}"
            hint = "look whether the reason still holds, then write a later day"
            yield Problem(one.position, Rule.EXTERNAL_ALLOWANCE_EXPIRED, message, hint)
