"""Connections that are used again only when nothing is left on them.

A server that says more than it was asked (a body behind the answer to HEAD, a second answer) would have that
taken for the answer to the next question, and a tag that is missing would seem to exist.
"""

import select
import ssl
from typing import TYPE_CHECKING
from weakref import WeakSet

import aiohttp
from aiohttp.client_proto import ResponseHandler

from imagedocs.registry.resolving import GuardedResolver

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace


class CleanConnector(aiohttp.TCPConnector):
    """aiohttp's connections, without those on which bytes have come in that nobody asked for."""

    def __init__(self, limit: int, context: ssl.SSLContext, resolver: GuardedResolver) -> None:
        # pyright: ignore because aiohttp leaves the type of a tuple in this signature open
        super().__init__(limit=limit, ssl=context, resolver=resolver)  # pyright: ignore[reportUnknownMemberType]
        self._used: WeakSet[ResponseHandler] = WeakSet()

    async def connect(
        self,
        req: "ClientRequest",
        traces: "list[Trace]",
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the name that aiohttp gives it
    ) -> "Connection":
        while True:
            connection = await super().connect(req, traces, timeout)
            protocol = connection.protocol
            if protocol is None:
                return connection
            if protocol not in self._used:
                self._used.add(protocol)
                return connection
            if not protocol.should_close and not _has_bytes_waiting(protocol):
                return connection
            connection.close()


def _has_bytes_waiting(protocol: ResponseHandler) -> bool:
    """Whether something has arrived that the event loop has not read yet."""
    transport = protocol.transport
    socket = transport.get_extra_info("socket") if transport else None
    if socket is None:
        return False
    readable, _, _ = select.select([socket.fileno()], [], [], 0)
    return bool(readable)
