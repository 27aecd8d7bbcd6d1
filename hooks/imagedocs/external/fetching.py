"""One question to another site: bounded in time, bytes and hops, polite to its host, never to a private address.

Only `asking` imports this module: it needs aiohttp (`imagedocs[live]`).
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import quote, urljoin, urlsplit

import aiohttp
from yarl import URL

from imagedocs.external.answers import Verdict
from imagedocs.external.outcomes import Outcome, failure_of, outcome_of
from imagedocs.external.pages import decoded, unpacked
from imagedocs.registry.guarded_http import (
    REDIRECTS,
    EndlessRedirectsError,
    ExchangeLimits,
    follow_redirects,
    open_session,
    read_at_most,
)
from imagedocs.registry.resolving import GuardedResolver, RefusedAddressError

_PERMANENT = frozenset({301, 308})
_AS_WRITTEN = "%!$&'()*+,/:;=@[]|~"
"""Characters of a path that browsers send as they are, besides letters, digits and `-._`; those of a query are more."""
_DOTS = re.compile(r"/\.{1,2}(?:/|$)")


@dataclass(frozen=True, slots=True)
class Limits(ExchangeLimits):
    """Limits of the questions to one site. Times are in seconds."""

    exchange: float = 15
    wait: float = 20
    tries: int = 3
    redirects: int = 8
    backoff: float = 0.5
    question: float = 60
    """For one address, with all its redirects, repetitions and waiting."""
    pace: float = 0.2
    """Between two requests to one host."""
    body: int = 1 << 20
    """Bytes of a page that are read for its anchors."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer to one request."""

    url: URL
    status: int
    headers: Mapping[str, str]
    html: str | None


@dataclass(slots=True)
class _Pace:
    """When a host may be asked again."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next: float = 0


class Fetcher:
    """Asks addresses. Use it with `async with`."""

    def __init__(self, limits: Limits, trusted_hosts: frozenset[str]) -> None:
        self.limits = limits
        self._resolver = GuardedResolver("", trusted_hosts)
        self._paces: dict[str, _Pace] = {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        headers = {
            "User-Agent": "Mozilla/5.0 (compatible; imagedocs link check)",
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        }
        self._session = open_session(self._resolver, 64, headers)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    async def ask(self, address: str, *, page_wanted: bool) -> Outcome:
        """What `address` answers: to HEAD if that says enough, else to GET."""
        try:
            async with asyncio.timeout(self.limits.question):
                if not page_wanted:
                    outcome = await self._persistently("HEAD", address, tries=1)
                    if outcome.verdict in (Verdict.OK, Verdict.REFUSED) or outcome.wait is not None:
                        return outcome
                return await self._persistently("GET", address, tries=self.limits.tries)
        except TimeoutError:
            return Outcome(Verdict.SILENT, f"no answer within {self.limits.question:g} s")

    async def _persistently(self, method: str, address: str, tries: int) -> Outcome:
        """Ask again what only failed for the moment. A wait that the site asks for is no try."""
        waited = False
        attempt = 0
        while True:
            outcome = await self._follow(method, address)
            if outcome.wait is not None and not waited and outcome.wait <= self.limits.wait:
                waited = True
                await asyncio.sleep(outcome.wait)
                continue
            attempt += 1
            if not outcome.passing or outcome.wait is not None or attempt >= tries:
                return outcome
            await asyncio.sleep(self.limits.pause_after(attempt))

    async def _follow(self, method: str, address: str) -> Outcome:
        try:
            url = _url(address)
        except ValueError:
            return Outcome(Verdict.DEAD, "it is no address")
        statuses: list[int] = []
        wants_cookies = False

        async def exchange(url: URL) -> _Answer:
            nonlocal wants_cookies
            answer = await self._exchange(method, url)
            statuses.append(answer.status)
            leads_on = answer.status in REDIRECTS - _PERMANENT
            wants_cookies = wants_cookies or (leads_on and "Set-Cookie" in answer.headers)
            return answer

        try:
            answer = await follow_redirects(url, self.limits, exchange, _target)
        except EndlessRedirectsError:
            return Outcome(Verdict.BLOCKED, "its redirects do not end", statuses[-1])
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            return replace(failure_of(error, self.limits.exchange), status=statuses[-1] if statuses else 0)
        if answer.status in REDIRECTS:
            return Outcome(Verdict.BLOCKED, f"status {answer.status} without a place to go to", answer.status)
        moved = len(statuses) > 1 and _PERMANENT.issuperset(statuses[:-1])
        outcome = outcome_of(answer.status, answer.headers, str(answer.url) if moved else "", answer.html)
        if wants_cookies and outcome.verdict is Verdict.DEAD:
            reason = f"status {answer.status} for whoever keeps no cookies, which says nothing of the page"
            return replace(outcome, verdict=Verdict.BLOCKED, reason=reason)
        return outcome

    async def _exchange(self, method: str, url: URL) -> _Answer:
        session = self._session
        assert session is not None, "used outside `async with`"
        if self._resolver.refuses_literal(url.host or ""):
            raise RefusedAddressError(url.host)
        await self._take_turn(url.authority)
        async with asyncio.timeout(self.limits.exchange):
            async with session.request(method, url, allow_redirects=False) as response:
                html = None
                if method == "GET" and response.status == 200 and _is_html(response.headers):
                    body = await read_at_most(response, self.limits.body)
                    body = None if body is None else unpacked(body, response.headers, self.limits.body)
                    html = None if body is None else decoded(body, response.charset)
                else:
                    response.close()  # the body is not wanted, however long it is
                return _Answer(url, response.status, response.headers, html)

    async def _take_turn(self, authority: str) -> None:
        pace = self._paces.setdefault(authority, _Pace())
        async with pace.lock:
            now = asyncio.get_running_loop().time()
            if pace.next > now:
                await asyncio.sleep(pace.next - now)
            pace.next = max(pace.next, now) + self.limits.pace


def _target(answer: _Answer) -> URL | None:
    location = answer.headers.get("Location", "")
    if answer.status not in REDIRECTS or not location or not location.isprintable():
        return None
    try:
        target = answer.url.join(_url(location)).with_fragment(None)
    except ValueError:
        return None
    return target if target.scheme in ("http", "https") and target.host and target.user is None else None


def _url(address: str) -> URL:
    """Return an address that is asked as it is written, as browsers ask: `%2F` and `%7E` stay. Only what no request may
    hold is escaped. Raises ValueError."""
    parts = urlsplit(address)
    path, query = quote(parts.path, _AS_WRITTEN), quote(parts.query, f"{_AS_WRITTEN}?`{{}}\\^")
    if _DOTS.search(path) and path[:1] == "/" != path[1:2]:
        path = urlsplit(urljoin("http://host/", path)).path
    rest = f"{path}?{query}" if query else path
    if not parts.netloc:
        if parts.scheme:
            raise ValueError("it has no host")
        return URL(rest, encoded=True)
    origin = URL(f"{parts.scheme or 'https'}://{parts.netloc}")
    start = f"{parts.scheme}:" if parts.scheme else ""
    return URL(f"{start}//{origin.raw_authority}{rest or '/'}", encoded=True)


def _is_html(headers: Mapping[str, str]) -> bool:
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml")
