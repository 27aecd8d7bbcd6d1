"""What came of asking an address: the verdict on an answer, or on there being none."""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp

from imagedocs.external.answers import Verdict
from imagedocs.registry.headers import printable, read_retry_after
from imagedocs.registry.resolving import RefusedAddressError

_GONE = frozenset({404, 410})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_ASKS_TO_WAIT = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question."""

    verdict: Verdict
    reason: str
    status: int = 0
    """Of the last answer, which may be a redirect to where there was none."""
    final: str = ""
    """Where it ended after permanent redirects alone."""
    html: str | None = None
    """The whole page; `None` when it was not asked for, is no HTML or is longer than what is read."""
    passing: bool = False
    """Another try could do better."""
    wait: float | None = None
    """Seconds that the site asked to wait."""
    no_name: bool = False
    """The name of a host led nowhere."""

    @property
    def unresolved(self) -> bool:
        """The name of the very first host led nowhere."""
        return self.no_name and not self.status


_INCOMPLETE = frozenset((2, 20, 21))
"""OpenSSL's numbers for a chain of certificates with a gap, which browsers fill and we can't."""


def failure_of(error: Exception, seconds: float) -> Outcome:
    """What an error says of the address; `seconds` is how long was waited."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RefusedAddressError):
            return Outcome(Verdict.REFUSED, "the address is inside a private network and was not asked")
        if isinstance(cause, socket.gaierror):
            if cause.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
                return Outcome(Verdict.DEAD, "there is no such host", no_name=True)
            return Outcome(Verdict.SILENT, "its name could not be resolved", passing=True, no_name=True)
        # aiohttp's own error is one of these by name only, without the attributes; its cause has them.
        if isinstance(cause, ssl.SSLCertVerificationError) and not isinstance(cause, aiohttp.ClientError):
            why = printable(cause.verify_message)
            if cause.verify_code in _INCOMPLETE:
                reason = f"its certificate could not be traced to an authority ({why})"
                return Outcome(Verdict.BLOCKED, reason)
            return Outcome(Verdict.DEAD, f"its certificate is not valid ({why})")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, TimeoutError):
        return Outcome(Verdict.SILENT, f"no answer within {seconds:g} s", passing=True)
    return Outcome(Verdict.SILENT, "the connection failed", passing=True)


def outcome_of(status: int, headers: Mapping[str, str], moved_to: str, html: str | None) -> Outcome:
    """What an answer says of the address; `moved_to` is where permanent redirects led, or empty."""
    if 200 <= status < 300:
        return Outcome(Verdict.OK, f"status {status}", status, moved_to, html)
    if status in _GONE:
        return Outcome(Verdict.DEAD, f"status {status}: there is no such page", status)
    if status in _PASSING:
        wait = None
        if status in _ASKS_TO_WAIT and (header := headers.get("Retry-After")):
            wait = read_retry_after(header, datetime.now(UTC))
        verdict = Verdict.BLOCKED if status == 429 else Verdict.SILENT
        return Outcome(
            verdict, f"status {status}, which says nothing of the page", status, passing=True, wait=wait
        )
    verdict = Verdict.SILENT if 500 <= status < 600 else Verdict.BLOCKED
    return Outcome(verdict, f"status {status}, which says nothing of the page", status)
