"""Why there is no answer, in words that are safe to print."""

import os
import ssl

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from imagedocs.registry.headers import printable
from imagedocs.registry.resolving import RefusedAddressError


class ExchangeError(Exception):
    """There is no answer that could be believed; the text is printable and holds no credentials."""

    def __init__(self, reason: str, *, passing: bool = False, unreadable: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing
        """Whether the same request could do better a moment later."""
        self.unreadable = unreadable
        """Whether what came was no HTTP: perhaps the body that some servers send behind an answer to HEAD."""


def explain(error: Exception, url: URL) -> ExchangeError:
    """What went wrong in words of ours; an exception's own text may quote headers or a proxy's password."""
    host = printable(url.host_port_subcomponent or "")
    match error:
        case aiohttp.ClientConnectorDNSError(os_error=RefusedAddressError()):
            return ExchangeError(f"{host} resolves to a private address, and the registry does not")
        case aiohttp.ClientConnectorDNSError():
            return ExchangeError(f"the name of {host} cannot be resolved", passing=True)
        case aiohttp.ClientConnectorCertificateError(
            certificate_error=ssl.SSLCertVerificationError() as cause
        ):
            return ExchangeError(f"TLS: {printable(cause.verify_message)} ({host})")
        case aiohttp.ClientSSLError():
            return ExchangeError(f"TLS: {host} does not speak it as it should")
        case aiohttp.ClientHttpProxyError():
            return ExchangeError(f"the proxy answered {error.status}")
        case aiohttp.ClientProxyConnectionError():
            return ExchangeError("cannot connect to the proxy", passing=True)
        case aiohttp.ClientConnectorError():
            reason = os.strerror(error.os_error.errno) if error.os_error.errno else "no connection"
            return ExchangeError(f"cannot connect to {host} ({reason})", passing=True)
        case aiohttp.ClientPayloadError():
            return ExchangeError("the answer broke off", passing=True)
        case aiohttp.ClientResponseError() | HttpProcessingError():
            return ExchangeError("the answer is not HTTP that can be read", unreadable=True)
        case aiohttp.InvalidURL() | ValueError():
            return ExchangeError("an address that cannot be used")
        case _:
            return ExchangeError("the connection was closed without an answer", passing=True)


def seconds(count: float) -> str:
    return f"{count:.0f} s" if count < 1e9 else "for ever"
