"""Resolving names without being led to what only this machine can reach."""

import socket

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from imagedocs.registry.addresses import Reach, literal_reach, may_send, reach_of


class RefusedAddressError(OSError):
    """An address that a stranger may not send us to, or a name that resolved to one."""


class GuardedResolver(AbstractResolver):
    """Resolver of names that refuses what a stranger may not send us to *after* resolution.

    A registry may send us to addresses that are as private as its own. Without a registry, public addresses alone are
    resolved, apart from the hosts in `named`.
    """

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

    def refuses_literal(self, host: str) -> bool:
        """Return whether `host` is an address that is refused: aiohttp does not resolve what is written out."""
        reach = literal_reach(host)
        return reach is not None and host not in self.named and not may_send(self.reach, reach)

    async def close(self) -> None:
        await self._inner.close()
