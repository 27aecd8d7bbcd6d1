"""Which links lead to other sites, and what is asked there."""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from imagedocs.markdown.document import Link

_LONGEST = 4000


class NoAddressError(ValueError):
    """A target that looks like an address and is none; the text says why."""


def is_external(link: Link) -> bool:
    target = link.target.lower()
    return target.startswith(("http:", "https:", "//"))


def without_user(target: str) -> str:
    """`target` as it may be shown: without the user name and password in front of the host."""
    scheme, slashes, rest = target.partition("//")
    end = re.search(r"[/?#]", rest)
    authority, behind = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    user, at, host = authority.rpartition("@")
    return f"{scheme}{slashes}…@{host}{behind}" if at and user else target


def address_of(target: str) -> tuple[str, str]:
    """The address to ask, without a fragment, and the fragment.

    Raises NoAddressError. Scheme and host are in lower case; all else is as it was written.
    """
    if len(target) > _LONGEST:
        raise NoAddressError("it is too long")
    if not target.isprintable() or " " in target:
        raise NoAddressError("it holds a character that must be percent-encoded")
    if target.startswith("//"):
        target = f"https:{target}"
    parts = _split(target)
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise NoAddressError("its port is no number of a port") from None
    if not host:
        raise NoAddressError("it has no host")
    if "@" in parts.netloc:
        raise NoAddressError("it holds a user name, which would be sent to everybody")
    shown_host = f"[{host}]" if ":" in host else host
    authority = shown_host if port is None else f"{shown_host}:{port}"
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{authority}{path}{query}", parts.fragment


def _split(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError:
        raise NoAddressError("its host is malformed") from None


def fragments_by_address(links: Iterable[Link]) -> dict[str, set[str]]:
    """What is to be asked: each address once, sorted, with the fragments that links name in it."""
    found: dict[str, set[str]] = {}
    for link in links:
        if is_external(link):
            try:
                address, fragment = address_of(link.target)
            except NoAddressError:
                continue
            found.setdefault(address, set()).update({fragment} if is_anchor(fragment) else ())
    return dict(sorted(found.items()))


def is_anchor(fragment: str) -> bool:
    """Whether a fragment must be an id of the page: not a route of a program in it, a text or lines of code."""
    first = fragment[:1]
    lines = first == "L" and fragment[1:2].isdigit()
    return (
        bool(fragment)
        and fragment.lower() != "top"
        and first not in "/!:?"
        and not lines
        and "=" not in fragment
    )
