"""HTTP with servers that are not trusted: one session, one set of limits, one way to follow redirects.

Registries and the check of external links both use it; what a status or a header means is theirs to say. Only live work
imports this module: it needs aiohttp (`imagedocs[live]`).
"""

import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
from yarl import URL

from imagedocs.registry.connections import CleanConnector
from imagedocs.registry.resolving import GuardedResolver

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class ExchangeLimits:
    """Limits that hold for every server. Times are in seconds."""

    exchange: float = 10
    """For one request and its whole answer."""
    wait: float = 10
    """Longest `Retry-After` that is waited; a server that asks for more is not waited for at all."""
    tries: int = 4
    redirects: int = 5
    backoff: float = 0.25
    """Before the second try; doubled before each further one."""

    def pause_after(self, tries: int) -> float:
        """Return how long to wait after so many tries that failed."""
        return self.backoff * 2 ** (tries - 1)


class EndlessRedirectsError(Exception):
    """Redirects lead back to an earlier address, or are too many."""


def open_session(
    resolver: GuardedResolver, connections: int, headers: Mapping[str, str]
) -> aiohttp.ClientSession:
    """Open a session that keeps no cookies, reads no credentials and asks for answers as they are."""
    context = ssl.create_default_context()  # honours SSL_CERT_FILE and SSL_CERT_DIR
    return aiohttp.ClientSession(
        connector=CleanConnector(connections, context, resolver),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={**headers, "Accept-Encoding": "identity"},
        timeout=aiohttp.ClientTimeout(),
        auto_decompress=False,
        trust_env=False,  # it would read ~/.netrc
    )


async def follow_redirects(
    url: URL,
    limits: ExchangeLimits,
    exchange: Callable[[URL], Awaitable[_Answer]],
    find_target: Callable[[_Answer], URL | None],
) -> _Answer:
    """Return the first answer that leads no further, beginning at `url`. Raises EndlessRedirectsError.

    `find_target` returns the address that an answer leads to, or `None`.
    """
    seen: set[URL] = set()
    while True:
        seen.add(url)
        answer = await exchange(url)
        target = find_target(answer)
        if target is None:
            return answer
        if target in seen:
            raise EndlessRedirectsError("a redirect leads back to where it came from")
        if len(seen) > limits.redirects:
            raise EndlessRedirectsError(f"more than {limits.redirects} redirects")
        url = target


async def read_at_most(response: aiohttp.ClientResponse, count: int) -> bytes | None:
    """Return the body; `None` when it has more bytes, of which the rest is left unread and the connection closed."""
    body = bytearray()
    if (response.content_length or 0) <= count:
        while chunk := await response.content.readany():
            body += chunk
            if len(body) > count:
                break
        else:
            return bytes(body)
    response.close()
    return None
