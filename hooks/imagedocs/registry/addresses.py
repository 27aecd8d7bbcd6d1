"""Which network addresses a registry may send us to.

A realm or a redirect is text from a stranger; followed blindly it reaches what only this machine can reach
(go-containerregistry issue 2440, oras-go CVE-2026-50151). What counts is the address a name resolves to.
"""

from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")


class Reach(IntEnum):
    """From where an address can be reached; a greater one is closer to this machine."""

    PUBLIC = 0
    PRIVATE = 1
    LOOPBACK = 2
    NEVER = 3
    """Link-local (the metadata services of clouds), unspecified, multicast, reserved."""


def reach_of(text: str) -> Reach:
    """The reach of a literal address, looking through the IPv4 address that an IPv6 address may carry."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        address = _carried(address) or address
    if address.is_loopback:
        return Reach.LOOPBACK
    if address.is_link_local or address.is_unspecified or address.is_multicast or _is_reserved(address):
        return Reach.NEVER
    return Reach.PUBLIC if address.is_global else Reach.PRIVATE


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_reserved(address: IPv4Address | IPv6Address) -> bool:
    return isinstance(address, IPv4Address) and address.is_reserved


def literal_reach(host: str) -> Reach | None:
    """The reach of `host` when it is an address, None when it is a name."""
    try:
        return reach_of(host)
    except ValueError:
        return None


def may_send(registry: Reach, target: Reach) -> bool:
    """Whether a registry of the one reach may send us to an address of the other."""
    return target == Reach.PUBLIC or target == registry or target < registry < Reach.NEVER
