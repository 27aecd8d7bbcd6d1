"""One question to another site: bounded in time, bytes and hops, polite to its host, never to a private address.

Only `asking` imports this module: it needs aiohttp (`imagedocs[live]`).
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from imagedocs.external.answers import Verdict
from imagedocs.external.outcomes import Outcome, RefusedAddressError, failure_of, outcome_of
from imagedocs.registry.addresses import Reach, literal_reach, reach_of

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything a site gets. Times are in seconds."""

    exchange: float = 15
    """For one request and its answer."""
    question: float = 60
    """For one address, with all its redirects, repetitions and waiting."""
    wait: float = 20
    """The longest `Retry-After` that is waited."""
    backoff: float = 0.5
    pace: float = 0.2
    """Between two requests to one host."""
    tries: int = 3
    redirects: int = 8
    body: int = 1 << 20
    """Bytes of a page that are read for its anchors."""


class _Resolver(AbstractResolver):
    """Resolves names, and refuses private addresses *after* resolution."""

    def __init__(self, trusted: frozenset[str]) -> None:
        self._trusted = trusted
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if host not in self._trusted and any(
            reach_of(result["host"]) is not Reach.PUBLIC for result in found
        ):
            raise RefusedAddressError(host)
        return found

    async def close(self) -> None:
        await self._inner.close()


@dataclass(slots=True)
class _Pace:
    """When a host may be asked again."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next: float = 0


class Fetcher:
    """Asks addresses. Use it with `async with`."""

    def __init__(self, limits: Limits, trusted_hosts: frozenset[str]) -> None:
        self.limits = limits
        self._trusted = trusted_hosts
        self._paces: dict[str, _Pace] = {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=64, ssl=ssl.create_default_context(), resolver=_Resolver(self._trusted)
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={
                "User-Agent": "Mozilla/5.0 (compatible; imagedocs link check)",
                "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
                "Accept-Encoding": "identity",
            },
            timeout=aiohttp.ClientTimeout(),
            auto_decompress=False,
            trust_env=False,  # it would read ~/.netrc
        )
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
            await asyncio.sleep(self.limits.backoff * 2 ** (attempt - 1))

    async def _follow(self, method: str, address: str) -> Outcome:
        try:
            url = URL(address)
        except ValueError:
            return Outcome(Verdict.DEAD, "it is no address")
        permanent, seen, status = True, {url}, 0
        while True:
            try:
                status, headers, html = await self._exchange(method, url)
            except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
                return replace(failure_of(error, self.limits.exchange), status=status)
            if status not in _REDIRECTS:
                return outcome_of(status, headers, str(url) if permanent and len(seen) > 1 else "", html)
            permanent = permanent and status in _PERMANENT
            target = _target(url, headers)
            if target is None:
                return Outcome(Verdict.BLOCKED, f"status {status} without a place to go to", status)
            if target in seen or len(seen) > self.limits.redirects:
                return Outcome(Verdict.BLOCKED, "its redirects do not end", status)
            seen.add(target)
            url = target

    async def _exchange(self, method: str, url: URL) -> tuple[int, Mapping[str, str], str | None]:
        session = self._session
        assert session is not None, "used outside `async with`"
        host = url.host or ""
        if host not in self._trusted and literal_reach(host) not in (None, Reach.PUBLIC):
            raise RefusedAddressError(host)
        await self._take_turn(url.authority)
        async with asyncio.timeout(self.limits.exchange):
            async with session.request(method, url, allow_redirects=False) as response:
                html = None
                if method == "GET" and response.status == 200 and _is_html(response.headers):
                    html = await self._page(response)
                else:
                    response.close()  # the body is not wanted, however long it is
                return response.status, response.headers, html

    async def _page(self, response: aiohttp.ClientResponse) -> str | None:
        body = bytearray()
        async for chunk in response.content.iter_chunked(1 << 16):
            body += chunk
            if len(body) > self.limits.body:
                response.close()
                return None
        return body.decode(_charset(response), "replace")

    async def _take_turn(self, authority: str) -> None:
        pace = self._paces.setdefault(authority, _Pace())
        async with pace.lock:
            now = asyncio.get_running_loop().time()
            if pace.next > now:
                await asyncio.sleep(pace.next - now)
            pace.next = max(pace.next, now) + self.limits.pace


def _target(url: URL, headers: Mapping[str, str]) -> URL | None:
    location = headers.get("Location", "")
    if not location or not location.isprintable():
        return None
    try:
        target = url.join(URL(location)).with_fragment(None)
    except ValueError:
        return None
    return target if target.scheme in ("http", "https") and target.host and target.user is None else None


def _is_html(headers: Mapping[str, str]) -> bool:
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    is_plain = headers.get("Content-Encoding", "identity").lower() == "identity"
    return is_plain and kind in ("text/html", "application/xhtml+xml")


def _charset(response: aiohttp.ClientResponse) -> str:
    charset = response.charset or "utf-8"
    try:
        b"".decode(charset)
    except (LookupError, ValueError):
        return "utf-8"
    return charset
