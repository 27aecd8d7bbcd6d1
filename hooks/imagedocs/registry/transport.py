"""One HTTP exchange with a registry at a time, bounded in every direction: time, bytes, hops, tries, waiting.

Knows nothing of manifests. Redirects are followed by hand, and credentials never cross an origin, of which
the port is part. Only live work imports this module: it needs aiohttp (`imagedocs[live]`).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError
from multidict import CIMultiDictProxy
from yarl import URL

from imagedocs.registry.failures import ExchangeError, explain, seconds
from imagedocs.registry.guarded_http import (
    REDIRECTS,
    EndlessRedirectsError,
    ExchangeLimits,
    follow_redirects,
    open_session,
    read_at_most,
)
from imagedocs.registry.headers import printable, read_retry_after
from imagedocs.registry.pauses import Pauses
from imagedocs.registry.proxies import Proxies
from imagedocs.registry.resolving import GuardedResolver

MIB = 1 << 20
_ERROR_BYTES = 64 << 10
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_ASKS_TO_WAIT = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Limits(ExchangeLimits):
    """Limits of the conversation with one registry."""

    operation: float = 15
    """For one question, with all its tokens, redirects and repetitions; what the registry asks to wait comes on top."""
    page: float = 60
    """For one page of a list: some registries look through all that they have before they send a byte."""
    patience: float = 300
    """For one list as a whole, and for all that the registry asks to wait in a run."""
    pages: int = 2000
    in_flight: int = 16
    """Questions to one registry at the same time."""
    manifest_bytes: int = 4 * MIB
    list_bytes: int = 32 * MIB
    """For all pages of a list together."""
    silent_failures: int = 64
    """After so many exchanges in a row without any answer a registry is not asked again."""


Origin = tuple[str, str | None, int | None]
"""Scheme, host and port: what credentials never leave."""


def origin_of(url: URL) -> Origin:
    return url.scheme, url.host, url.port


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and what of the answer is wanted."""

    method: str
    url: URL
    accept: str
    cap: int
    """The most bytes of the body."""
    authorization: str = field(default="", repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    is_list: bool = False
    """Whether it is a page of a list, which may take long to come."""
    first_bytes_only: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes
    url: URL
    """Where it came from, behind all redirects."""
    own: bool
    """Whether no redirect left the origin that was asked."""

    def header(self, name: str) -> str:
        """The one value of a header; empty when it is absent or given with two values."""
        values = set(self.headers.getall(name, ()))
        return values.pop().strip() if len(values) == 1 else ""


class Transport:
    """The connections for one registry: to itself and to where it sends us."""

    def __init__(
        self,
        origin: URL,
        limits: Limits,
        trusted_hosts: frozenset[str] = frozenset(),
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`tell` gets a sentence for each wait that the registry asks for."""
        self.origin = origin
        self.limits = limits
        self.pauses = Pauses(limits.patience, tell)
        self._proxies = Proxies()
        self._resolver = GuardedResolver(origin.host or "", trusted_hosts | self._proxies.hosts)
        self._session: aiohttp.ClientSession | None = None
        self._failures = 0

    async def __aenter__(self) -> Self:
        agent = {"User-Agent": "imagedocs"}
        self._session = open_session(self._resolver, self.limits.in_flight * 2, agent)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        assert self._session is not None, "used outside `async with`"
        return self._session

    @property
    def page_limit(self) -> float:
        """Seconds for the next page of a list: few where the last thing that was asked got no answer at all."""
        return min(self.limits.page, self.limits.operation) if self._failures else self.limits.page

    async def send(self, request: Request) -> Reply:
        """The answer to `request`, asked for again where that may help. Raises ExchangeError.

        To be called inside `pauses.bounded`.
        """
        tries = 1
        while True:
            await self._wait_for(request.url)
            try:
                reply = await self._follow(request)
            except ExchangeError as error:
                again = error.passing or (error.unreadable and request.method != "HEAD")
                if not (again and tries < self.limits.tries):
                    raise
            else:
                if reply.status not in _RETRIED:
                    return reply
                if self._pause_as_asked(reply):
                    continue  # the patience says how often
                if tries == self.limits.tries:
                    return reply
            await asyncio.sleep(self.limits.pause_after(tries))
            tries += 1

    def _pause_as_asked(self, reply: Reply) -> bool:
        """Pause the whole host where `Retry-After` asks for it. Raises ExchangeError where the patience ends before."""
        header = reply.header("Retry-After")
        delay = read_retry_after(header, datetime.now(UTC)) if header else None
        if not delay or reply.status not in _ASKS_TO_WAIT:
            return False
        self.pauses.begin(reply.url.host_port_subcomponent or "", delay, reply.status)
        return True

    async def _wait_for(self, url: URL) -> None:
        """Until the pause that a host has asked for is over, however many of us wait for it."""
        if self._failures >= self.limits.silent_failures:
            raise ExchangeError(f"gave up after {self._failures} requests without an answer")
        await self.pauses.wait(url.host_port_subcomponent or "")

    async def _follow(self, request: Request) -> Reply:
        """The answer behind all redirects. Raises ExchangeError."""
        own = True

        async def exchange(url: URL) -> Reply:
            nonlocal own
            own = own and origin_of(url) == origin_of(request.url)
            return await self._exchange(request, url, own=own)

        def find_target(reply: Reply) -> URL | None:
            if reply.status not in REDIRECTS:
                return None
            target = self._target(reply)
            if request.form is not None:
                raise ExchangeError("a request that carries a secret is redirected")
            return target

        try:
            return await follow_redirects(request.url, self.limits, exchange, find_target)
        except EndlessRedirectsError as error:
            raise ExchangeError(str(error)) from None

    def _target(self, reply: Reply) -> URL:
        location = reply.header("Location")
        if (
            not location
            or not location.isascii()
            or not location.isprintable()
            or set(location) & set(' \\<>"')
        ):
            raise ExchangeError("a redirect without a place that can be read")
        try:
            url = reply.url.join(URL(location, encoded=True)).with_fragment(None)
        except ValueError:
            raise ExchangeError("a redirect without a place that can be read") from None
        if url.scheme not in {"http", "https"} or not url.host:
            raise ExchangeError(f"a redirect to {printable(url.scheme)}: is not followed")
        if url.scheme == "http" and reply.url.scheme == "https":
            raise ExchangeError("a redirect from https to http is not followed")
        if url.user is not None or url.password is not None:
            raise ExchangeError("a redirect that carries credentials is not followed")
        return url

    async def _exchange(self, request: Request, url: URL, *, own: bool) -> Reply:
        if self._resolver.refuses_literal(url.host or ""):
            raise ExchangeError(f"{printable(url.host or '')} is a private address, and the registry is not")
        headers = {"Accept": request.accept}
        if own and request.authorization:
            headers["Authorization"] = request.authorization
        limit = self.page_limit if request.is_list else self.limits.exchange
        try:
            async with asyncio.timeout(limit):
                response = await self.session.request(
                    request.method,
                    url,
                    headers=headers,
                    data=request.form,
                    allow_redirects=False,
                    proxy=self._proxies.proxy_for(url),
                )
                try:
                    body = await _read_body(request, response)
                finally:
                    response.release()  # which closes the connection when something of the body is unread
        except TimeoutError:
            self._failures += 1
            reason = f"no whole answer within {seconds(limit)}"
            raise ExchangeError(reason, passing=not request.is_list) from None
        except (aiohttp.ClientError, HttpProcessingError, OSError, ValueError) as error:
            explained = explain(error, url)
            self._failures += explained.passing
            raise explained from None
        self._failures = 0
        return Reply(response.status, response.headers, body, url, own)


async def _read_body(request: Request, response: aiohttp.ClientResponse) -> bytes:
    """The body, or its first bytes. Raises ExchangeError when it is larger than wanted or compressed."""
    status = response.status
    if request.method == "HEAD" or status in REDIRECTS or status in _RETRIED or status == 401:
        return b""
    if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise ExchangeError("the answer is compressed, which was not asked for")
    if request.first_bytes_only and status == 200:
        return await response.content.readany()
    cap = request.cap if status == 200 else min(request.cap, _ERROR_BYTES)
    body = await read_at_most(response, cap)
    if body is None:
        raise ExchangeError(f"the answer is larger than {_size(cap)}")
    return body


def _size(count: int) -> str:
    return f"{count // MIB} MiB" if count >= MIB else f"{count // 1024} KiB"
