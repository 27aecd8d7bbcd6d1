"""Resolving names without being led to what only this machine can reach."""

import socket

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from imagedocs.registry.addresses import Reach, literal_reach, may_send, reach_of


class RefusedAddressError(OSError):
    """A name resolved to an address that the registry may not send us to."""


class GuardedResolver(AbstractResolver):
    """Resolves names, and refuses what a registry may not send us to *after* resolution."""

    def __init__(self, registry: str, named: frozenset[str]) -> None:
        self.registry = registry
        self.named = named | {registry}
        """Hosts that the person asked for: the registry, trusted realms, proxies."""
        self.reach = literal_reach(registry) or Reach.PUBLIC
        """Of the registry itself; of a name, from its first resolution on, which is before any redirect."""
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        reaches = [reach_of(result["host"]) for result in found]
        if host == self.registry:
            self.reach = min(reaches)
        elif host not in self.named and not may_send(self.reach, max(reaches)):
            raise RefusedAddressError(host)
        return found

    async def close(self) -> None:
        await self._inner.close()
