"""Waits that a registry asks for: how long all questions to one of its hosts rest, and when the patience ends.

What is waited because it was asked for doesn't count against the time that a question may take.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from imagedocs.registry.failures import ExchangeError, seconds


class Pauses:
    """The waits of one registry, and of the other hosts that it sends us to."""

    def __init__(self, patience: float, tell: Callable[[str], None]) -> None:
        """`patience` is for all waits together, in seconds; `tell` gets a sentence for each."""
        self._patience = patience
        self._tell = tell
        self._waited = 0.0
        self._ends: dict[str, float] = {}
        self._refused: dict[str, tuple[float, str]] = {}
        """Until when a host wants to be left alone, where that is longer than the patience lasts, and a sentence."""
        self._last_end = 0.0
        self._deadlines: set[asyncio.Timeout] = set()

    @asynccontextmanager
    async def bounded(self, limit: float) -> AsyncGenerator[asyncio.Timeout]:
        """Raise TimeoutError after `limit` seconds, and as many more as the registry asks to wait meanwhile."""
        left = max(0.0, self._last_end - asyncio.get_running_loop().time())
        async with asyncio.timeout(limit + left) as timeout:
            self._deadlines.add(timeout)
            try:
                yield timeout
            finally:
                self._deadlines.discard(timeout)

    def begin(self, host: str, delay: float, status: int) -> None:
        """Let everybody wait who asks the host. Raises ExchangeError where the patience ends before."""
        now = asyncio.get_running_loop().time()
        more = now + delay - max(now, self._ends.get(host, 0.0))
        if more <= 0:
            return
        asked = f"{host} asked to wait {seconds(delay)} (status {status})"
        if self._waited + more > self._patience:
            reason = f"{asked}, and --patience allows {seconds(self._patience)} for all waits"
            self._refused[host] = now + delay, reason
            raise ExchangeError(reason)
        self._waited += more
        self._ends[host] = now + delay
        self._last_end = max(self._last_end, now + delay)
        for deadline in self._deadlines:
            when = deadline.when()
            if when is not None and not deadline.expired():
                deadline.reschedule(when + more)
        if more >= 1:
            self._tell(f"waiting: {asked}")

    async def wait(self, host: str) -> None:
        """Wait until the pause of the host is over, however many of us do. Raises ExchangeError where it is too long."""
        while self._ends or self._refused:
            now = asyncio.get_running_loop().time()
            until, reason = self._refused.get(host, (0.0, ""))
            if until > now:
                raise ExchangeError(reason)
            if (left := self._ends.get(host, 0.0) - now) <= 0:
                return
            await asyncio.sleep(left)
